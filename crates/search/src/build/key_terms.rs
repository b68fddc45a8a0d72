//! What sets a document apart: the names of things that it says more than once and that few others mention.
//!
//! The analysis is the index's own: particles and endings come off by the corpus' vocabulary, and Kafka and 카프카 are one term.

use std::collections::{BTreeMap, HashMap};

use hangul::{is_syllable, stems, takes_particle};

use super::{Document, lemma::Lemmas, spelling::Spellings};
use crate::{
    query::is_particle,
    token::{Script, Token, for_each_token},
};

/// How much one occurrence in title, tags, headings, body says about what a document is about. More lets that field decide.
const FIELD_WEIGHTS: [u32; 4] = [3, 2, 2, 1];

/// A term of less weight in a document is mentioned, not talked about. Less gives more terms, and chance ones.
const MIN_WEIGHT: u32 = 2;

/// A term in more than one of so many documents is common. Less lets general words through.
const COMMON_SHARE: usize = 6;

/// Documents that may have a rare term in a small corpus.
const MIN_DOCS: usize = 3;

/// Documents that may have a rare term, however many there are: what bounds the work of whoever follows its list.
const MAX_DOCS: usize = 64;

/// Terms kept of one document. More finds more neighbours and costs time and memory in proportion.
const MAX_TERMS: usize = 32;

/// A noun stands with at least so many different particles somewhere in the corpus; adverbs and half-taken-apart verbs do not.
const MIN_PARTICLES: usize = 2;

/// Particles that only nouns take: an adverb may stand with 는 and 도, never with these.
const NOUN_PARTICLES: [&str; 9] = ["을", "를", "의", "과", "와", "에서", "이", "가", "으로"];

/// English words that name nothing. Short ones do not count anyway.
const ENGLISH: &str = "about after all also and any are but can for from get had has have her here him his how into its just like make more most not \
    now one only other our out over said she should some such than that the their them then there these they this those through time use \
    was way were what when where which who will with would you your";

/// A term that sets a document apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTerm {
    /// The same number in every document that has the term, however it is spelled there.
    pub id: u32,
    /// As the document writes it most often, without particles.
    pub text: String,
    /// How much the document is about it: occurrences, those in title, tags and headings counted more.
    pub weight: u32,
    /// In how many documents it stands.
    pub n_docs: u32,
}

/// Collects documents and tells their key terms.
#[derive(Debug, Default)]
pub struct KeyTerms {
    surfaces: Vec<String>,
    numbers: HashMap<String, u32>,
    /// How often each spelling of a Latin surface form occurs.
    spellings: HashMap<u32, BTreeMap<String, u32>>,
    /// Latin surface forms that a particle has followed.
    named: Vec<bool>,
    /// Surface forms of each document and their weight in it.
    docs: Vec<Vec<(u32, u32)>>,
}

impl KeyTerms {
    /// No documents yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the next document.
    pub fn add(&mut self, doc: &Document<'_>) {
        let mut weights: HashMap<u32, u32> = HashMap::new();
        let texts: [&[&str]; 4] = [&[doc.title], doc.tags, doc.headings, &[doc.body]];
        for (texts, weight) in texts.into_iter().zip(FIELD_WEIGHTS) {
            for text in texts {
                self.add_text(text, weight, &mut weights);
            }
        }
        let mut terms: Vec<(u32, u32)> = weights.into_iter().collect();
        terms.sort_unstable();
        self.docs.push(terms);
    }

    fn add_text(&mut self, text: &str, weight: u32, weights: &mut HashMap<u32, u32>) {
        let composed = hangul::compose_jamo(text);
        let mut last: Option<(Script, u32)> = None;
        for_each_token(&composed, |token| {
            if let (Script::Hangul, true, Some((Script::Latin, latin))) = (token.script, token.glued, last)
                && is_particle(&token.text)
            {
                if let Some(named) = self.named.get_mut(latin as usize) {
                    *named = true;
                }
                return;
            }
            let number = self.number(&token);
            if token.script == Script::Latin {
                let written = composed.get(token.range.clone()).unwrap_or_default();
                *self.spellings.entry(number).or_default().entry(written.to_owned()).or_default() += 1;
            }
            *weights.entry(number).or_default() += weight;
            last = Some((token.script, number));
        });
    }

