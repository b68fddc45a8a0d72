//! Views with one concrete type each, whatever they hold.
//!
//! Leptos gives every element, closure and nesting a type of its own and compiles building, rebuilding and dropping anew for each.
//! In a reader that is downloaded before the first story shows, that is most of the program: boxing the closures and building plain
//! elements through [`el`] took the app from 202 kB to the size that `cargo xtask size` prints. Elements that take events,
//! form properties or references are written with `view!`.

use leptos::{html::custom, prelude::*};

/// A part of a view that is built again when a signal it reads changes.
pub(crate) fn dynamic(build: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let build: Box<dyn FnMut() -> AnyView + Send> = Box::new(build);
    build.into_any()
}

/// Text that follows signals.
pub(crate) fn dynamic_text(build: impl FnMut() -> String + Send + 'static) -> AnyView {
    let build: Box<dyn FnMut() -> String + Send> = Box::new(build);
    build.into_any()
}

/// The value of an attribute that follows signals; `None` leaves the attribute out.
pub(crate) type AttributeSource = Box<dyn FnMut() -> Option<String> + Send>;

/// See [`AttributeSource`].
pub(crate) fn attribute(value: impl FnMut() -> Option<String> + Send + 'static) -> AttributeSource {
    Box::new(value)
}

/// An attribute that says `true` or `false`, as ARIA states do.
pub(crate) fn aria_state(mut state: impl FnMut() -> bool + Send + 'static) -> AttributeSource {
    Box::new(move || Some(if state() { "true" } else { "false" }.to_owned()))
}

/// A boolean attribute or property that follows signals.
pub(crate) fn flag(state: impl FnMut() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(state)
}

/// A plain element. An empty class leaves the attribute out. Not for elements without an end tag.
pub(crate) fn el(tag: &'static str, class: &'static str, children: Vec<AnyView>) -> AnyView {
    custom(tag).attr("class", (!class.is_empty()).then_some(class)).child(children).into_any()
}

/// A plain element with an id, which a link or the program can move the focus to.
pub(crate) fn target(tag: &'static str, class: &'static str, id: String, children: Vec<AnyView>) -> AnyView {
    custom(tag).attr("class", (!class.is_empty()).then_some(class)).attr("id", id).attr("tabindex", "-1").child(children).into_any()
}

/// A link inside the site. An empty `label` leaves the name to the content.
pub(crate) fn link(class: &'static str, href: String, label: &str, children: Vec<AnyView>) -> AnyView {
    custom("a")
        .attr("class", (!class.is_empty()).then_some(class))
        .attr("href", href)
        .attr("aria-label", (!label.is_empty()).then(|| label.to_owned()))
        .child(children)
        .into_any()
}

/// Text as a view.
pub(crate) fn text(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    text.into_any()
}
