//! The ladder, end to end, on a small corpus.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::{
    Document, FacetCount, FacetKind, Index, IndexConfig, IndexWriter, Matcher, Rung, SearchOptions, SnippetConfig, parse_query, snippet,
};

/// Title and body; a story's id is its place.
const CORPUS: [(&str, &str); 8] = [
    ("Kafka 모니터링", "카프카를 지켜보는 법을 나눴다. 카프카의 소비자가 밀리면 카프카에서 알람이 온다."),
    ("장바구니 개편기", "장바구니에서는 상품을 담당자가 고른다. 장바구니는 자주 비워진다. 웹 개발의 기록."),
    ("쿠버네티스 전환", "쿠버네티스로 옮긴 까닭과 쿠버네티스를 배운 회의 기록. 고속도로가 막혔다."),
    ("고속도로 여행", "고속도로를 달렸다. 고속도로는 길다. 담당자는 쉬었다. 담당자의 휴가."),
    ("요리 레시피", "레시피를 따라 만들었다. 레시피가 쉽다. React를 배웠다."),
    ("웹개발 입문", "웹개발을 처음 배우는 사람에게. 사용하는 도구와 사용한 시간."),
    ("회의 문화", "회의가 많다. 회의를 줄이자. 회의는 짧게. 대량해고 소문."),
    ("팀 소개", "디자이너와 개발자들은 함께 일한다. 디자이너는 둘, 개발자는 셋."),
];

fn fixture() -> Index {
    let mut writer = IndexWriter::new(IndexConfig::default());
    for (title, body) in CORPUS {
        writer.add(&Document {
            title,
            body,
            section: "feed",
            tags: &["테스트"],
            views: Some(title.len() as u64 * 100),
            ..Document::default()
        });
    }
    Index::open(writer.finish()).unwrap()
}

fn titles(typed: &str) -> Vec<(&'static str, Rung)> {
    let index = fixture();
    let (query, _) = parse_query(typed);
    let results = index.search(&query, &SearchOptions::default());
    results.hits.iter().map(|hit| (CORPUS[hit.doc as usize].0, hit.rung)).collect()
}

#[track_caller]
fn check(typed: &str, first: &str, rung: Rung) {
    let found = titles(typed);
    assert_eq!(found.first(), Some(&(first, rung)), "{typed}: {found:?}");
}

#[test]
fn finds_the_word_whatever_particle_it_has() {
    check("카프카", "Kafka 모니터링", Rung::Exact);
    check("쿠버네티스가", "쿠버네티스 전환", Rung::Stem);
    check("장바구니에게서는", "장바구니 개편기", Rung::Stem);
    check("사용했던", "웹개발 입문", Rung::Stem);
    assert_eq!(titles("회의").len(), 2);
    assert_eq!(titles("고속도로").len(), 2);
}

#[test]
fn finds_the_word_while_it_is_typed() {
    check("레시", "요리 레시피", Rung::Prefix);
    check("장바ㄱ", "장바구니 개편기", Rung::HalfTyped);
    check("장박", "장바구니 개편기", Rung::HalfTyped);
    check("카프ㅋ", "Kafka 모니터링", Rung::HalfTyped);
    check("쿠버네팃", "쿠버네티스 전환", Rung::HalfTyped);
}

#[test]
fn finds_the_word_however_it_was_typed() {
    check("ㅋㅂㄴㅌㅅ", "쿠버네티스 전환", Rung::Choseong);
    check("쿠버ㄴㅌㅅ", "쿠버네티스 전환", Rung::Choseong);
    check("ㄷㄹㅎㄱㅅㅁ", "회의 문화", Rung::Choseong);
    check("znqjspxltm", "쿠버네티스 전환", Rung::Layout);
    check("ZNQJSPXLTM", "쿠버네티스 전환", Rung::Layout);
    check("ㄱㄷㅁㅊㅅ", "요리 레시피", Rung::Layout);
    check("쿠버내티스", "쿠버네티스 전환", Rung::Typo);
    check("쿠버티네스", "쿠버네티스 전환", Rung::Typo);
    check("쿠버티스", "쿠버네티스 전환", Rung::Typo);
    check("kubernetes", "쿠버네티스 전환", Rung::Spelling);
    assert!(titles("카프카").iter().all(|(_, rung)| *rung == Rung::Exact), "nothing better is left for guesses");
}

#[test]
fn finds_the_word_by_its_sound_its_letters_or_its_meaning() {
    let mut writer = IndexWriter::new(IndexConfig::default());
    for body in ["Zustand로 상태를 관리한다", "스트랭글러 무화과", "XQCD 서버를 껐다", "useEffect를 다시 쓴다", "폰트를 샀다"]
    {
        writer.add(&Document { body, ..Document::default() });
    }
    let index = Index::open(writer.finish()).unwrap();
    let search = |typed: &str| index.search(&parse_query(typed).0, &SearchOptions::default());
    for (typed, doc) in
        [("주스탄드", 0), ("주스탄드에서는", 0), ("strangler", 1), ("엑스큐씨디", 2), ("유즈이펙트가 뭔가요", 3), ("글꼴은", 4)]
    {
        let results = search(typed);
        assert_eq!(results.hits.first().map(|hit| hit.doc), Some(doc), "{typed}: {:?}", results.terms);
        assert_eq!(results.terms[0].rung, Some(Rung::Spelling), "{typed}");
    }
    assert_eq!(search("자스민드").hits, [], "another word");
    let literal = index.search(&parse_query("주스탄드").0, &SearchOptions { literal: true, ..SearchOptions::default() });
    assert_eq!(literal.hits, []);
}

