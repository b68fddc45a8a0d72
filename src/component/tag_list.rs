//! A story's hashtags.

use leptos::prelude::*;

use crate::{
    markup::{el, link, nothing},
    query::ListQuery,
    route::Place,
};

/// Tags, each leading to the stories that have it. Nothing for a story without tags.
pub(crate) fn tag_list(tags: &[String]) -> AnyView {
    if tags.is_empty() {
        return nothing();
    }
    let item = |tag: &String| {
        let query = ListQuery { tags: vec![tag.clone()], ..ListQuery::default() };
        let href = Place { section: None, query }.to_href();
        el("li").child(link(href).class("tag-list__tag").text(format!("#{tag}")).view()).view()
    };
    el("ul").class("tag-list").children(tags.iter().map(item)).view()
}
