//! One story on the board.

use std::sync::Arc;

use corpus::Slug;
use leptos::prelude::*;

use super::shelf_bar::{put, take_off};
use crate::{
    copy::Copy,
    data::Library,
    dom::{drag::Drag, event::key_press, focus},
    markup::{button, dynamic, el, link, nothing, text},
    route::Route,
    shelf::{
        Shelf,
        model::{Column, Facts},
    },
};

/// What the pointer takes a card by.
const HANDLE: &str = "shelf-card__handle";

/// Class of the columns that a card can be dropped on.
pub(super) const COLUMN: &str = "board__column";

/// Id of a column.
pub(super) fn column_id(column: Column) -> String {
    format!("column-{}", column.as_str())
}

/// Id of a column's heading, which takes the focus when nothing else is left.
pub(super) fn heading_id(column: Column) -> String {
    format!("column-{}-title", column.as_str())
}

fn handle_id(slug: &Slug) -> String {
    format!("shelf-move-{slug}")
}

/// Title, how far it was read, and the ways to another column: a handle to drag or to press arrow keys on, and buttons.
pub(super) fn shelf_card(copy: &'static Copy, shelf: Shelf, library: &Arc<Library>, drag: Drag, column: Column, slug: Slug) -> AnyView {
    let words = &copy.shelf;
    let Some(entry) = shelf.model.with_untracked(|model| model.entry(&slug).cloned()) else { return nothing() };
    let title = entry.title().to_owned();
    let facts = Facts { title: title.clone(), company: entry.company().to_owned() };
    let move_to = {
        let slug = slug.clone();
        Arc::new(move |to: Option<Column>| {
            if let Some(to) = to.filter(|to| *to != column) {
                put(copy, shelf, &slug, &facts, to);
                // The card is made anew in its column, two frames on.
                let id = handle_id(&slug);
                request_animation_frame(move || request_animation_frame(move || focus::focus(&id, false)));
            }
        })
    };
    let step = |step: isize, label: fn(&str) -> String, sign: &'static str| {
        let to = column.stepped(step);
        let move_to = move_to.clone();
        button(move || move_to(to))
            .class("shelf-card__step")
            .attr("aria-label", label(&title))
            .hidden(move || to.is_none())
            .text(sign)
            .view()
    };
    let to_left = step(-1, words.to_left, "←");
    let to_right = step(1, words.to_right, "→");
    let off = {
        let (slug, title) = (slug.clone(), title.clone());
        button(move || {
            take_off(copy, shelf, &slug, &title, handle_id(&slug));
            focus::focus(&heading_id(column), true);
        })
    };
    let by_key = {
        let move_to = move_to.clone();
        move |event: crate::dom::event::Event| {
            let to = match key_press(&event).key.as_str() {
                "ArrowLeft" => column.stepped(-1),
                "ArrowRight" => column.stepped(1),
                _ => return,
            };
            event.prevent_default();
            move_to(to);
        }
    };
    let handle = el("button")
        .class(HANDLE)
        .attr("type", "button")
        .attr("id", handle_id(&slug))
        .attr("aria-label", (words.handle)(&title))
        .attr("aria-describedby", super::shelf_board::HELP)
        .on("keydown", by_key)
        .text("⠿");
    let is_known = library.doc(&slug).is_some();
    let place = shelf.model;
    let facts_line = {
        let (slug, company) = (slug.clone(), entry.company().to_owned());
        dynamic(move || {
            let percent = place.read().entry(&slug).and_then(|entry| Some(entry.place.value.as_ref()?.percent));
            let percent = percent.map(|percent| (copy.shelf.percent)(percent));
            let vanished = (!is_known).then(|| copy.shelf.vanished.to_owned());
            let parts: Vec<String> =
                [Some(company.clone()).filter(|company| !company.is_empty()), percent, vanished].into_iter().flatten().collect();
            text(parts.join(" · "))
        })
    };
    let heading = if is_known { story_link("board", &slug, &title, entry.place.value.is_some()) } else { text(title.clone()) };
    el("li")
        .class("shelf-card")
        .on("pointerdown", move |event| drag.press(&event, HANDLE))
        .on("pointermove", move |event| drag.go_on(&event))
        .on("pointercancel", move |event| {
            drag.end(&event);
        })
        .on("pointerup", move |event| {
            let on = drag.end(&event);
            move_to(Column::ALL.into_iter().find(|column| on.as_deref() == Some(&*column_id(*column))));
        })
        .child(handle.view())
        .child(el("h3").class("shelf-card__title").child(heading).view())
        .child(el("p").class("shelf-card__facts").child(facts_line).view())
        .child(
            el("div")
                .class("shelf-card__moves")
                .children([to_left, to_right])
                .child(off.class("button button--quiet").attr("aria-label", (words.take_off_name)(&title)).text(words.take_off).view())
                .view(),
        )
        .view()
}

/// A link to a story, to the paragraph where the reader stopped if there is one. `list` tells apart links to one story on one page.
pub(crate) fn story_link(list: &str, slug: &Slug, title: &str, resumes: bool) -> AnyView {
    let mut href = Route::Story(slug.clone()).to_href();
    if resumes {
        href.push_str(super::story_shelf::RESUME);
    }
    link(href).attr("id", format!("{list}-{slug}")).text(title).view()
}
