//! Filters: tags, companies, series, reading time and views, each value with the number of stories it would leave.

use std::sync::Arc;

use leptos::prelude::*;

use super::{facet_group::facet_group, sheet::Sheet};
use crate::{
    copy::Copy,
    data::Library,
    facet::Facet,
    listing::{Listing, in_scope},
    markup::{dynamic_text, el},
    nav::Nav,
    route::Scope,
};

/// Every filter. On wide screens a column, on narrow ones a sheet. The values and their order are those of the scope, so they stay while
/// the page does; the counts follow the list.
pub(crate) fn filter_panel(copy: &'static Copy, nav: Nav, library: Arc<Library>, listing: Memo<Listing>, scope: &Scope) -> AnyView {
    let sheet = Sheet::new("filters");
    let is_in_scope = in_scope(&library.cards, &library.facets, scope);
    let in_scope: Vec<u32> = (0..library.cards.len() as u32).filter(|doc| is_in_scope(*doc)).collect();
    let groups = Facet::ALL.into_iter().map(|facet| facet_group(copy, nav, &library, listing, facet, &in_scope));
    let n_left = dynamic_text(move || (copy.n_stories)(listing.read().docs.len()));
    el("aside")
        .class("filters")
        .attr("aria-label", copy.filters)
        .child(sheet.toggle(copy.filters).class("button sheet-toggle").view())
        .children(sheet.panel(groups.collect(), n_left))
        .view()
}
