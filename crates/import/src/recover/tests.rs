//! What recovery makes of glued text, and that it loses nothing.

#![allow(clippy::unwrap_used)]

use corpus::Block;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Kind, Label, Model, WEIGHTS, assemble, mark, recover, recover_pieces, sentence};

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
    assert!(Model::from_bytes(&WEIGHTS[1..]).is_none());
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
fn no_break_space_after_a_sentence_ends_a_block() {
    check_sure(
        "끝났다.\u{a0}새 문단 \u{a0}여전히. 같은 문단",
        expect![[r#"
            끝났다.
            새 문단  여전히. 같은 문단"#]],
    );
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

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn nothing_is_lost(flat in "([가-힣]{1,3}|[a-zQA0-9]{1,2}|[.?!…:)(\"'”>#]{1,2}|[ \u{a0}\u{200b}]|다\\.|Q\\. |A1\\) |https://|\\PC){0,60}") {
        let text: String = recover(&flat).iter().map(Block::text).collect();
        prop_assert_eq!(visible(&text), visible(&flat));
        let pieces: String = recover_pieces(&flat).iter().map(|(piece, _)| *piece).collect();
        prop_assert_eq!(visible(&pieces), visible(&flat));
    }
}
