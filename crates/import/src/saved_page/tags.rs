//! The hashtags at the very end of a body.

/// The body without its tags, and the tags without `#`, in order.
///
/// Only the last run counts: `#2` marks footnotes, `C#` is a language, a `#` in front of other text is text. The first tag is glued to
/// the last word (`…됩니다.#인사이트`), to an address too; but the only `#` behind an address begins a fragment.
pub(crate) fn split(body: &str) -> (&str, Vec<&str>) {
    let mut text = body.trim_end();
    let mut tags = Vec::new();
    loop {
        let word_start = text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(idx, c)| idx + c.len_utf8());
        let word = text.get(word_start..).unwrap_or_default();
        let Some((before, tag)) = word.rsplit_once('#') else { break };
        if !is_tag(tag) || !may_be_glued(before, tags.is_empty()) {
            break;
        }
        tags.push(tag);
        text = text.get(..word_start + before.len()).unwrap_or_default().trim_end();
        if is_address(before) {
            break;
        }
    }
    tags.reverse();
    (text, tags)
}

fn is_tag(tag: &str) -> bool {
    let has_letter = tag.chars().any(char::is_alphabetic);
    let is_word = tag.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '&' | '+' | '/'));
    has_letter && is_word && tag.starts_with(|c: char| c.is_alphanumeric() || c == '_') && !tag.ends_with('.')
}

/// Whether a tag may follow `before` without a space. `is_last`: no other tag behind it vouches for it.
fn may_be_glued(before: &str, is_last: bool) -> bool {
    !(is_last && (is_address(before) || before.ends_with(|c: char| c.is_ascii_alphanumeric())))
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains("www.")
}

#[cfg(test)]
mod tests {
    use super::split;

    #[track_caller]
    fn check(body: &str, text: &str, tags: &[&str]) {
        assert_eq!(split(body), (text, tags.to_vec()), "{body}");
    }

    #[test]
    fn takes_the_last_run_only() {
        check("끝입니다.#개발 #node.js #8퍼센트", "끝입니다.", &["개발", "node.js", "8퍼센트"]);
        check("끝.\u{a0}#a\u{a0}#b  ", "끝.", &["a", "b"]);
        check("style = spoqa#스포카 #개발", "style = spoqa", &["스포카", "개발"]);
        check("끝.#하나#둘", "끝.", &["하나", "둘"]);
        check("https://a.kr/b#web #태그", "https://a.kr/b", &["web", "태그"]);
        check("https://a.kr/b#c#web #태그", "https://a.kr/b#c", &["web", "태그"]);
        check("#앞 가운데 #2 글 #뒤", "#앞 가운데 #2 글", &["뒤"]);
        check("#하나 #둘", "", &["하나", "둘"]);
    }

    #[test]
    fn other_hashes_are_text() {
        for body in ["각주 #2 #3", "언어는 C#", "언어는 C#은", "channel=\"#general\"", "https://a.kr/b#c", "a # b", "글 #", "글 #끝."]
        {
            check(body, body, &[]);
        }
    }
}
