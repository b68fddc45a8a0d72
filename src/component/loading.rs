//! Waiting.

use leptos::prelude::*;

use crate::{copy::Copy, markup::el};

/// The shape of a list while it loads. Style keeps it invisible for the first 400 ms, so that fast loads do not flicker.
pub(crate) fn loading(copy: &Copy) -> AnyView {
    let bar = || el("div").class("loading__bar").view();
    let label = el("span").class("visually-hidden").text(copy.loading).view();
    el("div").class("loading").attr("role", "status").children([label, bar(), bar(), bar()]).view()
}
