//! Spans of text: white space as browsers show it, emphasis, code, links, marks of notes.

use corpus::Inline;
use unicode_normalization::is_nfc;

use super::{
    blocks::{Converter, is_left_out},
    dom::NodeId,
    link::{Target, link_to, resolve},
};
use crate::{decode::normalise, recover::single_spaced};

/// Levels of spans. Writers use four; text below that is kept, its marks are not.
const MAX_SPANS: usize = 16;

/// Text being put together: a run of spans with white space collapsed.
#[derive(Default)]
pub(super) struct Run {
    inlines: Vec<Inline>,
    /// A visible character, not white space, came last.
    after_text: bool,
    /// White space that becomes one space if text follows.
    space: bool,
    /// White space stood before the first text, which belongs to what is before the run.
    lead: bool,
    /// Where the run began.
    pub(super) line: Option<usize>,
}

impl Run {
    /// Adds text; white space of any kind and length is one space, at the ends none.
    pub(super) fn push_text(&mut self, text: &str) {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                // Marks for line breaking and byte order that nobody sees.
                '\u{200B}' | '\u{FEFF}' | '\u{AD}' => {}
                c if c.is_whitespace() => self.space = true,
                c if c.is_control() => {}
                c => {
                    if std::mem::take(&mut self.space) {
                        if self.after_text {
                            out.push(' ');
                        } else {
                            self.lead |= self.inlines.is_empty();
                        }
                    }
                    self.after_text = true;
                    out.push(c);
                }
            }
        }
        push_text(&mut self.inlines, &out);
    }

    /// A line break, unless nothing stands before it.
    pub(super) fn push_break(&mut self) {
        if self.after_text {
            push_text(&mut self.inlines, "\n");
        }
        self.after_text = false;
        self.space = false;
    }

    /// A span; white space at its ends stands outside of it.
    fn push_span(&mut self, span: impl FnOnce(Vec<Inline>) -> Vec<Inline>, inner: Run) {
        if inner.inlines.is_empty() {
            self.space |= inner.space;
            return;
        }
        let (space, after_text) = (inner.space, inner.after_text);
        if inner.lead && self.after_text {
            push_text(&mut self.inlines, " ");
        } else if inner.lead {
            self.lead |= self.inlines.is_empty();
        }
        for inline in span(inner.inlines) {
            match (self.inlines.last_mut(), inline) {
                // Neighbours of one kind are one, as Markdown has no way to tell them apart.
                (Some(Inline::Strong { inlines: before }), Inline::Strong { inlines })
                | (Some(Inline::Emphasis { inlines: before }), Inline::Emphasis { inlines }) => {
                    for inline in inlines {
                        match inline {
                            Inline::Text { text } => push_text(before, &text),
                            inline => before.push(inline),
                        }
                    }
                }
                (_, Inline::Text { text }) => push_text(&mut self.inlines, &text),
                (_, inline) => self.inlines.push(inline),
            }
        }
        self.after_text = after_text;
        self.space = space;
    }

    /// A run for the inside of a span.
    fn inside(&mut self) -> Self {
        // The space between this text and the span belongs to this text.
        if std::mem::take(&mut self.space) && self.after_text {
            push_text(&mut self.inlines, " ");
            self.after_text = false;
        }
        Self::default()
    }

    /// Whether the run ends in a line break.
    pub(super) fn ends_line(&self) -> bool {
        matches!(self.inlines.last(), Some(Inline::Text { text }) if text.ends_with('\n'))
    }

    /// The spans without white space at the end.
    pub(super) fn finish(self) -> Vec<Inline> {
        let mut inlines = self.inlines;
        trim_end(&mut inlines);
        compose(&mut inlines);
        inlines
    }
}

/// Composes what was not composed as typed: letters that a character reference wrote, or that an invisible sign stood between.
fn compose(inlines: &mut [Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { code: text } if !is_nfc(text) => *text = normalise(text),
            Inline::Emphasis { inlines } | Inline::Strong { inlines } | Inline::Link { inlines, .. } => compose(inlines),
            _ => {}
        }
    }
}

fn trim_end(inlines: &mut Vec<Inline>) {
    while let Some(last) = inlines.last_mut() {
        let is_empty = match last {
            Inline::Text { text } => {
                text.truncate(text.trim_end().len());
                text.is_empty()
            }
            Inline::Emphasis { inlines } | Inline::Strong { inlines } | Inline::Link { inlines, .. } => {
                trim_end(inlines);
                inlines.is_empty()
            }
            _ => false,
        };
        if !is_empty {
            break;
        }
        inlines.pop();
    }
}

/// Adds plain text; neighbouring texts are one.
fn push_text(out: &mut Vec<Inline>, more: &str) {
    if more.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(Inline::Text { text }) => text.push_str(more),
        _ => out.push(Inline::text(more)),
    }
}

