//! The body of a story file: Markdown events to typed blocks.

use std::{collections::BTreeSet, iter::Peekable, ops::Range};

use corpus::{Block, ListItem, Problem, Reference, SourceMap};
use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Options, Parser, Tag, TagEnd};

use super::{lines::Lines, question_mark};

/// Markdown as story files have it: no strikethrough (`~` is a letter of chats), no smart punctuation.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES);

/// Levels of quotes, lists and emphasis. People use four; the reader calls itself for each.
const MAX_DEPTH: usize = 32;

/// Reads the body, which begins at `body_start`; `source` gets the first line of each block.
pub(super) fn read(text: &str, body_start: usize, source: &mut SourceMap, problems: &mut Vec<Problem>) -> Vec<Block> {
    let markdown = text.get(body_start..).unwrap_or_default();
    let mut body = Body {
        markdown,
        place: Place::Lines(Lines::new(text), body_start),
        file: source.file().to_owned(),
        labels: note_labels(markdown),
        references: Vec::new(),
        depth: 0,
        problems,
    };
    let mut events = Parser::new_ext(markdown, OPTIONS).into_offset_iter().peekable();
    let blocks = body.blocks(&mut events);
    let references = std::mem::take(&mut body.references);
    for (offset, _) in &blocks {
        source.push_block(body.place.line(*offset));
    }
    let mut blocks: Vec<Block> = blocks.into_iter().map(|(_, block)| block).collect();
    if let Some((offset, _)) = references.first() {
        source.push_block(body.place.line(*offset));
        blocks.push(Block::References { items: references.into_iter().map(|(_, reference)| reference).collect() });
    }
    blocks
}

fn note_labels(markdown: &str) -> BTreeSet<String> {
    let events = Parser::new_ext(markdown, OPTIONS);
    events
        .filter_map(|event| if let Event::Start(Tag::FootnoteDefinition(label)) = event { Some(label.into_string()) } else { None })
        .collect()
}

pub(super) type Events<'a> = Peekable<OffsetIter<'a>>;

/// Where offsets of the Markdown being read stand in the file.
pub(super) enum Place {
    /// The body of the file, which begins at an offset.
    Lines(Lines, usize),
    /// A single line, such as a caption's.
    Line(usize),
}

impl Place {
    pub(super) fn line(&self, offset: usize) -> usize {
        match self {
            Self::Lines(lines, start) => lines.at(start + offset),
            Self::Line(line) => *line,
        }
    }
}

