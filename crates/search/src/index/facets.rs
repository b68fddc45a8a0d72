//! Facts of stories for filters: tags, companies, sections, series, views.

use super::Reader;

/// What a filter asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FacetKind {
    Tag = 0,
    Company = 1,
    Section = 2,
    Series = 3,
}

/// Values with their documents, and the views of each document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facets {
    /// (kind, value, documents ascending), sorted by kind and value.
    values: Vec<(u8, String, Vec<u32>)>,
    /// Views plus one; 0 is unknown.
    views: Vec<u32>,
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
            facets.values.push((kind, value, docs));
        }
        for _ in 0..n_docs {
            facets.views.push(reader.varint()?);
        }
        reader.is_empty().then_some(facets)
    }

    /// Documents with that value, ascending; case and spaces do not matter.
    pub(crate) fn docs(&self, kind: FacetKind, value: &str) -> impl Iterator<Item = u32> {
        let wanted = folded(value);
        self.values.iter().filter(move |(of, value, _)| *of == kind as u8 && folded(value) == wanted).flat_map(|(.., docs)| docs).copied()
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
