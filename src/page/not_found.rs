//! Addresses where nothing lives.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{dom::focus::PAGE_TITLE, nav::expect_nav, prefs::expect_prefs, route::Route, task::effect};

/// An address that is no page.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let copy = expect_prefs().copy();
    view! { <Missing title=copy.unknown_page help=copy.unknown_page_help/> }
}

/// A story that is not in the archive.
#[component]
pub(crate) fn UnknownStory() -> impl IntoView {
    let copy = expect_prefs().copy();
    view! { <Missing title=copy.unknown_story help=copy.unknown_story_help/> }
}

#[component]
fn Missing(title: &'static str, help: &'static str) -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    effect(move || nav.arrive());
    view! {
        <Title text=format!("{title} · {}", copy.site)/>
        <section class="missing">
            <h1 class="page-title" id=PAGE_TITLE tabindex="-1">{title}</h1>
            <p>{help}</p>
            <p><a class="button" href=Route::List(None).to_href()>{copy.to_home}</a></p>
        </section>
    }
}
