//! Brings `public/data` up to date with the stories, run by trunk's `pre_build` hook.
//!
//! `crates/cli` does the work; this module writes only files that differ, so that a development server that watches the folder does
//! not start over for nothing.

use std::{
    collections::BTreeSet,
    env, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    process::{command, run as run_command},
    project::{Project, display},
};

/// `cargo xtask corpus`.
pub(crate) fn run(project: &Project) -> Result<()> {
    let source = match env::var_os("STORY_HOME_CORPUS") {
        Some(dir) => PathBuf::from(dir),
        None => project.root.join("stories"),
    };
    if !source.is_dir() {
        bail!("{} is no folder; give one of Markdown stories, or a built data folder", source.display());
    }
    let published = project.root.join("public/data");
    let built = if is_built(&source) { source.clone() } else { build(project, &source)? };
    let changes = sync(&built, &published)?;
    if changes.is_empty() {
        println!("corpus: up to date");
    } else {
        println!("corpus: {} from {}", changes, display(&source, &project.root));
    }
    Ok(())
}

/// Whether the folder holds data that the app reads, and no stories to build them from.
pub(crate) fn is_built(dir: &Path) -> bool {
    dir.join("manifest.json").is_file()
}

fn build(project: &Project, stories: &Path) -> Result<PathBuf> {
    let out = project.target.join("corpus");
    make_data(project, stories, &out)?;
    Ok(out)
}

/// Has the data of stories built into an empty folder.
///
/// # Errors
/// A folder that cannot be emptied, or stories that are not sound.
pub(crate) fn make_data(project: &Project, stories: &Path, out: &Path) -> Result<()> {
    // Files are named by their content, so the last build's would stay.
    match fs::remove_dir_all(out) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(|| format!("emptying {}", out.display())),
        _ => {}
    }
    let mut cli = command("cargo");
    cli.current_dir(&project.root).args(["run", "--quiet", "--package", "story-home-cli", "--", "build", "--stories"]);
    run_command(cli.arg(stories).arg("--out").arg(out)).context("building the corpus")?;
    if !is_built(out) {
        bail!("building the corpus left no manifest.json in {}", out.display());
    }
    Ok(())
}

/// What [`sync`] did.
#[derive(Debug, Default, PartialEq, Eq)]
struct Changes {
    n_written: usize,
    n_removed: usize,
}

impl Changes {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl std::fmt::Display for Changes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} files written, {} removed", self.n_written, self.n_removed)
    }
}

/// Makes `to` hold the same files as `from`, leaving alone those with the same bytes.
fn sync(from: &Path, to: &Path) -> Result<Changes> {
    fs::create_dir_all(to).with_context(|| format!("making {}", to.display()))?;
    let (wanted, present) = (files_below(from)?, files_below(to)?);
    let mut changes = Changes::default();
    for path in &wanted {
        let (source, target) = (from.join(path), to.join(path));
        let bytes = fs::read(&source).with_context(|| format!("reading {}", source.display()))?;
        if present.contains(path) && fs::read(&target).with_context(|| format!("reading {}", target.display()))? == bytes {
            continue;
        }
        if let Some(dir) = target.parent() {
            fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
        }
        fs::write(&target, bytes).with_context(|| format!("writing {}", target.display()))?;
        changes.n_written += 1;
    }
    for path in present.difference(&wanted) {
        let old = to.join(path);
        fs::remove_file(&old).with_context(|| format!("removing {}", old.display()))?;
        changes.n_removed += 1;
    }
    Ok(changes)
}

/// Paths of all files below `dir`, relative to it.
pub(crate) fn files_below(dir: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut files = BTreeSet::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let full = dir.join(&folder);
        for entry in fs::read_dir(&full).with_context(|| format!("reading {}", full.display()))? {
            let entry = entry.with_context(|| format!("reading {}", full.display()))?;
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else {
                files.insert(path);
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::{Duration, SystemTime};

    use super::*;

    fn write(dir: &Path, path: &str, text: &str) {
        let file = dir.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    #[test]
    fn copies_what_differs_and_removes_what_is_gone() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (path, text) in [("manifest.json", "new"), ("story/a.json", "a"), ("story/b.json", "b")] {
            write(from.path(), path, text);
        }
        for (path, text) in [("manifest.json", "old"), ("story/a.json", "a"), ("story/gone.json", "x")] {
            write(to.path(), path, text);
        }
        assert_eq!(sync(from.path(), to.path()).unwrap(), Changes { n_written: 2, n_removed: 1 });
        assert_eq!(files_below(from.path()).unwrap(), files_below(to.path()).unwrap());
        assert_eq!(fs::read_to_string(to.path().join("manifest.json")).unwrap(), "new");
    }

    #[test]
    fn touches_nothing_when_up_to_date() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(from.path(), "story/a.json", "a");
        write(to.path(), "story/a.json", "a");
        let copy = to.path().join("story/a.json");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        fs::File::options().write(true).open(&copy).unwrap().set_modified(long_ago).unwrap();
        assert!(sync(from.path(), to.path()).unwrap().is_empty());
        assert_eq!(fs::metadata(copy).unwrap().modified().unwrap(), long_ago);
    }

    #[test]
    fn makes_the_folder_on_a_fresh_checkout() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(from.path(), "manifest.json", "{}");
        assert_eq!(sync(from.path(), &to.path().join("public/data")).unwrap().n_written, 1);
        assert!(is_built(&to.path().join("public/data")));
    }

    #[test]
    fn missing_source_is_an_error_and_removes_nothing() {
        let to = tempfile::tempdir().unwrap();
        write(to.path(), "manifest.json", "{}");
        assert!(sync(&to.path().join("nowhere"), to.path()).is_err());
        assert!(is_built(to.path()));
    }
}
