//! The folder to upload: what a build writes into it, and what an earlier build left.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;

use super::{
    compress,
    policy::is_immutable,
    record::{Made, PageMade, Record, Stamp},
};
use crate::{
    build::{MANIFEST, hash},
    progress::Progress,
};

/// Endings of what is compressed, in the order of [`Made::compressed`].
const COMPRESSED: [&str; 2] = ["br", "gz"];

/// What becomes of files that the build before has made and this one has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Previous {
    /// They go.
    Remove,
    /// Those named by their content stay for one build more, for pages that readers have open.
    Keep,
}

/// A folder that a build makes the same every time, and that only holds what the last build has put there. Threads share it.
pub(super) struct SiteFolder<'a> {
    root: &'a Path,
    /// How many stories the site has: decides how hard files are compressed.
    n_stories: usize,
    before: Record,
    now: Mutex<Now>,
}

/// What this build has made so far.
struct Now {
    record: Record,
    /// Paths below the folder, with slashes: those that others have written and this build has not compressed yet.
    waiting: BTreeSet<String>,
    /// Sums of files, for the record.
    sums: BTreeMap<String, String>,
}

/// What a finished folder holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Total {
    pub(super) n_files: usize,
    pub(super) n_bytes: u64,
    /// How many of the files are the build before's.
    pub(super) n_previous: usize,
}

impl<'a> SiteFolder<'a> {
    /// A new or empty folder, or one that holds a site.
    ///
    /// # Errors
    /// If it holds anything else: a build replaces all of it.
    pub(super) fn open(root: &'a Path, n_stories: usize, before: Record) -> Result<Self> {
        refuse_foreign(root)?;
        let now = Mutex::new(Now { record: before.successor(), waiting: BTreeSet::new(), sums: BTreeMap::new() });
        Ok(Self { root, n_stories, before, now })
    }

    /// Writes a file, unless it is there with the same content, and what is compressed from it.
    pub(super) fn put(&self, path: &str, content: &[u8]) -> Result<()> {
        write_if_changed(&self.root.join(path), content)?;
        let made = self.compressed(path, || Ok(Cow::Borrowed(content)))?;
        self.now().record.files.insert(path.to_owned(), made);
        Ok(())
    }

    /// Writes a page, and notes what it was made from.
    pub(super) fn put_page(&self, path: &str, content: &[u8], from: Option<PageMade>) -> Result<()> {
        self.put(path, content)?;
        if let Some(from) = from {
            self.now().record.pages.insert(path.to_owned(), from);
        }
        Ok(())
    }

    /// What the page that is there was made from; `None` if it is not what the last build wrote.
    pub(super) fn page_before(&self, path: &str) -> Option<&PageMade> {
        let page = self.before.pages.get(path)?;
        self.is_as_before(path, Stamp::of(&self.root.join(path))?)?;
        Some(page)
    }

    /// The page that is there is the one that would be made.
    pub(super) fn keep_page(&self, path: &str) {
        let (Some(page), Some(made)) = (self.before.pages.get(path), self.before.files.get(path)) else { return };
        let mut now = self.now();
        now.record.pages.insert(path.to_owned(), page.clone());
        now.record.files.insert(path.to_owned(), made.clone());
    }

    /// Keeps those of some files that the last build made, and says whether there are any and all are as they were.
    pub(super) fn keep_before(&self, paths: &[String]) -> bool {
        let mut kept = Vec::new();
        for path in paths.iter().filter(|path| self.before.files.contains_key(*path)) {
            let Some(made) = Stamp::of(&self.root.join(path)).and_then(|stamp| self.is_as_before(path, stamp)) else { return false };
            kept.push((path.clone(), made.clone()));
        }
        let is_any = !kept.is_empty();
        self.now().record.files.extend(kept);
        is_any
    }

    /// A file that somebody else has written belongs to the site.
    pub(super) fn keep(&self, path: &str) {
        self.now().waiting.insert(path.to_owned());
    }

    /// Whether a file of this path was written.
    pub(super) fn has(&self, path: &str) -> bool {
        let now = self.now();
        now.record.files.contains_key(path) || now.waiting.contains(path)
    }

