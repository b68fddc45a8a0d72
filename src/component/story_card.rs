//! One story in a list.

use std::sync::Arc;

use corpus::{Card, Story};
use leptos::prelude::*;

use super::{
    cover::cover,
    marked::{marked, marked_parts},
    story_meta::story_meta,
    tag_list::tag_list,
};
use crate::{
    copy::Copy,
    dom::{event::key_press, focus},
    finding::Found,
    markup::{dynamic, el, text},
    route::Place,
};

/// Title, facts, tags and the summary; while searching the best passage instead of the summary. `found` marks the title, `quoted` chooses the
/// passage and may come after it. `story` is the body, which is asked for only while searching.
pub(crate) fn story_card(
    copy: &'static Copy,
    card: &Card,
    place: RwSignal<Place>,
    found: Signal<Option<Arc<Found>>>,
    quoted: Signal<Option<Arc<Found>>>,
    story: RwSignal<Option<Arc<Story>>>,
) -> AnyView {
    let title = card.title.clone();
    let title_view = dynamic(move || {
        let ranges = found.read().as_ref().map_or_else(Vec::new, |found| found.ranges(&title));
        marked(&title, &ranges)
    });
    let summary = card.summary.clone();
    let excerpt = dynamic(move || match (&*quoted.read(), &*story.read()) {
        (Some(found), Some(story)) => marked_parts(found.excerpt(&summary, &story.blocks)),
        (Some(found), None) => marked(&summary, &found.ranges(&summary)),
        (None, _) => text(&*summary),
    });
    let slug = card.slug.clone();
    let link = el("a")
        .class(focus::RESULT_LINK)
        // By this id the way back finds the link again.
        .attr("id", format!("story-{slug}"))
        .attr_from("href", move || Some(place.read().story_href(&slug)))
        .on("keydown", |event| {
            let handled = match key_press(&event).key.as_str() {
                "ArrowDown" => focus::step_through_results(1),
                "ArrowUp" => focus::step_through_results(-1),
                "Escape" => {
                    focus::focus(focus::SEARCH_FIELD, false);
                    true
                }
                _ => false,
            };
            if handled {
                event.prevent_default();
            }
        })
        .child(title_view);
    el("article")
        .class("story-card")
        .child(cover(card))
        .child(el("h2").class("story-card__title").child(link.view()).view())
        .child(story_meta(copy, card, None))
        .child(el("p").class("story-card__excerpt").child(excerpt).view())
        .child(tag_list(&card.tags))
        .view()
}
