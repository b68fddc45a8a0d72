//! Numbers of footnotes. `…라고 한다.3다음 절` : the number belongs to the sentence before it, and the block ends behind the number. Only in
//! bodies whose footnotes end with `↩`, the way back to the text: they say how many numbers there are, and the numbers rise.

use super::glued::{Gap, Glued};

/// What makes a number of a counted thing and not of a footnote: `3번`, `2단계`, `1년`.
const COUNTERS: &str = "번차년개초단명분월일시위장점가회주기배층권대살호진계쪽세";

/// The numbers behind sentence ends: first visible character of each, and the one behind it. Cost: linear.
pub(super) fn places(glued: &Glued) -> Vec<(usize, usize)> {
    let n_notes = glued.chars.iter().filter(|&&c| c == '↩').count();
    let mut last = 0;
    let mut places = Vec::new();
    if n_notes == 0 {
        return places;
    }
    for lo in 1..glued.len() {
        let is_free = glued.gap(lo) == Gap::None && glued.is_sentence_end(lo);
        let Some((number, hi)) = number(glued, lo).filter(|_| is_free) else { continue };
        if last < number && number <= n_notes {
            last = number;
            places.push((lo, hi));
        }
    }
    places
}

/// A number of one or two digits, or one with its repetition as in `2:1`, and where it ends; none if something is counted by it.
fn number(glued: &Glued, lo: usize) -> Option<(usize, usize)> {
    let digit = |idx: usize| glued.chars.get(idx).and_then(|c| c.to_digit(10)).filter(|_| idx == lo || glued.gap(idx) == Gap::None);
    let n_digits = (lo..).take(3).take_while(|&idx| digit(idx).is_some()).count();
    let number = (lo..lo + n_digits).filter_map(digit).fold(0, |number, digit| 10 * number + digit as usize);
    let mut hi = lo + n_digits;
    if glued.chars.get(hi) == Some(&':') && digit(hi + 1).is_some() {
        hi += 2;
    }
    let is_counted = match glued.chars.get(hi) {
        None => false,
        Some(')' | '.' | ',' | '~' | '-' | '/' | ':' | '(' | '%') => true,
        Some(&c) => glued.gap(hi) == Gap::None && (c.is_ascii_lowercase() || c.is_ascii_digit() || COUNTERS.contains(c)),
    };
    (0 < n_digits && n_digits < 3 && !is_counted).then_some((number, hi))
}

#[cfg(test)]
mod tests {
    use super::{Glued, places};

    #[test]
    fn numbers_behind_sentences_are_notes_where_notes_lead_back() {
        let shown = |flat: &str| -> Vec<String> {
            let glued = Glued::new(flat);
            places(&glued).iter().filter_map(|&(lo, hi)| glued.chars.get(lo..hi)).map(|chars| chars.iter().collect()).collect()
        };
        assert_eq!(shown("간다.1다음은 이렇다.2:1끝이다.책 ↩다른 책 ↩"), ["1", "2:1"]);
        assert_eq!(shown("간다.1다음은 이렇다.2끝이다."), [""; 0]);
        assert_eq!(shown("간다.1번이 먼저다.2) 둘째다.3끝이다.책 ↩책 ↩"), [""; 0]);
    }
}
