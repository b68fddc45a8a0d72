//! The head of every page: name, sections, search, settings.

use leptos::prelude::*;

use super::{search_box::search_box, section_nav::section_nav, settings::settings};
use crate::{
    copy::Copy,
    data::Counts,
    markup::{dynamic_text, el, link},
    nav::Nav,
    prefs::Prefs,
    route::{Route, Scope},
    suggest::Suggestion,
};

/// Brand, sections, search field and settings. Usable before the archive is there; `title` is its name, `counts` are known once it is.
pub(crate) fn site_header(
    copy: &'static Copy,
    title: Signal<String>,
    nav: Nav,
    prefs: Prefs,
    counts: Signal<Option<Counts>>,
    settings_open: RwSignal<bool>,
    suggested: Signal<Vec<Suggestion>>,
) -> AnyView {
    let row = el("div")
        .class("site-header__row")
        .child(link(Route::List(Scope::All).to_href()).class("site-header__brand").child(dynamic_text(move || title.get())).view())
        .child(search_box(copy, nav, suggested))
        .child(shelf_link(copy, nav))
        .child(settings(copy, prefs, settings_open));
    el("header").class("site-header").child(row.view()).child(section_nav(copy, title, nav, counts)).view()
}

/// The way to what the reader keeps.
fn shelf_link(copy: &'static Copy, nav: Nav) -> AnyView {
    let is_here = move || matches!(*nav.route.read(), Route::Shelf | Route::Notes);
    link(Route::Shelf.to_href())
        .class("site-header__shelf")
        .attr_from("aria-current", move || is_here().then(|| "page".to_owned()))
        .text(copy.shelf.shelf)
        .view()
}
