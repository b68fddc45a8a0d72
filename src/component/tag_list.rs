//! A story's hashtags.

use leptos::prelude::*;

use crate::{query::ListQuery, route::Place};

/// Tags, each leading to the stories that have it.
#[component]
pub(crate) fn TagList(
    /// Without `#`.
    tags: Vec<String>,
) -> impl IntoView {
    let link = |tag: String| {
        let query = ListQuery { tags: vec![tag.clone()], ..ListQuery::default() };
        let href = Place { section: None, query }.to_href();
        view! { <li><a class="tag-list__tag" href=href>"#" {tag}</a></li> }
    };
    (!tags.is_empty()).then(|| view! { <ul class="tag-list">{tags.into_iter().map(link).collect_view()}</ul> })
}
