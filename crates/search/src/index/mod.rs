//! The reader: bytes to a dictionary, postings and facets. Every length is checked once, when the bytes are opened.

mod bytes;
mod facets;
mod postings;
mod terms;

#[cfg(feature = "build")]
pub(crate) use bytes::push_varint;
pub(crate) use bytes::{Reader, checksum};
pub(crate) use facets::{FacetKind, Facets};
#[cfg(feature = "build")]
pub(crate) use postings::{IN_HEAD, MAX_IMPACT};
pub(crate) use postings::{IN_TITLE, PART_ONLY, PostingList};
pub(crate) use terms::Terms;

/// Version of the index format, written in every file.
///
/// Raise it on any change of bytes. The reader refuses other versions; add the old file to `tests/data/` so that the refusal stays
/// tested, and describe the change in `FORMAT.md`.
pub const FORMAT_VERSION: u32 = 1;

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

/// An opened search index.
#[derive(Clone, Debug)]
pub struct Index {
    n_docs: u32,
    pub(crate) terms: Terms,
    postings: Vec<u8>,
    pub(crate) facets: Facets,
}

impl Index {
    /// Opens the bytes that `IndexWriter::finish` wrote. Costs one pass over the dictionary.
    ///
    /// # Errors
    /// [`IndexError`] when the bytes are no index, another version's, or damaged. Never panics.
    pub fn open(bytes: Vec<u8>) -> Result<Self, IndexError> {
        let mut header = Reader::new(&bytes);
        if header.bytes(4) != Some(&MAGIC) {
            return Err(IndexError::NotAnIndex);
        }
        let got = header.u32().ok_or(IndexError::NotAnIndex)?;
        if got != FORMAT_VERSION {
            return Err(IndexError::Version { expected: FORMAT_VERSION, got });
        }
        let sum = header.u32().ok_or(IndexError::Damaged)?;
        if checksum(bytes.get(12..).unwrap_or_default()) != sum {
            return Err(IndexError::Damaged);
        }
        let malformed = |section| IndexError::Malformed { section };
        let mut lengths = || Some((header.varint()?, header.size()?, header.size()?, header.size()?, header.size()?));
        let (n_docs, n_terms, terms_len, postings_len, facets_len) = lengths().ok_or(malformed("header"))?;
        let mut sections = || Some((header.bytes(terms_len)?, header.bytes(postings_len)?, header.bytes(facets_len)?));
        let (terms, postings, facets) = sections().ok_or(malformed("header"))?;
        let terms = Terms::decode(terms, n_terms, postings_len).ok_or(malformed("dictionary"))?;
        let facets = Facets::decode(facets, n_docs).ok_or(malformed("facets"))?;
        Ok(Self { n_docs, terms, postings: postings.to_vec(), facets })
    }

    /// How many documents it covers; ids are below this.
    pub fn n_docs(&self) -> u32 {
        self.n_docs
    }

    /// In how many documents a term stands.
    pub(crate) fn n_postings(&self, term: u32) -> u32 {
        self.postings(term).len()
    }

    pub(crate) fn postings(&self, term: u32) -> PostingList<'_> {
        let bytes = self.postings.get(self.terms.postings_range(term)).unwrap_or_default();
        PostingList::new(bytes, self.n_docs)
    }
}
