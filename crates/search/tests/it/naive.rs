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
