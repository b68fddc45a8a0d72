//! The field for a note.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::event::key_press,
    markup::{button, el},
};

/// A field with these words in it, and the buttons that end writing. Ctrl+Enter saves, Esc leaves all as it was.
pub(super) fn note_editor(
    copy: &'static Copy,
    id: String,
    words: String,
    on_save: impl Fn(String) + Clone + 'static,
    on_cancel: impl Fn() + Clone + 'static,
) -> AnyView {
    let typed = StoredValue::new(words.clone());
    let (save_by_key, cancel_by_key) = (on_save.clone(), on_cancel.clone());
    let field = el("textarea")
        .class("note-editor__field")
        .attr("id", id)
        .attr("rows", "3")
        .attr("aria-label", copy.shelf.note_field)
        .on("input", move |event| typed.set_value(event_target_value(&event)))
        .text(words);
    el("div")
        .class("note-editor")
        .on("keydown", move |event| {
            let press = key_press(&event);
            match press.key.as_str() {
                "Escape" if !press.composing => cancel_by_key(),
                "Enter" if press.modified && !press.composing => save_by_key(typed.get_value()),
                _ => return,
            }
            event.prevent_default();
        })
        .child(field.view())
        .child(
            el("div")
                .class("note-editor__end")
                .child(button(move || on_save(typed.get_value())).class("button").text(copy.shelf.save).view())
                .child(button(on_cancel).class("button button--quiet").text(copy.shelf.cancel).view())
                .view(),
        )
        .view()
}
