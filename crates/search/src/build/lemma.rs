//! Which stem a word of the corpus is filed under, decided by the corpus' own vocabulary: a word whose family (forms with other particles)
//! stands in the corpus too is its own stem, so 담당자 and 고속도로 keep their last syllable.

use std::collections::{HashMap, HashSet};

use hangul::{Stem, Strength, is_syllable, stems};

use crate::ladder::singular;

/// A doubtful ending comes off only when this many forms of the remaining stem occur. Less strips more rare words; legal: 1 and above.
const STEM_FAMILY: usize = 2;
/// The same for a stem of one syllable, which says little.
const SHORT_STEM_FAMILY: usize = 4;

/// Stems of every surface form.
pub(crate) struct Lemmas {
    /// How many forms with a particle each noun has.
    nouns: HashMap<String, usize>,
    /// How many forms with an ending each verb stem has.
    verbs: HashMap<String, usize>,
    attested: HashSet<String>,
}

impl Lemmas {
    /// Learns the families of a vocabulary.
    pub(crate) fn learn(surfaces: &[String]) -> Self {
        let mut lemmas = Self { nouns: HashMap::new(), verbs: HashMap::new(), attested: surfaces.iter().cloned().collect() };
        for surface in surfaces {
            *lemmas.nouns.entry(surface.clone()).or_default() += 1;
            for stem in stems(surface) {
                let families = if stem.verb { &mut lemmas.verbs } else { &mut lemmas.nouns };
                *families.entry(stem.text).or_default() += 1;
            }
        }
        lemmas
    }

    /// The term that a surface form is filed under.
    pub(crate) fn of(&self, surface: &str) -> String {
        if let Some(stem) = singular(surface).filter(|stem| self.attested.contains(stem)) {
            return stem;
        }
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
        // Nouns first, then the verb with the largest family; the longest piece comes off first.
        let allowed = stems(word).into_iter().filter(|stem| self.allows(word, stem));
        let rank = |stem: &Stem| {
            let family = if stem.verb { self.verbs.get(&stem.text).copied().unwrap_or(0) } else { 0 };
            (stem.verb, std::cmp::Reverse(family), stem.text.len())
        };
        allowed.min_by_key(rank).map(|stem| stem.text)
    }

    fn allows(&self, word: &str, stem: &Stem) -> bool {
        let own = self.nouns.get(word).copied().unwrap_or(0);
        let families = if stem.verb { &self.verbs } else { &self.nouns };
        let family = families.get(&stem.text).copied().unwrap_or(0);
        let n_syllables = stem.text.chars().filter(|c| is_syllable(*c)).count();
        match (n_syllables, stem.strength) {
            // A particle after Latin, on its own.
            (0, _) => true,
            (1, _) => SHORT_STEM_FAMILY <= family && own * 2 < family,
            (_, Strength::Strong) => true,
            (_, Strength::Weak) if stem.verb => STEM_FAMILY < family && own * 2 <= family,
            (_, Strength::Weak) => STEM_FAMILY <= family && own < family,
        }
    }
}
