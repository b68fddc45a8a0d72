//! The filters that are on, each one click from being off.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    markup::{button, dynamic, el, nothing},
    nav::Nav,
    query::ListQuery,
};

/// One chip a filter, and one that removes them all.
pub(crate) fn filter_chips(copy: &'static Copy, nav: Nav) -> AnyView {
    dynamic(move || {
        let place = nav.place.read();
        let query = &place.query;
        let mut chips = Vec::new();
        for tag in query.tags.iter().cloned() {
            let label = (copy.remove_tag)(&tag);
            chips.push(chip(nav, format!("#{tag}"), label, Box::new(move |query| query.tags.retain(|other| *other != tag))));
        }
        for tag in query.not_tags.iter().cloned() {
            let label = (copy.remove_excluded_tag)(&tag);
            chips.push(chip(nav, format!("−#{tag}"), label, Box::new(move |query| query.not_tags.retain(|other| *other != tag))));
        }
        for company in query.companies.iter().cloned() {
            let label = (copy.remove_company)(&company);
            chips.push(chip(nav, company.clone(), label, Box::new(move |query| query.companies.retain(|other| *other != company))));
        }
        if chips.is_empty() {
            return nothing();
        }
        if chips.len() > 1 {
            chips.push(chip(
                nav,
                copy.remove_all.to_owned(),
                copy.remove_all.to_owned(),
                Box::new(|query| *query = query.without_filters()),
            ));
        }
        el("ul").class("chips").attr("aria-label", copy.active_filters).children(chips).view()
    })
}

fn chip(nav: Nav, shown: String, label: String, remove: Box<dyn Fn(&mut ListQuery)>) -> AnyView {
    let cross = el("span").attr("aria-hidden", "true").text(" ×").view();
    let chip = button(move || nav.refine(|query| remove(query))).class("chip").attr("aria-label", label).text(shown).child(cross);
    el("li").child(chip.view()).view()
}
