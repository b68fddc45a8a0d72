//! The cover of a story, drawn from its own facts.

use corpus::{Card, CoverFacts, cover_svg};
use leptos::prelude::*;

use crate::markup::el;

/// The cover as a picture. It says nothing that the text beside it does not say, so it is not there for those who do not see it.
///
/// Part of the page: a picture of its own, even one whose bytes stand in the page, is a document of its own to browsers, and two dozen of them
/// take longer than the page itself.
pub(crate) fn cover(card: &Card) -> AnyView {
    let svg = cover_svg(&CoverFacts { company: card.company.as_deref(), title: &card.title, tags: &card.tags, n_chars: card.n_chars });
    el("span").class("cover").attr("aria-hidden", "true").markup(svg).view()
}
