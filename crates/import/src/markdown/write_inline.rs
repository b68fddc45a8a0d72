//! Spans of text as Markdown: every character that Markdown would take for a mark is escaped, every mark is put where Markdown sees it.
//!
//! CommonMark opens and closes emphasis by the characters around the mark, and is at odds with Korean there: `**"강조"**를` is not
//! strong. Where the rules fail, the letter outside is written as a character reference (`&#47484;` for 를), which counts as
//! punctuation, and reads as the letter.

use std::fmt::Write;

use corpus::Inline;

use super::{is_question_mark, write::longest_run};

/// What the text is written into; line breaks and a few signs differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Several lines: paragraphs, list items, notes.
    Paragraph,
    /// One line: headings, captions.
    Line,
    /// A cell of a table.
    Cell,
}

/// The spans as Markdown; lines of a paragraph are divided by `\n`.
pub(super) fn inlines(inlines: &[Inline], place: Place) -> String {
    let mut writer = Writer::new(place);
    writer.mark_end = mark_end(inlines, place);
    writer.push_all(inlines);
    writer.finish()
}

/// The spans of a paragraph that begins with `mark`, which stands as it is.
pub(super) fn inlines_after(mark: &str, inlines: &[Inline]) -> String {
    let mut writer = Writer { line_start: false, ..Writer::new(Place::Paragraph) };
    writer.push_all(inlines);
    if writer.out.starts_with([' ', '\t']) {
        writer.out.replace_range(..1, "&#32;");
    }
    format!("{mark}{}", writer.finish())
}

/// Where a paragraph's text has the last sign of what would be a question's mark.
fn mark_end(inlines: &[Inline], place: Place) -> Option<usize> {
    let Some(Inline::Text { text }) = inlines.first() else { return None };
    let (mark, _) = text.split_once(' ').filter(|_| place == Place::Paragraph)?;
    is_question_mark(mark).then(|| mark.len() - 1)
}

struct Writer {
    out: String,
    place: Place,
    /// The sign of the emphasis around.
    outer: Option<char>,
    /// Nothing stands on the line yet.
    line_start: bool,
    /// Nothing but digits stands on the line yet.
    in_number: bool,
    /// Where emphasis was closed last, and its sign.
    closed: Option<(usize, char)>,
    /// The next character must not be a letter.
    guarded: bool,
    mark_end: Option<usize>,
}

impl Writer {
    fn new(place: Place) -> Self {
        Self { out: String::new(), place, outer: None, line_start: true, in_number: false, closed: None, guarded: false, mark_end: None }
    }

    /// For what stands inside a span, which is put together before its marks are chosen.
    fn inside(&self, outer: Option<char>) -> Self {
        Self { outer, line_start: false, ..Self::new(self.place) }
    }

    fn push_all(&mut self, inlines: &[Inline]) {
        let mut code = String::new();
        let mut before = None;
        for (idx, inline) in inlines.iter().enumerate() {
            let after_note = matches!(before.replace(inline), Some(Inline::Note { .. }));
            match inline {
                // Two code spans side by side cannot be told apart.
                Inline::Code { code: part } if matches!(inlines.get(idx + 1), Some(Inline::Code { .. })) => {
                    code.push_str(part);
                    continue;
                }
                Inline::Code { code: part } => self.push_code(&(std::mem::take(&mut code) + part)),
                Inline::Text { text } => self.push_text(text),
                Inline::Emphasis { inlines } => self.push_emphasis(inlines, 1),
                Inline::Strong { inlines } => self.push_emphasis(inlines, 2),
                Inline::Link { href, inlines } => {
                    // Side by side, the mark of a note and a link are the two halves of one link.
                    if after_note {
                        self.out.push(' ');
                    }
                    self.push_link(href, inlines);
                }
                Inline::Note { label } => {
                    self.before_bracket();
                    let _ = write!(self.out, "[^{label}]");
                }
                // A span of a newer corpus has no text that this program knows.
                _ => {}
            }
            if idx == 0 {
                self.mark_end = None;
            }
            self.line_start &= self.out.is_empty() || self.out.ends_with('\n');
        }
    }

