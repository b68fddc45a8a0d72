//! The frame around every page, and which page stands in it.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

use crate::{
    component::{
        footer::site_footer,
        header::site_header,
        load_error::load_error,
        loading::{Shape, loading},
    },
    data::{Load, load_library},
    dom::{self, scroll::ScrollMemory},
    finding::{Searching, use_found},
    later::{Later, signs},
    markup::{dynamic, el, fragment, link, nothing},
    nav::Nav,
    page::{PageContext, list::list_page, not_found::not_found_page},
    prefs::Prefs,
    route::Route,
    suggest::use_suggested,
    task::effect,
};

/// Id of the page's main part, where the skip link leads.
const CONTENT: &str = "content";

/// The whole app: preferences, router, frame.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let prefs = Prefs::load();
    let scroll = ScrollMemory::install();
    let base = dom::base_path();
    let router_base = base.trim_end_matches('/').to_owned();
    view! { <Router base=router_base>{move || frame(base.clone(), prefs, scroll)}</Router> }
}

/// Header, the page, footer. Rebuilt when the language changes: everything a reader would miss is in the URL.
fn frame(base: String, prefs: Prefs, scroll: ScrollMemory) -> AnyView {
    let nav = Nav::new(base, scroll);
    let library = Load::new(load_library);
    let speak = move || {
        if let Some(library) = library.loaded() {
            prefs.default_lang(&library.site.lang);
        }
    };
    if dom::IS_NATIVE {
        speak();
    } else {
        effect(speak);
    }
    effect(move || {
        if library.get().is_some_and(|outcome| outcome.is_err()) {
            nav.show();
        }
    });
    let counts = Signal::derive(move || library.loaded().map(|library| library.counts));
    let is_acting = signs();
    // Once it is wanted it stays so: what is wanted again would be loaded again.
    let is_search_wanted = Memo::new(move |before| before == Some(&true) || is_acting.get() || nav.place.read().query.is_search());
    let index = Load::new(move || {
        let library = library.loaded().filter(|_| is_search_wanted.get());
        async move {
            match library {
                Some(library) => library.load_index().await,
                // Asked for again once the library is there, and somebody wants to search in it.
                None => std::future::pending().await,
            }
        }
    });
    let searching = Searching { index, found: use_found(nav, index) };
    let suggested = use_suggested(nav, library, searching);
    let settings_open = RwSignal::new(false);
    let later = Later::load(Memo::new(move |before| {
        before == Some(&true) || dom::IS_NATIVE || is_acting.get() || !matches!(nav.route.get(), Route::List(_) | Route::NotFound)
    }));
    dynamic(move || {
        let lang = prefs.lang.get();
        let copy = lang.copy();
        // Until the archive is there, the interface's own words stand for it.
        let title = Signal::derive(move || library.loaded().map_or(copy.site.to_owned(), |it| copy.site_title(&it.site).to_owned()));
        let tagline = Signal::derive(move || library.loaded().map_or(copy.tagline.to_owned(), |it| copy.site_tagline(&it.site).to_owned()));
        let content = dynamic(move || match library.get() {
            None => loading(copy, shape_of(&nav.route.read())),
            Some(Err(error)) => load_error(copy, &error, move || library.retry()),
            Some(Ok(library)) => pages(PageContext { copy, lang, nav, prefs, library, searching }, later),
        });
        let skip = link(format!("#{CONTENT}")).class("skip-link").text(copy.skip_to_content).on("click", |event| {
            event.prevent_default();
            dom::focus::focus(CONTENT, false);
        });
        fragment(vec![
            skip.view(),
            site_header(copy, title, nav, prefs, counts, settings_open, suggested),
            el("main").class("site-main").target(CONTENT).child(content).view(),
            site_footer(copy, tagline),
            dynamic(move || later.loaded().map_or_else(nothing, |later| later.toasts(copy))),
        ])
    })
}

/// The page of the current URL.
fn pages(context: PageContext, later: Load<Later>) -> AnyView {
    let PageContext { copy, nav, prefs, library, searching, .. } = context.clone();
    dynamic(move || match nav.route.get() {
        Route::List(scope) => list_page(copy, nav, prefs, library.clone(), searching, scope),
        Route::NotFound => not_found_page(copy, nav, &library),
        route => {
            let context = context.clone();
            dynamic(move || match later.get() {
                None => loading(copy, shape_of(&route)),
                Some(Err(error)) => load_error(copy, &error, move || later.retry()),
                Some(Ok(later)) => later.page(context.clone(), &route),
            })
        }
    })
}

/// What stands where a page will be.
fn shape_of(route: &Route) -> Shape {
    if matches!(route, Route::List(_)) { Shape::ListPage } else { Shape::Text }
}
