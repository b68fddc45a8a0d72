//! Turning from a list to a story and back: the browser blends two pictures of the page, and carries the cover and the title of the
//! card over. Where it cannot, and for readers who want no motion, the page simply changes.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::HtmlElement;

use crate::task::{spawn, tick_effects};

/// What of a card is carried over, by class, and the names that `style/block/story.css` gives the same parts of a story's page.
const CARRIED: [(&str, &str); 2] = [(".cover", "story-cover"), (".story-card__title", "story-title")];

/// Lets `change` change the page, to or from the story of this name. `place` then puts the new page where its reader begins, before it
/// is seen. Where the browser takes a picture first, `change` comes a frame later, else at once and without `place`.
pub(crate) fn turn(slug: &str, change: impl FnOnce() + 'static, place: impl FnOnce() + 'static) {
    let document = document();
    let start = Reflect::get(&document, &"startViewTransition".into()).ok().and_then(|start| start.dyn_into::<Function>().ok());
    let Some(start) = start.filter(|_| !super::wants_no_motion()) else { return change() };
    let card = format!("#story-{slug}");
    name_parts(&card);
    let update = Closure::once_into_js(move || -> Promise {
        change();
        future_to_promise(async move {
            tick_effects().await;
            place();
            name_parts(&card);
            Ok(JsValue::UNDEFINED)
        })
    });
    let Ok(turning) = start.call1(&document, &update) else { return };
    let promise = |name: &str| Reflect::get(&turning, &name.into()).ok().and_then(|promise| promise.dyn_into::<Promise>().ok());
    // Each rejects when the next turn comes too soon, which is nobody's fault: awaiting them keeps the console quiet.
    for promise in ["ready", "updateCallbackDone"].into_iter().filter_map(promise) {
        spawn(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
    if let Some(finished) = promise("finished") {
        spawn(async move {
            let _ = JsFuture::from(finished).await;
            forget_names();
        });
    }
}

/// Names the parts of the card that holds this link, if it is in sight: what is not would fly in from nowhere.
fn name_parts(link: &str) {
    // Where the card is, is asked before names change: the browser need not work out the page's layout anew.
    let card = document().query_selector(link).ok().flatten().and_then(|link| link.closest("article").ok().flatten());
    let Some(card) = card.filter(|card| {
        let area = card.get_bounding_client_rect();
        let screen = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        0.0 < area.bottom() && area.top() < screen
    }) else {
        return forget_names();
    };
    forget_names();
    for (part, name) in CARRIED {
        if let Some(part) = card.query_selector(part).ok().flatten().and_then(|part| part.dyn_into::<HtmlElement>().ok()) {
            let _ = part.style().set_property("view-transition-name", name);
        }
    }
}

/// Takes the names from whatever card has them: each may stand once in a page.
fn forget_names() {
    let Ok(named) = document().query_selector_all(".story-card [style]") else { return };
    for part in (0..named.length()).filter_map(|index| named.get(index)?.dyn_into::<HtmlElement>().ok()) {
        let _ = part.style().remove_property("view-transition-name");
    }
}
