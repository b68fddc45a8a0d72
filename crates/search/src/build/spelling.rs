//! The same term in two scripts: a table of technology terms, and pairs that the corpus shows, like 칸반(Kanban).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hangul::{Syllable, is_syllable};

use super::sound::{Sounds, is_foreign, sound_text};
use crate::ladder::SYNONYM_MARK;

/// One term a line: Latin spellings, `=`, Korean spellings; several are divided by commas.
const TABLE: &str = include_str!("../../data/spellings.txt");

/// Words of one meaning, a group a line, divided by commas.
const SYNONYMS: &str = include_str!("../../data/synonyms.txt");

/// Spellings by spelling, both ways.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    others: BTreeMap<String, BTreeSet<String>>,
}

impl Spellings {
    /// The table alone.
    pub(crate) fn from_table() -> Self {
        let mut spellings = Self::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let Some((latin, korean)) = line.split_once('=') else { continue };
            for word in korean.split(',') {
                for other in latin.split(',') {
                    spellings.insert(word, other);
                    spellings.insert(other, word);
                }
                // 캐시 and 캐쉬 are one word; Vue and view, both 뷰, are not.
                for other in korean.split(',').filter(|other| *other != word) {
                    spellings.insert(word, other);
                }
            }
        }
        spellings
    }

    /// Adds what else a word is called, under keys of their own: only questions ask for it.
    pub(crate) fn add_synonyms(&mut self) {
        for group in SYNONYMS.lines().filter(|line| !line.starts_with('#')) {
            for word in group.split(',') {
                let from = format!("{}{word}", char::from(SYNONYM_MARK));
                for other in group.split(',').filter(|other| *other != word) {
                    // Verbs are terms as their stems.
                    self.insert(&from, other.strip_suffix('다').unwrap_or(other));
                }
            }
        }
    }

    fn insert(&mut self, word: &str, other: &str) {
        self.others.entry(word.to_owned()).or_default().insert(other.to_owned());
    }

    /// Adds a pair that the corpus shows side by side, if the two sound alike; 함수(function) is a translation.
    pub(crate) fn add_pair(&mut self, korean: &str, latin: &str) {
        if sounds_alike(korean, latin) {
            self.insert(korean, latin);
            self.insert(latin, korean);
        }
    }

    /// Adds pairs of the corpus' words (with the number of their documents) that sound alike, for Latin words without a spelling yet.
    pub(crate) fn add_by_sound(&mut self, words: &HashMap<&str, u32>) {
        let sounds = Sounds::of(words.keys().copied().filter(|word| !self.others.contains_key(*word)));
        let latin = words.keys().filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()) && !self.others.contains_key(**word));
        let pairs: Vec<(&str, &str)> = latin.flat_map(|latin| sounds.like(latin).into_iter().map(|korean| (korean, *latin))).collect();
        for (korean, latin) in pairs {
            self.insert(korean, latin);
            self.insert(latin, korean);
        }
    }

    /// Adds what a word that nobody wrote here leads to when it sounds like one of the corpus, for words without a spelling yet.
    pub(crate) fn add_sounds<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let may_be_meant = |word: &&str| !self.others.contains_key(*word) && (word.is_ascii() || is_foreign(word));
        let keys = words.filter(may_be_meant).filter_map(|word| Some((sound_text(word)?, word)));
        for (key, word) in keys.collect::<Vec<_>>() {
            self.insert(&key, word);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
        self.others.iter().map(|(word, others)| (word.as_str(), others.iter().map(String::as_str)))
    }
}

/// Do the consonants of both agree, give or take a fifth?
pub(crate) fn sounds_alike(korean: &str, latin: &str) -> bool {
    let (a, b) = (korean_consonants(korean), latin_consonants(latin));
    let longer = a.len().max(b.len());
    2 <= korean.chars().count() && 2 <= latin.len() && 1 <= longer && distance(&a, &b) * 5 <= longer
}

