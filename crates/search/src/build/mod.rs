//! The writer: documents in, index bytes out. Deterministic: the same documents in the same order give the same bytes.

mod compound;
mod encode;
mod joined;
mod key_terms;
mod lemma;
mod part;
mod postings;
mod sound;
mod spelling;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use encode::ShardFile;
pub use key_terms::{KeyTerm, KeyTerms};

use crate::{
    IndexError,
    index::push_varint,
    query::is_particle,
    token::{Script, Token, fold, for_each_token},
};

/// How many fields a document has; see [`IndexConfig`].
pub(crate) const N_FIELDS: usize = 4;

/// Weights of ranking, fixed when the index is built: the file holds the resulting impacts.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexConfig {
    /// How much one occurrence counts in title, tags, headings, body. More lets that field decide; legal: above 0.
    /// Measured on the development corpora: a title below 4 loses known pages, above 10 drowns good bodies.
    pub field_weights: [f32; N_FIELDS],
    /// BM25F `b` of title, tags, headings, body: how much a long field discounts its words, 0..=1. A title's length says little.
    pub length_norms: [f32; N_FIELDS],
    /// BM25 `k1`: how fast repetition stops counting; legal: above 0. Robertson and Zaragoza, "The Probabilistic Relevance Framework:
    /// BM25 and Beyond" (2009), give 1.2 to 2.
    pub k1: f32,
}

impl Default for IndexConfig {
    fn default() -> Self {
        Self { field_weights: [8.0, 3.0, 2.5, 1.0], length_norms: [0.3, 0.3, 0.5, 0.75], k1: 1.4 }
    }
}

/// One document. Absent facts stay empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Document<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its tags, without `#`.
    pub tags: &'a [&'a str],
    /// Its headings, in order; they are expected to stand in the body as well or not, as the caller likes.
    pub headings: &'a [&'a str],
    /// The text.
    pub body: &'a str,
    /// Its section, for `section:`.
    pub section: &'a str,
    /// Other names under which readers know the section.
    pub section_aliases: &'a [&'a str],
    /// Who published it, for `company:`.
    pub company: Option<&'a str>,
    /// The name of its series, for `series:`.
    pub series: Option<&'a str>,
    /// Views, for `views:`.
    pub views: Option<u64>,
}

/// What the writer keeps of a document: numbers of surface forms, field by field.
#[derive(Debug, Default)]
struct TokenizedDoc {
    fields: [Vec<u32>; N_FIELDS],
    views: Option<u64>,
}

/// Collects documents and writes the index.
#[derive(Debug)]
pub struct IndexWriter {
    config: IndexConfig,
    surfaces: Vec<String>,
    numbers: HashMap<String, u32>,
    docs: Vec<TokenizedDoc>,
    /// Words met after Latin, and whether they are particles.
    particles: HashMap<String, bool>,
    /// Parts of Latin surface forms that were written with capitals inside: useState has use and state.
    humps: BTreeMap<u32, Vec<String>>,
    /// (Korean, Latin) that stood side by side, one of them in parentheses.
    pairs: BTreeSet<(String, String)>,
    /// (kind, value) and its documents.
    facets: BTreeMap<(u8, String), Vec<u32>>,
}

impl IndexWriter {
    /// An empty index.
    pub fn new(config: IndexConfig) -> Self {
        Self {
            config,
            surfaces: Vec::new(),
            numbers: HashMap::new(),
            docs: Vec::new(),
            particles: HashMap::new(),
            humps: BTreeMap::new(),
            pairs: BTreeSet::new(),
            facets: BTreeMap::new(),
        }
    }

