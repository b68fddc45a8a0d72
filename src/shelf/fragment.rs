//! Text fragments: the end of an address that names a passage by its words, `#:~:text=before-,start,end,-after`.
//!
//! Browsers that know them scroll by themselves, but only while a page loads and only if the text is there by then. The app's stories come
//! later, so it reads the same ending and goes there itself.

use std::ops::Range;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::page_text::{PageText, is_same};

/// What stands between an address and its directive.
const DELIMITER: &str = ":~:";

/// A passage up to this length is named whole; a longer one by its first and last words.
const MAX_WHOLE: usize = 80;

/// Length of those words, and of the context that tells equal passages apart, in characters.
const PART: usize = 24;

/// The passage that an address names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Directive {
    before: Option<String>,
    start: String,
    end: Option<String>,
    after: Option<String>,
}

/// Reads the first passage that a fragment names; the fragment may stand alone or behind a whole address.
pub(crate) fn parse(fragment: &str) -> Option<Directive> {
    let (_, directives) = fragment.split_once(DELIMITER)?;
    let value = directives.split('&').find_map(|directive| directive.strip_prefix("text="))?;
    let mut directive = Directive::default();
    let mut texts = Vec::new();
    for part in value.split(',') {
        if let Some(before) = part.strip_suffix('-').filter(|_| texts.is_empty() && directive.before.is_none()) {
            directive.before = decode(before);
        } else if let Some(after) = part.strip_prefix('-') {
            directive.after = decode(after);
        } else {
            texts.extend(decode(part));
        }
    }
    let mut texts = texts.into_iter();
    directive.start = texts.next()?;
    directive.end = texts.next();
    Some(directive)
}

