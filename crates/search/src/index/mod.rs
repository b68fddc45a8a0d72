//! The reader: bytes to a dictionary, postings and facets. Every length is checked once, when the bytes are opened. `FORMAT.md` describes
//! them.

mod bytes;
mod docset;
mod facets;
mod lookup;
mod postings;
mod terms;

#[cfg(feature = "build")]
pub(crate) use bytes::push_varint;
pub(crate) use bytes::{Reader, checksum};
pub use docset::DocSet;
pub(crate) use facets::Facets;
pub use facets::{FacetCount, FacetKind};
pub(crate) use lookup::Lookup;
#[cfg(feature = "build")]
pub(crate) use postings::{BLOCK_LEN, IN_HEAD, REPEATED};
pub(crate) use postings::{IN_TITLE, MAX_IMPACT, PART_ONLY, PostingList};
pub(crate) use terms::Terms;

use crate::score::MemoryCell;

/// Version of the index format, written in every file.
///
/// Raise it on any change of bytes. The reader refuses other versions; add the old file to `tests/data/` so that the refusal stays
/// tested, and describe the change in `FORMAT.md`.
pub const FORMAT_VERSION: u32 = 3;

/// First four bytes of every file.
pub(crate) const MAGIC: [u8; 4] = *b"SHSI";

/// Why bytes are no index.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexError {
    /// The file does not begin like an index.
    NotAnIndex,
    /// Written by another version of this program.
    Version {
        /// What this program reads.
        expected: u32,
        /// What the file says.
        got: u32,
    },
    /// The checksum does not fit: the file was cut or changed on its way.
    Damaged,
    /// The checksum fits but the content contradicts itself.
    Malformed {
        /// Which section.
        section: &'static str,
    },
}

impl std::fmt::Display for IndexError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAnIndex => f.write_str("not a search index; build one with `story-home build`"),
            Self::Version { expected, got } => {
                write!(f, "search index has format {got}, this program reads {expected}; rebuild it with `story-home build`")
            }
            Self::Damaged => f.write_str("search index is damaged or incomplete; load it again"),
            Self::Malformed { section } => {
                write!(f, "search index contradicts itself in its {section}; rebuild it with `story-home build`")
            }
        }
    }
}

impl std::error::Error for IndexError {}

/// More documents do not fit into a rank (see `score::rank`), and a false number must not make us allocate without end.
pub(crate) const MAX_DOCS: u32 = 1 << 24;

/// What a file of the index is; the byte after the checksum.
pub(crate) const KIND_WHOLE: u8 = 0;
/// See [`KIND_WHOLE`].
pub(crate) const KIND_ROOT: u8 = 1;
/// See [`KIND_WHOLE`].
pub(crate) const KIND_SHARD: u8 = 2;

/// Bytes before the content: magic, version, checksum, kind.
pub(crate) const HEADER_LEN: usize = 13;

/// One file of a sharded index besides its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShardId {
    part: Part,
    hash: u32,
}

/// What a shard holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// A range of the dictionary.
    Terms(u32),
    /// Postings of some of the terms of a range.
    Postings(u32, u32),
    /// Tags, companies, sections, series, views.
    Facets,
}

impl ShardId {
    #[cfg(feature = "build")]
    pub(crate) fn new(part: Part, hash: u32) -> Self {
        Self { part, hash }
    }

    /// The name of its file: different content has a different name.
    pub fn file_name(&self) -> String {
        let hash = self.hash;
        match self.part {
            Part::Terms(shard) => format!("t{shard}-{hash:08x}.bin"),
            Part::Postings(shard, list) => format!("p{shard}-{list}-{hash:08x}.bin"),
            Part::Facets => format!("f-{hash:08x}.bin"),
        }
    }
}

/// An opened search index: a whole one, or a root whose shards are loaded as queries need them (see [`Index::plan`]).
#[derive(Clone, Debug)]
pub struct Index {
    n_docs: u32,
    shards: Vec<TermShard>,
    facets_hash: u32,
    facets: Option<Facets>,
    memory: MemoryCell,
}

/// A range of the dictionary and its postings.
#[derive(Clone, Debug)]
struct TermShard {
    first_key: Vec<u8>,
    /// Number of its first term.
    base: u32,
    n_terms: u32,
    hash: u32,
    terms: Option<Terms>,
    postings: Vec<PostingShard>,
}

/// Postings of some neighbouring terms of a [`TermShard`].
#[derive(Clone, Debug)]
struct PostingShard {
    /// Its first term, counted from the shard's.
    first_term: u32,
    hash: u32,
    bytes: Option<Vec<u8>>,
}

impl TermShard {
    /// One more than the number of its last term.
    fn end(&self) -> u32 {
        self.base.saturating_add(self.n_terms)
    }
}

