//! How a word sounds, for finding the Hangul spelling of a Latin word that no table has: 밸런서 is balancer, by its consonants, vowels and
//! the habits of Korean transcription.

use std::collections::HashMap;

use hangul::{Syllable, is_syllable};

/// One sound of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    /// Class that both scripts share, and the consonant as precisely as the script tells it; 0 where it does not.
    Consonant { class: u8, exact: u8 },
    /// Vowels that it may be, as bits ([`A`] and so on), and whether it may be silent.
    Vowel { may_be: u8, silent: bool },
}

/// ㅏ
const A: u8 = 1;
/// ㅐ, ㅔ
const E: u8 = 2;
/// ㅣ
const I: u8 = 4;
/// ㅗ
const O: u8 = 8;
/// ㅜ
const U: u8 = 16;
/// ㅓ
const EO: u8 = 32;

/// Fewer consonants agree by chance too often.
const MIN_CONSONANTS: usize = 3;
/// Cost for each sound up to which two words are the same, by the number of their consonants: the fewer, the more words agree by chance. More
/// takes strangers in, less loses careless transcriptions. Read through on the pairs of two corpora.
const MAX_COST: [f32; 3] = [0.0, 0.03, 0.08];
/// A vowel that the other word does not have.
const LOST_VOWEL: f32 = 0.4;
/// Another vowel.
const OTHER_VOWEL: f32 = 0.5;

/// Hangul words by what Latin words could be them.
pub(super) struct Sounds<'a> {
    by_consonants: HashMap<Vec<u8>, Vec<(&'a str, Vec<Sound>)>>,
}

impl<'a> Sounds<'a> {
    pub(super) fn of(words: impl Iterator<Item = &'a str>) -> Self {
        let mut by_consonants: HashMap<_, Vec<_>> = HashMap::new();
        for word in words.filter(|word| word.chars().all(is_syllable) && word.chars().nth(1).is_some()) {
            let sounds = of_korean(word);
            by_consonants.entry(consonants(&sounds)).or_default().push((word, sounds));
        }
        Self { by_consonants }
    }

    /// The Hangul words that sound most like a Latin one, when enough of it can be heard.
    pub(super) fn like(&self, latin: &str) -> Vec<&'a str> {
        let sounds = of_latin(latin);
        let consonants = consonants(&sounds);
        let Some(max_cost) = consonants.len().checked_sub(MIN_CONSONANTS).map(|more| MAX_COST.get(more).copied().unwrap_or(0.08)) else {
            return Vec::new();
        };
        let near = self.by_consonants.get(&consonants).into_iter().flatten();
        let costs = near.map(|(word, other)| (cost(&sounds, other) / sounds.len().max(other.len()) as f32, *word));
        let is_enough = |cost: f32, word: &str| {
            let certain = MIN_CONSONANTS + 1 < consonants.len() || MIN_CONSONANTS < consonants.len() && cost == 0.0;
            cost <= max_cost && (certain || is_foreign(word))
        };
        let costs: Vec<(f32, &str)> = costs.filter(|(cost, word)| is_enough(*cost, word)).collect();
        let best = costs.iter().map(|(cost, _)| *cost).fold(f32::MAX, f32::min);
        costs.into_iter().filter(|(cost, _)| *cost <= best).map(|(_, word)| word).collect()
    }
}

/// Does it look transcribed? Korean words seldom have ㅋ, ㅌ or ㅍ, or ㅡ as a mere crutch (스, 트, 크).
fn is_foreign(word: &str) -> bool {
    let marks = word.chars().filter_map(Syllable::of).map(|syllable| {
        let aspirated = matches!(syllable.choseong, 15..=17);
        let crutch = syllable.jungseong == 18 && syllable.jongseong == 0 && syllable.choseong != 11;
        usize::from(aspirated) + usize::from(crutch)
    });
    0 < marks.sum::<usize>()
}

fn consonants(sounds: &[Sound]) -> Vec<u8> {
    sounds.iter().filter_map(|sound| if let Sound::Consonant { class, .. } = sound { Some(*class) } else { None }).collect()
}

/// Their consonants are of the same classes in the same order; what do the vowels and finer differences cost?
fn cost(a: &[Sound], b: &[Sound]) -> f32 {
    use Sound::{Consonant, Vowel};
    let lost = |sound: &Sound| if let Vowel { silent: false, .. } = sound { LOST_VOWEL } else { 0.0 };
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    loop {
        match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return sum,
            (Some(Consonant { exact: x, .. }), Some(Consonant { exact: y, .. })) => {
                if x != y && *x != 0 && *y != 0 {
                    return f32::MAX;
                }
                a.next();
                b.next();
            }
            (Some(Vowel { may_be: x, .. }), Some(Vowel { may_be: y, .. })) => {
                sum += if x & y != 0 { 0.0 } else { OTHER_VOWEL };
                a.next();
                b.next();
            }
            (Some(vowel @ Vowel { .. }), _) => {
                sum += lost(vowel);
                a.next();
            }
            (_, Some(vowel @ Vowel { .. })) => {
                sum += lost(vowel);
                b.next();
            }
            (Some(_), None) | (None, Some(_)) => return f32::MAX,
        }
    }
}

/// Adds a sound; one consonant twice is one (클라 has one ㄹ), and so are two vowels of which one may be the other.
fn push(sound: Sound, out: &mut Vec<Sound>) {
    let is_double = match (out.last(), sound) {
        (Some(Sound::Consonant { class: last, .. }), Sound::Consonant { class, .. }) => *last == class,
        _ => false,
    };
    if !is_double {
        out.push(sound);
    }
}

