//! From the board to the notes and back.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    markup::{el, link},
    nav::Nav,
    route::Route,
};

/// Links to the two pages of the shelf.
pub(crate) fn shelf_tabs(copy: &'static Copy, nav: Nav) -> AnyView {
    let tab = |route: Route, label: &'static str| {
        let href = route.to_href();
        let link =
            link(href).class("shelf-tabs__link").attr_from("aria-current", move || (*nav.route.read() == route).then(|| "page".to_owned()));
        el("li").child(link.text(label).view()).view()
    };
    let list = el("ul").class("shelf-tabs").children([tab(Route::Shelf, copy.shelf.board), tab(Route::Notes, copy.shelf.notes)]);
    el("nav").attr("aria-label", copy.shelf.pages).child(list.view()).view()
}
