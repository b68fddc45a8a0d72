//! The rungs that need no guess: the term itself, its stem, its other spelling, longer terms that begin like it, and its two halves.

use hangul::{CHOSEONG_BASE, JONGSEONG_BASE, JUNGSEONG_BASE, Stem, Strength, encode, is_syllable, stems};

use super::{
    Candidate, Meaning, Setting, Split,
    automaton::is_one_syllable,
    named::{push_spellings, push_synonyms},
    push_forms, sure_noun,
};
use crate::{
    index::Lookup,
    order::best_first,
    query::{Word, is_particle},
    rung::Rung,
    token::Script,
};

/// At most so many terms continue a prefix; the shortest win. More costs time on one-letter words and finds nothing that a reader would
/// look for; less loses rare words behind frequent short ones.
const MAX_PREFIX_TERMS: usize = 96;
/// The same for less than a closed syllable, where most documents have some of the terms and the shortest stand in thousands of them.
const MAX_OPEN_PREFIX_TERMS: usize = 24;
/// Such terms are taken, the shortest first, until they have so many postings or an eighth of all documents, whichever is more. More says
/// nothing: every story has a word in ㅇ.
const MIN_OPEN_POSTINGS: u32 = 2000;
/// See [`MIN_OPEN_POSTINGS`].
const OPEN_SHARE: u32 = 8;
/// A word of one syllable that more than one in so many documents have is no half of a compound.
const COMMON_SHARE: u32 = 4;

/// Bytes of the longest particle as a key, four syllables.
const MAX_PARTICLE_KEY: usize = 12;

/// The word itself or, if the vocabulary does not have it, its stem; and their other spellings.
pub(super) fn push_direct(index: &Lookup<'_>, word: &Word, setting: Setting, literal: bool, meaning: &mut Meaning) {
    let found = forms(index, &word.text, setting);
    for Form { term, rung, verb } in found.terms {
        // A word that no text has may still lead to others.
        if 0 < index.n_postings(term) {
            meaning.push(term, rung, 1.0);
        }
        if literal {
            continue;
        }
        // 켜 is no 키 (key), and 푸 no 풀 (full).
        if !verb {
            push_spellings(index, term, meaning);
        }
        if setting == Setting::Question {
            push_synonyms(index, index.key(term), rung == Rung::Stem, meaning);
        }
    }
}

/// A term that is a word or what is left of it.
struct Form {
    term: u32,
    rung: Rung,
    verb: bool,
}

/// What a word may be a form of.
#[derive(Default)]
pub(super) struct Forms {
    terms: Vec<Form>,
    /// Verbs of one syllable, when there is nothing else and the word stands alone, where they say little.
    short: Vec<Form>,
}

/// Terms that are the word itself or, failing that, what is left of it after the fewest steps.
fn forms(index: &Lookup<'_>, text: &str, setting: Setting) -> Forms {
    let find = |text: &str| index.find(&encode(text));
    let mut found = Forms::default();
    if let Some(term) = find(text) {
        found.terms.push(Form { term, rung: Rung::Exact, verb: false });
        if setting != Setting::Alone && is_nominal(text) {
            // 바꾸기 in a question is met by 바꾼다.
            let verbs = stems(text).into_iter().filter(|stem| stem.verb);
            found.terms.extend(verbs.filter_map(|stem| find(&stem.text)).map(|term| Form { term, rung: Rung::Stem, verb: true }));
        }
        if setting != Setting::Alone {
            let nouns = stems(text).into_iter().filter(|stem| stem.is_weak_noun() && stem.text.chars().nth(1).is_some());
            found.terms.extend(nouns.filter_map(|stem| find(&stem.text)).map(|term| Form { term, rung: Rung::Part, verb: true }));
        }
        return found;
    }
    let mut shorter = stems(text);
    shorter.extend(singular(text).map(|text| Stem { text, strength: Strength::Strong, verb: false, irregular: false }));
    // Three steps take off the longest stacks of particles that occur.
    for _ in 0..3 {
        for stem in &shorter {
            let Some(term) = find(&stem.text) else { continue };
            let is_short = stem.verb && setting == Setting::Alone && stem.text.chars().nth(1).is_none();
            let terms = if is_short { &mut found.short } else { &mut found.terms };
            match terms.iter_mut().find(|known| known.term == term) {
                // 글꼴은 may be of a verb, and is of a noun.
                Some(known) => known.verb &= stem.verb,
                None => terms.push(Form { term, rung: Rung::Stem, verb: stem.verb }),
            }
        }
        if !found.terms.is_empty() {
            break;
        }
        let steps = |from: &Stem| {
            let was_verb = from.verb;
            stems(&from.text).into_iter().filter(move |stem| !(was_verb && stem.is_weak_noun()))
        };
        shorter = shorter.iter().flat_map(steps).collect();
    }
    found
}

