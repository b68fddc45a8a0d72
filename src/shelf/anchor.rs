//! A passage that is found again by its words: the words, some of the text around them, and a hint where they stood.

use std::ops::Range;

use super::page_text::PageText;

/// How much of the text before and behind a passage is kept, in characters. More tells more repetitions apart, less survives more edits;
/// 32 is about a line of Korean.
const CONTEXT: usize = 32;

/// A passage of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quote {
    /// Its words, white space folded.
    pub(crate) exact: String,
    /// What stood before it.
    pub(crate) before: String,
    /// What stood behind it.
    pub(crate) after: String,
    /// The block of the body where it began.
    pub(crate) block: u32,
}

/// Makes the quote of a range of the page; `None` if there is nothing but white space in it.
pub(crate) fn quote(page: &PageText, range: Range<usize>) -> Option<Quote> {
    let Range { start, end } = page.trimmed(range)?;
    Some(Quote {
        exact: page.text(start..end),
        before: page.text(start.saturating_sub(CONTEXT)..start),
        after: page.text(end..(end + CONTEXT).min(page.chars.len())),
        block: page.block(start),
    })
}

/// Where the passage stands in the page now. First its very words; else the same letters and digits, whatever became of spaces, case and
/// punctuation. Of several places the one with the most of the old text around it, then the one nearest to where it was.
pub(crate) fn find(page: &PageText, quote: &Quote) -> Option<Range<usize>> {
    let words: Vec<char> = quote.exact.chars().collect();
    if words.is_empty() {
        return None;
    }
    let ranges = page.occurrences(&words, |a, b| a == b).map(|at| at..at + words.len());
    best(page, quote, ranges).or_else(|| {
        let letters: Vec<char> = words.iter().copied().filter_map(letter).collect();
        let (kept, positions) = letters_of(page);
        let windows = kept.windows(letters.len().max(1)).enumerate().filter(|(_, window)| **window == *letters);
        let ranges = windows.filter_map(|(at, _)| Some(*positions.get(at)?..*positions.get(at + letters.len() - 1)? + 1));
        best(page, quote, ranges)
    })
}

fn best(page: &PageText, quote: &Quote, ranges: impl Iterator<Item = Range<usize>>) -> Option<Range<usize>> {
    let before: Vec<char> = quote.before.chars().rev().filter_map(letter).collect();
    let after: Vec<char> = quote.after.chars().filter_map(letter).collect();
    let mut best: Option<(usize, u32, Range<usize>)> = None;
    for range in ranges {
        let behind = page.chars.get(range.end..).unwrap_or_default().iter().copied().filter_map(letter);
        let ahead = page.chars.get(..range.start).unwrap_or_default().iter().rev().copied().filter_map(letter);
        let n_same = n_common(ahead, &before) + n_common(behind, &after);
        let distance = page.block(range.start).abs_diff(quote.block);
        if best.as_ref().is_none_or(|(most, nearest, _)| *most < n_same || (*most == n_same && distance < *nearest)) {
            best = Some((n_same, distance, range));
        }
    }
    best.map(|(_, _, range)| range)
}

/// The block that begins with these words, or else the block that was meant, as far as there is one.
pub(crate) fn find_block(blocks: &[String], hint: u32, words: &str) -> Option<usize> {
    let is_it = |text: &String| !words.is_empty() && opening(text) == words;
    let hint = hint as usize;
    let found = blocks.iter().enumerate().filter(|(_, text)| is_it(text)).map(|(at, _)| at);
    found.min_by_key(|at| at.abs_diff(hint)).or_else(|| Some(hint.min(blocks.len().checked_sub(1)?)))
}

