//! From cards and a list's query to what the list shows: which stories, in which order, and how many each filter would leave.
//! Pure, so that all of it is tested natively.

use corpus::Card;

use crate::{
    facet::{Facet, FacetTable},
    order::sort_by_key,
    query::{ListQuery, Sort},
    route::{Place, Scope},
};

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    /// Positions of the stories in the cards, in the order shown.
    pub(crate) docs: Vec<u32>,
    /// For each filter, by the value's id: how many stories there would be if the value were chosen as well. A second tag narrows the
    /// list, a second company widens it, so a company's count is of its own stories under the other filters.
    counts: Vec<Vec<u32>>,
}

impl Listing {
    /// How many stories a value would leave.
    pub(crate) fn count(&self, facet: Facet, id: u32) -> u32 {
        self.counts.get(facet as usize).and_then(|counts| counts.get(id as usize)).copied().unwrap_or_default()
    }
}

/// The order in which a list stands when the reader has not chosen one, or has chosen relevance without a search.
pub(crate) fn effective_sort(query: &ListQuery) -> Sort {
    match query.sort {
        None | Some(Sort::Relevance) if query.is_search() => Sort::Relevance,
        None | Some(Sort::Relevance) => Sort::Order,
        Some(sort) => sort,
    }
}

/// What the reader has said of one filter, as ids. A value that no story has is kept, as one that no story can have.
#[derive(Default)]
struct Wanted {
    include: Vec<u32>,
    exclude: Vec<u32>,
    /// Every included value is needed, not one of them.
    all: bool,
}

impl Wanted {
    fn of(query: &ListQuery, table: &FacetTable, facet: Facet) -> Self {
        let mut wanted = Self { all: facet == Facet::Tags && !query.any_tag, ..Self::default() };
        for choice in query.choices.iter().filter(|choice| choice.facet == facet) {
            let ids = if choice.exclude { &mut wanted.exclude } else { &mut wanted.include };
            ids.push(table.id(facet, &choice.name).unwrap_or(u32::MAX));
        }
        wanted
    }

    /// Of a filter that includes something.
    fn includes(&self, ids: &[u32]) -> bool {
        let has = |id: &u32| ids.contains(id);
        if self.all { self.include.iter().all(has) } else { self.include.iter().any(has) }
    }

    fn excludes(&self, ids: &[u32]) -> bool {
        self.exclude.iter().any(|id| ids.contains(id))
    }
}

/// Filters, orders and counts. `hits` are the documents that match the search, best first; `None` without a search.
/// Cost: linear in stories and their values, and a sort.
pub(crate) fn listing(cards: &[Card], table: &FacetTable, place: &Place, hits: Option<&[u32]>) -> Listing {
    let query = &place.query;
    let all: Vec<u32>;
    let candidates = match hits {
        Some(hits) => hits,
        None => {
            all = (0..cards.len() as u32).collect();
            &all
        }
    };

    let is_in_scope = in_scope(cards, table, &place.scope);
    // Most filters are mostly not in use; asking all of them of each story is most of the time that a large archive takes.
    let wanted = Facet::ALL.map(|facet| (facet, Wanted::of(query, table, facet)));
    let excluding: Vec<&(Facet, Wanted)> = wanted.iter().filter(|(_, wanted)| !wanted.exclude.is_empty()).collect();
    let including: Vec<&(Facet, Wanted)> = wanted.iter().filter(|(_, wanted)| !wanted.include.is_empty()).collect();
    let mut counts: Vec<Vec<u32>> = Facet::ALL.iter().map(|facet| vec![0; table.names(*facet).len()]).collect();
    let mut docs = Vec::new();
    for &doc in candidates {
        if !is_in_scope(doc) {
            continue;
        }
        if excluding.iter().any(|(facet, wanted)| wanted.excludes(table.ids(*facet, doc))) {
            continue;
        }
        let mut failed = including.iter().filter(|(facet, wanted)| !wanted.includes(table.ids(*facet, doc)));
        match (failed.next(), failed.next()) {
            (None, _) => docs.push(doc),
            // One more value of the filter that keeps it out would let it in.
            (Some((facet, wanted)), None) if !wanted.all => {
                if let Some(counts) = counts.get_mut(*facet as usize) {
                    table.count(*facet, doc, counts);
                }
            }
            _ => {}
        }
    }
    // One filter after the other and in the order of memory: an answer of half an archive is counted in a third of the time.
    let ascending = ascending(&docs, cards.len());
    for (facet, counts) in Facet::ALL.into_iter().zip(&mut counts) {
        for &doc in &ascending {
            table.count(facet, doc, counts);
        }
    }
    sort_docs(&mut docs, cards, table, place);
    Listing { docs, counts }
}

