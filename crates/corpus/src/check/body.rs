//! Checks of a story's body.

use std::collections::BTreeSet;

use crate::{Block, Inline, ListItem, Problem, SourceMap, Story, inline_text, is_safe_href};

/// Characters above which a paragraph is a wall of text: about 18 lines on a phone. Nobody reads those; fewer reports more.
pub const WALL_CHARS: usize = 600;

pub(super) fn check(story: &Story, source: &SourceMap) -> Vec<Problem> {
    if story.blocks.iter().all(|block| block.text().trim().is_empty()) {
        let line = source.block(0);
        return vec![Problem::error(source.file(), line, "the body is empty", "write at least one paragraph below the front matter")];
    }
    let mut body = Body { source, line: 1, labels: labels(story), problems: Vec::new() };
    let mut level = 1;
    for (block_idx, block) in story.blocks.iter().enumerate() {
        body.line = source.block(block_idx);
        if let Block::Heading { level: next, .. } = block {
            body.check_level(level, *next);
            level = *next;
        }
        body.check_block(block);
    }
    body.problems
}

/// Labels that notes may point at.
fn labels(story: &Story) -> BTreeSet<&str> {
    let references = story.blocks.iter().filter_map(|block| if let Block::References { items } = block { Some(items) } else { None });
    references.flatten().map(|reference| reference.label.as_str()).collect()
}

struct Body<'a> {
    source: &'a SourceMap,
    line: usize,
    labels: BTreeSet<&'a str>,
    problems: Vec<Problem>,
}

impl Body<'_> {
    fn error(&mut self, message: impl Into<String>, fix: &str) {
        self.problems.push(Problem::error(self.source.file(), self.line, message, fix));
    }

    fn warning(&mut self, message: impl Into<String>, fix: &str) {
        self.problems.push(Problem::warning(self.source.file(), self.line, message, fix));
    }

    fn check_level(&mut self, previous: u8, level: u8) {
        if !(2..=6).contains(&level) {
            self.error(format!("heading of level {level}"), "use levels 2 to 6; level 1 is the story's title");
        } else if previous + 1 < level {
            self.warning(format!("heading jumps from level {previous} to {level}"), "leave no level out");
        }
    }

    fn check_block(&mut self, block: &Block) {
        match block {
            Block::Heading { text, .. } => self.check_text("heading", text),
            Block::Caption { text } => self.check_text("caption", text),
            Block::Paragraph { text } | Block::Answer { text, .. } => {
                self.check_text("paragraph", text);
                self.check_wall(text);
            }
            Block::Question { text, .. } => self.check_text("question", text),
            Block::List { items, .. } => self.check_list(items),
            Block::Quote { blocks } => {
                if blocks.is_empty() {
                    self.error("empty quote", "write the quoted words or remove it");
                }
                blocks.iter().for_each(|block| self.check_block(block));
            }
            Block::Table { head, rows } => self.check_table(head, rows),
            Block::References { items } => {
                let mut seen = BTreeSet::new();
                for reference in items {
                    if !seen.insert(&reference.label) {
                        self.error(format!("two notes are called `{}`", reference.label), "give each note its own label");
                    }
                    self.check_text("note", &reference.text);
                }
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }

    fn check_list(&mut self, items: &[ListItem]) {
        if items.is_empty() {
            self.error("list without items", "write at least one item or remove it");
        }
        for item in items {
            if item.blocks.is_empty() {
                self.check_text("list item", &item.text);
            } else {
                self.check_inlines(&item.text);
            }
            item.blocks.iter().for_each(|block| self.check_block(block));
        }
    }

    fn check_table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        for (row_idx, row) in rows.iter().enumerate() {
            if row.len() != head.len() {
                let message = format!("row {} has {} cells, the head has {}", row_idx + 1, row.len(), head.len());
                self.error(message, "give every row as many cells as the head");
            }
        }
        for cell in head.iter().chain(rows.iter().flatten()) {
            self.check_inlines(cell);
        }
    }

    fn check_text(&mut self, what: &str, text: &[Inline]) {
        let only_notes = !text.is_empty() && text.iter().all(|inline| matches!(inline, Inline::Note { .. }));
        if inline_text(text).trim().is_empty() && !only_notes {
            self.error(format!("empty {what}"), "write its text or remove it");
        }
        self.check_inlines(text);
    }

    fn check_wall(&mut self, text: &[Inline]) {
        let n_chars = inline_text(text).chars().count();
        if WALL_CHARS < n_chars {
            self.warning(format!("paragraph of {n_chars} characters"), "divide it where the thought changes");
        }
    }

    fn check_inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Link { href, inlines } => {
                    if !is_safe_href(href) {
                        self.error(format!("link to `{href}`"), "link to http, https or mailto addresses only");
                    }
                    self.check_inlines(inlines);
                }
                Inline::Emphasis { inlines } | Inline::Strong { inlines } => self.check_inlines(inlines),
                Inline::Note { label } if !self.labels.contains(label.as_str()) => {
                    self.error(format!("mark of note `{label}`, which does not exist"), "add the note or remove the mark");
                }
                Inline::Text { .. } | Inline::Code { .. } | Inline::Note { .. } => {}
            }
        }
    }
}
