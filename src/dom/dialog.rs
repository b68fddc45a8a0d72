//! What the browser lays over the page: dialogs, and its own for printing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Opens the browser's dialog for printing.
pub(crate) fn print() {
    let _ = window().print();
}

/// Opens a `<dialog>` over everything else.
pub(crate) fn show(id: &str) {
    if let Some(dialog) = dialog(id).filter(|dialog| !dialog.open()) {
        let _ = dialog.show_modal();
    }
}

/// Closes a `<dialog>`; the focus goes back to where it was.
pub(crate) fn close(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

fn dialog(id: &str) -> Option<web_sys::HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
