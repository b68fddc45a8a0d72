//! The typed blocks of a story's body.

use std::{collections::HashMap, ops::Range, sync::Arc};

use corpus::{Block, Inline, ListItem, Reference, Slug, inline_text};
use leptos::prelude::*;

use super::{
    code_block::CodeBlock,
    inline_view::{inlines_view, note_id, note_mark_id},
};
use crate::{copy::Copy, finding::Found};

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
    let mut n_of_id = HashMap::new();
    blocks
        .iter()
        .map(|block| match block {
            Block::Heading { level, text } => heading_view(*level, text, unique_id(text, &mut n_of_id), context),
            block => block_view(block, context),
        })
        .collect_view()
        .into_any()
}

fn blocks_view(blocks: &[Block], context: &BodyContext) -> AnyView {
    blocks.iter().map(|block| block_view(block, context)).collect_view().into_any()
}

fn block_view(block: &Block, context: &BodyContext) -> AnyView {
    match block {
        // A heading inside a quote or an item is not a place to link to.
        Block::Heading { text, .. } => view! { <p class="body__lead"><strong>{inlines_view(text, context)}</strong></p> }.into_any(),
        Block::Paragraph { text } => view! { <p>{inlines_view(text, context)}</p> }.into_any(),
        Block::List { ordered: true, start, items } => {
            view! { <ol start=start.map(|start| start.to_string())>{items_view(items, context)}</ol> }.into_any()
        }
        Block::List { ordered: false, items, .. } => view! { <ul>{items_view(items, context)}</ul> }.into_any(),
        Block::Quote { blocks } => view! { <blockquote>{blocks_view(blocks, context)}</blockquote> }.into_any(),
        Block::Code { lang, code } => view! { <CodeBlock lang=lang.clone() code=code.clone() ranges=context.ranges(code)/> }.into_any(),
        Block::Table { head, rows } => table_view(head, rows, context),
        Block::Caption { text } => view! { <p class="body__caption">{inlines_view(text, context)}</p> }.into_any(),
        Block::Question { mark, text } => view! {
            <p class="body__question"><span class="body__mark">{mark.clone()}</span> " " {inlines_view(text, context)}</p>
        }
        .into_any(),
        Block::Answer { mark, text } => view! {
            <p class="body__answer"><span class="body__mark">{mark.clone()}</span> " " {inlines_view(text, context)}</p>
        }
        .into_any(),
        Block::Rule => view! { <hr/> }.into_any(),
        Block::References { items } => references_view(items, context),
        _ => ().into_any(),
    }
}

fn heading_view(level: u8, text: &[Inline], id: String, context: &BodyContext) -> AnyView {
    let link = view! { <a class="body__anchor" href=context.link_to(&id) aria-label=context.copy.heading_link>"#"</a> };
    let text = inlines_view(text, context);
    match level {
        2 => view! { <h2 id=id tabindex="-1">{text} " " {link}</h2> }.into_any(),
        3 => view! { <h3 id=id tabindex="-1">{text} " " {link}</h3> }.into_any(),
        _ => view! { <h4 id=id tabindex="-1">{text} " " {link}</h4> }.into_any(),
    }
}

/// An id made from a heading's text; the second heading with the same text gets `-2`.
fn unique_id(text: &[Inline], n_of_id: &mut HashMap<Slug, usize>) -> String {
    let slug = Slug::from_title(&inline_text(text));
    let n = n_of_id.entry(slug.clone()).or_default();
    *n += 1;
    if *n == 1 { slug.to_string() } else { slug.numbered(*n).to_string() }
}

fn items_view(items: &[ListItem], context: &BodyContext) -> AnyView {
    items
        .iter()
        .map(|item| view! { <li>{inlines_view(&item.text, context)} {blocks_view(&item.blocks, context)}</li> })
        .collect_view()
        .into_any()
}

fn table_view(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], context: &BodyContext) -> AnyView {
    let head = head.iter().map(|cell| view! { <th scope="col">{inlines_view(cell, context)}</th> }).collect_view();
    let rows = rows
        .iter()
        .map(|row| view! { <tr>{row.iter().map(|cell| view! { <td>{inlines_view(cell, context)}</td> }).collect_view()}</tr> })
        .collect_view();
    // Focusable, so that a reader without a mouse can scroll a wide table.
    view! {
        <div class="body__table" role="region" tabindex="0" aria-label=context.copy.table>
            <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

fn references_view(items: &[Reference], context: &BodyContext) -> AnyView {
    let items = items
        .iter()
        .map(|Reference { label, text }| {
            view! {
                <li id=note_id(label) tabindex="-1">
                    {inlines_view(text, context)} " "
                    <a href=context.link_to(&note_mark_id(label)) aria-label=(context.copy.note)(label)>"↩"</a>
                </li>
            }
        })
        .collect_view();
    view! { <section class="body__references" aria-label=context.copy.references><ol>{items}</ol></section> }.into_any()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use corpus::Inline;

    use super::unique_id;

    #[test]
    fn equal_headings_get_different_ids() {
        let mut n_of_id = HashMap::new();
        let ids = ["왜?", "무엇을", "왜"].map(|text| unique_id(&[Inline::text(text)], &mut n_of_id));
        assert_eq!(ids, ["왜", "무엇을", "왜-2"]);
    }
}
