//! The folder of published data: files that are named by their content first, the manifest last, so that whoever reads the folder
//! meanwhile finds the old archive or the new one, whole.

use std::{
    collections::BTreeSet,
    fmt, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// One file to publish.
pub(super) struct DataFile {
    /// Path below the folder, with `/`.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

/// What writing changed.
#[derive(Debug, Default)]
pub(super) struct Changes {
    n_written: usize,
    n_removed: usize,
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} written, {} removed", self.n_written, self.n_removed)
    }
}

/// Writes what differs, then the manifest, then removes what an earlier build left. A folder without a manifest is nobody's build:
/// nothing is removed from it.
pub(super) fn write(dir: &Path, files: &[DataFile], manifest: &DataFile) -> Result<Changes> {
    let is_ours = dir.join(&manifest.path).is_file();
    let mut changes = Changes::default();
    for file in files.iter().chain([manifest]) {
        changes.n_written += usize::from(write_file(dir, file)?);
    }
    if is_ours {
        let wanted: BTreeSet<PathBuf> = files.iter().map(|file| dir.join(&file.path)).collect();
        for path in built_files(dir)?.difference(&wanted) {
            fs::remove_file(path).with_context(|| format!("removing {}", path.display()))?;
            changes.n_removed += 1;
        }
    }
    Ok(changes)
}

/// Whether the file was not there with the same bytes. A half-written file never has the final name.
fn write_file(dir: &Path, file: &DataFile) -> Result<bool> {
    let path = dir.join(&file.path);
    match fs::read(&path) {
        Ok(bytes) if bytes == file.bytes => return Ok(false),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(|| format!("reading {}", path.display())),
        _ => {}
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display()))?;
    }
    let part = path.with_extension("part");
    fs::write(&part, &file.bytes).with_context(|| format!("writing {}", part.display()))?;
    fs::rename(&part, &path).with_context(|| format!("renaming {} to {}", part.display(), path.display()))?;
    Ok(true)
}

/// Files with names that only a build gives: a hash in them, or `.part` behind one.
fn built_files(dir: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for (folder, prefix) in [(dir.to_owned(), "cards-"), (dir.to_owned(), "search-"), (dir.join("story"), "")] {
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries.with_context(|| format!("reading the folder {}", folder.display()))?,
        };
        for entry in entries {
            let path = entry.with_context(|| format!("reading the folder {}", folder.display()))?.path();
            let stem = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.strip_prefix(prefix));
            let is_hash = |stem: &str| stem.len() == 16 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
            let is_built = path.extension().is_some_and(|extension| extension == "json" || extension == "bin" || extension == "part");
            if is_built && stem.is_some_and(is_hash) {
                found.insert(path);
            }
        }
    }
    Ok(found)
}
