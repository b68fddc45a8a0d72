//! Other names of a word: its spelling in the other script, what means the same (글꼴 → 폰트) and, for a word that the vocabulary does not have,
//! what its letters spell (에이치티티피 → http) and what sounds like it (모먼트 → moment).

use hangul::encode;

use super::Meaning;
use crate::{
    index::Lookup,
    rung::Rung,
    sound::{distance, sound_key, sounds},
};

/// Stands before a word in the key under which it leads to what else it is called; no typed word begins with it.
pub(crate) const SYNONYM_MARK: u8 = 2;
/// Stands behind a verb's stem there, as in a dictionary: 새 of 새다 is no 새.
const VERB_ENDING: &str = "다";

/// What the letters are called, each with its letter; of two that begin alike the longer first.
const LETTER_NAMES: &str = "더블유w 에이치h 에이a 에치h 에프f 에스s 엑스x 아이i 아르r 제이j 케이k 브이v 와이y 제트z 지g 쥐g 비b 씨c 시c 디d 이e 엘l 엠m 엔n \
    오o 피p 큐q 알r 티t 유u 투2";

/// The word in the other script, by the table and by what the corpus shows.
pub(super) fn push_spellings(index: &Lookup<'_>, term: u32, meaning: &mut Meaning) {
    for other in index.spellings(term).filter_map(|key| index.find(key)) {
        meaning.push(other, Rung::Spelling, 1.0);
    }
}

/// What else a word is called, and a verb if it may be the stem of one.
pub(super) fn push_synonyms(index: &Lookup<'_>, stem: &[u8], may_be_verb: bool, meaning: &mut Meaning) {
    let mut key = [&[SYNONYM_MARK], stem].concat();
    index.find(&key).into_iter().for_each(|term| push_spellings(index, term, meaning));
    if may_be_verb {
        key.extend(encode(VERB_ENDING));
        index.find(&key).into_iter().for_each(|term| push_spellings(index, term, meaning));
    }
}

/// The words that mean the same, and those that sound most like this one, if they are no farther than `at_most` hundredths for each sound.
pub(super) fn push_named(index: &Lookup<'_>, word: &str, at_most: usize, meaning: &mut Meaning) {
    let key = encode(word);
    push_synonyms(index, &key, false, meaning);
    if let Some(term) = spelled_out(word).and_then(|letters| index.find(&letters)) {
        meaning.push(term, Rung::Spelling, 1.0);
    }
    let Some(heard) = sounds(&key) else { return };
    let Some(same_consonants) = index.find(&sound_key(&heard)) else { return };
    let is_ascii = |key: &[u8]| key.first().is_some_and(u8::is_ascii);
    let (mut best, mut found) = (at_most, Vec::new());
    for other in index.spellings(same_consonants).filter(|other| is_ascii(other) != is_ascii(&key)) {
        let Some(distance) = sounds(other).and_then(|other| distance(&heard, &other)).filter(|distance| *distance <= best) else {
            continue;
        };
        if distance < best {
            best = distance;
            found.clear();
        }
        found.extend(index.find(other));
    }
    for term in found {
        meaning.push(term, Rung::Spelling, 1.0);
    }
}

/// 에이치티티피 → http
fn spelled_out(word: &str) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (word, Vec::new());
    while !rest.is_empty() {
        let next = LETTER_NAMES.split(' ').find_map(|name| {
            let (name, letter) = name.split_at_checked(name.len().checked_sub(1)?)?;
            Some((rest.strip_prefix(name)?, letter))
        });
        let (tail, letter) = next?;
        out.extend_from_slice(letter.as_bytes());
        rest = tail;
    }
    (1 < out.len()).then_some(out)
}
