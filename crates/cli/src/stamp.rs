//! The importer's mark in a story file, `imported: HASH`: the hash of what was written, so that a later import knows whether the
//! publisher has edited the file and whether the source has changed.

use crate::build;

/// Hexadecimal digits of the mark: 64 bits tell any two versions of a file apart.
const DIGITS: usize = 16;

const FIELD: &str = "imported: ";

/// What should happen to a story file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is what the import would write.
    Same,
    /// Nobody edited it, the source has changed: it may be written over.
    Outdated,
    /// The publisher edited it, the source is what it was: it stays.
    Edited,
    /// Edited, and the source has changed too; or it does not come from an import.
    Conflict,
}

/// The file with its mark.
pub(crate) fn stamped(markdown: &str) -> String {
    let mark = format!("{FIELD}{}\n", hash(markdown));
    // The writer's front matter ends at the first line of hyphens after the opening one.
    match markdown.find("\n---\n") {
        Some(end) => {
            let (front, rest) = markdown.split_at(end + 1);
            format!("{front}{mark}{rest}")
        }
        None => markdown.to_owned(),
    }
}

/// Compares a file that is there with what the import would write, without its mark.
pub(crate) fn compare(present: &str, markdown: &str) -> Verdict {
    let (text, mark) = split(present);
    if text == markdown {
        return Verdict::Same;
    }
    match mark {
        Some(mark) if mark == hash(&text) => Verdict::Outdated,
        Some(mark) if mark == hash(markdown) => Verdict::Edited,
        _ => Verdict::Conflict,
    }
}

/// The file without its mark, and the mark.
fn split(file: &str) -> (String, Option<String>) {
    let mut mark = None;
    let mut text = String::with_capacity(file.len());
    for (idx, line) in file.split_inclusive('\n').enumerate() {
        let is_front = 0 < idx && mark.is_none() && !text.contains("\n---\n");
        match line.strip_prefix(FIELD).filter(|_| is_front) {
            Some(hash) => mark = Some(hash.trim().trim_matches('"').to_owned()),
            None => text.push_str(line),
        }
    }
    (text, mark)
}

fn hash(text: &str) -> String {
    let mut hash = build::hash(text.as_bytes());
    hash.truncate(DIGITS);
    hash
}

#[cfg(test)]
mod tests {
    use super::{Verdict, compare, stamped};

    const OLD: &str = "---\ntitle: \"글\"\n---\n\n하나\n";
    const NEW: &str = "---\ntitle: \"글\"\n---\n\n둘\n";

    #[test]
    fn the_mark_tells_who_changed_what() {
        let imported = stamped(OLD);
        assert!(imported.starts_with("---\ntitle: \"글\"\nimported: "));
        assert_eq!(compare(&imported, OLD), Verdict::Same);
        assert_eq!(compare(&imported, NEW), Verdict::Outdated);
        let edited = imported.replace("하나", "내가 고친 하나");
        assert_eq!(compare(&edited, OLD), Verdict::Edited);
        assert_eq!(compare(&edited, NEW), Verdict::Conflict);
        // What no import has written.
        assert_eq!(compare(OLD, OLD), Verdict::Same);
        assert_eq!(compare("내 글", NEW), Verdict::Conflict);
    }

    #[test]
    fn a_mark_in_the_text_is_text() {
        let text = "---\ntitle: \"글\"\n---\n\nimported: 이것은 글\n";
        assert_eq!(compare(&stamped(text), text), Verdict::Same);
    }
}
