//! The user's cache of tools: `tools/NAME-VERSION/`, `logs/`, one lock.
//!
//! A tool is installed into a folder with another name and renamed when it is finished, so what has the right name is whole.

use std::{
    fs::{self, File, OpenOptions},
    io::ErrorKind,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, bail};

use super::table::{Source, Tool};
use crate::process::{command, find_program, run_logged};

/// Folders with this prefix are unfinished.
const PARTIAL: &str = ".partial-";

/// A tool at one version.
#[derive(Debug)]
pub(crate) struct Pinned {
    pub(crate) tool: &'static Tool,
    pub(crate) version: String,
}

impl Pinned {
    fn folder(&self) -> String {
        format!("{}-{}", self.tool.name, self.version)
    }
}

/// The folder of one user's tools.
#[derive(Debug)]
pub(crate) struct Store {
    dir: PathBuf,
}

impl Store {
    pub(crate) fn new(cache: &Path) -> Self {
        Self { dir: cache.to_path_buf() }
    }

    /// Keeps other runs from installing until the file is dropped; waits while another one does.
    pub(crate) fn lock(&self) -> Result<File> {
        fs::create_dir_all(self.tools()).with_context(|| format!("making {}", self.tools().display()))?;
        let path = self.dir.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.with_context(|| format!("opening {}", path.display()))?;
        if file.try_lock().is_err() {
            println!("Another run is installing tools; waiting for it …");
            file.lock().with_context(|| format!("locking {}", path.display()))?;
        }
        Ok(file)
    }

    /// Where the log of a step goes.
    pub(crate) fn log(&self, step: &str) -> PathBuf {
        self.dir.join("logs").join(format!("{step}.log"))
    }

    /// The file that the tool is there for, where this store keeps it.
    pub(crate) fn artifact(&self, pinned: &Pinned) -> PathBuf {
        self.tools().join(pinned.folder()).join(pinned.tool.artifact)
    }

    /// Whether the tool is here, or on PATH at exactly this version.
    pub(crate) fn has(&self, pinned: &Pinned) -> bool {
        self.artifact(pinned).exists() || is_on_path(pinned)
    }

    /// The folder to put on PATH; none when the tool is there already.
    pub(crate) fn program_dir(&self, pinned: &Pinned) -> Option<PathBuf> {
        let artifact = self.artifact(pinned);
        if !artifact.exists() {
            return None;
        }
        artifact.parent().map(Path::to_path_buf)
    }

    /// Installs one tool and says so. The caller holds the lock.
    pub(crate) fn install(&self, pinned: &Pinned) -> Result<()> {
        let Pinned { tool, version } = pinned;
        let name = pinned.folder();
        println!("Installing {} {version} ({}): {} …", tool.name, tool.purpose, tool.duration);
        let start = Instant::now();
        self.install_with(pinned, |dir| {
            let mut install = match tool.source {
                Source::Cargo { locked, features } => {
                    let mut cargo = command("cargo");
                    cargo.args(["install", tool.name, "--version", version, "--root"]).arg(dir);
                    if locked {
                        cargo.arg("--locked");
                    }
                    if !features.is_empty() {
                        cargo.args(["--features", features]);
                    }
                    // One folder for all of them: they share dependencies. It stays after a failure, so that the next run goes on there.
                    cargo.env("CARGO_TARGET_DIR", self.build_dir()).env_remove("RUSTFLAGS");
                    cargo
                }
                Source::Npm => {
                    let mut npm = command("npm");
                    npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(dir);
                    npm.arg(format!("{}@{version}", tool.name));
                    npm
                }
                Source::NpmSet { package, lock } => {
                    let write = |name: &str, text: &str| {
                        let file = dir.join(name);
                        fs::write(&file, text).with_context(|| format!("writing {}", file.display()))
                    };
                    write("package.json", package)?;
                    let mut npm = command("npm");
                    match lock {
                        Some(lock) => {
                            write("package-lock.json", lock)?;
                            npm.arg("ci");
                        }
                        None => {
                            npm.args(["install", "--no-package-lock"]);
                        }
                    }
                    // In the folder, not with --prefix: that one is for a package, not for a set of them.
                    npm.args(["--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(dir);
                    npm
                }
            };
            run_logged(&mut install, &self.log(&name))
        })
        .with_context(|| format!("installing {} {version}", tool.name))?;
        println!("  done in {} s", start.elapsed().as_secs());
        Ok(())
    }

    /// Removes what only installing needed. The caller holds the lock.
    pub(crate) fn clean(&self) -> Result<()> {
        remove_dir(&self.build_dir())
    }

    fn install_with(&self, pinned: &Pinned, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        self.remove_partial()?;
        let partial = self.tools().join(format!("{PARTIAL}{}", pinned.folder()));
        fs::create_dir_all(&partial).with_context(|| format!("making {}", partial.display()))?;
        fill(&partial)?;
        if !partial.join(pinned.tool.artifact).exists() {
            bail!("it ended well but left no {}; log: {}", pinned.tool.artifact, self.log(&pinned.folder()).display());
        }
        // Whatever is there under that name has no artifact, or nobody would be installing.
        let finished = self.tools().join(pinned.folder());
        remove_dir(&finished)?;
        fs::rename(&partial, &finished).with_context(|| format!("renaming {} to {}", partial.display(), finished.display()))
    }

    fn remove_partial(&self) -> Result<()> {
        let entries = match fs::read_dir(self.tools()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error).with_context(|| format!("reading {}", self.tools().display())),
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("reading {}", self.tools().display()))?;
            if entry.file_name().to_string_lossy().starts_with(PARTIAL) {
                remove_dir(&entry.path())?;
            }
        }
        Ok(())
    }

