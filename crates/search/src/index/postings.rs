//! Posting lists: in which documents a term stands, how much it counts there, and where. Blocks of 128 documents can be skipped, so that a
//! few documents of a long list are cheap to look at.

use super::Reader;

/// Documents of a block; only the last block has fewer.
pub(crate) const BLOCK_LEN: usize = 128;
/// Largest quantised impact.
pub(crate) const MAX_IMPACT: u8 = 15;
/// The term stands in the title.
pub(crate) const IN_TITLE: u8 = 0x10;
/// The term stands in a tag or a heading.
#[cfg(feature = "build")]
pub(crate) const IN_HEAD: u8 = 0x20;
/// The term stands there only as a part of compounds.
pub(crate) const PART_ONLY: u8 = 0x40;
/// The term stands there more than once: the head says how many bytes its positions take.
pub(crate) const REPEATED: u8 = 0x80;

/// A term in one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) doc: u32,
    /// Impact in the low four bits, then [`IN_TITLE`], [`IN_HEAD`], [`PART_ONLY`], [`REPEATED`].
    pub(crate) flags: u8,
}

/// One term's documents in ascending order, and their positions. Damaged bytes are a shorter list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PostingList<'a> {
    n: usize,
    n_docs: u32,
    bytes: &'a [u8],
}

/// Some documents of a list in bytes of their own.
struct Block<'a> {
    flags: &'a [u8],
    /// Gaps, then lengths of positions.
    rest: Reader<'a>,
    positions: Reader<'a>,
    /// One more than the last document before the block.
    first_doc: u32,
}

/// Walks the blocks of a list.
struct Blocks<'a> {
    n_left: usize,
    first_doc: u32,
    /// The table of blocks; empty for a list of one.
    table: Reader<'a>,
    heads: Reader<'a>,
    positions: Reader<'a>,
    is_single: bool,
}

impl<'a> Blocks<'a> {
    fn of(list: &PostingList<'a>) -> Option<Self> {
        let mut heads = Reader::new(list.bytes);
        let is_single = list.n <= BLOCK_LEN;
        let (mut table, mut positions) = (Reader::new(&[]), Reader::new(&[]));
        if !is_single {
            let len = heads.size()?;
            table = Reader::new(heads.bytes(len)?);
            let len = heads.size()?;
            let bytes = heads.bytes(len)?;
            positions = std::mem::replace(&mut heads, Reader::new(bytes));
        }
        Some(Self { n_left: list.n, first_doc: 0, table, heads, positions, is_single })
    }

    /// The next block that ends at `from` or later.
    fn next(&mut self, from: u32) -> Option<Block<'a>> {
        while 0 < self.n_left {
            let n = self.n_left.min(BLOCK_LEN);
            self.n_left -= n;
            let first_doc = self.first_doc;
            if self.is_single {
                let flags = self.heads.bytes(n)?;
                return Some(Block { flags, rest: self.heads, positions: Reader::new(&[]), first_doc });
            }
            let last_doc = first_doc.checked_add(self.table.varint()?)?;
            let (head_len, positions_len) = (self.table.size()?, self.table.size()?);
            let (head, positions) = (self.heads.bytes(head_len)?, self.positions.bytes(positions_len)?);
            self.first_doc = last_doc.checked_add(1)?;
            if from <= last_doc {
                let (flags, rest) = head.split_at_checked(n)?;
                return Some(Block { flags, rest: Reader::new(rest), positions: Reader::new(positions), first_doc });
            }
        }
        None
    }
}

impl<'a> PostingList<'a> {
    pub(crate) fn new(bytes: &'a [u8], n: u32, n_docs: u32) -> Self {
        Self { n: n as usize, n_docs, bytes }
    }

    /// No documents: of a term that only leads to another spelling, or whose shard is not loaded.
    pub(crate) fn empty() -> Self {
        Self::new(&[], 0, 0)
    }

    /// How many documents it has.
    pub(crate) fn len(&self) -> usize {
        self.n
    }

    /// Calls `found` with each document in ascending order.
    pub(crate) fn for_each(&self, mut found: impl FnMut(Posting)) {
        let Some(mut blocks) = Blocks::of(self) else { return };
        while let Some(Block { flags, mut rest, first_doc, .. }) = blocks.next(0) {
            let mut next_doc = first_doc;
            for flags in flags {
                let Some(doc) = rest.varint().and_then(|gap| next_doc.checked_add(gap)) else { return };
                if self.n_docs <= doc {
                    return;
                }
                found(Posting { doc, flags: *flags });
                next_doc = doc + 1;
            }
        }
    }

    /// Calls `found` with the place in `docs` (ascending, no duplicates) and the positions of each of them that the list has.
    pub(crate) fn positions(&self, docs: &[u32], mut found: impl FnMut(usize, &[u32])) {
        _ = self.try_positions(docs, &mut found);
    }

    fn try_positions(&self, docs: &[u32], found: &mut impl FnMut(usize, &[u32])) -> Option<()> {
        let mut blocks = Blocks::of(self)?;
        let mut positions = Vec::new();
        let mut at = 0;
        while let Some(wanted) = docs.get(at) {
            let Block { flags, rest: mut gaps, positions: mut stream, first_doc } = blocks.next(*wanted)?;
            let mut lens = gaps;
            for _ in flags {
                lens.varint()?;
            }
            if blocks.is_single {
                stream = lens;
                for _ in flags.iter().filter(|flags| **flags & REPEATED != 0) {
                    stream.varint()?;
                }
            }
            let mut next_doc = first_doc;
            for flags in flags {
                let doc = next_doc.checked_add(gaps.varint()?)?;
                next_doc = doc.checked_add(1)?;
                while docs.get(at).is_some_and(|wanted| *wanted < doc) {
                    at += 1;
                }
                let wanted = *docs.get(at)? == doc;
                let repeated = flags & REPEATED != 0;
                let mut here = stream;
                if repeated {
                    let len = lens.size()?;
                    here = Reader::new(stream.bytes(len)?);
                } else {
                    stream.varint()?;
                }
                if !wanted {
                    continue;
                }
                positions.clear();
                let mut position = 0u32;
                loop {
                    position = position.wrapping_add(here.varint()?);
                    positions.push(position);
                    if !repeated || here.is_empty() {
                        break;
                    }
                }
                found(at, &positions);
            }
            // What is left of the wanted ones lies in later blocks.
            while docs.get(at).is_some_and(|wanted| *wanted < next_doc) {
                at += 1;
            }
        }
        Some(())
    }
}
