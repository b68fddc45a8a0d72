//! Home and the sections: a list that is searched, filtered and sorted.

use std::sync::Arc;

use leptos::prelude::*;

use super::page_title;
use crate::{
    component::{
        density_switch::density_switch,
        empty_result::empty_result,
        filter_chips::{filter_chips, value_name},
        filter_panel::filter_panel,
        load_error::load_error,
        loading::{Shape, loading},
        sort_menu::sort_menu,
        story_list::story_list,
        topic_facts::topic_facts,
    },
    copy::Copy,
    data::{Library, Load, LoadError, SearchIndex},
    dom::{focus::PAGE_TITLE, timer::in_turns},
    engine::Reading,
    finding::{Found, Searching, find},
    listing::{Listing, listing},
    markup::{dynamic, dynamic_text, el, fragment, link, nothing},
    nav::Nav,
    prefs::Prefs,
    query::ListQuery,
    route::{Place, Scope},
    task::effect,
    way_on::ways_on,
};

/// The list of a scope.
pub(crate) fn list_page(copy: &'static Copy, nav: Nav, prefs: Prefs, library: Arc<Library>, searching: Searching, scope: Scope) -> AnyView {
    let Searching { index, found } = searching;
    let place = nav.answered;
    let listing = {
        let library = library.clone();
        Memo::new(move |before: Option<&Listing>| {
            let found = found.read();
            match before {
                // The list stays as it is until the answer is whole: an empty one for an instant would say that nothing was found.
                Some(before) if is_partial(found.as_deref()) => before.clone(),
                _ => listing(&library.cards, &library.facets, &place.read(), found.as_ref().map(|found| found.docs.as_slice())),
            }
        })
    };
    let index_state = Memo::new(move |before| match index.get() {
        _ if !place.read().query.is_search() => IndexState::Ready,
        Some(Ok(_)) if before != Some(&IndexState::Ready) && is_partial(found.read().as_deref()) => IndexState::Waiting,
        Some(Ok(_)) => IndexState::Ready,
        // The engine comes while the first letters are typed; what stands in the list stays until it can answer.
        None if before == Some(&IndexState::Ready) => IndexState::Ready,
        None => IndexState::Waiting,
        Some(Err(error)) => IndexState::Failed(error),
    });
    // The list has its content once the stories it asks for are known.
    effect(move || {
        if index_state.get() != IndexState::Waiting {
            nav.arrive(Box::new(|| false));
        }
    });

    let site = copy.site_title(&library.site).to_owned();
    let heading = match &scope {
        Scope::All => site.clone(),
        Scope::Section(section) => (copy.section)(*section).to_owned(),
        Scope::Topic(facet, name) => value_name(copy, *facet, name),
    };
    let title = page_title({
        let heading = heading.clone();
        move || {
            let place = place.read();
            match (place.query.is_search(), &place.scope) {
                (true, _) => format!("{} · {site}", (copy.title_search)(place.query.q.trim())),
                (false, Scope::All) => site.clone(),
                (false, _) => format!("{heading} · {site}"),
            }
        }
    });
    let count = dynamic_text(move || match index_state.get() {
        IndexState::Ready => (copy.n_stories)(listing.read().docs.len()),
        IndexState::Waiting | IndexState::Failed(_) => String::new(),
    });
    let readings = dynamic(move || readings_view(copy, &place.read(), found.read().as_deref()));
    let list_library = library.clone();
    let list = dynamic(move || match index_state.get() {
        IndexState::Waiting => loading(copy, Shape::Cards),
        IndexState::Failed(error) => {
            fragment(vec![el("p").text(copy.search_failed).view(), load_error(copy, &error, move || index.retry())])
        }
        IndexState::Ready => fragment(vec![story_list(copy, nav, list_library.clone(), listing, found), {
            let library = list_library.clone();
            dynamic(move || if listing.read().docs.is_empty() { nowhere(copy, &library, &place.read(), index) } else { nothing() })
        }]),
    });
    let mut unprepared = Some(library.clone());
    let prepare = move || {
        if let Some(library) = unprepared.take() {
            let mut titles = None;
            in_turns(Box::new(move || library.facets.prepare_title_ranks(&library.cards, &mut titles)));
        }
    };
    let head = el("div")
        .class("list-page__head")
        .child(el("h1").class("page-title").target(PAGE_TITLE).text(heading).view())
        .child(el("output").class("list-page__count").attr("role", "status").attr("aria-live", "polite").child(count).view())
        .child(sort_menu(copy, nav, prepare))
        .child(density_switch(copy, prefs));
    let main = el("div").class("list-page__main").child(filter_chips(copy, nav)).child(readings).child(list);
    let page = el("div")
        .class("list-page")
        .child(head.view())
        .child(topic_facts(copy, &library, &scope))
        .child(filter_panel(copy, nav, library, listing, &scope))
        .child(main.view());
    fragment(vec![title, page.view()])
}

fn is_partial(found: Option<&Found>) -> bool {
    found.is_some_and(Found::is_partial)
}

/// Whether a search can be answered.
#[derive(Clone, PartialEq, Eq)]
enum IndexState {
    Waiting,
    Ready,
    Failed(LoadError),
}

/// How words were read, where a reader would wonder, and the way to a search without guesses.
fn readings_view(copy: &'static Copy, place: &Place, found: Option<&Found>) -> AnyView {
    let readings = found.map(|found| found.readings.as_slice()).unwrap_or_default();
    let instead = |typed: &str, near: &String| {
        let query = ListQuery { q: place.query.q.replacen(typed, near, 1), ..place.query.clone() };
        link(Place { query, scope: place.scope.clone() }.to_href()).class("chip").text(near).view()
    };
    let line = |reading: &Reading| match reading {
        Reading::As { typed, found } => el("p").text((copy.found_as)(typed, found)).view(),
        Reading::Nowhere { typed, near } => {
            let near = near.iter().map(|near| instead(typed, near));
            el("p").text((copy.found_nowhere)(typed)).text(" ").children(near).view()
        }
    };
    let mut lines: Vec<AnyView> = readings.iter().map(line).collect();
    let guessed = readings.iter().any(|reading| matches!(reading, Reading::As { .. }));
    if place.query.literal || guessed {
        let other = Place { query: ListQuery { literal: !place.query.literal, ..place.query.clone() }, scope: place.scope.clone() };
        let label = if place.query.literal { copy.not_literal } else { copy.literal };
        lines.push(link(other.to_href()).text(label).view());
    }
    if lines.is_empty() { nothing() } else { el("div").class("list-page__reading").children(lines).view() }
}

/// The page of a list without stories.
fn nowhere(copy: &'static Copy, library: &Library, place: &Place, index: Load<SearchIndex>) -> AnyView {
    // Only a search asks the engine. Else its arrival would lay the ways out anew, under a pointer that is about to press one.
    let index = if place.query.is_search() { index.loaded() } else { None };
    let search = |query: &ListQuery| index.as_ref().map(|index| find(index, &query.q, query.literal).docs).unwrap_or_default();
    empty_result(copy, place, &ways_on(&library.cards, &library.facets, place, &search))
}
