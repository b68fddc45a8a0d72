//! From cards and a list's query to what the list shows: which stories, in which order, and how many each filter would leave.
//! Pure, so that all of it is tested natively.

use std::cmp::Ordering;

use corpus::{Card, Section};
use search::best_first;

use crate::{
    query::{ListQuery, Sort},
    route::Place,
};

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    /// Positions of the stories in the cards, in the order shown.
    pub(crate) docs: Vec<u32>,
    /// Tags of the section, most frequent first, with the number of stories that choosing the tag as well would leave.
    pub(crate) tags: Vec<FacetValue>,
    /// Companies likewise; a second company adds stories, so the count is of its own stories under the other filters.
    pub(crate) companies: Vec<FacetValue>,
}

/// One value of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FacetValue {
    /// The tag or company.
    pub(crate) name: String,
    /// How many stories it leaves.
    pub(crate) count: usize,
}

/// The order in which a list stands when the reader has not chosen one, or has chosen relevance without a search.
pub(crate) fn effective_sort(query: &ListQuery) -> Sort {
    match query.sort {
        None | Some(Sort::Relevance) if query.is_search() => Sort::Relevance,
        None | Some(Sort::Relevance) => Sort::Order,
        Some(sort) => sort,
    }
}

/// Filters, orders and counts. `hits` are the documents that match the search, best first; `None` without a search.
/// Cost: linear in stories and their tags, and a sort.
pub(crate) fn listing(cards: &[Card], place: &Place, hits: Option<&[u32]>) -> Listing {
    let query = &place.query;
    let in_section = |card: &Card| place.section.is_none_or(|section| card.section == section);
    let all: Vec<u32>;
    let candidates = match hits {
        Some(hits) => hits,
        None => {
            all = (0..cards.len() as u32).collect();
            &all
        }
    };

    let mut tags = by_frequency(cards, place.section, &|card, names| names.extend(card.tags.iter().map(String::as_str)));
    let mut companies = by_frequency(cards, place.section, &|card, names| names.extend(card.company.as_deref()));
    let mut docs = Vec::new();
    for &doc in candidates {
        let Some(card) = cards.get(doc as usize).filter(|card| in_section(card)) else { continue };
        let has_tags = query.tags.iter().all(|tag| card.tags.contains(tag)) && !query.not_tags.iter().any(|tag| card.tags.contains(tag));
        if !has_tags {
            continue;
        }
        count(&mut companies, card.company.as_slice());
        let of_company = query.companies.is_empty() || card.company.as_ref().is_some_and(|company| query.companies.contains(company));
        if of_company {
            count(&mut tags, &card.tags);
            docs.push(doc);
        }
    }
    sort_docs(&mut docs, cards, effective_sort(query));
    Listing { docs, tags, companies }
}

/// Every value in the section, most frequent first and then by name, with a count of zero: the order of a filter does not jump
/// while the reader narrows the list. `names_of` adds a card's values to a list.
pub(crate) fn by_frequency(
    cards: &[Card],
    section: Option<Section>,
    names_of: &dyn for<'a> Fn(&'a Card, &mut Vec<&'a str>),
) -> Vec<FacetValue> {
    let mut names: Vec<&str> = Vec::new();
    for card in cards.iter().filter(|card| section.is_none_or(|section| card.section == section)) {
        names_of(card, &mut names);
    }
    let mut in_order: Vec<u32> = (0..names.len() as u32).collect();
    let name = |index: u32| names.get(index as usize).copied().unwrap_or_default();
    sort(&mut in_order, &|a, b| name(a).cmp(name(b)).then(a.cmp(&b)));
    let runs = in_order.chunk_by(|a, b| name(*a) == name(*b));
    let by_name: Vec<(&str, usize)> = runs.filter_map(|run| Some((name(*run.first()?), run.len()))).collect();
    let mut order: Vec<u32> = (0..by_name.len() as u32).collect();
    let n_stories = |index: u32| by_name.get(index as usize).map(|(_, n)| *n);
    sort(&mut order, &|a, b| n_stories(b).cmp(&n_stories(a)).then(a.cmp(&b)));
    let value = |index: u32| by_name.get(index as usize).map(|(name, _)| FacetValue { name: (*name).to_owned(), count: 0 });
    order.into_iter().filter_map(value).collect()
}

fn count(facet: &mut [FacetValue], values: &[String]) {
    for value in values {
        if let Some(entry) = facet.iter_mut().find(|entry| entry.name == *value) {
            entry.count += 1;
        }
    }
}

