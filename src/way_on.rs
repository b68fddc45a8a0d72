//! Out of an empty list: which word or filter to let go of, and how many stories that gives. Pure, so that all of it is tested natively.

use corpus::Card;

use crate::{listing::listing, query::ListQuery, route::Place};

/// At most so many ways: more is a page of its own instead of help.
const MAX_WAYS: usize = 6;

/// What is let go of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dropped {
    /// A tag that stories must have.
    Tag(String),
    /// A tag that stories must not have.
    NotTag(String),
    /// Every company.
    Companies,
    /// One word of the search.
    Word(String),
    /// "As typed": similar words are found again.
    Literal,
    /// Every filter.
    Filters,
    /// The section.
    Section,
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
pub(crate) fn ways_on(cards: &[Card], place: &Place, find: &dyn Fn(&ListQuery) -> Vec<u32>) -> Vec<WayOn> {
    let query = &place.query;
    let mut ways: Vec<WayOn> = Vec::new();
    let mut offer = |dropped: Dropped, place: Place| {
        let hits = place.query.is_search().then(|| find(&place.query));
        let n = listing(cards, &place, hits.as_deref()).docs.len();
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
    for tag in &query.tags {
        offer(Dropped::Tag(tag.clone()), with(&|query| query.tags.retain(|other| other != tag)));
    }
    for tag in &query.not_tags {
        offer(Dropped::NotTag(tag.clone()), with(&|query| query.not_tags.retain(|other| other != tag)));
    }
    if !query.companies.is_empty() {
        offer(Dropped::Companies, with(&|query| query.companies.clear()));
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
    if place.section.is_some() {
        offer(Dropped::Section, Place { section: None, query: query.clone() });
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
    use crate::{query::ListQuery, route::Place, sample};

    fn card(title: &str, section: Section, tags: &[&str]) -> Card {
        Card { company: Some("회사".into()), ..sample::card(title, section, tags) }
    }

    #[track_caller]
    fn check(section: Option<Section>, search: &str, expected: &[(Dropped, usize)]) {
        let cards =
            [card("카프카", Section::Feed, &["개발"]), card("도커", Section::Feed, &["개발", "서버"]), card("사람", Section::News, &[])];
        let place = Place { section, query: ListQuery::parse(search) };
        let find = |query: &ListQuery| {
            let holds = |card: &Card| query.q.split_whitespace().all(|word| card.title.contains(word));
            cards.iter().zip(0..).filter(|(card, _)| holds(card)).map(|(_, doc)| doc).collect()
        };
        let ways: Vec<_> = ways_on(&cards, &place, &find).into_iter().map(|way| (way.dropped, way.n)).collect();
        assert_eq!(ways, expected);
    }

    #[test]
    fn each_way_says_how_many_stories_it_leads_to() {
        check(None, "tag=서버&tag=-개발", &[(Dropped::Tag("서버".into()), 1), (Dropped::NotTag("개발".into()), 1), (Dropped::Filters, 3)]);
        check(None, "q=카프카 도커", &[(Dropped::Word("카프카".into()), 1), (Dropped::Word("도커".into()), 1), (Dropped::Search, 3)]);
        check(Some(Section::News), "q=도커", &[(Dropped::Section, 1), (Dropped::Search, 1)]);
        check(None, "q=zzz&literal", &[(Dropped::Search, 3)]);
    }

    #[test]
    fn ways_to_other_empty_lists_are_not_offered() {
        check(Some(Section::Interview), "tag=없음&company=없음", &[(Dropped::Everything, 3)]);
    }
}
