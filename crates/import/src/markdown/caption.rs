//! `<figcaption>…</figcaption>`, the one tag of story files. Any other HTML is reported and left out.

use std::collections::BTreeSet;
use std::fmt::Write;

use corpus::Block;
use pulldown_cmark::{Event, Parser, Tag};

use super::body::{Body, Events, OPTIONS, Place};

const OPEN: &str = "<figcaption>";
const CLOSE: &str = "</figcaption>";

impl Body<'_> {
    /// The captions of an HTML block: one a line, or nothing.
    pub(super) fn html_block(&mut self, offset: usize, events: &mut Events<'_>) -> Vec<Block> {
        let mut html = String::new();
        while let Some((Event::Html(line) | Event::Text(line), _)) =
            events.next_if(|(event, _)| matches!(event, Event::Html(_) | Event::Text(_)))
        {
            html.push_str(&line);
        }
        let captions: Option<Vec<&str>> = html.trim_end().lines().map(caption).collect();
        match captions {
            Some(captions) => captions.into_iter().map(|inner| self.caption(inner, offset)).collect(),
            None if html.trim_start().starts_with(OPEN) => {
                let fix = "write `<figcaption>…</figcaption>` in one line, with an empty line after it";
                self.error(offset, "the caption does not end on its line", fix);
                Vec::new()
            }
            None => {
                self.raw_html(&html, offset);
                Vec::new()
            }
        }
    }

    /// Reads the inside of a caption as a heading, where nothing but spans can stand.
    fn caption(&mut self, inner: &str, offset: usize) -> Block {
        let mut markdown = format!("# {inner}\n");
        for label in &self.labels {
            // Notes are known by their definitions, which stand outside the caption.
            let _ = write!(markdown, "\n[^{label}]: …\n");
        }
        let mut body = Body {
            markdown: &markdown,
            place: Place::Line(self.place.line(offset)),
            file: self.file.clone(),
            labels: BTreeSet::clone(&self.labels),
            references: Vec::new(),
            depth: self.depth,
            problems: self.problems,
        };
        let mut events = Parser::new_ext(&markdown, OPTIONS).into_offset_iter().peekable();
        let heading = events.next_if(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })));
        Block::Caption { text: if heading.is_some() { body.inlines(&mut events) } else { Vec::new() } }
    }
}

/// What stands between the tags of a line that is a caption and nothing else.
fn caption(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
    let plain = without_spoken(inner);
    (!plain.contains(OPEN) && !plain.contains(CLOSE)).then(|| inner.trim())
}

/// The text with a backtick for each code span and each escaped sign: a tag in one or behind one is only spoken of, and what stands around
/// one is no tag together.
fn without_spoken(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, sign)) = rest.find(['`', '\\']).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        out.push('`');
        if let Some(escaped) = sign.strip_prefix('\\') {
            let mut behind = escaped.chars();
            behind.next();
            rest = behind.as_str();
            continue;
        }
        let behind = sign.trim_start_matches('`');
        let run = sign.get(..sign.len() - behind.len()).unwrap_or_default();
        // Closed by as many backticks as it began with.
        let end = behind.match_indices(run).map(|(at, _)| at).find(|&at| {
            let after = behind.get(at + run.len()..).unwrap_or_default();
            !after.starts_with('`') && !behind.get(..at).unwrap_or_default().ends_with('`')
        });
        rest = end.and_then(|at| behind.get(at + run.len()..)).unwrap_or(behind);
    }
    out.push_str(rest);
    out
}