/// How a block begins, as [`find_block`] compares it.
pub(crate) fn opening(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if CONTEXT <= out.chars().count() {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn n_common(text: impl Iterator<Item = char>, context: &[char]) -> usize {
    text.zip(context).take_while(|(a, b)| a == *b).count()
}

/// The character as fuzzy comparison has it; `None` for what does not count.
fn letter(c: char) -> Option<char> {
    if c.is_alphanumeric() { c.to_lowercase().next() } else { None }
}

fn letters_of(page: &PageText) -> (Vec<char>, Vec<usize>) {
    page.chars.iter().zip(0..).filter_map(|(c, at)| Some((letter(*c)?, at))).unzip()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Quote, find, find_block, opening, quote};
    use crate::shelf::page_text::{PageText, page};

    #[track_caller]
    fn quoted(page: &PageText, words: &str) -> Quote {
        let words: Vec<char> = words.chars().collect();
        let at = page.occurrences(&words, |a, b| a == b).next().unwrap();
        quote(page, at..at + words.len()).unwrap()
    }

    #[track_caller]
    fn check(quote: &Quote, after: &[&str], expected: Option<&str>) {
        let page = page(after);
        assert_eq!(find(&page, quote).map(|range| page.text(range)).as_deref(), expected);
    }

    const STORY: [&str; 3] = ["코드리뷰는 매일 합니다.", "작게 나누어 올립니다. 그래서 빨리 봅니다.", "코드리뷰는 매일 하지 않습니다."];

    #[test]
    fn a_quote_keeps_what_stands_around_it() {
        let quote = quoted(&page(&STORY), "작게 나누어");
        assert_eq!(
            quote,
            Quote {
                exact: "작게 나누어".into(),
                before: "코드리뷰는 매일 합니다. ".into(),
                after: " 올립니다. 그래서 빨리 봅니다. 코드리뷰는 매일 하지 않".into(),
                block: 1
            }
        );
    }

    #[test]
    fn survives_what_an_editor_does() {
        let quote = quoted(&page(&STORY), "그래서 빨리");
        check(&quote, &STORY, Some("그래서 빨리"));
        check(&quote, &["새 머리말.", STORY[0], "작게 나누어 올립니다.", "그래서 빨리 봅니다."], Some("그래서 빨리"));
        check(&quote, &["작게 나누어 올립니다. 그래서빨리 봅니다."], Some("그래서빨리"));
        check(&quote, &["올립니다. 그래서, 빨리! 봅니다."], Some("그래서, 빨리"));
        check(&quote, &["올립니다. 그래서 천천히 봅니다."], None);
        check(&quote, &[], None);
    }

    #[test]
    fn context_tells_repetitions_apart() {
        let story = page(&STORY);
        let words: Vec<char> = "코드리뷰는 매일".chars().collect();
        let places: Vec<usize> = story.occurrences(&words, |a, b| a == b).collect();
        assert_eq!(places.len(), 2);
        for at in places {
            let quote = quote(&story, at..at + words.len()).unwrap();
            assert_eq!(find(&story, &quote), Some(at..at + words.len()));
        }
    }

    #[test]
    fn punctuation_alone_is_found_only_as_it_stands() {
        let quote = Quote { exact: "…".into(), ..Quote::default() };
        check(&quote, &["그래서…"], Some("…"));
        check(&quote, &["그래서."], None);
        check(&Quote::default(), &["그래서."], None);
    }

    #[test]
    fn a_paragraph_is_found_by_how_it_begins() {
        let blocks: Vec<String> = ["하나", "둘  둘", "하나", "넷"].map(str::to_owned).to_vec();
        assert_eq!(find_block(&blocks, 3, "하나"), Some(2));
        assert_eq!(find_block(&blocks, 0, &opening("둘\n둘")), Some(1));
        assert_eq!(find_block(&blocks, 1, "사라진 문단"), Some(1));
        assert_eq!(find_block(&blocks, 9, ""), Some(3));
        assert_eq!(find_block(&[], 0, "하나"), None);
    }

    proptest! {
        #[test]
        fn finds_every_passage_where_it_was(texts in proptest::collection::vec("[가나 ab.]{1,12}", 1..5), start in 0usize..30, len in 1usize..20) {
            let story = page(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            if let Some(quote) = quote(&story, start..start + len) {
                let range = find(&story, &quote).unwrap();
                prop_assert_eq!(story.text(range), quote.exact);
            }
        }
    }
}
