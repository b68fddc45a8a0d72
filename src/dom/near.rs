//! Noticing that the reader comes near the end of what is shown.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::{IS_NATIVE, focus};

/// How far ahead of the window an element counts as near, in its height and width. Less shows the end of the list to a fast finger,
/// more builds cards that nobody gets to.
const MARGIN: &str = "200%";

/// Calls `act` whenever the element with this id is near the window, again and again until it no longer is, at most once a frame; until
/// the current owner goes. Not while the element has the focus: it must not move away from who is about to press it.
pub(crate) fn when_near(id: &'static str, act: impl Fn() + 'static) {
    if IS_NATIVE {
        return;
    }
    let observer: StoredValue<Option<IntersectionObserver>, LocalStorage> = StoredValue::new_local(None);
    let watch = move || {
        let element = document().get_element_by_id(id);
        observer.try_with_value(|observer| {
            if let (Some(observer), Some(element)) = (observer, &element) {
                // Observing anew reports where the element is now, even if that has not changed.
                observer.unobserve(element);
                observer.observe(element);
            }
        });
    };
    let report = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let last = entries.iter().last().and_then(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
        if last.is_some_and(|entry| entry.is_intersecting()) && focus::focused_id().as_deref() != Some(id) {
            act();
            request_animation_frame(watch);
        }
    });
    request_animation_frame(move || {
        let options = IntersectionObserverInit::new();
        options.set_root_margin(MARGIN);
        if let Ok(new) = IntersectionObserver::new_with_options(report.into_js_value().unchecked_ref(), &options) {
            // The owner may be gone by now.
            if observer.try_set_value(Some(new)).is_none() {
                watch();
            }
        }
    });
    on_cleanup(move || {
        if let Some(observer) = observer.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}
