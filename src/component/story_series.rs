//! The other parts of a story's series.

use std::sync::Arc;

use corpus::Card;
use leptos::prelude::*;

use crate::{
    copy::Copy,
    data::Library,
    facet::Facet,
    listing::listing,
    markup::{el, link, nothing},
    route::{Place, Route, Scope},
};

/// The parts of the series in order, this one without a link. Nothing for a story that stands alone.
pub(crate) fn story_series(copy: &'static Copy, library: &Arc<Library>, card: &Card) -> AnyView {
    let Some(series) = &card.series else { return nothing() };
    let scope = Scope::Topic(Facet::Series, series.name.clone());
    let place = Place { scope, ..Place::default() };
    let table = &library.facets;
    let Some(id) = table.id(Facet::Series, &series.name) else { return nothing() };
    let parts: Vec<u32> = (0..library.cards.len() as u32).filter(|doc| table.ids(Facet::Series, *doc).contains(&id)).collect();
    let parts = listing(&library.cards, table, &place, Some(&parts)).docs;
    if parts.len() < 2 {
        return nothing();
    }
    let item = |part: &Card| {
        let shown = if part.slug == card.slug {
            el("span").attr("aria-current", "page").text(&*part.title).view()
        } else {
            link(place.story_href(&part.slug)).text(&*part.title).view()
        };
        let item = el("li").child(shown);
        match part.series.as_ref().and_then(|series| series.part) {
            Some(number) => item.attr("value", number.to_string()).view(),
            None => item.view(),
        }
    };
    let name = link(Route::topic(Facet::Series, &series.name).to_href()).text((copy.series_part)(&series.name, None)).view();
    el("nav")
        .class("story-series")
        .attr("aria-label", (copy.facet)(Facet::Series))
        .child(el("h2").class("aside-title").child(name).view())
        .child(el("ol").children(parts.iter().filter_map(|doc| library.card(*doc)).map(item)).view())
        .view()
}
