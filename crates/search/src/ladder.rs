//! From a typed word to terms of the dictionary, best rung first.

use hangul::{CHOSEONG_BASE, JONGSEONG_BASE, JUNGSEONG_BASE, encode, is_syllable, stems};

use crate::{
    index::{Index, Terms},
    query::Word,
    rung::Rung,
    token::Script,
};

/// A term that a word may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) term: u32,
    pub(crate) rung: Rung,
    /// Share of the score that it keeps within its rung, 0..=1.
    pub(crate) share: f32,
}

/// At most so many terms continue a prefix; the shortest win. More costs time on one-letter words and finds nothing that a reader would
/// look for; less loses rare words behind frequent short ones.
const MAX_PREFIX_TERMS: usize = 96;

/// All candidates of a word.
pub(crate) fn candidates(index: &Index, word: &Word) -> Vec<Candidate> {
    let terms = &index.terms;
    let mut found = Vec::new();
    push_direct(terms, &word.text, &mut found);
    push_continued(terms, word, &mut found);
    found
}

fn push(found: &mut Vec<Candidate>, term: u32, rung: Rung, share: f32) {
    match found.iter_mut().find(|known| known.term == term) {
        Some(known) if known.rung <= rung => {}
        Some(known) => *known = Candidate { term, rung, share },
        None => found.push(Candidate { term, rung, share }),
    }
}

/// The word itself or, if the vocabulary does not have it, its stem; and their other spellings.
fn push_direct(terms: &Terms, text: &str, found: &mut Vec<Candidate>) {
    let mut forms = vec![text.to_owned()];
    // Three steps take off the longest stacks of particles that occur.
    for depth in 0..4 {
        let mut any = false;
        for form in &forms {
            if let Some(term) = terms.find(&encode(form)) {
                push(found, term, if depth == 0 { Rung::Exact } else { Rung::Stem }, 1.0);
                for key in terms.spellings(term) {
                    if let Some(other) = terms.find(key) {
                        push(found, other, Rung::Spelling, 1.0);
                    }
                }
                any = true;
            }
        }
        if any {
            return;
        }
        forms = forms.iter().flat_map(|form| stems(form)).map(|stem| stem.text).collect();
        forms.sort();
        forms.dedup();
    }
}

/// Longer terms that begin like the word.
fn push_continued(terms: &Terms, word: &Word, found: &mut Vec<Candidate>) {
    if word.script != Script::Hangul && word.text.len() < 2 {
        return;
    }
    for (key, rung) in prefixes(&word.text) {
        let range = terms.with_prefix(&key);
        let mut continued: Vec<(usize, u32)> =
            range.map(|term| (terms.key(term).len(), term)).filter(|(len, _)| *len > key.len()).collect();
        if continued.len() > MAX_PREFIX_TERMS {
            continued.select_nth_unstable(MAX_PREFIX_TERMS);
            continued.truncate(MAX_PREFIX_TERMS);
        }
        for (len, term) in continued {
            // The last syllable got a final: 가 → 강
            let unfinished = terms.key(term).get(key.len()).is_some_and(|next| *next >= JONGSEONG_BASE);
            let rung = match word.script {
                Script::Hangul if is_inflected(terms.key(term), &word.text) => Rung::Stem,
                Script::Hangul if unfinished => Rung::HalfTyped,
                _ => rung,
            };
            push(found, term, rung, key.len() as f32 / len as f32);
        }
    }
}

/// Is the term the word with one particle or ending? Rare words keep theirs when the corpus does not show where the stem ends.
fn is_inflected(key: &[u8], text: &str) -> bool {
    // Longer than the longest ending: no need to look.
    key.len() <= text.len() + 12 && stems(&hangul::decode(key)).iter().any(|stem| !stem.verb && stem.text == text)
}

/// The keys that a word in the making may be the beginning of: 컴ㅍ and 컾 both lead to 컴퓨터.
fn prefixes(text: &str) -> Vec<(Vec<u8>, Rung)> {
    let key = encode(text);
    let Some(last) = text.chars().next_back() else { return Vec::new() };
    if !is_syllable(last) {
        let lone = !last.is_ascii() && key.len() > 1;
        // ㅋ may also be the final of the syllable before: 카프ㅋ is 카픜…
        return vec![(key, if lone { Rung::HalfTyped } else { Rung::Prefix })];
    }
    let mut out = Vec::with_capacity(2);
    if let Some((_, _, Some(final_))) = hangul::parts(last) {
        let (stays, moves) = hangul::split_cluster(final_).map_or((None, final_), |(first, second)| (Some(first), second));
        let mut moved = key.clone();
        moved.pop();
        if let Some(stays) = stays {
            moved.push(final_byte(stays));
        }
        hangul::encode_char(moves, &mut moved);
        if moved.last().is_some_and(|byte| (CHOSEONG_BASE..JUNGSEONG_BASE).contains(byte)) {
            out.push((moved, Rung::HalfTyped));
        }
    }
    out.insert(0, (key, Rung::Prefix));
    out
}

/// The byte of a consonant as a final.
fn final_byte(jamo: char) -> u8 {
    // A syllable with that final ends in its byte.
    let closed: String = hangul::from_qwerty(&hangul::to_qwerty(&format!("ㅇㅏ{jamo}")));
    encode(&closed).last().copied().unwrap_or(JONGSEONG_BASE)
}