/// The state of reading one body.
pub(super) struct Body<'a> {
    pub(super) markdown: &'a str,
    pub(super) place: Place,
    pub(super) file: String,
    pub(super) labels: BTreeSet<String>,
    pub(super) references: Vec<(usize, Reference)>,
    pub(super) depth: usize,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Body<'_> {
    pub(super) fn error(&mut self, offset: usize, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Problem::error(self.file.as_str(), self.place.line(offset), message, fix));
    }

    pub(super) fn warning(&mut self, offset: usize, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Problem::warning(self.file.as_str(), self.place.line(offset), message, fix));
    }

    /// Blocks up to the end of what contains them, each with its offset. That end is left in `events`.
    pub(super) fn blocks(&mut self, events: &mut Events<'_>) -> Vec<(usize, Block)> {
        let mut blocks = Vec::new();
        while let Some((event, range)) = events.peek() {
            let range = range.clone();
            match event {
                Event::End(_) => break,
                Event::Rule => {
                    blocks.push((range.start, Block::Rule));
                    events.next();
                }
                Event::Start(tag) if is_block(tag) => {
                    let tag = tag.clone();
                    events.next();
                    if self.is_too_deep(events, range.start) {
                        continue;
                    }
                    self.depth += 1;
                    blocks.extend(self.block(tag, &range, events).into_iter().map(|block| (range.start, block)));
                    self.depth -= 1;
                    events.next();
                }
                // The text of a tight list item after something nested has no paragraph around it.
                _ => {
                    let text = self.inlines(events);
                    blocks.push((range.start, Block::Paragraph { text }));
                }
            }
        }
        blocks
    }

    /// Passes over what a start opened, when that is nested too deep.
    pub(super) fn is_too_deep(&mut self, events: &mut Events<'_>, offset: usize) -> bool {
        if self.depth < MAX_DEPTH {
            return false;
        }
        self.error(offset, format!("nested deeper than {MAX_DEPTH} levels"), "write it flat");
        let mut open = 1;
        while 0 < open {
            match events.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
        true
    }

    /// What stands between the start of `tag` and its end, which is left in `events`.
    fn block(&mut self, tag: Tag<'_>, range: &Range<usize>, events: &mut Events<'_>) -> Vec<Block> {
        match tag {
            Tag::Paragraph => vec![self.paragraph(events)],
            Tag::Heading { level, .. } => vec![self.heading(level as u8, range.start, events)],
            Tag::BlockQuote(_) => {
                let blocks = self.blocks(events);
                vec![Block::Quote { blocks: blocks.into_iter().map(|(_, block)| block).collect() }]
            }
            Tag::CodeBlock(kind) => vec![self.code(&kind, range.start, events)],
            Tag::List(start) => vec![self.list(start, range.start, events)],
            Tag::Table(_) => vec![self.table(events)],
            Tag::FootnoteDefinition(label) => {
                self.note(label.into_string(), range.start, events);
                Vec::new()
            }
            Tag::HtmlBlock => self.html_block(range.start, events),
            _ => self.blocks(events).into_iter().map(|(_, block)| block).collect(),
        }
    }

    fn paragraph(&mut self, events: &mut Events<'_>) -> Block {
        let mark = match events.peek() {
            // A mark that was escaped comes in pieces, so the first piece does not hold it.
            Some((Event::Text(text), range)) if self.markdown.get(range.clone()) == Some(text.as_ref()) => question_mark(text)
                .map(|mark| (mark.to_owned(), text.get(mark.len()..).unwrap_or_default().trim_start_matches(' ').to_owned())),
            _ => None,
        };
        let Some((mark, rest)) = mark else { return Block::Paragraph { text: self.inlines(events) } };
        events.next();
        let text = self.inlines_after(rest, events);
        if mark.starts_with('Q') { Block::Question { mark, text } } else { Block::Answer { mark, text } }
    }

    fn heading(&mut self, level: u8, offset: usize, events: &mut Events<'_>) -> Block {
        if level == 1 {
            self.error(offset, "heading of level 1", "use `##`; level 1 is the story's title");
        }
        Block::Heading { level: level.max(2), text: self.inlines(events) }
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, offset: usize, events: &mut Events<'_>) -> Block {
        let info = if let CodeBlockKind::Fenced(info) = kind { info.trim() } else { "" };
        let lang = info.split_whitespace().next().map(str::to_owned);
        if 1 < info.split_whitespace().count() {
            self.warning(offset, format!("`{info}` is more than a language"), "keep the first word only");
        }
        let mut code = String::new();
        while let Some((Event::Text(text), _)) = events.next_if(|(event, _)| matches!(event, Event::Text(_))) {
            code.push_str(&text);
        }
        if code.ends_with('\n') {
            code.pop();
        }
        Block::Code { lang, code }
    }

    fn list(&mut self, start: Option<u64>, offset: usize, events: &mut Events<'_>) -> Block {
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), range)) = events.next_if(|(event, _)| matches!(event, Event::Start(Tag::Item))) {
            if self.is_too_deep(events, range.start) {
                continue;
            }
            self.depth += 1;
            let text = if events.next_if(|(event, _)| matches!(event, Event::Start(Tag::Paragraph))).is_some() {
                let text = self.inlines(events);
                events.next();
                text
            } else {
                self.inlines(events)
            };
            let blocks = self.blocks(events).into_iter().map(|(_, block)| block).collect();
            items.push(ListItem { text, blocks });
            self.depth -= 1;
            events.next();
        }
        let ordered = start.is_some();
        let number = start.unwrap_or(1);
        let start = u32::try_from(number).ok().filter(|&number| number != 1);
        if start.is_none() && number != 1 {
            self.warning(offset, format!("the list begins with {number}"), "begin with a smaller number");
        }
        Block::List { ordered, start, items }
    }

    fn table(&mut self, events: &mut Events<'_>) -> Block {
        let mut rows = Vec::new();
        let is_row = |(event, _): &(Event<'_>, Range<usize>)| matches!(event, Event::Start(Tag::TableHead | Tag::TableRow));
        while let Some((_, range)) = events.next_if(is_row) {
            let mut cells = Vec::new();
            while events.next_if(|(event, _)| matches!(event, Event::Start(Tag::TableCell))).is_some() {
                cells.push(self.inlines(events));
                events.next();
            }
            events.next();
            let n_written = self.markdown.get(range.clone()).map_or(0, count_cells);
            if n_written != cells.len() {
                let message = format!("the row has {n_written} cells, the table's head has {}", cells.len());
                self.error(range.start, message, "give every row as many cells as the head; write `\\|` for a bar in a cell");
            }
            rows.push(cells);
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Block::Table { head, rows }
    }

    fn note(&mut self, label: String, offset: usize, events: &mut Events<'_>) {
        let is_paragraph = events.next_if(|(event, _)| matches!(event, Event::Start(Tag::Paragraph))).is_some();
        let text = self.inlines(events);
        if is_paragraph {
            events.next();
        }
        if !self.blocks(events).is_empty() {
            self.error(offset, format!("note `{label}` is more than one paragraph"), "write it as one paragraph");
        }
        self.references.push((offset, Reference { label, text }));
    }
}

/// Whether a tag opens a block (and not a span of text).
fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(TagEnd::from(tag.clone()), TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image | TagEnd::Strikethrough)
}

/// Cells of a table row as typed: bars divide, except at the ends and right behind a backslash.
pub(crate) fn count_cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let (mut n_cells, mut previous, mut is_open) = (0, ' ', false);
    for c in row.chars() {
        let is_bar = c == '|' && previous != '\\';
        n_cells += usize::from(is_bar);
        is_open = !is_bar && (is_open || !c.is_whitespace());
        previous = c;
    }
    n_cells + usize::from(is_open)
}