impl Converter<'_> {
    /// Everything below a node as spans, blocks divided by line breaks, pictures as what they are said to show.
    pub(super) fn flat(&mut self, id: NodeId) -> Vec<Inline> {
        let mut run = Run::default();
        self.children_inline(id, &mut run, 0);
        run.finish()
    }

    fn children_inline(&mut self, id: NodeId, run: &mut Run, depth: usize) {
        for &child in self.dom.children(id) {
            self.inline(child, run, depth);
        }
    }

    /// Adds a node to a run.
    pub(super) fn inline(&mut self, id: NodeId, run: &mut Run, depth: usize) {
        let dom = self.dom;
        if let Some(text) = dom.text(id) {
            if !text.trim().is_empty() {
                run.line.get_or_insert(dom.line(id));
            }
            return run.push_text(text);
        }
        let name = dom.name(id);
        if is_left_out(dom, id) || (self.skip)(id) {
            return;
        }
        if MAX_SPANS <= depth {
            return run.push_text(&dom.all_text(id));
        }
        run.line.get_or_insert(dom.line(id));
        match name {
            "br" => run.push_break(),
            "img" => run.push_text(dom.attr(id, "alt").unwrap_or_default()),
            "strong" | "b" => self.span(id, run, depth, |inlines| vec![Inline::Strong { inlines: without(inlines, Kind::Strong) }]),
            "em" | "i" => self.span(id, run, depth, |inlines| vec![Inline::Emphasis { inlines: without(inlines, Kind::Emphasis) }]),
            "code" | "kbd" | "samp" | "tt" => self.code_span(id, run),
            "a" => self.link(id, run, depth),
            "sup" if self.note_label(id).is_some() => {
                if let Some(label) = self.note_label(id) {
                    let inner = Run { inlines: vec![Inline::Note { label }], after_text: true, ..run.inside() };
                    run.push_span(|inlines| inlines, inner);
                }
            }
            // Typed quotation marks, as browsers draw them.
            "q" => {
                run.push_text("“");
                self.children_inline(id, run, depth + 1);
                run.push_text("”");
            }
            "rp" => {}
            // A reading stands in brackets behind what it reads.
            "rt" => {
                run.push_text("(");
                self.children_inline(id, run, depth + 1);
                run.push_text(")");
            }
            _ if self.is_block(id) => {
                run.push_break();
                self.children_inline(id, run, depth + 1);
                run.push_break();
            }
            _ => self.children_inline(id, run, depth + 1),
        }
    }

    fn span(&mut self, id: NodeId, run: &mut Run, depth: usize, span: impl FnOnce(Vec<Inline>) -> Vec<Inline>) {
        let mut inner = run.inside();
        self.children_inline(id, &mut inner, depth + 1);
        // A break at the end of a span stands behind it.
        let ends_line = inner.ends_line();
        trim_end(&mut inner.inlines);
        run.push_span(span, inner);
        if ends_line {
            run.after_text = true;
            run.push_break();
        }
    }

    fn code_span(&mut self, id: NodeId, run: &mut Run) {
        let code = single_spaced(&self.dom.all_text(id));
        if !code.is_empty() {
            let inner = Run { inlines: vec![Inline::Code { code }], after_text: true, ..run.inside() };
            run.push_span(|inlines| inlines, inner);
        }
    }

    fn link(&mut self, id: NodeId, run: &mut Run, depth: usize) {
        let href = self.dom.attr(id, "href").unwrap_or_default();
        // The way back from a note.
        if self.dom.attr(id, "class").is_some_and(|class| class.contains("footnote-back") || class.contains("reversefootnote")) {
            return;
        }
        match resolve(href, self.base) {
            Target::Address(href) => {
                self.span(id, run, depth, |inlines| link_to(href, without(inlines, Kind::Link)));
            }
            Target::Local(path) => {
                self.n_local_links += 1;
                self.local_link.get_or_insert((self.dom.line(id), path));
                self.children_inline(id, run, depth + 1);
            }
            Target::Here | Target::Refused => self.children_inline(id, run, depth + 1),
        }
    }

    /// The note that a raised number points at.
    fn note_label(&self, id: NodeId) -> Option<String> {
        let mark = self.dom.below(id).find(|&id| self.dom.name(id) == "a")?;
        let target = self.dom.attr(mark, "href")?.strip_prefix('#')?;
        self.notes.get(target).cloned()
    }
}

/// A kind of span that has no meaning within itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Strong,
    Emphasis,
    Link,
}

/// The spans without spans of one kind inside, whose text stays.
pub(super) fn without(inlines: Vec<Inline>, kind: Kind) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Strong { inlines } if kind == Kind::Strong => extend(&mut out, without(inlines, kind)),
            Inline::Emphasis { inlines } if kind == Kind::Emphasis => extend(&mut out, without(inlines, kind)),
            Inline::Link { inlines, .. } if kind == Kind::Link => extend(&mut out, without(inlines, kind)),
            Inline::Strong { inlines } => out.push(Inline::Strong { inlines: without(inlines, kind) }),
            Inline::Emphasis { inlines } => out.push(Inline::Emphasis { inlines: without(inlines, kind) }),
            Inline::Link { href, inlines } => out.push(Inline::Link { href, inlines: without(inlines, kind) }),
            inline => out.push(inline),
        }
    }
    out
}

fn extend(out: &mut Vec<Inline>, inlines: Vec<Inline>) {
    for inline in inlines {
        match inline {
            Inline::Text { text } => push_text(out, &text),
            inline => out.push(inline),
        }
    }
}
