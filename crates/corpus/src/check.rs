//! What is wrong with stories: pure checks on the data, independent of the format they were read from.

use crate::{Problem, Story};

/// Checks one story; `file` is named in every finding.
pub fn check_story(_story: &Story, _file: &str) -> Vec<Problem> {
    Vec::new()
}

/// Checks what only shows across stories.
pub fn check_corpus(_stories: &[(String, Story)]) -> Vec<Problem> {
    Vec::new()
}
