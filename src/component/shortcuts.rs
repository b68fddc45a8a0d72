//! The keys that do something, listed where `?` opens them.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::{
        dialog,
        event::{key_press, on_window},
    },
    markup::{button, el},
};

const DIALOG: &str = "shortcuts";

/// Every key, in the order of the list: what is written on it, and where the words for it are.
const KEYS: [&str; 13] = ["/", "↓ ↑", "Enter", "Esc", "−", "N · Shift N", "F", "L", "M", "J · K", "H", "← →", "?"];

/// The dialog and the button that opens it. Esc closes it, as the browser does for every dialog.
pub(crate) fn shortcuts(copy: &'static Copy) -> [AnyView; 2] {
    on_window("keydown", move |event| {
        let press = key_press(&event);
        if press.key == "?" && !press.typing && !press.composing {
            event.prevent_default();
            dialog::show(DIALOG);
        }
    });
    let row = |(key, does): (&'static str, &'static str)| {
        let keys = key.split(" · ").map(|key| el("kbd").text(key).view());
        el("div").child(el("dt").children(keys).view()).child(el("dd").text(does).view()).view()
    };
    let open = button(|| dialog::show(DIALOG)).class("button button--quiet").text(copy.shortcuts).view();
    let dialog = el("dialog")
        .class("shortcuts")
        .attr("id", DIALOG)
        .attr("aria-label", copy.shortcuts)
        .child(el("h2").text(copy.shortcuts).view())
        .child(el("dl").children(KEYS.into_iter().zip(copy.keys).map(row)).view())
        .child(button(|| dialog::close(DIALOG)).class("button").text(copy.close).view())
        .view();
    [open, dialog]
}
