//! A list without stories: what was asked for, and every way on.

use leptos::prelude::*;

use crate::{
    markup::{dynamic, el, link, text},
    nav::expect_nav,
    prefs::expect_prefs,
    query::ListQuery,
    route::Place,
};

/// Says that nothing matches, and what to let go of.
#[component]
pub(crate) fn EmptyResult() -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let way_on = move |label: &'static str, change: fn(&mut ListQuery)| {
        view! { <li><button class="button" type="button" on:click=move |_| nav.refine(change)>{label}</button></li> }.into_any()
    };
    dynamic(move || {
        let Place { section, query } = nav.place.get();
        let explanation = match (query.is_search(), query.is_filtered()) {
            (true, _) => (copy.nothing_found_for)(query.q.trim()),
            (false, true) => copy.nothing_found_filtered.to_owned(),
            (false, false) => copy.nothing_in_section.to_owned(),
        };
        let elsewhere = section.is_some().then(|| {
            let href = Place { section: None, query: query.clone() }.to_href();
            el("li", "", vec![link("button", href, "", vec![text(copy.all_stories)])])
        });
        view! {
            <section class="empty-result">
                <p class="empty-result__title">{copy.nothing_found}</p>
                <p>{explanation}</p>
                <ul class="empty-result__ways">
                    {query.is_search().then(|| way_on(copy.clear_search, |query| query.q.clear()))}
                    {query.is_filtered().then(|| way_on(copy.remove_all, |query| *query = query.without_filters()))}
                    {elsewhere}
                </ul>
            </section>
        }
        .into_any()
    })
}
