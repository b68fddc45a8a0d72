//! Facts of stories for filters: tags, companies, sections, series, views.

use super::{DocSet, Index, Part, Reader, ShardId};

/// A fact of stories that filters ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FacetKind {
    /// A tag.
    Tag = 0,
    /// Who published it.
    Company = 1,
    /// Its section.
    Section = 2,
    /// The series it belongs to.
    Series = 3,
}

/// A value that more than one in so many documents have is kept as a set, which is smaller then, and counted word by word.
const SET_SHARE: usize = 32;

/// The documents of a value.
#[derive(Clone, Debug)]
enum Docs {
    /// Ascending.
    Few(Vec<u32>),
    Many(DocSet),
}

/// Values with their documents, and the views of each document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facets {
    /// (kind, value, documents), sorted by kind and value.
    values: Vec<(u8, String, Docs)>,
    /// Views plus one; 0 is unknown.
    views: Vec<u32>,
}

impl Docs {
    fn new(docs: Vec<u32>, n_docs: u32) -> Self {
        if docs.len() <= n_docs as usize / SET_SHARE {
            return Self::Few(docs);
        }
        let mut set = DocSet::empty(n_docs);
        docs.into_iter().for_each(|doc| set.insert(doc));
        Self::Many(set)
    }

    fn for_each(&self, found: impl FnMut(u32)) {
        match self {
            Self::Few(docs) => docs.iter().copied().for_each(found),
            Self::Many(set) => set.iter().for_each(found),
        }
    }

    fn n_in(&self, docs: &DocSet) -> usize {
        match self {
            Self::Few(few) => few.iter().filter(|doc| docs.contains(**doc)).count(),
            Self::Many(set) => set.n_common(docs),
        }
    }
}

impl Facets {
    /// `None` when the bytes contradict themselves.
    pub(crate) fn decode(bytes: &[u8], n_docs: u32) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let mut facets = Self::default();
        for _ in 0..reader.varint()? {
            let kind = reader.byte()?;
            let len = reader.size()?;
            let value = std::str::from_utf8(reader.bytes(len)?).ok()?.to_owned();
            let mut docs = Vec::new();
            let mut next_doc = 0u32;
            for _ in 0..reader.varint()? {
                let doc = next_doc.checked_add(reader.varint()?)?;
                if doc >= n_docs {
                    return None;
                }
                docs.push(doc);
                next_doc = doc + 1;
            }
            facets.values.push((kind, value, Docs::new(docs, n_docs)));
        }
        for _ in 0..n_docs {
            facets.views.push(reader.varint()?);
        }
        reader.is_empty().then_some(facets)
    }

    /// The documents that have the value; case and spaces do not matter.
    pub(crate) fn docs(&self, kind: FacetKind, value: &str, n_docs: u32) -> DocSet {
        let (wanted, mut set) = (folded(value), DocSet::empty(n_docs));
        for (_, _, docs) in self.values.iter().filter(|(of, value, _)| *of == kind as u8 && folded(value) == wanted) {
            docs.for_each(|doc| set.insert(doc));
        }
        set
    }

    /// How many of `docs` have each value of a kind, in order of the values.
    fn counts(&self, kind: FacetKind, docs: &DocSet) -> Vec<FacetCount<'_>> {
        let of_kind = self.values.iter().filter(|(of, ..)| *of == kind as u8);
        of_kind.map(|(_, value, of_value)| FacetCount { value, n_docs: of_value.n_in(docs) }).collect()
    }

    /// Documents with known views in `lo..=hi`.
    pub(crate) fn docs_by_views(&self, lo: u64, hi: u64) -> impl Iterator<Item = u32> {
        (0u32..)
            .zip(&self.views)
            .filter(move |(_, plus_one)| plus_one.checked_sub(1).is_some_and(|views| (lo..=hi).contains(&u64::from(views))))
            .map(|(doc, _)| doc)
    }
}

fn folded(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace()).map(crate::token::fold).collect()
}

/// A facet value and how many documents of a set have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FacetCount<'a> {
    /// The value as it was written.
    pub value: &'a str,
    /// How many of the documents have it; 0 is among them.
    pub n_docs: usize,
}

impl Index {
    /// The shard that facets need, unless it is loaded.
    pub fn plan_facets(&self) -> Option<ShardId> {
        self.facets.is_none().then_some(ShardId { part: Part::Facets, hash: self.facets_hash })
    }

    /// How many of `docs` have each value, in order of the values; `None` while the facets' shard is not loaded. `docs` may be
    /// [`SearchResults::docs`](crate::SearchResults): whatever the limit, all matches are counted, and no story is looked at.
    pub fn facet_counts(&self, kind: FacetKind, docs: &DocSet) -> Option<Vec<FacetCount<'_>>> {
        Some(self.facets.as_ref()?.counts(kind, docs))
    }

    /// The documents that have a value (case and spaces do not matter), for [`SearchOptions::within`](crate::SearchOptions); `None` while the
    /// facets' shard is not loaded.
    pub fn docs_with(&self, kind: FacetKind, value: &str) -> Option<DocSet> {
        Some(self.facets.as_ref()?.docs(kind, value, self.n_docs))
    }

    /// Every document, to count facets without a search.
    pub fn all_docs(&self) -> DocSet {
        DocSet::full(self.n_docs)
    }
}
