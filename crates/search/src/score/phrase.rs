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

/// Which of some documents, and the position there.
pub(super) type Place = (u32, u32);

impl Lookup<'_> {
    /// Documents where the parts stand side by side in this order, or in one compound; candidates below `worst` do not count.
    pub(crate) fn phrase(&self, parts: &[&[Candidate]], worst: Rung) -> Vec<PhraseMatch> {
        let terms_of = |part: &[Candidate]| -> Vec<u32> {
            part.iter().filter(|candidate| candidate.rung <= worst).map(|candidate| candidate.term).collect()
        };
        let parts: Vec<Vec<u32>> = parts.iter().map(|part| terms_of(part)).collect();
        let docs = self.docs_with_all(&parts);
        let mut ends: Vec<Place> = Vec::new();
        for (part_idx, terms) in parts.iter().enumerate() {
            if docs.is_empty() {
                return Vec::new();
            }
            let mut here = self.places(terms, &docs);
            if 0 < part_idx {
                let follows = |place: Place| ends.binary_search(&place).is_ok();
                // One word is not the same word twice.
                let before = part_idx.checked_sub(1).and_then(|before| parts.get(before)).map_or(&[][..], Vec::as_slice);
                let is_other = terms.iter().all(|term| !before.contains(term));
                here.retain(|(doc, at)| {
                    is_other && follows((*doc, *at)) || at.checked_sub(1).is_some_and(|before| follows((*doc, before)))
                });
            }
            ends = here;
        }
        let in_one_doc = ends.chunk_by(|a, b| a.0 == b.0);
        let found = in_one_doc.filter_map(|places| {
            let (doc, position) = *places.first()?;
            Some(PhraseMatch { doc: *docs.get(doc as usize)?, n: u32::try_from(places.len()).ok()?, position })
        });
        found.collect()
    }

    /// Where any of the terms stands in each of the documents (ascending), in order.
    pub(super) fn places(&self, terms: &[u32], docs: &[u32]) -> Vec<Place> {
        let (mut out, mut of_term) = (Vec::new(), Vec::new());
        for term in terms {
            of_term.clear();
            self.postings(*term).positions(docs, |doc, positions| of_term.extend(positions.iter().map(|position| (doc as u32, *position))));
            out = if out.is_empty() { std::mem::take(&mut of_term) } else { merged(&out, &of_term) };
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

/// Two ascending lists as one.
fn merged(a: &[Place], b: &[Place]) -> Vec<Place> {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    while let Some(place) = if b.peek().is_none_or(|b| a.peek().is_some_and(|a| a <= b)) { a.next() } else { b.next() } {
        out.push(*place);
    }
    out
}
