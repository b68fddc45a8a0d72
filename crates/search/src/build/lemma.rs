//! Which stem a word of the corpus is filed under, decided by the corpus' own vocabulary: a word whose family (forms with other particles)
//! stands in the corpus too is its own stem, so 담당자 and 고속도로 keep their last syllable.

use std::collections::{HashMap, HashSet};

use hangul::{Strength, is_syllable, stems};

/// A word is taken as it stands when this many of its own inflected forms occur. Less keeps 길이 from 길 but also 학교에서 from 학교;
/// legal: 1 and above.
const OWN_FAMILY: usize = 2;
/// A doubtful ending comes off only when this many forms of the remaining stem occur.
const STEM_FAMILY: usize = 2;

/// Stems of every surface form.
pub(crate) struct Lemmas {
    families: HashMap<String, HashSet<u32>>,
    attested: HashSet<String>,
}

impl Lemmas {
    /// Learns the families of a vocabulary.
    pub(crate) fn learn(surfaces: &[String]) -> Self {
        let mut families: HashMap<String, HashSet<u32>> = HashMap::new();
        for (surface, number) in surfaces.iter().zip(0u32..) {
            for stem in stems(surface) {
                families.entry(stem.text).or_default().insert(number);
            }
        }
        Self { families, attested: surfaces.iter().cloned().collect() }
    }

    fn family(&self, word: &str) -> usize {
        self.families.get(word).map_or(0, HashSet::len) + usize::from(self.attested.contains(word))
    }

    /// The term that a surface form is filed under.
    pub(crate) fn of(&self, surface: &str) -> String {
        let mut word = surface.to_owned();
        // Three steps take off the longest stacks that occur: 개발자-들-에게-는.
        for _ in 0..4 {
            match self.step(&word) {
                Some(shorter) => word = shorter,
                None => break,
            }
        }
        word
    }

    fn step(&self, word: &str) -> Option<String> {
        let own = self.family(word);
        let found = stems(word);
        // Nouns first, then verbs; the longest piece first.
        found.into_iter().filter(|stem| self.allows(word, own, stem)).min_by_key(|stem| (stem.verb, stem.text.len())).map(|stem| stem.text)
    }

    fn allows(&self, word: &str, own: usize, stem: &hangul::Stem) -> bool {
        let n_syllables = stem.text.chars().filter(|c| is_syllable(*c)).count();
        if n_syllables == 0 {
            return true;
        }
        let family = self.family(&stem.text);
        // One syllable is enough for a stem only when it is well attested and the word is not a word of its own.
        if n_syllables == 1 {
            return family >= 4 && own <= OWN_FAMILY && self.attested.contains(&stem.text) && word.chars().count() <= 4;
        }
        match stem.strength {
            Strength::Strong => true,
            Strength::Weak => own <= OWN_FAMILY && family > STEM_FAMILY,
        }
    }
}
