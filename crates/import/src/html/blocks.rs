//! The typed blocks of HTML. What has no type here (scripts, styles, frames, forms) cannot come out.

use std::collections::BTreeMap;

use corpus::{Block, Inline, ListItem, Problem, Reference, inline_text};

use super::{
    dom::{Dom, NodeId, ROOT},
    drop,
    figure::push_caption,
    inline::{Kind, Run, without},
    nest::flattened,
    note::{drop_dangling_notes, is_note, note_labels},
};
use crate::{Image, markdown::question_mark};

/// Levels of blocks in blocks that are kept apart; what is deeper is read as if it stood on this level.
const MAX_DEPTH: usize = 64;

/// Elements that begin a block of their own.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// What came out of a piece of HTML.
#[derive(Default)]
pub(super) struct Converted {
    pub(super) blocks: Vec<(usize, Block)>,
    pub(super) images: Vec<Image>,
    n_local_links: usize,
    local_link: Option<(usize, String)>,
    n_hidden: usize,
    pub(super) embedded: Option<(usize, usize)>,
}

impl Converted {
    /// What could not be kept.
    pub(super) fn problems(&self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some((line, path)) = &self.local_link {
            let message = format!("{} to files beside the page, such as `{path}`; the words stay", counted(self.n_local_links, "link"));
            problems.push(Problem::note(file, *line, message, "link to the full address if readers should get there"));
        }
        if 0 < self.n_hidden {
            let message = format!("{} left out", counted(self.n_hidden, "hidden element"));
            problems.push(Problem::note(file, 1, message, "nothing needs to be done"));
        }
        if let Some((n, line)) = self.embedded {
            let message = format!("{} in the page itself left out", counted(n, "picture"));
            problems.push(Problem::warning(file, line, message, "save the picture beside the page if it is needed"));
        }
        problems
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Converts what stands below the roots, without the nodes that `skip` names.
pub(super) fn convert(dom: &Dom, roots: &[NodeId], base: Option<&str>, skip: &dyn Fn(NodeId) -> bool) -> Converted {
    let mut converter = Converter {
        dom,
        base,
        skip,
        has_block: has_block(dom),
        notes: note_labels(dom),
        n_local_links: 0,
        local_link: None,
        out: Converted::default(),
        references: Vec::new(),
        levels: Vec::new(),
    };
    let mut blocks = Vec::new();
    for &root in roots {
        let mut run = Run::default();
        converter.node(root, &mut blocks, &mut run, 0);
        flush(&mut run, &mut blocks);
    }
    if let Some((line, _)) = converter.references.first() {
        let line = *line;
        let items = std::mem::take(&mut converter.references).into_iter().map(|(_, reference)| reference).collect();
        blocks.push((line, Block::References { items }));
    }
    let Converter { out, n_local_links, local_link, .. } = converter;
    let blocks = blocks.into_iter().map(|(line, block)| (line, flattened(block))).collect();
    let mut converted = Converted { blocks, n_local_links, local_link, ..out };
    drop_dangling_notes(&mut converted.blocks);
    converted
}

/// Elements without a place in a story, whatever is in them.
pub(super) fn is_left_out(dom: &Dom, id: NodeId) -> bool {
    let name = dom.name(id);
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "object"
            | "embed"
            | "applet"
            | "svg"
            | "canvas"
            | "audio"
            | "math"
            | "head"
            | "title"
            | "meta"
            | "link"
            | "input"
            | "select"
            | "textarea"
            | "button"
            | "option"
            | "map"
            | "dialog"
            | "progress"
            | "meter"
            | "datalist"
    ) || is_hidden(dom, id)
        || (name == "img" && drop::is_counter(dom, id))
        || is_line_numbers(dom, id)
}

fn is_hidden(dom: &Dom, id: NodeId) -> bool {
    dom.attr(id, "hidden").is_some()
        || dom.attr(id, "style").is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"))
}

/// The numbers that highlighters put beside code.
fn is_line_numbers(dom: &Dom, id: NodeId) -> bool {
    let is_name = |class: &str| matches!(class, "gutter" | "lineno" | "linenos" | "lnt" | "ln" | "line-numbers-rows" | "rouge-gutter");
    dom.attr(id, "class").is_some_and(|classes| classes.split_whitespace().any(is_name))
}

/// The elements that hold a block or picture somewhere.
fn has_block(dom: &Dom) -> Vec<bool> {
    let mut has_block = vec![false; dom.n_nodes()];
    for id in dom.below(ROOT) {
        let name = dom.name(id);
        if !(BLOCKS.contains(&name) || matches!(name, "img" | "iframe" | "video")) {
            continue;
        }
        let mut above = Some(id);
        while let Some(id) = above
            && let Some(mark) = has_block.get_mut(id)
            && !*mark
        {
            *mark = true;
            above = dom.parent(id);
        }
    }
    has_block
}

pub(super) struct Converter<'a> {
    pub(super) dom: &'a Dom,
    pub(super) base: Option<&'a str>,
    pub(super) skip: &'a dyn Fn(NodeId) -> bool,
    pub(super) notes: BTreeMap<String, String>,
    pub(super) n_local_links: usize,
    pub(super) local_link: Option<(usize, String)>,
    has_block: Vec<bool>,
    pub(super) out: Converted,
    pub(super) references: Vec<(usize, Reference)>,
    /// Levels of the headings that the next one may stand below.
    levels: Vec<u8>,
}

