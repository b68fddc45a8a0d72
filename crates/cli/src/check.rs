//! `story-home check`: every fault of a folder of stories, and what is untidy across them.

use std::{path::Path, process::ExitCode};

use anyhow::Result;
use corpus::{Finding, Problem, examine};
use serde::Serialize;

use crate::{
    fix,
    report::{self, JsonProblem, Tally},
    site::SiteConfig,
    stories::{Folder, read_folder},
};

/// Whether safe changes are made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fixing {
    /// Findings are only told.
    Off,
    /// What can be mended without asking is.
    On,
}

#[derive(Serialize)]
struct JsonReport<'a> {
    stories: usize,
    fixed: &'a [String],
    findings: Vec<JsonProblem<'a>>,
}

/// Prints the findings; fails if any of them is an error.
pub(crate) fn run(dir: &Path, fixing: Fixing, json: bool) -> Result<ExitCode> {
    let Checked { n_stories, fixed, problems } = check(dir, fixing)?;
    let tally = Tally::of(&problems);
    if json {
        let findings = problems.iter().map(JsonProblem::from).collect();
        report::print_json(&JsonReport { stories: n_stories, fixed: &fixed, findings })?;
    } else {
        fixed.iter().for_each(|line| println!("fixed: {line}"));
        report::print(&problems);
        println!("{}: {}", report::counted(n_stories, "story"), report::summary(&tally));
    }
    Ok(tally.exit_code())
}

/// What a check has found and done.
pub(crate) struct Checked {
    n_stories: usize,
    pub(crate) fixed: Vec<String>,
    pub(crate) problems: Vec<Problem>,
}

/// The work of [`run`], without telling.
///
/// # Errors
/// If the folder or `site.toml` cannot be read, or a fixed file not written.
pub(crate) fn check(dir: &Path, fixing: Fixing) -> Result<Checked> {
    let aliases = SiteConfig::beside(dir)?.aliases();
    let mut folder = read_folder(dir)?;
    let mut findings = examine(&folder.stories, &aliases);
    let mut fixed = Vec::new();
    if fixing == Fixing::On {
        fixed = fix::run(&folder.files, &findings)?;
        if !fixed.is_empty() {
            folder = read_folder(dir)?;
            findings = examine(&folder.stories, &aliases);
        }
    }
    let Folder { stories, mut problems, .. } = folder;
    problems.extend(findings.into_iter().map(|Finding { problem, .. }| problem));
    problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(Checked { n_stories: stories.len(), fixed, problems })
}
