//! A load that failed: what happened, and a way to try again.

use leptos::prelude::*;

use crate::{data::LoadError, prefs::expect_prefs};

/// Says in words what could not be loaded, and offers another try.
#[component]
pub(crate) fn LoadErrorPanel(
    /// What went wrong.
    error: LoadError,
    /// Tries again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let explanation = match &error {
        LoadError::Network { file } => (copy.load_failed_network)(file),
        LoadError::Status { file, status } => (copy.load_failed_status)(file, *status),
        LoadError::Content { file, detail } => (copy.load_failed_content)(file, detail),
    };
    view! {
        <div class="load-error" role="alert">
            <p class="load-error__title">{copy.load_failed}</p>
            <p>{explanation}</p>
            <button class="button" type="button" on:click=move |_| on_retry.run(())>{copy.retry}</button>
        </div>
    }
}