    fn push_text(&mut self, text: &str) {
        for (idx, c) in text.char_indices() {
            self.push_char(c, text.get(idx..).unwrap_or_default(), Some(idx) == self.mark_end);
        }
    }

    /// `rest` begins with `c`.
    fn push_char(&mut self, c: char, rest: &str, forced: bool) {
        let guarded = std::mem::take(&mut self.guarded);
        if c == '\n' {
            return self.push_line_break();
        }
        let is_edge = std::mem::take(&mut self.line_start);
        let line_start = is_edge && self.place == Place::Paragraph;
        let in_number = std::mem::take(&mut self.in_number);
        self.in_number = (line_start || in_number) && c.is_ascii_digit();
        let is_escaped = forced
            || match c {
                '\\' | '`' | '*' | '[' | ']' | '<' => true,
                '_' => {
                    !(self.out.chars().next_back().is_some_and(is_letter)
                        && rest.chars().nth(1).is_some_and(is_letter)
                        && rest.chars().nth(2).is_some())
                }
                '|' => self.place == Place::Cell || line_start,
                // A heading may end in marks that are no text.
                '#' => line_start || (self.place == Place::Line && rest.bytes().all(|byte| byte == b'#')),
                '>' | '-' | '+' | '=' | '~' => line_start,
                '.' | ')' => in_number,
                ':' => line_start || self.out.ends_with(']'),
                '(' => self.out.ends_with(']'),
                _ => false,
            };
        if c == '[' && self.out.ends_with(']') && !self.out.ends_with("\\]") {
            // Right behind a note's mark, an escaped bracket can hide the note.
            self.push_reference(c);
        } else if c == '|' && self.place == Place::Cell && self.out.ends_with('\\') {
            // Behind a backslash, Markdown takes an escaped bar for something else.
            self.push_reference(c);
        } else if is_escaped {
            self.out.extend(['\\', c]);
        } else if (is_edge && c.is_whitespace()) || c.is_control() || (guarded && !c.is_ascii_punctuation() && c != ' ') {
            self.push_reference(c);
        } else if c == '&' && is_reference(rest) {
            self.out.push_str("&amp;");
        } else {
            self.out.push(c);
        }
    }

    fn push_line_break(&mut self) {
        if self.place != Place::Paragraph || self.outer.is_some() || self.line_start {
            self.push_reference('\n');
        } else {
            self.protect_space();
            self.out.push_str("\\\n");
            self.line_start = true;
        }
    }

    fn push_reference(&mut self, c: char) {
        let _ = write!(self.out, "&#{};", u32::from(c));
    }

    /// Writes the last character as a reference if it is white space, which Markdown would drop.
    fn protect_space(&mut self) {
        if self.out.ends_with("\\\n") {
            self.out.truncate(self.out.len() - 2);
            self.push_reference('\n');
        } else if let Some(last) = self.out.chars().next_back().filter(|c| c.is_whitespace()) {
            self.out.pop();
            self.push_reference(last);
        }
    }

