//! Finding in the story on screen, as the archive's search finds: particles, initials and keyboard layouts included.

use leptos::{html::Input, prelude::*};

use super::match_bar::MatchPosition;
use crate::{
    copy::Copy,
    dom::{event::key_press, timer::Debounce},
    markup::{button, dynamic_text, el},
    task::effect,
};

/// Pause after a keystroke before the story is marked anew, in milliseconds: the whole body is drawn again.
const MARK_AFTER: u64 = 120;

/// The field: hidden until `open`, which empties it and puts the focus there. Enter goes to the next place, with Shift to the one before.
/// `needle` is what is sought; empty when nothing is.
pub(crate) fn find_bar(copy: &'static Copy, open: RwSignal<bool>, needle: RwSignal<String>, at: MatchPosition) -> AnyView {
    let field = NodeRef::<Input>::new();
    let mark = Debounce::new(MARK_AFTER);
    effect(move || {
        if let Some(field) = field.get() {
            if open.get() {
                let _ = field.focus();
                field.select();
            } else if untrack(|| !needle.read().is_empty()) {
                field.set_value("");
                needle.set(String::new());
            }
        }
    });
    let on_input = move |event| {
        let text = event_target_value(&event);
        mark.call(move || needle.set(text));
    };
    let input = view! {
        <input
            node_ref=field
            type="search"
            class="find-bar__field"
            aria-label=copy.find_in_story
            placeholder=copy.find_in_story
            autocomplete="off"
            on:input=on_input
        />
    };
    let said = move || if needle.read().trim().is_empty() { String::new() } else { at.said(copy) };
    el("div")
        .class("find-bar")
        .attr("role", "search")
        .attr("aria-label", copy.find_in_story)
        .hidden(move || !open.get())
        .on("keydown", move |event| {
            let press = key_press(&event);
            if press.key == "Enter" && !press.composing {
                event.prevent_default();
                at.step(!press.shift);
            }
        })
        .child(input.into_any())
        .child(el("span").class("find-bar__said").attr("role", "status").child(dynamic_text(said)).view())
        .child(button(move || open.set(false)).class("button button--quiet").text(copy.close).view())
        .view()
}
