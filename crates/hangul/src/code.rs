//! The byte alphabet of index keys: ASCII as it is, 67 jamo in one byte each, anything else in four.
//!
//! ```text
//! 00..7F   ASCII
//! 80..92   19 initials
//! 93..A7   21 vowels
//! A8..C2   27 finals
//! C3 a b c a code point, 7 bits a byte, high bits first
//! ```
//!
//! So a half-typed syllable is a prefix of the finished one, and one wrong letter is one wrong byte.

use crate::syllable::{Syllable, final_number, initial_number, vowel_number};

/// First byte of the initials.
pub const CHOSEONG_BASE: u8 = 0x80;
/// First byte of the vowels.
pub const JUNGSEONG_BASE: u8 = 0x93;
/// First byte of the finals.
pub const JONGSEONG_BASE: u8 = 0xA8;
/// Stands before the three bytes of a character that is neither ASCII nor Hangul.
pub const OTHER: u8 = 0xC3;

/// Appends the bytes of one character. A lone jamo becomes an initial if it can be one, else a vowel or a final.
pub fn encode_char(c: char, out: &mut Vec<u8>) {
    if let Ok(byte @ 0..=0x7F) = u8::try_from(c) {
        out.push(byte);
    } else if let Some(syllable) = Syllable::of(c) {
        out.push(CHOSEONG_BASE + syllable.choseong);
        out.push(JUNGSEONG_BASE + syllable.jungseong);
        if syllable.jongseong > 0 {
            out.push(JONGSEONG_BASE + syllable.jongseong - 1);
        }
    } else if let Some(initial) = initial_number(c) {
        out.push(CHOSEONG_BASE + initial);
    } else if let Some(vowel) = vowel_number(c) {
        out.push(JUNGSEONG_BASE + vowel);
    } else if let Some(final_) = final_number(c) {
        out.push(JONGSEONG_BASE + final_ - 1);
    } else {
        let seven = |shift: u32| u8::try_from(c as u32 >> shift & 0x7F).unwrap_or(0);
        out.extend([OTHER, seven(14), seven(7), seven(0)]);
    }
}

/// Appends the byte of a consonant as a final; nothing if it cannot be one.
pub fn encode_final(jamo: char, out: &mut Vec<u8>) {
    out.extend(final_number(jamo).map(|number| JONGSEONG_BASE + number - 1));
}

/// The key of a text. Texts without lone jamo come back from [`decode`] unchanged.
pub fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        encode_char(c, &mut out);
    }
    out
}

/// The text of a key; an unfinished syllable becomes lone jamo. Never fails: bytes that no text has become U+FFFD.
pub fn decode(key: &[u8]) -> String {
    let mut out = String::with_capacity(key.len() + key.len() / 2);
    let mut rest = key;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let c = match *first {
            byte @ 0..=0x7F => char::from(byte),
            byte @ CHOSEONG_BASE..JUNGSEONG_BASE => {
                let choseong = byte - CHOSEONG_BASE;
                match *rest {
                    [vowel @ JUNGSEONG_BASE..JONGSEONG_BASE, ref tail @ ..] => {
                        rest = tail;
                        let mut syllable = Syllable { choseong, jungseong: vowel - JUNGSEONG_BASE, jongseong: 0 };
                        if let [final_ @ JONGSEONG_BASE..OTHER, ref tail @ ..] = *rest {
                            rest = tail;
                            syllable.jongseong = final_ - JONGSEONG_BASE + 1;
                        }
                        syllable.to_char().unwrap_or(char::REPLACEMENT_CHARACTER)
                    }
                    _ => lone(&crate::syllable::INITIALS, choseong),
                }
            }
            byte @ JUNGSEONG_BASE..JONGSEONG_BASE => crate::syllable::vowel(byte - JUNGSEONG_BASE),
            byte @ JONGSEONG_BASE..OTHER => lone(&crate::syllable::FINALS, byte - JONGSEONG_BASE),
            OTHER => match *rest {
                [a, b, c, ref tail @ ..] => {
                    rest = tail;
                    char::from_u32(u32::from(a) << 14 | u32::from(b) << 7 | u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
                _ => char::REPLACEMENT_CHARACTER,
            },
            _ => char::REPLACEMENT_CHARACTER,
        };
        out.push(c);
    }
    out
}

fn lone(jamo: &[char], idx: u8) -> char {
    jamo.get(usize::from(idx)).copied().unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_typed_syllable_is_a_prefix() {
        assert!(encode("카프카").starts_with(&encode("카프ㅋ")));
        assert!(encode("강").starts_with(&encode("가")));
    }

    proptest! {
        #[test]
        fn text_comes_back_from_its_key(text in "[가-힣a-z0-9 人é😀]{0,24}") {
            prop_assert_eq!(decode(&encode(&text)), text);
        }

        #[test]
        fn any_bytes_decode(key in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _text = decode(&key);
        }
    }
}
