//! A story as the text of its Markdown file, made so that [`super::read`] gives the same story again.
//!
//! That holds for what Markdown can say: emphasis is not empty and does not stand directly beside other emphasis of its own inside a
//! third, links are not inside links, references stand last, code spans have no line breaks. Of anything else the text is kept.

use std::fmt::Write;

use corpus::{Block, Inline, ListItem, Story};
use unicode_normalization::char::is_combining_mark;

use super::write_inline::{Place, inlines, inlines_after};

/// The story as a Markdown file with front matter.
pub fn write(story: &Story) -> String {
    let mut out = front_matter(story);
    for line in blocks(&story.blocks, Nesting::default()) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn front_matter(story: &Story) -> String {
    let mut out = format!("---\ntitle: {}\nsection: {}\n", quoted(&story.title), story.section.as_str());
    for (name, text) in [("company", &story.company), ("author", &story.author), ("published", &story.published)] {
        if let Some(text) = text {
            let _ = writeln!(out, "{name}: {}", scalar(text));
        }
    }
    if let Some(series) = &story.series {
        let part = series.part.map(|part| format!(", part: {part}")).unwrap_or_default();
        let _ = writeln!(out, "series: {{name: {}{part}}}", quoted(&series.name));
    }
    if let Some(views) = story.views {
        let _ = writeln!(out, "views: {views}");
    }
    let tags: Vec<String> = story.tags.iter().map(|tag| scalar(tag)).collect();
    let _ = writeln!(out, "tags: [{}]\nlang: {}\nsummary: {}", tags.join(", "), scalar(&story.lang), quoted(&story.summary));
    if let Some(source) = &story.source {
        let _ = writeln!(out, "source: {}", quoted(source));
    }
    out.push_str("---\n\n");
    out
}

/// A YAML text without quotes where no YAML reader could take it for anything else.
fn scalar(text: &str) -> String {
    let plain = text.split(' ').all(|word| word.starts_with(char::is_alphanumeric))
        && text.chars().all(|c| c.is_alphanumeric() || " _-./+&()".contains(c))
        && text.chars().any(char::is_alphabetic)
        && text.parse::<f64>().is_err()
        && !text.starts_with("0x")
        && !text.starts_with("0o")
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    let is_date = text.len() == 10
        && text.bytes().enumerate().all(|(idx, byte)| if matches!(idx, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if plain || is_date { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut is_behind_escape = false;
    for c in text.chars() {
        // Behind an escape a mark would be composed with the escape's last letter when the file is read.
        let is_escaped = is_unprintable(c) || (is_behind_escape && is_combining_mark(c));
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_escaped && u32::from(c) <= 0xFFFF => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c if is_escaped => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
        is_behind_escape = is_escaped || matches!(c, '\n' | '\t');
    }
    out.push('"');
    out
}

/// What YAML does not print: line ends of other alphabets, marks, non-characters.
fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Where a sequence of blocks stands.
#[derive(Clone, Copy, Default)]
struct Nesting {
    /// Inside a list or quote.
    nested: bool,
    /// The bullet on whose line the first block begins.
    bullet: Option<char>,
}

/// The lines of blocks, an empty line between them.
fn blocks(blocks: &[Block], nesting: Nesting) -> Vec<String> {
    let mut lines = Vec::new();
    // Two lists that follow each other are told apart by their signs.
    let mut previous_sign = None;
    for (block_idx, block) in blocks.iter().enumerate() {
        let mut sign = None;
        let bullet = nesting.bullet.filter(|_| block_idx == 0);
        let block_lines = match block {
            Block::List { ordered, start, items } => {
                let signs: &[char] = if *ordered { &['.', ')'] } else { &['-', '*', '+'] };
                sign = signs.iter().copied().find(|sign| Some(*sign) != previous_sign && Some(*sign) != bullet);
                list(sign.unwrap_or('-'), start.unwrap_or(1), items)
            }
            // `- ---` would be one thematic break.
            Block::Rule => vec![if nesting.nested { "***" } else { "---" }.to_owned()],
            block => lines_of(block),
        };
        if block_lines.is_empty() {
            continue;
        }
        previous_sign = sign;
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block_lines);
    }
    lines
}

fn lines_of(block: &Block) -> Vec<String> {
    match block {
        Block::Heading { level, text } => {
            let marks = "#".repeat(usize::from(*level));
            vec![format!("{marks} {}", inlines(text, Place::Line)).trim_end().to_owned()]
        }
        Block::Paragraph { text } => split(&inlines(text, Place::Paragraph)),
        Block::Question { mark, text } | Block::Answer { mark, text } => split(&inlines_after(&format!("{mark} "), text)),
        Block::Caption { text } => vec![format!("<figcaption>{}</figcaption>", inlines(text, Place::Line))],
        Block::Quote { blocks: inner } => {
            let inner = blocks(inner, Nesting { nested: true, bullet: None });
            if inner.is_empty() {
                vec![">".to_owned()]
            } else {
                inner.iter().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") }).collect()
            }
        }
        Block::Code { lang, code } => {
            let fence = "`".repeat(longest_run(code).max(2) + 1);
            let lang: String = lang.iter().flat_map(|lang| lang.chars()).filter(|c| !c.is_whitespace() && *c != '`').collect();
            let mut lines = vec![format!("{fence}{lang}")];
            lines.extend(code.split('\n').filter(|_| !code.is_empty()).map(str::to_owned));
            lines.push(fence);
            lines
        }
        Block::Table { head, rows } => table(head, rows),
        Block::References { items } => items
            .iter()
            .flat_map(|reference| {
                let text = inlines(&reference.text, Place::Paragraph);
                let line = format!("[^{}]: {text}", reference.label).replace('\n', "\n    ");
                split(line.trim_end())
            })
            .collect(),
        // Written by the caller, who knows the neighbours.
        Block::List { .. } | Block::Rule => Vec::new(),
        // A block of a newer corpus: its text at least.
        block => split(&inlines(&[Inline::text(block.text())], Place::Paragraph)),
    }
}

fn split(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() }
}

/// Length of the longest run of backticks.
pub(super) fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
    let n_columns = rows.iter().map(Vec::len).fold(head.len().max(1), usize::max);
    let line = |cells: &[Vec<Inline>]| {
        let mut cells: Vec<String> = cells.iter().map(|cell| inlines(cell, Place::Cell)).collect();
        cells.resize(n_columns, String::new());
        format!("| {} |", cells.join(" | "))
    };
    let mut lines = vec![line(head), format!("|{}", "---|".repeat(n_columns))];
    lines.extend(rows.iter().map(|row| line(row)));
    lines
}

/// The lines of a list; `sign` is its bullet, or what follows its numbers.
fn list(sign: char, start: u32, items: &[ListItem]) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, item) in (start..=u32::MAX).zip(items) {
        // Markdown reads nine digits at most.
        let mark = if matches!(sign, '.' | ')') { format!("{}{sign}", number.min(999_999_999)) } else { sign.to_string() };
        let mut item_lines = split(&inlines(&item.text, Place::Paragraph));
        let begins_with_blocks = item_lines.is_empty();
        let bullet = Some(sign).filter(|_| begins_with_blocks);
        if !begins_with_blocks && !item.blocks.first().is_none_or(may_follow_text) {
            item_lines.push(String::new());
        }
        item_lines.extend(blocks(&item.blocks, Nesting { nested: true, bullet }));
        let indent = " ".repeat(mark.len() + 1);
        lines.push(match item_lines.first() {
            Some(first) => format!("{mark} {first}"),
            None => mark,
        });
        lines.extend(item_lines.iter().skip(1).map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") }));
    }
    lines
}

/// Whether a block inside a list item may stand on the line after the item's text. Lists that begin with an empty item or another number
/// than 1 would be taken for text.
fn may_follow_text(block: &Block) -> bool {
    match block {
        Block::List { start: None, items, .. } => items.first().is_some_and(|item| !item.text.is_empty()),
        _ => false,
    }
}
