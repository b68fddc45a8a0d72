//! The cover of a story, drawn from its own facts.

use corpus::{Card, CoverFacts, cover_svg};
use leptos::prelude::*;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What would end a `data:` URL, or the attribute that it stands in.
const DATA: &AsciiSet = &CONTROLS.add(b'#').add(b'%').add(b'"').add(b'<').add(b'>');

/// The cover as a picture. It says nothing that the text beside it does not say, so it has no words for those who do not see it.
pub(crate) fn cover(card: &Card) -> AnyView {
    let svg = cover_svg(&CoverFacts { company: card.company.as_deref(), title: &card.title, tags: &card.tags, n_chars: card.n_chars });
    let src = format!("data:image/svg+xml,{}", utf8_percent_encode(&svg, DATA));
    view! { <img class="cover" src=src alt="" width="160" height="160"/> }.into_any()
}
