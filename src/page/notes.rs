//! Every highlight and note with its story.

use std::sync::Arc;

use leptos::prelude::*;

use super::page_title;
use crate::{
    component::{shelf_state::shelf_state, shelf_tabs::shelf_tabs},
    copy::Copy,
    data::Library,
    dom::focus::PAGE_TITLE,
    markup::{el, fragment},
    nav::Nav,
    shelf::Shelf,
    task::effect,
};

/// The page at `/notes`.
pub(crate) fn notes_page(copy: &'static Copy, nav: Nav, _library: Arc<Library>, shelf: Shelf) -> AnyView {
    effect(move || nav.arrive(Box::new(|| false)));
    let head = el("div")
        .class("shelf-head")
        .child(el("h1").class("page-title").target(PAGE_TITLE).text(copy.shelf.notes).view())
        .child(shelf_tabs(copy, nav))
        .child(shelf_state(copy, shelf));
    fragment(vec![
        page_title(move || format!("{} · {}", copy.shelf.notes, copy.site)),
        el("div").class("shelf-page").child(head.view()).view(),
    ])
}
