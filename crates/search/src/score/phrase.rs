//! Words that stand side by side.

use crate::{index::Lookup, ladder::Candidate, order::ascending, rung::Rung};

/// A document where words stand side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PhraseMatch {
    pub(crate) doc: u32,
    /// How often.
    pub(crate) n: u32,
    /// Where the first one ends.
    pub(crate) position: u32,
}

impl Lookup<'_> {
    /// Documents where the parts stand side by side in this order, or in one compound; candidates below `worst` do not count.
    pub(crate) fn phrase(&self, parts: &[&[Candidate]], worst: Rung) -> Vec<PhraseMatch> {
        let terms_of = |part: &[Candidate]| -> Vec<u32> {
            part.iter().filter(|candidate| candidate.rung <= worst).map(|candidate| candidate.term).collect()
        };
        let parts: Vec<Vec<u32>> = parts.iter().map(|part| terms_of(part)).collect();
        let docs = self.docs_with_all(&parts);
        let mut ends: Vec<Vec<u32>> = Vec::new();
        for (part_idx, terms) in parts.iter().enumerate() {
            if docs.is_empty() {
                return Vec::new();
            }
            let mut here = self.positions_in(terms, &docs);
            if 0 < part_idx {
                for (positions, before) in here.iter_mut().zip(&ends) {
                    let follows = |at: u32| before.binary_search(&at).is_ok();
                    positions.retain(|at| follows(*at) || at.checked_sub(1).is_some_and(follows));
                }
            }
            ends = here;
        }
        let found = docs.iter().zip(&ends).filter_map(|(doc, positions)| {
            Some(PhraseMatch { doc: *doc, n: u32::try_from(positions.len()).ok()?, position: *positions.first()? })
        });
        found.collect()
    }

    /// Positions of any of the terms in each of the documents, ascending.
    pub(super) fn positions_in(&self, terms: &[u32], docs: &[u32]) -> Vec<Vec<u32>> {
        let mut out: Vec<Vec<u32>> = vec![Vec::new(); docs.len()];
        for term in terms {
            self.postings(*term).positions(docs, |at, positions| {
                if let Some(out) = out.get_mut(at) {
                    out.extend_from_slice(positions);
                }
            });
        }
        if 1 < terms.len() {
            out.iter_mut().for_each(|positions| ascending(positions));
        }
        out
    }

    /// Documents that have a term of every part, ascending. The rarest part goes first.
    fn docs_with_all(&self, parts: &[Vec<u32>]) -> Vec<u32> {
        let n_postings = |terms: &[u32]| -> usize { terms.iter().map(|term| self.postings(*term).len()).sum() };
        let Some((rarest, first)) = parts.iter().enumerate().min_by_key(|(_, terms)| n_postings(terms)) else { return Vec::new() };
        let mut docs = Vec::new();
        for term in first {
            self.postings(*term).for_each(|posting| docs.push(posting.doc));
        }
        if 1 < first.len() {
            ascending(&mut docs);
            docs.dedup();
        }
        for (_, terms) in parts.iter().enumerate().filter(|(at, _)| *at != rarest) {
            let mut has = vec![false; docs.len()];
            for term in terms {
                let mut at = 0;
                self.postings(*term).for_each(|posting| {
                    while docs.get(at).is_some_and(|doc| *doc < posting.doc) {
                        at += 1;
                    }
                    if docs.get(at) == Some(&posting.doc)
                        && let Some(has) = has.get_mut(at)
                    {
                        *has = true;
                    }
                });
            }
            let mut has = has.iter();
            docs.retain(|_| has.next() == Some(&true));
        }
        docs
    }
}
