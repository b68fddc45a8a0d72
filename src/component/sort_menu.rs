//! The order of the list.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    listing::effective_sort,
    markup::{dynamic, el, fragment},
    nav::Nav,
    query::Sort,
};

/// A menu of orders. Relevance is offered only while searching. `prepare` is called whenever a reader comes to it.
pub(crate) fn sort_menu(copy: &'static Copy, nav: Nav, mut prepare: impl FnMut() + 'static) -> AnyView {
    let orders = Memo::new(move |_| nav.place.with(|place| (effective_sort(&place.query), place.query.is_search())));
    // Built anew, so that the chosen option is always the one of the URL.
    let menu = dynamic(move || {
        let (current, is_search) = orders.get();
        let option = |sort: Sort| {
            let option = el("option").attr("value", sort.as_str()).text((copy.sort_name)(sort));
            if sort == current { option.attr("selected", "").view() } else { option.view() }
        };
        let offered = Sort::ALL.into_iter().filter(|sort| is_search || *sort != Sort::Relevance);
        fragment(offered.map(option).collect())
    });
    let select = el("select").class("sort-menu__select").on("focus", move |_| prepare()).on("change", move |event| {
        let sort = Sort::parse(&event_target_value(&event));
        nav.refine(|query| {
            query.sort = None;
            // The default order stays out of the URL.
            query.sort = sort.filter(|sort| *sort != effective_sort(query));
        });
    });
    el("label")
        .class("sort-menu")
        .child(el("span").class("sort-menu__label").text(copy.sort).view())
        .text(" ")
        .child(select.child(menu).view())
        .view()
}
