//! `story-home check`: every fault of a folder of stories.

use std::{path::Path, process::ExitCode};

use anyhow::Result;

use crate::{
    report::{self, JsonProblem, Tally},
    stories::read_folder,
};

/// Prints the findings; fails if any of them is an error.
pub(crate) fn run(dir: &Path, json: bool) -> Result<ExitCode> {
    let folder = read_folder(dir)?;
    let tally = Tally::of(&folder.problems);
    if json {
        report::print_json(&folder.problems.iter().map(JsonProblem::from).collect::<Vec<_>>())?;
    } else {
        report::print(&folder.problems);
        println!("{}: {}", report::counted(folder.stories.len(), "story"), report::summary(&tally));
    }
    Ok(tally.exit_code())
}
