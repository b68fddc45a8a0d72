//! Where a search's words stand in any text: for marks in titles, snippets and stories.

use std::{cell::OnceCell, ops::Range};

use hangul::Syllable;

use crate::{
    order::ascending,
    query::Query,
    results::SearchResults,
    rung::Rung,
    token::{Script, Token, for_each_token},
};

/// Finds the words of one search in texts. Owns what it needs; cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matcher {
    needles: Vec<Needle>,
}

/// A word to mark.
#[derive(Clone, Debug, PartialEq)]
struct Needle {
    /// Folded.
    text: String,
    continues: Continues,
    /// How a word begins whose stem this may be; `None` where no word is contracted to it.
    stem_start: Option<(u8, u8)>,
}

impl Needle {
    fn new((text, continues): (String, Continues)) -> Self {
        let has_two = text.chars().nth(1).is_some();
        Self { stem_start: if has_two { start(&text) } else { None }, text, continues }
    }
}

/// Initial consonant and vowel of a text's first syllable. Contraction changes nothing before them in a stem of two syllables or more
/// (골라 → 고르, 나눴다 → 나누).
fn start(text: &str) -> Option<(u8, u8)> {
    let syllable = Syllable::of(text.chars().next()?)?;
    Some((syllable.choseong, syllable.jungseong))
}

/// What may follow a needle in the word that it marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Continues {
    /// Nothing but particles.
    Inflected,
    /// Anything: the reader typed a beginning.
    Freely,
}

impl Matcher {
    /// The marks that `results` explain.
    pub fn new(query: &Query, results: &SearchResults) -> Self {
        let mut needles = Vec::new();
        for (word, term) in query.words().zip(&results.terms) {
            match term.rung {
                None => continue,
                Some(Rung::Prefix | Rung::Part) => needles.push((word.text.clone(), Continues::Freely)),
                Some(_) => {}
            }
            needles.extend(term.found.iter().map(|found| (found.clone(), Continues::Inflected)));
        }
        ascending(&mut needles);
        needles.dedup_by(|a, b| a.0 == b.0);
        Self { needles: needles.into_iter().map(Needle::new).collect() }
    }

    /// Does it mark nothing at all?
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Bytes of `text` to mark: sorted, disjoint, on character boundaries.
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        if self.is_empty() {
            return out;
        }
        for_each_token(text, |token| {
            if let Some(range) = self.within(&token, text) {
                match out.last_mut() {
                    Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                    _ => out.push(range),
                }
            }
        });
        out
    }

    /// The part of a token to mark: the longest needle that the token contains where it may.
    fn within(&self, token: &Token, text: &str) -> Option<Range<usize>> {
        let mut best: Option<(usize, usize)> = None;
        let token_start = if token.script == Script::Hangul { start(&token.text) } else { None };
        // Taking endings off costs more than all else here, and few words begin like a needle without having it in them.
        let stems = OnceCell::new();
        for Needle { text: needle, continues, stem_start } in &self.needles {
            let Some(at) = position(&token.text, needle) else {
                // Contracted verbs: 나눴다 is marked for 나누
                if stem_start.is_some()
                    && *stem_start == token_start
                    && stems.get_or_init(|| hangul::stems(&token.text)).iter().any(|stem| stem.text == *needle)
                {
                    best = best.max(Some((token.text.len(), 0)));
                }
                continue;
            };
            let end = at + needle.len();
            let fits = match token.script {
                // Korean compounds contain their parts; one syllable says too little in the middle of a word.
                Script::Hangul => at == 0 || needle.chars().count() >= 2,
                _ => at == 0 && (end == token.text.len() || *continues == Continues::Freely),
            };
            if fits && best.is_none_or(|(len, _)| len < needle.len()) {
                best = Some((needle.len(), at));
            }
        }
        let (len, at) = best?;
        let chars_before = token.text.get(..at)?.chars().count();
        let n_chars = token.text.get(at..at + len)?.chars().count();
        // Folding keeps the number of characters, not of bytes.
        let original = text.get(token.range.clone())?;
        let mut bounds = original.char_indices().map(|(at, _)| at).chain([original.len()]);
        let start = bounds.nth(chars_before)?;
        let end = if n_chars == 0 { start } else { bounds.nth(n_chars - 1)? };
        Some(token.range.start + start..token.range.start + end)
    }
}

/// Where a word has another one in it. The standard library's search prepares itself for long texts, which takes longer than looking through
/// a word.
fn position(word: &str, part: &str) -> Option<usize> {
    // UTF-8 begins a character with a byte that stands nowhere else in one, so what is equal begins where a character does.
    word.as_bytes().windows(part.len().max(1)).position(|window| window == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{position, start};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]
        #[test]
        fn parts_are_found_where_they_stand(word in "[가-다a-c1]{0,6}", part in "[가-다a-c1]{1,3}") {
            prop_assert_eq!(position(&word, &part), word.find(&part));
        }

        #[test]
        fn stems_of_two_syllables_begin_like_their_word(word in "[가-힣]{1,2}(워|와|라|러|려|뻐|해|해서|였다|했다|았다|었다|눴다|줬다|져|춰|는|은|을|던|울|운|으니)?[가-힣]?") {
            for stem in hangul::stems(&word).iter().filter(|stem| stem.text.chars().count() >= 2) {
                prop_assert_eq!(start(&stem.text), start(&word), "{} of {}", stem.text, word);
            }
        }
    }
}
