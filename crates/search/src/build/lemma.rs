//! Which stem a word of the corpus is filed under, decided by the corpus' own vocabulary: a word whose family (forms with other particles)
//! stands in the corpus too is its own stem, so 담당자 and 고속도로 keep their last syllable. Where a word may be both (바다, 믿음, 중요도), it
//! is filed under both.

use std::collections::{HashMap, HashSet};

use hangul::{Stem, Strength, is_syllable, stems};

use crate::ladder::singular;

/// A doubtful ending comes off only when this many forms of the remaining stem occur. Less strips more rare words; legal: 1 and above.
const STEM_FAMILY: usize = 2;
/// The same for a stem of one syllable, which says little.
const SHORT_STEM_FAMILY: usize = 4;

/// An ending of so many syllables (지만, 는데, 면서) stands after verbs only.
const SURE_ENDING: usize = 2;
/// Particles of the subject and the object.
const CASES: [&str; 4] = ["을", "를", "이", "가"];
/// Endings that make a noun of a verb; the other one is a final ㅁ.
const NOMINAL_ENDINGS: [&str; 1] = ["기"];

/// Stems of every surface form.
pub(crate) struct Lemmas {
    /// How many forms with a particle each noun has.
    nouns: HashMap<String, usize>,
    /// How many forms with an ending each verb stem has.
    verbs: HashMap<String, usize>,
    /// The same with endings that no noun is followed by.
    sure_verbs: HashMap<String, usize>,
    attested: HashSet<String>,
}

/// What a surface form is filed under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lemma {
    /// Its term.
    pub(crate) term: String,
    /// What it may be a form of besides: 믿 of 믿음.
    pub(crate) form_of: Option<String>,
}

impl Lemmas {
    /// Learns the families of a vocabulary.
    pub(crate) fn learn(surfaces: &[String]) -> Self {
        let attested = surfaces.iter().cloned().collect();
        let mut lemmas = Self { nouns: HashMap::new(), verbs: HashMap::new(), sure_verbs: HashMap::new(), attested };
        for surface in surfaces {
            *lemmas.nouns.entry(surface.clone()).or_default() += 1;
            for stem in stems(surface) {
                if stem.verb && stem.text.chars().count() + SURE_ENDING <= surface.chars().count() {
                    *lemmas.sure_verbs.entry(stem.text.clone()).or_default() += 1;
                }
                let families = if stem.verb { &mut lemmas.verbs } else { &mut lemmas.nouns };
                *families.entry(stem.text).or_default() += 1;
            }
        }
        lemmas
    }

    /// The terms that a surface form is filed under.
    pub(crate) fn of(&self, surface: &str) -> Lemma {
        if let Some(term) = singular(surface).filter(|stem| self.attested.contains(stem)) {
            return Lemma { term, form_of: None };
        }
        let (mut term, mut word, mut was_verb) = (None, surface.to_owned(), false);
        // Three steps take off the longest stacks that occur: 개발자-들-에게-는.
        for _ in 0..4 {
            let Some(stem) = self.step(&word, was_verb).filter(|stem| stem.text != word) else { break };
            if term.is_none() && self.is_word_itself(&word, &stem) {
                if !stem.verb && stem.text.chars().nth(1).is_none() {
                    // 목적 has nothing to do with 목.
                    break;
                }
                term = Some(word);
            }
            (word, was_verb) = (stem.text, stem.verb);
        }
        match term {
            Some(term) => Lemma { term, form_of: Some(word) },
            None => Lemma { term: word, form_of: None },
        }
    }

    fn step(&self, word: &str, is_verb: bool) -> Option<Stem> {
        // Nouns first, then the verb with the largest family; the longest piece comes off first unless it leaves one syllable of a noun:
        // 목적으로 is of 목적, not of 목.
        let allowed = stems(word).into_iter().filter(|stem| !(is_verb && stem.is_weak_noun()) && self.allows(word, stem));
        let rank = |stem: &Stem| {
            let family = if stem.verb { self.verbs.get(&stem.text).copied().unwrap_or(0) } else { 0 };
            let is_short = !stem.verb && stem.text.chars().nth(1).is_none();
            (stem.verb, is_short, std::cmp::Reverse(family), stem.irregular, stem.text.len())
        };
        allowed.min_by_key(rank)
    }