    /// Length and SHA-256 of a file. Only a file that has changed since the last build is read.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn sum(&self, path: &str) -> Result<(u64, String)> {
        let file = self.root.join(path);
        let stamp = Stamp::of(&file).with_context(|| format!("{path} has gone while the site was built"))?;
        let known = self.before.files.get(path).filter(|made| made.stamp == stamp).and_then(|made| made.sum.clone());
        let sum = match known {
            Some(sum) => sum,
            None => hash(&fs::read(&file).with_context(|| format!("reading {path}"))?),
        };
        self.now().sums.insert(path.to_owned(), sum.clone());
        Ok((stamp.n_bytes, sum))
    }

    /// Paths of all files so far, in order, but for compressed ones.
    pub(super) fn paths(&self) -> BTreeSet<String> {
        let now = self.now();
        now.record.files.keys().chain(&now.waiting).cloned().collect()
    }

    /// Compresses what is not yet, and removes what no build of today has written; files whose names begin with a dot, and `CNAME`, are the
    /// publisher's.
    pub(super) fn finish(self, previous: Previous) -> Result<Total> {
        let waiting = std::mem::take(&mut self.now().waiting);
        let progress = Progress::new("files of data", waiting.len());
        waiting.par_iter().try_for_each(|path| -> Result<()> {
            let file = self.root.join(path);
            let read = || fs::read(&file).map(Cow::Owned).with_context(|| format!("reading {}", file.display()));
            let made = self.compressed(path, read)?;
            self.now().record.files.insert(path.clone(), made);
            progress.step();
            Ok(())
        })?;
        {
            let mut now = self.now();
            for (path, sum) in std::mem::take(&mut now.sums) {
                if let Some(made) = now.record.files.get_mut(&path) {
                    made.sum = Some(sum);
                }
            }
        }
        let mut total = Total { n_files: 0, n_bytes: 0, n_previous: 0 };
        let mut kept = BTreeSet::new();
        for (path, made) in &self.now().record.files {
            kept.insert(path.clone());
            total.n_bytes += made.stamp.n_bytes;
            for (ending, n_bytes) in COMPRESSED.iter().zip(made.compressed.iter().flatten()) {
                kept.insert(format!("{path}.{ending}"));
                total.n_bytes += n_bytes;
            }
        }
        if previous == Previous::Keep {
            for (path, stamp) in self.previous(&kept) {
                total.n_previous += 1;
                total.n_bytes += stamp.n_bytes;
                kept.insert(path);
            }
        }
        total.n_files = kept.len();
        remove_others(self.root, "", &kept)?;
        self.now().record.keep(self.root)?;
        Ok(total)
    }

    /// Files of the last build that this one has not made, if their names are their content's. Without a record all that is there is taken
    /// for the last build's.
    fn previous(&self, kept: &BTreeSet<String>) -> Vec<(String, Stamp)> {
        let last: Vec<String> = if self.before.files.is_empty() {
            files_below(self.root)
        } else {
            let with_compressed = |path: &String| [path.clone(), format!("{path}.br"), format!("{path}.gz")];
            self.before.files.keys().flat_map(with_compressed).collect()
        };
        let gone = last.into_iter().filter(|path| is_immutable(path) && !kept.contains(path));
        gone.filter_map(|path| Stamp::of(&self.root.join(&path)).map(|stamp| (path, stamp))).collect()
    }

    /// Writes the compressed files beside one, unless they are there. `content` is asked for if they are not.
    fn compressed<'c>(&self, path: &str, content: impl FnOnce() -> Result<Cow<'c, [u8]>>) -> Result<Made> {
        let stamp = Stamp::of(&self.root.join(path)).with_context(|| format!("{path} has gone while the site was built"))?;
        if let Some(made) = self.is_as_before(path, stamp) {
            return Ok(made.clone());
        }
        let content = content()?;
        let quality = compress::quality(path, self.n_stories);
        let mut made = Made { stamp, quality, compressed: None, sum: None };
        if compress::is_worth(path, &content) {
            let bytes = [compress::brotli(&content, quality)?, compress::gzip(&content)?];
            for (ending, bytes) in COMPRESSED.iter().zip(&bytes) {
                write_if_changed(&self.root.join(format!("{path}.{ending}")), bytes)?;
            }
            made.compressed = Some(bytes.map(|bytes| bytes.len() as u64));
        }
        Ok(made)
    }

    /// What the last build noted of a file, if it and what was compressed from it are still there as they were.
    fn is_as_before(&self, path: &str, stamp: Stamp) -> Option<&Made> {
        let made = self.before.files.get(path)?;
        let is_there = |ending: &str, n_bytes: u64| {
            Stamp::of(&self.root.join(format!("{path}.{ending}"))).is_some_and(|stamp| stamp.n_bytes == n_bytes)
        };
        let is_same = made.stamp == stamp && made.quality == compress::quality(path, self.n_stories);
        let mut compressed = COMPRESSED.iter().zip(made.compressed.iter().flatten());
        (is_same && compressed.all(|(ending, n_bytes)| is_there(ending, *n_bytes))).then_some(made)
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
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

/// Writes a file, and the folders above it, unless it is there with the same content: an unchanged file keeps its time, so that watchers and
/// uploads leave it alone.
pub(crate) fn write_if_changed(path: &Path, content: &[u8]) -> Result<()> {
    let is_same_length = fs::metadata(path).is_ok_and(|meta| meta.len() == content.len() as u64);
    if is_same_length && fs::read(path).ok().as_deref() == Some(content) {
        return Ok(());
    }
    let written = match (fs::write(path, content), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(parent).with_context(|| format!("making the folder {}", parent.display()))?;
            fs::write(path, content)
        }
        (written, _) => written,
    };
    written.with_context(|| format!("writing {}", path.display()))
}

