//! What comes out of HTML, and what does not.

use corpus::Block;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Dom, Lines, dom::ROOT, fragment};
use crate::{Options, markdown};

#[track_caller]
fn check_fragment(html: &str, expected: Expect) {
    let fragment = fragment("a.html", html, Some("https://a.kr/b/"), Lines::Counted);
    let mut shown: Vec<String> = fragment.problems.iter().map(ToString::to_string).collect();
    shown.extend(fragment.blocks.iter().map(|(line, block)| format!("{line} {block:?}")));
    expected.assert_eq(&shown.join("\n"));
}

#[track_caller]
fn check_page(html: &str, expected: Expect) {
    let imported = super::read("page.html", html, &Options::default());
    let mut shown: Vec<String> = imported.problems.iter().map(ToString::to_string).collect();
    shown.extend(imported.stories.iter().map(|draft| markdown::write(&draft.story)));
    expected.assert_eq(&shown.join("\n"));
}

#[test]
fn spans_and_white_space() {
    check_fragment(
        "<p> 하나  <b> 둘 </b>셋<br>넷 <a href='../c?utm_source=x'>다섯</a>&nbsp;</p>",
        expect![[r#"
        a.html:1: note: 1 tracking parameter left out; nothing needs to be done
        1 Paragraph { text: [Text { text: "하나 " }, Strong { inlines: [Text { text: "둘" }] }, Text { text: " 셋\n넷 " }, Link { href: "https://a.kr/c", inlines: [Text { text: "다섯" }] }] }"#]],
    );
}

#[test]
fn nothing_that_runs_comes_out() {
    check_fragment(
        "<p onclick='x()'>글 <a href='java&#10;script:x()'>링크</a></p><script>bad()</script><style>p{}</style><iframe src='https://www.youtube.com/embed/1' title='영상'></iframe><img src='https://www.google-analytics.com/c.gif'><img width=1 height=1 src='https://x.kr/p.gif'><svg><script>bad()</script></svg><template><p>x</p></template>",
        expect![[r#"
            a.html:1: note: 1 event handler left out; nothing needs to be done
            a.html:1: note: 2 scripts left out; nothing needs to be done
            a.html:1: note: 1 style sheet left out; nothing needs to be done
            a.html:1: note: 2 tracking pictures left out; nothing needs to be done
            a.html:1: note: 1 unsafe link left out; nothing needs to be done
            1 Paragraph { text: [Text { text: "글 링크" }] }
            1 Caption { text: [Link { href: "https://www.youtube.com/embed/1", inlines: [Text { text: "영상" }] }] }"#]],
    );
}

#[test]
fn lists_tables_code_and_figures() {
    check_fragment(
        "<h1>큰</h1><h3>작은</h3><ol start=3><li>셋<ul><li>안</ul><li><p>넷</p><p>더</p></ol><pre><code class='language-rust'>fn a() {}\n\n</code></pre><table><tr><th>가<th>나<tr><td>다</table><figure><img src='a.png' alt='그림'><figcaption>설명</figcaption></figure><img src='https://x.kr/y.png'><blockquote>인용</blockquote><p>Q. 왜요?</p>",
        expect![[r#"
            1 Heading { level: 2, text: [Text { text: "큰" }] }
            1 Heading { level: 3, text: [Text { text: "작은" }] }
            1 List { ordered: true, start: Some(3), items: [ListItem { text: [Text { text: "셋" }], blocks: [List { ordered: false, start: None, items: [ListItem { text: [Text { text: "안" }], blocks: [] }] }] }, ListItem { text: [Text { text: "넷" }], blocks: [Paragraph { text: [Text { text: "더" }] }] }] }
            1 Code { lang: Some("rust"), code: "fn a() {}" }
            3 Table { head: [[Text { text: "가" }], [Text { text: "나" }]], rows: [[[Text { text: "다" }], []]] }
            3 Caption { text: [Link { href: "https://a.kr/b/a.png", inlines: [Text { text: "설명" }] }] }
            3 Caption { text: [Link { href: "https://x.kr/y.png", inlines: [Text { text: "y.png" }] }] }
            3 Quote { blocks: [Paragraph { text: [Text { text: "인용" }] }] }
            3 Question { mark: "Q.", text: [Text { text: "왜요?" }] }"#]],
    );
}

#[test]
fn an_article_is_found_among_what_surrounds_it() {
    check_page(
        "<!doctype html><html lang=ko><head><title>지켜보는 법 | 블로그</title><meta property=og:site_name content=블로그><meta name=author content=김하나><meta property=article:published_time content=2020-03-03T10:00:00+09:00><link rel=canonical href=https://a.kr/1></head><body><nav><a href=/>처음</a></nav><div id=wrap><div class=post><h1>지켜보는 법</h1><p>브로커를 먼저 봅니다. 그다음 소비자를 봅니다.</p><p>마지막으로 지연을 봅니다. 늘어나면 알립니다.</p><div class=share><a href=#>공유</a></div></div><div class=comments><p>좋은 글 잘 읽었습니다. 고맙습니다.</p></div></div><footer>저작권</footer></body></html>",
        expect![[r#"
            page.html:1: note: 23 characters around the article (menus, comments, footer) left out, 47 kept; look at the story if that is too much
            ---
            title: "지켜보는 법"
            section: feed
            author: 김하나
            published: 2020-03-03
            tags: []
            lang: ko
            summary: "브로커를 먼저 봅니다. 그다음 소비자를 봅니다. 마지막으로 지연을 봅니다. 늘어나면 알립니다."
            source: "https://a.kr/1"
            ---

            브로커를 먼저 봅니다. 그다음 소비자를 봅니다.

            마지막으로 지연을 봅니다. 늘어나면 알립니다.
        "#]],
    );
}

#[test]
fn a_saved_story_list_gives_its_records() {
    check_page(
        "<html><body><ul><li>인터뷰</li><li>피드</li></ul><div><span>조회수 1,082</span><h3><a href=/s/1>첫 글</a></h3><p>끝났다. 시작이다.#개발 #node.js</p></div><div><span>조회수 3</span><h3>둘째 인터뷰</h3><p>물었다.</p><p>답했다.</p></div><div>조회수 9</div><div>기업문화 엿볼 때, 더팀스</div></body></html>",
        expect![[r#"
            page.html:1: note: 1 link to files beside the page, such as `/s/1`; the words stay; link to the full address if readers should get there
            page.html:1: error: the record has no title or body, so it is left out; add them, or remove the record
            ---
            title: "첫 글"
            section: feed
            views: 1082
            tags: [개발, node.js]
            lang: ko
            summary: "끝났다. 시작이다."
            source: "page.html:1"
            ---

            끝났다. 시작이다.

            ---
            title: "둘째 인터뷰"
            section: interview
            views: 3
            tags: []
            lang: ko
            summary: "물었다. 답했다."
            source: "page.html:1"
            ---

            물었다.

            답했다.
        "#]],
    );
}

/// Visible characters of a page, as a browser would show them.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}')).collect()
}

proptest! {
    #[test]
    fn nothing_is_lost(html in "(<(/?)(p|b|i|em|a|ul|ol|li|div|span|blockquote|h2|h3|code|section)>|<br>|[가-힣]{1,3}| |\n){0,60}") {
        let dom = Dom::parse(&html, Lines::Counted);
        let fragment = fragment("a", &html, None, Lines::Counted);
        let text: String = fragment.blocks.iter().map(|(_, block)| block.text()).collect();
        prop_assert_eq!(visible(&text), visible(&dom.all_text(ROOT)));
    }

    #[test]
    fn what_comes_out_is_a_story_file(html in "(<(/?)(p|b|i|a href='https://a.kr'|ul|ol start=2|li|div|span|table|tr|td|th|pre|code|h2|h5|img src=x.png alt=y|blockquote|figure|figcaption|sup)>|<br>|[가-힣]{1,3}|[*_`#|\\[\\]<>&!.~-]| |\n){0,60}") {
        let fragment = fragment("a", &html, None, Lines::Counted);
        let blocks: Vec<Block> = fragment.blocks.into_iter().map(|(_, block)| block).collect();
        let text = |blocks: &[Block]| visible(&blocks.iter().map(|block| block.text()).collect::<String>());
        let facts = crate::facts::Facts { title: Some("제목".into()), ..Default::default() };
        let story = facts.story_in(corpus::Section::Feed, blocks);
        let back = markdown::read("제목.md", markdown::write(&story).as_bytes());
        prop_assert_eq!(&back.problems, &vec![]);
        let back = back.story.map(|story| text(&story.blocks));
        prop_assert_eq!(back, Some(text(&story.blocks)));
    }

    #[test]
    fn any_page_is_read(html in "\\PC{0,200}") {
        super::read("a.html", &html, &Options::default());
    }
}

#[test]
fn a_mark_within_a_note_that_points_nowhere_goes() {
    // The note inside the note is its text, so nothing stands where its mark would lead.
    check_fragment(
        "<p>글<sup><a href='#fn:1'>1</a></sup></p><ol class=footnotes><li id='fn:1'>주석<sup><a href='#fn:2'>2</a></sup><ol class=footnotes><li id='fn:2'>안의 주석</ol></ol>",
        expect![[r#"
            1 Paragraph { text: [Text { text: "글" }, Note { label: "1" }] }
            1 References { items: [Reference { label: "1", text: [Text { text: "주석" }, Text { text: " 안의 주석" }] }] }"#]],
    );
}

#[test]
fn what_is_nested_deeper_than_a_story_file_may_be_is_set_flat() {
    for (open, close) in
        [("<blockquote>", "</blockquote>"), ("<ul><li>가", "</li></ul>"), ("<ol><li><blockquote>", "</blockquote></li></ol>")]
    {
        let page = format!("<article><h1>제목</h1><p>글 본문입니다.</p>{}안쪽{}</article>", open.repeat(33), close.repeat(33));
        let story = super::read("page.html", &page, &Options::default()).stories.remove(0).story;
        let back = markdown::read("a.md", markdown::write(&story).as_bytes());
        assert_eq!(back.problems, [], "{open}");
        assert!(story.blocks.iter().any(|block| block.text().contains("안쪽")), "{open}");
    }
}

#[test]
fn what_markdown_cannot_nest_stands_side_by_side() {
    check_page(
        "<h1>제목</h1><p>글 <a href='https://a.kr/'>이름<sup><a href='#fn1'>1</a></sup></a><sup><a href='#fn1'>1</a></sup><a href='https://b.kr/'>둘</a></p>\
         <dl><dt><b>낱말</b></dt></dl><figure><img src='https://x.kr/y.png'><figcaption><b><a href='https://c.kr/'>출처</a></b></figcaption></figure>\
         <section class='footnotes'><ol><li id='fn1'>주</li></ol></section>",
        expect![[r#"
            ---
            title: "제목"
            section: feed
            tags: []
            lang: ko
            summary: "글 이름1둘 낱말"
            source: "page.html"
            ---

            글 [이름](https://a.kr/)1[^1] [둘](https://b.kr/)

            **낱말**

            <figcaption>[y.png](https://x.kr/y.png)</figcaption>

            <figcaption>**[출처](https://c.kr/)**</figcaption>

            [^1]: 주
        "#]],
    );
}
