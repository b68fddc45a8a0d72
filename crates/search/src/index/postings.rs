//! Posting lists: in which documents a term stands, how much it counts there, and where.

use super::Reader;

/// Largest quantised impact.
pub(crate) const MAX_IMPACT: u8 = 15;
/// The term stands in the title.
pub(crate) const IN_TITLE: u8 = 0x10;
/// The term stands in a tag or a heading.
#[cfg(feature = "build")]
pub(crate) const IN_HEAD: u8 = 0x20;
/// The term stands there only as a part of compounds.
pub(crate) const PART_ONLY: u8 = 0x40;

/// A term in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) doc: u32,
    /// Impact in the low four bits, then [`IN_TITLE`], [`IN_HEAD`], [`PART_ONLY`].
    pub(crate) flags: u8,
}

impl Posting {
    /// BM25F saturation, 0..=1.
    pub(crate) fn impact(self) -> f32 {
        f32::from(self.flags & MAX_IMPACT) / f32::from(MAX_IMPACT)
    }
}

/// A list without documents: of a term that only leads to another spelling, or whose shard is not loaded.
const EMPTY: &[u8] = &[];

/// One term's documents in ascending order, then their positions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PostingList<'a> {
    n: u32,
    n_docs: u32,
    docs: Reader<'a>,
    positions: Reader<'a>,
}

impl<'a> PostingList<'a> {
    /// Damaged bytes give a shorter list.
    pub(crate) fn new(bytes: &'a [u8], n: u32, n_docs: u32) -> Self {
        let mut reader = Reader::new(bytes);
        let docs = reader.size().and_then(|len| reader.bytes(len)).unwrap_or(EMPTY);
        let docs = Reader::new(docs);
        Self { n, n_docs, docs, positions: reader }
    }

    /// No documents.
    pub(crate) fn empty() -> Self {
        Self::new(EMPTY, 0, 0)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Posting> + use<'a> {
        let Self { n, n_docs, mut docs, .. } = *self;
        let mut next_doc = 0u32;
        (0..n).map_while(move |_| {
            let doc = next_doc.checked_add(docs.varint()?)?;
            next_doc = doc.checked_add(1)?;
            let flags = docs.byte()?;
            (doc < n_docs).then_some(Posting { doc, flags })
        })
    }

    /// Calls `found` with the positions of each document for which `wanted` holds.
    pub(crate) fn positions(&self, wanted: impl Fn(u32) -> bool, mut found: impl FnMut(u32, &[u32])) {
        let mut reader = self.positions;
        let mut positions = Vec::new();
        for posting in self.iter() {
            let Some(n) = reader.varint() else { return };
            positions.clear();
            let mut at = 0u32;
            for _ in 0..n {
                let Some(delta) = reader.varint() else { return };
                at = at.wrapping_add(delta);
                positions.push(at);
            }
            if wanted(posting.doc) {
                found(posting.doc, &positions);
            }
        }
    }
}
