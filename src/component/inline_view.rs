//! Runs of text inside a block.

use corpus::{Inline, is_safe_href};
use leptos::prelude::*;

use super::{block_view::BodyContext, marked::marked};

/// The inlines of a block.
pub(crate) fn inlines_view(inlines: &[Inline], context: &BodyContext) -> AnyView {
    inlines.iter().map(|inline| inline_view(inline, context)).collect_view().into_any()
}

fn inline_view(inline: &Inline, context: &BodyContext) -> AnyView {
    match inline {
        Inline::Text { text } => marked(text, &context.ranges(text)),
        Inline::Emphasis { inlines } => view! { <em>{inlines_view(inlines, context)}</em> }.into_any(),
        Inline::Strong { inlines } => view! { <strong>{inlines_view(inlines, context)}</strong> }.into_any(),
        Inline::Code { code } => view! { <code>{marked(code, &context.ranges(code))}</code> }.into_any(),
        // The corpus was checked when it was built; a file that was edited afterwards still cannot make a script run.
        Inline::Link { href, inlines } if !is_safe_href(href) => inlines_view(inlines, context),
        Inline::Link { href, inlines } => view! {
            <a href=href.clone() target="_blank" rel="noopener noreferrer">
                {inlines_view(inlines, context)}
                <span class="visually-hidden">" (" {context.copy.new_window} ")"</span>
            </a>
        }
        .into_any(),
        Inline::Note { label } => {
            let href = context.link_to(&note_id(label));
            view! { <sup class="note-mark" id=note_mark_id(label)><a href=href aria-label=(context.copy.note)(label)>{label.clone()}</a></sup> }.into_any()
        }
        _ => ().into_any(),
    }
}

/// Id of a note at the end of the story.
pub(crate) fn note_id(label: &str) -> String {
    format!("note-{label}")
}

/// Id of the mark in the text that leads to a note.
pub(crate) fn note_mark_id(label: &str) -> String {
    format!("note-mark-{label}")
}
