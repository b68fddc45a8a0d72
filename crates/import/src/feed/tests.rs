//! Feeds as they are served and exported, whole and broken.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::{Options, markdown};

#[track_caller]
fn check(text: &str, expected: Expect) {
    let imported = super::read("feed.xml", text, &Options::default());
    let mut shown: Vec<String> = imported.problems.iter().map(ToString::to_string).collect();
    shown.extend(imported.stories.iter().map(|draft| markdown::write(&draft.story)));
    expected.assert_eq(&shown.join("\n"));
}

#[test]
fn rss_with_full_content() {
    check(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>블로그</title><link>https://blog.kr/</link><language>ko</language>\n<item>\n<title>카프카 &amp; 주키퍼</title><link>https://blog.kr/1</link>\n<pubDate>Tue, 03 Mar 2020 10:00:00 +0900</pubDate><category>개발</category><dc:creator>김하나</dc:creator>\n<content:encoded><![CDATA[<p>첫 <b>문단</b>.</p>\n<script>x()</script><p><a href=\"/2\" onclick=\"y()\">둘</a></p>]]></content:encoded>\n</item></channel></rss>",
        expect![[r#"
            feed.xml:7: note: 1 event handler left out; nothing needs to be done
            feed.xml:7: note: 1 script left out; nothing needs to be done
            ---
            title: "카프카 & 주키퍼"
            section: feed
            author: 김하나
            published: 2020-03-03
            tags: [개발]
            lang: ko
            summary: "첫 문단. 둘"
            source: "https://blog.kr/1"
            ---

            첫 **문단**.

            [둘](https://blog.kr/2)
        "#]],
    );
}

#[test]
fn atom_with_xhtml() {
    check(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"ko\">\n<entry><title type=\"html\">제목 &lt;b&gt;둘&lt;/b&gt;</title><link rel=\"alternate\" href=\"https://a.kr/2\"/><published>2021-02-03T00:00:00Z</published><author><name>이둘</name></author><category term=\"글\"/>\n<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>본문 &hellip; 입니다.</p></div></content></entry></feed>",
        expect![[r#"
            ---
            title: "제목 둘"
            section: feed
            author: 이둘
            published: 2021-02-03
            tags: [글]
            lang: ko
            summary: "본문 … 입니다."
            source: "https://a.kr/2"
            ---

            본문 … 입니다.
        "#]],
    );
}

#[test]
fn wordpress_posts_only() {
    check(
        "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><link>https://wp.kr</link>\n<item><title>글</title><link>https://wp.kr/1</link><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date>2019-01-07 09:00:00</wp:post_date><category domain=\"post_tag\" nicename=\"a\">스타트업</category><category domain=\"category\" nicename=\"b\">미분류</category><content:encoded><![CDATA[첫 문단.\n둘째 줄.\n\n[caption id=\"a\"]<img src=\"https://wp.kr/a.png\" alt=\"그림\"> 설명[/caption]\n\n[1] 각주]]></content:encoded></item>\n<item><title>초안</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item>\n<item><title>그림</title><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item></channel></rss>",
        expect![[r#"
            feed.xml:8: note: `초안` is left out: its status is `draft`; publish it there if it is meant for readers
            feed.xml:9: note: `그림` is left out: its type is `attachment`; publish it there if it is meant for readers
            ---
            title: "글"
            section: feed
            published: 2019-01-07
            tags: [스타트업]
            lang: ko
            summary: "첫 문단. 둘째 줄. [1] 각주"
            source: "https://wp.kr/1"
            ---

            첫 문단.\
            둘째 줄.

            <figcaption>[설명](https://wp.kr/a.png)</figcaption>

            \[1\] 각주
        "#]],
    );
}

#[test]
fn a_feed_that_breaks_off_keeps_what_came() {
    check(
        "<rss><channel><item><title>하나</title><description>첫 글 & 끝.</description></item>\n<item><title>둘</title><descr",
        expect![[r#"
            feed.xml:2: error: the XML is broken here (syntax error: tag not closed: `>` not found before end of input), so what follows is lost; fetch or export the file again
            ---
            title: "하나"
            section: feed
            tags: []
            lang: ko
            summary: "첫 글 & 끝."
            source: "feed.xml:1"
            ---

            첫 글 & 끝.
        "#]],
    );
    check(
        "<rss><channel></channel></rss>",
        expect![
            "feed.xml:1: error: the file holds no entry of a feed; give an RSS, Atom or WordPress export with `item` or `entry` elements"
        ],
    );
}

proptest! {
    #[test]
    fn any_text_is_read(text in "(<(/?)(rss|channel|item|entry|title|content|link|p|b)( type=\"xhtml\")?>|<!\\[CDATA\\[|\\]\\]>|&[a-z#0-9]{0,5};?|[가-힣a-z <>\"\n]){0,40}") {
        super::read("a.xml", &text, &Options::default());
    }
}
