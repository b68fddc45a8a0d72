//! Every highlight and note with its story.

use std::sync::Arc;

use corpus::Slug;
use leptos::prelude::*;

use super::page_title;
use crate::{
    component::{note_groups::note_groups, shelf_state::shelf_state, shelf_tabs::shelf_tabs},
    copy::Copy,
    data::Library,
    dom::focus::PAGE_TITLE,
    markup::{el, fragment},
    nav::Nav,
    shelf::{Keeping, Shelf, anchor::find, story_text::story_text},
    task::{effect, spawn},
};

/// The page at `/notes`. Which passages are still in their stories is found out once the shelf was read.
pub(crate) fn notes_page(copy: &'static Copy, nav: Nav, library: Arc<Library>, shelf: Shelf) -> AnyView {
    let lost = RwSignal::new(Vec::new());
    let is_open = Memo::new(move |_| shelf.keeping.get() != Keeping::Opening);
    let for_lost = library.clone();
    effect(move || {
        if is_open.get() {
            nav.arrive(Box::new(|| false));
            let library = for_lost.clone();
            spawn(async move { find_lost(&library, shelf, lost).await });
        }
    });
    let head = el("div")
        .class("shelf-head")
        .child(el("h1").class("page-title").target(PAGE_TITLE).text(copy.shelf.notes).view())
        .child(shelf_tabs(copy, nav))
        .child(shelf_state(copy, shelf));
    let site = copy.site_title(&library.site).to_owned();
    let is_known = move |slug: &Slug| library.doc(slug).is_some();
    let page = el("div").class("shelf-page").child(head.view()).child(note_groups(copy, shelf, lost.into(), is_known));
    fragment(vec![page_title(move || format!("{} · {site}", copy.shelf.notes)), page.view()])
}

/// Notes whose passage is not in their story any more, one story after the other. A story that cannot be fetched says nothing about its notes.
async fn find_lost(library: &Library, shelf: Shelf, lost: RwSignal<Vec<String>>) {
    let notes = shelf.model.with_untracked(|model| model.find_notes(""));
    let mut text = None;
    for (id, passage) in notes {
        if text.as_ref().is_none_or(|(slug, _)| *slug != passage.slug) {
            let story = match library.doc(&passage.slug) {
                Some(doc) => library.load_story(doc).await.ok(),
                None => None,
            };
            text = Some((passage.slug.clone(), story.map(|story| story_text(&story.blocks))));
        }
        let is_lost = text.as_ref().and_then(|(_, text)| text.as_ref()).is_some_and(|text| find(text, &passage.quote).is_none());
        if is_lost {
            lost.try_update(|lost| lost.push(id));
        }
    }
}
