//! What recovery makes of glued text, and that it loses nothing.

#![allow(clippy::unwrap_used)]

use corpus::{Block, Section, Story};
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{
    Evidence, Kind, Label, Model, WEIGHTS, assemble, explain,
    forest::{Forest, N_LEAVES, N_NODES, Tree, forest_bytes},
    mark, recover, recover_pieces, restores, sentence,
};
use crate::markdown;

/// The body cut by the rules alone.
fn sure_pieces(flat: &str) -> Vec<&str> {
    let mut cuts = sentence::cuts(flat);
    cuts.extend(mark::cuts(flat));
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().copied().chain([flat.len()]);
    std::iter::once(0).chain(cuts.iter().copied()).zip(ends).map(|(start, end)| flat[start..end].trim()).collect()
}

#[track_caller]
fn check_sure(flat: &str, expected: Expect) {
    expected.assert_eq(&sure_pieces(flat).join("\n"));
}

#[test]
fn weights_are_of_this_version() {
    assert!(Model::from_bytes(WEIGHTS).is_some());
    assert!(WEIGHTS.len() <= 1_000_000, "{} bytes", WEIGHTS.len());
    let longer = [WEIGHTS, &[0]].concat();
    for broken in [&WEIGHTS[1..], &WEIGHTS[..WEIGHTS.len() - 1], &WEIGHTS[..100], &[], &longer] {
        assert!(Model::from_bytes(broken).is_none());
    }
}

#[test]
fn trees_are_read_as_they_were_written() {
    let mut tree = Tree { nodes: [(0, 255); N_NODES], leaves: [0.0; N_LEAVES] };
    // Above 9 in feature 1: the last leaf but 31, else the first.
    tree.nodes[0] = (1, 9);
    tree.leaves[0] = -0.5;
    tree.leaves[N_LEAVES / 2] = 1.0;
    let bytes = forest_bytes(&[tree.clone(), tree], 0.25);
    let forest = Forest::take(&mut bytes.as_slice()).unwrap();
    let is_near = |row: &[u8], expected: f32| (forest.sums([row])[0] - expected).abs() < 0.02;
    assert!(is_near(&[0, 9], -0.75) && is_near(&[0, 10], 2.25));
    // A feature that is missing counts as low.
    assert!(is_near(&[], -0.75));
    assert!(Forest::take(&mut &bytes[..bytes.len() - 1]).is_none());
}

#[test]
fn a_body_without_boundaries_takes_bounded_time() {
    // Each joint once looked at all of the piece around it: minutes for bodies of a few hundred kilobytes.
    let flat = "가나Aㄱ".repeat(1_500);
    let pieces: usize = recover_pieces(&flat).iter().map(|(piece, _)| piece.len()).sum();
    assert_eq!(pieces, flat.len());
}

