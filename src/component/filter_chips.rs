//! The filters that are on, each one click from being off.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    facet::{Facet, range_ends},
    markup::{button, dynamic, el, nothing},
    nav::Nav,
    query::{Choice, ListQuery},
};

/// One chip a filter, and one that removes them all.
pub(crate) fn filter_chips(copy: &'static Copy, nav: Nav) -> AnyView {
    dynamic(move || {
        let place = nav.place.read();
        let query = &place.query;
        let mut chips: Vec<AnyView> = query
            .choices
            .iter()
            .cloned()
            .map(|choice| {
                let shown = shown_choice(copy, &choice);
                let label = (if choice.exclude { copy.remove_excluded } else { copy.remove_choice })(&choice_name(copy, &choice));
                chip(nav, shown, label, Box::new(move |query| query.forget(choice.facet, &choice.name)))
            })
            .collect();
        if 1 < query.n_included(Facet::Tags) {
            let (now, other) = if query.any_tag { (copy.any_tag, copy.every_tag) } else { (copy.every_tag, copy.any_tag) };
            let label = format!("{now} → {other}");
            let chip = button(move || nav.refine(|query| query.any_tag = !query.any_tag)).class("chip").attr("title", label).text(now);
            chips.push(el("li").child(chip.view()).view());
        }
        if chips.is_empty() {
            return nothing();
        }
        if 1 < query.choices.len() {
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

/// A filter's value as a reader calls it: `#개발`, `4~7분`.
pub(crate) fn value_name(copy: &Copy, facet: Facet, name: &str) -> String {
    let range = range_ends(name);
    match (facet, range) {
        (Facet::Tags, _) => format!("#{name}"),
        (Facet::Minutes, Some((first, last))) => (copy.minutes_range)(first, last),
        (Facet::Views, Some((first, last))) => (copy.views_range)(first, last),
        _ => name.to_owned(),
    }
}

fn choice_name(copy: &Copy, choice: &Choice) -> String {
    value_name(copy, choice.facet, &choice.name)
}

/// A filter that is on, in as few letters as can be.
pub(crate) fn shown_choice(copy: &Copy, choice: &Choice) -> String {
    let name = choice_name(copy, choice);
    if choice.exclude { format!("−{name}") } else { name }
}

fn chip(nav: Nav, shown: String, label: String, remove: Box<dyn Fn(&mut ListQuery)>) -> AnyView {
    let cross = el("span").attr("aria-hidden", "true").text(" ×").view();
    let chip = button(move || nav.refine(|query| remove(query))).class("chip").attr("aria-label", label).text(shown).child(cross);
    el("li").child(chip.view()).view()
}
