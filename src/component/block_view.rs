//! The typed blocks of a story's body.

use std::{cell::Cell, ops::Range, sync::Arc};

use corpus::{Block, Inline, ListItem, Reference, Story};
use leptos::prelude::*;

use super::{
    code_block::code_block,
    inline_view::{inlines_view, note_id, note_mark_id, note_popover_id},
};
use crate::{
    copy::Copy,
    finding::Found,
    markup::{Element, el, fragment, link, nothing},
    outline::block_ids,
};

/// What every part of a body needs to know.
pub(crate) struct BodyContext {
    /// The interface's words.
    pub(crate) copy: &'static Copy,
    /// The story's URL without fragment. In-page links need it, because `<base href>` makes a bare `#id` point elsewhere.
    pub(crate) href: String,
    /// The search the story was opened with.
    pub(crate) found: Option<Arc<Found>>,
    /// The story, for what the build knows of its code.
    pub(crate) story: Arc<Story>,
    /// How many blocks of code there were so far, for their ids.
    pub(crate) n_code: Cell<usize>,
}

impl BodyContext {
    /// Which parts of a text the search found.
    pub(crate) fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.found.as_ref().map_or_else(Vec::new, |found| found.ranges(text))
    }

    fn next_code_number(&self) -> usize {
        self.n_code.replace(self.n_code.get() + 1)
    }

    /// A link to an element of this page.
    pub(crate) fn link_to(&self, id: &str) -> String {
        format!("{}#{id}", self.href)
    }
}

/// The body of a story.
pub(crate) fn body_view(blocks: &[Block], context: &BodyContext) -> AnyView {
    let block = |(block, id): (&Block, Option<String>)| match (block, id) {
        (Block::Heading { level, text }, Some(id)) => heading_view(*level, text, id, context),
        (Block::Question { mark, text }, Some(id)) => spoken("body__question", mark, text, context).target(id).view(),
        (block, _) => block_view(block, context),
    };
    fragment(blocks.iter().zip(block_ids(blocks)).map(block).collect())
}

fn blocks_view(blocks: &[Block], context: &BodyContext) -> Vec<AnyView> {
    blocks.iter().map(|block| block_view(block, context)).collect()
}

fn block_view(block: &Block, context: &BodyContext) -> AnyView {
    let inlines = |text: &[Inline]| inlines_view(text, context);
    match block {
        // A heading inside a quote or an item is not a place to link to.
        Block::Heading { text, .. } => el("p").child(el("strong").children(inlines(text)).view()).view(),
        Block::Paragraph { text } => el("p").children(inlines(text)).view(),
        Block::List { ordered: true, start, items } => {
            el("ol").attr("start", start.unwrap_or(1).to_string()).children(items_view(items, context)).view()
        }
        Block::List { ordered: false, items, .. } => el("ul").children(items_view(items, context)).view(),
        Block::Quote { blocks } => el("blockquote").children(blocks_view(blocks, context)).view(),
        Block::Code { lang, code } => {
            let number = context.next_code_number();
            let tokens = context.story.built.code.get(number);
            code_block(context.copy, format!("code-{}", number + 1), lang.as_deref(), code, tokens, &context.ranges(code))
        }
        Block::Table { head, rows } => table_view(head, rows, context),
        Block::Caption { text } => el("p").class("body__caption").children(inlines(text)).view(),
        Block::Question { mark, text } => spoken("body__question", mark, text, context).view(),
        Block::Answer { mark, text } => spoken("body__answer", mark, text, context).view(),
        Block::Rule => view! { <hr/> }.into_any(),
        Block::References { items } => references_view(items, context),
        _ => nothing(),
    }
}

/// A question or an answer, with the mark its author gave it.
fn spoken(class: &'static str, mark: &str, inlines: &[Inline], context: &BodyContext) -> Element {
    let mark = el("span").class("body__mark").text(mark).view();
    el("p").class(class).child(mark).text(" ").children(inlines_view(inlines, context))
}

fn heading_view(level: u8, inlines: &[Inline], id: String, context: &BodyContext) -> AnyView {
    let anchor = link(context.link_to(&id)).class("body__anchor").attr("aria-label", context.copy.heading_link).text("#");
    let tag = match level {
        2 => "h2",
        3 => "h3",
        _ => "h4",
    };
    el(tag).target(id).children(inlines_view(inlines, context)).text(" ").child(anchor.view()).view()
}

fn items_view(items: &[ListItem], context: &BodyContext) -> Vec<AnyView> {
    let item = |item: &ListItem| el("li").children(inlines_view(&item.text, context)).children(blocks_view(&item.blocks, context)).view();
    items.iter().map(item).collect()
}

fn table_view(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], context: &BodyContext) -> AnyView {
    let cell = |cell: &Vec<Inline>| el("td").children(inlines_view(cell, context)).view();
    // The corner above a column of names is empty and titles nothing.
    let title = |text: &Vec<Inline>| match text.as_slice() {
        [] => cell(text),
        text => el("th").attr("scope", "col").children(inlines_view(text, context)).view(),
    };
    let row = |row: &Vec<Vec<Inline>>| el("tr").children(row.iter().map(cell)).view();
    let head = el("thead").child(el("tr").children(head.iter().map(title)).view()).view();
    let table = el("table").child(head).child(el("tbody").children(rows.iter().map(row)).view()).view();
    // Focusable, so that a reader without a mouse can scroll a wide table.
    el("div").class("body__table").attr("role", "group").attr("tabindex", "0").attr("aria-label", context.copy.table).child(table).view()
}

fn references_view(items: &[Reference], context: &BodyContext) -> AnyView {
    let item = |Reference { label, text }: &Reference| {
        let back = link(context.link_to(&note_mark_id(label))).attr("aria-label", (context.copy.note)(label)).text("↩");
        el("li").target(note_id(label)).children(inlines_view(text, context)).text(" ").child(back.view()).view()
    };
    // The same note over the text, for who does not want to leave the line; the browser opens and closes it.
    let popover = |Reference { label, text }: &Reference| {
        let close = (context.copy.note)(label);
        el("div")
            .class("note-popover")
            .attr("id", note_popover_id(label))
            .attr("popover", "auto")
            .attr("role", "note")
            .attr("aria-label", close)
            .child(el("p").children(inlines_view(text, context)).view())
            .view()
    };
    let list = el("ol").children(items.iter().map(item)).view();
    let section = el("section").class("body__references").attr("aria-label", context.copy.references).child(list);
    section.children(items.iter().map(popover)).view()
}
