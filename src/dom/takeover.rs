//! From the prerendered page to the app's own: in one step, once the app has the same page to show.
//!
//! Until then the app builds its page hidden, in front of the other one, so that whoever looks for an element finds the app's. What the reader
//! has done meanwhile is carried over: the place on the page, the focus, and what they have typed.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, HtmlInputElement};

use super::{focus, set_root_attribute};

/// Marks a page that was rendered beforehand.
const PRERENDERED: &str = "data-prerendered";

/// Id of the prerendered page while both are there.
const OLD: &str = "prerendered";

/// Stands in the page's root while an input method composes; `public/start.js` sets it.
const COMPOSING: &str = "data-composing";

/// The page that goes and the one that comes.
type Pair = (HtmlElement, HtmlElement);

/// A page on its way.
#[derive(Clone)]
pub(crate) struct Takeover {
    /// Where the app is to be built.
    pub(crate) root: HtmlElement,
    old: Option<HtmlElement>,
}

impl Takeover {
    /// Makes room for the app in `app`, or in front of it if it holds a prerendered page.
    pub(crate) fn begin(app: HtmlElement) -> Self {
        let made = app.has_attribute(PRERENDERED).then(|| document().create_element("div").ok()?.dyn_into::<HtmlElement>().ok()).flatten();
        let Some(root) = made else {
            app.set_text_content(None);
            return Self { root: app, old: None };
        };
        root.set_id(&app.id());
        root.set_hidden(true);
        app.set_id(OLD);
        // It fails only for an element outside of the document.
        let _ = app.before_with_node_1(&root);
        Self { root, old: Some(app) }
    }

    /// What the app needs to show itself.
    pub(crate) fn page(self) -> FirstPage {
        FirstPage(StoredValue::new_local(self.old.map(|old| (old, self.root))))
    }
}

/// The app's first page, which may still be hidden.
#[derive(Clone, Copy)]
pub(crate) struct FirstPage(StoredValue<Option<Pair>, LocalStorage>);

impl FirstPage {
    /// Nothing is hidden.
    pub(crate) fn shown() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// What stands in the search field of the page that goes.
    pub(crate) fn typed(self) -> Option<String> {
        self.0.with_value(|pair| pair.as_ref().and_then(|(old, _)| field(old))).map(|field| field.value()).filter(|text| !text.is_empty())
    }

    /// The page has its content: shows it, and marks the document as ready. What was typed before goes to `search`.
    pub(crate) fn show(self, search: impl Fn(String) + 'static) {
        let pair = self.0.try_update_value(Option::take).flatten();
        let Some(pair) = pair else {
            return set_root_attribute("data-ready", "");
        };
        // In the next frame everything that this change has set off is in the page as well.
        request_animation_frame(move || show_when_composed(pair, Box::new(search)));
    }
}

/// An input method keeps its field until the syllable is done.
fn show_when_composed(pair: Pair, search: Box<dyn Fn(String)>) {
    if !document().document_element().is_some_and(|root| root.has_attribute(COMPOSING)) {
        return replace(&pair, &search);
    }
    let again = Closure::once_into_js(move || request_animation_frame(move || show_when_composed(pair, search)));
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    let _ = document().add_event_listener_with_callback_and_add_event_listener_options("compositionend", again.unchecked_ref(), &options);
}

fn replace((old, new): &Pair, search: &dyn Fn(String)) {
    let focused = focus::focused_id();
    let before = field(old);
    old.remove();
    new.set_hidden(false);
    if let (Some(before), Some(field)) = (&before, field(new)) {
        let typed = before.value();
        if !typed.is_empty() {
            let selection = (before.selection_start().ok().flatten(), before.selection_end().ok().flatten());
            field.set_value(&typed);
            search(typed);
            if let (Some(start), Some(end)) = selection {
                let _ = field.set_selection_range(start, end);
            }
        }
    }
    if let Some(id) = focused {
        focus::focus(&id, true);
    }
    // What was measured while the page was hidden is measured again.
    if let Ok(resize) = web_sys::Event::new("resize") {
        let _ = window().dispatch_event(&resize);
    }
    // Once it is laid out.
    request_animation_frame(|| set_root_attribute("data-ready", ""));
}

fn field(page: &HtmlElement) -> Option<HtmlInputElement> {
    page.query_selector(&["#", focus::SEARCH_FIELD].concat()).ok()??.dyn_into().ok()
}
