//! The frame around every page, and which page stands in it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

use crate::{
    component::{footer::SiteFooter, header::SiteHeader, load_error::LoadErrorPanel, loading::Loading},
    data::{Library, Load, load_library},
    dom::{self, scroll::ScrollMemory},
    markup::dynamic,
    nav::Nav,
    page::{list::ListPage, not_found::NotFoundPage, story::StoryPage},
    prefs::{Prefs, expect_prefs},
    route::Route,
    task::effect,
};

/// The whole app: preferences, router, frame.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Prefs::load());
    let scroll = ScrollMemory::install();
    let base = dom::base_path();
    let router_base = base.trim_end_matches('/').to_owned();
    view! {
        <Router base=router_base>
            <Frame base scroll/>
        </Router>
    }
}

/// Header, the page, footer. Rebuilt when the language changes: everything a reader would miss is in the URL.
#[component]
fn Frame(
    /// Path of the site's root.
    base: String,
    /// Where the reader was on each page.
    scroll: ScrollMemory,
) -> impl IntoView {
    let nav = Nav::new(base, scroll);
    provide_context(nav);
    let prefs = expect_prefs();
    let library = Load::new(load_library);
    effect(move || {
        if let Some(Ok(library)) = &*library.outcome.read() {
            prefs.default_lang(&library.site.lang);
        }
    });
    let settings_open = RwSignal::new(false);
    dynamic(move || {
        let copy = prefs.copy();
        view! {
            <a class="skip-link" href="#content" on:click=move |event| { event.prevent_default(); dom::focus::focus("content", false); }>
                {copy.skip_to_content}
            </a>
            <SiteHeader library=library.outcome settings_open/>
            <main class="site-main" id="content" tabindex="-1">
                {dynamic(move || match library.outcome.get() {
                    None => view! { <Loading/> }.into_any(),
                    Some(Err(error)) => view! { <LoadErrorPanel error on_retry=Callback::new(move |()| library.retry())/> }.into_any(),
                    Some(Ok(library)) => view! { <Pages library/> }.into_any(),
                })}
            </main>
            <SiteFooter/>
        }
        .into_any()
    })
}

/// The page of the current URL.
#[component]
fn Pages(
    /// The archive.
    library: Arc<Library>,
) -> impl IntoView {
    let route = crate::nav::expect_nav().route;
    let index = {
        let library = library.clone();
        Load::new(move || {
            let library = library.clone();
            async move { library.load_index().await }
        })
    };
    dynamic(move || match route.get() {
        Route::List(section) => view! { <ListPage library=library.clone() index section/> }.into_any(),
        Route::Story(slug) => view! { <StoryPage library=library.clone() index slug/> }.into_any(),
        Route::NotFound => view! { <NotFoundPage/> }.into_any(),
    })
}
