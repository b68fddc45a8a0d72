//! Saved pages: records, tags, faults, and the real pages where they are at hand.

#![allow(clippy::unwrap_used)]

use corpus::{Block, Inline, Section};
use proptest::prelude::*;

use super::read;
use crate::{markdown, recover::restores};

const NAVIGATION: &str = "스토리 홈\n\n인터뷰\n\n피드\n\n뉴스\n\n";
const FOOTER: &str = "\n기업문화 엿볼 때, 더팀스\n\n로그인\n\n/";

fn page(records: &str) -> String {
    format!("{NAVIGATION}{records}{FOOTER}")
}

/// Reads a page; compares `views title|tags` of the stories, and the findings.
#[track_caller]
fn check(page: &str, stories: &[&str], findings: &[&str]) {
    let page = read("a.txt", page.as_bytes());
    let shown: Vec<String> = page
        .stories
        .iter()
        .map(|story| format!("{} {}|{}", story.views.map_or("?".into(), |n| n.to_string()), story.title, story.tags.join(",")))
        .collect();
    assert_eq!(shown, stories);
    let found: Vec<String> = page.problems.iter().map(ToString::to_string).collect();
    assert_eq!(found, findings);
}

#[test]
fn reads_records_between_navigation_and_footer() {
    let page = page("조회수 1,082\n\n첫\u{a0}제목 | 둘\n\n글입니다.#가 #나\n조회수 3\n\n둘째\n\n글.\n");
    check(&page, &["1082 첫 제목 | 둘|가,나", "3 둘째|"], &[]);
    let stories = read("a.txt", page.as_bytes()).stories;
    assert_eq!(stories.iter().map(|story| story.slug.as_str()).collect::<Vec<_>>(), ["첫-제목-둘", "둘째"]);
    assert_eq!(stories.iter().map(|story| story.source.as_deref().unwrap()).collect::<Vec<_>>(), ["a.txt:9", "a.txt:14"]);
}

#[test]
fn same_title_twice_gives_two_slugs() {
    let page = page("조회수 1\n\n제목\n\n글.\n조회수 2\n\n제목\n\n글.\n조회수 2\n\n제목 2\n\n글.\n");
    let slugs: Vec<String> = read("a.txt", page.as_bytes()).stories.into_iter().map(|story| story.slug.into()).collect();
    assert_eq!(slugs, ["제목", "제목-2", "제목-2-2"]);
}

#[test]
fn broken_records_are_told_and_the_others_come_out() {
    check(
        &page(
            "조회수 많음\n\n제목\n\n글.\n조회수 2\n\n제목만\n\n조회수 3\n\n조회수 1,08\n\n제목\n\n조회수 4의 비밀은 이것입니다. 글.\n조회수 5\n\n끝\n\n글.\n",
        ),
        &["? 제목|", "? 제목|", "5 끝|"],
        &[
            "a.txt:9: error: the view count `많음` is no number, so the story has none; write it as `조회수 1234`",
            "a.txt:14: error: the record has no body, so it is left out; add it below the title, or remove the record",
            "a.txt:18: error: the record has no title and body, so it is left out; add them or remove the line",
            "a.txt:20: error: the view count `1,08` is no number, so the story has none; write it as `조회수 1234`",
        ],
    );
    check(
        &page(&format!("앞에 선 글\n\n조회수 2\n\n{}\n", "긴 글. ".repeat(50))),
        &[],
        &[
            "a.txt:9: warning: `앞에 선 글…` stands outside every record and is left out; put `조회수 N` and a title before it if it is a story",
            "a.txt:11: error: the record has no title, so it is left out; add it above the body",
        ],
    );
    check(
        "아무 글\n",
        &[],
        &[
            "a.txt:1: warning: `아무 글…` stands outside every record and is left out; put `조회수 N` and a title before it if it is a story",
            "a.txt:1: error: no record was found; give a saved page of a story list: `조회수 N`, a title and a body for each story",
        ],
    );
}

#[test]
fn interviews_are_those_that_say_so() {
    let page = page("조회수 1\n\n팀 인터뷰\n\n글.\n조회수 1\n\n나\n\n글.#팀원인터뷰\n조회수 1\n\n다\n\n글.\n");
    let sections: Vec<Section> = read("a.txt", page.as_bytes()).stories.into_iter().map(|story| story.section).collect();
    assert_eq!(sections, [Section::Interview, Section::Interview, Section::Feed]);
}

#[test]
fn summary_is_composed_where_spans_meet() {
    let text = vec![Inline::text("cafe"), Inline::Code { code: "\u{301}".into() }, Inline::text(" 열었다.")];
    assert_eq!(super::summary(&[Block::Paragraph { text }]), Some("caf\u{e9} 열었다.".into()));
}

#[test]
fn summary_ends_with_a_sentence_or_says_that_it_goes_on() {
    let summary = |body: &str| read("a.txt", page(&format!("조회수 1\n\n제목\n\n{body}\n")).as_bytes()).stories.remove(0).summary;
    assert_eq!(summary("하나. 둘."), "하나. 둘.");
    assert_eq!(summary(&format!("하나. 둘. {}", "셋 ".repeat(100))), "하나. 둘.");
    let cut = summary(&"낱말 ".repeat(100));
    assert!(cut.ends_with("낱말…") && cut.chars().count() <= 120, "{cut}");
}

proptest! {
    /// Body → blocks and tags → Markdown → blocks and tags: the same text, the same story.
    #[test]
    fn nothing_is_lost_on_the_way_to_markdown_and_back(body in "[가-힣a](다\\.|[가-힣a-z]{1,3}|Q\\. |A\\. |[ \u{a0}#*_<>`|\\[\\]!-]{1,2}|\\PC){0,40}") {
        use unicode_normalization::UnicodeNormalization;
        let body: String = body.nfc().collect();
        let page = read("a.txt", page(&format!("조회수 1\n\n제목\n\n{body}\n")).as_bytes());
        let story = &page.stories[0];
        let tags: String = story.tags.iter().map(|tag| format!("#{tag}")).collect();
        let mut blocks = story.blocks.clone();
        blocks.push(Block::Paragraph { text: vec![Inline::text(tags)] });
        prop_assert!(restores(&blocks, &body), "{:?}", blocks);
        let file = markdown::write(story);
        prop_assume!(file.nfc().eq(file.chars()));
        let back = markdown::read(&format!("{}.md", story.slug), file.as_bytes());
        prop_assert_eq!(&back.problems, &vec![], "{}", file);
        prop_assert_eq!(back.story.as_ref(), Some(story), "{}", file);
    }
}
