//! What an event says, in the words of the app.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
pub(crate) use web_sys::Event;

use super::{IS_NATIVE, focus};

/// A key that went down.
pub(crate) struct KeyPress {
    /// The key's name, e.g. `ArrowDown` or `/`.
    pub(crate) key: String,
    /// Where the key lies, e.g. `KeyN`, whatever it types.
    pub(crate) code: String,
    /// Shift was held.
    pub(crate) shift: bool,
    /// Ctrl, Alt or the system key was held.
    pub(crate) modified: bool,
    /// An input method is composing: the key belongs to it.
    pub(crate) composing: bool,
    /// The focus is where text is typed, so that single-key shortcuts must leave it alone.
    pub(crate) typing: bool,
}

/// The key of a keyboard event.
pub(crate) fn key_press(event: &Event) -> KeyPress {
    let typing = focus::is_typing(event.target().as_ref());
    let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
        return KeyPress { key: String::new(), code: String::new(), shift: false, modified: false, composing: false, typing };
    };
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    KeyPress { key: event.key(), code: event.code(), shift: event.shift_key(), modified, composing: event.is_composing(), typing }
}

/// Whether a click follows the link here: the main button, without a key that opens it elsewhere.
pub(crate) fn is_plain_click(event: &Event) -> bool {
    event
        .dyn_ref::<web_sys::MouseEvent>()
        .is_some_and(|event| event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()))
}

/// Whether the browser closes something of its own with this key: a note over the text, a dialog. Nothing else must happen then.
fn is_for_browser(event: &Event) -> bool {
    let is_open = |selector: &str| document().query_selector(selector).ok().flatten().is_some();
    event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Escape")
        && (is_open("dialog[open]") || is_open(":popover-open"))
}

/// Handles an event of the window until the current owner goes. Events that somebody has handled already are left out.
pub(crate) fn on_window(name: &'static str, act: impl Fn(Event) + 'static) {
    let handle = window_event_listener_untyped(name, move |event| {
        if !event.default_prevented() && !is_for_browser(&event) {
            act(event);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Handles an event of the document as long as the page lives: for events that do not bubble up to the window.
pub(crate) fn on_document_for_good(name: &'static str, act: impl Fn(Event) + 'static) {
    if IS_NATIVE {
        return;
    }
    let act = wasm_bindgen::closure::Closure::<dyn Fn(Event)>::new(act).into_js_value();
    let _ = document().add_event_listener_with_callback(name, act.unchecked_ref());
}