impl Index {
    /// Opens a whole index, or the root of a sharded one. Costs one pass over the dictionary, if there is one.
    ///
    /// # Errors
    /// [`IndexError`] when the bytes are no index, another version's, or damaged. Never panics.
    pub fn open(bytes: Vec<u8>) -> Result<Self, IndexError> {
        let (kind, content) = checked(&bytes)?;
        let malformed = |section| IndexError::Malformed { section };
        let mut reader = Reader::new(content);
        match kind {
            KIND_ROOT => Self::decode_root(&mut reader).filter(|_| reader.is_empty()).ok_or(malformed("root")),
            KIND_WHOLE => {
                let mut index = Self::decode_root(&mut reader).ok_or(malformed("root"))?;
                for shard in index.missing_everything() {
                    let bytes = reader.size().and_then(|len| reader.bytes(len)).ok_or(malformed("shards"))?;
                    index.put(shard.part, bytes)?;
                }
                if reader.is_empty() { Ok(index) } else { Err(malformed("shards")) }
            }
            _ => Err(malformed("kind")),
        }
    }

    /// Adds a shard that [`Index::plan`] named. Loading it twice is harmless.
    ///
    /// # Errors
    /// [`IndexError`] when the bytes are not that shard's; the index stays as it was.
    pub fn load(&mut self, shard: &ShardId, bytes: &[u8]) -> Result<(), IndexError> {
        let (kind, content) = checked(bytes)?;
        if kind != KIND_SHARD || checksum(content) != shard.hash {
            return Err(IndexError::Damaged);
        }
        self.put(shard.part, content)
    }

    /// How many documents it covers; ids are below this.
    pub fn n_docs(&self) -> u32 {
        self.n_docs
    }

    fn decode_root(reader: &mut Reader<'_>) -> Option<Self> {
        let n_docs = reader.varint().filter(|n_docs| *n_docs <= MAX_DOCS)?;
        let facets_hash = reader.u32()?;
        let mut index = Self { n_docs, shards: Vec::new(), facets_hash, facets: None, memory: MemoryCell::default() };
        let mut base = 0u32;
        for _ in 0..reader.varint()? {
            let len = reader.size()?;
            let first_key = reader.bytes(len)?.to_vec();
            if index.shards.last().is_some_and(|last| first_key <= last.first_key) {
                return None;
            }
            let (n_terms, hash) = (reader.varint()?, reader.u32()?);
            let mut postings = Vec::new();
            let mut first_term = 0u32;
            for _ in 0..reader.varint()? {
                let n = reader.varint()?;
                postings.push(PostingShard { first_term, hash: reader.u32()?, bytes: None });
                first_term = first_term.checked_add(n)?;
            }
            if first_term != n_terms {
                return None;
            }
            index.shards.push(TermShard { first_key, base, n_terms, hash, terms: None, postings });
            base = base.checked_add(n_terms)?;
        }
        Some(index)
    }

    /// All shards in the order in which a whole file has them.
    fn missing_everything(&self) -> Vec<ShardId> {
        let mut all = vec![ShardId { part: Part::Facets, hash: self.facets_hash }];
        for (shard, idx) in self.shards.iter().zip(0u32..) {
            all.push(ShardId { part: Part::Terms(idx), hash: shard.hash });
            all.extend(
                shard.postings.iter().zip(0u32..).map(|(list, list_idx)| ShardId { part: Part::Postings(idx, list_idx), hash: list.hash }),
            );
        }
        all
    }

    /// What the last search left for the next.
    pub(crate) fn memory(&self) -> &MemoryCell {
        &self.memory
    }

    fn put(&mut self, part: Part, content: &[u8]) -> Result<(), IndexError> {
        self.memory.clear();
        let malformed = |section| IndexError::Malformed { section };
        match part {
            Part::Facets => self.facets = Some(Facets::decode(content, self.n_docs).ok_or(malformed("facets"))?),
            Part::Terms(idx) => {
                let shard = self.shards.get_mut(idx as usize).ok_or(malformed("root"))?;
                shard.terms = Some(Terms::decode(content, shard.n_terms as usize).ok_or(malformed("dictionary"))?);
            }
            Part::Postings(idx, list) => {
                let shard = self.shards.get_mut(idx as usize).and_then(|shard| shard.postings.get_mut(list as usize));
                shard.ok_or(malformed("root"))?.bytes = Some(content.to_vec());
            }
        }
        Ok(())
    }
}

/// The kind and the content of a file whose header and checksum are right.
fn checked(bytes: &[u8]) -> Result<(u8, &[u8]), IndexError> {
    let mut header = Reader::new(bytes);
    if header.bytes(4) != Some(&MAGIC) {
        return Err(IndexError::NotAnIndex);
    }
    let got = header.u32().ok_or(IndexError::NotAnIndex)?;
    if got != FORMAT_VERSION {
        return Err(IndexError::Version { expected: FORMAT_VERSION, got });
    }
    let sum = header.u32().ok_or(IndexError::Damaged)?;
    let kind = header.byte().ok_or(IndexError::Damaged)?;
    let content = bytes.get(HEADER_LEN..).unwrap_or_default();
    if checksum(content) == sum { Ok((kind, content)) } else { Err(IndexError::Damaged) }
}
