//! Folders that a bench works in: emptied, filled from the repository, tied to installed packages.

use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context, Result};

/// Removes a folder with what it holds, if it is there.
pub(super) fn remove(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("removing {}", dir.display())),
        _ => Ok(()),
    }
}

/// Copies what a folder holds into another one, which may be there.
pub(super) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("making {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry.with_context(|| format!("reading {}", from.display()))?;
        let (source, copy) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_folder(&source, &copy)?;
        } else {
            // Not fs::copy: it would carry over that the original is read-only, and the next file of that name could not be written.
            let bytes = fs::read(&source).with_context(|| format!("reading {}", source.display()))?;
            fs::write(&copy, bytes).with_context(|| format!("writing {}", copy.display()))?;
        }
    }
    Ok(())
}

/// Lets `at` lead to the folder `to`.
#[cfg(unix)]
pub(super) fn link(to: &Path, at: &Path) -> Result<()> {
    match fs::remove_file(at) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(|| format!("removing {}", at.display())),
        _ => {}
    }
    std::os::unix::fs::symlink(to, at).with_context(|| format!("linking {} to {}", at.display(), to.display()))
}

#[cfg(not(unix))]
pub(super) fn link(_to: &Path, _at: &Path) -> Result<()> {
    anyhow::bail!("the harness and the programs that it measures run on Linux only")
}

/// Makes `to` a second folder with the same files, without storing them twice where the file system can do that.
pub(super) fn twin_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("making {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry.with_context(|| format!("reading {}", from.display()))?;
        let (source, twin) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().with_context(|| format!("reading {}", source.display()))?;
        if kind.is_dir() {
            twin_folder(&source, &twin)?;
        } else if kind.is_symlink() {
            link(&fs::read_link(&source).with_context(|| format!("reading {}", source.display()))?, &twin)?;
        } else if fs::hard_link(&source, &twin).is_err() {
            fs::copy(&source, &twin).with_context(|| format!("copying {}", source.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn copies_folders_that_are_read_only() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::create_dir_all(from.join("deep")).unwrap();
        let file = from.join("deep/a.mjs");
        fs::write(&file, "1").unwrap();
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).unwrap();
        copy_folder(&from, &to).unwrap();
        assert!(!fs::metadata(to.join("deep/a.mjs")).unwrap().permissions().readonly());
        copy_folder(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("deep/a.mjs")).unwrap(), "1");
    }

    #[cfg(unix)]
    #[test]
    fn twins_have_the_same_files_and_links() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        fs::create_dir_all(from.join("deep")).unwrap();
        fs::write(from.join("deep/a.mjs"), "1").unwrap();
        link(Path::new("deep/a.mjs"), &from.join("link")).unwrap();
        twin_folder(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("link")).unwrap(), "1");
        assert_eq!(fs::read_link(to.join("link")).unwrap(), Path::new("deep/a.mjs"));
    }
}
