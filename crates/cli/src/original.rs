//! `SLUG.original.txt`: the text that a story was recovered from, beside the story file. Import writes it with the story file, the build
//! publishes it under its hash, and a reader may look at it in place of the body. Whoever does not want that deletes the file.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use corpus::Problem;
use import::decode::decode;

use crate::build::name_hash;

/// The published texts' folder below the data.
pub(crate) const FOLDER: &str = "original";

/// What a story file's extension becomes.
const EXTENSION: &str = "original.txt";

/// Where each original text stands, by the hash of its content.
pub(crate) type Originals = BTreeMap<String, PathBuf>;

/// Where the original of a story file stands, if it has one.
pub(crate) fn beside(story_file: &Path) -> PathBuf {
    story_file.with_extension(EXTENSION)
}

/// Where an original lies below the data.
pub(crate) fn published_path(hash: &str) -> String {
    format!("{FOLDER}/{hash}.txt")
}

/// The hash of a story file's original, which is noted; `None` without one. A text that cannot be read is a finding.
pub(crate) fn find(story_file: &Path, originals: &mut Originals, problems: &mut Vec<Problem>) -> Result<Option<String>> {
    let path = beside(story_file);
    if !path.is_file() {
        return Ok(None);
    }
    let (text, mut found) = read(&path)?;
    let is_readable = !text.trim().is_empty();
    if !is_readable && found.is_empty() {
        found.push(Problem::warning(path.to_string_lossy(), 1, "the original text is empty, so it is not published", "delete the file"));
    }
    problems.extend(found);
    Ok(is_readable.then(|| {
        let hash = name_hash(text.as_bytes());
        originals.insert(hash.clone(), path);
        hash
    }))
}

/// The text of an original, empty if its bytes are no text, and what was found.
pub(crate) fn read(path: &Path) -> Result<(String, Vec<Problem>)> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(match decode(&path.to_string_lossy(), &bytes) {
        Ok(decoded) => (decoded.text, decoded.notes),
        Err(problem) => (String::new(), vec![problem]),
    })
}

/// Writes the lines that a story was recovered from beside its file; of a story that was not glued, an earlier original goes.
pub(crate) fn write(story_file: &Path, lines: &[String]) -> Result<()> {
    let path = beside(story_file);
    if !lines.is_empty() {
        let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        return fs::write(&path, text).with_context(|| format!("writing {}", path.display()));
    }
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("removing {}", path.display())),
        _ => Ok(()),
    }
}
