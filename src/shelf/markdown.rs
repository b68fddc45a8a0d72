//! A shelf as Markdown, for whatever program a reader keeps notes in; and one passage as a quotation. The words around are the caller's.

use super::model::{Column, Model, Passage};

/// Headings and labels of the file.
pub(crate) struct Labels {
    /// The first heading.
    pub(crate) title: &'static str,
    /// Headings of the columns, in their order.
    pub(crate) columns: [&'static str; 3],
    /// Heading of the notes.
    pub(crate) notes: &'static str,
    /// Heading of the history.
    pub(crate) history: &'static str,
}

/// Everything a reader kept: the columns, the notes below their stories, the history. `day` writes a time as a date, `href` gives the whole
/// address of a story.
pub(crate) fn markdown(model: &Model, labels: &Labels, day: fn(u64) -> String, href: impl Fn(&corpus::Slug) -> String) -> String {
    let mut out = format!("# {}\n", labels.title);
    let entry = |entry: &super::model::Entry, time: Option<u64>| {
        let company = if entry.company().is_empty() { String::new() } else { format!(" · {}", escape(entry.company())) };
        let when = time.map(|time| format!(" ({})", day(time))).unwrap_or_default();
        format!("- [{}]({}){company}{when}\n", escape(entry.title()), href(&entry.slug))
    };
    for (column, label) in Column::ALL.into_iter().zip(labels.columns) {
        section(&mut out, label, model.on_shelf(column).iter().map(|on| entry(on, None)).collect());
    }
    let mut notes = String::new();
    let mut story = None;
    for (_, passage) in model.find_notes("") {
        if story.as_ref() != Some(&passage.slug) {
            notes.push_str(&format!("\n### [{}]({})\n", escape(&passage.facts.title), href(&passage.slug)));
            story = Some(passage.slug.clone());
        }
        notes.push_str(&format!("\n> {}\n", escape(&passage.quote.exact)));
        if !passage.words.trim().is_empty() {
            // The reader's own words are Markdown if they wrote Markdown.
            notes.push_str(&format!("\n{}\n", passage.words.trim()));
        }
    }
    section(&mut out, labels.notes, notes);
    section(&mut out, labels.history, model.history().iter().map(|read| entry(read, read.visit.value)).collect());
    out
}

fn section(out: &mut String, heading: &str, text: String) {
    if !text.is_empty() {
        out.push_str(&format!("\n## {heading}\n\n{}", text.trim_start_matches('\n')));
    }
}

/// A passage to paste elsewhere: the words, who says them, and where.
pub(crate) fn quotation(passage: &Passage, address: &str) -> String {
    let source = [&*passage.facts.title, &*passage.facts.company].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    format!("“{}”\n— {}\n{address}\n", passage.quote.exact, source.join(", "))
}

/// The text with everything escaped that Markdown would take for markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
