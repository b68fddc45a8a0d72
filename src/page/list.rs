//! Home and the sections: a list that is searched, filtered and sorted.

use std::sync::Arc;

use corpus::Section;
use leptos::prelude::*;
use search::Index;

use super::page_title;
use crate::{
    component::{
        empty_result::empty_result, filter_chips::filter_chips, filter_panel::filter_panel, load_error::load_error, loading::loading,
        sort_menu::sort_menu, story_list::story_list,
    },
    copy::Copy,
    data::{Library, Load, LoadError},
    dom::focus::PAGE_TITLE,
    finding::{Found, find},
    listing::listing,
    markup::{dynamic, dynamic_text, el, fragment, nothing},
    nav::Nav,
    task::effect,
};

/// The list of one section, or of everything (`None`). `index` is on its way or here.
pub(crate) fn list_page(copy: &'static Copy, nav: Nav, library: Arc<Library>, index: Load<Index>, section: Option<Section>) -> AnyView {
    let place = nav.place;
    let found = use_found(nav, index);
    let listing = {
        let library = library.clone();
        Memo::new(move |_| {
            let found = found.read();
            listing(&library.cards, &place.read(), found.as_ref().map(|found| found.docs.as_slice()))
        })
    };
    let index_state = Memo::new(move |_| match index.get() {
        _ if !place.read().query.is_search() => IndexState::Ready,
        Some(Ok(_)) => IndexState::Ready,
        None => IndexState::Waiting,
        Some(Err(error)) => IndexState::Failed(error),
    });
    // The list has its content once the stories it asks for are known.
    effect(move || {
        if index_state.get() != IndexState::Waiting {
            nav.arrive();
        }
    });

    let heading = section.map_or(copy.site, copy.section);
    let title = page_title(move || {
        let place = place.read();
        match (place.query.is_search(), section) {
            (true, _) => format!("{} · {}", (copy.title_search)(place.query.q.trim()), copy.site),
            (false, Some(_)) => format!("{heading} · {}", copy.site),
            (false, None) => copy.site.to_owned(),
        }
    });
    let count = dynamic_text(move || match index_state.get() {
        IndexState::Ready => (copy.n_stories)(listing.read().docs.len()),
        IndexState::Waiting | IndexState::Failed(_) => String::new(),
    });
    let readings = dynamic(move || {
        let found = found.read();
        let readings = found.as_ref().map(|found| found.readings.as_slice()).unwrap_or_default();
        let told = |(typed, found): &(String, String)| el("p").class("list-page__reading").text((copy.found_as)(typed, found)).view();
        fragment(readings.iter().map(told).collect())
    });
    let list = dynamic(move || match index_state.get() {
        IndexState::Waiting => loading(copy),
        IndexState::Failed(error) => {
            fragment(vec![el("p").text(copy.search_failed).view(), load_error(copy, &error, move || index.retry())])
        }
        IndexState::Ready => fragment(vec![
            story_list(copy, nav, library.clone(), listing, found),
            dynamic(move || if listing.read().docs.is_empty() { empty_result(copy, nav) } else { nothing() }),
        ]),
    });
    let head = el("div")
        .class("list-page__head")
        .child(el("h1").class("page-title").target(PAGE_TITLE).text(heading).view())
        .child(el("output").class("list-page__count").attr("role", "status").attr("aria-live", "polite").child(count).view())
        .child(sort_menu(copy, nav));
    let main = el("div").class("list-page__main").child(filter_chips(copy, nav)).child(readings).child(list);
    let page = el("div").class("list-page").child(head.view()).child(filter_panel(copy, nav, listing)).child(main.view());
    fragment(vec![title, page.view()])
}

/// Whether a search can be answered.
#[derive(Clone, PartialEq, Eq)]
enum IndexState {
    Waiting,
    Ready,
    Failed(LoadError),
}

/// What the search text of the current place finds; `None` without a search or an index. Searches once per text, not per filter.
///
/// While an input method composes, a text that finds nothing keeps the results before it: half a syllable is no word yet, and a list
/// that blinks empty at every other keystroke is worse than one that waits.
pub(crate) fn use_found(nav: Nav, index: Load<Index>) -> Signal<Option<Arc<Found>>> {
    let found = Memo::new_with_compare(
        move |before: Option<&Option<Arc<Found>>>| match index.loaded() {
            Some(index) if !nav.typed.read().trim().is_empty() => {
                let found = find(&index, &nav.typed.read());
                let kept = before.cloned().flatten().filter(|_| nav.composing.get() && found.docs.is_empty());
                Some(kept.unwrap_or_else(|| Arc::new(found)))
            }
            _ => None,
        },
        |before, after| !(before.is_some_and(Option::is_none) && after.is_some_and(Option::is_none)),
    );
    found.into()
}
