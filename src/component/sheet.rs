//! What stands beside the text on a wide screen and in a sheet over the lower part of a narrow one.

use leptos::prelude::*;

use crate::{
    dom::{
        event::{key_press, on_window},
        focus,
    },
    markup::{Element, button, el},
};

/// A sheet under construction: hand its parts to the page.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    /// Id of the panel.
    id: &'static str,
    open: RwSignal<bool>,
}

impl Sheet {
    /// A closed sheet. Esc closes it.
    pub(crate) fn new(id: &'static str) -> Self {
        let sheet = Self { id, open: RwSignal::new(false) };
        on_window("keydown", move |event| {
            if key_press(&event).key == "Escape" && sheet.open.get_untracked() {
                event.prevent_default();
                sheet.close();
            }
        });
        sheet
    }

    fn toggle_id(self) -> String {
        format!("{}-toggle", self.id)
    }

    /// Closes the sheet; the focus goes back to the button that opened it.
    pub(crate) fn close(self) {
        if self.open.get_untracked() {
            self.open.set(false);
            focus::focus(&self.toggle_id(), true);
        }
    }

    /// The button that opens the sheet; not there on wide screens.
    pub(crate) fn toggle(self, label: &'static str) -> Element {
        let press = move || {
            self.open.update(|open| *open = !*open);
            if self.open.get_untracked() {
                request_animation_frame(move || focus::focus(self.id, true));
            }
        };
        button(press)
            .attr("id", self.toggle_id())
            .attr("aria-controls", self.id)
            .state("aria-expanded", move || self.open.get())
            .text(label)
    }

    /// The panel and what lies behind it. `done` is what its closing button says.
    pub(crate) fn panel(self, content: Vec<AnyView>, done: AnyView) -> [AnyView; 2] {
        // A press beside the sheet closes it. Not a button: who does not see it has Esc and the sheet's own button.
        let veil = el("div").class("sheet__veil").hidden(move || !self.open.get()).on("click", move |_| self.close());
        let done = button(move || self.close()).class("button sheet__done").child(done);
        let panel = el("div")
            .class("sheet")
            .target(self.id)
            .attr_from("data-open", move || self.open.get().then(String::new))
            .children(content)
            .child(done.view());
        [veil.view(), panel.view()]
    }
}
