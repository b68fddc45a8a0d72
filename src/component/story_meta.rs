//! The facts line of a story: company, author, section, series, views, reading time. What is not known is not shown.

use corpus::Card;
use leptos::prelude::*;

use crate::{
    copy::Copy,
    format::grouped,
    markup::{el, link, text},
    query::ListQuery,
    route::{Place, Route},
};

/// Facts of one story, each in its own item. Cards do not say who wrote it.
pub(crate) fn story_meta(copy: &Copy, card: &Card, author: Option<String>) -> AnyView {
    let company = card.company.as_ref().map(|company| {
        let query = ListQuery { companies: vec![company.clone()], ..ListQuery::default() };
        link(Place { section: None, query }.to_href()).text(company).view()
    });
    let section = link(Route::List(Some(card.section)).to_href()).text((copy.section)(card.section)).view();
    let series = card.series.as_ref().map(|series| text((copy.series_part)(&series.name, series.part)));
    let views = card.views.map(|views| text((copy.views)(&grouped(views))));
    let minutes = text((copy.minutes)(card.minutes()));
    let facts = [company, author.map(text), Some(section), series, views, Some(minutes)];
    el("ul").class("story-meta").children(facts.into_iter().flatten().map(|fact| el("li").child(fact).view())).view()
}
