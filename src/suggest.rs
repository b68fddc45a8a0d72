//! What the search field offers while the reader types: tags, companies, titles, values of operators. Pure, so that all of it is tested
//! natively.

use std::sync::Arc;

use corpus::{Section, Slug};
use leptos::prelude::*;
use search::Start;

use crate::{
    data::{Library, Load},
    dom::timer::after_paint,
    facet::{Facet, FacetTable},
    finding::{Found, Searching},
    nav::Nav,
    query::ListQuery,
    task::effect,
};

/// At most so many of each kind: one row of a phone's screen, and nothing that the list below does not say better.
const MAX_TAGS: usize = 3;
const MAX_COMPANIES: usize = 2;
const MAX_TITLES: usize = 2;
/// Titles are sought in so many results from the top.
const N_RESULTS_LOOKED_AT: usize = 8;
/// So many of the most frequent names are read as a search would read them, which takes a hundred times as long as comparing beginnings.
const N_NAMES_READ: usize = 500;
/// At most so many values of an operator.
const MAX_VALUES: usize = 8;

/// Names of operators that take a value of the archive.
const OPERATORS: [(&str, Kind); 8] = [
    ("tag", Kind::Tag),
    ("태그", Kind::Tag),
    ("company", Kind::Company),
    ("회사", Kind::Company),
    ("series", Kind::Series),
    ("시리즈", Kind::Series),
    ("section", Kind::Section),
    ("섹션", Kind::Section),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tag,
    Company,
    Series,
    Section,
}

/// One offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Suggestion {
    /// Narrow the list to a tag, instead of the word being typed.
    Tag(String),
    /// Narrow the list to a company, likewise.
    Company(String),
    /// Open a story.
    Story {
        /// Its name in URLs.
        slug: Slug,
        /// Its title.
        title: String,
    },
    /// Search for this text: an operator with its value, or an earlier search.
    Text(String),
}

impl Suggestion {
    /// As it is shown.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Tag(tag) => format!("#{tag}"),
            Self::Company(name) | Self::Story { title: name, .. } | Self::Text(name) => name.clone(),
        }
    }
}

/// The names that a search field can complete, most frequent first.
#[derive(Default)]
pub(crate) struct Vocabulary {
    tags: Vec<String>,
    companies: Vec<String>,
    series: Vec<String>,
}

impl Vocabulary {
    /// The names of all cards. Cost: linear in cards, times a sort of the names; once a visit.
    pub(crate) fn of(table: &FacetTable, n_cards: u32) -> Self {
        let names = |facet: Facet| {
            let name = |(id, _): (u32, u32)| table.names(facet).get(id as usize).cloned();
            table.by_frequency(facet, 0..n_cards).into_iter().filter_map(name).collect()
        };
        Self { tags: names(Facet::Tags), companies: names(Facet::Companies), series: names(Facet::Series) }
    }

    fn values(&self, kind: Kind) -> Vec<&str> {
        let names = match kind {
            Kind::Tag => &self.tags,
            Kind::Company => &self.companies,
            Kind::Series => &self.series,
            Kind::Section => return Section::ALL.into_iter().map(Section::korean_label).collect(),
        };
        names.iter().map(String::as_str).collect()
    }
}

/// What to offer for the text in the search field. `titled` are the first stories whose title the search found; `is_found` says whether
/// it would find a name.
fn suggest(vocabulary: &Vocabulary, query: &ListQuery, titled: Vec<(Slug, String)>, is_found: &dyn Fn(&str) -> bool) -> Vec<Suggestion> {
    let word = last_word(&query.q);
    if word.is_empty() {
        return Vec::new();
    }
    if let Some((kind, before, typed)) = operator(word) {
        let head = query.q.strip_suffix(word).unwrap_or_default();
        let start = Start::of(typed);
        let fitting = vocabulary.values(kind).into_iter().filter(|name| typed.is_empty() || start.begins(name));
        let unfinished = fitting.filter(|name| *name != typed).take(MAX_VALUES);
        return unfinished.map(|name| Suggestion::Text(format!("{head}{before}{}", quoted(name)))).collect();
    }
    let word = word.trim_start_matches('#');
    let names = |n_looked_at: usize, fits: &dyn Fn(&str) -> bool| {
        let fitting = |names: &[String], facet: Facet, most: usize| {
            let offered = names.iter().take(n_looked_at).filter(|name| query.chose(facet, name) != Some(false) && fits(name));
            offered.take(most).cloned().collect::<Vec<_>>()
        };
        let tags = fitting(&vocabulary.tags, Facet::Tags, MAX_TAGS).into_iter().map(Suggestion::Tag);
        let companies = fitting(&vocabulary.companies, Facet::Companies, MAX_COMPANIES).into_iter().map(Suggestion::Company);
        tags.chain(companies).collect::<Vec<_>>()
    };
    let start = Start::of(word);
    let mut offers = names(usize::MAX, &|name| start.begins(name));
    // 카프카 for the tag Kafka: what the search understands, a suggestion does. Slower, and only where the whole query is that word.
    if offers.is_empty() && query.q.trim() == word {
        offers = names(N_NAMES_READ, &|name| is_found(name));
    }
    offers.extend(titled.into_iter().take(MAX_TITLES).map(|(slug, title)| Suggestion::Story { slug, title }));
    offers
}

