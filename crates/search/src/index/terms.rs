//! One shard of the dictionary: sorted keys, and for each where its postings lie and which terms spell the same word in the other
//! script.

use std::ops::Range;

use hangul::{JUNGSEONG_BASE, OTHER};

use super::Reader;
use crate::ladder::Automaton;

/// Terms that a walk can pass over at once.
const SKIP_LEN: usize = 32;

/// Sorted keys in one buffer. A term's number is its place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    keys: Vec<u8>,
    /// Where each key begins, and the end.
    starts: Vec<u32>,
    /// At least so many bytes (up to 255 of them) each key shares with the one before.
    shared: Vec<u8>,
    /// The least of every [`SKIP_LEN`] neighbours in `shared`.
    least_shared: Vec<u8>,
    /// Where each term's postings begin, and the end.
    postings: Vec<u32>,
    /// In how many documents each term stands.
    n_docs: Vec<u32>,
    /// (term, key of the other spelling), sorted by term.
    spellings: Vec<(u32, Vec<u8>)>,
}

impl Terms {
    /// `None` when the bytes contradict themselves.
    pub(crate) fn decode(bytes: &[u8], n_terms: usize) -> Option<Self> {
        // A term takes at least four bytes, so a false count cannot make us allocate more than a few times the file.
        if n_terms > bytes.len() {
            return None;
        }
        let mut reader = Reader::new(bytes);
        let mut terms = Self { keys: Vec::with_capacity(bytes.len() * 2), ..Self::default() };
        terms.starts.reserve_exact(n_terms + 1);
        terms.postings.reserve_exact(n_terms + 1);
        terms.starts.push(0);
        terms.postings.push(0);
        let (mut key_start, mut posting_end) = (0usize, 0usize);
        for term in 0..n_terms {
            let shared = usize::from(reader.byte()?);
            let n = reader.size()?;
            let suffix = reader.bytes(n)?;
            let key_end = terms.keys.len();
            if key_end - key_start < shared {
                return None;
            }
            terms.keys.extend_from_within(key_start..key_start + shared);
            terms.keys.extend_from_slice(suffix);
            // Sorted and unique: the new key is greater than the last.
            if term > 0 && terms.keys.get(key_start..key_end)? >= terms.keys.get(key_end..)? {
                return None;
            }
            key_start = key_end;
            terms.starts.push(u32::try_from(terms.keys.len()).ok()?);
            terms.shared.push(u8::try_from(shared).ok()?);
            terms.n_docs.push(reader.varint()?);
            posting_end = posting_end.checked_add(reader.size()?)?;
            terms.postings.push(u32::try_from(posting_end).ok()?);
            for _ in 0..reader.varint()? {
                let n = reader.size()?;
                terms.spellings.push((u32::try_from(term).ok()?, reader.bytes(n)?.to_vec()));
            }
        }
        terms.least_shared = terms.shared.chunks(SKIP_LEN).map(|chunk| chunk.iter().copied().min().unwrap_or(0)).collect();
        reader.is_empty().then_some(terms)
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.starts.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The key of a term; empty when there is no such term.
    pub(crate) fn key(&self, term: u32) -> &[u8] {
        let term = term as usize;
        let (Some(start), Some(end)) = (self.starts.get(term), self.starts.get(term + 1)) else { return &[] };
        self.keys.get(*start as usize..*end as usize).unwrap_or_default()
    }

    pub(crate) fn postings_range(&self, term: u32) -> Range<usize> {
        let term = term as usize;
        let (Some(start), Some(end)) = (self.postings.get(term), self.postings.get(term + 1)) else { return 0..0 };
        *start as usize..*end as usize
    }

    /// In how many documents a term stands.
    pub(crate) fn n_docs(&self, term: u32) -> u32 {
        self.n_docs.get(term as usize).copied().unwrap_or(0)
    }

    pub(crate) fn find(&self, key: &[u8]) -> Option<u32> {
        let term = self.first_from(key);
        (self.key(term) == key && term < self.len()).then_some(term)
    }

    /// The first term from `start` on whose key does not begin with `prefix`.
    pub(crate) fn end_of_prefix(&self, start: u32, prefix: &[u8]) -> u32 {
        self.partition(start, |key| key.starts_with(prefix))
    }

    /// Keys of the same word in the other script.
    pub(crate) fn spellings(&self, term: u32) -> impl Iterator<Item = &[u8]> {
        let start = self.spellings.partition_point(|(of, _)| *of < term);
        self.spellings.get(start..).unwrap_or_default().iter().take_while(move |(of, _)| *of == term).map(|(_, key)| key.as_slice())
    }

    /// Calls `found` for each term of `range` that the automaton accepts, in order, with its rank. What neighbouring keys share is read
    /// once, and keys that share what led nowhere are passed over.
    pub(crate) fn walk<A: Automaton>(&self, range: Range<u32>, automaton: &A, mut found: impl FnMut(u32, u8)) {
        // The state after each byte of the key at hand.
        let mut states = vec![automaton.start()];
        let mut term = range.start;
        let mut shared = 0;
        while term < range.end {
            states.truncate(shared + 1);
            let mut alive = true;
            for byte in self.key(term).get(shared..).unwrap_or_default() {
                let Some(state) = states.last().and_then(|state| automaton.step(state, *byte)) else {
                    alive = false;
                    break;
                };
                states.push(state);
            }
            if let Some(rank) = states.last().filter(|_| alive).and_then(|state| automaton.rank(state)) {
                found(term, rank);
            }
            // The byte that led nowhere comes after the last state.
            (term, shared) = self.next_sharing_less(term + 1, range.end, if alive { usize::MAX } else { states.len() });
        }
    }

    /// Calls `found` for each term of `range` that has the whole syllables of `part` behind others.
    pub(crate) fn containing(&self, range: Range<u32>, part: &[u8], mut found: impl FnMut(u32)) {
        let (Some(start), Some(end)) = (self.starts.get(range.start as usize), self.starts.get(range.end as usize)) else { return };
        let (Some(first), Some(keys)) = (part.first(), self.keys.get(..*end as usize)) else { return };
        let (mut at, mut term) = (*start as usize, range.start);
        while let Some(ahead) = keys.get(at..).and_then(|rest| position(rest, *first)) {
            at += ahead;
            if keys.get(at..).is_some_and(|rest| rest.starts_with(part)) {
                // Hits ascend, so that each search begins at the last one's term.
                term = self.term_at(term, at);
                let (key, from) = (self.key(term), at - self.starts.get(term as usize).map_or(0, |start| *start as usize));
                let next = key.get(from + part.len());
                let is_whole = from + part.len() <= key.len() && next.is_none_or(|next| !(JUNGSEONG_BASE..OTHER).contains(next));
                if 0 < from && is_whole {
                    found(term);
                    at = self.starts.get(term as usize + 1).map_or(keys.len(), |end| *end as usize);
                    continue;
                }
            }
            at += 1;
        }
    }

    /// The term from `first` on whose key has the byte at this place.
    fn term_at(&self, first: u32, at: usize) -> u32 {
        let starts = self.starts.get(first as usize..).unwrap_or_default();
        first + starts.partition_point(|start| *start as usize <= at).saturating_sub(1) as u32
    }

    /// The first term from `from` on that shares less than `limit` bytes with the one before, and what it shares.
    fn next_sharing_less(&self, from: u32, end: u32, limit: usize) -> (u32, usize) {
        let (mut term, end) = (from as usize, end as usize);
        while term < end {
            if term % SKIP_LEN == 0 && self.least_shared.get(term / SKIP_LEN).is_some_and(|least| limit <= usize::from(*least)) {
                term += SKIP_LEN;
                continue;
            }
            let shared = self.shared.get(term).map_or(0, |shared| usize::from(*shared));
            if shared < limit {
                return (term as u32, shared);
            }
            term += 1;
        }
        (end as u32, 0)
    }

    /// The first term whose key is not below `key`.
    pub(crate) fn first_from(&self, key: &[u8]) -> u32 {
        self.partition(0, |candidate| candidate < key)
    }

    /// The first term from `start` on for which `holds` is false.
    fn partition(&self, start: u32, holds: impl Fn(&[u8]) -> bool) -> u32 {
        let (mut lo, mut hi) = (start, self.len());
        while lo < hi {
            let middle = lo + (hi - lo) / 2;
            if holds(self.key(middle)) {
                lo = middle + 1;
            } else {
                hi = middle;
            }
        }
        lo
    }
}

/// Where the byte stands first, eight bytes at a time: a dictionary has half a million of them.
fn position(bytes: &[u8], wanted: u8) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (words, rest) = bytes.as_chunks::<8>();
    for (word, at) in words.iter().zip((0..).step_by(8)) {
        // A byte of `differing` is 0 where the wanted one stands; the trick is from Warren, "Hacker's Delight", 6-1.
        let differing = u64::from_le_bytes(*word) ^ (ONES * u64::from(wanted));
        let zeros = differing.wrapping_sub(ONES) & !differing & (ONES << 7);
        if zeros != 0 {
            return Some(at + zeros.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|byte| *byte == wanted).map(|at| bytes.len() - rest.len() + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_the_first_byte(bytes in proptest::collection::vec(0u8..6, 0..40), wanted in 0u8..6) {
            prop_assert_eq!(position(&bytes, wanted), bytes.iter().position(|byte| *byte == wanted));
        }
    }
}
