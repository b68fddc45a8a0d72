//! Addresses where nothing lives.

use leptos::prelude::*;

use super::page_title;
use crate::{
    copy::Copy,
    data::Library,
    markup::{el, fragment, link},
    nav::Nav,
    route::{Route, Scope},
    task::effect,
};

/// An address that is no page.
pub(crate) fn not_found_page(copy: &'static Copy, nav: Nav, library: &Library) -> AnyView {
    missing(copy, nav, library, copy.unknown_page, copy.unknown_page_help)
}

/// A story that is not in the archive.
pub(crate) fn unknown_story(copy: &'static Copy, nav: Nav, library: &Library) -> AnyView {
    missing(copy, nav, library, copy.unknown_story, copy.unknown_story_help)
}

fn missing(copy: &'static Copy, nav: Nav, library: &Library, title: &'static str, help: &'static str) -> AnyView {
    let site = copy.site_title(&library.site).to_owned();
    effect(move || nav.arrive(Box::new(|| false)));
    let section = el("section")
        .class("missing")
        .child(el("h1").class("page-title").target(crate::dom::focus::PAGE_TITLE).text(title).view())
        .child(el("p").text(help).view())
        .child(el("p").child(link(Route::List(Scope::All).to_href()).class("button").text(copy.to_home).view()).view());
    fragment(vec![page_title(move || format!("{title} · {site}")), section.view()])
}