fn sort_docs(docs: &mut [u32], cards: &[Card], order: Sort) {
    let card = |doc: u32| cards.get(doc as usize);
    match order {
        Sort::Relevance => {}
        Sort::Order => sort(docs, &|a, b| a.cmp(&b)),
        Sort::Views => sort(docs, &|a, b| card(b).map(|card| card.views).cmp(&card(a).map(|card| card.views)).then(a.cmp(&b))),
        Sort::Length => sort(docs, &|a, b| card(b).map(|card| card.n_chars).cmp(&card(a).map(|card| card.n_chars)).then(a.cmp(&b))),
        // Precomposed syllables stand in 가나다 order in Unicode; case is folded so that Latin titles do not split in two.
        Sort::Title => {
            let folded: Vec<String> = cards.iter().map(|card| card.title.to_lowercase()).collect();
            let title = |doc: u32| folded.get(doc as usize);
            sort(docs, &|a, b| title(a).cmp(&title(b)).then(a.cmp(&b)));
        }
    }
}

/// Sorts with the search engine's own small heap: the standard library's sort is 5 kB of wasm. `compare` must be a total order, so that
/// equal stories keep theirs.
fn sort(positions: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    best_first(positions, positions.len(), |a, b| compare(*a, *b) == Ordering::Less);
}

/// The stories before and after one in the list.
pub(crate) fn neighbours(docs: &[u32], doc: u32) -> [Option<u32>; 2] {
    match docs.iter().position(|&other| other == doc) {
        Some(position) => [position.checked_sub(1).and_then(|before| docs.get(before)).copied(), docs.get(position + 1).copied()],
        None => [None, None],
    }
}

#[cfg(test)]
mod tests {
    use corpus::{Card, Section};

    use super::{Listing, listing, neighbours};
    use crate::{query::ListQuery, route::Place, sample};

    fn card(title: &str, section: Section, company: Option<&str>, views: Option<u64>, n_chars: u32, tags: &[&str]) -> Card {
        Card { company: company.map(Into::into), views, n_chars, ..sample::card(title, section, tags) }
    }

    fn cards() -> Vec<Card> {
        vec![
            card("나", Section::Feed, Some("스포카"), Some(10), 300, &["개발", "꿀팁"]),
            card("Alpha", Section::Feed, Some("리디북스"), None, 100, &["개발"]),
            card("가", Section::Interview, Some("스포카"), Some(30), 200, &["문화"]),
            card("beta", Section::Feed, None, Some(20), 400, &[]),
        ]
    }

    fn shown(section: Option<Section>, search: &str, hits: Option<&[u32]>) -> Listing {
        listing(&cards(), &Place { section, query: ListQuery::parse(search) }, hits)
    }

    #[track_caller]
    fn check(search: &str, hits: Option<&[u32]>, docs: &[u32]) {
        assert_eq!(shown(None, search, hits).docs, docs);
    }

    #[test]
    fn narrows_by_every_tag_and_any_company() {
        check("tag=개발", None, &[0, 1]);
        check("tag=개발&tag=꿀팁", None, &[0]);
        check("tag=-개발", None, &[2, 3]);
        check("company=스포카&company=리디북스", None, &[0, 1, 2]);
        check("company=스포카&tag=개발", None, &[0]);
    }

    #[test]
    fn sorts_with_ties_in_corpus_order() {
        check("sort=views", None, &[2, 3, 0, 1]);
        check("sort=length", None, &[3, 0, 2, 1]);
        check("sort=title", None, &[1, 3, 2, 0]);
    }

    #[test]
    fn a_search_is_shown_best_first_unless_sorted() {
        check("q=x", Some(&[3, 0]), &[3, 0]);
        check("q=x&sort=order", Some(&[3, 0]), &[0, 3]);
        check("sort=relevance", None, &[0, 1, 2, 3]);
    }

    #[test]
    fn counts_what_one_more_choice_would_leave() {
        let listing = shown(Some(Section::Feed), "company=스포카", None);
        let pairs = |values: &[super::FacetValue]| values.iter().map(|value| format!("{} {}", value.name, value.count)).collect::<Vec<_>>();
        assert_eq!(pairs(&listing.tags), ["개발 1", "꿀팁 1"]);
        assert_eq!(pairs(&listing.companies), ["리디북스 1", "스포카 1"]);
    }

    #[test]
    fn neighbours_stop_at_the_ends() {
        assert_eq!(neighbours(&[5, 7, 9], 5), [None, Some(7)]);
        assert_eq!(neighbours(&[5, 7, 9], 9), [Some(7), None]);
        assert_eq!(neighbours(&[5], 4), [None, None]);
    }
}
