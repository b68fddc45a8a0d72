//! The browser's side of things. Only this room and `data::fetch` use `web_sys`. Nearly all of it runs in effects and event handlers, which a
//! native render has none of; what a page asks while it is built says [`IS_NATIVE`] and answers as for a browser that knows nothing.

pub(crate) mod channel;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod color;
pub(crate) mod dialog;
pub(crate) mod drag;
pub(crate) mod event;
pub(crate) mod file;
pub(crate) mod focus;
pub(crate) mod idb;
pub(crate) mod matches;
pub(crate) mod near;
pub(crate) mod offline;
pub(crate) mod panic;
pub(crate) mod passage;
mod position;
pub(crate) mod progress;
pub(crate) mod reading;
pub(crate) mod scroll;
pub(crate) mod speech;
pub(crate) mod storage;
pub(crate) mod takeover;
pub(crate) mod timer;
pub(crate) mod turn;

use leptos::prelude::*;

/// Whether pages are rendered without a browser. A constant, so that wasm carries no trace of the other case.
pub(crate) const IS_NATIVE: bool = cfg!(feature = "ssr");

/// Puts the app into the page: start-up content goes at once, a prerendered page when the app has the same to show.
pub fn mount() {
    panic::install();
    let document = document();
    let Some(root) = document.get_element_by_id("app").and_then(|element| wasm_bindgen::JsCast::dyn_into(element).ok()) else {
        leptos::logging::error!("index.html has no element with the id `app` to put the app into");
        return;
    };
    let root: web_sys::HtmlElement = root;
    set_root_attribute("data-started", "");
    let takeover = takeover::Takeover::begin(root);
    mount_to(takeover.root.clone(), move || {
        provide_context(takeover.page());
        crate::App()
    })
    .forget();
}

/// Path of the site's root from `<base href>`, with a slash at the end: `/` or `/repo/`.
pub(crate) fn base_path() -> String {
    #[cfg(feature = "ssr")]
    if let Some(crate::native::BasePath(base)) = use_context() {
        return base;
    }
    let base = document().base_uri().ok().flatten().and_then(|uri| web_sys::Url::new(&uri).ok());
    base.map_or_else(|| "/".to_owned(), |url| url.pathname())
}

/// A link of ours, relative to the site's root, as the whole URL that the router wants.
pub(crate) fn absolute_url(href: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(href, &base).map_or_else(|_| href.to_owned(), |url| url.href())
}

/// Whether an attribute stands in the page's root, where it does not stand any more then.
pub(crate) fn take_root_attribute(name: &str) -> bool {
    if IS_NATIVE {
        return false;
    }
    let root = document().document_element().filter(|root| root.has_attribute(name));
    // The only failure is an invalid attribute name, and ours are constants.
    root.is_some_and(|root| root.remove_attribute(name).is_ok())
}

/// Sets an attribute of `<html>`.
pub(crate) fn set_root_attribute(name: &str, value: &str) {
    if IS_NATIVE {
        return;
    }
    if let Some(root) = document().document_element() {
        // The only failure is an invalid attribute name, and ours are constants.
        let _ = root.set_attribute(name, value);
    }
}

/// Whether `<html>` has an attribute.
pub(crate) fn root_has_attribute(name: &str) -> bool {
    !IS_NATIVE && document().document_element().is_some_and(|root| root.has_attribute(name))
}

/// One step back in the tab's history.
pub(crate) fn history_back() {
    if let Ok(history) = window().history() {
        let _ = history.back();
    }
}

/// Whether the page is in the background.
pub(crate) fn is_hidden() -> bool {
    document().hidden()
}

/// Whether the reader has asked the system for less motion.
pub(crate) fn wants_no_motion() -> bool {
    window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches())
}
