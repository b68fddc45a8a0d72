//! What the checks find, finding by finding.

#![allow(clippy::unwrap_used)]

use crate::{
    Aliases, Block, Built, Edit, Inline, ListItem, Reference, Section, Series, Slug, SourceMap, Story, check_corpus, check_story, examine,
};

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
        original: None,
        blocks: vec![paragraph("브로커부터 본다.")],
        built: Built::default(),
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

/// Changes copies of the sound story, each complete but for what is changed, and compares the findings across them.
#[track_caller]
fn check_together(changes: &[&dyn Fn(&mut Story)], aliases: &Aliases, findings: &[&str]) -> Vec<Edit> {
    let texts = ["브로커부터 본다.", "대기열은 나중에 본다.", "마지막에 소비자를 본다."];
    let mut stories = Vec::new();
    for (idx, change) in changes.iter().enumerate() {
        let mut story = story();
        story.slug = Slug::new(format!("s{idx}")).unwrap();
        story.title = ["카프카를 지켜보다", "서버가 꺼진 날", "첫 출근"][idx].into();
        story.blocks = vec![paragraph(texts[idx])];
        (story.company, story.author, story.published) = (Some("스포카".into()), Some("김하나".into()), Some("2020-03-03".into()));
        change(&mut story);
        let mut source = SourceMap::new(format!("{idx}.md"));
        source.add_field("company", 4);
        source.add_field("tags", 5);
        source.push_block(10);
        stories.push((source, story));
    }
    let found = examine(&stories, aliases);
    assert_eq!(found.iter().map(|finding| finding.problem.to_string()).collect::<Vec<_>>(), findings);
    found.into_iter().filter_map(|finding| finding.edit).collect()
}

#[test]
fn one_company_under_two_names_is_found() {
    let whatap = |story: &mut Story| story.company = Some("와탭".into());
    let labs = |story: &mut Story| story.company = Some("와탭랩스".into());
    let fix = "if so, add `\"와탭랩스\" = [\"와탭\"]` to [company_aliases] of site.toml; if not, add both with `= []`";
    let guess = format!("1.md:4: warning: company `와탭` may be `와탭랩스` (one begins with the other); {fix}");
    check_together(&[&labs, &whatap, &labs], &Aliases::default(), &[&guess]);
    let mut aliases = Aliases::default();
    aliases.companies.insert("와탭랩스".into(), vec!["와탭".into()]);
    let sure = "1.md:4: warning: company `와탭` is called `와탭랩스` here; write `와탭랩스`";
    let edits = check_together(&[&labs, &whatap], &aliases, &[sure]);
    assert_eq!(edits, [Edit::Company { from: "와탭".into(), to: "와탭랩스".into() }]);
    let both = Aliases { companies: [("와탭".into(), vec![]), ("와탭랩스".into(), vec![])].into(), ..Aliases::default() };
    check_together(&[&labs, &whatap], &both, &[]);
}

#[test]
fn spellings_of_one_tag_are_found() {
    let edits = check_together(
        &[&|story| story.tags = vec!["DevOps".into()], &|story| story.tags = vec!["DevOPS".into()], &|story| {
            story.tags = vec!["DevOps".into(), "모니터링을".into()];
        }],
        &Aliases::default(),
        &["1.md:5: warning: tag `DevOPS` is more often `DevOps`; write `DevOps`"],
    );
    assert_eq!(edits, [Edit::Tag { from: "DevOPS".into(), to: "DevOps".into() }]);
    check_together(
        &[&|story| story.tags = vec!["모니터링".into()], &|story| story.tags = vec!["모니터링을".into()]],
        &Aliases::default(),
        &[
            "1.md:5: warning: tag `모니터링을` may be `모니터링` with a particle; write `모니터링`, or add `\"모니터링을\" = []` to [tag_aliases] of site.toml",
        ],
    );
}

#[test]
fn copies_and_near_titles_are_found_and_parts_are_not() {
    let text = "카프카 브로커를 지켜보는 일은 숫자를 모으는 일에서 끝나지 않는다. 어떤 숫자가 언제 사람을 깨워야 하는지 정하는 일이 더 어렵다. 우리는 지연부터 보기로 했다.";
    let copy = "들어가며 한마디. ".to_owned() + text;
    check_together(
        &[&|story| story.blocks = vec![paragraph(text)], &|story| story.blocks = vec![paragraph(&copy)]],
        &Aliases::default(),
        &["1.md:10: warning: the story is mostly the same as 0.md; remove one of the two, or what they share"],
    );
    check_together(
        &[&|story| story.title = "카프카 모니터링을 시작하는 방법".into(), &|story| {
            story.title = "카프카 모니터링을 시작하는 방법!".into()
        }],
        &Aliases::default(),
        &["1.md:1: warning: the title is nearly that of 0.md, `카프카 모니터링을 시작하는 방법`; tell the two apart or remove one"],
    );
    check_together(
        &[&|story| story.title = "카프카 모니터링 이야기 (1)".into(), &|story| story.title = "카프카 모니터링 이야기 (2)".into()],
        &Aliases::default(),
        &[],
    );
}

#[test]
fn dead_links_broken_text_and_missing_facts_are_found() {
    let aliases = Aliases { base_url: Some("https://a.kr/".into()), ..Aliases::default() };
    let link = |slug: &str| Inline::Link { href: format!("https://a.kr/story/{slug}"), inlines: vec![Inline::text("가")] };
    check_together(
        &[&|story| story.blocks = vec![Block::Paragraph { text: vec![link("s0"), link("%EC%97%86%EB%8B%A4")] }]],
        &aliases,
        &["0.md:10: warning: link to the story `없다`, which does not exist; correct the address or remove the link"],
    );
    check_together(
        &[&|story| {
            story.blocks = vec![paragraph("끝\u{FFFD}")];
            story.tags.clear();
            story.author = None;
        }],
        &Aliases::default(),
        &[
            "0.md:10: error: the text holds signs for bytes that were lost (\u{FFFD}); copy the paragraph again from where it can be read",
            "0.md:5: warning: the story has no tags; add the words that readers would look for, `tags: [하나, 둘]`",
            "0.md:1: note: not said: author; add what is known; what is not stays out",
        ],
    );
}
