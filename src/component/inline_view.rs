//! Runs of text inside a block.

use corpus::{Inline, is_safe_href};
use leptos::prelude::*;

use super::{block_view::BodyContext, marked::marked};
use crate::markup::{el, fragment, link, nothing};

/// The inlines of a block.
pub(crate) fn inlines_view(inlines: &[Inline], context: &BodyContext) -> Vec<AnyView> {
    inlines.iter().map(|inline| inline_view(inline, context)).collect()
}

fn inline_view(inline: &Inline, context: &BodyContext) -> AnyView {
    match inline {
        Inline::Text { text } => marked(text, &context.ranges(text)),
        Inline::Emphasis { inlines } => el("em").children(inlines_view(inlines, context)).view(),
        Inline::Strong { inlines } => el("strong").children(inlines_view(inlines, context)).view(),
        Inline::Code { code } => el("code").child(marked(code, &context.ranges(code))).view(),
        Inline::Link { href, inlines } => outward_link(href, inlines, context),
        Inline::Note { label } => {
            let mark = el("button")
                .attr("type", "button")
                .attr("popovertarget", note_popover_id(label))
                .attr("aria-label", (context.copy.note)(label))
                .text(label);
            el("sup").class("note-mark").target(note_mark_id(label)).child(mark.view()).view()
        }
        _ => nothing(),
    }
}

/// A link that leaves the site: in a window of its own, which cannot reach back into this one.
fn outward_link(href: &str, inlines: &[Inline], context: &BodyContext) -> AnyView {
    let shown = inlines_view(inlines, context);
    // The corpus was checked when it was built; a file that was edited afterwards still cannot make a script run.
    if !is_safe_href(href) {
        return fragment(shown);
    }
    let hint = el("span").class("visually-hidden").text(format!(" ({})", context.copy.new_window)).view();
    link(href.to_owned()).attr("target", "_blank").attr("rel", "noopener noreferrer").children(shown).child(hint).view()
}

/// Id of a note at the end of the story.
pub(crate) fn note_id(label: &str) -> String {
    format!("note-{label}")
}

/// Id of the mark in the text that leads to a note.
pub(crate) fn note_mark_id(label: &str) -> String {
    format!("note-mark-{label}")
}

/// Id of the note that opens over the text.
pub(crate) fn note_popover_id(label: &str) -> String {
    format!("note-popover-{label}")
}
