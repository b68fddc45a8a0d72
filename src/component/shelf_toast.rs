//! What was just done, in words, with a way to undo it.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::{
        event::{key_press, on_window},
        focus,
        timer::Debounce,
    },
    markup::{button, dynamic_text, el},
    shelf::Shelf,
    task::effect,
};

/// How long it stays, in milliseconds; longer while the pointer or the focus is in it. Ten seconds is the least that gives everybody time.
const SHOW_FOR: u64 = 12_000;

/// A line at the foot of the screen that is read out when it changes. Ctrl+Z undoes as well.
pub(crate) fn shelf_toast(copy: &'static Copy, shelf: Shelf) -> AnyView {
    let hide = Debounce::new(SHOW_FOR);
    let hide_later = move || {
        hide.call(move || {
            shelf.told.try_set(None);
        });
    };
    let can_undo = move || shelf.told.read().as_ref().is_some_and(crate::shelf::Told::can_undo);
    let undo = move || {
        if let Some(back) = shelf.undo() {
            shelf.tell(copy.shelf.undone.to_owned());
            // What is back is laid out first.
            request_animation_frame(move || request_animation_frame(move || focus::focus(&back, false)));
        }
    };
    effect(move || {
        if shelf.told.read().is_some() {
            hide_later();
        }
    });
    on_window("keydown", move |event| {
        let press = key_press(&event);
        if press.code == "KeyZ" && press.modified && !press.shift && !press.typing && untrack(can_undo) {
            event.prevent_default();
            undo();
        }
    });
    let words = dynamic_text(move || shelf.told.read().as_ref().map(|told| told.words.clone()).unwrap_or_default());
    el("div")
        .class("toast")
        .attr_from("data-shown", move || shelf.told.read().as_ref().map(|_| String::new()))
        .on("pointerover", move |_| {
            hide.cancel();
        })
        .on("pointerout", move |_| hide_later())
        .on("focusin", move |_| {
            hide.cancel();
        })
        .on("focusout", move |_| hide_later())
        // Always there, so that a screen reader knows it before it speaks.
        .child(el("p").class("toast__words").attr("role", "status").attr("aria-live", "polite").child(words).view())
        .child(
            button(undo)
                .class("button toast__undo")
                .attr("aria-keyshortcuts", "Control+Z")
                .hidden(move || !can_undo())
                .text(copy.shelf.undo)
                .view(),
        )
        .view()
}