/// The query without the word that a tag or a company takes the place of.
pub(crate) fn without_last_word(text: &str) -> &str {
    text.strip_suffix(last_word(text)).unwrap_or_default().trim_end()
}

fn last_word(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// Takes `-tag:개` apart: the kind of value, `-tag:`, and what is typed of the value.
fn operator(word: &str) -> Option<(Kind, &str, &str)> {
    let (name, typed) = word.split_once(':')?;
    let (_, kind) = OPERATORS.into_iter().find(|(known, _)| name.trim_start_matches('-').eq_ignore_ascii_case(known))?;
    Some((kind, word.strip_suffix(typed)?, typed.trim_start_matches('"')))
}

/// A value with spaces needs quotes.
fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_owned() }
}

/// What to offer for the text in the search field now.
pub(crate) fn use_suggested(nav: Nav, library: Load<Library>, searching: Searching) -> Signal<Vec<Suggestion>> {
    let Searching { index, found } = searching;
    let vocabulary = Memo::new_with_compare(
        move |_| library.loaded().map(|library| Arc::new(Vocabulary::of(&library.facets, library.cards.len() as u32))),
        |before, after| before.is_some() == after.is_some(),
    );
    // Collected while the reader is on the way to the first letter, not at it.
    effect(move || {
        if index.loaded().is_some() {
            vocabulary.track();
        }
    });
    let offered = move || {
        let Some(vocabulary) = vocabulary.get() else { return Vec::new() };
        let titled = library.loaded().zip(found.get()).map_or_else(Vec::new, |(library, found)| titled(&library, &found));
        let is_found =
            |name: &str| found.read().as_ref().is_some_and(|found| found.ranges(name).first().is_some_and(|range| range.start == 0));
        nav.answered.with(|place| suggest(&vocabulary, &place.query, titled, &is_found))
    };
    let suggested = RwSignal::new(Vec::new());
    // Results first: what the archive calls it may come a frame later.
    effect(move || {
        vocabulary.track();
        found.track();
        nav.answered.track();
        after_paint(move || {
            suggested.try_set(untrack(offered));
        });
    });
    suggested.into()
}

/// The first stories whose title the search found.
fn titled(library: &Library, found: &Found) -> Vec<(Slug, String)> {
    let cards = found.docs.iter().take(N_RESULTS_LOOKED_AT).filter_map(|doc| library.card(*doc));
    let has_title = cards.filter(|card| !found.ranges(&card.title).is_empty()).take(MAX_TITLES);
    has_title.map(|card| (card.slug.clone(), card.title.clone())).collect()
}

#[cfg(test)]
mod tests {
    use corpus::{Card, Section, Slug};

    use super::{Suggestion, Vocabulary, suggest, without_last_word};
    use crate::{facet::FacetTable, query::ListQuery, sample};

    fn cards() -> Vec<Card> {
        let card =
            |title: &str, company: &str, tags: &[&str]| Card { company: Some(company.into()), ..sample::card(title, Section::Feed, tags) };
        vec![card("가", "개발 공방", &["개념", "개발자"]), card("나", "스포카", &["개발자", "Docker"])]
    }

    #[track_caller]
    fn check(search: &str, labels: &[&str]) {
        let offers = suggest(
            &Vocabulary::of(&FacetTable::of(&cards()), 2),
            &ListQuery::parse(search),
            vec![(Slug::from_title("나"), "나".to_owned())],
            &|name| name == "Docker",
        );
        assert_eq!(offers.iter().map(Suggestion::label).collect::<Vec<_>>(), labels);
    }

    #[test]
    fn offers_what_begins_like_the_last_word() {
        check("q=", &[]);
        check("q=개", &["#개발자", "#개념", "개발 공방", "나"]);
        check("q=좋은 ㄱㅂ", &["#개발자", "개발 공방", "나"]);
        check("q=docker 스", &["스포카", "나"]);
        check("q=%23do", &["#Docker", "나"]);
        check("q=도커", &["#Docker", "나"]);
        check("q=좋은 도커", &["나"]);
    }

    #[test]
    fn leaves_out_what_is_chosen_already() {
        check("q=개&tag=개발자", &["#개념", "개발 공방", "나"]);
    }

    #[test]
    fn completes_the_value_of_an_operator() {
        check("q=tag:개ㅂ", &["tag:개발자"]);
        check("q=좋은 -태그:", &["좋은 -태그:개발자", "좋은 -태그:Docker", "좋은 -태그:개념"]);
        check("q=company:개", &["company:\"개발 공방\""]);
        check("q=section:인", &["section:인터뷰"]);
        check("q=tag:개발자", &[]);
    }

    #[test]
    fn a_choice_takes_the_place_of_the_last_word() {
        assert_eq!(without_last_word("좋은 개"), "좋은");
        assert_eq!(without_last_word("개"), "");
    }
}
