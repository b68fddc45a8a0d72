//! What the checks find, finding by finding.

#![allow(clippy::unwrap_used)]

use crate::{Block, Inline, ListItem, Reference, Section, Series, Slug, SourceMap, Story, check_corpus, check_story};

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: vec![Inline::text(text)] }
}

fn story() -> Story {
    Story {
        slug: Slug::new("kafka-모니터링").unwrap(),
        title: "Kafka 모니터링".into(),
        section: Section::Feed,
        company: None,
        author: None,
        published: None,
        views: Some(7458),
        tags: vec!["Kafka".into()],
        series: None,
        lang: "ko".into(),
        summary: "카프카를 지켜보는 법.".into(),
        source: None,
        blocks: vec![paragraph("브로커부터 본다.")],
    }
}

fn source() -> SourceMap {
    let mut source = SourceMap::new("a.md");
    source.add_field("title", 2);
    source.add_field("tags", 5);
    source.push_block(10);
    source.push_block(20);
    source
}

/// Changes the sound story and compares all findings, one a line.
#[track_caller]
fn check(change: impl FnOnce(&mut Story), findings: &[&str]) {
    let mut story = story();
    change(&mut story);
    let found: Vec<String> = check_story(&story, &source()).iter().map(ToString::to_string).collect();
    assert_eq!(found, findings);
}

#[test]
fn sound_story_has_no_findings() {
    check(|_| {}, &[]);
}

#[test]
fn empty_facts_are_errors_on_their_line() {
    check(|story| story.title = " ".into(), &["a.md:2: error: title is empty; write a title"]);
    check(|story| story.company = Some(String::new()), &["a.md:1: error: company is empty; leave the line out"]);
    check(
        |story| story.series = Some(Series { name: String::new(), part: Some(2) }),
        &["a.md:1: error: series has no name; name it or leave the line out"],
    );
}

#[test]
fn dates_must_exist() {
    for date in ["2024-02-29", "2019-12-31"] {
        check(|story| story.published = Some(date.into()), &[]);
    }
    for date in ["2023-02-29", "2019-13-01", "2019-1-1", "어제", "2019-04-31"] {
        let finding = format!("a.md:1: error: published `{date}` is no date; write it as YYYY-MM-DD");
        check(|story| story.published = Some(date.into()), &[&finding]);
    }
}

#[test]
fn tags_are_bare_words_once() {
    check(
        |story| story.tags = vec!["#a".into(), "a b".into(), "DevOps".into(), "DevOPS".into()],
        &[
            "a.md:5: error: tag `#a` begins with #; write `a`",
            "a.md:5: error: tag `a b` holds a space; write `ab` or divide it",
            "a.md:5: warning: tag `DevOPS` stands beside `DevOps`; keep one of them",
        ],
    );
}

#[test]
fn empty_body_is_an_error() {
    check(
        |story| story.blocks = vec![Block::Rule],
        &["a.md:10: error: the body is empty; write at least one paragraph below the front matter"],
    );
}

#[test]
fn heading_levels_leave_none_out() {
    check(
        |story| {
            story.blocks = vec![
                Block::Heading { level: 2, text: vec![Inline::text("가")] },
                Block::Heading { level: 4, text: vec![Inline::text("나")] },
            ]
        },
        &["a.md:20: warning: heading jumps from level 2 to 4; leave no level out"],
    );
    check(
        |story| story.blocks = vec![Block::Heading { level: 1, text: vec![Inline::text("가")] }],
        &["a.md:10: error: heading of level 1; use levels 2 to 6; level 1 is the story's title"],
    );
}

#[test]
fn walls_of_text_are_warned_of() {
    check(|story| story.blocks = vec![paragraph(&"가".repeat(600))], &[]);
    check(
        |story| story.blocks.push(paragraph(&"가".repeat(601))),
        &["a.md:20: warning: paragraph of 601 characters; divide it where the thought changes"],
    );
}

#[test]
fn links_and_notes_are_checked_wherever_they_stand() {
    let link = Inline::Link { href: "javascript:alert(1)".into(), inlines: vec![Inline::text("가")] };
    let item = ListItem { text: vec![Inline::Strong { inlines: vec![link] }], blocks: vec![] };
    check(
        |story| story.blocks = vec![Block::Quote { blocks: vec![Block::List { ordered: false, start: None, items: vec![item] }] }],
        &["a.md:10: error: link to `javascript:alert(1)`; link to http, https or mailto addresses only"],
    );
    let note = Block::Paragraph { text: vec![Inline::text("가"), Inline::Note { label: "1".into() }] };
    check(
        |story| story.blocks = vec![note.clone()],
        &["a.md:10: error: mark of note `1`, which does not exist; add the note or remove the mark"],
    );
    let references = Block::References { items: vec![Reference { label: "1".into(), text: vec![Inline::text("나")] }] };
    check(|story| story.blocks = vec![note, references], &[]);
}

#[test]
fn table_rows_are_as_long_as_the_head() {
    check(
        |story| story.blocks = vec![Block::Table { head: vec![vec![Inline::text("가")]], rows: vec![vec![]] }],
        &["a.md:10: error: row 1 has 0 cells, the head has 1; give every row as many cells as the head"],
    );
}

#[test]
fn two_stories_may_not_share_a_slug() {
    let stories = [(SourceMap::new("a.md"), story()), (SourceMap::new("b.md"), story())];
    let found: Vec<String> = check_corpus(&stories).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "b.md:1: error: slug `kafka-모니터링` is also that of a.md; rename one of the files",
            "b.md:1: warning: title is also that of a.md; tell the two apart or remove one",
        ]
    );
}