fn remove_others(root: &Path, below: &str, written: &BTreeSet<String>) -> Result<()> {
    let dir = root.join(below);
    for (name, is_folder) in entries(&dir) {
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let full: PathBuf = root.join(&path);
        if is_folder {
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

/// Copies data that was built before. Returns the paths of its files.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<BTreeSet<String>> {
    if !from.join(MANIFEST).is_file() {
        bail!("{} holds no {MANIFEST}; name a folder that `story-home build` has written", from.display());
    }
    let files: BTreeSet<String> = files_below(from).into_iter().collect();
    files.par_iter().try_for_each(|path| {
        let content = fs::read(from.join(path)).with_context(|| format!("reading {path}"))?;
        write_if_changed(&to.join(path), &content)
    })?;
    Ok(files)
}

/// Names in a folder, in order; none if it is not there.
fn names(dir: &Path) -> Vec<String> {
    entries(dir).into_iter().map(|(name, _)| name).collect()
}

/// Names in a folder, in order, and whether each is a folder; none if it is not there.
fn entries(dir: &Path) -> Vec<(String, bool)> {
    let entry = |entry: fs::DirEntry| {
        let is_folder = entry.file_type().is_ok_and(|kind| if kind.is_symlink() { entry.path().is_dir() } else { kind.is_dir() });
        (entry.file_name().to_string_lossy().into_owned(), is_folder)
    };
    let mut entries: Vec<_> = fs::read_dir(dir).into_iter().flatten().flatten().map(entry).collect();
    entries.sort();
    entries
}

/// Paths of all files below a folder, with slashes, in order.
pub(crate) fn files_below(root: &Path) -> Vec<String> {
    let mut out = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for (name, is_folder) in entries(&root.join(&folder)) {
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if is_folder { folders.push(path) } else { out.push(path) }
        }
    }
    out.sort();
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use super::{Previous, Record, SiteFolder, files_below};

    #[test]
    fn the_folder_holds_the_last_build_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let page = "<p>이야기</p>".repeat(100);
        let build = |paths: &[&str]| {
            let site = SiteFolder::open(dir.path(), 1, Record::take(dir.path(), &[]).unwrap()).unwrap();
            paths.iter().for_each(|path| site.put(path, page.as_bytes()).unwrap());
            site.finish(Previous::Remove).unwrap()
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
            let site = SiteFolder::open(dir.path(), 1, Record::take(dir.path(), &[]).unwrap()).unwrap();
            ["index.html", "404.html", "data/manifest.json"].iter().for_each(|path| site.put(path, text.repeat(300).as_bytes()).unwrap());
            site.finish(Previous::Remove).unwrap();
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
        assert!(SiteFolder::open(dir.path(), 1, Record::default()).is_err());
    }
}
