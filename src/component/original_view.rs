//! 원문 그대로: the text that a story was recovered from, in place of its body. Fetched when somebody asks for it.

use std::sync::Arc;

use corpus::Story;
use leptos::prelude::*;

use super::{
    load_error::load_error,
    loading::{Shape, loading},
};
use crate::{
    copy::Copy,
    data::{Library, Load},
    markup::{button, dynamic, el, nothing},
};

/// The original of one story's page, and whether it is shown.
#[derive(Clone, Copy)]
pub(crate) struct Original {
    is_shown: RwSignal<bool>,
    story: Load<Story>,
    text: Load<String>,
}

impl Original {
    /// Not shown and not fetched yet.
    pub(crate) fn new(library: Arc<Library>, story: Load<Story>) -> Self {
        let is_shown = RwSignal::new(false);
        let text = Load::new(move || {
            let library = library.clone();
            let file = is_shown.get().then(|| story.loaded()?.original.clone()).flatten();
            async move {
                match file {
                    Some(file) => library.load_original(&file).await,
                    // Asked for again once the reader wants it.
                    None => std::future::pending().await,
                }
            }
        });
        Self { is_shown, story, text }
    }

    /// Whether it stands in place of the body. Tracked.
    pub(crate) fn is_shown(self) -> bool {
        self.is_shown.get()
    }

    /// The switch; nothing for a story that was never glued together.
    pub(crate) fn switch(self, copy: &'static Copy) -> AnyView {
        dynamic(move || {
            if self.story.loaded().is_none_or(|story| story.original.is_none()) {
                return nothing();
            }
            button(move || self.is_shown.update(|is_shown| *is_shown = !*is_shown))
                .class("button button--quiet story__original-switch")
                .state("aria-pressed", move || self.is_shown.get())
                .attr("title", copy.original_help)
                .text(copy.original)
                .view()
        })
    }

    /// The text while it is shown.
    pub(crate) fn view(self, copy: &'static Copy) -> AnyView {
        dynamic(move || {
            if !self.is_shown.get() {
                return nothing();
            }
            match self.text.get() {
                None => loading(copy, Shape::Text),
                Some(Err(error)) => load_error(copy, &error, move || self.text.retry()),
                Some(Ok(text)) => el("div").class("original").children(text.lines().map(|line| el("p").text(line).view())).view(),
            }
        })
    }
}
