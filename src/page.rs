//! The pages: each loads what it shows, and hands plain data to components.

pub(crate) mod design;
pub(crate) mod list;
pub(crate) mod not_found;
pub(crate) mod notes;
pub(crate) mod shelf;
pub(crate) mod story;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    copy::{Copy, Lang},
    data::Library,
    finding::Searching,
    nav::Nav,
    prefs::Prefs,
};

/// What pages are made of, whatever their address.
#[derive(Clone)]
pub(crate) struct PageContext {
    /// The interface's words.
    pub(crate) copy: &'static Copy,
    /// Their language.
    pub(crate) lang: Lang,
    /// Where the reader is.
    pub(crate) nav: Nav,
    /// The reader's choices on this device.
    pub(crate) prefs: Prefs,
    /// The archive.
    pub(crate) library: Arc<Library>,
    /// What is searched for in it.
    pub(crate) searching: Searching,
}

/// The page's title in tabs, bookmarks and shared links.
fn page_title(title: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(crate::native::Title(slot)) = use_context() {
        *slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = title();
        return ().into_any();
    }
    let title: Box<dyn Fn() -> String + Send + Sync> = Box::new(title);
    view! { <Title text=title/> }.into_any()
}
