//! `cargo xtask bench …`: our figures beside those of others, measured in one run on one machine, and beside the targets we set ourselves.
//!
//! [`search`] drives a harness that measures search engines in Chromium, [`structure`] a scorer of recovered blocks. Both, the corpora
//! and the judged queries are material that is not ours to ship: a folder `shared` beside the checkout, see [`shared_folder`].
//! [`ui`] lets Chromium measure the interface on the bundled stories and on stories that it writes itself.
//! [`site`] lets Lighthouse measure a built site beside those of other generators.
//! [`goal`] judges, [`markdown`] writes, [`machine`] says where it was measured, [`folder`] keeps house.

mod folder;
mod goal;
mod machine;
mod markdown;
mod options;
mod search;
mod site;
mod structure;
mod ui;

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{process::find_program, project::Project};
pub(crate) use options::{Bench, HELP, parse};

/// Names the folder of measuring material when it is not `shared` beside the checkout.
const SHARED: &str = "STORY_HOME_SHARED";

/// Measures, prints the tables and keeps the figures in `target/bench`. Fails when ours could not be measured, not when a target is missed:
/// that is for the reader of the table to judge.
pub(crate) fn run(project: &Project, bench: &Bench) -> Result<ExitCode> {
    match bench {
        Bench::Search(options) => search::run(project, options),
        Bench::Site(options) => site::run(project, options),
        Bench::Structure(options) => structure::run(project, options),
        Bench::Ui(options) => ui::run(project, options),
    }
}

/// The folder `eval/NAME` of the measuring material.
///
/// # Errors
/// When it is not there: one line that says where it was looked for.
fn shared_folder(project: &Project, name: &str) -> Result<PathBuf> {
    find_shared(&project.root, env::var_os(SHARED), name)
}

fn find_shared(root: &Path, wish: Option<OsString>, name: &str) -> Result<PathBuf> {
    let shared = wish.map_or_else(|| root.join("../shared"), PathBuf::from);
    let folder = shared.join("eval").join(name);
    if !folder.is_dir() {
        bail!("there is no {}; {SHARED} names a folder that has eval/{name}", folder.display());
    }
    folder.canonicalize().with_context(|| format!("opening {}", folder.display()))
}

/// Where the figures and everything made on the way go.
fn work_folder(project: &Project) -> Result<PathBuf> {
    let dir = project.target.join("bench");
    fs::create_dir_all(&dir).with_context(|| format!("making {}", dir.display()))?;
    dir.canonicalize().with_context(|| format!("opening {}", dir.display()))
}

/// Keeps the figures of a run; a second run of that day takes the place of the first.
fn keep(project: &Project, name: &str, date: &str, figures: &Value) -> Result<()> {
    let file = work_folder(project)?.join(format!("{name}-{date}.json"));
    fs::write(&file, format!("{figures:#}\n")).with_context(|| format!("writing {}", file.display()))?;
    println!("\nAll figures: {}", file.display());
    Ok(())
}

fn python() -> Result<PathBuf> {
    find_program("python3", &[]).context("the scorer is a Python script and there is no python3 on PATH")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn material_is_beside_the_checkout_or_where_the_user_says() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("checkout");
        for folder in ["checkout", "shared/eval/search", "elsewhere/eval/structure"] {
            fs::create_dir_all(dir.path().join(folder)).unwrap();
        }
        let beside = find_shared(&root, None, "search").unwrap();
        assert_eq!(beside, dir.path().join("shared/eval/search").canonicalize().unwrap());
        let wish = || Some(dir.path().join("elsewhere").into_os_string());
        assert!(find_shared(&root, wish(), "structure").unwrap().ends_with("elsewhere/eval/structure"));
        let error = find_shared(&root, wish(), "search").unwrap_err().to_string();
        assert!(error.contains("elsewhere") && error.contains(SHARED) && !error.contains('\n'), "{error}");
    }
}
