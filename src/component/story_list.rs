//! The list of stories.

use std::sync::Arc;

use corpus::Story;
use leptos::prelude::*;

use super::story_card::story_card;
use crate::{
    copy::Copy,
    data::Library,
    dom::{focus, near::when_near, timer::Debounce},
    finding::Found,
    listing::Listing,
    markup::{button, dynamic_text, el, fragment, nothing},
    nav::{Nav, PAGE_SIZE},
    task::{effect, spawn},
};

/// Id of the button that shows more.
const MORE: &str = "story-list-more";

/// How many cards are made at a time while the reader scrolls towards the end: whole rows of one, two and three, and few enough to be
/// made between two frames.
const STEP: usize = 6;

/// So many cards show their passage with the list: what a wide screen holds, as in `style/block/story-card.css`.
const N_AT_ONCE: u32 = 9;

/// After so many milliseconds their bodies are fetched: a frame or two, so that the list is on the screen first.
const FETCH_DELAY: u64 = 40;

/// After so many milliseconds the others show theirs. More leaves summaries for a reader who scrolls at once, less delays the next letter of
/// who types quickly.
const PASSAGE_DELAY: u64 = 200;

/// Stories in order: the first ones, and more as the reader comes near the end. Cards that stay where they are keep their elements while
/// the reader types. The button does the same for who does not scroll.
///
/// The list grows, and nothing that was made is taken away again: who searches in the page, hears it or tabs through it finds every
/// card that was there before. Cards far off cost nothing to draw (`content-visibility` in `style/block/story-card.css`).
pub(crate) fn story_list(
    copy: &'static Copy,
    nav: Nav,
    library: Arc<Library>,
    listing: Memo<Listing>,
    found: Signal<Option<Arc<Found>>>,
) -> AnyView {
    let place = nav.answered;
    let grown = Trigger::new();
    let n_shown = Memo::new(move |_| {
        grown.track();
        // Not when the place changes: until its answer is there, the list before it stands as it is.
        listing.track();
        place.with_untracked(|place| nav.n_shown(place))
    });
    let n_hidden = move || listing.read().docs.len().saturating_sub(n_shown.get());
    let visible = move || (0_u32..).zip(listing.read().docs.iter().copied()).take(n_shown.get()).collect::<Vec<(u32, u32)>>();
    let row = move |(index, doc): (u32, u32)| {
        let Some(card) = library.card(doc) else { return nothing() };
        let is_at_once = index < N_AT_ONCE;
        let later = a_little_later(found, if is_at_once { FETCH_DELAY } else { PASSAGE_DELAY });
        let quoted = if is_at_once { found } else { later };
        let story = story_for_excerpt(library.clone(), doc, later);
        el("li").child(story_card(copy, card, place, found, quoted, story)).view()
    };
    // The key holds the place as well: a card that changes its place is made anew. Leptos' keyed diff leaves moved rows in the wrong order
    // when most of the others go (from 23 stories to the 4 of a pasted query); without moves there is nothing to misplace.
    let rows = view! { <For each=visible key=|row| *row children=row/> };
    let show_more = move |n: usize| {
        let n = n_shown.get_untracked() + n;
        place.with_untracked(|place| nav.set_n_shown(place, n));
        grown.notify();
    };
    when_near(MORE, move || {
        if 0 < untrack(n_hidden) {
            show_more(STEP);
        }
    });
    let more = button(move || {
        let n_before = n_shown.get_untracked();
        show_more(PAGE_SIZE);
        // Whoever pressed it goes on with the first card that it brought.
        request_animation_frame(move || focus::focus_result(n_before));
    });
    fragment(vec![
        el("ol").class("story-list").attr("aria-label", copy.story_list).child(rows.into_any()).view(),
        more.class("button story-list__more")
            .attr("id", MORE)
            .hidden(move || n_hidden() == 0)
            .child(dynamic_text(move || (copy.show_more)(n_hidden().min(PAGE_SIZE))))
            .view(),
    ])
}

/// The same after so many milliseconds without a change: fetching bodies and looking through them is not to keep the screen waiting.
fn a_little_later(found: Signal<Option<Arc<Found>>>, delay: u64) -> Signal<Option<Arc<Found>>> {
    let shown = RwSignal::new(None);
    let timer = Debounce::new(delay);
    effect(move || {
        let found = found.get();
        timer.call(move || shown.set(found));
    });
    shown.into()
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
