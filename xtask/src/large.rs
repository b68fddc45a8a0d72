//! The archive that the browser suite searches in parts: large enough for an index of many files, small enough to be made with every build.

use anyhow::{Context, Result};

use crate::{
    generate,
    process::{command, run},
    project::Project,
};

/// How many stories; `e2e/tests/suite/large.rs` counts them. Their index is over twice the size from which it is cut into parts.
const N_STORIES: u32 = 1200;

/// Writes the stories and makes data of them, beside the site for tests.
///
/// # Errors
/// A folder that cannot be written, or a program that fails.
pub(crate) fn build(project: &Project) -> Result<()> {
    let folder = project.target.join("large");
    let stories = folder.join("stories");
    generate::write(&stories, N_STORIES)?;
    let data = folder.join("data");
    if data.is_dir() {
        std::fs::remove_dir_all(&data).with_context(|| format!("emptying {}", data.display()))?;
    }
    let mut cli = command("cargo");
    cli.current_dir(&project.root).args(["run", "--quiet", "--package", "story-home-cli", "--", "build", "--stories"]);
    run(cli.arg(&stories).arg("--out").arg(&data)).context("making the large archive for tests")
}