fn consonant(class: u8, exact: u8) -> Option<Sound> {
    Some(Sound::Consonant { class, exact })
}

fn of_korean(word: &str) -> Vec<Sound> {
    let mut out = Vec::new();
    for Syllable { choseong, jungseong, jongseong } in word.chars().filter_map(Syllable::of) {
        let first = match choseong {
            0 => consonant(b'k', b'g'),
            1 | 15 => consonant(b'k', b'k'),
            2 => consonant(b'n', b'n'),
            3 => consonant(b's', b'd'),
            4 | 16 => consonant(b's', b't'),
            5 => consonant(b'r', b'r'),
            6 => consonant(b'm', b'm'),
            7 => consonant(b'p', b'b'),
            8 | 17 => consonant(b'p', b'p'),
            9 | 10 => consonant(b's', b's'),
            12 | 13 => consonant(b's', b'j'),
            14 => consonant(b's', b'c'),
            18 => consonant(b'h', b'h'),
            _ => None,
        };
        first.into_iter().for_each(|sound| push(sound, &mut out));
        let may_be = match jungseong {
            0 | 2 | 9 => A,
            1 | 3 | 5 | 7 | 10 | 11 | 15 => E,
            4 | 6 | 14 => EO,
            8 | 12 => O,
            13 | 17 => U,
            16 | 19 | 20 => I,
            // ㅡ is heard where consonants would meet.
            _ => 0,
        };
        if may_be != 0 {
            // 에이, 아이 and 오우 are one vowel.
            let glides = choseong == 11 && matches!(may_be, I | U) && matches!(out.last(), Some(Sound::Vowel { .. }));
            push(Sound::Vowel { may_be, silent: glides }, &mut out);
        }
        let last = match jongseong {
            1 | 2 => consonant(b'k', 0),
            4 => consonant(b'n', b'n'),
            7 | 19 | 20 => consonant(b's', 0),
            8 => consonant(b'r', b'r'),
            16 => consonant(b'm', b'm'),
            17 | 26 => consonant(b'p', 0),
            21 => consonant(b'n', 0),
            _ => None,
        };
        last.into_iter().for_each(|sound| push(sound, &mut out));
    }
    out
}

fn of_latin(word: &str) -> Vec<Sound> {
    // Capitals stand for sounds of two letters.
    const LETTERS: [(&str, &str); 14] = [
        ("tion", "Sun"),
        ("sion", "Sun"),
        ("ture", "Cu"),
        ("tch", "C"),
        ("sh", "S"),
        ("ch", "C"),
        ("ph", "p"),
        ("th", "T"),
        ("ck", "k"),
        ("ng", "N"),
        ("gh", ""),
        ("qu", "kw"),
        ("x", "ks"),
        ("wh", "w"),
    ];
    let word = LETTERS.iter().fold(word.to_ascii_lowercase(), |word, (from, to)| word.replace(from, to));
    let letters = word.as_bytes();
    let mut out = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied();
        let is_soft = matches!(next, Some(b'e' | b'i' | b'y'));
        let vowel_follows = next.is_some_and(|next| b"aeiouy".contains(&next));
        let may_be = match letter {
            b'a' => A | E | EO,
            b'e' => E | I | EO,
            b'i' | b'y' => I | A,
            b'o' => O | A | EO,
            b'u' => U | EO,
            b'w' => U,
            _ => 0,
        };
        if may_be != 0 {
            let glides = *letter == b'w' || *letter == b'y' && vowel_follows;
            let silent = glides || *letter == b'e' && next.is_none() || out.last().is_some_and(|last| matches!(last, Sound::Vowel { .. }));
            push(Sound::Vowel { may_be, silent }, &mut out);
            continue;
        }
        let sound = match letter {
            b'c' if is_soft => consonant(b's', b's'),
            b'g' if is_soft => consonant(b's', b'j'),
            b'k' | b'c' | b'q' => consonant(b'k', b'k'),
            b'g' => consonant(b'k', b'g'),
            b't' => consonant(b's', b't'),
            b'd' => consonant(b's', b'd'),
            b'p' | b'f' => consonant(b'p', b'p'),
            b'b' | b'v' => consonant(b'p', b'b'),
            // 즈 at the end, 스 elsewhere.
            b's' if next.is_none() => consonant(b's', 0),
            b's' | b'S' => consonant(b's', b's'),
            b'z' | b'j' => consonant(b's', b'j'),
            b'C' => consonant(b's', b'c'),
            b'T' => consonant(b's', b's'),
            b'N' => consonant(b'n', 0),
            b'n' => consonant(b'n', b'n'),
            b'm' => consonant(b'm', b'm'),
            b'l' => consonant(b'r', b'r'),
            // Korean drops an r before a consonant and at the end.
            b'r' if vowel_follows => consonant(b'r', b'r'),
            b'h' if vowel_follows => consonant(b'h', b'h'),
            _ => None,
        };
        sound.into_iter().for_each(|sound| push(sound, &mut out));
    }
    out
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
        ] {
            assert_eq!(sounds.like(latin), [korean], "{latin}");
        }
        for latin in ["cancel", "confirm", "param", "polling", "list", "aws"] {
            assert!(sounds.like(latin).is_empty(), "{latin}: {:?}", sounds.like(latin));
        }
    }
}
