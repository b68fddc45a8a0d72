//! The list of stories.

use std::sync::Arc;

use corpus::Story;
use leptos::prelude::*;

use super::story_card::StoryCard;
use crate::{
    data::Library,
    finding::Found,
    markup::{dynamic_text, flag},
    nav::{PAGE_SIZE, expect_nav},
    prefs::expect_prefs,
    route::Place,
    task::{effect, spawn},
};

/// Stories in order, a page at a time. Cards whose stories stay keep their elements while the reader types.
#[component]
pub(crate) fn StoryList(
    /// The archive.
    library: Arc<Library>,
    /// The list's address.
    place: Memo<Place>,
    /// Positions of the stories, in order.
    docs: Memo<Vec<u32>>,
    /// What the search found; `None` without one.
    #[prop(into)]
    found: Signal<Option<Arc<Found>>>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let n_asked = RwSignal::new(0_usize);
    let n_shown = Memo::new(move |_| n_asked.get().max(place.with(|place| nav.n_shown(place))));
    let visible = move || docs.read().iter().copied().take(n_shown.get()).collect::<Vec<_>>();
    let n_hidden = Memo::new(move |_| docs.read().len().saturating_sub(n_shown.get()));
    let show_more = move |_| {
        let n = n_shown.get_untracked() + PAGE_SIZE;
        place.with_untracked(|place| nav.set_n_shown(place, n));
        n_asked.set(n);
    };
    let row = move |doc: u32| {
        let library = library.clone();
        let story = story_for_excerpt(library.clone(), doc, found);
        library.card(doc).cloned().map(|card| view! { <li><StoryCard card place found story/></li> })
    };
    view! {
        <ol class="story-list" aria-label=copy.story_list>
            <For each=visible key=|doc| *doc children=row/>
        </ol>
        <button class="button story-list__more" type="button" hidden=flag(move || n_hidden.get() == 0) on:click=show_more>
            {dynamic_text(move || (copy.show_more)(n_hidden.get().min(PAGE_SIZE)))}
        </button>
    }
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
