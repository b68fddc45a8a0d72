//! One highlight or note in a list.

use leptos::prelude::*;

use super::{color_buttons::color_buttons, note_editor::note_editor};
use crate::{
    copy::Copy,
    dom::{
        event::{Event, is_plain_click},
        focus,
    },
    markup::{button, dynamic, dynamic_text, el, link, nothing},
    shelf::{
        Shelf,
        model::{Key, Passage},
    },
};

/// Id of a note in a list.
pub(super) fn item_id(id: &str) -> String {
    format!("memo-item-{id}")
}

/// The passage, which leads to its place in the story (`href`; `on_go` may go there instead), the words, and what can be done with both.
/// `heading` is the id of what takes the focus when the note is gone.
pub(super) fn note_item(
    copy: &'static Copy,
    shelf: Shelf,
    id: String,
    href: Option<String>,
    is_lost: Signal<Vec<String>>,
    heading: &'static str,
    on_go: impl Fn(&str) -> bool + 'static,
) -> AnyView {
    let words = &copy.shelf;
    let passage = {
        let id = id.clone();
        Memo::new(move |_| shelf.model.read().passage(&id).cloned())
    };
    let is_editing = RwSignal::new(false);
    let change = {
        let id = id.clone();
        move |change: &dyn Fn(&mut Passage)| {
            let Some(mut passage) = passage.get_untracked() else { return };
            change(&mut passage);
            shelf.change(|model, now| model.note(&id, Some(passage), now));
        }
    };
    let edit_id = format!("memo-edit-{id}");
    let end_editing = {
        let edit_id = edit_id.clone();
        move || {
            is_editing.set(false);
            let edit_id = edit_id.clone();
            request_animation_frame(move || focus::focus(&edit_id, true));
        }
    };
    let quote = dynamic_text(move || passage.read().as_ref().map(|passage| passage.quote.exact.clone()).unwrap_or_default());
    let quote = match href {
        Some(href) => {
            let id = id.clone();
            let go = move |event: Event| {
                if is_plain_click(&event) && on_go(&id) {
                    event.prevent_default();
                }
            };
            link(href).class("note__go").attr("title", words.go_to).on("click", go).child(quote).view()
        }
        None => quote,
    };
    let lost = {
        let id = id.clone();
        move || is_lost.read().contains(&id)
    };
    let written = move || passage.read().as_ref().map(|passage| passage.words.clone()).unwrap_or_default();
    let editor = {
        let (id, change, end_editing) = (id.clone(), change.clone(), end_editing.clone());
        dynamic(move || {
            if !is_editing.get() {
                return nothing();
            }
            let (change, end, cancel) = (change.clone(), end_editing.clone(), end_editing.clone());
            let save = move |words: String| {
                change(&|passage| passage.words.clone_from(&words));
                shelf.tell(copy.shelf.note_saved.to_owned());
                end();
            };
            note_editor(copy, field_id(&id), untrack(written), save, cancel)
        })
    };
    let edit = {
        let id = id.clone();
        button(move || {
            is_editing.set(true);
            let id = field_id(&id);
            request_animation_frame(move || focus::focus_end(&id));
        })
    };
    let edit_label = dynamic_text(move || if written().is_empty() { words.write_note } else { words.edit_note }.to_owned());
    let color = move || passage.read().as_ref().map(|passage| passage.color);
    let colors = color_buttons(copy, &format!("memo-color-{id}"), color, move |color| change(&|passage| passage.color = color));
    let remove = {
        let id = id.clone();
        button(move || remove_note(copy, shelf, id.clone(), heading))
    };
    let actions = el("div")
        .class("note__actions")
        .hidden(move || is_editing.get())
        .child(edit.class("button button--quiet").attr("id", edit_id).child(edit_label).view())
        .child(colors)
        .child(remove.class("button button--quiet").text(words.remove_note).view());
    el("li")
        .class("note")
        .target(item_id(&id))
        .attr_from("data-color", move || color().map(|color| color.as_str().to_owned()))
        .child(el("blockquote").class("note__quote").child(quote).view())
        .child(el("p").class("note__lost").hidden(move || !lost()).text(words.not_found).view())
        .child(el("p").class("note__words").hidden(move || written().is_empty() || is_editing.get()).child(dynamic_text(written)).view())
        .child(editor)
        .child(actions.view())
        .view()
}

fn field_id(id: &str) -> String {
    format!("memo-field-{id}")
}

/// Removes a note; it can be undone. `heading` takes the focus.
pub(super) fn remove_note(copy: &'static Copy, shelf: Shelf, id: String, heading: &str) {
    let words = copy.shelf.note_removed.to_owned();
    shelf.remove(words, vec![Key::Note(id.clone())], item_id(&id), |model, now| model.note(&id, None, now));
    focus::focus(heading, true);
}
