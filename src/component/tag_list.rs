//! A story's hashtags.

use leptos::prelude::*;

use crate::{
    facet::Facet,
    markup::{el, link, nothing},
    route::Route,
};

/// Tags, each leading to the stories that have it. Nothing for a story without tags.
pub(crate) fn tag_list(tags: &[String]) -> AnyView {
    if tags.is_empty() {
        return nothing();
    }
    let item = |tag: &String| {
        let href = Route::topic(Facet::Tags, tag).to_href();
        el("li").child(link(href).class("tag-list__tag").text(format!("#{tag}")).view()).view()
    };
    el("ul").class("tag-list").children(tags.iter().map(item)).view()
}
