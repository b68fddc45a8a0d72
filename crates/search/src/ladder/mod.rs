//! From a typed word to terms of the dictionary, best rung first. Guesses (layout, typo) are made only where nothing better exists.

mod automaton;
mod direct;
mod guess;
mod named;

pub(crate) use automaton::Automaton;
pub(crate) use direct::continuations;
#[cfg(feature = "build")]
pub(crate) use direct::singular;
pub(crate) use guess::push_mistyped;
#[cfg(feature = "build")]
pub(crate) use named::SYNONYM_MARK;

use hangul::{Stem, Strength, stems};

use crate::{
    index::Lookup,
    query::Word,
    rung::Rung,
    score::PhraseMatch,
    token::{Script, tokens},
};

/// A term that a word may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) term: u32,
    pub(crate) rung: Rung,
    /// Share of the score that it keeps within its rung, 0..=1.
    pub(crate) share: f32,
}

/// Two halves of a word that must stand side by side in the text: 대량해고 as 대량 해고.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Split {
    pub(crate) left: Vec<Candidate>,
    pub(crate) right: Vec<Candidate>,
    /// How the word led to them.
    pub(crate) rung: Rung,
    /// Where they do.
    pub(crate) docs: Vec<PhraseMatch>,
}

impl Split {
    /// Are both halves words as they stand?
    fn is_exact(&self) -> bool {
        let exact = |half: &[Candidate]| half.iter().any(|candidate| candidate.rung == Rung::Exact);
        exact(&self.left) && exact(&self.right)
    }
}

/// Everything that a word may mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) splits: Vec<Split>,
}

/// What the word stands among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// The only word of the query: guess freely.
    Alone,
    /// One of several: words that carry little are not guessed at.
    Sentence,
    /// One of so many that the text need not have them all, or not in these words.
    Question,
}

/// A word of fewer syllables is not taken for a mistyped one inside a sentence, where 밥은 would become 답은.
const MIN_TYPO_SYLLABLES_IN_SENTENCE: usize = 3;

/// Up to this distance (see `sound::distance`) a word that the vocabulary does not have is taken for one that sounds like it before anything
/// else is tried; more takes slips of the fingers for foreign words.
const SURE_SOUND: usize = 2;

impl Meaning {
    fn is_empty(&self) -> bool {
        self.candidates.is_empty() && self.splits.is_empty()
    }

    /// Adds a candidate, or betters the one that is known for the term.
    fn push(&mut self, term: u32, rung: Rung, share: f32) {
        match self.candidates.iter_mut().find(|known| known.term == term) {
            Some(known) if (known.rung, 1.0 - known.share) <= (rung, 1.0 - share) => {}
            Some(known) => *known = Candidate { term, rung, share },
            None => self.candidates.push(Candidate { term, rung, share }),
        }
    }
}

/// Pushes what a word leads to or, as long as that is nothing, what is left of it without the particles that `allowed` lets go. Three steps
/// take off the longest stacks that occur.
fn push_forms(word: &Word, allowed: fn(&Stem) -> bool, meaning: &mut Meaning, push: &mut dyn FnMut(&str, &mut Meaning)) {
    let mut forms = vec![word.text.clone()];
    for _ in 0..3 {
        for form in &forms {
            push(form, meaning);
        }
        if !meaning.is_empty() {
            break;
        }
        forms = forms.iter().flat_map(|form| stems(form)).filter(allowed).map(|stem| stem.text).collect();
    }
}

/// Certain particles, and all of them.
fn sure_noun(stem: &Stem) -> bool {
    stem.strength == Strength::Strong && !stem.verb
}

/// See [`sure_noun`].
fn any_noun(stem: &Stem) -> bool {
    !stem.verb
}

