//! One query's view of an index: reads across shards, and remembers which ones it would have needed.

use std::{cell::RefCell, ops::Range};

use super::{Facets, Index, Part, PostingList, ShardId, TermShard, Terms};
use crate::ladder::Automaton;

/// Reads an index; what lies in a shard that is not loaded counts as absent and is noted.
pub(crate) struct Lookup<'a> {
    index: &'a Index,
    missing: RefCell<Vec<ShardId>>,
}

/// Up to so many dictionary shards a guess may ask for; beyond, it looks only into those whose terms begin with the same letter, and
/// those that are there anyway. More finds a wrong first letter in large corpora, less keeps a slip from loading the whole dictionary.
const MAX_GUESS_SHARDS: usize = 40;

impl<'a> Lookup<'a> {
    pub(crate) fn new(index: &'a Index) -> Self {
        Self { index, missing: RefCell::default() }
    }

    /// Shards that were needed and not there.
    pub(crate) fn into_missing(self) -> Vec<ShardId> {
        self.missing.into_inner()
    }

    /// Does an answer so far rest on a shard that is not there? Then what was not found may still be, and guesses are too early.
    pub(crate) fn n_missing(&self) -> usize {
        self.missing.borrow().len()
    }

    pub(crate) fn n_docs(&self) -> u32 {
        self.index.n_docs
    }

    fn note(&self, part: Part, hash: u32) {
        let shard = ShardId { part, hash };
        let mut missing = self.missing.borrow_mut();
        if !missing.contains(&shard) {
            missing.push(shard);
        }
    }

    /// The shard whose range the key falls into.
    fn shard_idx(&self, key: &[u8]) -> usize {
        self.index.shards.partition_point(|shard| shard.first_key.as_slice() <= key).saturating_sub(1)
    }

    /// A term's shard, loaded, and its number there.
    fn local(&self, term: u32) -> Option<(usize, &'a TermShard, u32)> {
        let idx = self.index.shards.partition_point(|shard| shard.base <= term).checked_sub(1)?;
        let shard = self.index.shards.get(idx)?;
        Some((idx, shard, term - shard.base))
    }

    fn noted_terms(&self, idx: usize) -> Option<(&'a TermShard, &'a Terms)> {
        let shard = self.index.shards.get(idx)?;
        if shard.terms.is_none() {
            self.note(Part::Terms(u32::try_from(idx).ok()?), shard.hash);
        }
        Some((shard, shard.terms.as_ref()?))
    }

    pub(crate) fn find(&self, key: &[u8]) -> Option<u32> {
        let (shard, terms) = self.noted_terms(self.shard_idx(key))?;
        Some(shard.base + terms.find(key)?)
    }

    /// The same for a guess, which may not ask for a shard of a large index for each letter.
    pub(crate) fn find_for_guess(&self, key: &[u8]) -> Option<u32> {
        let is_loaded = || self.index.shards.get(self.shard_idx(key)).is_some_and(|shard| shard.terms.is_some());
        if self.index.shards.len() <= MAX_GUESS_SHARDS || is_loaded() { self.find(key) } else { None }
    }

    /// Terms whose key begins with `prefix`; ranges of missing shards count as a whole.
    pub(crate) fn with_prefix(&self, prefix: &[u8]) -> Range<u32> {
        let first = self.shard_idx(prefix);
        let start = match self.noted_terms(first) {
            Some((shard, terms)) => shard.base + terms.first_from(prefix),
            None => self.index.shards.get(first).map_or(0, |shard| shard.base),
        };
        let mut end = start;
        for (idx, shard) in self.index.shards.iter().enumerate().skip(first) {
            if first < idx && !shard.first_key.starts_with(prefix) {
                break;
            }
            end = match self.noted_terms(idx) {
                Some((shard, terms)) => shard.base + terms.end_of_prefix(start.saturating_sub(shard.base), prefix),
                None => shard.end(),
            };
        }
        start..end.max(start)
    }

