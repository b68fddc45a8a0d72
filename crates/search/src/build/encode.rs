//! Writing the index: lemmas, impacts, postings, dictionary, facets. `FORMAT.md` describes the bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hangul::encode as key_of;

use super::{IndexConfig, IndexWriter, N_FIELDS, compound::Splitter, lemma::Lemmas, spelling::Spellings};
use crate::index::{
    FORMAT_VERSION, IN_HEAD, IN_TITLE, KIND_ROOT, KIND_SHARD, KIND_WHOLE, MAGIC, MAX_IMPACT, PART_ONLY, Part, ShardId, checksum,
    push_varint,
};

/// Positions between two fields, so that no phrase spans them.
const FIELD_GAP: u32 = 8;

/// One term in one document, ready to be written.
struct Entry {
    doc: u32,
    flags: u8,
    positions: Vec<u32>,
}

/// Share of an occurrence that a part of a compound keeps; 0 finds no parts, 1 treats 웹개발 as if it were 웹 개발.
const PART_WEIGHT: f32 = 0.5;

/// One term in one document while it is gathered.
#[derive(Default)]
struct Occurrences {
    counts: [u32; N_FIELDS],
    part_counts: [u32; N_FIELDS],
    positions: Vec<u32>,
}

/// Bytes of a dictionary shard before compression, up to 1,000 documents. Less fetches less for one word, more fetches fewer files for a
/// guess; legal: above 0. Both grow with the square root of the number of documents, up to eightfold, so that a root stays small.
const TERM_SHARD_LEN: f32 = 10_000.0;
/// The same for postings; a common term's list alone may be longer.
const POSTING_SHARD_LEN: f32 = 4_000.0;

/// Lengths of dictionary and posting shards for so many documents.
fn shard_lengths(n_docs: usize) -> (usize, usize) {
    let scale = (n_docs as f32 / 1000.0).sqrt().clamp(1.0, 8.0);
    ((TERM_SHARD_LEN * scale) as usize, (POSTING_SHARD_LEN * scale) as usize)
}

/// One file of a sharded index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShardFile {
    /// Names its content for ever; the root's too.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Root and shards as content without headers, shards in the order of a whole file.
struct Pieces {
    root: Vec<u8>,
    shards: Vec<(Part, Vec<u8>)>,
}

/// One file with everything.
pub(super) fn encode_whole(writer: &IndexWriter) -> Vec<u8> {
    let Pieces { root: mut content, shards } = pieces(writer);
    for (_, shard) in &shards {
        push_bytes(shard, &mut content);
    }
    with_header(KIND_WHOLE, &content)
}

/// The root and then a file for every shard.
pub(super) fn encode_sharded(writer: &IndexWriter) -> Vec<ShardFile> {
    let Pieces { root, shards } = pieces(writer);
    let root_name = format!("root-{:08x}.bin", checksum(&root));
    let mut files = vec![ShardFile { name: root_name, bytes: with_header(KIND_ROOT, &root) }];
    files.extend(shards.into_iter().map(|(part, content)| {
        let name = ShardId::new(part, checksum(&content)).file_name();
        ShardFile { name, bytes: with_header(KIND_SHARD, &content) }
    }));
    files
}

fn with_header(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(FORMAT_VERSION.to_le_bytes());
    out.extend(checksum(content).to_le_bytes());
    out.push(kind);
    out.extend(content);
    out
}

/// A dictionary shard while it grows.
#[derive(Default)]
struct TermShard<'a> {
    first_key: &'a [u8],
    last_key: &'a [u8],
    n_terms: usize,
    terms: Vec<u8>,
    /// (terms, bytes) of each posting shard.
    postings: Vec<(usize, Vec<u8>)>,
}

