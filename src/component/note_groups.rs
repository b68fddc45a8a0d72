//! All notes, story by story, with a field to search them.

use corpus::Slug;
use leptos::prelude::*;

use super::{note_item::note_item, story_shelf::NOTE};
use crate::{
    copy::Copy,
    markup::{dynamic, dynamic_text, el, keyed, link, nothing, text},
    route::Route,
    shelf::Shelf,
};

/// The notes that hold what stands in the field. `is_known` says whether a story is in the archive; the others keep their title.
pub(crate) fn note_groups(
    copy: &'static Copy,
    shelf: Shelf,
    lost: Signal<Vec<String>>,
    is_known: impl Fn(&Slug) -> bool + Send + Sync + 'static,
) -> AnyView {
    let words = &copy.shelf;
    let is_known = std::sync::Arc::new(is_known);
    let found = Memo::new(move |_| shelf.model.read().find_notes(&shelf.search.read()));
    let slugs = move || {
        let mut slugs: Vec<String> = found.read().iter().map(|(_, passage)| passage.slug.to_string()).collect();
        slugs.dedup();
        slugs
    };
    let group = move |slug: String| {
        let Ok(slug) = Slug::new(slug) else { return nothing() };
        let is_known = is_known(&slug);
        let title = found.with_untracked(|found| {
            let passage = found.iter().find(|(_, passage)| passage.slug == slug);
            passage.map(|(_, passage)| passage.facts.title.clone()).unwrap_or_default()
        });
        let href = is_known.then(|| Route::Story(slug.clone()).to_href());
        let heading = match &href {
            Some(href) => link(href.clone()).attr("id", format!("notes-of-{slug}")).text(title).view(),
            None => text(title),
        };
        let vanished = if is_known { nothing() } else { el("p").class("note__lost").text(words.vanished).view() };
        let ids = move || found.read().iter().filter(|(_, passage)| passage.slug == slug).map(|(id, _)| id.clone()).collect();
        let item = move |id: String| {
            let href = href.as_ref().map(|href| format!("{href}{NOTE}{id}"));
            note_item(copy, shelf, id, href, lost, crate::dom::focus::PAGE_TITLE, |_| false)
        };
        let list = el("ol").class("notes").child(keyed(ids, item)).view();
        el("section")
            .class("note-group")
            .child(el("h2").class("note-group__title").child(heading).view())
            .child(vanished)
            .child(list)
            .view()
    };
    let field = view! { <input class="note-search__field" type="search" autocomplete="off" value=shelf.search.get_untracked() aria-label=words.notes_search placeholder=words.notes_search/> };
    let search =
        el("search").class("note-search").on("input", move |event| shelf.search.set(event_target_value(&event))).child(field.into_any());
    let count = dynamic_text(move || (words.n_notes)(found.read().len()));
    let empty = dynamic(move || match (found.read().is_empty(), shelf.model.read().n_notes()) {
        (false, _) => nothing(),
        (true, 0) => el("p").class("shelf-section__words").text(words.notes_empty).view(),
        (true, _) => el("p").class("shelf-section__words").text((words.notes_none)(shelf.search.read().trim())).view(),
    });
    el("div")
        .class("note-groups")
        .child(search.view())
        .child(el("p").class("note-groups__count").attr("role", "status").child(count).view())
        .child(empty)
        .child(el("div").child(keyed(slugs, group)).view())
        .view()
}