/// Verbs of one syllable that a word alone may be a form of, for want of anything better.
pub(super) fn push_short_verbs(index: &Lookup<'_>, word: &Word, meaning: &mut Meaning) {
    for Form { term, rung, .. } in forms(index, &word.text, Setting::Alone).short {
        meaning.push(term, rung, 1.0);
    }
}

/// What is left of a word without particles as the beginning of longer terms: 내구에서 → 내구성.
pub(super) fn push_continued_stems(index: &Lookup<'_>, word: &Word, meaning: &mut Meaning) {
    push_forms(word, |stem| sure_noun(stem) && stem.text.chars().nth(1).is_some(), meaning, &mut |text, meaning| {
        if text != word.text {
            push_terms_from(index, &encode(text), Rung::Prefix, meaning);
        }
    });
}

fn push_terms_from(index: &Lookup<'_>, key: &[u8], rung: Rung, meaning: &mut Meaning) {
    for (term, rest) in shortest_continued(index, key) {
        meaning.push(term, rung, key.len() as f32 / (key.len() + rest.len()) as f32);
    }
}

/// While a word is typed, 서블 is the beginning of 서블릿 rather than a form of 서브.
pub(super) fn prefer_beginnings(index: &Lookup<'_>, word: &Word, meaning: &mut Meaning) {
    let is_begun = meaning.candidates.iter().any(|candidate| candidate.rung == Rung::Prefix);
    let Some((_, _, Some(_))) = word.text.chars().next_back().and_then(hangul::parts).filter(|_| is_begun) else { return };
    let mut without_final = encode(&word.text);
    without_final.pop();
    for candidate in &mut meaning.candidates {
        if candidate.rung == Rung::Stem && index.key(candidate.term) == without_final {
            *candidate = Candidate { rung: Rung::HalfTyped, share: 0.5, ..*candidate };
        }
    }
}

/// May it be a noun made of a verb: 바꾸기, 느낌?
fn is_nominal(word: &str) -> bool {
    word.ends_with(|c| c == '기' || hangul::parts(c).is_some_and(|(.., last)| last == Some('ㅁ')))
}

/// An English plural without its `s`.
pub(crate) fn singular(text: &str) -> Option<String> {
    let stem = text.strip_suffix('s')?;
    (stem.len() >= 3 && stem.bytes().all(|b| b.is_ascii_lowercase()) && !stem.ends_with(['s', 'u', 'i'])).then(|| stem.to_owned())
}

/// Longer terms that begin like the word.
pub(super) fn push_continued(index: &Lookup<'_>, word: &Word, meaning: &mut Meaning) {
    let terms = index;
    if word.script != Script::Hangul && word.text.len() < 2 {
        return;
    }
    for (key, rung) in prefixes(&word.text) {
        let mut n_left = if key.len() <= 2 { MIN_OPEN_POSTINGS.max(index.n_docs() / OPEN_SHARE) } else { u32::MAX };
        for (term, rest) in shortest_continued(index, &key) {
            if n_left == 0 {
                break;
            }
            n_left = n_left.saturating_sub(index.n_postings(term));
            // The last syllable got a final: 가 → 강
            let unfinished = rest.first().is_some_and(|next| JONGSEONG_BASE <= *next);
            let rung = match word.script {
                Script::Hangul if unfinished => Rung::HalfTyped,
                Script::Hangul if rung == Rung::Prefix && is_inflected(&word.text, rest) => Rung::Stem,
                _ => rung,
            };
            let share = if rung == Rung::Stem { 1.0 } else { key.len() as f32 / (key.len() + rest.len()) as f32 };
            meaning.push(term, rung, share);
            if rung != Rung::Stem && 0.7 < share {
                // The continued word has another spelling too: 카프ㅋ → 카프카 → kafka
                for other in terms.spellings(term).filter_map(|key| terms.find(key)) {
                    meaning.push(other, rung, share * 0.3);
                }
            }
        }
    }
}