    fn tools(&self) -> PathBuf {
        self.dir.join("tools")
    }

    fn build_dir(&self) -> PathBuf {
        self.dir.join("build")
    }
}

fn remove_dir(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| format!("removing {}", dir.display())),
        _ => Ok(()),
    }
}

/// Compiled tools take minutes, so one that the user has already is taken as it is. npm's take seconds and do not ask.
fn is_on_path(pinned: &Pinned) -> bool {
    let Source::Cargo { .. } = pinned.tool.source else { return false };
    let Some(program) = Path::new(pinned.tool.artifact).file_name().and_then(|name| name.to_str()) else { return false };
    let Some(file) = find_program(program, &[]) else { return false };
    command(file).arg("--version").output().is_ok_and(|output| reports_version(&String::from_utf8_lossy(&output.stdout), &pinned.version))
}

/// Whether `--version` printed this version as a word of its first line.
fn reports_version(output: &str, version: &str) -> bool {
    output.lines().next().is_some_and(|line| line.split_whitespace().any(|word| word == version))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::tools::table::AXE;

    fn fixture() -> (tempfile::TempDir, Store, Pinned) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::new(dir.path());
        (dir, store, Pinned { tool: &AXE, version: "1.2.3".into() })
    }

    fn write_artifact(dir: &Path) -> Result<()> {
        let file = dir.join(AXE.artifact);
        fs::create_dir_all(file.parent().unwrap())?;
        Ok(fs::write(file, "axe")?)
    }

    #[test]
    fn finished_installation_is_found() {
        let (dir, store, axe) = fixture();
        assert!(!store.has(&axe));
        store.install_with(&axe, write_artifact).unwrap();
        assert!(store.has(&axe));
        assert_eq!(store.artifact(&axe), dir.path().join("tools/axe-core-1.2.3").join(AXE.artifact));
        assert_eq!(store.program_dir(&axe).as_deref(), store.artifact(&axe).parent());
    }

    #[test]
    fn interrupted_installation_is_never_taken_for_a_finished_one() {
        let (dir, store, axe) = fixture();
        let interrupted = store.install_with(&axe, |dir| {
            write_artifact(dir)?;
            bail!("the power went out")
        });
        assert!(interrupted.is_err());
        assert!(!store.has(&axe));
        assert_eq!(store.program_dir(&axe), None);
        store.install_with(&axe, write_artifact).unwrap();
        let left: Vec<_> = fs::read_dir(dir.path().join("tools")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["axe-core-1.2.3"]);
    }

    #[test]
    fn installation_without_its_file_is_an_error() {
        let (_dir, store, axe) = fixture();
        let error = store.install_with(&axe, |_| Ok(())).unwrap_err().to_string();
        assert!(error.contains("axe.min.js"), "{error}");
        assert!(!store.has(&axe));
    }

    #[test]
    fn folder_without_the_file_is_replaced() {
        let (dir, store, axe) = fixture();
        fs::create_dir_all(dir.path().join("tools/axe-core-1.2.3/half")).unwrap();
        store.install_with(&axe, write_artifact).unwrap();
        assert!(store.has(&axe));
        assert!(!dir.path().join("tools/axe-core-1.2.3/half").exists());
    }

    #[test]
    fn only_one_run_installs_at_a_time() {
        let (_dir, store, _) = fixture();
        let held = store.lock().unwrap();
        let other = File::open(store.dir.join("lock")).unwrap();
        assert!(other.try_lock().is_err());
        drop(held);
        assert!(other.try_lock().is_ok());
    }

    #[test]
    fn reads_what_tools_say_of_themselves() {
        assert!(reports_version("trunk 0.21.14\n", "0.21.14"));
        assert!(reports_version("geckodriver 0.37.1 (abc 2026)\n\nThe source is 0.0.0", "0.37.1"));
        assert!(!reports_version("trunk 0.21.1", "0.21.14"));
        assert!(!reports_version("trunk 0.21.14", "0.21.1"));
        assert!(!reports_version("", "0.21.1"));
    }
}
