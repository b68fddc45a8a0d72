//! What one clause of a query matches: the best match in each document.

use std::sync::Arc;

use crate::{index::DocSet, results::TermMatch, rung::Rung};

/// Best match of one clause in one document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) doc: u32,
    pub(super) score: f32,
    pub(super) rung: Rung,
    pub(super) in_title: bool,
}

/// Everything that one clause found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// In no order, each document once.
    pub(super) matches: Vec<Match>,
    /// Their documents.
    pub(super) docs: DocSet,
    /// The best score of all.
    pub(super) max_score: f32,
    /// Terms whose positions tell where the clause stands.
    pub(super) terms: Vec<u32>,
    /// What became of its words.
    pub(super) words: Vec<Arc<TermMatch>>,
}

/// For each document where it stands in a list that is being made, plus one; all 0 between uses. Kept from search to search, so that a
/// search costs time for the documents that it finds and not for all there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots(Vec<u32>);

impl Slots {
    pub(super) fn reserve(&mut self, n_docs: u32) {
        self.0.resize(n_docs as usize, 0);
    }

    /// The item of a document: the one it has or the one that `new` makes. `None` for a document that the index does not have.
    pub(super) fn item<'a, T>(&mut self, doc: u32, items: &'a mut Vec<T>, new: impl FnOnce() -> T) -> Option<&'a mut T> {
        let slot = self.0.get_mut(doc as usize)?;
        if *slot == 0 {
            items.push(new());
            *slot = u32::try_from(items.len()).ok()?;
        }
        items.get_mut(*slot as usize - 1)
    }

    /// The item of a document that has one.
    pub(super) fn known<'a, T>(&self, doc: u32, items: &'a mut [T]) -> Option<&'a mut T> {
        let slot = *self.0.get(doc as usize)?;
        items.get_mut((slot as usize).checked_sub(1)?)
    }

    /// Forgets the documents of a finished list.
    pub(super) fn clear(&mut self, docs: impl Iterator<Item = u32>) {
        for doc in docs {
            if let Some(slot) = self.0.get_mut(doc as usize) {
                *slot = 0;
            }
        }
    }
}

/// Collects the matches of one clause from posting lists and the like.
pub(super) struct Gather<'a> {
    slots: &'a mut Slots,
    matches: Vec<Match>,
    /// Do the slots know the matches? Needed from the second source on: one list has each document once.
    is_indexed: bool,
}

impl<'a> Gather<'a> {
    pub(super) fn new(slots: &'a mut Slots) -> Self {
        Self { slots, matches: Vec::new(), is_indexed: false }
    }

    /// Begins with another list of documents.
    pub(super) fn begin_source(&mut self) {
        if !self.is_indexed && !self.matches.is_empty() {
            self.is_indexed = true;
            let known = std::mem::take(&mut self.matches);
            self.matches.reserve(known.len());
            known.into_iter().for_each(|found| self.offer(found));
        }
    }

    /// Notes a match; of several in one document the best score counts.
    pub(super) fn offer(&mut self, offered: Match) {
        if !self.is_indexed {
            self.matches.push(offered);
            return;
        }
        let Some(best) = self.slots.item(offered.doc, &mut self.matches, || offered) else { return };
        if best.score < offered.score {
            (best.score, best.rung) = (offered.score, offered.rung);
        }
        best.in_title |= offered.in_title;
    }

    pub(super) fn finish(self, n_docs: u32) -> Found {
        if self.is_indexed {
            self.slots.clear(self.matches.iter().map(|found| found.doc));
        }
        let mut docs = DocSet::empty(n_docs);
        let mut max_score = 0.0f32;
        for found in &self.matches {
            docs.insert(found.doc);
            max_score = max_score.max(found.score);
        }
        Found { matches: self.matches, docs, max_score, terms: Vec::new(), words: Vec::new() }
    }
}
