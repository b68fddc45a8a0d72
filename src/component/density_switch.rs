//! List or grid.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    markup::{button, el},
    prefs::{Look, Prefs},
};

/// Two buttons, one of them pressed.
pub(crate) fn density_switch(copy: &'static Copy, prefs: Prefs) -> AnyView {
    let signs = ["☰", "▦"];
    let choice = |(value, sign): (&'static str, &'static str)| {
        let label = (copy.look_value)(value);
        button(move || prefs.set(Look::Density, value))
            .class("density__button")
            .attr("aria-label", label)
            .attr("title", label)
            .state("aria-pressed", move || prefs.get(Look::Density) == value)
            .text(sign)
            .view()
    };
    let choices = Look::Density.values().iter().copied().zip(signs).map(choice);
    el("div").class("density").attr("role", "group").attr("aria-label", (copy.look)(Look::Density)).children(choices).view()
}
