//! The bar over a story that is being read: how far, how long still, and the tools of reading.

use leptos::prelude::*;

use super::{listen::Listen, listen_bar::listen_button, sheet::Sheet};
use crate::{
    copy::Copy,
    dom::{
        dialog,
        event::{key_press, on_window},
        progress::Progress,
        set_root_attribute,
    },
    markup::{button, dynamic_text, el},
    task::effect,
};

/// Which tools are in use. One for each story page.
#[derive(Clone, Copy)]
pub(crate) struct Tools {
    /// The field that finds in this story is open.
    pub(crate) find: RwSignal<bool>,
    /// Nothing but the story is shown.
    focus: RwSignal<bool>,
}

impl Tools {
    /// None in use. F opens the field, M shows nothing but the story, Esc ends either; by the keys' place, whatever they type.
    pub(crate) fn new() -> Self {
        let tools = Self { find: RwSignal::new(false), focus: RwSignal::new(false) };
        effect(move || set_root_attribute("data-focus-mode", if tools.focus.get() { "on" } else { "off" }));
        on_cleanup(|| set_root_attribute("data-focus-mode", "off"));
        on_window("keydown", move |event| {
            let press = key_press(&event);
            let handled = match press.code.as_str() {
                _ if press.composing => false,
                "Escape" => {
                    let open = if tools.find.get_untracked() { tools.find } else { tools.focus };
                    let was_open = open.get_untracked();
                    open.set(false);
                    was_open
                }
                _ if press.typing || press.modified || press.shift => false,
                "KeyF" => {
                    tools.find.set(true);
                    true
                }
                "KeyM" => {
                    tools.focus.update(|focus| *focus = !*focus);
                    true
                }
                _ => false,
            };
            if handled {
                event.prevent_default();
            }
        });
        tools
    }
}

/// The bar. `minutes` is the time that the whole story takes; `contents` the sheet of its table of contents, if it has one.
pub(crate) fn reading_bar(
    copy: &'static Copy,
    tools: Tools,
    listen: Listen,
    progress: RwSignal<Progress>,
    minutes: u32,
    contents: impl Fn() -> Option<Sheet> + Send + 'static,
) -> AnyView {
    let left = move || {
        let percent = progress.get().percent;
        // Rounded up: "0 minutes" is for who has finished.
        (copy.minutes_left)((minutes * (100 - percent)).div_ceil(100))
    };
    let line = view! { <progress class="reading-bar__line" max="100" prop:value=move || progress.get().percent aria-label=copy.progress></progress> };
    let find = button(move || tools.find.update(|open| *open = !*open))
        .class("button button--quiet")
        .state("aria-expanded", move || tools.find.get())
        .attr("aria-keyshortcuts", "F")
        .text(copy.find_here);
    let focus = button(move || tools.focus.update(|focus| *focus = !*focus))
        .class("button button--quiet")
        .state("aria-pressed", move || tools.focus.get())
        .attr("aria-keyshortcuts", "M")
        .text(copy.focus_mode);
    let print = button(dialog::print).class("button button--quiet reading-bar__print").text(copy.print);
    el("div")
        .class("reading-bar")
        .attr("role", "group")
        .attr("aria-label", copy.reading_tools)
        .child(crate::markup::dynamic(move || {
            contents()
                .map_or_else(crate::markup::nothing, |sheet| sheet.toggle(copy.contents).class("button button--quiet sheet-toggle").view())
        }))
        .child(el("span").class("reading-bar__left").child(dynamic_text(left)).view())
        .child(find.view())
        .child(listen_button(copy, listen))
        .child(focus.view())
        .child(print.view())
        .child(line.into_any())
        .view()
}
