//! A text cut into sentences, for reading it aloud. Pure, so that all of it is tested natively.

use std::ops::Range;

/// A longer sentence is cut at a comma or a space, in characters: some voices fall silent in the middle of a long one. About ten seconds of
/// speech. More sounds smoother, less marks more closely what is spoken.
const MAX_CHARS: usize = 160;

/// What may stand between the end of a sentence and the space behind it.
const CLOSERS: [char; 10] = ['"', '\'', '”', '’', '」', '』', ')', ']', '》', '〉'];

/// The sentences of a text whose white space is folded; `borders` are the positions where paragraphs begin. In order, without overlaps; every
/// character but the spaces between is in one of them.
pub(crate) fn sentences(chars: &[char], borders: &[usize]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for at in 0..chars.len() {
        let is_over = borders.binary_search(&(at + 1)).is_ok()
            || borders.binary_search(&(at + 2)).is_ok() && chars.get(at + 1) == Some(&' ')
            || ends(chars.get(start..=at).unwrap_or_default(), chars.get(at + 1));
        if is_over || at + 1 == chars.len() {
            push(chars, start..at + 1, &mut out);
            start = at + 1;
        }
    }
    out
}

/// Whether a sentence ends here, with `next` behind it.
fn ends(so_far: &[char], next: Option<&char>) -> bool {
    if next.is_some_and(|c| *c != ' ') {
        return false;
    }
    let mut rest = so_far;
    while let [head @ .., last] = rest
        && CLOSERS.contains(last)
    {
        rest = head;
    }
    match rest {
        // `1.`, `Q.` and `A. Rabbit` go on.
        [head @ .., '.'] => {
            let word = head.iter().rev().take_while(|c| **c != ' ');
            let (n, is_short) = word.fold((0, true), |(n, is_short), c| (n + 1, is_short && c.is_ascii_alphanumeric()));
            !(is_short && (n < 2 || n == head.len() && n < 4))
        }
        [.., last] => matches!(last, '!' | '?' | '…' | '。' | '！' | '？'),
        [] => false,
    }
}

/// Adds a sentence without the spaces around it, in pieces if it is too long.
fn push(chars: &[char], range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let is_word = |at: &usize| chars.get(*at).is_some_and(|c| *c != ' ');
    let (Some(mut start), Some(last)) = (range.clone().find(is_word), range.rev().find(is_word)) else { return };
    let end = last + 1;
    while MAX_CHARS < end - start {
        let spaces = || (start + MAX_CHARS / 3..start + MAX_CHARS).rev().filter(|at| chars.get(*at) == Some(&' '));
        let comma = spaces().find(|at| at.checked_sub(1).and_then(|at| chars.get(at)).is_some_and(|c| matches!(c, ',' | ';' | ':')));
        let cut = comma.or_else(|| spaces().next()).unwrap_or(start + MAX_CHARS);
        out.push(start..cut);
        start = if chars.get(cut) == Some(&' ') { cut + 1 } else { cut };
    }
    out.push(start..end);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MAX_CHARS, sentences};

    /// Paragraphs as a page folds them, cut.
    fn cut(paragraphs: &[&str]) -> Vec<String> {
        let mut chars = Vec::new();
        let mut borders = Vec::new();
        for paragraph in paragraphs {
            if !chars.is_empty() {
                chars.push(' ');
            }
            borders.push(chars.len());
            chars.extend(paragraph.chars());
        }
        sentences(&chars, &borders).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn ends_at_marks_and_borders() {
        assert_eq!(
            cut(&["왜 카프카인가", "빠르다. 정말? \"그렇다.\" 끝!", "다음 문단"]),
            ["왜 카프카인가", "빠르다.", "정말?", "\"그렇다.\"", "끝!", "다음 문단"]
        );
    }

    #[test]
    fn numbers_initials_and_dots_inside_do_not_end_it() {
        assert_eq!(cut(&["1. 첫째는 3.5초, node.js와 A. Rabbit이다. 둘째"]), ["1. 첫째는 3.5초, node.js와 A. Rabbit이다.", "둘째"]);
        assert_eq!(cut(&["Q. 이름은? A. 없다. 12."]), ["Q. 이름은?", "A. 없다.", "12."]);
        assert_eq!(cut(&["It is in v2. Next one."]), ["It is in v2.", "Next one."]);
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_comma() {
        let long = format!("{}, {}", "가나다 ".repeat(20).trim_end(), "라마바 ".repeat(30).trim_end());
        let parts = cut(&[&long]);
        assert!(parts[0].ends_with(','), "{parts:?}");
        assert_eq!(parts.join(" "), long);
        assert!(cut(&[&"가".repeat(500)]).iter().all(|part| part.chars().count() <= MAX_CHARS));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_said_twice(paragraphs in proptest::collection::vec("[가나a1.?!,\"” ]{0,300}", 0..4)) {
            let folded: Vec<String> = paragraphs.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            let folded: Vec<&str> = folded.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            let squeeze = |text: String| text.replace(' ', "");
            prop_assert_eq!(squeeze(cut(&folded).concat()), squeeze(folded.concat()));
        }
    }
}
