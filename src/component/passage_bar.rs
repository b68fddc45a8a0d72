//! What can be done with the passage that is selected, or whose highlight was clicked.

use leptos::prelude::*;

use super::{
    color_buttons::color_buttons,
    note_editor::note_editor,
    note_item::remove_note,
    story_shelf::{BAR, StoryShelf, Target},
};
use crate::{
    copy::Copy,
    dom::{self, clipboard, focus},
    markup::{button, dynamic, el, nothing},
    route::Route,
    shelf::markdown::quotation,
    task::spawn,
};

/// A bar at the edge of the screen that the passage is not at: colours, note, link, quotation. H highlights, M writes a note, B moves the
/// focus into the bar, Esc closes it.
pub(super) fn passage_bar(copy: &'static Copy, here: StoryShelf) -> AnyView {
    let words = &copy.shelf;
    let target = here.target;
    let color = move || target.read().as_ref().filter(|target| target.id.is_some()).map(|target| target.passage.color);
    let copy_text = move |text: fn(&Target) -> String, done: &'static str| {
        let Some(text) = target.with_untracked(|target| target.as_ref().map(text)) else { return };
        spawn(async move {
            let said = if clipboard::copy(&text).await { done } else { words.copy_failed };
            here.shelf.tell(said.to_owned());
        });
    };
    let has_note = move || target.read().as_ref().is_some_and(|target| target.id.is_some());
    let remove = button(move || {
        if let Some(id) = target.get_untracked().and_then(|target| target.id) {
            here.close();
            remove_note(copy, here.shelf, id, super::story_notes::TITLE);
        }
    });
    let editor = dynamic(move || {
        if !here.is_writing.get() {
            return nothing();
        }
        let written = target.with_untracked(|target| target.as_ref().map(|target| target.passage.words.clone())).unwrap_or_default();
        note_editor(copy, format!("{BAR}-field"), written, move |words| here.save(words), move || here.close())
    });
    let actions = el("div")
        .class("passage-bar__actions")
        .hidden(move || here.is_writing.get())
        .child(color_buttons(copy, BAR, color, move |color| here.highlight(color)))
        .child(button(move || here.write()).class("button button--quiet").attr("aria-keyshortcuts", "M").text(words.write_note).view())
        .child(button(move || copy_text(address, words.link_copied)).class("button button--quiet").text(words.copy_link).view())
        .child(
            button(move || copy_text(|target| quotation(&target.passage, &address(target)), words.quote_copied))
                .class("button button--quiet")
                .text(words.copy_quote)
                .view(),
        )
        .child(remove.class("button button--quiet").hidden(move || !has_note()).text(words.remove_note).view())
        .child(button(move || here.close()).class("passage-bar__close").attr("aria-label", words.close).text("×").view());
    el("section")
        .class("passage-bar")
        .attr("id", BAR)
        .attr("aria-label", words.passage_bar)
        .attr_from("data-at", move || target.read().as_ref().is_some_and(|target| target.is_low).then(|| "start".to_owned()))
        .hidden(move || target.read().is_none())
        // A press on a button must not take the selection away before the click.
        .on("mousedown", |event| {
            if !focus::is_typing(event.target().as_ref()) {
                event.prevent_default();
            }
        })
        .child(actions.view())
        .child(editor)
        .view()
}

/// The whole address of the passage.
fn address(target: &Target) -> String {
    dom::absolute_url(&Route::Story(target.passage.slug.clone()).to_href()) + &target.fragment
}
