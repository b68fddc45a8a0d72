//! Words that ask or tie a sentence together and name nothing: 어떻게, 무엇, 것, 수, 하다. In a question they weigh less than what it is about.

use hangul::stems;

/// Such words as they stand, or their stems; sorted.
const WORDS: [&str; 53] = [
    "거",
    "건",
    "걸",
    "것",
    "게",
    "경우",
    "그",
    "까닭",
    "나",
    "누가",
    "누구",
    "대하",
    "데",
    "되",
    "들",
    "등",
    "때",
    "또",
    "말",
    "못",
    "무슨",
    "무엇",
    "뭐",
    "뭔",
    "및",
    "방법",
    "법",
    "보",
    "수",
    "싶",
    "안",
    "않",
    "어느",
    "어디",
    "어떤",
    "어떻",
    "어떻게",
    "언제",
    "얼마",
    "얼마나",
    "없",
    "왜",
    "위하",
    "이",
    "이유",
    "있",
    "잘",
    "점",
    "주",
    "줄",
    "중",
    "지",
    "하",
];

/// Is it one of them, whatever its ending?
pub(super) fn is_function_word(word: &str) -> bool {
    let is_one = |word: &str| WORDS.binary_search(&word).is_ok();
    is_one(word) || stems(word).iter().any(|stem| is_one(&stem.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_them_with_their_endings() {
        assert!(WORDS.is_sorted());
        for word in ["어떻게", "무엇을", "것은", "하나요", "있는", "때", "위한", "않는"] {
            assert!(is_function_word(word), "{word}");
        }
        for word in ["카프카", "서버를", "만들기", "법률"] {
            assert!(!is_function_word(word), "{word}");
        }
    }
}
