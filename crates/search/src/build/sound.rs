//! Hangul words of a corpus by their sounds, for finding the spelling of a Latin word that no table has.

use std::collections::HashMap;

use hangul::{Syllable, encode, is_syllable};

use crate::sound::{Sound, consonants, distance, sound_key, sounds};

/// Hangul words by what Latin words could be them.
pub(super) struct Sounds<'a> {
    by_key: HashMap<Vec<u8>, Vec<(&'a str, Vec<Sound>)>>,
}

impl<'a> Sounds<'a> {
    pub(super) fn of(words: impl Iterator<Item = &'a str>) -> Self {
        let mut by_key: HashMap<_, Vec<_>> = HashMap::new();
        for word in words.filter(|word| word.starts_with(is_syllable) && word.chars().nth(1).is_some()) {
            if let Some(sounds) = sounds(&encode(word)) {
                by_key.entry(sound_key(&sounds)).or_default().push((word, sounds));
            }
        }
        Self { by_key }
    }

    /// The Hangul words that sound most like a Latin one, when enough of it can be heard.
    pub(super) fn like(&self, latin: &str) -> Vec<&'a str> {
        let Some(sounds) = sounds(latin.as_bytes()) else { return Vec::new() };
        let near = self.by_key.get(&sound_key(&sounds)).into_iter().flatten();
        let n = consonants(&sounds).count();
        // Two words that the corpus has are two words, unless there is little doubt.
        let is_certain = |distance: usize, word: &str| match n {
            0..4 => distance == 0 && is_foreign(word),
            4 => distance == 0 || distance < 3 && is_foreign(word),
            _ => true,
        };
        let near = near.filter_map(|(word, other)| Some((distance(&sounds, other)?, *word)));
        let near: Vec<(usize, &str)> = near.filter(|(distance, word)| is_certain(*distance, word)).collect();
        let best = near.iter().map(|(distance, _)| *distance).min();
        near.into_iter().filter(|(distance, _)| Some(*distance) == best).map(|(_, word)| word).collect()
    }
}

/// Does it look transcribed? Korean words do not begin with ㄹ, and seldom have ㅋ, ㅌ or ㅍ, ㅡ as a mere crutch (스, 트, 크), or 션.
pub(super) fn is_foreign(word: &str) -> bool {
    word.chars().filter_map(Syllable::of).enumerate().any(|(at, Syllable { choseong, jungseong, jongseong })| {
        let begins_with_rieul = at == 0 && choseong == 5;
        let crutch = jungseong == 18 && jongseong == 0 && choseong != 11;
        begins_with_rieul || crutch || matches!(choseong, 15..=17) || (choseong, jungseong, jongseong) == (9, 6, 4)
    })
}

/// The key of a word's sounds as text: it has control characters only.
pub(super) fn sound_text(word: &str) -> Option<String> {
    Some(sound_key(&sounds(&encode(word))?).into_iter().map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hears_transcriptions_and_no_other_words() {
        let words = [
            "밸런서",
            "트래비스",
            "인터랙티브",
            "컬렉터",
            "일러스트레이터",
            "시그니처",
            "디스크립터",
            "타이포그래피",
            "멤버",
            "리턴",
            "건설",
            "간밤",
            "바람",
            "볼링",
            "모먼트",
            "유즈이펙트",
        ];
        let sounds = Sounds::of(words.into_iter());
        for (latin, korean) in [
            ("balancer", "밸런서"),
            ("travis", "트래비스"),
            ("interactive", "인터랙티브"),
            ("collector", "컬렉터"),
            ("illustrator", "일러스트레이터"),
            ("descriptor", "디스크립터"),
            ("typography", "타이포그래피"),
            ("return", "리턴"),
            ("moment", "모먼트"),
            ("useeffect", "유즈이펙트"),
        ] {
            assert_eq!(sounds.like(latin), [korean], "{latin}");
        }
        for latin in ["cancel", "confirm", "param", "polling", "list", "aws"] {
            assert!(sounds.like(latin).is_empty(), "{latin}: {:?}", sounds.like(latin));
        }
    }
}
