//! Runs of text inside a block.

use corpus::{Inline, is_safe_href};
use leptos::{html::custom, prelude::*};

use super::{block_view::BodyContext, marked::marked};
use crate::markup::{el, link, target, text};

/// The inlines of a block.
pub(crate) fn inlines_view(inlines: &[Inline], context: &BodyContext) -> Vec<AnyView> {
    inlines.iter().map(|inline| inline_view(inline, context)).collect()
}

fn inline_view(inline: &Inline, context: &BodyContext) -> AnyView {
    match inline {
        Inline::Text { text } => marked(text, &context.ranges(text)),
        Inline::Emphasis { inlines } => el("em", "", inlines_view(inlines, context)),
        Inline::Strong { inlines } => el("strong", "", inlines_view(inlines, context)),
        Inline::Code { code } => el("code", "", vec![marked(code, &context.ranges(code))]),
        Inline::Link { href, inlines } => outward_link(href, inlines, context),
        Inline::Note { label } => {
            let mark = link("", context.link_to(&note_id(label)), &(context.copy.note)(label), vec![text(label)]);
            target("sup", "note-mark", note_mark_id(label), vec![mark])
        }
        _ => ().into_any(),
    }
}

/// A link that leaves the site: in a window of its own, which cannot reach back into this one.
fn outward_link(href: &str, inlines: &[Inline], context: &BodyContext) -> AnyView {
    let mut children = inlines_view(inlines, context);
    // The corpus was checked when it was built; a file that was edited afterwards still cannot make a script run.
    if !is_safe_href(href) {
        return children.into_any();
    }
    children.push(el("span", "visually-hidden", vec![text(format!(" ({})", context.copy.new_window))]));
    custom("a").attr("href", href.to_owned()).attr("target", "_blank").attr("rel", "noopener noreferrer").child(children).into_any()
}

/// Id of a note at the end of the story.
pub(crate) fn note_id(label: &str) -> String {
    format!("note-{label}")
}

/// Id of the mark in the text that leads to a note.
pub(crate) fn note_mark_id(label: &str) -> String {
    format!("note-mark-{label}")
}