    /// Adds the next document; its id is the number of documents before it.
    pub fn add(&mut self, doc: &Document<'_>) {
        let doc_idx = u32::try_from(self.docs.len()).unwrap_or(u32::MAX);
        let mut tokenized = TokenizedDoc { views: doc.views, ..TokenizedDoc::default() };
        let texts: [&[&str]; N_FIELDS] = [&[doc.title], doc.tags, doc.headings, &[doc.body]];
        for (field, texts) in tokenized.fields.iter_mut().zip(texts) {
            for text in texts {
                self.tokenize(text, field);
            }
        }
        self.docs.push(tokenized);
        use crate::index::FacetKind::{Company, Section, Series, Tag};
        let sections = std::iter::once(&doc.section).chain(doc.section_aliases).map(|section| (Section, *section));
        let facts = doc.tags.iter().map(|tag| (Tag, *tag)).chain(sections);
        let facts = facts.chain(doc.company.map(|company| (Company, company))).chain(doc.series.map(|series| (Series, series)));
        for (kind, value) in facts.filter(|(_, value)| !value.is_empty()) {
            let docs = self.facets.entry((kind as u8, value.to_owned())).or_default();
            if docs.last() != Some(&doc_idx) {
                docs.push(doc_idx);
            }
        }
    }

    fn tokenize(&mut self, text: &str, out: &mut Vec<u32>) {
        let composed = hangul::compose_jamo(text);
        let mut last: Option<Token> = None;
        for_each_token(&composed, |token| {
            // React를 is React: the particle says nothing and would stand between neighbours. The query parser drops it too.
            let after_latin = last.as_ref().is_some_and(|last| last.script == Script::Latin);
            if token.glued && after_latin && token.script == Script::Hangul && self.is_particle(&token.text) {
                return;
            }
            let number = self.number(&token.text);
            out.push(number);
            if token.script == Script::Latin {
                let parts = humps(composed.get(token.range.clone()).unwrap_or_default());
                if !parts.is_empty() {
                    self.humps.entry(number).or_insert(parts);
                }
            }
            if let Some(last) = &last {
                let between = composed.get(last.range.end..token.range.start).map(str::trim);
                match (last.script, token.script) {
                    (Script::Hangul, Script::Latin) if between == Some("(") => {
                        _ = self.pairs.insert((last.text.clone(), token.text.clone()))
                    }
                    (Script::Latin, Script::Hangul) if between == Some("(") => {
                        _ = self.pairs.insert((token.text.clone(), last.text.clone()))
                    }
                    _ => {}
                }
            }
            last = Some(token);
        });
    }

    /// [`is_particle`], remembered: there are few, and they are everywhere.
    fn is_particle(&mut self, word: &str) -> bool {
        if let Some(known) = self.particles.get(word) {
            return *known;
        }
        let known = is_particle(word);
        self.particles.insert(word.to_owned(), known);
        known
    }

    /// The number of a surface form, given at its first occurrence.
    fn number(&mut self, surface: &str) -> u32 {
        if let Some(number) = self.numbers.get(surface) {
            return *number;
        }
        let number = u32::try_from(self.surfaces.len()).unwrap_or(u32::MAX);
        self.surfaces.push(surface.to_owned());
        self.numbers.insert(surface.to_owned(), number);
        number
    }

    /// What was added so far as bytes for [`IndexWriter::merge`]: a large corpus is read by many machines, each a part of the documents.
    pub fn to_part(&self) -> Vec<u8> {
        part::encode(self)
    }

    /// Adds the documents of a part after those that are there; the parts in their order give the same index as one writer that read
    /// everything.
    ///
    /// # Errors
    /// [`IndexError`] when the bytes are no part, another version's, or damaged; the writer must not be used then.
    pub fn merge(&mut self, bytes: &[u8]) -> Result<(), IndexError> {
        part::decode(bytes, self)
    }

    /// Writes everything into one file.
    pub fn finish(self) -> Vec<u8> {
        encode::encode_whole(&self)
    }

    /// Writes a root, which comes first, and shards that a reader fetches as queries need them.
    pub fn finish_sharded(self) -> Vec<ShardFile> {
        encode::encode_sharded(&self)
    }
}

/// The parts of a Latin word at its capitals, folded: useState is use and state. Empty for a word of one part.
fn humps(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before_lower = false;
    for c in word.chars() {
        match parts.last_mut() {
            Some(part) if !(before_lower && c.is_ascii_uppercase()) => part.push(fold(c)),
            _ => parts.push(fold(c).into()),
        }
        before_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.retain(|part| 3 <= part.len());
    parts
}

fn push_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    push_size(bytes.len(), out);
    out.extend_from_slice(bytes);
}

fn push_size(size: usize, out: &mut Vec<u8>) {
    push_varint(u32::try_from(size).unwrap_or(u32::MAX), out);
}
