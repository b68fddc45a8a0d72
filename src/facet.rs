//! What a list can be narrowed by: the values of every card, as numbers, so that counting them over a large archive is adding.
//! Pure, so that all of it is tested natively.

use std::{collections::HashMap, sync::OnceLock};

use corpus::Card;

use crate::order::{TextSort, sort_by_key};

/// A filter of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Facet {
    /// Hashtags.
    Tags,
    /// Who published it.
    Companies,
    /// The series it belongs to.
    Series,
    /// Minutes to read, in ranges.
    Minutes,
    /// 조회수, in ranges.
    Views,
}

/// First minute of each range of reading times: a break, a coffee, a train ride, an evening.
const MINUTES: [(u64, &str); 4] = [(0, "0-3"), (4, "4-7"), (8, "8-12"), (13, "13-")];
/// First view of each range of views.
const VIEWS: [(u64, &str); 5] = [(0, "0-999"), (1000, "1000-4999"), (5000, "5000-9999"), (10_000, "10000-49999"), (50_000, "50000-")];

impl Facet {
    /// Every filter, in the order of the panel.
    pub(crate) const ALL: [Self; N_FACETS] = [Self::Tags, Self::Companies, Self::Series, Self::Minutes, Self::Views];

    /// The key in a URL.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Tags => "tag",
            Self::Companies => "company",
            Self::Series => "series",
            Self::Minutes => "time",
            Self::Views => "views",
        }
    }

    /// Whether its values are ranges of a number, which stand in their own order and are not searched.
    pub(crate) fn is_range(self) -> bool {
        matches!(self, Self::Minutes | Self::Views)
    }

    /// A card's values.
    fn of<'a>(self, card: &'a Card, names: &mut Vec<&'a str>) {
        match self {
            Self::Tags => names.extend(card.tags.iter().map(String::as_str)),
            Self::Companies => names.extend(card.company.as_deref()),
            Self::Series => names.extend(card.series.as_ref().map(|series| series.name.as_str())),
            Self::Minutes => names.extend(range_of(&MINUTES, card.minutes().into())),
            Self::Views => names.extend(card.views.and_then(|views| range_of(&VIEWS, views))),
        }
    }
}

/// How many filters there are.
pub(crate) const N_FACETS: usize = 5;

