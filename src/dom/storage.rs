//! Small values kept on the device. A browser that forbids storage makes them last as long as the page, and nothing else changes.

use leptos::prelude::window;
use web_sys::Storage;

use super::IS_NATIVE;

fn local() -> Option<Storage> {
    if IS_NATIVE {
        return None;
    }
    window().local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    if IS_NATIVE {
        return None;
    }
    window().session_storage().ok().flatten()
}

/// A value kept for good.
pub(crate) fn get(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Keeps a value for good, if the browser lets us.
pub(crate) fn set(key: &str, value: &str) {
    if let Some(storage) = local() {
        let _ = storage.set_item(key, value);
    }
}

/// A value kept as long as the tab.
pub(crate) fn get_for_tab(key: &str) -> Option<String> {
    session()?.get_item(key).ok().flatten()
}

/// Keeps a value as long as the tab, if the browser lets us.
pub(crate) fn set_for_tab(key: &str, value: &str) {
    if let Some(storage) = session() {
        let _ = storage.set_item(key, value);
    }
}
