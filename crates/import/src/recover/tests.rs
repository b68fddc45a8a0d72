use corpus::Block;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::recover;

#[track_caller]
fn check(flat: &str, expected: Expect) {
    let shown: Vec<String> = recover(flat).iter().map(|block| format!("{}{}\n", kind(block), block.text())).collect();
    expected.assert_eq(&shown.concat());
}

fn kind(block: &Block) -> &'static str {
    match block {
        Block::Question { .. } => "? ",
        Block::Answer { .. } => "! ",
        _ => "- ",
    }
}

#[test]
fn cuts_where_a_sentence_ends_without_a_space() {
    check(
        "첫 문장이다. 둘째다.셋째 문단입니다!1. 목록인가요?(네) 맞아요:)다음 \"정말?\"그렇다.\"아니\"란다.",
        expect![[r#"
            - 첫 문장이다. 둘째다.
            - 셋째 문단입니다!
            - 1. 목록인가요?(네) 맞아요:)
            - 다음 "정말?"
            - 그렇다.
            - "아니"란다.
        "#]],
    );
}

#[test]
fn leaves_words_whole() {
    for flat in [
        "Node.js와 v1.2.3을 씁니다",
        "https://a.kr/b.c?d=e!f를 보세요",
        "www.a.co.kr에서",
        "a.co.kr에 있는 파일.txt와 e.g.처럼",
        "1.대부분 3.14배",
        "음...그리고 그게….말이",
        "a!=b, x?y:z, !important",
    ] {
        assert_eq!(recover(flat).iter().map(Block::text).collect::<Vec<_>>(), [flat]);
    }
}

#[test]
fn no_break_space_after_a_sentence_ends_a_block() {
    check(
        "끝났다.\u{a0}새 문단 \u{a0}여전히. 같은 문단",
        expect![[r#"
            - 끝났다.
            - 새 문단 여전히. 같은 문단
        "#]],
    );
}

#[test]
fn marks_of_questions_and_answers_begin_blocks() {
    check(
        "소개합니다Q. 누구세요?A. 저는 Q.E.D.를 좋아해요. Q2. 또?A2) FAQ. 읽기",
        expect![[r#"
            - 소개합니다
            ? Q. 누구세요?
            ! A. 저는 Q.E.D.를 좋아해요.
            ? Q2. 또?
            ! A2) FAQ. 읽기
        "#]],
    );
    check(
        "비타민 A. 그리고 Type A. 이야기",
        expect![[r#"
        - 비타민 A. 그리고 Type A. 이야기
    "#]],
    );
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn nothing_is_lost(flat in "([가-힣]{1,3}|[a-zQA0-9]{1,2}|[.?!…:)(\"'”>]{1,2}|[ \u{a0}]|다\\.|Q\\. |A1\\) |https://|\\PC){0,60}") {
        let text: String = recover(&flat).iter().map(Block::text).collect();
        prop_assert_eq!(visible(&text), visible(&flat));
    }
}
