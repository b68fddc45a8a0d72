//! The folder to upload: what a build writes into it, and what an earlier build left.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::compress;
use crate::build::MANIFEST;

/// A folder that a build makes the same every time, and that only holds what the last build has put there.
pub(super) struct SiteFolder<'a> {
    root: &'a Path,
    /// Paths below the folder, with slashes.
    written: BTreeSet<String>,
}

impl<'a> SiteFolder<'a> {
    /// A new or empty folder, or one that holds a site.
    ///
    /// # Errors
    /// If it holds anything else: a build replaces all of it.
    pub(super) fn open(root: &'a Path) -> Result<Self> {
        refuse_foreign(root)?;
        Ok(Self { root, written: BTreeSet::new() })
    }

    /// Writes a file, unless it is there with the same content.
    pub(super) fn put(&mut self, path: &str, content: &[u8]) -> Result<()> {
        write_if_changed(&self.root.join(path), content)?;
        self.keep(path);
        Ok(())
    }

    /// A file that somebody else has written belongs to the site.
    pub(super) fn keep(&mut self, path: &str) {
        self.written.insert(path.to_owned());
    }

    /// Whether a file of this path was written.
    pub(super) fn has(&self, path: &str) -> bool {
        self.written.contains(path)
    }

    /// Every file so far, in order.
    pub(super) fn paths(&self) -> Vec<String> {
        self.written.iter().cloned().collect()
    }

    /// Compresses, and removes what no build of today has written; files whose names begin with a dot, and `CNAME`, are the publisher's. Returns
    /// how many files there are and their bytes.
    pub(super) fn finish(mut self) -> Result<(usize, u64)> {
        let root = self.root;
        let compressed = self.written.par_iter().map(|path| compress_file(root, path)).collect::<Result<Vec<_>>>()?;
        self.written.extend(compressed.into_iter().flatten());
        remove_others(root, "", &self.written)?;
        let mut n_bytes = 0;
        for path in &self.written {
            n_bytes += fs::metadata(root.join(path)).with_context(|| format!("reading {path}"))?.len();
        }
        Ok((self.written.len(), n_bytes))
    }
}

/// Fails if a folder holds something that no build has written.
pub(crate) fn refuse_foreign(root: &Path) -> Result<()> {
    let is_site = ["index.html", "404.html", "data/manifest.json"].iter().all(|file| root.join(file).is_file());
    // Data of a build that broke off, or was just written.
    let is_begun = || root.join("data/manifest.json").is_file() && names(root).iter().all(|name| name == "data");
    if !names(root).is_empty() && !is_site && !is_begun() {
        bail!("{} holds something that is no built site, and a build replaces all of it; choose another --out", root.display());
    }
    Ok(())
}

/// Writes the compressed files beside one; says which are there.
fn compress_file(root: &Path, path: &str) -> Result<Vec<String>> {
    let file = root.join(path);
    let content = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    if !compress::is_worth(path, &content) {
        return Ok(Vec::new());
    }
    let mut made = Vec::new();
    for (ending, compress) in [("br", compress::brotli as fn(&[u8]) -> Result<Vec<u8>>), ("gz", compress::gzip)] {
        let name = format!("{path}.{ending}");
        let target = root.join(&name);
        if !is_newer(&target, &file) {
            write_if_changed(&target, &compress(&content)?)?;
        }
        made.push(name);
    }
    Ok(made)
}

/// Whether a compressed file was made from what its file holds now: unchanged files are not written again.
fn is_newer(target: &Path, file: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    matches!((time(target), time(file)), (Some(target), Some(file)) if file < target)
}

fn write_if_changed(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("making the folder {}", parent.display()))?;
    }
    if fs::read(path).ok().as_deref() != Some(content) {
        fs::write(path, content).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn remove_others(root: &Path, below: &str, written: &BTreeSet<String>) -> Result<()> {
    let dir = root.join(below);
    for name in names(&dir) {
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let full: PathBuf = root.join(&path);
        if full.is_dir() {
            if below.is_empty() && name.starts_with('.') {
                continue;
            }
            remove_others(root, &path, written)?;
            // Only an empty one can be removed, which is the point.
            let _ = fs::remove_dir(&full);
        } else if !written.contains(&path) && !(below.is_empty() && (name.starts_with('.') || name == "CNAME")) {
            fs::remove_file(&full).with_context(|| format!("removing {}", full.display()))?;
        }
    }
    Ok(())
}

/// Copies data that was built before, and removes what else is there.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.join(MANIFEST).is_file() {
        bail!("{} holds no {MANIFEST}; name a folder that `story-home build` has written", from.display());
    }
    let files: BTreeSet<String> = files_below(from).into_iter().collect();
    for path in &files {
        let content = fs::read(from.join(path)).with_context(|| format!("reading {path}"))?;
        write_if_changed(&to.join(path), &content)?;
    }
    remove_others(to, "", &files)
}

/// Names in a folder, in order; none if it is not there.
pub(super) fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Paths of all files below a folder, with slashes, in order.
pub(crate) fn files_below(root: &Path) -> Vec<String> {
    let mut out = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for name in names(&root.join(&folder)) {
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if root.join(&path).is_dir() { folders.push(path) } else { out.push(path) }
        }
    }
    out.sort();
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::{SiteFolder, files_below};

    #[test]
    fn the_folder_holds_the_last_build_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let page = "<p>이야기</p>".repeat(100);
        let build = |paths: &[&str]| {
            let mut site = SiteFolder::open(dir.path()).unwrap();
            paths.iter().for_each(|path| site.put(path, page.as_bytes()).unwrap());
            site.finish().unwrap()
        };
        build(&["index.html", "404.html", "data/manifest.json", "tag/a/b.html"]);
        fs::write(dir.path().join("CNAME"), "a.kr").unwrap();
        build(&["index.html", "404.html", "data/manifest.json"]);
        let compressed = |path: &str| [path.to_owned(), format!("{path}.br"), format!("{path}.gz")];
        let mut expected: Vec<String> = ["404.html", "data/manifest.json", "index.html"].into_iter().flat_map(compressed).collect();
        expected.insert(3, "CNAME".to_owned());
        assert_eq!(files_below(dir.path()), expected);
        assert!(!dir.path().join("tag").exists());
    }

    #[test]
    fn a_changed_file_is_compressed_anew() {
        let dir = tempfile::tempdir().unwrap();
        let build = |text: &str| {
            let mut site = SiteFolder::open(dir.path()).unwrap();
            ["index.html", "404.html", "data/manifest.json"].iter().for_each(|path| site.put(path, text.repeat(300).as_bytes()).unwrap());
            site.finish().unwrap();
            fs::read(dir.path().join("index.html.br")).unwrap()
        };
        let first = build("가나");
        assert_ne!(build("다라"), first);
        assert_eq!(build("가나"), first);
    }

    #[test]
    fn a_folder_of_somebody_else_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("thesis.md"), "").unwrap();
        assert!(SiteFolder::open(dir.path()).is_err());
    }
}
