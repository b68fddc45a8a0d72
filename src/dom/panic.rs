//! What a reader sees when the program breaks: words and a way on, never a page that only looks alive.

use leptos::prelude::document;

/// Shows the recovery panel of `index.html` and logs the panic. Call once, before anything else.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| {
        leptos::logging::error!("{info}");
        if let Some(panel) = document().get_element_by_id("crashed") {
            let _ = panel.remove_attribute("hidden");
        }
    }));
}
