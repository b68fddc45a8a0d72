//! Out of an empty list: which word or filter to let go of, and how many stories that gives. Pure, so that all of it is tested natively.

use corpus::Card;

use crate::{
    facet::{Facet, FacetTable},
    listing::listing,
    query::{Choice, ListQuery},
    route::{Place, Scope},
};

/// At most so many ways: more is a page of its own instead of help.
const MAX_WAYS: usize = 6;

/// What is let go of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dropped {
    /// One filter's value.
    Choice(Choice),
    /// Every tag is needed: one of them becomes enough.
    EveryTag,
    /// One word of the search.
    Word(String),
    /// "As typed": similar words are found again.
    Literal,
    /// Every filter.
    Filters,
    /// The section, tag, company or series whose list it is.
    Scope,
    /// The whole search.
    Search,
    /// All of it: the whole archive.
    Everything,
}

/// A list with stories, near the empty one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WayOn {
    /// What it lets go of.
    pub(crate) dropped: Dropped,
    /// Where it leads.
    pub(crate) place: Place,
    /// How many stories are there.
    pub(crate) n: usize,
}

/// The ways out of an empty list that lead to stories, the smallest steps first. `find` searches: the stories for a text, best first.
/// Cost: one search and one pass over the cards for each thing that could be dropped.
pub(crate) fn ways_on(cards: &[Card], table: &FacetTable, place: &Place, find: &dyn Fn(&ListQuery) -> Vec<u32>) -> Vec<WayOn> {
    let query = &place.query;
    let mut ways: Vec<WayOn> = Vec::new();
    let mut offer = |dropped: Dropped, place: Place| {
        let hits = place.query.is_search().then(|| find(&place.query));
        let n = listing(cards, table, &place, hits.as_deref()).docs.len();
        if n > 0 && ways.len() < MAX_WAYS && !ways.iter().any(|way| way.place == place) {
            ways.push(WayOn { dropped, place, n });
        }
    };
    let with = |change: &dyn Fn(&mut ListQuery)| {
        let mut place = place.clone();
        change(&mut place.query);
        place
    };
    if query.literal {
        offer(Dropped::Literal, with(&|query| query.literal = false));
    }
    for choice in &query.choices {
        offer(Dropped::Choice(choice.clone()), with(&|query| query.forget(choice.facet, &choice.name)));
    }
    if 1 < query.n_included(Facet::Tags) && !query.any_tag {
        offer(Dropped::EveryTag, with(&|query| query.any_tag = true));
    }
    let words: Vec<&str> = query.q.split_whitespace().collect();
    if words.len() > 1 {
        for (at, word) in words.iter().enumerate() {
            let rest = words.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
            offer(Dropped::Word((*word).to_owned()), with(&|query| rest.clone_into(&mut query.q)));
        }
    }
    if query.is_filtered() {
        offer(Dropped::Filters, with(&|query| *query = query.without_filters()));
    }
    if place.scope != Scope::All {
        offer(Dropped::Scope, Place { scope: Scope::All, query: query.clone() });
    }
    if query.is_search() {
        offer(Dropped::Search, with(&|query| query.q.clear()));
    }
    // Nothing near has stories: everything has.
    if ways.is_empty() {
        ways.push(WayOn { dropped: Dropped::Everything, place: Place::default(), n: cards.len() });
    }
    ways
}

#[cfg(test)]
mod tests {
    use corpus::{Card, Section};

    use super::{Dropped, ways_on};
    use crate::{
        facet::{Facet, FacetTable},
        query::{Choice, ListQuery},
        route::{Place, Scope},
        sample,
    };

    fn card(title: &str, section: Section, tags: &[&str]) -> Card {
        Card { company: Some("회사".into()), ..sample::card(title, section, tags) }
    }

    #[track_caller]
    fn check(scope: Scope, search: &str, expected: &[(Dropped, usize)]) {
        let cards =
            [card("카프카", Section::Feed, &["개발"]), card("도커", Section::Feed, &["개발", "서버"]), card("사람", Section::News, &[])];
        let place = Place { scope, query: ListQuery::parse(search) };
        let find = |query: &ListQuery| {
            let holds = |card: &Card| query.q.split_whitespace().all(|word| card.title.contains(word));
            cards.iter().zip(0..).filter(|(card, _)| holds(card)).map(|(_, doc)| doc).collect()
        };
        let ways: Vec<_> = ways_on(&cards, &FacetTable::of(&cards), &place, &find).into_iter().map(|way| (way.dropped, way.n)).collect();
        assert_eq!(ways, expected);
    }

    fn tag(name: &str, exclude: bool) -> Dropped {
        Dropped::Choice(Choice { facet: Facet::Tags, name: name.into(), exclude })
    }

    #[test]
    fn one_of_two_tags_may_be_enough() {
        check(Scope::All, "tag=개발&tag=없음", &[(tag("없음", false), 2), (Dropped::EveryTag, 2), (Dropped::Filters, 3)]);
    }

    #[test]
    fn each_way_says_how_many_stories_it_leads_to() {
        check(Scope::All, "tag=서버&tag=-개발", &[(tag("서버", false), 1), (tag("개발", true), 1), (Dropped::Filters, 3)]);
        check(Scope::All, "q=카프카 도커", &[(Dropped::Word("카프카".into()), 1), (Dropped::Word("도커".into()), 1), (Dropped::Search, 3)]);
        check(Scope::Section(Section::News), "q=도커", &[(Dropped::Scope, 1), (Dropped::Search, 1)]);
        check(Scope::All, "q=zzz&literal", &[(Dropped::Search, 3)]);
    }

    #[test]
    fn ways_to_other_empty_lists_are_not_offered() {
        check(Scope::Section(Section::Interview), "tag=없음&company=없음", &[(Dropped::Everything, 3)]);
    }
}
