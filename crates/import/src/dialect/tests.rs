//! Posts of each dialect, and the mistakes in them.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::{Options, markdown};

#[track_caller]
fn check(file: &str, text: &str, expected: Expect) {
    let imported = super::read(file, text, &Options::default());
    let mut shown: Vec<String> = imported.problems.iter().map(ToString::to_string).collect();
    shown.extend(imported.stories.iter().map(|draft| format!("{}.md\n{}", draft.story.slug, markdown::write(&draft.story))));
    expected.assert_eq(&shown.join("\n"));
}

#[test]
fn jekyll() {
    check(
        "_posts/2020-03-03-kafka.md",
        "---\nlayout: post\ntitle: 카프카를 지켜보는 법\ncategories: 개발 운영\ntags: [Kafka, 기업 문화]\nmood: 좋음\n---\n\n{% highlight sh %}\nls {{ x }}\n{% endhighlight %}\n\n브로커를 **먼저** 봅니다.\n{: .notice}\n\n{% include ad.html %}\n\n![그래프]({{ site.baseurl }}/assets/a.png)\n",
        expect![[r#"
            _posts/2020-03-03-kafka.md:6: note: fields without a place in a story: mood; nothing needs to be done
            _posts/2020-03-03-kafka.md:16: warning: template tag `include` left out; look whether the text needs what it showed
            kafka.md
            ---
            title: "카프카를 지켜보는 법"
            section: feed
            published: 2020-03-03
            tags: [Kafka, 기업문화, 개발, 운영]
            lang: ko
            summary: "브로커를 먼저 봅니다."
            source: "_posts/2020-03-03-kafka.md"
            ---

            ```sh
            ls {{ x }}
            ```

            브로커를 **먼저** 봅니다.

            <figcaption>그래프</figcaption>
        "#]],
    );
}

#[test]
fn hugo() {
    check(
        "content/posts/hello/index.md",
        "+++\ntitle = \"안녕\"\ndate = 2021-05-04T10:00:00+09:00\ntags = [\"글\"]\n[params]\nauthor = \"김하나\"\n+++\n\n{{< notice tip >}}\n이것은 도움말입니다.\n{{< /notice >}}\n\n{{< figure src=\"a.png\" caption=\"그림 설명\" >}}\n\n{{< youtube abc123 >}}\n",
        expect![[r#"
            content/posts/hello/index.md:9: warning: template tag `notice` left out; look whether the text needs what it showed
            hello.md
            ---
            title: "안녕"
            section: feed
            author: 김하나
            published: 2021-05-04
            tags: [글]
            lang: ko
            summary: "이것은 도움말입니다. https://www.youtube.com/watch?v=abc123"
            source: "content/posts/hello/index.md"
            ---

            이것은 도움말입니다.

            <figcaption>그림 설명</figcaption>

            <https://www.youtube.com/watch?v=abc123>
        "#]],
    );
}

#[test]
fn drafts_are_left_out() {
    check(
        "a.md",
        "+++\ntitle = \"a\"\ndraft = true\n+++\n글\n",
        expect!["a.md:3: note: the post is a draft (draft: true) and is left out; publish it there if it is meant for readers"],
    );
    check(
        "a.md",
        "---\ntitle: a\npublished: false\n---\n글\n",
        expect!["a.md:3: note: the post is a draft (published: false) and is left out; publish it there if it is meant for readers"],
    );
}

#[test]
fn broken_front_matter_is_read_line_by_line() {
    check(
        "a.md",
        "---\ntitle: [공지] 제목: 부제\ntags:\n- 하나\n- \"둘\ndate: 2020/1/2\n---\n본문입니다.\n",
        expect![[r#"
        a.md:2: warning: the front matter cannot be read as a whole (while parsing a block mapping, did not find expected key), so it is read line by line; put texts with signs in double quotes
        a.md
        ---
        title: "[공지] 제목: 부제"
        section: feed
        published: 2020-01-02
        tags: [하나, 둘]
        lang: ko
        summary: "본문입니다."
        source: "a.md"
        ---

        본문입니다.
    "#]],
    );
    check(
        "b.md",
        "---\ntitle: 끝이 없다\n\n본문입니다.\n",
        expect![[r#"
        b.md:1: warning: the front matter has no end, so it is read as text; close it with a line like the first one
        b.md:1: warning: no title was found, so the story is called `title: 끝이 없다`; write a better one into the story file
        b.md
        ---
        title: "title: 끝이 없다"
        section: feed
        tags: []
        lang: ko
        summary: "title: 끝이 없다 본문입니다."
        source: "b.md"
        ---

        ---

        title: 끝이 없다

        본문입니다.
    "#]],
    );
}

proptest! {
    #[test]
    fn no_text_is_lost(words in proptest::collection::vec("[가-힣]{1,5}", 1..12), joints in proptest::collection::vec("[ \n]|\n\n|\n- |\n# |\n> |\n1\\. |\n\n```\n|\\*\\*", 12)) {
        let mut text = String::new();
        for (word, joint) in words.iter().zip(&joints) {
            text.push_str(word);
            text.push_str(joint);
        }
        text.push('끝');
        let imported = super::read("a.md", &format!("---\ntitle: 제목\n---\n{text}"), &Options::default());
        let story = &imported.stories[0].story;
        let read: String = story.blocks.iter().map(|block| block.text()).collect();
        let hangul = |text: &str| text.chars().filter(|c| ('가'..='힣').contains(c)).collect::<String>();
        prop_assert_eq!(hangul(&read), hangul(&text));
    }

    #[test]
    fn any_text_is_read(text in "(---\n|\\+\\+\\+\n|[a-z]+: |[\\[\\]{}%<>`*_#|\"':=/ \n-]|\\{\\{<|>\\}\\}|[가-힣a-z]|\\PC){0,60}") {
        super::read("a.md", &text, &Options::default());
    }
}
