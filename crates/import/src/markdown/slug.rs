//! The slug is the file's name.

use std::path::Path;

use corpus::{Problem, Slug};

use crate::decode::normalise;

pub(super) fn from_file_name(file: &str, problems: &mut Vec<Problem>) -> Option<Slug> {
    let name = Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stem = normalise(name.strip_suffix(".md").unwrap_or(name));
    match Slug::new(stem.as_str()) {
        Ok(slug) => Some(slug),
        Err(_) => {
            let fix = format!("name it `{}.md`: letters in lower case, digits and single hyphens", Slug::from_title(&stem));
            problems.push(Problem::error(file, 1, format!("the file name `{name}` is no slug"), fix));
            None
        }
    }
}
