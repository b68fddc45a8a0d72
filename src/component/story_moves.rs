//! From one story to the next, and back to the list.

use leptos::{ev, prelude::*};

use crate::{
    dom::focus,
    markup::{attribute, dynamic, el, link, text},
    nav::expect_nav,
    prefs::expect_prefs,
};

/// A neighbour in the list.
#[derive(Clone)]
pub(crate) struct Neighbour {
    /// Its title.
    pub(crate) title: String,
    /// Its URL, carrying the list.
    pub(crate) href: String,
}

/// Links to the list and to the neighbours in it. Esc goes to the list.
#[component]
pub(crate) fn StoryMoves(
    /// The story before this one.
    #[prop(into)]
    previous: Signal<Option<Neighbour>>,
    /// The story after this one.
    #[prop(into)]
    next: Signal<Option<Neighbour>>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let escape = window_event_listener(ev::keydown, move |event| {
        let in_field = focus::is_typing(event.target().as_ref());
        if event.key() == "Escape" && !in_field && !event.default_prevented() && !event.is_composing() {
            event.prevent_default();
            nav.back_to_list();
        }
    });
    on_cleanup(move || escape.remove());
    let on_back = move |event: ev::MouseEvent| {
        let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if plain {
            event.prevent_default();
            nav.back_to_list();
        }
    };
    let neighbour = move |label: &'static str, class: &'static str, to: Signal<Option<Neighbour>>| {
        dynamic(move || {
            to.get().map_or_else(
                || text(""),
                |Neighbour { title, href }| {
                    link(class, href, "", vec![el("span", "story-moves__label", vec![text(label)]), text(format!(" {title}"))])
                },
            )
        })
    };
    view! {
        <nav class="story-moves" aria-label=copy.story_moves>
            <a class="story-moves__list" href=attribute(move || Some(nav.place.read().to_href())) on:click=on_back>{copy.back_to_list}</a>
            {neighbour(copy.previous_story, "story-moves__previous", previous)}
            {neighbour(copy.next_story, "story-moves__next", next)}
        </nav>
    }
}
