//! The facts line of a story: company, section, series, views, reading time. What is not known is not shown.

use corpus::Card;
use leptos::prelude::*;

use crate::{
    format::grouped,
    prefs::expect_prefs,
    query::ListQuery,
    route::{Place, Route},
};

/// Facts of one story, each in its own item.
#[component]
pub(crate) fn StoryMeta(
    /// The story.
    card: Card,
    /// Who wrote it, where known (cards do not say).
    #[prop(optional_no_strip)]
    author: Option<String>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let minutes = card.minutes();
    let company = card.company.map(|company| {
        let query = ListQuery { companies: vec![company.clone()], ..ListQuery::default() };
        view! { <li><a href=Place { section: None, query }.to_href()>{company}</a></li> }
    });
    let section = Route::List(Some(card.section)).to_href();
    view! {
        <ul class="story-meta">
            {company}
            {author.map(|author| view! { <li>{author}</li> })}
            <li><a href=section>{(copy.section)(card.section)}</a></li>
            {card.series.map(|series| view! { <li>{(copy.series_part)(&series.name, series.part)}</li> })}
            {card.views.map(|views| view! { <li>{(copy.views)(&grouped(views))}</li> })}
            <li>{(copy.minutes)(minutes)}</li>
        </ul>
    }
}
