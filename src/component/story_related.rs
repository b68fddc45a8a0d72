//! Stories to read beside this one, each with the reason.

use corpus::{Card, Related};
use leptos::prelude::*;

use super::cover::cover;
use crate::{
    copy::Copy,
    data::Library,
    markup::{el, link, nothing, text},
    route::Place,
};

/// Links with covers and reasons. Nothing while none is known.
pub(crate) fn story_related(copy: &'static Copy, library: &Library, related: &[Related]) -> AnyView {
    let card = |slug| library.doc(slug).and_then(|doc| library.card(doc));
    // A file of another build may name a story that is gone.
    let items: Vec<AnyView> = related.iter().filter_map(|related| Some(item(copy, card(&related.slug)?, related))).collect();
    if items.is_empty() {
        return nothing();
    }
    el("nav")
        .class("story-related")
        .attr("aria-labelledby", TITLE)
        .child(el("h2").class("aside-title").attr("id", TITLE).text(copy.related).view())
        .child(el("ul").class("story-related__list").children(items).view())
        .view()
}

const TITLE: &str = "related-title";

fn item(copy: &'static Copy, card: &Card, related: &Related) -> AnyView {
    let link = link(Place::default().story_href(&card.slug)).class("story-related__link").text(&*card.title);
    let company = card.company.as_deref().unwrap_or((copy.section)(card.section));
    let facts = [company, " · ", &(copy.minutes)(card.minutes())].concat();
    let mut why = Vec::new();
    if !related.tags.is_empty() {
        why.push(reason(copy.related_tags, related.tags.iter().map(|tag| ["#", tag].concat())));
    }
    if !related.words.is_empty() {
        why.push(reason(copy.related_words, related.words.iter().cloned()));
    }
    el("li")
        .class("story-related__item")
        .child(cover(card))
        .child(el("p").class("story-related__title").child(link.view()).view())
        .child(el("p").class("story-related__facts").child(text(facts)).view())
        .child(el("p").class("story-related__why").children(why).view())
        .view()
}

fn reason(label: &'static str, values: impl Iterator<Item = String>) -> AnyView {
    let value = |value: String| [text(" "), el("strong").text(value).view()];
    el("span").text(label).children(values.flat_map(value)).text(" ").view()
}