fn decode(part: &str) -> Option<String> {
    let text = percent_decode_str(part).decode_utf8_lossy();
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The fragment that names a range of the page, `#` included.
pub(crate) fn write(page: &PageText, range: Range<usize>) -> String {
    let crosses = page.borders.iter().any(|border| range.start < *border && *border < range.end);
    let whole = !crosses && range.len() <= MAX_WHOLE;
    let mut directive = Directive::default();
    if whole {
        directive.start = page.text(range.clone());
    } else {
        directive.start = first_words(page, &range);
        directive.end = Some(last_words(page, &range));
    }
    if find(page, &directive) != Some(range.clone()) {
        let before = page.trimmed(0..range.start).unwrap_or_default();
        let after = page.trimmed(range.end..page.chars.len()).unwrap_or_default();
        directive.before = Some(last_words(page, &before)).filter(|words| !words.is_empty());
        directive.after = Some(first_words(page, &after)).filter(|words| !words.is_empty());
    }
    let mut parts = Vec::new();
    parts.extend(directive.before.map(|words| encode(&words) + "-"));
    parts.push(encode(&directive.start));
    parts.extend(directive.end.map(|words| encode(&words)));
    parts.extend(directive.after.map(|words| String::from("-") + &encode(&words)));
    format!("#{DELIMITER}text={}", parts.join(","))
}

fn encode(words: &str) -> String {
    utf8_percent_encode(words, NON_ALPHANUMERIC).to_string()
}

/// Whole words from the front of a range, within its first paragraph.
fn first_words(page: &PageText, range: &Range<usize>) -> String {
    let border = page.borders.iter().find(|border| range.start < **border).map_or(range.end, |border| range.end.min(border - 1));
    let wanted = (range.start + PART).min(border);
    let is_space = |at: &usize| page.chars.get(*at).is_none_or(|c| *c == ' ');
    let end = (wanted..border).find(is_space).unwrap_or(border);
    page.text(range.start..end)
}

/// Whole words from the back of a range, within its last paragraph.
fn last_words(page: &PageText, range: &Range<usize>) -> String {
    let border = page.borders.iter().rev().find(|border| **border < range.end).map_or(range.start, |border| range.start.max(*border));
    let wanted = range.end.saturating_sub(PART).max(border);
    let is_space = |at: &usize| page.chars.get(*at).is_some_and(|c| *c == ' ');
    let start = (border..wanted).rev().find(is_space).map_or(border, |space| space + 1);
    page.text(start..range.end)
}

/// The first place that the directive names.
pub(crate) fn find(page: &PageText, directive: &Directive) -> Option<Range<usize>> {
    let chars = |words: &Option<String>| words.as_deref().unwrap_or_default().chars().collect::<Vec<char>>();
    let (before, after, end) = (chars(&directive.before), chars(&directive.after), chars(&directive.end));
    let start: Vec<char> = directive.start.chars().collect();
    if start.is_empty() {
        return None;
    }
    let is_before = |at: usize| {
        let space = usize::from(0 < at && page.chars.get(at - 1) == Some(&' '));
        before.is_empty()
            || (at - space)
                .checked_sub(before.len())
                .is_some_and(|from| page.chars.get(from..at - space).is_some_and(|text| is_same(text, &before, alike)))
    };
    let is_after = |at: usize| {
        let from = at + usize::from(page.chars.get(at) == Some(&' '));
        after.is_empty() || page.chars.get(from..from + after.len()).is_some_and(|text| is_same(text, &after, alike))
    };
    for at in page.occurrences(&start, alike).filter(|at| is_before(*at)) {
        let first = at + start.len();
        let mut last = if end.is_empty() { Some(first).filter(|at| is_after(*at)) } else { None };
        if !end.is_empty() {
            last = page.occurrences(&end, alike).filter(|at| first <= *at).map(|at| at + end.len()).find(|at| is_after(*at));
        }
        if let Some(last) = last {
            return Some(at..last);
        }
    }
    None
}

fn alike(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Directive, find, parse, write};
    use crate::shelf::page_text::page;

    #[test]
    fn reads_what_browsers_write() {
        let text = |text: &str| Some(text.to_owned());
        let all = Directive { before: text("앞 말"), start: "a, b".into(), end: text("끝"), after: text("뒤") };
        assert_eq!(parse("#:~:text=%EC%95%9E%20%EB%A7%90-,a%2C%20b,%EB%81%9D,-%EB%92%A4"), Some(all));
        assert_eq!(parse("https://a.b/c#제목:~:text=Kafka&text=다른"), Some(Directive { start: "Kafka".into(), ..Directive::default() }));
        for text in ["", "#제목", "#:~:", "#:~:text=", "#:~:text=,", "#:~:text=a-,,-b", "#:~:selector(a)"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn finds_whatever_the_case_of_the_letters() {
        let page = page(&["kafka를 본다. Kafka 모니터링", "Kafka는 느리다"]);
        let found = |fragment: &str| find(&page, &parse(fragment).unwrap()).map(|range| page.text(range));
        assert_eq!(found("#:~:text=KAFKA").as_deref(), Some("kafka"));
        assert_eq!(found("#:~:text=본다.-,kafka").as_deref(), Some("Kafka"));
        assert_eq!(found("#:~:text=Kafka,-는").as_deref(), Some("Kafka"));
        assert_eq!(found("#:~:text=본다,느리다").as_deref(), Some("본다. Kafka 모니터링 Kafka는 느리다"));
        assert_eq!(found("#:~:text=없는 말"), None);
    }

    #[test]
    fn a_long_passage_is_named_by_its_ends() {
        let long = "가나다라 마바사아 ".repeat(20);
        let page = page(&["앞 문단이에요.", &long, "뒤 문단이에요."]);
        let range = page.trimmed(0..page.chars.len()).unwrap();
        let fragment = write(&page, range.clone());
        assert!(fragment.len() < 200, "{fragment}");
        assert_eq!(find(&page, &parse(&fragment).unwrap()), Some(range));
        assert_eq!(parse(&fragment).unwrap().start, "앞 문단이에요.", "words of two paragraphs are no match for a browser");
    }

    proptest! {
        #[test]
        fn what_is_written_names_the_same_words(texts in proptest::collection::vec("[가나다,&-]{1,4}( [가나다라마]{1,4}){0,9}", 1..4), start in 0usize..40, len in 1usize..40) {
            let page = page(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            if let Some(range) = page.trimmed(start..start + len) {
                let directive = parse(&write(&page, range.clone())).unwrap();
                let found = find(&page, &directive).unwrap();
                // A passage that stands several times with the same words around it cannot be told apart; its beginning can.
                prop_assert!(page.text(found).starts_with(&directive.start));
                prop_assert!(page.text(range).starts_with(&directive.start));
            }
        }
    }
}
