//! Checks of what only shows across stories.

use std::collections::BTreeMap;

use crate::{Problem, SourceMap, Story};

/// Checks what only shows across stories: two with one slug (they would overwrite each other), two with one title.
pub fn check_corpus(stories: &[(SourceMap, Story)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut by_slug = BTreeMap::new();
    let mut by_title = BTreeMap::new();
    for (source, story) in stories {
        let first = *by_slug.entry(story.slug.as_str()).or_insert(source);
        if !std::ptr::eq(first, source) {
            let message = format!("slug `{}` is also that of {}", story.slug, first.file());
            problems.push(Problem::error(source.file(), 1, message, "rename one of the files"));
        }
        let title: String = story.title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let first = *by_title.entry(title).or_insert(source);
        if !std::ptr::eq(first, source) {
            let message = format!("title is also that of {}", first.file());
            problems.push(Problem::warning(source.file(), source.field("title"), message, "tell the two apart or remove one"));
        }
    }
    problems
}