impl<'a> TermShard<'a> {
    fn push(&mut self, key: &'a [u8], docs: &[Entry], spellings: &[Vec<u8>], posting_shard_len: usize) {
        if self.n_terms == 0 {
            self.first_key = key;
        }
        let shared = self.last_key.iter().zip(key).take(255).take_while(|(a, b)| a == b).count();
        self.terms.push(shared as u8);
        push_bytes(key.get(shared..).unwrap_or_default(), &mut self.terms);
        let mut list = Vec::new();
        push_postings(docs, &mut list);
        push_size(docs.len(), &mut self.terms);
        push_size(list.len(), &mut self.terms);
        push_size(spellings.len(), &mut self.terms);
        for other in spellings {
            push_bytes(other, &mut self.terms);
        }
        match self.postings.last_mut() {
            Some((n, bytes)) if bytes.len() + list.len() <= posting_shard_len => {
                *n += 1;
                bytes.extend(list);
            }
            _ => self.postings.push((1, list)),
        }
        self.last_key = key;
        self.n_terms += 1;
    }
}

fn pieces(writer: &IndexWriter) -> Pieces {
    let vocabulary = Vocabulary::learn(writer);
    let postings = postings(writer, &vocabulary);
    let (term_shard_len, posting_shard_len) = shard_lengths(writer.docs.len());
    let mut term_shards: Vec<TermShard<'_>> = Vec::new();
    for (key, docs) in &postings {
        let spellings = vocabulary.spellings.get(*key).map_or(&[][..], Vec::as_slice);
        if term_shards.last().is_none_or(|shard| term_shard_len <= shard.terms.len()) {
            term_shards.push(TermShard::default());
        }
        if let Some(shard) = term_shards.last_mut() {
            shard.push(key, docs, spellings, posting_shard_len);
        }
    }
    let facets = facets(writer);
    let mut root = Vec::new();
    push_size(writer.docs.len(), &mut root);
    root.extend(checksum(&facets).to_le_bytes());
    push_size(term_shards.len(), &mut root);
    let mut shards = vec![(Part::Facets, facets)];
    for (shard, shard_idx) in term_shards.into_iter().zip(0u32..) {
        push_bytes(shard.first_key, &mut root);
        push_size(shard.n_terms, &mut root);
        root.extend(checksum(&shard.terms).to_le_bytes());
        push_size(shard.postings.len(), &mut root);
        shards.push((Part::Terms(shard_idx), shard.terms));
        for ((n_terms, bytes), list_idx) in shard.postings.into_iter().zip(0u32..) {
            push_size(n_terms, &mut root);
            root.extend(checksum(&bytes).to_le_bytes());
            shards.push((Part::Postings(shard_idx, list_idx), bytes));
        }
    }
    Pieces { root, shards }
}

/// What the surface forms of the corpus come down to.
struct Vocabulary {
    /// Key of each surface form.
    keys: Vec<Vec<u8>>,
    /// Keys of the parts of each surface form.
    parts: Vec<Vec<Vec<u8>>>,
    /// Keys of the same word in the other script, by key.
    spellings: BTreeMap<Vec<u8>, Vec<Vec<u8>>>,
}

impl Vocabulary {
    fn learn(writer: &IndexWriter) -> Self {
        let lemmas = Lemmas::learn(&writer.surfaces);
        let stems: Vec<String> = writer.surfaces.iter().map(|surface| lemmas.of(surface)).collect();

        let mut n_docs: HashMap<&str, u32> = HashMap::new();
        for doc in &writer.docs {
            let distinct: BTreeSet<&str> =
                doc.fields.iter().flatten().filter_map(|surface| stems.get(*surface as usize)).map(String::as_str).collect();
            for stem in distinct {
                *n_docs.entry(stem).or_default() += 1;
            }
        }
        let splitter = Splitter::new(&n_docs);
        let parts = (0u32..).zip(&stems).map(|(surface, stem)| match writer.humps.get(&surface) {
            Some(humps) => humps.iter().map(|part| key_of(&lemmas.of(part))).collect(),
            None => splitter.parts(stem).iter().map(|part| key_of(part)).collect(),
        });
        let parts = parts.collect();

        let mut known = Spellings::from_table();
        for (korean, latin) in &writer.pairs {
            known.add_pair(&lemmas.of(korean), latin);
        }
        let mut spellings: BTreeMap<Vec<u8>, Vec<Vec<u8>>> = BTreeMap::new();
        for (word, others) in known.iter() {
            // Only what the corpus has can be found.
            let found: Vec<Vec<u8>> = others.filter(|other| n_docs.contains_key(other)).map(key_of).collect();
            if !found.is_empty() {
                spellings.insert(key_of(word), found);
            }
        }
        Self { keys: stems.iter().map(|stem| key_of(stem)).collect(), parts, spellings }
    }
}

