//! Copying text, where the browser allows it.

use leptos::prelude::{document, window};
use wasm_bindgen_futures::JsFuture;

/// Puts text on the clipboard. False where the browser refuses (plain http, no permission).
pub(crate) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // `navigator.clipboard` is undefined outside secure contexts, and calling into undefined would throw.
    let available = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    available && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Selects everything in the element with this id, for a reader who has to copy by hand.
pub(crate) fn select(id: &str) {
    if let (Ok(Some(selection)), Some(element)) = (window().get_selection(), document().get_element_by_id(id)) {
        let _ = selection.select_all_children(&element);
    }
}
