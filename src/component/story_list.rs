//! The list of stories.

use std::sync::Arc;

use corpus::Story;
use leptos::prelude::*;

use super::story_card::story_card;
use crate::{
    copy::Copy,
    data::Library,
    finding::Found,
    listing::Listing,
    markup::{button, dynamic_text, el, fragment, nothing},
    nav::{Nav, PAGE_SIZE},
    task::{effect, spawn},
};

/// Stories in order, a page at a time. Cards that stay where they are keep their elements while the reader types.
pub(crate) fn story_list(
    copy: &'static Copy,
    nav: Nav,
    library: Arc<Library>,
    listing: Memo<Listing>,
    found: Signal<Option<Arc<Found>>>,
) -> AnyView {
    let place = nav.place;
    let n_asked = RwSignal::new(0_usize);
    let n_shown = move || n_asked.get().max(place.with(|place| nav.n_shown(place)));
    let n_hidden = move || listing.read().docs.len().saturating_sub(n_shown());
    let visible = move || (0_u32..).zip(listing.read().docs.iter().copied()).take(n_shown()).collect::<Vec<(u32, u32)>>();
    let row = move |(_, doc): (u32, u32)| {
        let Some(card) = library.card(doc) else { return nothing() };
        let story = story_for_excerpt(library.clone(), doc, found);
        el("li").child(story_card(copy, card, place, found, story)).view()
    };
    // The key holds the place as well: a card that changes its place is made anew. Leptos' keyed diff leaves moved rows in the wrong order
    // when most of the others go (from 23 stories to the 4 of a pasted query); without moves there is nothing to misplace.
    let rows = view! { <For each=visible key=|row| *row children=row/> };
    let more = button(move || {
        let n = untrack(n_shown) + PAGE_SIZE;
        place.with_untracked(|place| nav.set_n_shown(place, n));
        n_asked.set(n);
    });
    fragment(vec![
        el("ol").class("story-list").attr("aria-label", copy.story_list).child(rows.into_any()).view(),
        more.class("button story-list__more")
            .hidden(move || n_hidden() == 0)
            .child(dynamic_text(move || (copy.show_more)(n_hidden().min(PAGE_SIZE))))
            .view(),
    ])
}

/// The story's body, fetched once a search shows the card. A body that cannot be fetched leaves the summary in place: opening the
/// story tells what is wrong.
fn story_for_excerpt(library: Arc<Library>, doc: u32, found: Signal<Option<Arc<Found>>>) -> RwSignal<Option<Arc<Story>>> {
    let story = RwSignal::new(None);
    let mut asked = false;
    effect(move || {
        if found.read().is_some() && !std::mem::replace(&mut asked, true) {
            let library = library.clone();
            spawn(async move {
                if let Ok(body) = library.load_story(doc).await {
                    story.try_set(Some(body));
                }
            });
        }
    });
    story
}
