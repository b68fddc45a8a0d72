//! The rungs that guess: initial consonants, and what a slip of the fingers makes of a word.

use hangul::{CHOSEONG_BASE, JUNGSEONG_BASE, Stem, Strength, encode, is_choseong, is_syllable};

use super::{
    Candidate, Meaning, Split,
    automaton::{Choseong, DROPPED_COST, Slips},
    push_forms, sure_noun,
};
use crate::{index::Lookup, order::best_first, query::Word, rung::Rung, token::Script};

/// Initials beyond which terms no longer count as found: a tail of this many bytes is another word.
const MAX_CHOSEONG_TAIL: u8 = 12;
/// So many terms one guess may lead to; the best ones.
const MAX_GUESSES: usize = 24;
/// What the other spelling of a guess is worth beside it.
const SPELLING_SHARE: f32 = 0.3;
/// A key of so many jamo may have two wrong.
const TWO_EDITS_FROM: usize = 11;
/// A key of fewer jamo is not corrected: everything is near it.
const MIN_EDIT_KEY: usize = 4;

/// Two consonants in a row, or one after a syllable and before another: typed on purpose, not on the way to a syllable.
pub(super) fn has_lone_consonants(text: &str) -> bool {
    let n_lone = text.chars().filter(|c| is_choseong(*c)).count();
    let only_at_end = n_lone == 1 && text.ends_with(is_choseong);
    2 <= n_lone && text.chars().all(|c| is_syllable(c) || is_choseong(c)) || n_lone == 1 && !only_at_end
}

/// Terms by their initials: whole terms first, then those that begin like it.
pub(super) fn push_choseong(index: &Lookup<'_>, text: &str, meaning: &mut Meaning) {
    let found = by_choseong(index, text, MAX_CHOSEONG_TAIL);
    for (rank, (tail, term)) in found.into_iter().enumerate() {
        let share = if tail == 0 { 1.0 / (1.0 + 0.1 * rank as f32) } else { 0.3 / f32::from(tail) };
        meaning.push(term, Rung::Choseong, share);
        for other in index.spellings(term).filter_map(|key| index.find(key)) {
            meaning.push(other, Rung::Choseong, share * SPELLING_SHARE);
        }
    }
}

/// (bytes more, term) of the best terms by their initials.
fn by_choseong(index: &Lookup<'_>, text: &str, max_tail: u8) -> Vec<(u8, u32)> {
    let automaton = Choseong::new(text);
    let mut found: Vec<(u8, u32)> = Vec::new();
    index.walk(index.with_prefix(&automaton.fixed_prefix()), &automaton, |term, tail| {
        if tail <= max_tail {
            found.push((tail, term));
        }
    });
    commonest_first(index, &mut found, MAX_GUESSES);
    found
}

/// Initials of two words that stand side by side in the text: ㄷㄹㅎㄱ → 대량 해고.
pub(super) fn push_choseong_pairs(index: &Lookup<'_>, text: &str, meaning: &mut Meaning) {
    let candidates = |text: &str, max_tail: u8| -> Vec<Candidate> {
        let found = by_choseong(index, text, max_tail).into_iter();
        found.map(|(_, term)| Candidate { term, rung: Rung::Choseong, share: 1.0 }).collect()
    };
    let n = text.chars().count();
    for (at, _) in text.char_indices().skip(2).take(n.saturating_sub(3)) {
        let (left, right) = text.split_at(at);
        let left = candidates(left, 0);
        let right = if left.is_empty() { Vec::new() } else { candidates(right, MAX_CHOSEONG_TAIL) };
        let docs = if right.is_empty() { Vec::new() } else { index.phrase(&[&left, &right], Rung::Choseong) };
        if !docs.is_empty() {
            meaning.splits.push(Split { left, right, rung: Rung::Choseong, docs });
        }
    }
}

/// Compounds that have the word in them where the vocabulary does not know it alone: 탈자 → 오탈자. Particles come off first if the word
/// with them leads nowhere.
pub(super) fn push_containing(index: &Lookup<'_>, word: &Word, meaning: &mut Meaning) {
    if word.script != Script::Hangul || !word.text.chars().all(is_syllable) {
        return;
    }
    push_forms(word, sure_noun, meaning, &mut |text, meaning| {
        if text.chars().nth(1).is_none() {
            return;
        }
        let key = encode(text);
        // (bytes more, term)
        let mut found: Vec<(u8, u32)> = Vec::new();
        for range in index.for_guess(key.first().copied()) {
            index.containing(range, &key, |term, term_key| {
                found.push((u8::try_from(term_key.len() - key.len()).unwrap_or(u8::MAX), term));
            });
        }
        commonest_first(index, &mut found, MAX_GUESSES);
        for (more, term) in found {
            meaning.push(term, Rung::Part, key.len() as f32 / (key.len() + usize::from(more)) as f32);
        }
    });
}

