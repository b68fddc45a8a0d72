//! What the search field offers: a row of suggestions under it while the reader types, the last searches while it is empty.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::focus,
    facet::Facet,
    markup::{button, dynamic, el, fragment, nothing},
    nav::{Nav, Step},
    suggest::{Suggestion, without_last_word},
};

/// Id of the list, which the field names as what it controls.
pub(crate) const SUGGESTIONS: &str = "suggestions";

/// The list below the field, and the offer in it that Enter would take.
#[derive(Clone, Copy)]
pub(crate) struct Suggestions {
    /// What is offered now; empty when nothing is to be shown.
    offers: Memo<Vec<Suggestion>>,
    /// The reader is at the field and has not sent the offers away.
    engaged: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
}

impl Suggestions {
    /// `suggested` is what fits the typed text.
    pub(crate) fn new(nav: Nav, suggested: Signal<Vec<Suggestion>>) -> Self {
        let engaged = RwSignal::new(false);
        let active = RwSignal::new(None);
        let offers = Memo::new(move |_| {
            if !engaged.get() {
                Vec::new()
            } else if nav.typed.read().is_empty() {
                nav.recent.get().into_iter().map(Suggestion::Text).collect()
            } else {
                suggested.get()
            }
        });
        Self { offers, engaged, active }
    }

    /// The reader came to the field or typed: offers are welcome, none is taken yet.
    pub(crate) fn engage(self) {
        self.engaged.set(true);
        self.active.set(None);
    }

    /// Sends the offers away until the reader types again.
    pub(crate) fn dismiss(self) {
        self.engaged.set(false);
        self.active.set(None);
    }

    /// Whether there is something to offer. Tracked.
    pub(crate) fn is_open(self) -> bool {
        !self.offers.read().is_empty()
    }

    /// Id of the offer that Enter would take. Tracked.
    pub(crate) fn active_id(self) -> Option<String> {
        self.active.get().filter(|_| self.is_open()).map(option_id)
    }

    /// Whether an offer is chosen by the arrow keys.
    pub(crate) fn is_active(self) -> bool {
        self.active.get_untracked().is_some()
    }

    /// Goes into the row from the field. False when there is none or the reader is in it already.
    pub(crate) fn enter(self) -> bool {
        let enters = !self.is_active() && self.offers.with_untracked(|offers| !offers.is_empty());
        if enters {
            self.activate(Some(0));
        }
        enters
    }

    /// Back from the row to the text.
    pub(crate) fn leave(self) -> bool {
        let was_active = self.is_active();
        self.activate(None);
        was_active
    }

    /// The reader goes on to the results: the row stays, nothing in it is chosen.
    pub(crate) fn leave_for_results(self) -> bool {
        self.activate(None);
        true
    }

    /// Along the row; it ends at its ends.
    pub(crate) fn step(self, forward: bool) -> bool {
        let Some(at) = self.active.get_untracked() else { return false };
        let last = self.offers.with_untracked(Vec::len).saturating_sub(1);
        self.activate(Some(if forward { (at + 1).min(last) } else { at.saturating_sub(1) }));
        true
    }

    fn activate(self, at: Option<usize>) {
        self.active.set(at);
        if let Some(at) = at {
            focus::reveal(&option_id(at));
        }
    }

    /// Takes the offer chosen by the arrow keys. False when there is none.
    pub(crate) fn take_active(self, nav: Nav) -> bool {
        let offer = self.active.get_untracked().and_then(|at| self.offers.with_untracked(|offers| offers.get(at).cloned()));
        let is_taken = offer.is_some();
        if let Some(offer) = offer {
            self.take(nav, offer);
        }
        is_taken
    }

    fn take(self, nav: Nav, offer: Suggestion) {
        self.dismiss();
        match offer {
            Suggestion::Tag(tag) => nav.refine(move |query| {
                query.q = without_last_word(&query.q).to_owned();
                query.choose(Facet::Tags, &tag, false);
            }),
            Suggestion::Company(company) => nav.refine(move |query| {
                query.q = without_last_word(&query.q).to_owned();
                query.choose(Facet::Companies, &company, false);
            }),
            Suggestion::Story { slug, .. } => {
                let href = nav.place.with_untracked(|place| place.story_href(&slug));
                nav.go(&href, Step::Push);
            }
            Suggestion::Text(text) => {
                nav.search(text);
                nav.flush_search();
            }
        }
    }
}

fn option_id(at: usize) -> String {
    format!("suggestion-{at}")
}

/// The row. A click takes an offer; the focus stays in the field.
pub(crate) fn suggestions_view(copy: &'static Copy, nav: Nav, suggestions: Suggestions) -> AnyView {
    let rows = dynamic(move || {
        let kind = |offer: &Suggestion| match offer {
            Suggestion::Tag(_) => copy.tags,
            Suggestion::Company(_) => copy.companies,
            Suggestion::Story { .. } => copy.story,
            Suggestion::Text(_) => "",
        };
        let row = |(at, offer): (usize, Suggestion)| {
            let kind = kind(&offer);
            let name = el("span").class("suggestions__name").text(offer.label()).view();
            let kind = if kind.is_empty() { nothing() } else { el("span").class("suggestions__kind").text(kind).view() };
            el("li")
                .class("suggestions__option")
                .attr("id", option_id(at))
                .attr("role", "option")
                .state("aria-selected", move || suggestions.active.get() == Some(at))
                .on("click", move |_| suggestions.take(nav, offer.clone()))
                .children([name, kind])
                .view()
        };
        fragment(suggestions.offers.get().into_iter().enumerate().map(row).collect())
    });
    let list = el("ul")
        .class("suggestions__list")
        .attr("id", SUGGESTIONS)
        .attr("role", "listbox")
        .attr("aria-label", copy.suggestions)
        .child(rows);
    let clear = button(move || nav.recent.clear())
        .class("button button--quiet")
        .hidden(move || !nav.typed.read().is_empty())
        .text(copy.clear_recent);
    el("div")
        .class("suggestions")
        .attr_from("data-recent", move || nav.typed.read().is_empty().then(String::new))
        .hidden(move || !suggestions.is_open())
        // The field keeps the focus: losing it would take the list away before the click arrives.
        .on("mousedown", |event| event.prevent_default())
        .child(list.view())
        .child(clear.view())
        .view()
}