    /// Does the step lead from one word to another, rather than from a form to its word? Nouns made of verbs are words of their own, and so
    /// is what the corpus has as subject or object: no particle that was only taken for one has those after it.
    fn is_word_itself(&self, word: &str, stem: &Stem) -> bool {
        let is_nominal = stem.verb && NOMINAL_ENDINGS.iter().any(|ending| word.ends_with(ending));
        let is_short = stem.text.chars().nth(1).is_none();
        let n_syllables = word.chars().filter(|c| is_syllable(*c)).count();
        2 <= n_syllables
            && stem.strength == Strength::Weak
            && (is_nominal && is_short || word.ends_with(has_mieum) && stem.verb || self.is_subject_or_object(word))
    }

    fn is_subject_or_object(&self, word: &str) -> bool {
        CASES.iter().any(|case| hangul::takes_particle(word, case) && self.attested.contains(&[word, case].concat()))
    }

    fn allows(&self, word: &str, stem: &Stem) -> bool {
        let mut own = self.nouns.get(word).copied().unwrap_or(0);
        if stem.is_weak_noun() && !self.is_subject_or_object(word) {
            // 무엇이든 and 무엇이라도 do not make a word of 무엇이.
            own = own.min(1);
        }
        let families = if stem.verb { &self.verbs } else { &self.nouns };
        let family = families.get(&stem.text).copied().unwrap_or(0);
        let n_syllables = stem.text.chars().filter(|c| is_syllable(*c)).count();
        match (n_syllables, stem.strength) {
            // A particle after Latin, on its own.
            (0, _) => true,
            // 해고 is no form of 해: no long ending shows that there is such a verb.
            (1, _) if stem.verb && self.sure_verbs.get(&stem.text).copied().unwrap_or(0) < STEM_FAMILY => false,
            (1, _) => SHORT_STEM_FAMILY <= family && own * 2 < family,
            (_, Strength::Strong) => true,
            (_, Strength::Weak) if stem.verb => STEM_FAMILY < family && own * 2 <= family,
            (_, Strength::Weak) => STEM_FAMILY <= family && own < family,
        }
    }
}

/// A syllable in ㅁ, which may make a noun of a verb: 느낌, 믿음.
fn has_mieum(c: char) -> bool {
    hangul::parts(c).is_some_and(|(.., last)| last == Some('ㅁ'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmas(words: &str) -> Lemmas {
        Lemmas::learn(&words.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[track_caller]
    fn check(lemmas: &Lemmas, surface: &str, term: &str, form_of: Option<&str>) {
        assert_eq!(lemmas.of(surface), Lemma { term: term.to_owned(), form_of: form_of.map(str::to_owned) }, "{surface}");
    }

    #[test]
    fn a_word_that_is_also_a_form_is_filed_under_both() {
        let corpus = lemmas("믿음 믿음을 믿다 믿고 믿는 믿어서 믿으면 믿지 중요도 중요도를 중요한 중요하다 중요와 중요를 중요는 중요의");
        check(&corpus, "믿음", "믿음", Some("믿"));
        check(&corpus, "믿음을", "믿음", Some("믿"));
        check(&corpus, "믿고", "믿", None);
        check(&corpus, "중요도", "중요도", Some("중요"));
        check(&corpus, "중요도를", "중요도", Some("중요"));
        check(&corpus, "중요하다", "중요", None);
    }

    #[test]
    fn two_syllables_stay_where_they_can() {
        let corpus = lemmas("목적으로 목적을 목적이 목이 목을 목에 목은 목에서 목까지");
        check(&corpus, "목적으로", "목적", None);
    }

    #[test]
    fn a_stack_of_particles_is_no_word() {
        let corpus = lemmas("도구로 도구로는 도구로도 도구를 도구가 도구와");
        check(&corpus, "도구로는", "도구", None);
    }

    #[test]
    fn irregular_verbs_come_down_to_one_stem() {
        let corpus = lemmas("어렵다 어렵고 어려운 어려워서 어려웠다 배우다 배우는 배웠다 배워서 골라 골랐다 고르는 고르고 고르다");
        for surface in ["어렵고", "어려운", "어려웠다"] {
            check(&corpus, surface, "어렵", None);
        }
        check(&corpus, "배웠다", "배우", None);
        check(&corpus, "골랐다", "고르", None);
    }
}
