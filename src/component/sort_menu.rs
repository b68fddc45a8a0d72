//! The order of the list.

use leptos::prelude::*;

use crate::{
    listing::effective_sort,
    markup::{dynamic, flag},
    nav::expect_nav,
    prefs::expect_prefs,
    query::Sort,
};

/// A menu of orders. Relevance is offered only while searching.
#[component]
pub(crate) fn SortMenu() -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let current = Memo::new(move |_| effective_sort(&nav.place.read().query));
    let is_search = Memo::new(move |_| nav.place.read().query.is_search());
    let on_chosen = move |event| {
        let sort = Sort::parse(&event_target_value(&event));
        nav.refine(|query| {
            query.sort = None;
            // The default order stays out of the URL.
            query.sort = sort.filter(|sort| *sort != effective_sort(query));
        });
    };
    let option = move |sort: Sort| {
        view! { <option value=sort.as_str() prop:selected=flag(move || current.get() == sort)>{(copy.sort_name)(sort)}</option> }
    };
    let options = dynamic(move || {
        let offered = Sort::ALL.into_iter().filter(|sort| *sort != Sort::Relevance || is_search.get());
        offered.map(|sort| option(sort).into_any()).collect_view().into_any()
    });
    view! {
        <label class="sort-menu">
            <span class="sort-menu__label">{copy.sort}</span> " "
            <select class="sort-menu__select" on:change=on_chosen>{options}</select>
        </label>
    }
}
