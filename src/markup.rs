//! Building views out of a handful of concrete types.
//!
//! Leptos' `view!` gives every element, closure and nesting a type of its own, and building, rebuilding and dropping are compiled anew
//! for each of them. In a program that is downloaded before the first story shows, that was most of the program. Leptos' own builder
//! over erased attributes and boxed closures does the same with one type; what it saves is in ARCHITECTURE.md. `view!` is kept for
//! elements without an end tag, and for the few components of Leptos itself.

use leptos::{
    attr::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    ev,
    html::custom,
    prelude::*,
    tachys::{
        html::{element::inner_html, event},
        view::iterators::StaticVec,
    },
};

use crate::dom::event::Event;

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

/// Text as a view.
pub(crate) fn text(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    text.into_any()
}

/// Nothing as a view.
pub(crate) fn nothing() -> AnyView {
    ().into_any()
}

/// A boolean attribute or property that follows signals.
pub(crate) fn flag(state: impl FnMut() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(state)
}

/// Starts an element. Not for elements without an end tag.
pub(crate) fn el(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

/// A link inside the site.
pub(crate) fn link(href: String) -> Element {
    el("a").attr("href", href)
}

/// A button that does something on this page.
pub(crate) fn button(on_click: impl FnMut() + 'static) -> Element {
    let mut on_click = on_click;
    el("button").attr("type", "button").on("click", move |_| on_click())
}

/// An element under construction.
pub(crate) struct Element {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

impl Element {
    /// The class, for style.
    pub(crate) fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
    }

    /// An attribute that stays as it is.
    pub(crate) fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An attribute that follows signals; `None` leaves it out.
    pub(crate) fn attr_from(mut self, name: &'static str, value: impl FnMut() -> Option<String> + Send + 'static) -> Self {
        let value: Box<dyn FnMut() -> Option<String> + Send> = Box::new(value);
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An ARIA state, which says `true` or `false`.
    pub(crate) fn state(self, name: &'static str, mut state: impl FnMut() -> bool + Send + 'static) -> Self {
        self.attr_from(name, move || Some(if state() { "true" } else { "false" }.to_owned()))
    }

    /// Hides the element, from everybody, while `hidden` says so.
    pub(crate) fn hidden(self, mut hidden: impl FnMut() -> bool + Send + 'static) -> Self {
        self.attr_from("hidden", move || hidden().then(String::new))
    }

    /// A place that a link or the program can move the focus to.
    pub(crate) fn target(self, id: impl Into<String>) -> Self {
        self.attr("id", id).attr("tabindex", "-1")
    }

    /// What to do on an event.
    pub(crate) fn on(mut self, name: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        let act: Box<dyn FnMut(Event)> = Box::new(act);
        self.attributes.push(event::on(ev::Custom::<Event>::new(name), act).into_any_attr());
        self
    }

    /// Finished markup instead of children, which is ours and has nothing of anybody else's in it.
    pub(crate) fn markup(mut self, markup: String) -> Self {
        self.attributes.push(inner_html(markup).into_any_attr());
        self
    }

    /// One more child.
    pub(crate) fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Text as one more child.
    pub(crate) fn text(self, content: impl Into<String>) -> Self {
        self.child(text(content))
    }

    /// More children.
    pub(crate) fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// The finished element.
    pub(crate) fn view(self) -> AnyView {
        custom(self.tag).add_any_attr(self.attributes).child(StaticVec::from(self.children)).into_any()
    }
}

/// Several views side by side.
pub(crate) fn fragment(children: Vec<AnyView>) -> AnyView {
    StaticVec::from(children).into_any()
}

/// Rows that come and go by their keys, keeping their elements while they stay. For rows that never change places among each other: Leptos'
/// keyed diff may leave moved ones in the wrong order.
pub(crate) fn keyed(keys: impl Fn() -> Vec<String> + Send + 'static, row: impl Fn(String) -> AnyView + Send + Sync + 'static) -> AnyView {
    let keys: Box<dyn Fn() -> Vec<String> + Send> = Box::new(keys);
    let row: std::sync::Arc<dyn Fn(String) -> AnyView + Send + Sync> = std::sync::Arc::new(row);
    view! { <For each=keys key=|key| key.clone() children=move |key| row(key)/> }.into_any()
}
