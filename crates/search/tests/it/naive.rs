//! The index answers as somebody would who reads every document: random small corpora, rung by rung.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};
use search::{DocSet, Document, FacetKind, Index, IndexConfig, IndexWriter, Rung, SearchOptions, SearchResults, parse_query};

/// Words of a document; no particle, ending or compound among them, so that every word is its own term.
type Words = Vec<String>;

fn index_of(docs: &[Words]) -> Index {
    let mut writer = IndexWriter::new(IndexConfig::default());
    for (words, doc) in docs.iter().zip(0..) {
        let tag = ["a", "b", "c"][doc % 3];
        writer.add(&Document { body: &words.join(" "), tags: &[tag], ..Document::default() });
    }
    Index::open(writer.finish()).unwrap()
}

fn search(index: &Index, typed: &str, literal: bool) -> SearchResults {
    index.search(&parse_query(typed).0, &SearchOptions { literal, ..SearchOptions::default() })
}

fn found(docs: &DocSet) -> BTreeSet<usize> {
    docs.iter().map(|doc| doc as usize).collect()
}

fn docs_where(docs: &[Words], holds: impl Fn(&Words) -> bool) -> BTreeSet<usize> {
    docs.iter().enumerate().filter(|(_, words)| holds(words)).map(|(doc, _)| doc).collect()
}

