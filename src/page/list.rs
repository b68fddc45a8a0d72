//! Home and the sections: a list that is searched, filtered and sorted.

use std::sync::Arc;

use corpus::Section;
use leptos::prelude::*;
use leptos_meta::Title;
use search::Index;

use crate::{
    component::{
        empty_result::EmptyResult, filter_chips::FilterChips, filter_panel::FilterPanel, load_error::LoadErrorPanel, loading::Loading,
        sort_menu::SortMenu, story_list::StoryList,
    },
    data::{Library, Load},
    dom::focus::PAGE_TITLE,
    finding::{Found, find},
    listing::listing,
    markup::{dynamic, dynamic_text, el, text},
    nav::expect_nav,
    prefs::expect_prefs,
    task::effect,
};

/// The list of one section, or of everything.
#[component]
pub(crate) fn ListPage(
    /// The archive.
    library: Arc<Library>,
    /// The search index, on its way or here.
    index: Load<Index>,
    /// The section; `None` is every story.
    section: Option<Section>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let place = nav.place;
    let is_search = Memo::new(move |_| place.read().query.is_search());
    let found = use_found(index);
    let listing = {
        let library = library.clone();
        Memo::new(move |_| {
            let found = found.read();
            listing(&library.cards, &place.read(), found.as_ref().map(|found| found.docs.as_slice()))
        })
    };
    let docs = Memo::new(move |_| listing.read().docs.clone());
    let is_empty = Memo::new(move |_| docs.read().is_empty());
    let index_state = Memo::new(move |_| match (&*index.outcome.read(), is_search.get()) {
        (_, false) | (Some(Ok(_)), true) => IndexState::Ready,
        (None, true) => IndexState::Waiting,
        (Some(Err(error)), true) => IndexState::Failed(error.clone()),
    });

    let count =
        dynamic_text(move || if index_state.get() == IndexState::Ready { (copy.n_stories)(docs.read().len()) } else { String::new() });

    // The list has its content once the stories it asks for are known.
    effect(move || {
        place.track();
        if index_state.get() != IndexState::Waiting {
            nav.arrive();
        }
    });

    let heading = section.map_or(copy.site, copy.section);
    let title = move || {
        let place = place.read();
        match (place.query.is_search(), section) {
            (true, _) => format!("{} · {}", (copy.title_search)(place.query.q.trim()), copy.site),
            (false, Some(_)) => format!("{heading} · {}", copy.site),
            (false, None) => copy.site.to_owned(),
        }
    };
    let readings = dynamic(move || {
        let found = found.read();
        let readings = found.as_ref().map(|found| found.readings.as_slice()).unwrap_or_default();
        let told = readings.iter().map(|(typed, found)| el("p", "list-page__reading", vec![text((copy.found_as)(typed, found))]));
        told.collect_view().into_any()
    });
    let list = dynamic(move || match index_state.get() {
        IndexState::Waiting => view! { <Loading/> }.into_any(),
        IndexState::Failed(error) => view! {
            <p>{copy.search_failed}</p>
            <LoadErrorPanel error on_retry=Callback::new(move |()| index.retry())/>
        }
        .into_any(),
        IndexState::Ready => {
            let library = library.clone();
            view! {
                <StoryList library place docs found/>
                {dynamic(move || if is_empty.get() { view! { <EmptyResult/> }.into_any() } else { text("") })}
            }
            .into_any()
        }
    });
    view! {
        <Title text=title/>
        <div class="list-page">
            <div class="list-page__head">
                <h1 class="page-title" id=PAGE_TITLE tabindex="-1">{heading}</h1>
                <output class="list-page__count" role="status" aria-live="polite">
                    {count}
                </output>
                <SortMenu/>
            </div>
            <FilterPanel tags=Signal::derive(move || listing.read().tags.clone()) companies=Signal::derive(move || listing.read().companies.clone())/>
            <div class="list-page__main">
                <FilterChips/>
                {readings}
                {list}
            </div>
        </div>
    }
}

/// Whether a search can be answered.
#[derive(Clone, PartialEq, Eq)]
enum IndexState {
    Waiting,
    Ready,
    Failed(crate::data::LoadError),
}

/// What the search text of the current place finds; `None` without a search or an index. Searches once per text, not per filter.
pub(crate) fn use_found(index: Load<Index>) -> Signal<Option<Arc<Found>>> {
    let place = expect_nav().place;
    let text = Memo::new(move |_| Some(place.read().query.q.clone()).filter(|q| !q.trim().is_empty()));
    let found = Memo::new_with_compare(
        move |_| match (&*text.read(), &*index.outcome.read()) {
            (Some(text), Some(Ok(index))) => Some(Arc::new(find(index, text))),
            _ => None,
        },
        |before, after| !(before.is_some_and(Option::is_none) && after.is_some_and(Option::is_none)),
    );
    found.into()
}
