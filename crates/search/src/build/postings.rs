//! Inversion: from the words of each document to the posting list of each term.

use super::{IndexConfig, IndexWriter, N_FIELDS, TokenizedDoc, push_bytes, push_size, vocabulary::Vocabulary};
use crate::index::{BLOCK_LEN, IN_HEAD, IN_TITLE, MAX_IMPACT, PART_ONLY, REPEATED, push_varint};

/// Positions between two fields, so that no phrase spans them.
const FIELD_GAP: u32 = 8;
/// Share of an occurrence that a part of a compound keeps; 0 finds no parts, 1 treats 웹개발 as if it were 웹 개발.
const PART_WEIGHT: f32 = 0.5;

/// A posting list while it grows; documents come in ascending order.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    n: usize,
    next_doc: u32,
    /// Bytes of the blocks that are full.
    table: Vec<u8>,
    heads: Vec<u8>,
    positions: Vec<u8>,
    block: Block,
}

/// Up to [`BLOCK_LEN`] documents of a list.
#[derive(Clone, Debug, Default)]
struct Block {
    first_doc: u32,
    flags: Vec<u8>,
    gaps: Vec<u8>,
    lens: Vec<u8>,
    positions: Vec<u8>,
}

impl List {
    /// In how many documents the term stands.
    pub(super) fn len(&self) -> usize {
        self.n
    }

    fn push(&mut self, doc: u32, flags: u8, positions: &[u32]) {
        if self.block.flags.len() == BLOCK_LEN {
            self.close_block();
        }
        push_varint(doc - self.next_doc, &mut self.block.gaps);
        self.next_doc = doc + 1;
        self.n += 1;
        let repeated = if 1 < positions.len() { REPEATED } else { 0 };
        self.block.flags.push(flags | repeated);
        let start = self.block.positions.len();
        let mut last = 0;
        for position in positions {
            push_varint(position - last, &mut self.block.positions);
            last = *position;
        }
        if repeated != 0 {
            push_size(self.block.positions.len() - start, &mut self.block.lens);
        }
    }

    fn close_block(&mut self) {
        let Block { first_doc, flags, gaps, lens, positions } = std::mem::take(&mut self.block);
        push_varint(self.next_doc - 1 - first_doc, &mut self.table);
        push_size(flags.len() + gaps.len() + lens.len(), &mut self.table);
        push_size(positions.len(), &mut self.table);
        for part in [&flags, &gaps, &lens] {
            self.heads.extend_from_slice(part);
        }
        self.positions.extend_from_slice(&positions);
        self.block.first_doc = self.next_doc;
    }

    /// The bytes of the format; none for a term without documents.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        if self.n <= BLOCK_LEN {
            let Block { flags, gaps, lens, positions, .. } = self.block;
            return [flags, gaps, lens, positions].concat();
        }
        self.close_block();
        let mut out = Vec::new();
        push_bytes(&self.table, &mut out);
        push_bytes(&self.heads, &mut out);
        out.extend_from_slice(&self.positions);
        out
    }
}

/// One occurrence of a term in the document at hand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    term: u32,
    position: u32,
    field: usize,
    as_part: bool,
}

/// Posting lists by term.
pub(super) fn invert(writer: &IndexWriter, vocabulary: &Vocabulary) -> Vec<List> {
    let means = mean_lengths(writer);
    let mut lists = vec![List::default(); vocabulary.keys.len()];
    let (mut occurrences, mut positions) = (Vec::new(), Vec::new());
    for (doc, doc_idx) in writer.docs.iter().zip(0u32..) {
        gather(doc, vocabulary, &mut occurrences);
        let lengths = doc.fields.each_ref().map(Vec::len);
        for same_term in occurrences.chunk_by(|a: &Occurrence, b: &Occurrence| a.term == b.term) {
            positions.clear();
            positions.extend(same_term.iter().map(|occurrence| occurrence.position));
            positions.dedup();
            let flags = impact(&writer.config, same_term, &lengths, &means);
            if let Some(list) = same_term.first().and_then(|first| lists.get_mut(first.term as usize)) {
                list.push(doc_idx, flags, &positions);
            }
        }
    }
    lists
}

/// All occurrences of a document, by term and position.
fn gather(doc: &TokenizedDoc, vocabulary: &Vocabulary, out: &mut Vec<Occurrence>) {
    out.clear();
    let mut position = 0u32;
    for (field, surfaces) in doc.fields.iter().enumerate() {
        for surface in surfaces {
            let surface = *surface as usize;
            let (Some(term), Some(others)) = (vocabulary.terms.get(surface), vocabulary.others.get(surface)) else { continue };
            out.push(Occurrence { term: *term, position, field, as_part: false });
            let others = others.iter().filter(|other| other.term != *term);
            out.extend(others.map(|other| Occurrence { term: other.term, position, field, as_part: other.is_part }));
            position += 1;
        }
        position += FIELD_GAP;
    }
    out.sort_unstable();
}

fn mean_lengths(writer: &IndexWriter) -> [f32; N_FIELDS] {
    std::array::from_fn(|field| {
        let total: usize = writer.docs.iter().filter_map(|doc| doc.fields.get(field)).map(Vec::len).sum();
        (total as f32 / writer.docs.len().max(1) as f32).max(1.0)
    })
}

/// BM25F: occurrences weighted by field and length, saturated by `k1`, in fifteen steps; flags say in which fields.
fn impact(config: &IndexConfig, occurrences: &[Occurrence], lengths: &[usize; N_FIELDS], means: &[f32; N_FIELDS]) -> u8 {
    let mut weighted = 0.0f32;
    let mut in_field = [false; N_FIELDS];
    for occurrence in occurrences {
        let field = occurrence.field;
        let b = config.length_norms[field];
        let norm = 1.0 - b + b * lengths[field] as f32 / means[field];
        let share = if occurrence.as_part { PART_WEIGHT } else { 1.0 };
        weighted += config.field_weights[field] * share / norm;
        in_field[field] = true;
    }
    let saturated = weighted / (config.k1 + weighted);
    let mut flags = ((saturated * f32::from(MAX_IMPACT)).round() as u8).clamp(1, MAX_IMPACT);
    let [title, tags, headings, _] = in_field;
    if title {
        flags |= IN_TITLE;
    }
    if tags || headings {
        flags |= IN_HEAD;
    }
    if occurrences.iter().all(|occurrence| occurrence.as_part) {
        flags |= PART_ONLY;
    }
    flags
}
