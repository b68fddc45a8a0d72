//! The typed blocks of a story's body.

use std::{ops::Range, sync::Arc};

use corpus::{Block, Inline, ListItem, Reference, Slug, inline_text};
use leptos::{html::custom, prelude::*};

use super::{
    code_block::CodeBlock,
    inline_view::{inlines_view, note_id, note_mark_id},
};
use crate::{
    copy::Copy,
    finding::Found,
    markup::{el, link, target, text},
};

/// What every part of a body needs to know.
pub(crate) struct BodyContext {
    /// The interface's words.
    pub(crate) copy: &'static Copy,
    /// The story's URL without fragment. In-page links need it, because `<base href>` makes a bare `#id` point elsewhere.
    pub(crate) href: String,
    /// The search the story was opened with.
    pub(crate) found: Option<Arc<Found>>,
}

impl BodyContext {
    /// Which parts of a text the search found.
    pub(crate) fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.found.as_ref().map_or_else(Vec::new, |found| found.ranges(text))
    }

    /// A link to an element of this page.
    pub(crate) fn link_to(&self, id: &str) -> String {
        format!("{}#{id}", self.href)
    }
}

/// The body of a story.
pub(crate) fn body_view(blocks: &[Block], context: &BodyContext) -> AnyView {
    let mut used = Vec::new();
    let blocks: Vec<AnyView> = blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, text } => heading_view(*level, text, unique_id(text, &mut used), context),
            block => block_view(block, context),
        })
        .collect();
    blocks.into_any()
}

fn blocks_view(blocks: &[Block], context: &BodyContext) -> Vec<AnyView> {
    blocks.iter().map(|block| block_view(block, context)).collect()
}

fn block_view(block: &Block, context: &BodyContext) -> AnyView {
    match block {
        // A heading inside a quote or an item is not a place to link to.
        Block::Heading { text, .. } => el("p", "body__lead", vec![el("strong", "", inlines_view(text, context))]),
        Block::Paragraph { text } => el("p", "", inlines_view(text, context)),
        Block::List { ordered: true, start, items } => {
            custom("ol").attr("start", start.map(|start| start.to_string())).child(items_view(items, context)).into_any()
        }
        Block::List { ordered: false, items, .. } => el("ul", "", items_view(items, context)),
        Block::Quote { blocks } => el("blockquote", "", blocks_view(blocks, context)),
        Block::Code { lang, code } => view! { <CodeBlock lang=lang.clone() code=code.clone() ranges=context.ranges(code)/> }.into_any(),
        Block::Table { head, rows } => table_view(head, rows, context),
        Block::Caption { text } => el("p", "body__caption", inlines_view(text, context)),
        Block::Question { mark, text } => spoken_view("body__question", mark, text, context),
        Block::Answer { mark, text } => spoken_view("body__answer", mark, text, context),
        Block::Rule => view! { <hr/> }.into_any(),
        Block::References { items } => references_view(items, context),
        _ => ().into_any(),
    }
}

/// A question or an answer, with the mark its author gave it.
fn spoken_view(class: &'static str, mark: &str, inlines: &[Inline], context: &BodyContext) -> AnyView {
    let mut children = vec![el("span", "body__mark", vec![text(mark)]), text(" ")];
    children.extend(inlines_view(inlines, context));
    el("p", class, children)
}

fn heading_view(level: u8, inlines: &[Inline], id: String, context: &BodyContext) -> AnyView {
    let anchor = link("body__anchor", context.link_to(&id), context.copy.heading_link, vec![text("#")]);
    let mut children = inlines_view(inlines, context);
    children.extend([text(" "), anchor]);
    let tag = match level {
        2 => "h2",
        3 => "h3",
        _ => "h4",
    };
    target(tag, "", id, children)
}

/// An id made from a heading's text; the second heading with the same text gets `-2`.
fn unique_id(text: &[Inline], used: &mut Vec<Slug>) -> String {
    let slug = Slug::from_title(&inline_text(text));
    let n_used = used.iter().filter(|other| **other == slug).count();
    used.push(slug.clone());
    if n_used == 0 { slug.as_str().to_owned() } else { slug.numbered(n_used + 1).into() }
}

fn items_view(items: &[ListItem], context: &BodyContext) -> Vec<AnyView> {
    let item = |item: &ListItem| {
        let mut children = inlines_view(&item.text, context);
        children.extend(blocks_view(&item.blocks, context));
        el("li", "", children)
    };
    items.iter().map(item).collect()
}

fn table_view(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], context: &BodyContext) -> AnyView {
    let title = |cell: &Vec<Inline>| custom("th").attr("scope", "col").child(inlines_view(cell, context)).into_any();
    let row = |row: &Vec<Vec<Inline>>| el("tr", "", row.iter().map(|cell| el("td", "", inlines_view(cell, context))).collect());
    let head = el("thead", "", vec![el("tr", "", head.iter().map(title).collect())]);
    let rows = el("tbody", "", rows.iter().map(row).collect());
    // Focusable, so that a reader without a mouse can scroll a wide table.
    view! {
        <div class="body__table" role="region" tabindex="0" aria-label=context.copy.table>
            {el("table", "", vec![head, rows])}
        </div>
    }
    .into_any()
}

fn references_view(items: &[Reference], context: &BodyContext) -> AnyView {
    let item = |Reference { label, text: inlines }: &Reference| {
        let mut children = inlines_view(inlines, context);
        children.extend([text(" "), link("", context.link_to(&note_mark_id(label)), &(context.copy.note)(label), vec![text("↩")])]);
        target("li", "", note_id(label), children)
    };
    let list = el("ol", "", items.iter().map(item).collect());
    view! { <section class="body__references" aria-label=context.copy.references>{list}</section> }.into_any()
}

#[cfg(test)]
mod tests {
    use corpus::Inline;

    use super::unique_id;

    #[test]
    fn equal_headings_get_different_ids() {
        let mut used = Vec::new();
        let ids = ["왜?", "무엇을", "왜"].map(|text| unique_id(&[Inline::text(text)], &mut used));
        assert_eq!(ids, ["왜", "무엇을", "왜-2"]);
    }
}