#[test]
fn finds_compounds_written_together_or_apart() {
    let best: Vec<_> = titles("웹 개발").into_iter().take(2).map(|(title, _)| title).collect();
    assert!(best.contains(&"웹개발 입문") && best.contains(&"장바구니 개편기"), "{best:?}");
    check("웹개발", "웹개발 입문", Rung::Exact);
    check("대량해고소문", "회의 문화", Rung::Spacing);
}

#[test]
fn finds_words_that_stand_only_inside_of_others() {
    check("바구니", "장바구니 개편기", Rung::Part);
    check("바구니에서는", "장바구니 개편기", Rung::Part);
    check("레시를", "요리 레시피", Rung::Prefix);
}

#[test]
fn a_syllable_typed_twice_is_a_slip() {
    check("쿠버버네티스", "쿠버네티스 전환", Rung::Typo);
}

#[test]
fn a_word_in_the_making_is_a_beginning_before_it_is_a_verb() {
    let mut writer = IndexWriter::new(IndexConfig::default());
    for body in ["서브 서브를 서브가 서브와", "서블릿 서블릿을 서블릿이"] {
        writer.add(&Document { body, ..Document::default() });
    }
    let index = Index::open(writer.finish()).unwrap();
    let hits = |typed: &str| index.search(&parse_query(typed).0, &SearchOptions::default()).hits;
    assert_eq!((hits("서블")[0].doc, hits("서블")[0].rung), (1, Rung::Prefix));
    assert_eq!(hits("서블 ")[0].doc, 0, "a space ends the word");
}

#[test]
fn a_noun_made_of_a_verb_is_found_as_both() {
    let mut writer = IndexWriter::new(IndexConfig::default());
    for body in ["믿음을 지키다", "믿고 믿는 믿어서 믿으면 믿지"] {
        writer.add(&Document { body, ..Document::default() });
    }
    let index = Index::open(writer.finish()).unwrap();
    let hits = |typed: &str| index.search(&parse_query(typed).0, &SearchOptions::default()).hits;
    assert_eq!(hits("믿음 ").iter().map(|hit| (hit.doc, hit.rung)).collect::<Vec<_>>(), [(0, Rung::Exact)]);
    assert_eq!(hits("믿어요 ").len(), 2);
}

#[test]
fn literal_search_makes_no_guesses() {
    let index = fixture();
    let (query, _) = parse_query("znqjspxltm");
    let results = index.search(&query, &SearchOptions { literal: true, ..SearchOptions::default() });
    assert_eq!((results.hits.len(), results.terms[0].rung), (0, None));
}

#[test]
fn all_words_come_before_most_words() {
    let found = titles("쿠버네티스 회의");
    assert_eq!(found.first().map(|(title, _)| *title), Some("쿠버네티스 전환"));
    assert_eq!(found.len(), 2);
}

#[test]
fn operators_narrow_the_search() {
    assert_eq!(titles("회의 -쿠버네티스").len(), 1);
    assert_eq!(titles("카프카 OR 레시피").len(), 2);
    assert_eq!(titles("\"웹 개발\"").len(), 1);
    assert_eq!(titles("\"회의 회의\"").len(), 0, "no story has the word twice in a row");
    assert_eq!(titles("tag:테스트").len(), CORPUS.len());
    assert_eq!(titles("tag:없음").len(), 0);
    assert!(titles("views:>1900").iter().all(|(title, _)| title.len() > 19));
}

#[test]
fn completes_words_in_the_making() {
    let index = fixture();
    let texts = |typed: &str| index.complete(typed, 3).into_iter().map(|completion| completion.text).collect::<Vec<_>>();
    assert_eq!(texts("고속ㄷ"), ["고속도로"]);
    assert_eq!(texts("회의 장박"), ["장바구니"]);
    assert_eq!(texts("웹")[0], "웹개발");
    assert_eq!(index.complete("고속도", 1)[0].n_docs, 2);
    assert!(texts("").is_empty() && texts("회의 ").is_empty() && texts("없는낱말").is_empty());
}

#[test]
fn names_words_near_one_that_nothing_has() {
    let index = fixture();
    assert_eq!(index.nearest("쿠버내티스", 1), ["쿠버네티스"]);
    assert_eq!(index.nearest("고속철도", 1), ["고속도로"]);
    assert!(index.nearest("뷁", 3).is_empty());
}

#[test]
fn counts_facets_of_everything_that_matches() {
    let index = fixture();
    let results = index.search(&parse_query("회의").0, &SearchOptions { limit: 1, ..SearchOptions::default() });
    let counts = index.facet_counts(FacetKind::Tag, &results.docs).unwrap();
    assert_eq!((results.hits.len(), counts), (1, vec![FacetCount { value: "테스트", n_docs: 2 }]));
    let within = index.docs_with(FacetKind::Section, "Feed").unwrap();
    assert_eq!(within, index.all_docs());
    let none = index.docs_with(FacetKind::Section, "news");
    let filtered = index.search(&parse_query("회의").0, &SearchOptions { within: none, ..SearchOptions::default() });
    assert!(filtered.hits.is_empty() && filtered.n_matches == 0);
}

#[test]
fn marks_every_form_of_the_word() {
    let index = fixture();
    let (query, _) = parse_query("카프카에서");
    let results = index.search(&query, &SearchOptions::default());
    let matcher = Matcher::new(&query, &results);
    let text = CORPUS[0].1;
    let marked: Vec<_> = matcher.ranges(text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(marked, ["카프카", "카프카", "카프카"]);
    let found = snippet(text, &matcher, &SnippetConfig { max_chars: 20 });
    assert!(found.parts.iter().any(|(text, marked)| *marked && text == "카프카"), "{found:?}");
}
