//! Parts of compounds, learned from the corpus' own vocabulary: 대량해고 has 대량 and 해고 if the corpus knows both.

use std::{cmp::Reverse, collections::HashMap};

use hangul::is_syllable;

/// A part stands in so many documents at least. Less splits at chance syllables; legal: 1 and above.
const MIN_PART_DOCS: u32 = 2;
/// The rest of a three-syllable word (웹개발 → 개발) says little about a compound, so it must be this common.
const MIN_SHORT_PART_DOCS: u32 = 8;

/// How good a split is: fewer parts first, then the one whose rarest part is commonest.
type Rank = (Reverse<usize>, u32);
/// A split with its rank.
type Ranked = (Rank, Vec<String>);

/// Splits words by the document frequencies of all stems.
pub(crate) struct Splitter<'a> {
    n_docs: &'a HashMap<&'a str, u32>,
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(n_docs: &'a HashMap<&'a str, u32>) -> Self {
        Self { n_docs }
    }

    fn docs_of(&self, word: &str) -> u32 {
        self.n_docs.get(word).copied().unwrap_or(0)
    }

    /// Parts of a word in order; empty when it is none or the parts are unknown.
    pub(crate) fn parts(&self, word: &str) -> Vec<String> {
        let n = word.chars().count();
        if !word.chars().all(is_syllable) || !(3..=12).contains(&n) {
            return Vec::new();
        }
        let own = self.docs_of(word);
        if n == 3 {
            let rest: String = word.chars().skip(1).collect();
            let common = MIN_SHORT_PART_DOCS <= self.docs_of(&rest) && own < self.docs_of(&rest);
            return if common { vec![rest] } else { Vec::new() };
        }
        let chars: Vec<char> = word.chars().collect();
        self.best_split(&chars).map(|(_, parts)| parts).unwrap_or_default()
    }

    /// The split into the fewest parts, among those the one whose rarest part is commonest.
    fn best_split(&self, chars: &[char]) -> Option<Ranked> {
        // best[i]: split of the first i characters
        let mut best: Vec<Option<Ranked>> = vec![None; chars.len() + 1];
        if let Some(first) = best.first_mut() {
            *first = Some(((Reverse(0), u32::MAX), Vec::new()));
        }
        for end in 2..=chars.len() {
            for start in 0..end - 1 {
                if end - start == chars.len() {
                    continue;
                }
                let Some(Some(((Reverse(n), rarest), parts))) = best.get(start).cloned() else { continue };
                let part: String = chars.get(start..end).unwrap_or_default().iter().collect();
                let docs = self.docs_of(&part);
                if docs < MIN_PART_DOCS {
                    continue;
                }
                let rank = (Reverse(n + 1), rarest.min(docs));
                let slot = best.get_mut(end)?;
                if slot.as_ref().is_none_or(|(known, _)| *known < rank) {
                    let mut parts = parts;
                    parts.push(part);
                    *slot = Some((rank, parts));
                }
            }
        }
        best.pop().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expect: &[&str]) {
        let n_docs: HashMap<&str, u32> =
            [("대량", 4), ("해고", 3), ("개발", 40), ("담당", 9), ("당자", 1), ("프론트", 3), ("엔드", 5)].into();
        assert_eq!(Splitter::new(&n_docs).parts(word), expect);
    }

    #[test]
    fn splits_where_both_parts_are_known() {
        check("대량해고", &["대량", "해고"]);
        check("프론트엔드개발", &["프론트", "엔드", "개발"]);
        check("웹개발", &["개발"]);
        check("담당자", &[]);
        check("대량생산", &[]);
    }
}
