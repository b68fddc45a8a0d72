//! Writing the index: lemmas, impacts, postings, dictionary, facets. `FORMAT.md` describes the bytes.

use std::collections::BTreeMap;

use hangul::encode as key_of;

use super::{IndexConfig, IndexWriter, N_FIELDS, lemma::Lemmas};
use crate::index::{FORMAT_VERSION, IN_HEAD, IN_TITLE, MAGIC, MAX_IMPACT, checksum, push_varint};

/// Positions between two fields, so that no phrase spans them.
const FIELD_GAP: u32 = 8;

/// One term in one document, ready to be written.
struct Entry {
    doc: u32,
    flags: u8,
    positions: Vec<u32>,
}

/// One term in one document while it is gathered.
#[derive(Default)]
struct Occurrences {
    counts: [u32; N_FIELDS],
    positions: Vec<u32>,
}

pub(super) fn encode(writer: &IndexWriter) -> Vec<u8> {
    let lemmas = Lemmas::learn(&writer.surfaces);
    let keys: Vec<Vec<u8>> = writer.surfaces.iter().map(|surface| key_of(&lemmas.of(surface))).collect();
    let means = mean_lengths(writer);

    let mut postings: BTreeMap<&[u8], Vec<Entry>> = BTreeMap::new();
    for (doc, doc_idx) in writer.docs.iter().zip(0u32..) {
        let mut terms: BTreeMap<&[u8], Occurrences> = BTreeMap::new();
        let mut position = 0u32;
        for (field_idx, field) in doc.fields.iter().enumerate() {
            for surface in field {
                let Some(key) = keys.get(*surface as usize) else { continue };
                let occurrences = terms.entry(key).or_default();
                if let Some(count) = occurrences.counts.get_mut(field_idx) {
                    *count += 1;
                }
                occurrences.positions.push(position);
                position += 1;
            }
            position += FIELD_GAP;
        }
        let lengths = doc.fields.each_ref().map(Vec::len);
        for (key, occurrences) in terms {
            let flags = impact(&writer.config, &occurrences.counts, &lengths, &means);
            postings.entry(key).or_default().push(Entry { doc: doc_idx, flags, positions: occurrences.positions });
        }
    }

    let (mut term_bytes, mut posting_bytes) = (Vec::new(), Vec::new());
    let mut last: &[u8] = &[];
    for (key, docs) in &postings {
        let shared = last.iter().zip(*key).take(255).take_while(|(a, b)| a == b).count();
        term_bytes.push(shared as u8);
        push_bytes(key.get(shared..).unwrap_or_default(), &mut term_bytes);
        let start = posting_bytes.len();
        push_postings(docs, &mut posting_bytes);
        push_size(posting_bytes.len() - start, &mut term_bytes);
        push_varint(0, &mut term_bytes);
        last = key;
    }
    let facet_bytes = facets(writer);

    let mut body = Vec::new();
    for size in [writer.docs.len(), postings.len(), term_bytes.len(), posting_bytes.len(), facet_bytes.len()] {
        push_size(size, &mut body);
    }
    body.extend(term_bytes);
    body.extend(posting_bytes);
    body.extend(facet_bytes);

    let mut out = MAGIC.to_vec();
    out.extend(FORMAT_VERSION.to_le_bytes());
    out.extend(checksum(&body).to_le_bytes());
    out.extend(body);
    out
}

fn mean_lengths(writer: &IndexWriter) -> [f32; N_FIELDS] {
    std::array::from_fn(|field| {
        let total: usize = writer.docs.iter().filter_map(|doc| doc.fields.get(field)).map(Vec::len).sum();
        (total as f32 / writer.docs.len().max(1) as f32).max(1.0)
    })
}

/// BM25F: occurrences weighted by field and length, saturated by `k1`, in sixteen steps; flags say in which fields.
fn impact(config: &IndexConfig, counts: &[u32; N_FIELDS], lengths: &[usize; N_FIELDS], means: &[f32; N_FIELDS]) -> u8 {
    let mut weighted = 0.0f32;
    for (field, count) in counts.iter().enumerate() {
        let b = config.length_norms[field];
        let norm = 1.0 - b + b * lengths[field] as f32 / means[field];
        weighted += config.field_weights[field] * *count as f32 / norm;
    }
    let saturated = weighted / (config.k1 + weighted);
    let mut flags = ((saturated * f32::from(MAX_IMPACT)).round() as u8).clamp(1, MAX_IMPACT);
    if counts[0] > 0 {
        flags |= IN_TITLE;
    }
    if counts[1] + counts[2] > 0 {
        flags |= IN_HEAD;
    }
    flags
}

fn push_postings(docs: &[Entry], out: &mut Vec<u8>) {
    let mut list = Vec::new();
    let mut next_doc = 0;
    for Entry { doc, flags, .. } in docs {
        push_varint(doc - next_doc, &mut list);
        list.push(*flags);
        next_doc = doc + 1;
    }
    push_size(docs.len(), out);
    push_bytes(&list, out);
    for Entry { positions, .. } in docs {
        push_size(positions.len(), out);
        let mut last = 0;
        for position in positions {
            push_varint(position - last, out);
            last = *position;
        }
    }
}

fn facets(writer: &IndexWriter) -> Vec<u8> {
    let mut out = Vec::new();
    push_size(writer.facets.len(), &mut out);
    for ((kind, value), docs) in &writer.facets {
        out.push(*kind);
        push_bytes(value.as_bytes(), &mut out);
        push_size(docs.len(), &mut out);
        let mut next_doc = 0;
        for doc in docs {
            push_varint(doc - next_doc, &mut out);
            next_doc = doc + 1;
        }
    }
    for doc in &writer.docs {
        push_varint(doc.views.map_or(0, |views| u32::try_from(views).unwrap_or(u32::MAX - 1).saturating_add(1)), &mut out);
    }
    out
}

fn push_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    push_size(bytes.len(), out);
    out.extend_from_slice(bytes);
}

fn push_size(size: usize, out: &mut Vec<u8>) {
    push_varint(u32::try_from(size).unwrap_or(u32::MAX), out);
}
