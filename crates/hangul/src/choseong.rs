//! Initial consonants: 카프카 is ㅋㅍㅋ.

use crate::syllable::{initial_number, parts};

/// Replaces each syllable by its initial consonant; everything else stays.
pub fn choseong(text: &str) -> String {
    text.chars().map(|c| parts(c).map_or(c, |(initial, ..)| initial)).collect()
}

/// Is it a compatibility jamo that can begin a syllable?
pub fn is_choseong(c: char) -> bool {
    initial_number(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_is_not_a_syllable() {
        assert_eq!(choseong("쿠버네티스 v2"), "ㅋㅂㄴㅌㅅ v2");
    }
}
