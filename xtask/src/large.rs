//! The archive that the browser suite searches in parts: large enough for an index of many files, small enough to be made with every build.

use anyhow::Result;

use crate::{corpus::make_data, generate, project::Project};

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
    make_data(project, &stories, &folder.join("data"))
}
