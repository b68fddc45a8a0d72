//! What stands at the head of a tag's, a company's or a series' page: what its stories share with others.

use leptos::prelude::*;

use super::filter_chips::value_name;
use crate::{
    copy::Copy,
    data::Library,
    facet::{Facet, FacetTable},
    format::grouped,
    listing::in_scope,
    markup::{el, link, nothing},
    route::{Route, Scope, TOPICS},
};

/// How many neighbours of each kind are named: a line or two.
const N_NAMED: usize = 8;

/// Facts of a topic, each neighbour leading to its own page. Nothing for home and the sections.
pub(crate) fn topic_facts(copy: &'static Copy, library: &Library, scope: &Scope) -> AnyView {
    let Scope::Topic(of, name) = scope else { return nothing() };
    let table = &library.facets;
    let is_in_scope = in_scope(&library.cards, table, scope);
    let docs: Vec<u32> = (0..library.cards.len() as u32).filter(|doc| is_in_scope(*doc)).collect();
    let cards = || docs.iter().filter_map(|doc| library.card(*doc));
    let minutes: u32 = cards().map(corpus::Card::minutes).sum();
    let views: u64 = cards().filter_map(|card| card.views).sum();
    let mut lines = vec![el("p").text((copy.topic_sum)(docs.len(), minutes, &grouped(views))).view()];
    for facet in TOPICS.into_iter() {
        let beside = table.by_frequency(facet, docs.iter().copied());
        let beside = beside.into_iter().filter(|(id, _)| facet != *of || table.names(facet).get(*id as usize) != Some(name));
        lines.push(names_line(copy, table, (copy.topic_beside)(facet), facet, beside.collect()));
    }
    if *of == Facet::Companies {
        lines.push(names_line(copy, table, copy.companies_alike, *of, companies_alike(table, &docs, name, library.cards.len() as u32)));
    }
    el("div").class("topic-facts").children(lines).view()
}

/// Companies whose stories share tags with these, most shared tags first. Cost: linear in stories and their tags.
fn companies_alike(table: &FacetTable, docs: &[u32], name: &str, n_cards: u32) -> Vec<(u32, u32)> {
    let mut is_shared = vec![false; table.names(Facet::Tags).len()];
    for id in docs.iter().flat_map(|doc| table.ids(Facet::Tags, *doc)) {
        if let Some(slot) = is_shared.get_mut(*id as usize) {
            *slot = true;
        }
    }
    let shares = |doc: &u32| table.ids(Facet::Tags, *doc).iter().any(|id| is_shared.get(*id as usize) == Some(&true));
    let alike = table.by_frequency(Facet::Companies, (0..n_cards).filter(shares));
    alike.into_iter().filter(|(id, _)| table.names(Facet::Companies).get(*id as usize).is_some_and(|other| other != name)).collect()
}

fn names_line(copy: &Copy, table: &FacetTable, label: &'static str, facet: Facet, values: Vec<(u32, u32)>) -> AnyView {
    if values.is_empty() {
        return nothing();
    }
    let item = |(id, n): (u32, u32)| {
        let name = table.names(facet).get(id as usize).map_or("", String::as_str);
        let count = el("span").class("topic-facts__count").text(grouped(n.into())).view();
        let link = link(Route::topic(facet, name).to_href()).class("chip").text(value_name(copy, facet, name)).text(" ").child(count);
        el("li").child(link.view()).view()
    };
    el("div")
        .class("topic-facts__line")
        .child(el("h2").class("topic-facts__label").text(label).view())
        .child(el("ul").class("chips").attr("aria-label", label).children(values.into_iter().take(N_NAMED).map(item)).view())
        .view()
}
