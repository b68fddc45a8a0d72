//! Latin words that the corpus writes apart too: nodejs has node and js where node.js stands elsewhere.

use std::collections::HashMap;

use super::IndexWriter;

/// The word apart must be at least this share of the word together, one in so many. More takes java out of javascript, less misses rare
/// spellings; legal: 1 and above.
const APART_SHARE: u32 = 4;
/// Shorter halves are no words.
const MIN_HALF: usize = 2;

/// How often words and pairs of neighbours stand in the corpus, by number of surface form.
pub(super) struct Joined<'a> {
    writer: &'a IndexWriter,
    n_words: Vec<u32>,
    n_pairs: HashMap<(u32, u32), u32>,
}

impl<'a> Joined<'a> {
    pub(super) fn learn(writer: &'a IndexWriter) -> Self {
        let is_latin: Vec<bool> = writer.surfaces.iter().map(|surface| surface.bytes().all(|byte| byte.is_ascii_alphanumeric())).collect();
        let is_latin = |surface: u32| is_latin.get(surface as usize).copied().unwrap_or(false);
        let mut joined = Self { writer, n_words: vec![0; writer.surfaces.len()], n_pairs: HashMap::new() };
        for field in writer.docs.iter().flat_map(|doc| &doc.fields) {
            for surface in field {
                if let Some(n) = joined.n_words.get_mut(*surface as usize) {
                    *n += 1;
                }
            }
            for pair in field.windows(2) {
                if let [left, right] = *pair
                    && is_latin(left)
                    && is_latin(right)
                {
                    *joined.n_pairs.entry((left, right)).or_default() += 1;
                }
            }
        }
        joined
    }

    /// The two words that a Latin word is also written as; nothing for any other.
    pub(super) fn parts(&self, word: &str) -> Option<[&'a str; 2]> {
        if word.len() < 2 * MIN_HALF || !word.is_ascii() {
            return None;
        }
        let n_together = self.number(word).and_then(|number| self.n_words.get(number as usize)).copied().unwrap_or(0);
        let halves = (MIN_HALF..=word.len() - MIN_HALF).filter_map(|at| {
            let (left, right) = word.split_at_checked(at)?;
            let pair = (self.number(left)?, self.number(right)?);
            let n_apart = *self.n_pairs.get(&pair)?;
            (n_together <= APART_SHARE.saturating_mul(n_apart)).then_some((n_apart, pair))
        });
        let (_, (left, right)) = halves.max()?;
        Some([self.writer.surfaces.get(left as usize)?, self.writer.surfaces.get(right as usize)?])
    }

    fn number(&self, word: &str) -> Option<u32> {
        self.writer.numbers.get(word).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, IndexConfig};

    #[test]
    fn takes_apart_what_is_written_apart_too() {
        let mut writer = IndexWriter::new(IndexConfig::default());
        let javascript = "javascript ".repeat(9);
        for body in ["nodejs 서버", "Node.js와 node.js", "java script", &javascript] {
            writer.add(&Document { body, ..Document::default() });
        }
        let joined = Joined::learn(&writer);
        assert_eq!(joined.parts("nodejs"), Some(["node", "js"]));
        assert_eq!(joined.parts("javascript"), None, "seldom written apart");
        assert_eq!(joined.parts("서버"), None);
    }
}
