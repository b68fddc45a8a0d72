//! A list without stories: what was asked for, and every way on with the number of stories it leads to.

use leptos::prelude::*;

use super::filter_chips::value_name;
use crate::{
    copy::Copy,
    markup::{el, link},
    route::Place,
    way_on::{Dropped, WayOn},
};

/// Says that nothing matches, and what to let go of.
pub(crate) fn empty_result(copy: &'static Copy, place: &Place, ways: &[WayOn]) -> AnyView {
    let query = &place.query;
    let explanation = match (query.is_search(), query.is_filtered()) {
        (true, _) => (copy.nothing_found_for)(query.q.trim()),
        (false, true) => copy.nothing_found_filtered.to_owned(),
        (false, false) => copy.nothing_in_section.to_owned(),
    };
    let way = |way: &WayOn| {
        let label = match &way.dropped {
            Dropped::Choice(choice) => {
                let name = value_name(copy, choice.facet, &choice.name);
                (if choice.exclude { copy.remove_excluded } else { copy.remove_choice })(&name)
            }
            Dropped::EveryTag => copy.any_tag.to_owned(),
            Dropped::Word(word) => (copy.without_word)(word),
            Dropped::Literal => copy.not_literal.to_owned(),
            Dropped::Filters => copy.remove_all.to_owned(),
            Dropped::Scope => copy.search_everywhere.to_owned(),
            Dropped::Search => copy.clear_search.to_owned(),
            Dropped::Everything => copy.all_stories.to_owned(),
        };
        let n = el("span").class("empty-result__count").text((copy.n_stories)(way.n)).view();
        el("li").child(link(way.place.to_href()).class("button").text(label).text(" ").child(n).view()).view()
    };
    el("section")
        .class("empty-result")
        .child(el("p").class("empty-result__title").text(copy.nothing_found).view())
        .child(el("p").text(explanation).view())
        .child(el("ul").class("empty-result__ways").children(ways.iter().map(way)).view())
        .view()
}
