//! Writing the index: dictionary, postings and facets, cut into shards. `FORMAT.md` describes the bytes.

use super::{
    IndexWriter,
    postings::{List, invert},
    push_bytes, push_size,
    vocabulary::Vocabulary,
};
use crate::index::{FORMAT_VERSION, KIND_ROOT, KIND_SHARD, KIND_WHOLE, MAGIC, Part, ShardId, checksum, push_varint};

/// Bytes of a dictionary shard before compression. Less fetches less for one word, more fetches fewer files for a guess; legal: above 0.
const TERM_SHARD_LEN: usize = 8_000;
/// The same for postings up to 1,000 documents; a common term's list alone may be longer. It grows with the cube root of the number of
/// documents, up to fivefold, so that a root stays small.
const POSTING_SHARD_LEN: f32 = 4_000.0;

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
    fn push(&mut self, key: &'a [u8], postings: List, spellings: &[Vec<u8>], posting_shard_len: usize) {
        if self.n_terms == 0 {
            self.first_key = key;
        }
        let shared = self.last_key.iter().zip(key).take(255).take_while(|(a, b)| a == b).count();
        self.terms.push(shared as u8);
        push_bytes(key.get(shared..).unwrap_or_default(), &mut self.terms);
        push_size(postings.len(), &mut self.terms);
        let list = postings.bytes();
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
    let lists = invert(writer, &vocabulary);
    let scale = (writer.docs.len() as f32 / 1000.0).cbrt().clamp(1.0, 5.0);
    let posting_shard_len = (POSTING_SHARD_LEN * scale) as usize;
    let mut term_shards: Vec<TermShard<'_>> = Vec::new();
    for ((key, list), term) in vocabulary.keys.iter().zip(lists).zip(0u32..) {
        let spellings = vocabulary.spellings.get(&term).map_or(&[][..], Vec::as_slice);
        if term_shards.last().is_none_or(|shard| TERM_SHARD_LEN <= shard.terms.len()) {
            term_shards.push(TermShard::default());
        }
        if let Some(shard) = term_shards.last_mut() {
            shard.push(key, list, spellings, posting_shard_len);
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