fn latin_docs(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Words>> {
    vec(vec("x[a-c]{1,3}", 1..6), n)
}

fn hangul_docs() -> impl Strategy<Value = Vec<Words>> {
    vec(vec("[쿠티토푸]{2,3}", 1..5), 1..7)
}

/// Particles that no word of [`noun_docs`] can be taken to end with.
const PARTICLES: [&str; 4] = ["에서", "까지", "에게", "처럼"];
/// One that no document has.
const ASKED: &str = "부터";

/// Documents of three-syllable words, none of which is another one's part.
fn noun_docs() -> impl Strategy<Value = Vec<Words>> {
    vec(vec("[쿠티토푸]{3}", 1..6), 2..9)
}

fn nth_word(docs: &[Words], at: usize) -> String {
    let words: Vec<&String> = docs.iter().flatten().collect();
    words[at % words.len()].clone()
}

fn with_particles(words: &Words) -> Words {
    words.iter().enumerate().map(|(at, word)| format!("{word}{}", PARTICLES[at % PARTICLES.len()])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn beginnings_are_found_where_they_stand(docs in latin_docs(1..40), typed in "x[a-c]{1,3}") {
        let results = search(&index_of(&docs), &typed, true);
        let expected = docs_where(&docs, |words| words.iter().any(|word| word.starts_with(&typed)));
        prop_assert_eq!(found(&results.docs), expected);
    }

    #[test]
    fn all_words_come_first(docs in latin_docs(1..40), a in "x[a-c]{1,2}", b in "x[a-c]{1,2}") {
        prop_assume!(a != b);
        let index = index_of(&docs);
        // A space ends the last word, so that only whole words count.
        let results = search(&index, &format!("{a} {b} "), true);
        let (has_a, has_b) = (docs_where(&docs, |words| words.contains(&a)), docs_where(&docs, |words| words.contains(&b)));
        prop_assume!(!has_a.is_empty() && !has_b.is_empty());
        let both = has_a.intersection(&has_b).count();
        let first: BTreeSet<usize> = results.hits.iter().take(both).map(|hit| hit.doc as usize).collect();
        prop_assert_eq!(first, has_a.intersection(&has_b).copied().collect::<BTreeSet<_>>());
        for limit in [1, 3, 10] {
            let few = index.search(&parse_query(&format!("{a} {b} ")).0, &SearchOptions { limit, literal: true, ..SearchOptions::default() });
            prop_assert_eq!(&few.hits[..], &results.hits[..limit.min(results.hits.len())]);
            prop_assert_eq!(few.n_matches, results.n_matches);
        }
    }

    #[test]
    fn phrases_are_found_where_they_stand(docs in latin_docs(200..420), a in "x[a-c]{1,2}", b in "x[a-c]{1,2}") {
        let results = search(&index_of(&docs), &format!("\"{a} {b}\""), true);
        let expected = docs_where(&docs, |words| words.windows(2).any(|pair| pair[0] == a && pair[1] == b));
        if a != b && docs.iter().flatten().any(|word| *word == a) && docs.iter().flatten().any(|word| *word == b) {
            prop_assert_eq!(found(&results.docs), expected);
        }
    }

    #[test]
    fn initials_are_found_where_they_stand(docs in hangul_docs(), typed in "[ㅋㅌㅍ]{2,3}") {
        let results = search(&index_of(&docs), &typed, false);
        let expected = docs_where(&docs, |words| words.iter().any(|word| hangul::choseong(word).starts_with(&typed)));
        if !expected.is_empty() {
            prop_assert_eq!(found(&results.docs), expected);
            prop_assert_eq!(results.terms[0].rung, Some(Rung::Choseong));
        }
    }

    #[test]
    fn words_in_the_making_are_completed(docs in hangul_docs(), typed in "[쿠티토푸][ㅋㅌㅍ]") {
        let index = index_of(&docs);
        let key = hangul::encode(&typed);
        let words: BTreeSet<&String> = docs.iter().flatten().filter(|word| hangul::encode(word).starts_with(&key)).collect();
        let completed: BTreeSet<String> = index.complete(&typed, 1000).into_iter().map(|completion| completion.text).collect();
        prop_assert_eq!(completed, words.into_iter().cloned().collect::<BTreeSet<_>>());
    }

    #[test]
    fn stems_are_found_under_every_particle(docs in noun_docs(), at in 0usize..40) {
        let noun = nth_word(&docs, at);
        // Every occurrence has a particle; the typed one is another.
        let index = index_of(&docs.iter().map(with_particles).collect::<Vec<_>>());
        let results = search(&index, &format!("{noun}{ASKED} "), false);
        let expected = docs_where(&docs, |words| words.contains(&noun));
        prop_assert_eq!(found(&results.docs), expected);
        prop_assert!(results.hits.iter().all(|hit| hit.rung == Rung::Stem));
    }

    #[test]
    fn the_other_layout_finds_what_the_right_one_finds(docs in noun_docs(), at in 0usize..40) {
        let noun = nth_word(&docs, at);
        let index = index_of(&docs);
        let results = search(&index, &format!("{} ", hangul::to_qwerty(&noun)), false);
        let expected = docs_where(&docs, |words| words.contains(&noun));
        prop_assert_eq!(found(&results.docs), expected);
        prop_assert!(results.hits.iter().all(|hit| hit.rung == Rung::Layout));
        let right: Vec<u32> = search(&index, &format!("{noun} "), false).hits.iter().map(|hit| hit.doc).collect();
        prop_assert_eq!(results.hits.iter().map(|hit| hit.doc).collect::<Vec<_>>(), right);
    }

    #[test]
    fn words_written_together_are_found_apart(docs in noun_docs(), at in 0usize..40) {
        let pairs: Vec<(&String, &String)> = docs.iter().flat_map(|words| words.windows(2)).map(|pair| (&pair[0], &pair[1])).collect();
        prop_assume!(!pairs.is_empty());
        let (a, b) = pairs[at % pairs.len()];
        let results = search(&index_of(&docs), &format!("{a}{b} "), false);
        prop_assert_eq!(found(&results.docs), docs_where(&docs, |words| words.windows(2).any(|pair| pair[0] == *a && pair[1] == *b)));
        prop_assert!(results.hits.iter().all(|hit| hit.rung == Rung::Spacing));
    }

    #[test]
    fn words_written_apart_are_found_together(docs in noun_docs(), at in 0usize..8, a in "[쿠티토푸]{3}", b in "[쿠티토푸]{3}") {
        let mut docs = docs;
        let compound = format!("{a}{b}");
        let at = at % docs.len();
        docs[at].push(compound.clone());
        let results = search(&index_of(&docs), &format!("{a} {b} "), false);
        let side_by_side = |words: &Words| words.contains(&compound) || words.contains(&a) || words.contains(&b);
        let first = results.hits.first().map(|hit| hit.doc as usize);
        prop_assert!(found(&results.docs).is_superset(&docs_where(&docs, side_by_side)));
        // Only a document with both words may come before the one that has them as one.
        let has_both = |words: &Words| words.contains(&compound) || words.contains(&a) && words.contains(&b);
        prop_assert!(first.is_some_and(|doc| has_both(&docs[doc])), "{:?}", results.hits);
    }

    #[test]
    fn parts_of_compounds_are_found_where_both_are_words(docs in noun_docs(), pairs in vec(("[쿠티토푸]{3}", "[쿠티토푸]{3}"), 1..4), asked in 0usize..4) {
        let mut docs = docs;
        for ((a, b), doc) in pairs.iter().zip(0..) {
            let at = doc % docs.len();
            docs[at].push(format!("{a}{b}"));
        }
        let noun = if asked < pairs.len() { pairs[asked].0.clone() } else { nth_word(&docs, asked * 7) };
        let n_docs = |word: &str| docs_where(&docs, |words| words.iter().any(|other| other == word)).len();
        let is_part = |word: &String| {
            let halves: (String, String) = (word.chars().take(3).collect(), word.chars().skip(3).collect());
            let known = word.chars().count() == 6 && 2 <= n_docs(&halves.0) && 2 <= n_docs(&halves.1);
            known && (halves.0 == noun || halves.1 == noun)
        };
        let results = search(&index_of(&docs), &format!("{noun} "), false);
        if 0 < n_docs(&noun) {
            let expected = docs_where(&docs, |words| words.iter().any(|word| *word == noun || is_part(word)));
            prop_assert_eq!(found(&results.docs), expected);
            for hit in &results.hits {
                let whole = docs[hit.doc as usize].contains(&noun);
                prop_assert_eq!(hit.rung, if whole { Rung::Exact } else { Rung::Part });
            }
        }
    }

    #[test]
    fn what_nothing_has_alone_is_found_inside(docs in noun_docs(), part in "[쿠티토푸]{2}") {
        let results = search(&index_of(&docs), &format!("{part} "), false);
        // A beginning comes before the middle of a word.
        let begins = docs_where(&docs, |words| words.iter().any(|word| word.starts_with(&part)));
        let inside = docs_where(&docs, |words| words.iter().any(|word| word.ends_with(&part)));
        if begins.is_empty() && !inside.is_empty() {
            prop_assert_eq!(found(&results.docs), inside);
            prop_assert!(results.hits.iter().all(|hit| hit.rung == Rung::Part));
        }
    }

    #[test]
    fn facets_count_every_match(docs in latin_docs(1..80), typed in "x[a-c]{1,2}") {
        let index = index_of(&docs);
        let results = index.search(&parse_query(&typed).0, &SearchOptions { limit: 2, literal: true, ..SearchOptions::default() });
        for count in index.facet_counts(FacetKind::Tag, &results.docs).unwrap() {
            let place = ["a", "b", "c"].iter().position(|tag| *tag == count.value).unwrap();
            prop_assert_eq!(count.n_docs, found(&results.docs).iter().filter(|doc| *doc % 3 == place).count());
            let within = index.docs_with(FacetKind::Tag, count.value);
            let filtered = index.search(&parse_query(&typed).0, &SearchOptions { literal: true, within, ..SearchOptions::default() });
            prop_assert_eq!(filtered.n_matches, count.n_docs);
        }
    }

    #[test]
    fn what_a_search_leaves_behind_changes_no_answer(docs in hangul_docs(), typed in vec("[쿠티토푸ㅋㅌ xa]{1,8}", 1..12)) {
        let index = index_of(&docs);
        for typed in typed {
            let fresh = index.clone();
            prop_assert_eq!(search(&index, &typed, false), search(&fresh, &typed, false));
        }
    }
}
