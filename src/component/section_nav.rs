//! 스토리 홈 · 인터뷰 · 피드 · 뉴스, with counts.

use std::sync::Arc;

use corpus::Section;
use leptos::prelude::*;

use crate::{
    data::{Library, LoadError},
    markup::{attribute, dynamic, el, text},
    nav::expect_nav,
    prefs::expect_prefs,
    route::Route,
};

/// Links to every section. On a story's page none is current.
#[component]
pub(crate) fn SectionNav(
    /// The archive, once it is there.
    library: Signal<Option<Result<Arc<Library>, LoadError>>>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let route = expect_nav().route;
    let count = move |section: Option<Section>| {
        library.with(|library| {
            let cards = &library.as_ref()?.as_ref().ok()?.cards;
            Some(cards.iter().filter(|card| section.is_none_or(|section| card.section == section)).count())
        })
    };
    let link = move |section: Option<Section>| {
        let target = Route::List(section);
        let href = target.to_href();
        let is_current = attribute(move || (*route.read() == target).then(|| "page".to_owned()));
        let count =
            dynamic(move || count(section).map_or_else(|| text(""), |n| el("span", "section-nav__count", vec![text(n.to_string())])));
        view! {
            <li>
                <a class="section-nav__link" href=href aria-current=is_current>
                    {section.map_or(copy.site, copy.section)} " "
                    {count}
                </a>
            </li>
        }
    };
    view! {
        <nav class="section-nav" aria-label=copy.sections>
            <ul class="section-nav__list">
                {std::iter::once(None).chain(Section::ALL.map(Some)).map(link).collect_view()}
            </ul>
        </nav>
    }
}