/// The same stories in ascending order. Cost: linear in stories of the archive.
fn ascending(docs: &[u32], n_cards: usize) -> Vec<u32> {
    let mut is_in = vec![false; n_cards];
    for &doc in docs {
        if let Some(is_in) = is_in.get_mut(doc as usize) {
            *is_in = true;
        }
    }
    (0..).zip(is_in).filter(|(_, is_in)| *is_in).map(|(doc, _)| doc).collect()
}

/// Whether a story is in a scope: by numbers, where the scope has one, because comparing names takes most of the time of a large list.
pub(crate) fn in_scope<'a>(cards: &'a [Card], table: &'a FacetTable, scope: &'a Scope) -> Box<dyn Fn(u32) -> bool + 'a> {
    match scope {
        Scope::Topic(facet, name) => {
            let id = table.id(*facet, name);
            Box::new(move |doc| id.is_some_and(|id| table.ids(*facet, doc).contains(&id)))
        }
        _ => Box::new(|doc| cards.get(doc as usize).is_some_and(|card| scope.contains(card))),
    }
}

fn sort_docs(docs: &mut [u32], cards: &[Card], table: &FacetTable, place: &Place) {
    let card = |doc: &u32| cards.get(*doc as usize);
    let by = |docs: &mut [u32], key: &dyn Fn(&Card) -> u64| {
        sort_by_key(docs, &|doc| card(doc).map_or(u64::MAX, key), &|a, b| a < b);
    };
    match (effective_sort(&place.query), &place.scope) {
        (Sort::Relevance, _) => {}
        // A series is read part after part.
        (Sort::Order, Scope::Topic(Facet::Series, _)) => {
            by(docs, &|card| card.series.as_ref().and_then(|series| series.part).map_or(u64::MAX, u64::from));
        }
        (Sort::Order, _) => sort_by_key(docs, &|doc| u64::from(*doc), &|_, _| false),
        (Sort::Views, _) => by(docs, &|card| card.views.map_or(u64::MAX, |views| u64::MAX - 1 - views)),
        (Sort::Length, _) => by(docs, &|card| u64::from(u32::MAX - card.n_chars)),
        (Sort::Title, _) => {
            let ranks = table.title_ranks(cards);
            sort_by_key(docs, &|doc| ranks.get(*doc as usize).map_or(u64::MAX, |rank| u64::from(*rank)), &|a, b| a < b);
        }
    }
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
    use corpus::{Card, Section, Series};

    use super::{Listing, listing, neighbours};
    use crate::{
        facet::{Facet, FacetTable},
        query::ListQuery,
        route::{Place, Scope},
        sample,
    };

    fn card(title: &str, section: Section, company: Option<&str>, views: Option<u64>, n_chars: u32, tags: &[&str]) -> Card {
        Card { company: company.map(Into::into), views, n_chars, ..sample::card(title, section, tags) }
    }

    fn cards() -> Vec<Card> {
        vec![
            card("나", Section::Feed, Some("스포카"), Some(10), 300, &["개발", "꿀팁"]),
            card("Alpha", Section::Feed, Some("리디북스"), None, 100, &["개발"]),
            card("가", Section::Interview, Some("스포카"), Some(30), 200, &["문화"]),
            card("beta", Section::Feed, None, Some(2000), 9000, &[]),
        ]
    }

    fn shown(scope: Scope, search: &str, hits: Option<&[u32]>) -> Listing {
        let cards = cards();
        listing(&cards, &FacetTable::of(&cards), &Place { scope, query: ListQuery::parse(search) }, hits)
    }

    #[track_caller]
    fn check(search: &str, hits: Option<&[u32]>, docs: &[u32]) {
        assert_eq!(shown(Scope::All, search, hits).docs, docs);
    }

    #[test]
    fn narrows_by_every_tag_and_any_company() {
        check("tag=개발", None, &[0, 1]);
        check("tag=개발&tag=꿀팁", None, &[0]);
        check("tag=문화&tag=꿀팁", None, &[]);
        check("tag=-개발", None, &[2, 3]);
        check("company=스포카&company=리디북스", None, &[0, 1, 2]);
        check("company=스포카&tag=개발", None, &[0]);
        check("company=-스포카", None, &[1, 3]);
        check("tag=없음", None, &[]);
    }

    #[test]
    fn one_of_the_tags_is_enough_if_asked() {
        check("tag=문화&tag=꿀팁&any", None, &[0, 2]);
        check("tag=문화&tag=개발&tag=-꿀팁&any", None, &[1, 2]);
    }

    #[test]
    fn narrows_by_ranges() {
        check("views=0-999", None, &[0, 2]);
        check("views=0-999&views=1000-4999", None, &[0, 2, 3]);
        check("time=13-", None, &[3]);
    }

    #[test]
    fn sorts_with_ties_in_corpus_order() {
        check("sort=views", None, &[3, 2, 0, 1]);
        check("sort=length", None, &[3, 0, 2, 1]);
        check("sort=title", None, &[1, 3, 2, 0]);
    }

    #[test]
    fn titles_are_sorted_beyond_their_first_letters() {
        let titles = ["가나다라", "가나다", "가나다가", "Abcd", "abcA"];
        let cards: Vec<Card> = titles.iter().map(|title| card(title, Section::Feed, None, None, 0, &[])).collect();
        let place = Place { query: ListQuery::parse("sort=title"), ..Place::default() };
        assert_eq!(listing(&cards, &FacetTable::of(&cards), &place, None).docs, [4, 3, 1, 2, 0]);
    }

    #[test]
    fn a_search_is_shown_best_first_unless_sorted() {
        check("q=x", Some(&[3, 0]), &[3, 0]);
        check("q=x&sort=order", Some(&[3, 0]), &[0, 3]);
        check("sort=relevance", None, &[0, 1, 2, 3]);
    }

    #[test]
    fn a_series_is_read_part_after_part() {
        let part = |part| Card { series: Some(Series { name: "일기".into(), part }), ..sample::card("가", Section::Feed, &[]) };
        let cards = [part(None), part(Some(2)), sample::card("나", Section::Feed, &[]), part(Some(1))];
        let place = Place { scope: Scope::Topic(Facet::Series, "일기".into()), ..Place::default() };
        assert_eq!(listing(&cards, &FacetTable::of(&cards), &place, None).docs, [3, 1, 0]);
    }

    #[test]
    fn counts_what_one_more_choice_would_leave() {
        let cards = cards();
        let table = FacetTable::of(&cards);
        let counts = |search: &str, facet: Facet| {
            let listing = shown(Scope::Section(Section::Feed), search, None);
            (0..).zip(table.names(facet)).map(|(id, name)| format!("{name} {}", listing.count(facet, id))).collect::<Vec<_>>()
        };
        assert_eq!(counts("company=스포카", Facet::Tags), ["개발 1", "꿀팁 1", "문화 0"]);
        assert_eq!(counts("company=스포카", Facet::Companies), ["스포카 1", "리디북스 1"]);
        assert_eq!(counts("tag=꿀팁", Facet::Tags), ["개발 1", "꿀팁 1", "문화 0"]);
        assert_eq!(counts("tag=꿀팁&any", Facet::Tags), ["개발 2", "꿀팁 1", "문화 0"]);
        assert_eq!(counts("company=-리디북스&tag=개발", Facet::Companies), ["스포카 1", "리디북스 0"]);
    }

    #[test]
    fn neighbours_stop_at_the_ends() {
        assert_eq!(neighbours(&[5, 7, 9], 5), [None, Some(7)]);
        assert_eq!(neighbours(&[5, 7, 9], 9), [Some(7), None]);
        assert_eq!(neighbours(&[5], 4), [None, None]);
    }
}
