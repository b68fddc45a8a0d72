//! Story files read and written: fault by line, and nothing lost on the way.

#![allow(clippy::unwrap_used, clippy::panic)]

use corpus::{Block, Built, Inline, ListItem, Reference, Section, Series, Slug, Story};
use expect_test::{Expect, expect};
use proptest::{collection::vec, option, prelude::*};
use unicode_normalization::UnicodeNormalization;

use super::{read, write};

const HEAD: &str = "---\ntitle: \"제목\"\nsection: feed\ntags: []\nlang: ko\nsummary: \"요약.\"\n---\n";

/// Reads a body and compares its blocks, as JSON lines, and the findings.
#[track_caller]
fn check_body(body: &str, expected: Expect) {
    let read = read("a.md", format!("{HEAD}{body}").as_bytes());
    let mut shown = String::new();
    for (block_idx, block) in read.story.unwrap().blocks.iter().enumerate() {
        shown += &format!("{}: {block:?}\n", read.source.block(block_idx));
    }
    for problem in read.problems {
        shown += &format!("{problem}\n");
    }
    expected.assert_eq(&shown.replace("Text { text: ", "Text {"));
}

#[track_caller]
fn check_file(file: &str, text: &str, findings: &[&str]) {
    let found: Vec<String> = read(file, text.as_bytes()).problems.iter().map(ToString::to_string).collect();
    assert_eq!(found, findings);
}

#[test]
fn a_mark_behind_an_escape_stays_a_mark() {
    // `\u{FEFF}` is written as an escape, whose last letter the dot was once composed with.
    let story = Story { summary: "가\u{FEFF}\u{307} 나".into(), ..empty("a") };
    let text = write(&story);
    let back = read("a.md", text.as_bytes());
    assert_eq!(back.problems, [], "{text}");
    assert_eq!(back.story.unwrap().summary, story.summary);
}

#[test]
fn a_caption_may_speak_of_its_own_tag() {
    // Such a caption was once taken for one that does not end on its line.
    let code = |code: &str| Inline::Code { code: code.into() };
    let spoken = ["<figcaption>", "</figcaption>", "a ` <figcaption>"].map(|text| vec![code(text), Inline::text(" 가 "), code("b")]);
    // Nor is a tag what stands around a span of code.
    let around = vec![Inline::text("a<figcaption"), code("b"), Inline::text(">c")];
    // Nor is an escaped one.
    let escaped = vec![Inline::text("a<figcaption>b</figcaption>")];
    for text in spoken.into_iter().chain([around, escaped]) {
        let story = Story { blocks: vec![Block::Caption { text }], ..empty("a") };
        let back = super::read("a.md", super::write(&story).as_bytes());
        assert_eq!((back.problems, back.story), (vec![], Some(story)));
    }
}

#[test]
fn a_link_of_code_is_no_definition() {
    // A line that began with such a link was read as the definition of a reference, and was gone.
    let code = |code: &str| Inline::Code { code: code.into() };
    let link = |inlines: Vec<Inline>| Inline::Link { href: "https://a.kr".into(), inlines };
    for text in ["a]: b", "]:", "a]:", "a]: b 'c", "a]: b \"c", "a]: b (c", "a]: b 'c\" d", "a]: <b>", "a]: <b", "[a]: b"] {
        let lines = vec![link(vec![code(text)]), Inline::text(" 가' 나\"\n다'\n라\"\n마)")];
        for inlines in [vec![link(vec![code(text)])], vec![link(vec![Inline::text("[가"), code(text)])], lines] {
            let item = ListItem { text: inlines.clone(), blocks: Vec::new() };
            let list = Block::List { ordered: false, start: None, items: vec![item] };
            let story = Story { blocks: vec![Block::Paragraph { text: inlines }, list], ..empty("a") };
            let written = super::write(&story);
            let back = super::read("a.md", written.as_bytes());
            assert_eq!((back.problems, back.story), (vec![], Some(story)), "{written}");
        }
    }
}