/// Terms that the word may have been meant to be: two syllables swapped, one dropped, one or two jamo wrong. Particles come off first if
/// the word with them leads nowhere.
pub(crate) fn push_mistyped(index: &Lookup<'_>, word: &Word, meaning: &mut Meaning) {
    if word.script == Script::Other {
        return;
    }
    let sure = |stem: &Stem| stem.strength == Strength::Strong;
    push_forms(word, sure, meaning, &mut |form, meaning| push_mistyped_form(index, form, word.script, meaning));
}

fn push_mistyped_form(index: &Lookup<'_>, text: &str, script: Script, meaning: &mut Meaning) {
    // (how unlikely, term): the commoner term wins among equals.
    let mut found: Vec<(u8, u32)> = Vec::new();
    if script == Script::Hangul {
        push_swapped(index, text, &mut found);
    }
    let key = encode(text);
    let max_edits = match key.len() {
        n if n < MIN_EDIT_KEY => 0,
        n if n < TWO_EDITS_FROM => 1,
        _ => 2,
    };
    if let Some(automaton) = Slips::new(&key, max_edits).filter(|_| text.chars().nth(1).is_some()) {
        let n_syllables = n_syllables(&key);
        // A single slip in the first letter needs no look at the other letters' terms: the rest is right.
        let first = key.first().copied().filter(|first| max_edits < 2 && is_choseong_byte(*first));
        let ranges = match first {
            Some(first) => vec![index.with_prefix(&[first])],
            None => index.for_guess(key.first().copied()),
        };
        for range in ranges {
            index.walk(range, &automaton, |term, cost| {
                // Wrong bytes come in twos; what also changes the number of syllables is a little worse.
                let other_length = script == Script::Hangul && cost % 2 == 0 && n_syllables != self::n_syllables(index.key(term));
                found.push((cost + u8::from(other_length), term));
            });
        }
        if let Some(first) = first.filter(|_| 0 < max_edits) {
            let mut other = key;
            for byte in (CHOSEONG_BASE..JUNGSEONG_BASE).filter(|byte| *byte != first) {
                if let Some(slot) = other.first_mut() {
                    *slot = byte;
                }
                found.extend(index.find_for_guess(&other).map(|term| (2, term)));
            }
        }
    }
    let Some(best) = found.iter().map(|(cost, _)| *cost).min() else { return };
    found.retain(|(cost, _)| *cost <= best + 1);
    commonest_first(index, &mut found, MAX_GUESSES / 4);
    for (rank, (cost, term)) in found.into_iter().enumerate() {
        let share = 1.0 / (1.0 + 0.5 * rank as f32) / (1.0 + f32::from(cost - best));
        meaning.push(term, Rung::Typo, share);
    }
}

/// Keeps the `n` best by cost and, among equals, by how many documents have the term.
fn commonest_first(index: &Lookup<'_>, found: &mut Vec<(u8, u32)>, n: usize) {
    let rank = |(cost, term): &(u8, u32)| (*cost, std::cmp::Reverse(index.n_postings(*term)), *term);
    best_first(found, n, |a, b| rank(a) < rank(b));
    found.truncate(n);
}

fn is_choseong_byte(byte: u8) -> bool {
    (CHOSEONG_BASE..JUNGSEONG_BASE).contains(&byte)
}

fn n_syllables(key: &[u8]) -> usize {
    key.iter().filter(|byte| (hangul::JUNGSEONG_BASE..hangul::JONGSEONG_BASE).contains(*byte)).count()
}

/// 드롭운다 → 드롭다운, 드드롭다운 → 드롭다운
fn push_swapped(index: &Lookup<'_>, text: &str, found: &mut Vec<(u8, u32)>) {
    let mut chars: Vec<char> = text.chars().collect();
    for (at, c) in text.char_indices().filter(|_| 3 < chars.len()) {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + c.len_utf8()..).unwrap_or_default());
        found.extend(index.find(&encode(&[before, after].concat())).map(|term| (DROPPED_COST, term)));
    }
    for at in 1..chars.len() {
        chars.swap(at - 1, at);
        let key = encode(&chars.iter().collect::<String>());
        found.extend(index.find(&key).map(|term| (2, term)));
        chars.swap(at - 1, at);
    }
}