/// Postings by key; a spelling that only leads to another one has none.
fn postings<'a>(writer: &IndexWriter, vocabulary: &'a Vocabulary) -> BTreeMap<&'a [u8], Vec<Entry>> {
    let means = mean_lengths(writer);
    let mut postings: BTreeMap<&[u8], Vec<Entry>> = BTreeMap::new();
    for (doc, doc_idx) in writer.docs.iter().zip(0u32..) {
        let mut terms: BTreeMap<&[u8], Occurrences> = BTreeMap::new();
        let mut position = 0u32;
        for (field_idx, field) in doc.fields.iter().enumerate() {
            for surface in field {
                let surface = *surface as usize;
                let (Some(key), Some(parts)) = (vocabulary.keys.get(surface), vocabulary.parts.get(surface)) else { continue };
                terms.entry(key).or_default().add(field_idx, position, false);
                for part in parts.iter().filter(|part| *part != key) {
                    terms.entry(part).or_default().add(field_idx, position, true);
                }
                position += 1;
            }
            position += FIELD_GAP;
        }
        let lengths = doc.fields.each_ref().map(Vec::len);
        for (key, mut occurrences) in terms {
            let flags = impact(&writer.config, &occurrences, &lengths, &means);
            occurrences.positions.dedup();
            postings.entry(key).or_default().push(Entry { doc: doc_idx, flags, positions: occurrences.positions });
        }
    }
    for key in vocabulary.spellings.keys() {
        postings.entry(key).or_default();
    }
    postings
}

impl Occurrences {
    fn add(&mut self, field_idx: usize, position: u32, as_part: bool) {
        let counts = if as_part { &mut self.part_counts } else { &mut self.counts };
        if let Some(count) = counts.get_mut(field_idx) {
            *count += 1;
        }
        self.positions.push(position);
    }
}

fn mean_lengths(writer: &IndexWriter) -> [f32; N_FIELDS] {
    std::array::from_fn(|field| {
        let total: usize = writer.docs.iter().filter_map(|doc| doc.fields.get(field)).map(Vec::len).sum();
        (total as f32 / writer.docs.len().max(1) as f32).max(1.0)
    })
}

/// BM25F: occurrences weighted by field and length, saturated by `k1`, in sixteen steps; flags say in which fields.
fn impact(config: &IndexConfig, occurrences: &Occurrences, lengths: &[usize; N_FIELDS], means: &[f32; N_FIELDS]) -> u8 {
    let Occurrences { counts, part_counts, .. } = occurrences;
    let mut weighted = 0.0f32;
    for (field, (count, part_count)) in counts.iter().zip(part_counts).enumerate() {
        let b = config.length_norms[field];
        let norm = 1.0 - b + b * lengths[field] as f32 / means[field];
        weighted += config.field_weights[field] * (*count as f32 + PART_WEIGHT * *part_count as f32) / norm;
    }
    let saturated = weighted / (config.k1 + weighted);
    let mut flags = ((saturated * f32::from(MAX_IMPACT)).round() as u8).clamp(1, MAX_IMPACT);
    if 0 < counts[0] + part_counts[0] {
        flags |= IN_TITLE;
    }
    if 0 < counts[1] + counts[2] + part_counts[1] + part_counts[2] {
        flags |= IN_HEAD;
    }
    if counts.iter().all(|count| *count == 0) {
        flags |= PART_ONLY;
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
    if docs.is_empty() {
        return;
    }
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
