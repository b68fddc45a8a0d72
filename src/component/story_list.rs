//! The list of stories.

use std::sync::Arc;

use corpus::Story;
use leptos::prelude::*;

use super::story_card::StoryCard;
use crate::{data::Library, finding::Found, nav::expect_nav, prefs::expect_prefs, route::Place};

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
        let n = n_shown.get_untracked() + crate::nav::PAGE_SIZE;
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
        <Show when=move || { n_hidden.get() > 0 }>
            <button class="button story-list__more" type="button" on:click=show_more>
                {move || (copy.show_more)(n_hidden.get().min(crate::nav::PAGE_SIZE))}
            </button>
        </Show>
    }
}

/// The story's body, fetched once a search shows the card. A body that cannot be fetched leaves the summary in place: opening the
/// story tells what is wrong.
fn story_for_excerpt(library: Arc<Library>, doc: u32, found: Signal<Option<Arc<Found>>>) -> RwSignal<Option<Arc<Story>>> {
    let story = RwSignal::new(None);
    Effect::new(move |asked: Option<bool>| {
        let asked = asked.unwrap_or_default();
        let wanted = found.read().is_some();
        if wanted && !asked {
            let library = library.clone();
            leptos::task::spawn_local(async move {
                if let Ok(body) = library.load_story(doc).await {
                    story.try_set(Some(body));
                }
            });
        }
        asked || wanted
    });
    story
}
