//! A story's hashtags.

use leptos::prelude::*;

use crate::{
    markup::{el, link, text},
    query::ListQuery,
    route::Place,
};

/// Tags, each leading to the stories that have it. Nothing for a story without tags.
pub(crate) fn tag_list(tags: &[String]) -> AnyView {
    if tags.is_empty() {
        return ().into_any();
    }
    let item = |tag: &String| {
        let query = ListQuery { tags: vec![tag.clone()], ..ListQuery::default() };
        let href = Place { section: None, query }.to_href();
        el("li", "", vec![link("tag-list__tag", href, "", vec![text(format!("#{tag}"))])])
    };
    el("ul", "tag-list", tags.iter().map(item).collect())
}