/// Consonant classes of a Korean loan word: k t p s c n m r h. ㅇ is silent at the beginning and n (of ng) at the end.
fn korean_consonants(word: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for c in word.chars().filter(|c| is_syllable(*c)) {
        let Some(Syllable { choseong, jongseong, .. }) = Syllable::of(c) else { continue };
        out.extend(match choseong {
            0 | 1 | 15 => Some(b'k'),
            2 => Some(b'n'),
            3 | 4 | 16 => Some(b't'),
            5 => Some(b'r'),
            6 => Some(b'm'),
            7 | 8 | 17 => Some(b'p'),
            9 | 10 => Some(b's'),
            12..=14 => Some(b'c'),
            18 => Some(b'h'),
            _ => None,
        });
        out.extend(match jongseong {
            1..=3 => Some(b'k'),
            4..=6 | 21 => Some(b'n'),
            7 | 19 | 20 => Some(b't'),
            8..=15 => Some(b'r'),
            16 => Some(b'm'),
            17 | 18 => Some(b'p'),
            _ => None,
        });
    }
    simplified(out)
}

/// The same classes of an English spelling.
fn latin_consonants(word: &str) -> Vec<u8> {
    let word = word.to_ascii_lowercase().replace("tion", "sn").replace("sh", "s").replace("ch", "c").replace("ph", "p").replace("th", "s");
    let bytes: Vec<u8> = word.replace("ck", "k").replace("ng", "n").replace("gh", "").replace('x', "ks").replace("qu", "k").into_bytes();
    let mut out = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied();
        let soft = matches!(next, Some(b'e' | b'i' | b'y'));
        let vowel_follows = next.is_some_and(|next| b"aeiouy".contains(&next));
        out.extend(match byte {
            b'c' if soft => Some(b's'),
            b'g' if soft => Some(b'c'),
            b'k' | b'c' | b'g' | b'q' => Some(b'k'),
            b't' | b'd' => Some(b't'),
            b'p' | b'b' | b'f' | b'v' => Some(b'p'),
            b's' => Some(b's'),
            b'z' | b'j' => Some(b'c'),
            b'n' => Some(b'n'),
            b'm' => Some(b'm'),
            b'l' => Some(b'r'),
            // Korean drops an r before a consonant and at the end.
            b'r' if vowel_follows => Some(b'r'),
            b'h' if vowel_follows && at == 0 => Some(b'h'),
            _ => None,
        });
    }
    simplified(out)
}

/// Doubled classes count once, and t, s, c are one class: Korean finals do not tell them apart.
fn simplified(mut classes: Vec<u8>) -> Vec<u8> {
    for class in &mut classes {
        if matches!(*class, b't' | b'c') {
            *class = b's';
        }
    }
    classes.dedup();
    classes
}

fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (slot, y) in row.iter_mut().skip(1).zip(b) {
            let above = *slot;
            let cost = (diagonal + usize::from(x != y)).min(above + 1).min(left + 1);
            diagonal = above;
            left = cost;
            *slot = cost;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transcriptions_sound_alike_and_translations_do_not() {
        for (korean, latin) in
            [("칸반", "Kanban"), ("포트", "port"), ("쿠버네티스", "kubernetes"), ("리액트", "react"), ("컴포넌트", "component")]
        {
            assert!(sounds_alike(korean, latin), "{korean} {latin}");
        }
        for (korean, latin) in [("함수", "function"), ("회사", "company"), ("변수", "variable"), ("배열", "array")] {
            assert!(!sounds_alike(korean, latin), "{korean} {latin}");
        }
    }

    #[test]
    fn synonyms_are_groups_of_different_words() {
        for group in SYNONYMS.lines().filter(|line| !line.starts_with('#')) {
            let words: BTreeSet<&str> = group.split(',').collect();
            assert!(2 <= words.len() && words.len() == group.split(',').count(), "{group}");
            assert!(words.iter().all(|word| word.chars().all(|c| is_syllable(c) || c.is_ascii_lowercase()) && !word.is_empty()), "{group}");
        }
    }

    #[test]
    fn table_has_every_term_once_and_in_two_scripts() {
        let mut seen = BTreeSet::new();
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        assert!(400 <= rows.len(), "{}", rows.len());
        for row in rows {
            let (latin, korean) = row.split_once('=').unwrap_or(("", ""));
            for word in latin.split(',') {
                assert!(
                    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'+' || b == b'#'),
                    "{row}"
                );
                assert!(seen.insert(word.to_owned()), "{word} twice");
            }
            for word in korean.split(',') {
                assert!(word.chars().all(is_syllable) && !word.is_empty(), "{row}");
                assert!(seen.insert(word.to_owned()), "{word} twice");
            }
        }
    }
}
