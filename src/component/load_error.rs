//! A load that failed: what happened, and a way to try again.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    data::LoadError,
    markup::{button, el},
};

/// Says in words what could not be loaded, and offers another try.
pub(crate) fn load_error(copy: &Copy, error: &LoadError, on_retry: impl FnMut() + 'static) -> AnyView {
    el("div")
        .class("load-error")
        .attr("role", "alert")
        .child(el("p").class("load-error__title").text(copy.load_failed).view())
        .child(el("p").text(explanation(copy, error)).view())
        .child(button(on_retry).class("button").text(copy.retry).view())
        .view()
}

/// What could not be loaded, and why, in words.
pub(crate) fn explanation(copy: &Copy, error: &LoadError) -> String {
    match error {
        LoadError::Network { file } => (copy.load_failed_network)(file),
        LoadError::Status { file, status } => (copy.load_failed_status)(file, *status),
        LoadError::Content { file, detail } => (copy.load_failed_content)(file, detail),
    }
}
