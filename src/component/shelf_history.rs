//! Stories to go on with, and stories that were read.

use std::sync::Arc;

use leptos::prelude::*;

use super::shelf_card::story_link;
use crate::{
    copy::{Copy, Lang},
    data::Library,
    dom::{clock, focus},
    markup::{button, dynamic, el, nothing, text},
    shelf::{
        Shelf,
        model::{Entry, Key},
    },
};

/// How many stories are offered to go on with: what fits in a glance.
const N_CONTINUE: usize = 3;

const TITLE: &str = "history-title";

/// The stories that were left in the middle, last one first. Nothing where there is none.
pub(crate) fn to_continue(copy: &'static Copy, shelf: Shelf, library: Arc<Library>) -> AnyView {
    let entries = Memo::new(move |_| shelf.model.read().to_continue());
    dynamic(move || {
        let entries = entries.read();
        let open = entries.iter().filter(|entry| library.doc(&entry.slug).is_some()).take(N_CONTINUE);
        let rows: Vec<AnyView> = open.map(|entry| row("continue", entry, &library, percent(copy, entry), nothing())).collect();
        if rows.is_empty() {
            return nothing();
        }
        let list = el("ol").class("shelf-rows").children(rows).view();
        el("section")
            .class("shelf-section")
            .attr("aria-label", copy.shelf.to_continue)
            .child(el("h2").text(copy.shelf.to_continue).view())
            .child(list)
            .view()
    })
}

/// Every story that was read, last one first, with the day; each can be taken out, and all of them.
pub(crate) fn history(copy: &'static Copy, lang: Lang, shelf: Shelf, library: Arc<Library>) -> AnyView {
    let words = &copy.shelf;
    let entries = Memo::new(move |_| shelf.model.read().history());
    let rows = dynamic(move || {
        let entries = entries.read();
        if entries.is_empty() {
            return el("p").class("shelf-section__words").text(words.history_empty).view();
        }
        let row = |entry: &Entry| {
            let day = entry.visit.value.map(|time| clock::long_day(time, lang.as_str())).unwrap_or_default();
            let (slug, title) = (entry.slug.clone(), entry.title().to_owned());
            let name = (words.forget_name)(&title);
            let forget = button(move || {
                let said = (words.forgotten)(&title);
                shelf.remove(said, vec![Key::Entry(slug.clone())], format!("history-{slug}"), |model, now| model.forget_visit(&slug, now));
                focus::focus(TITLE, true);
            });
            row("history", entry, &library, day, forget.class("button button--quiet").attr("aria-label", name).text(words.forget).view())
        };
        el("ol").class("shelf-rows").children(entries.iter().map(row)).view()
    });
    let clear = button(move || {
        let keys = shelf.model.with_untracked(|model| model.entries.iter().map(|entry| Key::Entry(entry.slug.clone())).collect());
        shelf.remove(words.cleared_history.to_owned(), keys, TITLE.to_owned(), |model, now| model.clear_history(now));
        focus::focus(TITLE, true);
    });
    el("section")
        .class("shelf-section")
        .attr("aria-labelledby", TITLE)
        .child(el("h2").target(TITLE).text(words.history).view())
        .child(rows)
        .child(clear.class("button button--quiet").hidden(move || entries.read().is_empty()).text(words.clear_history).view())
        .view()
}

fn percent(copy: &'static Copy, entry: &Entry) -> String {
    entry.place.value.as_ref().map(|place| (copy.shelf.percent)(place.percent)).unwrap_or_default()
}

fn row(list: &str, entry: &Entry, library: &Library, fact: String, action: AnyView) -> AnyView {
    let is_known = library.doc(&entry.slug).is_some();
    let title = if is_known { story_link(list, &entry.slug, entry.title(), entry.place.value.is_some()) } else { text(entry.title()) };
    let fact = el("span").class("shelf-rows__fact").text(fact).view();
    el("li").class("shelf-rows__row").child(title).text(" ").child(fact).child(action).view()
}
