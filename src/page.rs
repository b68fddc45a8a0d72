//! The pages: each loads what it shows, and hands plain data to components.

pub(crate) mod list;
pub(crate) mod not_found;
pub(crate) mod notes;
pub(crate) mod shelf;
pub(crate) mod story;

use leptos::prelude::*;
use leptos_meta::Title;

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