/// The shortest terms that go on after `key`, in order, with the rest of their keys.
fn shortest_continued<'a>(index: &Lookup<'a>, key: &[u8]) -> Vec<(u32, &'a [u8])> {
    let range = index.with_prefix(key);
    let max_terms = if key.len() <= 2 { MAX_OPEN_PREFIX_TERMS } else { MAX_PREFIX_TERMS };
    let rest_len = |term_key: &[u8]| term_key.len().saturating_sub(key.len()).min(usize::from(u8::MAX));
    // How many terms have each length, to know where the shortest end: no sorting, whatever the prefix.
    let mut n_by_len = [0usize; 256];
    index.for_each_key(range.clone(), |_, key| {
        if let Some(n) = n_by_len.get_mut(rest_len(key)) {
            *n += 1;
        }
    });
    let (mut n_shorter, mut longest) = (0, 0);
    for (len, n) in n_by_len.iter().enumerate().skip(1) {
        longest = len;
        if max_terms < n_shorter + n {
            break;
        }
        n_shorter += n;
    }
    let mut n_longest = max_terms - n_shorter;
    let mut out = Vec::with_capacity(max_terms);
    index.for_each_key(range, |term, term_key| {
        let len = rest_len(term_key);
        let wanted = 0 < len && (len < longest || len == longest && 0 < n_longest);
        if wanted {
            n_longest -= usize::from(len == longest);
            out.push((term, term_key.get(key.len()..).unwrap_or_default()));
        }
    });
    best_first(&mut out, usize::MAX, |(a_term, a), (b_term, b)| (a.len(), a_term) < (b.len(), b_term));
    out
}

/// Is the rest of a term's key, after the word, a particle? Rare words keep theirs when the corpus does not show where the stem ends.
fn is_inflected(word: &str, rest: &[u8]) -> bool {
    // Longer than the longest particle: no need to look.
    rest.len() <= MAX_PARTICLE_KEY && hangul::takes_particle(word, &hangul::decode(rest))
}

/// The keys that a word in the making may be the beginning of: 컴ㅍ and 컾 both lead to 컴퓨터.
fn prefixes(text: &str) -> Vec<(Vec<u8>, Rung)> {
    let key = encode(text);
    let Some(last) = text.chars().next_back() else { return Vec::new() };
    if !is_syllable(last) {
        let lone = !last.is_ascii() && 1 < key.len();
        return vec![(key, if lone { Rung::HalfTyped } else { Rung::Prefix })];
    }
    let mut moved = key.clone();
    let mut out = vec![(key, Rung::Prefix)];
    if let Some((_, _, Some(final_))) = hangul::parts(last) {
        moved.pop();
        let moves = match hangul::split_cluster(final_) {
            Some((stays, moves)) => {
                hangul::encode_final(stays, &mut moved);
                moves
            }
            None => final_,
        };
        hangul::encode_char(moves, &mut moved);
        if moved.last().is_some_and(|byte| (CHOSEONG_BASE..JUNGSEONG_BASE).contains(byte)) {
            out.push((moved, Rung::HalfTyped));
        }
    }
    out
}

/// All terms that a word in the making may become.
pub(crate) fn continuations(index: &Lookup<'_>, text: &str) -> Vec<std::ops::Range<u32>> {
    prefixes(text).iter().map(|(key, _)| index.with_prefix(key)).collect()
}

/// The word cut in two where both halves are words of the vocabulary. The text must have them side by side.
pub(super) fn push_splits(index: &Lookup<'_>, word: &Word, meaning: &mut Meaning) {
    let n_syllables = word.text.chars().count();
    if word.script != Script::Hangul || !(3..=12).contains(&n_syllables) || !word.text.chars().all(is_syllable) {
        return;
    }
    let half = |text: &str| -> Vec<Candidate> {
        let Forms { terms, short } = forms(index, text, Setting::Alone);
        let terms = if terms.is_empty() { short } else { terms };
        terms.into_iter().map(|Form { term, rung, .. }| Candidate { term, rung, share: 1.0 }).collect()
    };
    let says_little = |half: &[Candidate]| half.iter().all(|candidate| is_one_syllable(index.key(candidate.term)));
    let is_common = |half: &[Candidate]| {
        let exact = |candidate: &Candidate| candidate.rung == Rung::Exact;
        half.iter().any(|candidate| exact(candidate) && index.n_docs() / COMMON_SHARE < index.n_postings(candidate.term))
    };
    for (at, _) in word.text.char_indices().skip(1) {
        let (left, right) = word.text.split_at(at);
        if is_particle(right) {
            continue;
        }
        let left = half(left);
        let right = if left.is_empty() { Vec::new() } else { half(right) };
        if right.is_empty() {
            continue;
        }
        // Two halves of one syllable each say nothing, also when a particle came off: 수수께. Neither does one that is everywhere: 하이들.
        match (says_little(&left), says_little(&right)) {
            (true, true) => continue,
            (true, false) if is_common(&left) => continue,
            (false, true) if is_common(&right) => continue,
            _ => {}
        }
        let docs = index.phrase(&[&left, &right], Rung::Stem);
        if !docs.is_empty() {
            meaning.splits.push(Split { left, right, rung: Rung::Spacing, docs });
        }
    }
}