    fn number(&mut self, token: &Token) -> u32 {
        if let Some(number) = self.numbers.get(&token.text) {
            return *number;
        }
        let number = u32::try_from(self.surfaces.len()).unwrap_or(u32::MAX);
        self.surfaces.push(token.text.clone());
        self.named.push(false);
        self.numbers.insert(token.text.clone(), number);
        number
    }

    /// The key terms of each document, the most telling first. The same documents give the same terms.
    pub fn finish(self) -> Vec<Vec<KeyTerm>> {
        let lemmas = Lemmas::learn(&self.surfaces);
        let stems: Vec<String> = self.surfaces.iter().map(|surface| lemmas.of(surface).term).collect();
        let is_name = self.names(&stems);
        let terms = self.terms(&stems);
        let n_docs = document_counts(&self.docs, &terms);
        let limit = (self.docs.len() / COMMON_SHARE).clamp(MIN_DOCS, MAX_DOCS);
        self.docs.iter().map(|doc| self.of_document(doc, &stems, &terms, &is_name, &n_docs, limit)).collect()
    }

    /// Which surface forms are names of things, by their stem.
    fn names(&self, stems: &[String]) -> Vec<bool> {
        let mut particles: HashMap<&str, (usize, bool)> = HashMap::new();
        for (surface, stem) in self.surfaces.iter().zip(stems) {
            let Some(rest) = surface.strip_prefix(stem.as_str()).filter(|rest| !rest.is_empty()) else { continue };
            let is_sure = NOUN_PARTICLES.contains(&rest) && takes_particle(stem, rest);
            if is_sure || is_stack_of_particles(stem, rest) {
                let (n, sure) = particles.entry(stem).or_default();
                (*n, *sure) = (*n + 1, *sure || is_sure);
            }
        }
        let name = |(surface, stem): (usize, &String)| match stem.chars().next() {
            Some(c) if is_syllable(c) => {
                1 < stem.chars().count() && particles.get(stem.as_str()).is_some_and(|(n, is_sure)| MIN_PARTICLES <= *n && *is_sure)
            }
            Some(c) if c.is_ascii_alphabetic() => {
                let is_named = self.named.get(surface).copied().unwrap_or_default();
                let is_word = stem.bytes().filter(u8::is_ascii_alphabetic).nth(1).is_some();
                is_word && (is_named || 2 < stem.len() && !ENGLISH.split_ascii_whitespace().any(|word| word == stem))
            }
            Some(c) => !c.is_ascii() && 1 < stem.chars().count() && stem.chars().all(char::is_alphabetic),
            None => false,
        };
        stems.iter().enumerate().map(name).collect()
    }

    /// The number of the term that each surface form belongs to.
    fn terms(&self, stems: &[String]) -> Vec<u32> {
        // A spelling in the other script is the same term where there is one only: 뷰 is Vue and view.
        let mut one_other: HashMap<String, String> = HashMap::new();
        for (word, others) in Spellings::from_table().iter() {
            let is_latin = |word: &str| word.starts_with(|c: char| c.is_ascii());
            let mut latin = others.filter(|other| is_latin(other));
            if let (false, Some(only), None) = (is_latin(word), latin.next(), latin.next()) {
                one_other.insert(word.to_owned(), only.to_owned());
            }
        }
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let terms = stems.iter().map(|stem| one_other.get(stem).unwrap_or(stem).as_str());
        terms
            .map(|term| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(term).or_insert(next)
            })
            .collect()
    }

    fn of_document(
        &self,
        doc: &[(u32, u32)],
        stems: &[String],
        terms: &[u32],
        is_name: &[bool],
        n_docs: &[u32],
        limit: usize,
    ) -> Vec<KeyTerm> {
        // By term: its weight, and the weight of each of its surface forms.
        let mut found: BTreeMap<u32, (u32, Vec<(u32, u32)>)> = BTreeMap::new();
        for (surface, weight) in doc {
            let Some(term) = terms.get(*surface as usize).filter(|_| is_name.get(*surface as usize) == Some(&true)) else { continue };
            let (sum, surfaces) = found.entry(*term).or_default();
            *sum += weight;
            surfaces.push((*weight, *surface));
        }
        let mut key_terms: Vec<KeyTerm> = found
            .into_iter()
            .filter_map(|(id, (weight, surfaces))| {
                let n_docs = *n_docs.get(id as usize)?;
                let is_key = MIN_WEIGHT <= weight && 1 < n_docs && n_docs as usize <= limit;
                let (_, surface) = surfaces.into_iter().max_by_key(|(weight, surface)| (*weight, std::cmp::Reverse(*surface)))?;
                is_key.then(|| KeyTerm { id, text: self.written(surface, stems), weight, n_docs })
            })
            .collect();
        key_terms.sort_by_key(|term| (std::cmp::Reverse(term.weight * 8 / term.n_docs), term.id));
        key_terms.truncate(MAX_TERMS);
        key_terms
    }

    /// A surface form without particles, with its capitals.
    fn written(&self, surface: u32, stems: &[String]) -> String {
        let stem = stems.get(surface as usize).cloned().unwrap_or_default();
        let best = self.spellings.get(&surface).into_iter().flatten().max_by_key(|(spelling, n)| (**n, std::cmp::Reverse(*spelling)));
        // A plural that became a singular has lost an s: its capitals are its first letters'.
        best.and_then(|(spelling, _)| spelling.get(..stem.len())).map_or(stem, str::to_owned)
    }
}

