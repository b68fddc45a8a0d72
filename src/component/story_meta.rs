//! The facts line of a story: company, author, section, series, views, reading time. What is not known is not shown.

use corpus::Card;
use leptos::prelude::*;

use crate::{
    copy::Copy,
    facet::Facet,
    format::grouped,
    markup::{el, link, text},
    route::{Route, Scope},
};

/// Facts of one story, each in its own item. Cards do not say who wrote it.
pub(crate) fn story_meta(copy: &Copy, card: &Card, author: Option<String>) -> AnyView {
    let company = card.company.as_ref().map(|company| link(Route::topic(Facet::Companies, company).to_href()).text(company).view());
    let section = link(Route::List(Scope::Section(card.section)).to_href()).text((copy.section)(card.section)).view();
    let series = card
        .series
        .as_ref()
        .map(|series| link(Route::topic(Facet::Series, &series.name).to_href()).text((copy.series_part)(&series.name, series.part)).view());
    let views = card.views.map(|views| el("span").class("story-meta__views").text((copy.views)(&grouped(views))).view());
    let minutes = text((copy.minutes)(card.minutes()));
    let facts = [company, author.map(text), Some(section), series, views, Some(minutes)];
    el("ul").class("story-meta").children(facts.into_iter().flatten().map(|fact| el("li").child(fact).view())).view()
}
