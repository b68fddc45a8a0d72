//! How findings are shown: a line each for people, a list for programs.

use std::process::ExitCode;

use anyhow::{Context, Result};
use corpus::{Problem, Severity};
use serde::Serialize;

/// How many findings there are of each kind.
pub(crate) struct Tally {
    /// Findings that keep a story from being published.
    pub(crate) n_errors: usize,
    /// Findings to look at.
    pub(crate) n_warnings: usize,
}

impl Tally {
    /// Counts findings.
    pub(crate) fn of(problems: &[Problem]) -> Self {
        let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
        Self { n_errors: count(Severity::Error), n_warnings: count(Severity::Warning) }
    }

    /// Failure if there is any error.
    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.n_errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Prints findings to standard error, a line each: `file:line: error: what; fix`.
pub(crate) fn print(problems: &[Problem]) {
    for problem in problems {
        eprintln!("{problem}");
    }
}

/// `2 errors, 1 warning`.
pub(crate) fn summary(tally: &Tally) -> String {
    format!("{}, {}", counted(tally.n_errors, "error"), counted(tally.n_warnings, "warning"))
}

/// `1 story`, `23 stories`, `0 errors`.
pub(crate) fn counted(n: usize, noun: &str) -> String {
    match (n, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (n, Some(stem)) => format!("{n} {stem}ies"),
        (n, None) => format!("{n} {noun}s"),
    }
}

/// A finding as programs read it.
#[derive(Serialize)]
pub(crate) struct JsonProblem<'a> {
    file: &'a str,
    line: usize,
    severity: String,
    message: &'a str,
    fix: &'a str,
}

impl<'a> From<&'a Problem> for JsonProblem<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            file: &problem.file,
            line: problem.line,
            severity: problem.severity.to_string(),
            message: &problem.message,
            fix: &problem.fix,
        }
    }
}

/// Prints a value as JSON.
///
/// # Errors
/// If it cannot be written as JSON, which none of ours does.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    println!("{}", serde_json::to_string_pretty(value).context("writing JSON")?);
    Ok(())
}
