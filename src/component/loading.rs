//! Waiting: the shape of what is about to come, so that nothing moves when it does.

use leptos::prelude::*;

use crate::{copy::Copy, markup::el};

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A page with a list: its title, and below it cards.
    ListPage,
    /// Cards.
    Cards,
    /// The text of a story.
    Text,
}

/// The shape of something while it loads. Style keeps it invisible for the first 300 ms, so that fast loads do not flicker, and gives it
/// the height of the window, so that what stands below does not come up first and go down again.
pub(crate) fn loading(copy: &Copy, shape: Shape) -> AnyView {
    let label = el("span").class("visually-hidden").text(copy.loading).view();
    let bar = |kind: &'static str| el("div").class("loading__bar").attr("data-kind", kind).view();
    let card = || el("div").class("loading__card").children(["cover", "title", "line", "line", "short"].map(bar)).view();
    let cards = || (0..4).map(|_| card()).collect::<Vec<_>>();
    let content = match shape {
        Shape::ListPage => std::iter::once(bar("heading")).chain(cards()).collect(),
        Shape::Cards => cards(),
        Shape::Text => (0..4).flat_map(|_| ["line", "line", "line", "short"].map(bar)).collect(),
    };
    let shapes = el("div").class("loading__shapes").attr("aria-hidden", "true").children(content).view();
    el("div").class("loading").attr("role", "status").children([label, shapes]).view()
}
