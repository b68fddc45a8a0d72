//! The four colours of highlights.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    markup::{button, el},
    shelf::model::Color,
};

/// A button for each colour; the current one is pressed. Ids begin with `id`.
pub(super) fn color_buttons(
    copy: &'static Copy,
    id: &str,
    current: impl Fn() -> Option<Color> + Clone + Send + 'static,
    on_choose: impl Fn(Color) + Clone + 'static,
) -> AnyView {
    let choice = |color: Color| {
        let (current, on_choose) = (current.clone(), on_choose.clone());
        let name = (copy.shelf.color)(color);
        button(move || on_choose(color))
            .class("color-button")
            .attr("id", format!("{id}-{}", color.as_str()))
            .attr("data-color", color.as_str())
            .attr("aria-label", name)
            .attr("title", name)
            .state("aria-pressed", move || current() == Some(color))
            .view()
    };
    el("div").class("color-buttons").attr("role", "group").attr("aria-label", copy.shelf.colors).children(Color::ALL.map(choice)).view()
}
