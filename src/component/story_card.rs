//! One story in a list.

use std::sync::Arc;

use corpus::{Card, Story};
use leptos::{ev, prelude::*};

use super::{
    marked::{marked, marked_parts},
    story_meta::story_meta,
    tag_list::tag_list,
};
use crate::{
    dom::focus,
    finding::Found,
    markup::{attribute, dynamic, text},
    prefs::expect_prefs,
    route::Place,
};

/// Id of the link to a story, by which the way back finds it again.
fn link_id(card: &Card) -> String {
    format!("story-{}", card.slug)
}

/// Title, facts, tags and the summary; while searching the best passage instead of the summary.
#[component]
pub(crate) fn StoryCard(
    /// The story.
    card: Card,
    /// The list the card stands in.
    place: Memo<Place>,
    /// What the search found; `None` without one.
    #[prop(into)]
    found: Signal<Option<Arc<Found>>>,
    /// The story's body, once it is here; asked for only while searching.
    #[prop(into)]
    story: Signal<Option<Arc<Story>>>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let slug = card.slug.clone();
    let href = attribute(move || Some(place.read().story_href(&slug)));
    let title = card.title.clone();
    let summary = card.summary.clone();
    let title_view = dynamic(move || {
        let ranges = found.read().as_ref().map_or_else(Vec::new, |found| found.ranges(&title));
        marked(&title, &ranges)
    });
    let excerpt = dynamic(move || match (&*found.read(), &*story.read()) {
        (Some(found), Some(story)) => marked_parts(found.excerpt(&summary, &story.blocks)),
        (Some(found), None) => marked(&summary, &found.ranges(&summary)),
        (None, _) => text(&*summary),
    });
    let on_keydown = move |event: ev::KeyboardEvent| {
        let handled = match event.key().as_str() {
            "ArrowDown" => focus::step_through(".story-card__link", 1),
            "ArrowUp" => focus::step_through(".story-card__link", -1),
            "Escape" => {
                focus::focus(focus::SEARCH_FIELD, false);
                true
            }
            _ => false,
        };
        if handled {
            event.prevent_default();
        }
    };
    view! {
        <article class="story-card">
            <h2 class="story-card__title">
                <a class="story-card__link" id=link_id(&card) href=href on:keydown=on_keydown>{title_view}</a>
            </h2>
            {story_meta(&card, None, copy)}
            <p class="story-card__excerpt">{excerpt}</p>
            {tag_list(&card.tags)}
        </article>
    }
}