/// All candidates of a word. `literal` leaves out what was not typed: spelling, choseong, layout, typos.
pub(crate) fn meaning(index: &Lookup<'_>, word: &Word, setting: Setting, literal: bool) -> Meaning {
    let n_missing = index.n_missing();
    let mut meaning = understood(index, word, setting, literal);
    if literal || !meaning.is_empty() || n_missing < index.n_missing() {
        return meaning;
    }
    // With caps lock on, every shifted key is another jamo: what makes no sense is read without shift.
    let is_shifted = word.typed.bytes().any(|byte| byte.is_ascii_uppercase());
    let unshifted = is_shifted.then(|| Word { typed: word.typed.to_ascii_lowercase(), ..word.clone() });
    for other in [Some(word), unshifted.as_ref()].into_iter().flatten().filter_map(in_other_layout) {
        if !meaning.is_empty() {
            break;
        }
        let found = understood(index, &other, setting, false);
        for candidate in found.candidates {
            // What the other layout spells exactly is hardly a guess; its own guesses are.
            let share = if candidate.rung <= Rung::Stem { candidate.share } else { 0.3 * candidate.share };
            meaning.push(candidate.term, Rung::Layout, share);
        }
        meaning.splits = found.splits;
    }
    if meaning.is_empty() && n_missing == index.n_missing() {
        guess::push_containing(index, word, &mut meaning);
    }
    let long_enough = setting == Setting::Alone || word.text.chars().count() >= MIN_TYPO_SYLLABLES_IN_SENTENCE;
    if meaning.is_empty() && long_enough && n_missing == index.n_missing() {
        guess::push_mistyped(index, word, &mut meaning);
    }
    if meaning.is_empty() && n_missing == index.n_missing() {
        push_forms(word, any_noun, &mut meaning, &mut |text, meaning| named::push_named(index, text, usize::MAX, meaning));
    }
    meaning
}

/// Two words of the query taken as one: only what the vocabulary has.
pub(crate) fn joined(index: &Lookup<'_>, word: &Word) -> Vec<Candidate> {
    let mut meaning = Meaning::default();
    direct::push_direct(index, word, Setting::Alone, true, &mut meaning);
    direct::push_continued(index, word, &mut meaning);
    meaning.candidates.retain(|candidate| candidate.rung <= Rung::Prefix);
    meaning.candidates
}

/// The rungs that take the word as it was typed.
fn understood(index: &Lookup<'_>, word: &Word, setting: Setting, literal: bool) -> Meaning {
    let n_missing = index.n_missing();
    let mut meaning = Meaning::default();
    if !literal && guess::has_lone_consonants(&word.text) {
        guess::push_choseong(index, &word.text, &mut meaning);
        if meaning.is_empty() && n_missing == index.n_missing() {
            guess::push_choseong_pairs(index, &word.text, &mut meaning);
        }
    }
    direct::push_direct(index, word, setting, literal, &mut meaning);
    if !literal && meaning.candidates.is_empty() && n_missing == index.n_missing() {
        push_forms(word, any_noun, &mut meaning, &mut |text, meaning| named::push_named(index, text, SURE_SOUND, meaning));
    }
    if word.last || meaning.candidates.is_empty() {
        direct::push_continued(index, word, &mut meaning);
        if word.last && setting == Setting::Alone {
            direct::prefer_beginnings(index, word, &mut meaning);
        }
    }
    // A word that the vocabulary has is not cut up.
    let unknown = meaning.candidates.iter().all(|candidate| Rung::Exact < candidate.rung);
    if unknown && n_missing == index.n_missing() {
        direct::push_splits(index, word, &mut meaning);
        if meaning.splits.iter().any(Split::is_exact) {
            // 대량해고 is 대량 해고, not a form of 대량하다.
            for candidate in meaning.candidates.iter_mut().filter(|candidate| candidate.rung <= Rung::Spelling) {
                candidate.rung = Rung::Part;
            }
        }
    }
    if meaning.is_empty() && n_missing == index.n_missing() {
        direct::push_short_verbs(index, word, &mut meaning);
        if meaning.is_empty() && word.script == Script::Hangul {
            direct::push_continued_stems(index, word, &mut meaning);
        }
    }
    meaning
}

/// The word typed with the keyboard in the other layout; `None` when that gives no word.
fn in_other_layout(word: &Word) -> Option<Word> {
    let text = match word.script {
        Script::Latin => hangul::from_qwerty(&word.typed),
        Script::Hangul => hangul::to_qwerty(&word.typed).to_ascii_lowercase(),
        Script::Other => return None,
    };
    let token = tokens(&text).into_iter().next()?;
    let whole = token.range == (0..text.len());
    let n_syllables = text.chars().filter(|c| hangul::is_syllable(*c)).count();
    let plausible = match word.script {
        // A keyboard switched by mistake gives syllables; English words give jamo that do not join.
        Script::Latin => n_syllables > 0 && n_syllables + 1 >= text.chars().count(),
        _ => text.len() >= 3,
    };
    (whole && plausible).then(|| Word { typed: text.clone(), text, script: token.script, ..word.clone() })
}