    /// Every term that a guess at a word beginning with `first` may look at.
    pub(crate) fn for_guess(&self, first: Option<u8>) -> Vec<Range<u32>> {
        let few = self.index.shards.len() <= MAX_GUESS_SHARDS;
        let mut ranges = Vec::new();
        for (idx, shard) in self.index.shards.iter().enumerate() {
            let next = self.index.shards.get(idx + 1).and_then(|next| next.first_key.first()).copied();
            let same_letter = first
                .is_none_or(|first| shard.first_key.first().is_none_or(|byte| *byte <= first) && next.is_none_or(|next| first <= next));
            if few || same_letter || shard.terms.is_some() {
                _ = self.noted_terms(idx);
                ranges.push(shard.base..shard.end());
            }
        }
        ranges
    }

    /// The key of a term; empty when there is no such term or its shard is missing.
    pub(crate) fn key(&self, term: u32) -> &'a [u8] {
        let Some((_, shard, local)) = self.local(term) else { return &[] };
        shard.terms.as_ref().map_or(&[], |terms| terms.key(local))
    }

    /// In how many documents a term stands.
    pub(crate) fn n_postings(&self, term: u32) -> u32 {
        self.local(term).and_then(|(_, shard, local)| Some(shard.terms.as_ref()?.n_docs(local))).unwrap_or(0)
    }

    /// Keys of the same word in the other script.
    pub(crate) fn spellings(&self, term: u32) -> impl Iterator<Item = &'a [u8]> {
        let found = self.local(term).and_then(|(_, shard, local)| Some(shard.terms.as_ref()?.spellings(local)));
        found.into_iter().flatten()
    }

    /// Calls `found` for each term of `range` that the automaton accepts, in order, with its rank.
    pub(crate) fn walk<A: Automaton>(&self, range: Range<u32>, automaton: &A, mut found: impl FnMut(u32, u8)) {
        self.for_each_shard(range, |shard, terms, local| terms.walk(local, automaton, |term, rank| found(shard.base + term, rank)));
    }

    /// Calls `found` for each term of `range` with its key, in order.
    pub(crate) fn for_each_key(&self, range: Range<u32>, mut found: impl FnMut(u32, &'a [u8])) {
        self.for_each_shard(range, |shard, terms, local| local.for_each(|term| found(shard.base + term, terms.key(term))));
    }

    /// Calls `found` for each term of `range` that has the syllables of `part` behind others, with its key.
    pub(crate) fn containing(&self, range: Range<u32>, part: &[u8], mut found: impl FnMut(u32, &'a [u8])) {
        self.for_each_shard(range, |shard, terms, local| terms.containing(local, part, |term| found(shard.base + term, terms.key(term))));
    }

    fn for_each_shard(&self, range: Range<u32>, mut found: impl FnMut(&'a TermShard, &'a Terms, Range<u32>)) {
        let first = self.index.shards.partition_point(|shard| shard.base <= range.start).saturating_sub(1);
        for (idx, shard) in self.index.shards.iter().enumerate().skip(first) {
            let (start, end) = (range.start.max(shard.base), range.end.min(shard.end()));
            if range.end <= shard.base {
                break;
            }
            let Some((shard, terms)) = self.noted_terms(idx).filter(|_| start < end) else { continue };
            found(shard, terms, start - shard.base..end - shard.base);
        }
    }

    pub(crate) fn postings(&self, term: u32) -> PostingList<'a> {
        self.try_postings(term).unwrap_or_else(PostingList::empty)
    }

    fn try_postings(&self, term: u32) -> Option<PostingList<'a>> {
        let (idx, shard, local) = self.local(term)?;
        let terms = shard.terms.as_ref()?;
        let n = terms.n_docs(local);
        if n == 0 {
            return None;
        }
        let list_idx = shard.postings.partition_point(|list| list.first_term <= local).checked_sub(1)?;
        let list = shard.postings.get(list_idx)?;
        let Some(bytes) = &list.bytes else {
            self.note(Part::Postings(u32::try_from(idx).ok()?, u32::try_from(list_idx).ok()?), list.hash);
            return None;
        };
        let (range, start) = (terms.postings_range(local), terms.postings_range(list.first_term).start);
        let bytes = bytes.get(range.start.checked_sub(start)?..range.end.checked_sub(start)?)?;
        Some(PostingList::new(bytes, n, self.index.n_docs))
    }

    /// Facts of the documents.
    pub(crate) fn facets(&self) -> Option<&'a Facets> {
        if self.index.facets.is_none() {
            self.note(Part::Facets, self.index.facets_hash);
        }
        self.index.facets.as_ref()
    }
}
