//! Anchors of headings. Many sites hang a `#` on each heading, to be linked to; in a saved page it is glued between the heading and its
//! text: `설치 방법#먼저 내려받습니다`. One `#` alone may be anything, but where a body has several, each ends a heading. The recogniser
//! does not see them (`Glued`), so that these headings look like all others; a rule says where they end and what they are.

use std::collections::HashSet;

use super::glued::{Gap, Visible};

/// Different places that look like an anchor behind Hangul, so that a body counts as one with anchors. Fewer takes names for anchors.
const MIN_PLACES: usize = 2;

/// The anchors among the visible characters of a body, in order. Cost: linear.
pub(super) fn places(chars: &[Visible]) -> Vec<usize> {
    let places: Vec<usize> = (2..chars.len()).filter(|&idx| is_place(chars, idx)).collect();
    let before = |idx: &usize| Some((chars.get(idx - 2)?.c, chars.get(idx - 1)?.c));
    let is_korean = |&(_, last): &(char, char)| ('가'..='힣').contains(&last) || matches!(last, '?' | '!' | ')' | '…');
    let different: HashSet<(char, char)> = places.iter().filter_map(before).filter(is_korean).collect();
    if different.len() < MIN_PLACES { Vec::new() } else { places }
}

/// Whether a `#` stands between two words, glued to both, and is neither a tag's nor a name's.
fn is_place(chars: &[Visible], idx: usize) -> bool {
    let Some([before, last, sign, next]) = chars.get(idx - 2..idx + 2) else { return false };
    if sign.c != '#' || sign.gap != Gap::None || next.gap == Gap::Space {
        return false;
    }
    // `C#` and `F#` are languages, `#1` is a number, `#!` a script.
    let is_language = matches!(last.c, 'C' | 'F') && (!before.c.is_ascii_alphabetic() || last.gap != Gap::None);
    let is_sign = next.c.is_ascii_digit() || matches!(next.c, '#' | '!');
    (last.c.is_alphanumeric() || matches!(last.c, '?' | '!' | ')' | '…' | '”')) && !is_language && !is_sign && has_words(chars, idx)
}

/// Whether white space stands before the next `#`, not only beside it: tags have none inside.
fn has_words(chars: &[Visible], idx: usize) -> bool {
    chars.iter().skip(idx + 2).take_while(|visible| visible.c != '#').any(|visible| visible.gap != Gap::None)
}

#[cfg(test)]
mod tests {
    use crate::recover::glued::Glued;

    #[track_caller]
    fn check(flat: &str, expected: &[&str]) {
        let glued = Glued::new(flat);
        let behind = |idx: &usize| glued.offsets.get(*idx).and_then(|&offset| flat.get(offset..)).unwrap_or_default().chars().take(2);
        let found: Vec<String> = glued.anchored.iter().map(|idx| behind(idx).collect()).collect();
        assert_eq!(found, expected, "{flat}");
    }

    #[test]
    fn several_signs_between_glued_words_are_anchors() {
        check("준비#먼저 받는다.설치는?#다음 순서로 한다.Setup#All is well.", &["먼저", "다음", "Al"]);
        check("준비#먼저 받는다. 그 밖에는 없다.", &[]);
    }

    #[test]
    fn tags_names_and_numbers_are_no_anchors() {
        check("끝났다#개발#회고#우리 #모두", &[]);
        check("가C#은 좋다. 나C#은 싫다. 다 F#은 없다.", &[]);
        check("일#1 이다. 이#2 이다.", &[]);
    }

    #[test]
    fn places_count_without_the_anchors() {
        let glued = Glued::new("준비#먼저 간다.설치#다음 것.");
        assert_eq!(glued.chars.iter().collect::<String>(), "준비먼저간다.설치다음것.");
        assert_eq!([2, 3, 4, 10, 11].map(|idx| glued.place_of(idx)), [2, 2, 3, 9, 9]);
    }
}
