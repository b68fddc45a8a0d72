//! Tells readers who keep the site on their device that there is a newer one. Nothing changes under them: it waits to be asked.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    markup::{button, dynamic_text, el},
    offline::{Offline, Purpose, State},
};

/// A line at the foot of the screen, above the one that tells what was done.
pub(crate) fn offline_news(copy: &'static Copy, offline: Offline) -> AnyView {
    let words = copy.offline;
    let said = dynamic_text(move || {
        offline.state.with(|state| match state {
            _ if !offline.has_news.get() => String::new(),
            State::Keeping { n_here, n_stories, .. } => (words.keeping)(*n_here, *n_stories),
            _ => words.news.to_owned(),
        })
    });
    let is_hidden = move || !offline.has_news.get() || offline.state.with(|state| matches!(state, State::Keeping { .. }));
    let choice = |label, act: fn(Offline)| button(move || act(offline)).class("button toast__undo").hidden(is_hidden).text(label).view();
    el("div")
        .class("toast toast--news")
        .attr_from("data-shown", move || offline.has_news.get().then(String::new))
        .child(el("p").class("toast__words").attr("role", "status").child(said).view())
        .child(choice(words.reload, |offline| offline.begin(Purpose::Renew)))
        .child(choice(words.not_now, Offline::hush))
        .view()
}
