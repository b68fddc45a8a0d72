//! Words of the dictionary for somebody who is typing: how a word may go on, and what is near one that nothing has.

use hangul::encode;

use crate::{
    index::{Index, Lookup},
    ladder::{Meaning, continuations, push_mistyped},
    order::best_first,
    query::Word,
    token::tokens,
};

/// A word that goes on as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The word as the dictionary has it: its stem, in lower case.
    pub text: String,
    /// In how many documents it stands.
    pub n_docs: u32,
}

impl Index {
    /// Dictionary words that the last word of `typed` may be the beginning of, read jamo by jamo (`카프ㅋ` and `카픜` go on as `카프카`), those
    /// that stand in most documents first. Words of one syllable are left out. Looks into the shards that a search for the same text has
    /// loaded.
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<Completion> {
        let Some(word) = last_word(typed) else { return Vec::new() };
        let lookup = Lookup::new(self);
        let mut terms: Vec<u32> = Vec::new();
        for range in continuations(&lookup, &word.text) {
            terms.extend(range.filter(|term| {
                let says_something = hangul::decode(lookup.key(*term)).chars().nth(1).is_some();
                0 < lookup.n_postings(*term) && says_something
            }));
        }
        let rank = |term: u32| (std::cmp::Reverse(lookup.n_postings(term)), term);
        best_first(&mut terms, limit, |a, b| rank(*a) < rank(*b));
        terms.truncate(limit);
        let completion = |term: u32| Completion { text: hangul::decode(lookup.key(term)), n_docs: lookup.n_postings(term) };
        terms.into_iter().map(completion).collect()
    }

    /// The words nearest to one that has no match, for a page without results: by slips of the fingers or, failing that, those that share
    /// its longest beginning. Looks into the shards that a search for the same text has loaded.
    pub fn nearest(&self, word: &str, limit: usize) -> Vec<String> {
        let Some(word) = last_word(word) else { return Vec::new() };
        let lookup = Lookup::new(self);
        let mut meaning = Meaning::default();
        push_mistyped(&lookup, &word, &mut meaning);
        let mut found = meaning.candidates;
        best_first(&mut found, limit, |a, b| b.share.total_cmp(&a.share).then(a.term.cmp(&b.term)).is_lt());
        let mut terms: Vec<u32> = found.into_iter().map(|candidate| candidate.term).collect();
        let mut key = encode(&word.text);
        while terms.is_empty() && 3 < key.len() {
            key.pop();
            terms.extend(lookup.with_prefix(&key).filter(|term| 0 < lookup.n_postings(*term)).take(limit));
        }
        terms.truncate(limit);
        terms.into_iter().map(|term| hangul::decode(lookup.key(term))).collect()
    }
}

/// The word that is being typed: nothing follows it.
fn last_word(typed: &str) -> Option<Word> {
    let composed = hangul::compose_jamo(typed);
    let token = tokens(&composed).pop().filter(|token| token.range.end == composed.len())?;
    Some(Word { typed: token.text.clone(), text: token.text, script: token.script, last: true, glued: token.glued })
}
