//! Keeping the site on the device for reading without a network: asked for, seen to grow, repaired and removed here.

use leptos::prelude::*;

use crate::{
    component::load_error::explanation,
    copy::{Copy, OfflineCopy},
    dom::{focus, offline::Lack},
    markup::{button, dynamic_text, el},
    offline::{Failure, Offline, Purpose, State},
};

/// Id of the line that says how it stands. The focus goes there when the button that had it goes.
const WORDS: &str = "offline-words";

/// A section of the shelf's page.
pub(crate) fn offline_panel(copy: &'static Copy, offline: Offline) -> AnyView {
    let words = copy.offline;
    let state = offline.state;
    let said = dynamic_text(move || state.with(|state| words_of(copy, state)));
    let progress = move || {
        state.with(|state| match state {
            State::Keeping { n_here, n_stories, percent } => ((words.keeping)(*n_here, *n_stories), *percent),
            _ => (String::new(), 0),
        })
    };
    let bar = el("progress")
        .class("offline__bar")
        .attr("aria-label", words.progress)
        .attr("max", "100")
        .attr_from("value", move || Some(progress().1.to_string()));
    let choice = |label, is_offered: fn(&State) -> bool, act: fn(Offline)| {
        let press = move || {
            act(offline);
            focus::focus(WORDS, true);
        };
        button(press).class("button").hidden(move || !state.with(is_offered)).text(label).view()
    };
    let is_asking = |state: &State| matches!(state, State::Asking { .. });
    let is_kept = |state: &State| matches!(state, State::Kept { .. } | State::Broken(_));
    let choices = vec![
        choice(words.save, |state| matches!(state, State::Off), |offline| offline.begin(Purpose::Ask)),
        choice(words.confirm, is_asking, |offline| offline.begin(Purpose::Save)),
        choice(words.cancel, is_asking, Offline::cancel),
        choice(words.stop, |state| matches!(state, State::Keeping { .. }), Offline::stop),
        choice(words.repair, is_kept, |offline| offline.begin(Purpose::Repair)),
        choice(words.remove, is_kept, Offline::remove),
    ];
    el("section")
        .class("shelf-section")
        .attr("aria-label", words.title)
        .child(el("h2").text(words.title).view())
        .child(el("p").class("shelf-section__words").text(words.intro).view())
        .child(el("p").class("offline__words").target(WORDS).attr("role", "status").child(said).view())
        .child(
            el("div")
                .class("offline__progress")
                .hidden(move || !state.with(|state| matches!(state, State::Keeping { .. })))
                .child(bar.view())
                .child(el("span").child(dynamic_text(move || progress().0)).view())
                .view(),
        )
        .child(el("div").class("shelf-files").children(choices).view())
        .view()
}

/// How it stands. Progress is not said: a screen reader would read out every story.
fn words_of(copy: &Copy, state: &State) -> String {
    let words: &OfflineCopy = copy.offline;
    match state {
        State::Looking | State::Off | State::Keeping { .. } => String::new(),
        State::Unable(Lack::Https) => words.needs_https.to_owned(),
        State::Unable(Lack::Workers) => words.needs_worker.to_owned(),
        State::Asking { n_stories, bytes } => (words.ask)(*n_stories, *bytes),
        State::Kept { n_here, n_stories, n_fetched } => {
            let kept = (words.kept)(*n_here, *n_stories);
            n_fetched.map_or(kept.clone(), |n_fetched| format!("{kept}. {}", (words.repaired)(n_fetched)))
        }
        State::Broken(Failure::Stopped) => words.stopped.to_owned(),
        State::Broken(Failure::Load(error)) => explanation(copy, error),
        State::Broken(Failure::Differs(file)) => (words.differs)(file),
        State::Broken(Failure::Full) => words.full.to_owned(),
        State::Broken(Failure::Refused) => words.refused.to_owned(),
    }
}
