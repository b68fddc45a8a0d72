//! What a reader has to know about how their shelf is kept.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::idb::Failure,
    markup::{dynamic, el, fragment, nothing},
    shelf::{Keeping, Shelf},
};

/// Says when the shelf is not stored, or not all of it can be read; nothing while all is well.
pub(crate) fn shelf_state(copy: &'static Copy, shelf: Shelf) -> AnyView {
    let notice = |words: String| el("p").class("shelf-notice").attr("role", "alert").text(words).view();
    dynamic(move || {
        let failure = match shelf.keeping.get() {
            Keeping::InMemory(Failure::Blocked) => notice(copy.shelf.blocked.to_owned()),
            Keeping::InMemory(Failure::Full) => notice(copy.shelf.full.to_owned()),
            Keeping::InMemory(Failure::Newer) => notice(copy.shelf.newer.to_owned()),
            Keeping::Opening | Keeping::Stored => nothing(),
        };
        let damaged = match shelf.n_damaged.get() {
            0 => nothing(),
            n => notice((copy.shelf.damaged)(n)),
        };
        fragment(vec![failure, damaged])
    })
}