#[test]
fn cuts_where_a_sentence_ends_without_a_space() {
    check_sure(
        "첫 문장이다. 둘째다.셋째 문단입니다!1. 목록인가요?(네) 맞아요:)다음 \"정말?\"그렇다.\"아니\"란다.",
        expect![[r#"
            첫 문장이다. 둘째다.
            셋째 문단입니다!
            1. 목록인가요?(네) 맞아요:)
            다음 "정말?"그렇다.
            "아니"란다."#]],
    );
}

#[test]
fn rules_leave_words_whole() {
    for flat in [
        "Node.js와 v1.2.3을 씁니다",
        "https://a.kr/b.c?d=e!f를 보세요",
        "www.a.co.kr에서",
        "a.co.kr에 있는 파일.txt와 e.g.처럼",
        "1.대부분 3.14배",
        "음...그리고 그게….말이",
        "a!=b, x?y:z, !important",
        "비타민 A. 그리고 Type A. 이야기",
    ] {
        assert_eq!(sure_pieces(flat), [flat]);
    }
}

#[test]
fn marks_of_questions_and_answers_begin_blocks() {
    let flat = "소개합니다Q. 누구세요?A. 저는 Q.E.D.를 좋아해요. Q2. 또?A2) FAQ. 읽기";
    check_sure(
        flat,
        expect![[r#"
            소개합니다
            Q. 누구세요?
            A. 저는 Q.E.D.를 좋아해요.
            Q2. 또?
            A2) FAQ. 읽기"#]],
    );
    let is_marked = |block: &&Block| matches!(block, Block::Question { .. } | Block::Answer { .. });
    assert_eq!(recover(flat).iter().filter(is_marked).count(), 4);
}

#[test]
fn glued_headings_and_lists_are_found_without_punctuation() {
    let flat = "배포 방법을 정리했습니다.준비물먼저 두 가지를 설치해야 합니다.1. 도커 설치하기2. 설정 파일 만들기3. 서버 실행하기설치가 끝나면 서버를 켤 수 있습니다.";
    let shown: Vec<String> = recover_pieces(flat).iter().map(|(text, kind)| format!("{kind}: {text}")).collect();
    expect![[r#"
        paragraph: 배포 방법을 정리했습니다.
        heading: 준비물
        paragraph: 먼저 두 가지를 설치해야 합니다.
        list_item: 1. 도커 설치하기
        list_item: 2. 설정 파일 만들기
        list_item: 3. 서버 실행하기
        paragraph: 설치가 끝나면 서버를 켤 수 있습니다."#]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn neighbours_of_a_kind_are_one_block() {
    let looks = |kind| Label::Looks(kind);
    let pieces = [
        ("가", looks(Kind::ListItem)),
        (" 나 ", looks(Kind::ListItem)),
        ("ls  -l ", looks(Kind::Code)),
        ("cd", looks(Kind::Code)),
        ("끝", looks(Kind::Paragraph)),
    ];
    let blocks = assemble::blocks(&pieces);
    let texts: Vec<String> = blocks.iter().map(Block::text).collect();
    assert_eq!(texts, ["가\n나", "ls  -l\ncd", "끝"]);
}

#[test]
fn numbers_of_headings_give_their_levels() {
    check_levels(&["머리말", "1. 준비", "1-1. 설치", "설정", "2) 배포", "2.1.3 확인", "3가지 교훈", "마치며"], &[2, 2, 3, 3, 2, 4, 2, 2]);
    // Numbers that begin anew count within the headings around them.
    check_levels(&["배운 것", "1) 하나", "2) 둘", "잃은 것", "1) 하나", "1.1 더", "끝"], &[2, 3, 3, 2, 3, 4, 2]);
    check_levels(&["1. 하나", "1. 하나"], &[2, 2]);
}

#[track_caller]
fn check_levels(headings: &[&str], expected: &[u8]) {
    let pieces: Vec<_> = headings.iter().map(|text| (*text, Label::Looks(Kind::Heading))).collect();
    let levels: Vec<u8> = assemble::blocks(&pieces)
        .iter()
        .map(|block| match block {
            Block::Heading { level, .. } => *level,
            _ => 0,
        })
        .collect();
    assert_eq!(levels, expected);
}

#[test]
fn every_boundary_is_explained() {
    let flat =
        "준비를 마쳤습니다.이제 시작합니다.Q. 무엇을 하나요?A. 배포합니다. 순서는 이렇습니다.1. 빌드하기2. 올리기3. 확인하기#배포 #도커";
    let decisions = explain(flat);
    let cuts: Vec<usize> = decisions.iter().filter(|decision| decision.is_boundary).map(|decision| decision.offset).collect();
    let mut end = 0;
    let ends: Vec<usize> = recover_pieces(flat)
        .iter()
        .map(|(piece, _)| {
            end += piece.len();
            end
        })
        .collect();
    assert_eq!(cuts, ends[..ends.len() - 1]);
    let says = |text: &str, evidence: Evidence| {
        let offset = flat.find(text).unwrap();
        decisions.iter().any(|decision| decision.offset == offset && decision.evidence.contains(&evidence))
    };
    assert!(says("이제", Evidence::GluedSentence));
    assert!(says("Q.", Evidence::QuestionMark));
    assert!(says("2. 올리기", Evidence::Numbering(2)));
    assert!(says("#배포", Evidence::Hashtags));
    for decision in &decisions {
        assert!((0.0..=1.0).contains(&decision.confidence), "{decision:?}");
        assert!(!decision.korean().contains('\n') && !decision.english().contains('\n'));
    }
}

#[test]
fn anchors_end_headings_and_notes_end_sentences() {
    let flat = "준비물#먼저 두 가지를 설치해야 한다.1다음으로 설정 파일을 만든다.왜 그럴까?라는 물음에 답한다.마무리#이제 서버를 켤 수 있다.책 12쪽. ↩";
    let shown: Vec<String> = recover_pieces(flat).iter().map(|(text, kind)| format!("{kind}: {text}")).collect();
    for line in [
        "heading: 준비물#",
        "paragraph: 먼저 두 가지를 설치해야 한다.1",
        "paragraph: 다음으로 설정 파일을 만든다.",
        "paragraph: 왜 그럴까?라는 물음에 답한다.",
        "heading: 마무리#",
    ] {
        assert!(shown.iter().any(|found| found == line), "{line} is not in {shown:?}");
    }
    let decisions = explain(flat);
    for evidence in [Evidence::HeadingAnchor, Evidence::FootnoteNumber] {
        assert!(decisions.iter().any(|decision| decision.evidence.contains(&evidence)), "{evidence:?}");
    }
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The Markdown of items that follow each other, and whether nothing of them is lost.
#[track_caller]
fn check_items(items: &[&str], expected: Expect) {
    let pieces: Vec<_> = items.iter().map(|text| (*text, Label::Looks(Kind::ListItem))).collect();
    let blocks = assemble::blocks(&pieces);
    assert!(restores(&blocks, &items.concat()), "{blocks:?}");
    let story = Story { blocks, ..crate::facts::Facts::default().story_in(Section::Feed, Vec::new()) };
    let file = markdown::write(&story);
    expected.assert_eq(file.split_once("---\n\n").unwrap().1);
    assert_eq!(markdown::read("a.md", file.as_bytes()).story.unwrap().blocks, story.blocks);
}

#[test]
fn marks_that_a_list_shows_leave_the_text() {
    check_items(
        &["1. 준비", "2. 실행", "3.확인"],
        expect![[r#"
            1. 준비
            2. 실행
            3. 확인
        "#]],
    );
    check_items(
        &["3) 셋", "4) 넷"],
        expect![[r#"
        3. 셋
        4. 넷
    "#]],
    );
    check_items(
        &["- 하나", "-둘", "· 셋", "넷"],
        expect![[r#"
        - 하나
        - 둘
          - 셋
        - 넷
    "#]],
    );
}

#[test]
fn marks_that_no_list_shows_stay() {
    check_items(
        &["① 하나", "(2) 둘", "-5도", "01. 첫째", "2024. 3. 5", "1.5배", "--flag", "3."],
        expect![[r#"
        - ① 하나
        - (2) 둘
        - \-5도
        - 01\. 첫째
        - 2024\. 3. 5
        - 1\.5배
        - \--flag
        - 3\.
    "#]],
    );
}

#[test]
fn numbers_that_do_not_continue_begin_another_list() {
    check_items(
        &["1. 하나", "1. 하나", "3. 셋"],
        expect![[r#"
        1. 하나

        1) 하나

        3. 셋
    "#]],
    );
}

#[test]
fn items_of_another_mark_between_two_stand_below_the_first() {
    check_items(
        &["1. 하나", "- 가", "- 나", "2. 둘", "- 다", "끝"],
        expect![[r#"
        1. 하나
           - 가
           - 나
        2. 둘
           - 다
           - 끝
    "#]],
    );
    check_items(
        &["- 하나", "1) 가", "2) 나", "- 둘", "· 다"],
        expect![[r#"
        - 하나
          1. 가
          2. 나
        - 둘

        * 다
    "#]],
    );
    check_items(
        &["1. 하나", "2. 둘", "- 가", "- 나"],
        expect![[r#"
        1. 하나
        2. 둘

        - 가
        - 나
    "#]],
    );
}

#[test]
fn deep_and_long_lists_take_bounded_time() {
    let texts: Vec<String> = (0..20_000).map(|n| format!("{}{} 항목", n % 7, if n % 3 == 0 { ")" } else { "." })).collect();
    let pieces: Vec<_> = texts.iter().map(|text| (text.as_str(), Label::Looks(Kind::ListItem))).collect();
    assert!(restores(&assemble::blocks(&pieces), &texts.concat()));
}

proptest! {
    #[test]
    fn nothing_is_lost(flat in "([가-힣]{1,3}|[a-zQA0-9]{1,2}|[.?!…:)(\"'”>#]{1,2}|[ \u{a0}\u{200b}]|다\\.|Q\\. |A1\\) |https://|\\PC){0,60}") {
        let blocks = recover(&flat);
        prop_assert!(restores(&blocks, &flat), "{:?}", blocks);
        let pieces: String = recover_pieces(&flat).iter().map(|(piece, _)| *piece).collect();
        prop_assert_eq!(visible(&pieces), visible(&flat));
    }
}
