//! The reader's notes below a story, and the bar for what they select in it.

use leptos::prelude::*;

use super::{
    note_item::note_item,
    passage_bar::passage_bar,
    story_shelf::{NOTE, StoryShelf},
};
use crate::{
    copy::Copy,
    markup::{el, fragment, keyed},
    route::Route,
};

/// Id of the heading.
pub(super) const TITLE: &str = "story-notes-title";

/// A list of this story's notes in the order of its text; hidden while there is none.
pub(crate) fn story_notes(copy: &'static Copy, here: StoryShelf) -> AnyView {
    let notes = here.notes;
    let ids = move || notes.read().iter().map(|(id, _)| id.clone()).collect();
    let item = move |id: String| {
        let slug = notes.with_untracked(|notes| notes.iter().find(|(of, _)| *of == id).map(|(_, passage)| passage.slug.clone()));
        let href = slug.map(|slug| format!("{}{NOTE}{id}", Route::Story(slug).to_href()));
        note_item(copy, here.shelf, id, href, here.lost.into(), TITLE, move |id| {
            here.go_to(id);
            true
        })
    };
    let section = el("section")
        .class("story-notes")
        .attr("aria-labelledby", TITLE)
        .hidden(move || notes.read().is_empty())
        .child(el("h2").class("story-notes__title").target(TITLE).text(copy.shelf.story_notes).view())
        .child(el("ol").class("notes").child(keyed(ids, item)).view());
    fragment(vec![section.view(), passage_bar(copy, here)])
}
