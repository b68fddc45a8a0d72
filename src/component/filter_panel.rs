//! Filters: tags, companies, series, reading time and views, each value with the number of stories it would leave.

use std::sync::Arc;

use leptos::prelude::*;

use super::facet_group::facet_group;
use crate::{
    copy::Copy,
    data::Library,
    dom::{
        event::{key_press, on_window},
        focus,
    },
    facet::Facet,
    listing::Listing,
    markup::{button, dynamic_text, el},
    nav::Nav,
    route::Scope,
};

const TOGGLE: &str = "filters-toggle";
const PANEL: &str = "filters";

/// Every filter. On wide screens a column; on narrow ones a sheet that a button opens and that Esc, its own button or a press beside it
/// close. The values and their order are those of the scope, so they stay while the page does; the counts follow the list.
pub(crate) fn filter_panel(copy: &'static Copy, nav: Nav, library: Arc<Library>, listing: Memo<Listing>, scope: &Scope) -> AnyView {
    let open = RwSignal::new(false);
    let close = move || {
        open.set(false);
        focus::focus(TOGGLE, true);
    };
    on_window("keydown", move |event| {
        if key_press(&event).key == "Escape" && open.get_untracked() {
            event.prevent_default();
            close();
        }
    });
    let toggle = button(move || {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            request_animation_frame(|| focus::focus(PANEL, true));
        }
    })
    .class("button filters__toggle")
    .attr("id", TOGGLE)
    .attr("aria-controls", PANEL)
    .state("aria-expanded", move || open.get())
    .text(copy.filters);
    let done = button(close).class("button filters__done").child(dynamic_text(move || (copy.n_stories)(listing.read().docs.len()))).view();
    let in_scope: Vec<u32> = (0..).zip(&library.cards).filter(|(_, card)| scope.contains(card)).map(|(doc, _)| doc).collect();
    let groups = Facet::ALL.into_iter().map(|facet| facet_group(copy, nav, &library, listing, facet, &in_scope));
    let body = el("div")
        .class("filters__body")
        .target(PANEL)
        .attr_from("data-open", move || open.get().then(String::new))
        .children(groups)
        .child(done);
    // A press beside the sheet closes it. Not a button: who does not see it has Esc and the sheet's own button.
    let veil = el("div").class("filters__veil").hidden(move || !open.get()).on("click", move |_| close());
    el("aside").class("filters").attr("aria-label", copy.filters).child(toggle.view()).child(veil.view()).child(body.view()).view()
}
