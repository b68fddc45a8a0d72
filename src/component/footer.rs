//! The foot of every page.

use leptos::prelude::*;

use crate::prefs::expect_prefs;

/// The line under the archive.
#[component]
pub(crate) fn SiteFooter() -> impl IntoView {
    let copy = expect_prefs().copy();
    view! { <footer class="site-footer"><p>{copy.tagline}</p></footer> }
}