fn range_of(ranges: &[(u64, &'static str)], number: u64) -> Option<&'static str> {
    ranges.iter().rev().find(|(first, _)| *first <= number).map(|(_, name)| *name)
}

/// First and last number of a range's name; no last one where it is open. `None` for what is no range.
pub(crate) fn range_ends(name: &str) -> Option<(u64, Option<u64>)> {
    let (first, last) = name.split_once('-')?;
    Some((first.parse().ok()?, if last.is_empty() { None } else { Some(last.parse().ok()?) }))
}

/// The values of all cards. A value's id is its position in [`FacetTable::names`].
#[derive(Default)]
pub(crate) struct FacetTable {
    columns: [Column; N_FACETS],
    title_ranks: OnceLock<Vec<u32>>,
}

/// One filter's values, card after card.
#[derive(Default)]
struct Column {
    names: Vec<String>,
    /// Where each card's ids end; they begin where those of the card before end.
    ends: Vec<u32>,
    ids: Vec<u32>,
}

impl FacetTable {
    /// Collects every card's values. Cost: linear in cards and their values.
    pub(crate) fn of(cards: &[Card]) -> Self {
        Self { columns: Facet::ALL.map(|facet| Column::of(cards, facet)), title_ranks: OnceLock::new() }
    }

    /// Where each of the table's cards stands in 가나다 order. Found once: by whoever has prepared it, else when somebody first sorts by title.
    pub(crate) fn title_ranks(&self, cards: &[Card]) -> &[u32] {
        self.title_ranks.get_or_init(|| {
            let mut titles = TitleOrder::of(cards);
            while titles.step(cards) {}
            titles.ranks()
        })
    }

    /// Prepares [`FacetTable::title_ranks`]: does so much of it as may keep a reader waiting, and is to be called until it returns false.
    /// `titles` is what is done so far.
    pub(crate) fn prepare_title_ranks(&self, cards: &[Card], titles: &mut Option<TitleOrder>) -> bool {
        if self.title_ranks.get().is_some() {
            return false;
        }
        let Some(begun) = titles else {
            *titles = Some(TitleOrder::of(cards));
            return true;
        };
        if begun.step(cards) {
            return true;
        }
        // Who has sorted meanwhile has found the same.
        let _ = self.title_ranks.set(begun.ranks());
        false
    }

    fn column(&self, facet: Facet) -> &Column {
        let [tags, companies, series, minutes, views] = &self.columns;
        match facet {
            Facet::Tags => tags,
            Facet::Companies => companies,
            Facet::Series => series,
            Facet::Minutes => minutes,
            Facet::Views => views,
        }
    }

    /// Every value of a filter.
    pub(crate) fn names(&self, facet: Facet) -> &[String] {
        &self.column(facet).names
    }

    /// The id of a value; `None` if no story has it. Cost: linear in values.
    pub(crate) fn id(&self, facet: Facet, name: &str) -> Option<u32> {
        (0..).zip(self.names(facet)).find(|(_, other)| *other == name).map(|(id, _)| id)
    }

    /// The ids of a card's values.
    pub(crate) fn ids(&self, facet: Facet, doc: u32) -> &[u32] {
        let Column { ends, ids, .. } = self.column(facet);
        let end = |doc: u32| ends.get(doc as usize).map_or(0, |end| *end as usize);
        let start = doc.checked_sub(1).map_or(0, end);
        ids.get(start..end(doc)).unwrap_or_default()
    }

    /// Counts a card's values, by their ids.
    pub(crate) fn count(&self, facet: Facet, doc: u32, counts: &mut [u32]) {
        for id in self.ids(facet, doc) {
            if let Some(count) = counts.get_mut(*id as usize) {
                *count += 1;
            }
        }
    }

    /// A filter's values among `docs`, most frequent first and then by name, each with its number of stories; ranges in their own order.
    pub(crate) fn by_frequency(&self, facet: Facet, docs: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
        let names = self.names(facet);
        let mut counts = vec![0_u32; names.len()];
        docs.for_each(|doc| self.count(facet, doc, &mut counts));
        let mut values: Vec<(u32, u32)> = (0..).zip(counts).filter(|(_, count)| *count > 0).collect();
        let name = |id: u32| names.get(id as usize).map_or("", String::as_str);
        if facet.is_range() {
            sort_by_key(&mut values, &|(id, _)| range_ends(name(*id)).map_or(0, |(first, _)| first), &|_, _| false);
        } else {
            sort_by_key(&mut values, &|(_, count)| u64::from(u32::MAX - count), &|(a, _), (b, _)| name(*a) < name(*b));
        }
        values
    }
}

/// Cards on their way into 가나다 order. Precomposed syllables stand in it in Unicode; case is folded so that Latin titles do not split in two.
pub(crate) struct TitleOrder {
    /// Titles in small letters, where they are not so already.
    folded: Vec<Option<String>>,
    docs: Vec<u32>,
    sort: TextSort,
}

/// So many titles in one step: some milliseconds on a slow phone.
const N_TITLES: usize = 2000;

impl TitleOrder {
    fn of(cards: &[Card]) -> Self {
        let folded = cards.iter().map(|card| without_case(&card.title)).collect();
        Self { folded, docs: (0..cards.len() as u32).collect(), sort: TextSort::default() }
    }

    fn step(&mut self, cards: &[Card]) -> bool {
        let Self { folded, docs, sort } = self;
        let title = |doc: &u32| match folded.get(*doc as usize) {
            Some(Some(folded)) => folded.as_str(),
            _ => cards.get(*doc as usize).map_or("", |card| &card.title),
        };
        sort.step(docs, &title, N_TITLES)
    }

    fn ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.docs.len()];
        for (rank, doc) in (0..).zip(&self.docs) {
            if let Some(slot) = ranks.get_mut(*doc as usize) {
                *slot = rank;
            }
        }
        ranks
    }
}

/// The text in small letters; `None` for most titles, which have no others: a copy of each is what sorting would wait for.
fn without_case(text: &str) -> Option<String> {
    // Of what is neither Latin nor Hangul, only the copy knows; a table of all letters is a kilobyte of code.
    let may_be_large = |c: char| if c.is_ascii() { c.is_ascii_uppercase() } else { !('가'..='힣').contains(&c) };
    text.chars().any(may_be_large).then(|| text.to_lowercase())
}

impl Column {
    fn of(cards: &[Card], facet: Facet) -> Self {
        let mut column = Self::default();
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut names = Vec::new();
        for card in cards {
            names.clear();
            facet.of(card, &mut names);
            for name in &names {
                let id = *known.entry(name).or_insert_with(|| {
                    column.names.push((*name).to_owned());
                    column.names.len() as u32 - 1
                });
                column.ids.push(id);
            }
            column.ends.push(column.ids.len() as u32);
        }
        column
    }
}

#[cfg(test)]
mod tests {
    use corpus::{Card, Section};

    use super::{Facet, FacetTable, range_ends};
    use crate::sample;

    fn table() -> FacetTable {
        let card = |tags: &[&str], views: Option<u64>| Card { views, ..sample::card("가", Section::Feed, tags) };
        FacetTable::of(&[card(&["나", "가"], Some(12)), card(&[], None), card(&["다", "가"], Some(1000))])
    }

    fn values(facet: Facet, docs: &[u32]) -> Vec<(String, u32)> {
        let table = table();
        let name = |id: u32| table.names(facet)[id as usize].clone();
        table.by_frequency(facet, docs.iter().copied()).into_iter().map(|(id, n)| (name(id), n)).collect()
    }

    #[test]
    fn knows_the_values_of_each_card() {
        let table = table();
        let ids =
            |doc: u32| table.ids(Facet::Tags, doc).iter().map(|id| table.names(Facet::Tags)[*id as usize].as_str()).collect::<Vec<_>>();
        assert_eq!([ids(0), ids(1), ids(2), ids(9)], [vec!["나", "가"], vec![], vec!["다", "가"], vec![]]);
    }

    #[test]
    fn frequent_values_stand_first_and_ranges_in_their_own_order() {
        assert_eq!(values(Facet::Tags, &[0, 1, 2]), [("가".into(), 2), ("나".into(), 1), ("다".into(), 1)]);
        assert_eq!(values(Facet::Tags, &[0]), [("가".into(), 1), ("나".into(), 1)]);
        assert_eq!(values(Facet::Views, &[2, 0]), [("0-999".into(), 1), ("1000-4999".into(), 1)]);
    }

    #[test]
    fn a_range_tells_its_ends() {
        assert_eq!(range_ends("1000-4999"), Some((1000, Some(4999))));
        assert_eq!(range_ends("13-"), Some((13, None)));
        assert_eq!(range_ends("x"), None);
    }
}
