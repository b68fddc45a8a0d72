//! A list without stories: what was asked for, and every way on.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    markup::{button, dynamic, el, link, nothing},
    nav::Nav,
    query::ListQuery,
    route::Place,
};

/// Says that nothing matches, and what to let go of.
pub(crate) fn empty_result(copy: &'static Copy, nav: Nav) -> AnyView {
    dynamic(move || {
        let Place { section, query } = nav.place.get();
        let explanation = match (query.is_search(), query.is_filtered()) {
            (true, _) => (copy.nothing_found_for)(query.q.trim()),
            (false, true) => copy.nothing_found_filtered.to_owned(),
            (false, false) => copy.nothing_in_section.to_owned(),
        };
        let way_on = |label: &'static str, offered: bool, change: fn(&mut ListQuery)| {
            if !offered {
                return nothing();
            }
            el("li").child(button(move || nav.refine(change)).class("button").text(label).view()).view()
        };
        let elsewhere = section.map_or_else(nothing, |_| {
            let href = Place { section: None, query: query.clone() }.to_href();
            el("li").child(link(href).class("button").text(copy.all_stories).view()).view()
        });
        let ways = [
            way_on(copy.clear_search, query.is_search(), |query| query.q.clear()),
            way_on(copy.remove_all, query.is_filtered(), |query| *query = query.without_filters()),
            elsewhere,
        ];
        el("section")
            .class("empty-result")
            .child(el("p").class("empty-result__title").text(copy.nothing_found).view())
            .child(el("p").text(explanation).view())
            .child(el("ul").class("empty-result__ways").children(ways).view())
            .view()
    })
}
