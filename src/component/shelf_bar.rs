//! Where a story stands on the reader's shelf, on the story's own page.

use corpus::{Card, Slug};
use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::focus,
    markup::{button, el},
    shelf::{
        Shelf,
        model::{Column, Facts, Key},
    },
};

const PUT: &str = "shelf-put";

/// One button that puts the story on the shelf; then three, one of them pressed, and one that takes it off.
pub(crate) fn shelf_bar(copy: &'static Copy, shelf: Shelf, card: &Card) -> AnyView {
    let words = &copy.shelf;
    let facts = Facts::of(card);
    let column = {
        let slug = card.slug.clone();
        Memo::new(move |_| shelf.model.read().column(&slug))
    };
    let put_into = {
        let slug = card.slug.clone();
        move |to: Column| put(copy, shelf, &slug, &facts, to)
    };
    let choice = |to: Column| {
        let put_into = put_into.clone();
        button(move || put_into(to))
            .class("shelf-bar__choice")
            .attr("id", choice_id(to))
            .state("aria-pressed", move || column.get() == Some(to))
            .text((words.column)(to))
            .view()
    };
    let choices = Column::ALL.map(choice);
    let slug = card.slug.clone();
    let title = card.title.clone();
    let take_off = button(move || {
        take_off(copy, shelf, &slug, &title, column.get_untracked().map_or(PUT, choice_id).to_owned());
        focus_later(PUT);
    });
    let put = button(move || {
        put_into(Column::ToRead);
        focus_later(choice_id(Column::ToRead));
    });
    el("div")
        .class("shelf-bar")
        .child(put.class("button").attr("id", PUT).hidden(move || column.get().is_some()).child(star()).text(" ").text(words.put).view())
        .child(
            el("div")
                .class("shelf-bar__choices")
                .attr("role", "group")
                .attr("aria-label", words.on_shelf)
                .hidden(move || column.get().is_none())
                .children(choices)
                .child(
                    take_off
                        .class("button button--quiet")
                        .attr("aria-label", (words.take_off_name)(&card.title))
                        .text(words.take_off)
                        .view(),
                )
                .view(),
        )
        .view()
}

fn star() -> AnyView {
    el("span").attr("aria-hidden", "true").text("☆").view()
}

fn choice_id(column: Column) -> &'static str {
    match column {
        Column::ToRead => "shelf-to-read",
        Column::Reading => "shelf-reading",
        Column::Done => "shelf-done",
    }
}

/// The element appears with the next frame.
fn focus_later(id: &'static str) {
    request_animation_frame(move || focus::focus(id, true));
}

/// Puts a story into a column and says so.
pub(super) fn put(copy: &'static Copy, shelf: Shelf, slug: &Slug, facts: &Facts, to: Column) {
    shelf.change(|model, now| model.put(slug, Some(facts.clone()), Some(to), now));
    shelf.tell((copy.shelf.put_into)(&facts.title, to));
}

/// Takes a story off the shelf; it can be undone, and `focus` is the id of what is back then.
pub(super) fn take_off(copy: &'static Copy, shelf: Shelf, slug: &Slug, title: &str, focus: String) {
    let words = (copy.shelf.taken_off)(title);
    shelf.remove(words, vec![Key::Entry(slug.clone())], focus, |model, now| model.put(slug, None, None, now));
}
