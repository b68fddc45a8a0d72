//! What is wrong with stories: pure checks on the data, independent of the format they were read from.
//!
//! What only the text of a file can show (unknown fields, raw HTML, table rows of the wrong length in Markdown) is the reader's to
//! report. Readers repair what they report, so that nothing is found twice.

mod across;
mod alike;
mod body;
mod doctor;
mod facts;
mod names;
#[cfg(test)]
mod tests;
mod text;

pub use across::check_corpus;
pub use body::WALL_CHARS;
pub use doctor::{Aliases, Edit, Finding, examine};

use crate::{Problem, SourceMap, Story};

/// Checks one story; `source` names the file and the lines of the findings. Findings come in reading order.
pub fn check_story(story: &Story, source: &SourceMap) -> Vec<Problem> {
    let mut problems = facts::check(story, source);
    problems.extend(body::check(story, source));
    problems.sort_by_key(|problem| problem.line);
    problems
}