    fn push_code(&mut self, code: &str) {
        let code = code.replace('\n', " ");
        if code.is_empty() {
            return;
        }
        self.guarded = false;
        let fence = "`".repeat(longest_run(&code) + 1);
        let is_padded =
            code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' ') && code.contains(|c| c != ' '));
        let pad = if is_padded { " " } else { "" };
        // Behind another span whose emphasis could not be written: side by side they would be one.
        if self.out.ends_with('`') && !self.out.ends_with("\\`") {
            self.out.push(' ');
        }
        let code = if self.place == Place::Cell { code.replace('|', "\\|") } else { code };
        let _ = write!(self.out, "{fence}{pad}{code}{pad}{fence}");
    }

    fn push_emphasis(&mut self, inlines: &[Inline], n_signs: usize) {
        let guarded = std::mem::take(&mut self.guarded);
        let touching = self.closed.filter(|&(end, _)| end == self.out.len()).map(|(_, sign)| sign);
        let sign = ['*', '_'].into_iter().find(|sign| Some(*sign) != self.outer && Some(*sign) != touching);
        let mut inner = self.inside(sign.or(self.outer));
        inner.guarded = guarded && sign.is_none();
        inner.push_all(inlines);
        inner.protect_space();
        let mut inner = inner.out;
        let Some(first) = inner.chars().next() else { return };
        let Some(sign) = sign else {
            // Markdown cannot tell these marks from those around them; the text is what must not be lost.
            self.out.push_str(&inner);
            return;
        };
        if first.is_whitespace() {
            inner = format!("&#{};{}", u32::from(first), inner.get(first.len_utf8()..).unwrap_or_default());
        }
        let is_strict = sign == '_' || self.outer.is_some() || has_emphasis(inlines);
        let is_open_letter = inner.chars().next().is_some_and(is_letter);
        let is_close_letter = inner.chars().next_back().is_some_and(is_letter);
        if (is_strict || !is_open_letter)
            && let Some(last) = self.out.chars().next_back().filter(|c| !c.is_ascii_punctuation() && !matches!(c, ' ' | '\n'))
        {
            self.out.pop();
            self.push_reference(last);
        }
        let signs = String::from(sign).repeat(n_signs);
        let _ = write!(self.out, "{signs}{inner}{signs}");
        self.closed = Some((self.out.len(), sign));
        self.guarded = is_strict || !is_close_letter;
    }

    fn push_link(&mut self, href: &str, inlines: &[Inline]) {
        self.before_bracket();
        let is_address = href.starts_with("http://") || href.starts_with("https://");
        let is_plain = !href.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\&|".contains(c));
        if is_address && is_plain && matches!(inlines, [Inline::Text { text }] if text == href) {
            let _ = write!(self.out, "<{href}>");
            return;
        }
        let mut inner = self.inside(self.outer.or(Some('[')));
        inner.push_all(inlines);
        let title = if self.line_start && self.place == Place::Paragraph { no_definition(&inner.out) } else { "" };
        let _ = write!(self.out, "[{}]({}{title})", inner.out, destination(href, self.place));
    }

    /// `!` and a bracket would be an image.
    fn before_bracket(&mut self) {
        self.guarded = false;
        if self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
    }

    fn finish(mut self) -> String {
        self.protect_space();
        self.out
    }
}

fn has_emphasis(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Emphasis { .. } | Inline::Strong { .. } => true,
        Inline::Link { inlines, .. } => has_emphasis(inlines),
        _ => false,
    })
}

/// A letter beyond doubt: no table of symbols counts it among them.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('가'..='힣').contains(&c)
}

/// Whether a text that begins with `&` would be read as a character reference.
fn is_reference(rest: &str) -> bool {
    let name = rest.strip_prefix('&').and_then(|rest| rest.split_once(';')).map(|(name, _)| name);
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#'))
}

/// An empty title for a link that begins a line and whose code holds `]:`, which Markdown looks for before it looks for code: the link would be
/// the definition of a reference. Nothing may stand behind a definition's title, and here a bracket does. The sign is the one that a title
/// begins with in the code, so that it ends here, not on a later line.
fn no_definition(text: &str) -> &'static str {
    match text.replace("\\]", "").split_once("]:") {
        Some((_, rest)) if rest.chars().find(|c| matches!(c, '\'' | '"')) == Some('\'') => " ''",
        Some(_) => " \"\"",
        None => "",
    }
}

fn destination(href: &str, place: Place) -> String {
    let is_plain = !href.is_empty() && !href.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()\\&|".contains(c));
    if is_plain {
        return href.to_owned();
    }
    let mut out = String::from("<");
    for (idx, c) in href.char_indices() {
        match c {
            '<' | '>' | '\\' => out.extend(['\\', c]),
            '|' if place == Place::Cell => out.push_str("&#124;"),
            '&' if is_reference(href.get(idx..).unwrap_or_default()) => out.push_str("&amp;"),
            c if c.is_control() => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('>');
    out
}