/// Whether one particle after another makes up what follows a stem.
fn is_stack_of_particles(stem: &str, rest: &str) -> bool {
    takes_particle(stem, rest)
        || rest.char_indices().skip(1).any(|(at, _)| {
            let (first, second) = rest.split_at(at);
            takes_particle(stem, first) && takes_particle(first, second)
        })
        || stems(&[stem, rest].concat()).iter().any(|found| !found.verb && found.text == stem)
}

/// In how many documents each term stands.
fn document_counts(docs: &[Vec<(u32, u32)>], terms: &[u32]) -> Vec<u32> {
    let mut counts: Vec<(u32, usize)> = vec![(0, 0); terms.len()];
    for (doc, doc_idx) in docs.iter().zip(1..) {
        for (surface, _) in doc {
            if let Some((n, last)) = terms.get(*surface as usize).and_then(|term| counts.get_mut(*term as usize))
                && *last != doc_idx
            {
                (*n, *last) = (*n + 1, doc_idx);
            }
        }
    }
    counts.into_iter().map(|(n, _)| n).collect()
}

#[cfg(test)]
mod tests {
    use super::KeyTerms;
    use crate::Document;

    /// The texts of the key terms of each document.
    #[track_caller]
    fn check(bodies: &[(&str, &str)], expected: &[&[&str]]) {
        let mut key_terms = KeyTerms::new();
        for (title, body) in bodies {
            key_terms.add(&Document { title, body, ..Document::default() });
        }
        let found = key_terms.finish();
        let texts: Vec<Vec<&str>> = found.iter().map(|terms| terms.iter().map(|term| term.text.as_str()).collect()).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn nouns_without_their_particles() {
        check(
            &[
                ("오케스트라", "지휘자가 오케스트라를 이끈다. 지휘자의 손."),
                ("공연", "지휘자는 늦었다. 지휘자를 기다린다."),
                ("빈 글", "아무 말."),
            ],
            &[&["지휘자"], &["지휘자"], &[]],
        );
    }

    #[test]
    fn one_term_in_two_scripts() {
        check(
            &[("Kafka를 쓴 까닭", "Kafka는 빠르다."), ("카프카", "카프카를 지켜본다. 카프카의 지표."), ("다른 글", "글.")],
            &[&["Kafka"], &["카프카"], &[]],
        );
    }

    #[test]
    fn adverbs_and_verbs_are_no_names() {
        check(
            &[("가", "도대체 만들고 만들며 도대체 만들었다"), ("나", "도대체 도대체는 만들고 만드는 만들었다"), ("다", "빈 글")],
            &[&[], &[], &[]],
        );
    }

    #[test]
    fn what_everybody_says_or_says_once_is_left_out() {
        let said = "모니터링을 모니터링은 모니터링의";
        check(
            &[("가", said), ("나", said), ("다", said), ("라", said), ("마", "배포를 배포의"), ("바", "배포는 한 번")],
            &[&[], &[], &[], &[], &["배포"], &[]],
        );
    }
}
