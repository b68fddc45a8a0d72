//! From one marked place of a story to the next.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::{
        event::{key_press, on_window},
        matches,
    },
    markup::{button, dynamic_text, el},
};

/// Where the reader is among the marked places.
#[derive(Clone, Copy)]
pub(crate) struct MatchPosition {
    /// Position of the current place; `None` before the first step.
    current: RwSignal<Option<u32>>,
    n_places: RwSignal<u32>,
}

impl MatchPosition {
    /// Nothing marked yet.
    pub(crate) fn new() -> Self {
        Self { current: RwSignal::new(None), n_places: RwSignal::new(0) }
    }

    /// The body has been shown anew: counts what is marked in it, once it is laid out, and then does `after`.
    pub(crate) fn recount(self, after: impl FnOnce() + 'static) {
        request_animation_frame(move || {
            self.n_places.try_set(matches::count());
            self.current.try_set(None);
            after();
        });
    }

    /// Goes to the passage that answers the search best. False when nothing is marked.
    pub(crate) fn begin(self) -> bool {
        let best = matches::best();
        if let Some(index) = best {
            self.go_to(index);
        }
        best.is_some()
    }

    /// Where the reader is, in words.
    pub(crate) fn said(self, copy: &Copy) -> String {
        (copy.match_place)(self.current.get(), self.n_places.get())
    }

    /// One place on, or back; past the last one it begins again.
    pub(crate) fn step(self, forward: bool) {
        let n = self.n_places.get_untracked();
        if n == 0 {
            return;
        }
        let next = match (self.current.get_untracked(), forward) {
            (None, true) => 0,
            (None, false) => n - 1,
            (Some(at), true) => (at + 1) % n,
            (Some(at), false) => (at + n - 1) % n,
        };
        self.go_to(next);
    }

    fn go_to(self, index: u32) {
        matches::show(index);
        self.current.try_set(Some(index));
    }
}

/// Which of how many places, and the way to the others: two buttons, and the key N with and without Shift. Hidden where nothing is marked.
pub(crate) fn match_bar(copy: &'static Copy, at: MatchPosition) -> AnyView {
    on_window("keydown", move |event| {
        let press = key_press(&event);
        // By its place on the keyboard: a Korean layout types ㅜ there.
        if press.code == "KeyN" && !press.typing && !press.modified && !press.composing {
            at.step(!press.shift);
        }
    });
    let step = |forward: bool, label: &'static str, sign: &'static str| {
        button(move || at.step(forward))
            .class("match-bar__step")
            .attr("aria-label", label)
            .attr("title", label)
            .attr("aria-keyshortcuts", if forward { "N" } else { "Shift+N" })
            .text(sign)
            .view()
    };
    let place = dynamic_text(move || at.said(copy));
    el("div")
        .class("match-bar")
        .attr("role", "group")
        .attr("aria-label", copy.matches)
        .hidden(move || at.n_places.get() == 0)
        .child(el("span").class("match-bar__place").attr("role", "status").child(place).view())
        .child(step(false, copy.previous_match, "↑"))
        .child(step(true, copy.next_match, "↓"))
        .view()
}
