//! The 두벌식 keyboard both ways: what was typed with the input method in the wrong state.

use crate::syllable::{
    Syllable, final_number, initial_number, is_jamo, is_syllable, join_cluster, parts, split_cluster, vowel, vowel_number,
};

/// QWERTY keys and the jamo on them; shifted keys only where they differ.
const KEYS: [(char, char); 33] = [
    ('q', 'ㅂ'),
    ('w', 'ㅈ'),
    ('e', 'ㄷ'),
    ('r', 'ㄱ'),
    ('t', 'ㅅ'),
    ('y', 'ㅛ'),
    ('u', 'ㅕ'),
    ('i', 'ㅑ'),
    ('o', 'ㅐ'),
    ('p', 'ㅔ'),
    ('a', 'ㅁ'),
    ('s', 'ㄴ'),
    ('d', 'ㅇ'),
    ('f', 'ㄹ'),
    ('g', 'ㅎ'),
    ('h', 'ㅗ'),
    ('j', 'ㅓ'),
    ('k', 'ㅏ'),
    ('l', 'ㅣ'),
    ('z', 'ㅋ'),
    ('x', 'ㅌ'),
    ('c', 'ㅊ'),
    ('v', 'ㅍ'),
    ('b', 'ㅠ'),
    ('n', 'ㅜ'),
    ('m', 'ㅡ'),
    ('Q', 'ㅃ'),
    ('W', 'ㅉ'),
    ('E', 'ㄸ'),
    ('R', 'ㄲ'),
    ('T', 'ㅆ'),
    ('O', 'ㅒ'),
    ('P', 'ㅖ'),
];

/// The keys that type a Korean text: 카프카 is `zkvmzk`. Characters without a key stay.
pub fn to_qwerty(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match parts(c) {
            Some((initial, vowel, final_)) => {
                push_keys(initial, &mut out);
                push_keys(vowel, &mut out);
                if let Some(final_) = final_ {
                    push_keys(final_, &mut out);
                }
            }
            None => push_keys(c, &mut out),
        }
    }
    out
}

fn push_keys(jamo: char, out: &mut String) {
    let key = |jamo: char| KEYS.iter().find(|(_, on_key)| *on_key == jamo).map_or(jamo, |(key, _)| *key);
    match split_cluster(jamo) {
        Some((first, second)) => out.extend([key(first), key(second)]),
        None => out.push(key(jamo)),
    }
}

/// What a 두벌식 input method makes of QWERTY keys: `zkvmzk` is 카프카. Other characters stay and end the syllable.
pub fn from_qwerty(keys: &str) -> String {
    let mut out = String::with_capacity(keys.len() * 2);
    for key in keys.chars() {
        match jamo_on(key) {
            Some(jamo) => type_jamo(jamo, &mut out),
            None => out.push(key),
        }
    }
    out
}

fn jamo_on(key: char) -> Option<char> {
    let find = |key: char| KEYS.iter().find(|(on, _)| *on == key).map(|(_, jamo)| *jamo);
    find(key).or_else(|| find(key.to_ascii_lowercase()))
}

/// One step of the input method: joins the jamo to the last character, or begins a new one.
fn type_jamo(jamo: char, out: &mut String) {
    let Some(last) = out.chars().next_back() else { return out.push(jamo) };
    let joined = match vowel_number(jamo) {
        Some(number) => with_vowel(last, jamo, number),
        None => with_consonant(last, jamo).map(|c| (None, c)),
    };
    let Some((before, c)) = joined else { return out.push(jamo) };
    out.pop();
    out.extend(before);
    out.push(c);
}

/// A vowel takes the last consonant with it: 갑 + ㅏ is 가바.
fn with_vowel(last: char, jamo: char, number: u8) -> Option<(Option<char>, char)> {
    let open = |initial: char, jungseong: u8| Syllable { choseong: initial_number(initial)?, jungseong, jongseong: 0 }.to_char();
    if is_jamo(last) {
        return match split_cluster(last) {
            // ㄳ + ㅏ is ㄱ사
            Some((first, second)) if vowel_number(last).is_none() => Some((Some(first), open(second, number)?)),
            _ if vowel_number(last).is_some() => Some((None, join_cluster(last, jamo)?)),
            _ => Some((None, open(last, number)?)),
        };
    }
    let syllable = Syllable::of(last)?;
    let (_, _, Some(final_)) = parts(last)? else {
        let jungseong = vowel_number(join_cluster(vowel(syllable.jungseong), jamo)?)?;
        return Some((None, Syllable { jungseong, ..syllable }.to_char()?));
    };
    let (stays, moves) = match split_cluster(final_) {
        Some((first, second)) => (final_number(first)?, second),
        None => (0, final_),
    };
    Some((Some(Syllable { jongseong: stays, ..syllable }.to_char()?), open(moves, number)?))
}

/// A consonant closes an open syllable, or makes a cluster of its final.
fn with_consonant(last: char, jamo: char) -> Option<char> {
    if !is_syllable(last) {
        return None;
    }
    let syllable = Syllable::of(last)?;
    let jongseong = match parts(last)? {
        (_, _, None) => final_number(jamo)?,
        (_, _, Some(final_)) => final_number(join_cluster(final_, jamo)?)?,
    };
    Syllable { jongseong, ..syllable }.to_char()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(keys: &str, text: &str) {
        assert_eq!(from_qwerty(keys), text);
        assert_eq!(to_qwerty(text), keys);
    }

    #[test]
    fn types_as_the_input_method_does() {
        check("znqjspxltm", "쿠버네티스");
        check("rkqtdl", "값이");
        check("rkqtl", "갑시");
        check("dnjs", "원");
        check("Tkdldls", "싸이인");
    }

    #[test]
    fn english_typed_as_korean_comes_back() {
        assert_eq!(to_qwerty("애찯ㄱ"), "docker");
        assert_eq!(to_qwerty("ㄱㄷㅁㅊㅅ"), "react");
    }

    proptest! {
        #[test]
        fn what_was_typed_blindly_comes_back(text in "[가-힣]{1,12}") {
            prop_assert_eq!(from_qwerty(&to_qwerty(&text)), text);
        }
    }
}
