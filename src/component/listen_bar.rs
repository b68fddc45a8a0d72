//! The controls of a story that is read aloud.

use leptos::prelude::*;

use super::listen::{Listen, RATES, State};
use crate::{
    copy::Copy,
    markup::{Element, button, dynamic_text, el},
};

/// The button that begins: for the bar of reading tools. Hidden where the browser cannot speak.
pub(crate) fn listen_button(copy: &'static Copy, listen: Listen) -> AnyView {
    button(move || if listen.state.get_untracked() == State::Off { listen.toggle() } else { listen.stop() })
        .class("button button--quiet")
        .state("aria-pressed", move || listen.state.get() != State::Off)
        .attr("aria-keyshortcuts", "L")
        .hidden(move || !listen.is_there.get())
        .text(copy.listen)
        .view()
}

/// Pause, speed, place and end, while a story is read aloud; or why it is not.
pub(crate) fn listen_bar(copy: &'static Copy, listen: Listen) -> AnyView {
    let state = listen.state;
    let is_speaking = move || state.get() == State::Speaking;
    let label = move || if is_speaking() { copy.listen_pause } else { copy.listen_on }.to_owned();
    let end = move || if state.get() == State::NoVoice { copy.close } else { copy.listen_end }.to_owned();
    let has_voice = move || state.get() != State::NoVoice;
    let said = move || match state.get() {
        State::NoVoice => copy.listen_no_voice.to_owned(),
        State::Failed => copy.listen_failed.to_owned(),
        _ => String::new(),
    };
    let place = move || match (state.get(), listen.place.get()) {
        (State::Speaking | State::Paused, (at, n)) => (copy.listen_place)(at + 1, n),
        _ => String::new(),
    };
    el("div")
        .class("listen-bar")
        .attr("role", "group")
        .attr("aria-label", copy.listen)
        .hidden(move || state.get() == State::Off)
        .child(
            button(move || listen.toggle())
                .class("button button--quiet listen-bar__toggle")
                .attr("aria-keyshortcuts", "L")
                .hidden(move || !has_voice())
                .child(dynamic_text(label))
                .view(),
        )
        .child(rates(copy, listen).hidden(move || !has_voice()).view())
        // Not a live region: a screen reader would talk over the story.
        .child(el("span").class("listen-bar__place").child(dynamic_text(place)).view())
        .child(el("span").class("listen-bar__said").attr("role", "status").child(dynamic_text(said)).view())
        .child(button(move || listen.stop()).class("button button--quiet").child(dynamic_text(end)).view())
        .view()
}

fn rates(copy: &'static Copy, listen: Listen) -> Element {
    let option = |(index, (_, label)): (usize, (f32, &'static str))| {
        let is_chosen = move || (listen.rate.get() == index).then(String::new);
        el("option").attr("value", index.to_string()).attr_from("selected", is_chosen).text(label).view()
    };
    el("select")
        .class("listen-bar__rate")
        .attr("aria-label", copy.listen_rate)
        .on("change", move |event| {
            if let Ok(rate) = event_target_value(&event).parse() {
                listen.choose_rate(rate);
            }
        })
        .children(RATES.into_iter().enumerate().map(option))
}