pub(super) type Blocks = Vec<(usize, Block)>;

/// Ends a paragraph.
fn flush(run: &mut Run, blocks: &mut Blocks) {
    let run = std::mem::take(run);
    let line = run.line.unwrap_or(1);
    let text = run.finish();
    if !inline_text(&text).trim().is_empty() || text.iter().any(|inline| matches!(inline, Inline::Note { .. })) {
        blocks.push((line, paragraph(text)));
    }
}

/// A paragraph, or the question or answer that its first word says it is.
fn paragraph(mut text: Vec<Inline>) -> Block {
    if let Some(Inline::Text { text: first }) = text.first_mut()
        && let Some(mark) = question_mark(first).map(str::to_owned)
    {
        *first = first.get(mark.len()..).unwrap_or_default().trim_start().to_owned();
        if first.is_empty() {
            text.remove(0);
        }
        return if mark.starts_with('Q') { Block::Question { mark, text } } else { Block::Answer { mark, text } };
    }
    Block::Paragraph { text }
}

impl Converter<'_> {
    pub(super) fn is_block(&self, id: NodeId) -> bool {
        BLOCKS.contains(&self.dom.name(id)) || matches!(self.dom.name(id), "tr" | "td" | "th" | "caption")
    }

    fn children(&mut self, id: NodeId, blocks: &mut Blocks, run: &mut Run, depth: usize) {
        for &child in self.dom.children(id) {
            self.node(child, blocks, run, depth);
        }
    }

    /// The blocks inside a node.
    pub(super) fn inside(&mut self, id: NodeId, depth: usize) -> Blocks {
        let (mut blocks, mut run) = (Vec::new(), Run::default());
        self.children(id, &mut blocks, &mut run, depth + 1);
        flush(&mut run, &mut blocks);
        blocks
    }

    fn node(&mut self, id: NodeId, blocks: &mut Blocks, run: &mut Run, depth: usize) {
        let (dom, name, line) = (self.dom, self.dom.name(id), self.dom.line(id));
        if (self.skip)(id) {
            return;
        }
        if is_left_out(dom, id) {
            self.out.n_hidden += usize::from(is_hidden(dom, id) && !dom.all_text(id).trim().is_empty());
            return;
        }
        let holds_blocks = self.has_block.get(id).copied().unwrap_or_default();
        if name == "br" && run.ends_line() {
            // Two breaks are how editors without paragraphs end one.
            return flush(run, blocks);
        }
        if !holds_blocks && id != ROOT {
            return self.inline(id, run, 0);
        }
        if MAX_DEPTH <= depth {
            run.push_break();
            run.push_text(&dom.all_text(id));
            return;
        }
        // Containers of spans, such as a link around a picture, have no block of their own.
        if BLOCKS.contains(&name) || matches!(name, "img" | "iframe" | "video") {
            flush(run, blocks);
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(id, blocks),
            "ul" | "ol" | "dir" => self.list(id, blocks, depth),
            "li" if is_note(dom, id) => self.note(id, blocks, depth),
            "div" if is_note(dom, id) => self.note(id, blocks, depth),
            "blockquote" => {
                let inner: Vec<Block> = self.inside(id, depth).into_iter().map(|(_, block)| block).collect();
                if !inner.is_empty() {
                    blocks.push((line, Block::Quote { blocks: inner }));
                }
            }
            "pre" => self.code(id, blocks),
            "table" => self.table(id, blocks, depth),
            "hr" => blocks.push((line, Block::Rule)),
            "figure" => self.figure(id, blocks, depth),
            "figcaption" => {
                let text = self.flat(id);
                push_caption(blocks, line, text);
            }
            "img" => self.image(id, None, blocks),
            "iframe" | "video" => self.frame(id, blocks),
            "dt" | "summary" => {
                let inlines = self.flat(id);
                if !inlines.is_empty() {
                    blocks.push((line, Block::Paragraph { text: vec![Inline::Strong { inlines: without(inlines, Kind::Strong) }] }));
                }
            }
            _ => {
                self.children(id, blocks, run, depth + 1);
                if BLOCKS.contains(&name) {
                    flush(run, blocks);
                }
            }
        }
    }

    /// Headings keep their order of rank, but leave no level out.
    fn heading(&mut self, id: NodeId, blocks: &mut Blocks) {
        let level = self.dom.name(id).as_bytes().get(1).map_or(2, |digit| digit - b'0');
        let text = self.flat(id);
        if inline_text(&text).trim().is_empty() {
            // A picture as a heading.
            for image in self.dom.below(id).filter(|&id| self.dom.name(id) == "img").collect::<Vec<_>>() {
                self.image(image, None, blocks);
            }
            return;
        }
        while self.levels.last().is_some_and(|&above| level <= above) {
            self.levels.pop();
        }
        self.levels.push(level);
        let rank = u8::try_from(self.levels.len() + 1).unwrap_or(6).min(6);
        blocks.push((self.dom.line(id), Block::Heading { level: rank, text: one_line(text) }));
    }

    fn list(&mut self, id: NodeId, blocks: &mut Blocks, depth: usize) {
        let dom = self.dom;
        let (mut items, mut after) = (Vec::new(), Vec::new());
        for &child in dom.children(id) {
            if dom.name(child) != "li" || is_note(dom, child) {
                // Lists directly in lists and text between items are mistakes that pages live with.
                let mut run = Run::default();
                let target = if items.is_empty() { &mut *blocks } else { &mut after };
                self.node(child, target, &mut run, depth + 1);
                flush(&mut run, target);
                if let Some(item) = items.last_mut() {
                    let item: &mut ListItem = item;
                    item.blocks.extend(after.drain(..).map(|(_, block): (usize, Block)| block));
                }
                continue;
            }
            if (self.skip)(child) || is_left_out(dom, child) {
                continue;
            }
            let mut inner = self.inside(child, depth).into_iter().map(|(_, block)| block).peekable();
            let text = match inner.next_if(|block| matches!(block, Block::Paragraph { .. })) {
                Some(Block::Paragraph { text }) => text,
                _ => Vec::new(),
            };
            let nested: Vec<Block> = inner.collect();
            if !text.is_empty() || !nested.is_empty() {
                items.push(ListItem { text, blocks: nested });
            }
        }
        let ordered = dom.name(id) == "ol";
        let start = dom.attr(id, "start").filter(|_| ordered).and_then(|start| start.trim().parse().ok()).filter(|&start| start != 1);
        if !items.is_empty() {
            blocks.push((dom.line(id), Block::List { ordered, start, items }));
        }
    }
}

/// Line breaks as spaces.
pub(super) fn one_line(inlines: Vec<Inline>) -> Vec<Inline> {
    let inside = |inline| match inline {
        Inline::Text { text } => Inline::Text { text: text.replace('\n', " ") },
        Inline::Emphasis { inlines } => Inline::Emphasis { inlines: one_line(inlines) },
        Inline::Strong { inlines } => Inline::Strong { inlines: one_line(inlines) },
        Inline::Link { href, inlines } => Inline::Link { href, inlines: one_line(inlines) },
        inline => inline,
    };
    inlines.into_iter().map(inside).collect()
}
