//! Footnotes, as Markdown renderers and blogs write them, to references and the marks that point at them.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Block, Inline, Reference};

use super::{
    blocks::{Blocks, Converter, one_line},
    dom::{Dom, NodeId, ROOT},
    inline::Run,
};

impl Converter<'_> {
    pub(super) fn note(&mut self, id: NodeId, blocks: &mut Blocks, depth: usize) {
        let label = self.dom.attr(id, "id").and_then(|anchor| self.notes.get(anchor)).cloned();
        let Some(label) = label else { return blocks.extend(self.inside(id, depth)) };
        let mut run = Run::default();
        for &child in self.dom.children(id) {
            let is_label = self.dom.attr(child, "class") == Some("footnote-definition-label");
            if !is_label {
                self.inline(child, &mut run, 0);
            }
        }
        let mut text = one_line(run.finish());
        if let Some(Inline::Text { text }) = text.last_mut() {
            // The sign of the way back.
            text.truncate(text.trim_end_matches(['↩', '\u{FE0E}', ' ']).len());
        }
        self.references.push((self.dom.line(id), Reference { label, text }));
    }
}

/// Ids of footnotes and the labels they get, as Markdown renderers and blogs write them.
pub(super) fn note_labels(dom: &Dom) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for id in dom.below(ROOT).filter(|&id| is_note(dom, id)) {
        if let Some(anchor) = dom.attr(id, "id") {
            let number = labels.len() + 1;
            labels.entry(anchor.to_owned()).or_insert_with(|| number.to_string());
        }
    }
    labels
}

/// A footnote's text: of pulldown-cmark, or an item of a list of footnotes (kramdown, Goldmark, remark).
pub(super) fn is_note(dom: &Dom, id: NodeId) -> bool {
    let is_class = |id, wanted: &str| dom.attr(id, "class").is_some_and(|class| class.split_whitespace().any(|class| class == wanted));
    if dom.name(id) == "div" {
        return is_class(id, "footnote-definition");
    }
    let list = dom.parent(id);
    let around = list.and_then(|list| dom.parent(list));
    dom.name(id) == "li" && [list, around].into_iter().flatten().any(|id| is_class(id, "footnotes")) && dom.attr(id, "id").is_some()
}

/// A mark whose note was left out would point nowhere.
pub(super) fn drop_dangling_notes(blocks: &mut Blocks) {
    let labels: BTreeSet<String> = blocks
        .iter()
        .filter_map(|(_, block)| if let Block::References { items } = block { Some(items) } else { None })
        .flat_map(|items| items.iter().map(|item| item.label.clone()))
        .collect();
    for (_, block) in blocks {
        each_text(block, &mut |inlines| retain_notes(inlines, &labels));
    }
}

fn retain_notes(inlines: &mut Vec<Inline>, labels: &BTreeSet<String>) {
    inlines.retain(|inline| !matches!(inline, Inline::Note { label } if !labels.contains(label)));
    for inline in inlines {
        if let Inline::Emphasis { inlines } | Inline::Strong { inlines } | Inline::Link { inlines, .. } = inline {
            retain_notes(inlines, labels);
        }
    }
}

fn each_text(block: &mut Block, change: &mut impl FnMut(&mut Vec<Inline>)) {
    match block {
        Block::Heading { text, .. }
        | Block::Paragraph { text }
        | Block::Caption { text }
        | Block::Question { text, .. }
        | Block::Answer { text, .. } => change(text),
        Block::Quote { blocks } => blocks.iter_mut().for_each(|block| each_text(block, change)),
        Block::List { items, .. } => {
            for item in items {
                change(&mut item.text);
                item.blocks.iter_mut().for_each(|block| each_text(block, change));
            }
        }
        Block::References { items } => items.iter_mut().for_each(|item| change(&mut item.text)),
        Block::Table { head, rows } => head.iter_mut().chain(rows.iter_mut().flatten()).for_each(change),
        _ => {}
    }
}
