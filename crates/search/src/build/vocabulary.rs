//! What the surface forms of a corpus come down to: terms in key order, the term and the compound parts of each form, other spellings.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hangul::encode as key_of;

use super::{IndexWriter, compound::Splitter, joined::Joined, lemma::Lemmas, spelling::Spellings};

/// So many documents are few: every word of theirs counts.
const SMALL_CORPUS: usize = 500;

/// Terms are numbered in the order of their keys.
pub(super) struct Vocabulary {
    /// Key of each term.
    pub(super) keys: Vec<Vec<u8>>,
    /// Term of each surface form.
    pub(super) terms: Vec<u32>,
    /// Terms that each surface form stands for besides: what it may be a form of, and what it is made of.
    pub(super) others: Vec<Vec<Other>>,
    /// Keys of the same word in the other script, by term.
    pub(super) spellings: BTreeMap<u32, Vec<Vec<u8>>>,
}

/// See [`Vocabulary::others`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Other {
    pub(super) term: u32,
    pub(super) is_part: bool,
}

impl Vocabulary {
    pub(super) fn learn(writer: &IndexWriter) -> Self {
        let lemmas = Lemmas::learn(&writer.surfaces);
        let (stems, forms_of): (Vec<String>, Vec<Option<String>>) =
            writer.surfaces.iter().map(|surface| lemmas.of(surface)).map(|lemma| (lemma.term, lemma.form_of)).unzip();
        let n_docs = document_frequencies(writer, &stems);

        let (splitter, joined) = (Splitter::new(&n_docs), Joined::learn(writer));
        let parts: Vec<Vec<String>> = (0u32..)
            .zip(&stems)
            .map(|(surface, stem)| match writer.humps.get(&surface) {
                Some(humps) => humps.iter().map(|part| lemmas.of(part).term).collect(),
                None => match joined.parts(stem) {
                    Some(halves) => halves.map(|half| lemmas.of(half).term).to_vec(),
                    None => splitter.parts(stem),
                },
            })
            .collect();

        let mut known = Spellings::from_table();
        for (korean, latin) in &writer.pairs {
            known.add_pair(&lemmas.of(korean).term, latin);
        }
        known.add_by_sound(&n_docs);
        known.add_synonyms();
        known.add_sounds(worth_hearing(writer, &stems, &n_docs));
        // Only what the corpus has can be found.
        let spellings: Vec<(&str, Vec<Vec<u8>>)> = known
            .iter()
            .map(|(word, others)| (word, others.filter(|other| n_docs.contains_key(other)).map(key_of).collect::<Vec<_>>()))
            .filter(|(_, found)| !found.is_empty())
            .collect();

        let words = stems
            .iter()
            .chain(parts.iter().flatten())
            .chain(forms_of.iter().flatten())
            .map(String::as_str)
            .chain(spellings.iter().map(|(word, _)| *word));
        let distinct: BTreeSet<&str> = words.collect();
        let mut terms: Vec<(Vec<u8>, &str)> = distinct.into_iter().map(|word| (key_of(word), word)).collect();
        terms.sort();
        let numbers: HashMap<&str, u32> = terms.iter().map(|(_, word)| *word).zip(0..).collect();
        let number = |word: &str| numbers.get(word).copied().unwrap_or(0);
        Self {
            terms: stems.iter().map(|stem| number(stem)).collect(),
            others: parts
                .iter()
                .zip(&forms_of)
                .map(|(parts, form_of)| {
                    let parts = parts.iter().map(|part| Other { term: number(part), is_part: true });
                    parts.chain(form_of.as_deref().map(|stem| Other { term: number(stem), is_part: false })).collect()
                })
                .collect(),
            spellings: spellings.into_iter().map(|(word, found)| (number(word), found)).collect(),
            keys: terms.into_iter().map(|(key, _)| key).collect(),
        }
    }
}

/// Words that a reader may know by their sound: all of a small corpus; in a large one not those that only one text mentions.
fn worth_hearing<'a>(writer: &IndexWriter, stems: &'a [String], n_docs: &'a HashMap<&'a str, u32>) -> impl Iterator<Item = &'a str> {
    let is_small = writer.docs.len() < SMALL_CORPUS;
    let in_titles = writer.docs.iter().flat_map(|doc| doc.fields.first()).flatten().filter_map(|surface| stems.get(*surface as usize));
    let in_titles: BTreeSet<&str> = in_titles.map(String::as_str).collect();
    n_docs.iter().filter(move |(word, n)| is_small || 2 <= **n || in_titles.contains(**word)).map(|(word, _)| *word)
}

/// In how many documents each stem stands.
fn document_frequencies<'a>(writer: &IndexWriter, stems: &'a [String]) -> HashMap<&'a str, u32> {
    // (documents, the last of them plus one), by the first surface form that has the stem
    let mut first: HashMap<&str, usize> = HashMap::new();
    let of_surface: Vec<usize> = stems.iter().enumerate().map(|(at, stem)| *first.entry(stem).or_insert(at)).collect();
    let mut counts: Vec<(u32, usize)> = vec![(0, 0); stems.len()];
    for (doc, doc_idx) in writer.docs.iter().zip(1..) {
        for surface in doc.fields.iter().flatten() {
            if let Some((n, last)) = of_surface.get(*surface as usize).and_then(|at| counts.get_mut(*at))
                && *last != doc_idx
            {
                (*n, *last) = (*n + 1, doc_idx);
            }
        }
    }
    first.into_iter().filter_map(|(stem, at)| Some((stem, counts.get(at)?.0))).collect()
}
