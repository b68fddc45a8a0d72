//! The shelf: what to go on with, the reading list, what was read, where all of it is kept, and what is kept for reading without a network.

use std::sync::Arc;

use leptos::prelude::*;

use super::page_title;
use crate::{
    component::{
        offline_panel::offline_panel,
        shelf_board::shelf_board,
        shelf_files::shelf_files,
        shelf_history::{history, to_continue},
        shelf_state::shelf_state,
        shelf_tabs::shelf_tabs,
    },
    copy::{Copy, Lang},
    data::Library,
    dom::focus::PAGE_TITLE,
    markup::{dynamic, el, fragment},
    nav::Nav,
    offline::Offline,
    shelf::{Keeping, Shelf},
    task::effect,
};

/// The page at `/shelf`. Its content is there once the shelf was read.
pub(crate) fn shelf_page(copy: &'static Copy, lang: Lang, nav: Nav, library: Arc<Library>, shelf: Shelf, offline: Offline) -> AnyView {
    let is_open = Memo::new(move |_| shelf.keeping.get() != Keeping::Opening);
    effect(move || {
        if is_open.get() {
            nav.arrive(Box::new(|| false));
        }
    });
    let site = copy.site_title(&library.site).to_owned();
    let content = dynamic(move || {
        if !is_open.get() {
            return el("p").class("loading").attr("role", "status").text(copy.shelf.opening).view();
        }
        fragment(vec![
            to_continue(copy, shelf, library.clone()),
            shelf_board(copy, shelf, library.clone()),
            history(copy, lang, shelf, library.clone()),
            shelf_files(copy, shelf),
            offline_panel(copy, offline),
        ])
    });
    let head = el("div")
        .class("shelf-head")
        .child(el("h1").class("page-title").target(PAGE_TITLE).text(copy.shelf.shelf).view())
        .child(shelf_tabs(copy, nav))
        .child(el("p").class("shelf-section__words").text(copy.shelf.intro).view())
        .child(shelf_state(copy, shelf));
    fragment(vec![
        page_title(move || format!("{} · {site}", copy.shelf.shelf)),
        el("div").class("shelf-page").child(head.view()).child(content).view(),
    ])
}