#[test]
fn reads_every_kind_of_block() {
    check_body(
        "## 소*제*목\n\n문단[^1]\\\n둘째 줄.\n셋째\n\n3. 가\n   - 나\n4. 다\n\n> 인용\n\n```sh\nls\n\n```\n\n| 가 | 나 |\n|---|---|\n| `a\\|b` | |\n\nQ. 질문 **하나**?\n\nA1) 답\n\nQ\\. 글\n\n<figcaption>그림 1. [여기](https://a.kr)</figcaption>\n\n---\n\n[^1]: 주석\n",
        expect![[r#"
            8: Heading { level: 2, text: [Text {"소" }, Emphasis { inlines: [Text {"제" }] }, Text {"목" }] }
            10: Paragraph { text: [Text {"문단" }, Note { label: "1" }, Text {"\n둘째 줄. 셋째" }] }
            14: List { ordered: true, start: Some(3), items: [ListItem { text: [Text {"가" }], blocks: [List { ordered: false, start: None, items: [ListItem { text: [Text {"나" }], blocks: [] }] }] }, ListItem { text: [Text {"다" }], blocks: [] }] }
            18: Quote { blocks: [Paragraph { text: [Text {"인용" }] }] }
            20: Code { lang: Some("sh"), code: "ls\n" }
            25: Table { head: [[Text {"가" }], [Text {"나" }]], rows: [[[Code { code: "a|b" }], []]] }
            29: Question { mark: "Q.", text: [Text {"질문 " }, Strong { inlines: [Text {"하나" }] }, Text {"?" }] }
            31: Answer { mark: "A1)", text: [Text {"답" }] }
            33: Paragraph { text: [Text {"Q. 글" }] }
            35: Caption { text: [Text {"그림 1. " }, Link { href: "https://a.kr", inlines: [Text {"여기" }] }] }
            37: Rule
            39: References { items: [Reference { label: "1", text: [Text {"주석" }] }] }
        "#]],
    );
}

#[test]
fn finds_every_fault_of_a_body_on_its_line() {
    check_body(
        "# 제목\n\n글 <b>굵게</b> [나쁜](javascript:x)\n![그림](a.png)\n\n<div>\n글\n</div>\n\n| 가 | 나 |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n\n글[^2] \\[^3]\n\n<figcaption>그림\n\n[a](https://a.kr \"이름\")\n",
        expect![[r#"
            8: Heading { level: 2, text: [Text {"제목" }] }
            10: Paragraph { text: [Text {"글 굵게 나쁜 그림" }] }
            17: Table { head: [[Text {"가" }], [Text {"나" }]], rows: [[[Text {"1" }], []], [[Text {"1" }], [Text {"2" }]]] }
            22: Paragraph { text: [Text {"글[^2] [^3]" }] }
            26: Paragraph { text: [Link { href: "https://a.kr", inlines: [Text {"a" }] }] }
            a.md:8: error: heading of level 1; use `##`; level 1 is the story's title
            a.md:10: error: raw HTML `<b>`; write it in Markdown, or put a backslash before `<` if it is text
            a.md:10: error: raw HTML `</b>`; write it in Markdown, or put a backslash before `<` if it is text
            a.md:10: error: link to `javascript:x`; link to http, https or mailto addresses only
            a.md:11: error: image `a.png`; stories have no images; say what it shows as `<figcaption>…</figcaption>` alone on a line
            a.md:13: error: raw HTML `<div>`; write it in Markdown, or put a backslash before `<` if it is text
            a.md:19: error: the row has 1 cells, the table's head has 2; give every row as many cells as the head; write `\|` for a bar in a cell
            a.md:20: error: the row has 3 cells, the table's head has 2; give every row as many cells as the head; write `\|` for a bar in a cell
            a.md:22: error: mark of note `2`, which does not exist; add `[^2]: …` at the end, or write `\[^2]` if it is text
            a.md:24: error: the caption does not end on its line; write `<figcaption>…</figcaption>` in one line, with an empty line after it
            a.md:26: warning: the link's title `이름` is not kept; say it in the text
        "#]],
    );
}

#[test]
fn finds_every_fault_of_front_matter_on_its_line() {
    check_file(
        "a.md",
        "글\n",
        &["a.md:1: error: the file has no front matter; begin the file with a `---` line, the facts, and another `---` line"],
    );
    check_file(
        "나쁜 이름.md",
        HEAD,
        &[
            "나쁜 이름.md:1: error: the file name `나쁜 이름.md` is no slug; name it `나쁜-이름.md`: letters in lower case, digits and single hyphens",
        ],
    );
    check_file(
        "a.md",
        "---\ntitel: 가\nsection: blog\nviews: 많음\ntags: 하나\ncompany: [가]\nlang: ko\nlang: en\nseries: {part: 2}\nslug: a\n---\n글\n",
        &[
            "a.md:1: error: `title` is missing; add `title: \"…\"`",
            "a.md:1: error: `summary` is missing; add `summary: \"…\"`, one or two sentences of 60 to 120 characters",
            "a.md:2: error: unknown field `titel`; did you mean `title`?",
            "a.md:3: error: unknown section `blog`; use one of interview, feed, news",
            "a.md:4: error: `views` is `많음`, no whole number; write digits only, or leave the line out",
            "a.md:5: error: `tags` is no list; write `tags: [하나, 둘]`, or `tags: []` for none",
            "a.md:6: error: `company` is no text; write one text, in double quotes if it holds signs",
            "a.md:8: error: `lang` stands here twice; keep one of them",
            "a.md:9: error: `series` has no name; write `series: {name: \"…\", part: 2}`; the part may be left out",
            "a.md:10: error: unknown field `slug`; use one of title, section, company, author, published, series, views, tags, lang, summary, source, imported",
        ],
    );
    check_file(
        "a.md",
        "---\ntitle: \"가\ntags: [a\n---\n글\n",
        &[
            "a.md:2: error: the front matter is no YAML: invalid indentation in quoted scalar; write one `name: value` a line, texts in double quotes",
        ],
    );
    let bomb = "---\na: &a [x]\nb: [*a, *a]\n---\n글\n";
    check_file(
        "a.md",
        bomb,
        &["a.md:3: error: the front matter is no YAML: aliases are not allowed; write one `name: value` a line, texts in double quotes"],
    );
}

#[test]
fn mark_line_ends_and_decomposed_hangul_do_not_matter() {
    let plain = format!("{HEAD}한글.\n\n둘.\n");
    let odd = format!("\u{FEFF}{}", plain.replace('\n', "\r\n").nfd().collect::<String>());
    let (plain, odd) = (read("한.md", plain.as_bytes()), read(&"한.md".nfd().collect::<String>(), odd.as_bytes()));
    assert_eq!(plain.problems, []);
    assert!(odd.problems.iter().all(|problem| problem.severity == corpus::Severity::Note), "{:?}", odd.problems);
    assert!(plain.story.is_some());
    assert_eq!(plain.story, odd.story);
}

#[test]
fn nesting_without_end_is_refused_not_followed() {
    for body in ["> ".repeat(5_000) + "글", "- ".repeat(5_000) + "글", "*a _b ".repeat(2_000) + &"c_ d*".repeat(2_000)] {
        let read = read("a.md", format!("{HEAD}{body}\n").as_bytes());
        assert!(read.problems.iter().any(|problem| problem.message == "nested deeper than 32 levels"), "{:?}", read.problems);
    }
}

#[test]
fn writes_what_a_person_would() {
    let story = Story {
        company: Some("데일리호텔".into()),
        series: Some(Series { name: "KT 人사이드".into(), part: Some(2) }),
        views: Some(7458),
        tags: vec!["8퍼센트".into(), "node.js".into(), "2019".into()],
        source: Some("000.txt:9".into()),
        original: None,
        blocks: vec![
            Block::Heading { level: 2, text: vec![Inline::text("1. C#과 F#")] },
            Block::Paragraph {
                text: vec![
                    Inline::text("2019. snake_case가 [removed]라니! "),
                    Inline::Strong { inlines: vec![Inline::text("\"강조\"")] },
                    Inline::text("를 a*b & c"),
                ],
            },
        ],
        ..empty("kafka")
    };
    expect![[r#"
        ---
        title: "제목"
        section: feed
        company: 데일리호텔
        series: {name: "KT 人사이드", part: 2}
        views: 7458
        tags: [8퍼센트, node.js, "2019"]
        lang: ko
        summary: "요약."
        source: "000.txt:9"
        ---

        ## 1. C#과 F\#

        2019\. snake_case가 \[removed\]라니! **"강조"**&#47484; a\*b & c
    "#]]
    .assert_eq(&write(&story));
}

fn empty(slug: &str) -> Story {
    Story {
        slug: Slug::new(slug).unwrap(),
        title: "제목".into(),
        section: Section::Feed,
        company: None,
        author: None,
        published: None,
        views: None,
        tags: vec![],
        series: None,
        lang: "ko".into(),
        summary: "요약.".into(),
        source: None,
        original: None,
        blocks: vec![],
        built: Built::default(),
    }
}

/// Text with the signs of Markdown, YAML and chats, and with Korean around them.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[가나다라힣]{1,3}",
        2 => "[ab Z09]{1,3}",
        4 => r##"[!-/:-@\[-`{-~]{1,3}"##,
        1 => "[ \t\u{a0}…“’「。😀\u{300}\u{1112}]",
        1 => Just("\n".to_owned()),
        1 => prop_oneof![
            Just("Q. "), Just("A1: "), Just("1. "), Just("- "), Just("---"), Just("```"), Just("~~~"), Just("&amp;"), Just("&#44;"),
            Just("<b>"), Just("<figcaption>"), Just("</figcaption>"), Just("[^1]"), Just("[^1]: "), Just("https://a.kr/b_c?d=e&f"), Just("# "), Just("> "), Just(": "),
            Just("|---|"), Just("    "), Just("  \n"), Just("\\\n"), Just("===")
        ].prop_map(str::to_owned),
        1 => "\\PC{1,4}",
    ];
    vec(piece, 1..6).prop_map(|pieces| nfc(&pieces.concat()))
}

fn nfc(text: &str) -> String {
    text.nfc().filter(|&c| c != '\u{FEFF}').collect()
}

fn code() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace(['\n', '\t'], " "))
}

fn href() -> impl Strategy<Value = String> {
    (prop_oneof![Just("https://"), Just("http://"), Just("mailto:")], text())
        .prop_map(|(scheme, rest)| format!("{scheme}{}", rest.replace("figcaption", "")))
}

/// Spans as Markdown can say them: texts are merged, emphasis has text on both sides.
fn spans(depth: u32) -> BoxedStrategy<Vec<Inline>> {
    let plain = text().prop_map(Inline::text).boxed();
    let leaf = prop_oneof![code().prop_map(|code| Inline::Code { code }), Just(Inline::Note { label: "1".into() })];
    let marked = if depth == 0 {
        leaf.boxed()
    } else {
        prop_oneof![
            leaf,
            spans(depth - 1).prop_map(|inlines| Inline::Emphasis { inlines }),
            spans(depth - 1).prop_map(|inlines| Inline::Strong { inlines }),
            (href(), vec(text().prop_map(Inline::text), 1..2)).prop_map(|(href, inlines)| Inline::Link { href, inlines }),
        ]
        .boxed()
    };
    (option::of(marked.clone()), plain.clone(), vec((marked, plain), 0..3), any::<bool>())
        .prop_map(|(first, middle, rest, cut)| {
            let mut spans: Vec<Inline> = first.into_iter().chain([middle]).collect();
            spans.extend(rest.into_iter().flat_map(|(marked, plain)| [marked, plain]));
            if cut && 1 < spans.len() {
                spans.pop();
            }
            spans
        })
        .boxed()
}

/// One line of spans, as cells and headings have them: a line break in it reads back as one.
fn block(depth: u32) -> BoxedStrategy<Block> {
    let mark = prop_oneof![Just("Q."), Just("Q12:"), Just("A."), Just("A1)")];
    let leaf = prop_oneof![
        4 => spans(2).prop_map(|text| Block::Paragraph { text }),
        1 => (2u8..=6, spans(1)).prop_map(|(level, text)| Block::Heading { level, text }),
        1 => spans(1).prop_map(|text| Block::Caption { text }),
        1 => (mark, spans(1)).prop_map(|(mark, text)| {
            let mark = mark.to_owned();
            if mark.starts_with('Q') { Block::Question { mark, text } } else { Block::Answer { mark, text } }
        }),
        1 => (option::of("[a-z+#]{1,6}"), vec(text(), 0..4)).prop_map(|(lang, lines)| Block::Code { lang, code: lines.join("\n") }),
        1 => Just(Block::Rule),
        1 => (1usize..4).prop_flat_map(|n| (vec(spans(1), n), vec(vec(spans(1), n), 0..3))).prop_map(|(head, rows)| Block::Table { head, rows }),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    let item = (spans(1), vec(block(depth - 1), 0..3)).prop_map(|(text, blocks)| ListItem { text, blocks });
    let start = prop_oneof![Just(None), (0u32..1000).prop_map(|start| Some(start).filter(|&start| start != 1))];
    prop_oneof![
        4 => leaf,
        1 => vec(block(depth - 1), 0..3).prop_map(|blocks| Block::Quote { blocks }),
        1 => vec(item.clone(), 1..3).prop_map(|items| Block::List { ordered: false, start: None, items }),
        1 => (start, vec(item, 1..3)).prop_map(|(start, items)| Block::List { ordered: true, start, items }),
    ]
    .boxed()
}

prop_compose! {
    fn story()(
        (title, company, author, published, summary, source) in
            (text(), option::of(text()), option::of(text()), option::of(Just("2019-01-07".to_owned())), text(), option::of(text())),
        section in prop_oneof![Just(Section::Interview), Just(Section::Feed), Just(Section::News)],
        views in option::of(any::<u64>()),
        tags in vec(text(), 0..4),
        series in option::of((text(), option::of(any::<u32>()))),
        blocks in vec(block(2), 1..5),
        note in spans(1),
    ) -> Story {
        let series = series.map(|(name, part)| Series { name, part });
        let references = Block::References { items: vec![Reference { label: "1".into(), text: note }] };
        let blocks = blocks.into_iter().chain([references]).collect();
        Story { title, section, company, author, published, views, tags, series, summary, source, blocks, ..empty("a") }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(story in story()) {
        let markdown = write(&story);
        prop_assume!(nfc(&markdown) == markdown);
        let read = read("a.md", markdown.as_bytes());
        prop_assert_eq!(&read.problems, &vec![], "{}", markdown);
        prop_assert_eq!(read.story, Some(story), "{}", markdown);
    }

    #[test]
    fn no_file_is_too_odd_to_read(bytes in vec(any::<u8>(), 0..200), text in text()) {
        read("a.md", &bytes);
        read("a.md", format!("{HEAD}{text}").as_bytes());
        read("a.md", format!("---\n{text}\n---\n").as_bytes());
    }
}
