//! What `import` is given: files, folders and zip files, as documents and the pictures beside them.

use std::{
    fs::{self, File},
    path::{Component, Path, PathBuf},
};

use anyhow::{Context, Result};
use corpus::Problem;
use import::{
    archive::{Archive, Entry},
    folder::{Role, role},
};

/// A source of documents.
pub(crate) enum Source {
    /// A file or a folder on disk: the folder that bounds it, and the files' paths below that.
    Disk { root: PathBuf, files: Vec<String> },
    /// A zip file.
    Zip { archive: Box<Archive<File>>, files: Vec<Entry>, all: Vec<Entry> },
}

/// Folders that a site's addresses begin at.
const SITE_ROOTS: [&str; 5] = ["", "static", "public", "source", "content"];

/// Opens what a path names; what is left out of a folder or zip is a finding.
///
/// # Errors
/// If it is not there or cannot be read.
pub(crate) fn open(path: &Path, problems: &mut Vec<Problem>) -> Result<Source> {
    if path.is_dir() {
        // A built corpus: its stories only, not cards and schemas.
        let is_corpus = path.join("manifest.json").is_file() && path.join("story").is_dir();
        let mut all = Vec::new();
        let start = if is_corpus { "story" } else { "" };
        list(path, start, &mut all).with_context(|| format!("reading the folder {}", path.display()))?;
        let files = all.into_iter().filter(|file| is_corpus && file.ends_with(".json") || is_story(file, problems)).collect();
        return Ok(Source::Disk { root: path.to_owned(), files });
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
        let file = File::open(path).with_context(|| format!("reading {}", path.display()))?;
        let (mut all, mut files) = (Vec::new(), Vec::new());
        let archive = Archive::open(&name, file).map(|mut archive| {
            let (entries, found) = archive.entries();
            problems.extend(found);
            all = entries;
            archive
        });
        return match archive {
            Ok(archive) => {
                files.extend(all.iter().filter(|entry| is_story(&entry.path, problems)).cloned());
                Ok(Source::Zip { archive: Box::new(archive), files, all })
            }
            Err(problem) => {
                problems.push(problem);
                Ok(Source::Disk { root: PathBuf::new(), files: Vec::new() })
            }
        };
    }
    let root = path.parent().map(Path::to_owned).unwrap_or_default();
    fs::metadata(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(Source::Disk { root, files: vec![name] })
}

fn is_story(path: &str, problems: &mut Vec<Problem>) -> bool {
    match role(path) {
        Role::Story => true,
        Role::Draft => {
            problems.push(Problem::note(path, 1, "a draft, left out", "move it to the posts if it is meant for readers"));
            false
        }
        Role::Page => {
            problems.push(Problem::note(path, 1, "a page of the site itself, left out", "name it on the command line if it is a story"));
            false
        }
        Role::Other => false,
    }
}

/// All files below a folder, with slashes, in order.
fn list(root: &Path, folder: &str, files: &mut Vec<String>) -> std::io::Result<()> {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            // Links may lead in circles.
            let kind = entry.file_type()?;
            if kind.is_dir() && !matches!(name.as_str(), ".git" | "node_modules") {
                open.push(path);
            } else if kind.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(())
}

impl Source {
    /// How many documents there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Disk { files, .. } => files.len(),
            Self::Zip { files, .. } => files.len(),
        }
    }

    /// A document's path below the source and its bytes; a damaged zip entry is a finding.
    pub(crate) fn read(&mut self, idx: usize, problems: &mut Vec<Problem>) -> Result<Option<(String, Vec<u8>)>> {
        match self {
            Self::Disk { root, files } => {
                let Some(file) = files.get(idx) else { return Ok(None) };
                let path = root.join(file);
                let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
                Ok(Some((file.clone(), bytes)))
            }
            Self::Zip { archive, files, .. } => {
                let Some(entry) = files.get(idx) else { return Ok(None) };
                match archive.read(entry) {
                    Ok(bytes) => Ok(Some((entry.path.clone(), bytes))),
                    Err(problem) => {
                        problems.push(problem);
                        Ok(None)
                    }
                }
            }
        }
    }

    /// The bytes of a picture that a document names; `None` if it is not there.
    pub(crate) fn picture(&mut self, document: &str, picture: &str) -> Option<Vec<u8>> {
        let folder = Path::new(document).parent().unwrap_or(Path::new("")).to_owned();
        let candidates: Vec<String> = match picture.strip_prefix('/') {
            Some(path) => SITE_ROOTS.iter().filter_map(|root| below(Path::new(root), path)).collect(),
            // Hexo keeps pictures in a folder named like the post.
            None => [folder.clone(), Path::new(document).with_extension("")].iter().filter_map(|folder| below(folder, picture)).collect(),
        };
        candidates.into_iter().find_map(|candidate| match self {
            Self::Disk { root, .. } => fs::read(root.join(candidate)).ok(),
            Self::Zip { archive, all, .. } => {
                // Archives hold one folder more than what they were made of, or not.
                let ends = format!("/{candidate}");
                let entry = all.iter().find(|entry| entry.path == candidate || entry.path.ends_with(&ends))?;
                archive.read(entry).ok()
            }
        })
    }
}

/// A path below a folder, `..` resolved; `None` if it leads out of the source.
fn below(folder: &Path, path: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in folder.join(path).components() {
        match part {
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}
