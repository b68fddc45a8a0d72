//! From one story to the next, and back to the list.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::event::{is_plain_click, key_press, on_window},
    markup::{dynamic, el, fragment, link, nothing},
    nav::{Nav, Step},
};

/// A neighbour in the list.
#[derive(Clone)]
pub(crate) struct Neighbour {
    /// Its title.
    pub(crate) title: String,
    /// Its URL, carrying the list.
    pub(crate) href: String,
}

/// Links to the list and to the neighbours in it, the story before this one and the one after. Esc goes to the list, K and J to the neighbours.
pub(crate) fn story_moves(
    copy: &'static Copy,
    nav: Nav,
    neighbours: impl Fn() -> [Option<Neighbour>; 2] + Clone + Send + 'static,
) -> AnyView {
    let neighbours_by_key = neighbours.clone();
    on_window("keydown", move |event| {
        let press = key_press(&event);
        if press.typing || press.composing || press.modified {
            return;
        }
        let neighbour = |index: usize| untrack(|| neighbours_by_key().into_iter().nth(index).flatten());
        // By their place on the keyboard: a Korean layout types ㅓ and ㅏ there.
        let to = match (press.key.as_str(), press.code.as_str()) {
            ("Escape", _) => {
                event.prevent_default();
                nav.back_to_list();
                None
            }
            (_, "KeyK") => neighbour(0),
            (_, "KeyJ") => neighbour(1),
            _ => None,
        };
        if let Some(Neighbour { href, .. }) = to {
            event.prevent_default();
            nav.go(&href, Step::Push);
        }
    });
    let list = el("a")
        .class("story-moves__list")
        .attr_from("href", move || Some(nav.place.read().to_href()))
        .on("click", move |event| {
            if is_plain_click(&event) {
                event.prevent_default();
                nav.back_to_list();
            }
        })
        .text(copy.back_to_list);
    el("nav")
        .class("story-moves")
        .attr("aria-label", copy.story_moves)
        .child(list.view())
        .child(dynamic(move || {
            let [previous, next] = neighbours();
            fragment(vec![
                neighbour_link(copy.previous_story, "story-moves__previous", previous),
                neighbour_link(copy.next_story, "story-moves__next", next),
            ])
        }))
        .view()
}

fn neighbour_link(label: &'static str, class: &'static str, to: Option<Neighbour>) -> AnyView {
    to.map_or_else(nothing, |Neighbour { title, href }| {
        let label = el("span").class("story-moves__label").text(label).view();
        link(href).class(class).child(label).text(" ").text(title).view()
    })
}
