//! The head of every page: name, sections, search, settings.

use leptos::prelude::*;

use super::{search_box::SearchBox, section_nav::SectionNav, settings::Settings};
use crate::{
    data::{Library, LoadError},
    prefs::expect_prefs,
    route::Route,
};

/// Brand, sections, search field and settings. Usable before the archive is there.
#[component]
pub(crate) fn SiteHeader(
    /// The archive, once it is there: sections show their counts then.
    #[prop(into)]
    library: Signal<Option<Result<std::sync::Arc<Library>, LoadError>>>,
    /// Whether the settings are open.
    settings_open: RwSignal<bool>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    view! {
        <header class="site-header">
            <div class="site-header__row">
                <a class="site-header__brand" href=Route::List(None).to_href()>{copy.site}</a>
                <SearchBox/>
                <Settings open=settings_open/>
            </div>
            <SectionNav library/>
        </header>
    }
}
