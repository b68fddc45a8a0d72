//! Waiting.

use leptos::prelude::*;

use crate::prefs::expect_prefs;

/// The shape of a list while it loads. Style keeps it invisible for the first 400 ms, so that fast loads do not flicker.
#[component]
pub(crate) fn Loading() -> impl IntoView {
    let copy = expect_prefs().copy();
    view! {
        <div class="loading" role="status">
            <span class="visually-hidden">{copy.loading}</span>
            <div class="loading__bar"></div>
            <div class="loading__bar"></div>
            <div class="loading__bar"></div>
        </div>
    }
}
