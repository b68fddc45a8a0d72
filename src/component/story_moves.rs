//! From one story to the next, and back to the list.

use leptos::{ev, prelude::*};

use crate::{dom::focus, nav::expect_nav, prefs::expect_prefs};

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
        move || {
            to.get().map(|Neighbour { title, href }| {
                view! { <a class=class href=href><span class="story-moves__label">{label}</span> " " <span>{title}</span></a> }
            })
        }
    };
    view! {
        <nav class="story-moves" aria-label=copy.story_moves>
            <a class="story-moves__list" href=move || nav.place.read().to_href() on:click=on_back>{copy.back_to_list}</a>
            {neighbour(copy.previous_story, "story-moves__previous", previous)}
            {neighbour(copy.next_story, "story-moves__next", next)}
        </nav>
    }
}
