//! `story-home check --fix`: changes that lose nothing, made in the lines of the file so that the rest stays as the publisher wrote it.
//!
//! A change is written only if the file then reads as the same story with exactly that change.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use corpus::{Edit, Finding, Story};
use import::{decode::decode, markdown};

/// Makes every change that findings carry, and converts files that are not UTF-8 in NFC. Returns what was done, a line each.
///
/// # Errors
/// If a file cannot be read or written.
pub(crate) fn run(files: &[String], findings: &[Finding]) -> Result<Vec<String>> {
    let mut edits = BTreeMap::<&str, Vec<&Edit>>::new();
    for finding in findings {
        if let Some(edit) = &finding.edit {
            edits.entry(&finding.problem.file).or_default().push(edit);
        }
    }
    let mut done = Vec::new();
    for file in files {
        let path = Path::new(file);
        let bytes = fs::read(path).with_context(|| format!("reading {file}"))?;
        let Ok(decoded) = decode(file, &bytes) else { continue };
        let mut text = decoded.text;
        let mut told: Vec<String> = decoded.notes.iter().map(|note| format!("{file}: {}, now it is UTF-8", note.message)).collect();
        for edit in edits.get(file.as_str()).into_iter().flatten() {
            if let Some(changed) = apply(file, &text, edit) {
                text = changed;
                told.push(match edit {
                    Edit::Company { from, to } => format!("{file}: company `{from}` is now `{to}`"),
                    Edit::Tag { from, to } => format!("{file}: tag `{from}` is now `{to}`"),
                });
            }
        }
        if !told.is_empty() {
            fs::write(path, text).with_context(|| format!("writing {file}"))?;
            done.append(&mut told);
        }
    }
    Ok(done)
}

/// The text with a change; `None` if it cannot be made in its lines.
fn apply(file: &str, text: &str, edit: &Edit) -> Option<String> {
    let changed = match edit {
        Edit::Company { from, to } => with_line(text, "company:", |value| (unquoted(value) == *from).then(|| quoted(to)))?,
        Edit::Tag { from, to } => with_tags(text, from, to)?,
    };
    let before = markdown::read(file, text.as_bytes()).story?;
    let after = markdown::read(file, changed.as_bytes()).story?;
    (after == expected(before, edit)).then_some(changed)
}

fn expected(mut story: Story, edit: &Edit) -> Story {
    match edit {
        Edit::Company { to, .. } => story.company = Some(to.clone()),
        Edit::Tag { from, to } => story.tags = renamed(&story.tags, from, to),
    }
    story
}

/// The tags with one renamed, each once.
fn renamed(tags: &[String], from: &str, to: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for tag in tags {
        let tag = if tag == from { to } else { tag };
        if !out.iter().any(|earlier| earlier == tag) {
            out.push(tag.to_owned());
        }
    }
    out
}

/// Changes the value of a field that stands on one line.
fn with_line(text: &str, field: &str, change: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut is_done = false;
    let mut n_marks = 0;
    for line in text.split_inclusive('\n') {
        n_marks += usize::from(line.trim_end() == "---");
        match line.strip_prefix(field).filter(|_| n_marks == 1 && !is_done) {
            Some(value) => {
                out.push_str(&format!("{field} {}\n", change(value.trim())?));
                is_done = true;
            }
            None => out.push_str(line),
        }
    }
    is_done.then_some(out)
}

/// Renames a tag in `tags: [하나, 둘]` or in lines `- 하나`.
fn with_tags(text: &str, from: &str, to: &str) -> Option<String> {
    let in_line = with_line(text, "tags:", |value| {
        let items = value.strip_prefix('[')?.strip_suffix(']')?;
        let tags: Vec<String> = items.split(',').map(unquoted).filter(|tag| !tag.is_empty()).collect();
        if !tags.iter().any(|tag| tag == from) {
            return None;
        }
        let tags: Vec<String> = renamed(&tags, from, to).iter().map(|tag| quoted(tag)).collect();
        Some(format!("[{}]", tags.join(", ")))
    });
    if in_line.is_some() {
        return in_line;
    }
    let mut out = String::with_capacity(text.len());
    let (mut in_tags, mut is_done) = (false, false);
    let already = text.lines().any(|line| line.trim().strip_prefix("- ").is_some_and(|item| unquoted(item) == to));
    for line in text.split_inclusive('\n') {
        if !line.starts_with([' ', '-']) {
            in_tags = line.trim_end() == "tags:";
        }
        match line.trim_end().split_once("- ").filter(|(_, item)| in_tags && !is_done && unquoted(item) == from) {
            Some((indent, _)) => {
                is_done = true;
                if !already {
                    out.push_str(&format!("{indent}- {}\n", quoted(to)));
                }
            }
            None => out.push_str(line),
        }
    }
    is_done.then_some(out)
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inner = ['"', '\''].into_iter().find_map(|sign| text.strip_prefix(sign)?.strip_suffix(sign));
    inner.unwrap_or(text).to_owned()
}

/// A YAML text: bare if it is letters and digits that no reader takes for a number, quoted otherwise.
fn quoted(text: &str) -> String {
    let is_word = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-')) && text.starts_with(char::is_alphabetic);
    if is_word && !matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n") {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use corpus::Edit;

    use super::apply;

    const HEAD: &str = "---\ntitle: \"글\"\nsection: feed\ncompany: 와탭\n";
    const TAIL: &str = "lang: ko\nsummary: \"요약\"\n---\n\ncompany: 와탭\n";

    fn edit_tag(from: &str, to: &str) -> Edit {
        Edit::Tag { from: from.into(), to: to.into() }
    }

    #[track_caller]
    fn check(tags: &str, edit: &Edit, expected: Option<&str>) {
        let text = format!("{HEAD}{tags}{TAIL}");
        assert_eq!(apply("글.md", &text, edit), expected.map(|tags| format!("{HEAD}{tags}{TAIL}")));
    }

    #[test]
    fn tags_are_renamed_in_both_notations() {
        let edit = edit_tag("DevOPS", "DevOps");
        check("tags: [개발, \"DevOPS\"]\n", &edit, Some("tags: [개발, DevOps]\n"));
        check("tags: [DevOps, DevOPS]\n", &edit, Some("tags: [DevOps]\n"));
        check("tags:\n  - 개발\n  - DevOPS\n", &edit, Some("tags:\n  - 개발\n  - DevOps\n"));
        check("tags:\n- DevOps\n- DevOPS\n", &edit, Some("tags:\n- DevOps\n"));
    }

    #[test]
    fn what_cannot_be_changed_in_its_lines_stays() {
        // The list goes over two lines.
        check("tags: [개발,\n  DevOPS]\n", &edit_tag("DevOPS", "DevOps"), None);
        check("tags: [개발]\n", &edit_tag("없다", "있다"), None);
    }

    #[test]
    fn a_company_is_renamed_in_the_front_matter_only() {
        let text = format!("{HEAD}tags: []\n{TAIL}");
        let edit = Edit::Company { from: "와탭".into(), to: "와탭랩스".into() };
        let expected = text.replacen("company: 와탭", "company: 와탭랩스", 1);
        assert_eq!(apply("글.md", &text, &edit), Some(expected));
    }
}
