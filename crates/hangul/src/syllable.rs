//! Precomposed syllables (가..힣) and the three jamo they are made of; the arithmetic is that of Unicode, section 3.12.

const FIRST: u32 = 0xAC00;
const LAST: u32 = 0xD7A3;
const N_JUNGSEONG: u32 = 21;
const N_JONGSEONG: u32 = 28;

/// Compatibility jamo of the 19 initials, in Unicode order.
pub(crate) const INITIALS: [char; 19] =
    ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
/// Compatibility jamo of the 27 finals, in Unicode order; "no final" is not among them.
pub(crate) const FINALS: [char; 27] = [
    'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ', 'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ',
    'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];
/// Jamo that two key strokes make, with the two strokes.
pub(crate) const CLUSTERS: [(char, char, char); 18] = [
    ('ㅘ', 'ㅗ', 'ㅏ'),
    ('ㅙ', 'ㅗ', 'ㅐ'),
    ('ㅚ', 'ㅗ', 'ㅣ'),
    ('ㅝ', 'ㅜ', 'ㅓ'),
    ('ㅞ', 'ㅜ', 'ㅔ'),
    ('ㅟ', 'ㅜ', 'ㅣ'),
    ('ㅢ', 'ㅡ', 'ㅣ'),
    ('ㄳ', 'ㄱ', 'ㅅ'),
    ('ㄵ', 'ㄴ', 'ㅈ'),
    ('ㄶ', 'ㄴ', 'ㅎ'),
    ('ㄺ', 'ㄹ', 'ㄱ'),
    ('ㄻ', 'ㄹ', 'ㅁ'),
    ('ㄼ', 'ㄹ', 'ㅂ'),
    ('ㄽ', 'ㄹ', 'ㅅ'),
    ('ㄾ', 'ㄹ', 'ㅌ'),
    ('ㄿ', 'ㄹ', 'ㅍ'),
    ('ㅀ', 'ㄹ', 'ㅎ'),
    ('ㅄ', 'ㅂ', 'ㅅ'),
];

/// One precomposed syllable, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Syllable {
    /// Initial consonant, 0..19.
    pub choseong: u8,
    /// Vowel, 0..21.
    pub jungseong: u8,
    /// Final consonant, 1..28; 0 is none.
    pub jongseong: u8,
}

impl Syllable {
    /// Takes a character apart; `None` for anything but 가..힣.
    pub fn of(c: char) -> Option<Self> {
        if !is_syllable(c) {
            return None;
        }
        let n = c as u32 - FIRST;
        let part = |value: u32| u8::try_from(value).unwrap_or(0);
        Some(Self {
            choseong: part(n / (N_JUNGSEONG * N_JONGSEONG)),
            jungseong: part(n / N_JONGSEONG % N_JUNGSEONG),
            jongseong: part(n % N_JONGSEONG),
        })
    }

    /// The character; `None` when a part is out of range.
    pub fn to_char(self) -> Option<char> {
        if self.choseong >= 19 || self.jungseong >= 21 || self.jongseong >= 28 {
            return None;
        }
        let n = (u32::from(self.choseong) * N_JUNGSEONG + u32::from(self.jungseong)) * N_JONGSEONG + u32::from(self.jongseong);
        char::from_u32(FIRST + n)
    }
}

/// Is it one of 가..힣?
pub fn is_syllable(c: char) -> bool {
    (FIRST..=LAST).contains(&(c as u32))
}

/// Is it a compatibility jamo (ㄱ..ㅣ), as an input method shows an unfinished syllable?
pub fn is_jamo(c: char) -> bool {
    ('ㄱ'..='ㅣ').contains(&c)
}

/// The two key strokes of a cluster: ㄳ is ㄱ and ㅅ, ㅘ is ㅗ and ㅏ. `None` for a jamo of one stroke.
pub fn split_cluster(jamo: char) -> Option<(char, char)> {
    CLUSTERS.iter().find(|(cluster, ..)| *cluster == jamo).map(|(_, first, second)| (*first, *second))
}

/// The cluster that two strokes make, if they make one.
pub(crate) fn join_cluster(first: char, second: char) -> Option<char> {
    CLUSTERS.iter().find(|(_, a, b)| (*a, *b) == (first, second)).map(|(cluster, ..)| *cluster)
}

/// Compatibility jamo of one syllable: initial, vowel, final.
pub fn parts(c: char) -> Option<(char, char, Option<char>)> {
    let syllable = Syllable::of(c)?;
    let initial = *INITIALS.get(usize::from(syllable.choseong))?;
    let final_ = usize::from(syllable.jongseong).checked_sub(1).and_then(|idx| FINALS.get(idx)).copied();
    Some((initial, vowel(syllable.jungseong), final_))
}

/// Compatibility jamo of a vowel by its number; they stand in Unicode in the same order.
pub(crate) fn vowel(jungseong: u8) -> char {
    char::from_u32('ㅏ' as u32 + u32::from(jungseong)).unwrap_or('ㅏ')
}

/// Number of a vowel given as compatibility jamo.
pub(crate) fn vowel_number(jamo: char) -> Option<u8> {
    ('ㅏ'..='ㅣ').contains(&jamo).then(|| u8::try_from(jamo as u32 - 'ㅏ' as u32).unwrap_or(0))
}

/// Number of an initial given as compatibility jamo.
pub(crate) fn initial_number(jamo: char) -> Option<u8> {
    INITIALS.iter().position(|c| *c == jamo).and_then(|idx| u8::try_from(idx).ok())
}

/// Number of a final (1..28) given as compatibility jamo.
pub(crate) fn final_number(jamo: char) -> Option<u8> {
    FINALS.iter().position(|c| *c == jamo).and_then(|idx| u8::try_from(idx + 1).ok())
}

/// Composes conjoining jamo (U+1100..U+11FF, as in NFD file names from macOS) to syllables; everything else stays.
///
/// This is NFC for Hangul alone; a browser's `normalize` does the rest of Unicode for free.
pub fn compose_jamo(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let joined = match c as u32 {
            vowel @ 0x1161..=0x1175 => out.chars().next_back().and_then(|last| match last as u32 {
                initial @ 0x1100..=0x1112 => char::from_u32(FIRST + ((initial - 0x1100) * N_JUNGSEONG + (vowel - 0x1161)) * N_JONGSEONG),
                _ => None,
            }),
            final_ @ 0x11A8..=0x11C2 => out
                .chars()
                .next_back()
                .filter(|last| Syllable::of(*last).is_some_and(|syllable| syllable.jongseong == 0))
                .and_then(|last| char::from_u32(last as u32 + final_ - 0x11A7)),
            _ => None,
        };
        if joined.is_some() {
            out.pop();
        }
        out.push(joined.unwrap_or(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_syllable_survives_being_taken_apart() {
        for c in '가'..='힣' {
            assert_eq!(Syllable::of(c).and_then(Syllable::to_char), Some(c));
        }
    }

    #[test]
    fn composes_what_macos_decomposed() {
        let nfd: String = "각하 x 뷁".chars().flat_map(conjoining).collect();
        assert_ne!(nfd, "각하 x 뷁");
        assert_eq!(compose_jamo(&nfd), "각하 x 뷁");
    }

    fn conjoining(c: char) -> Vec<char> {
        let Some(s) = Syllable::of(c) else { return vec![c] };
        let mut jamo = vec![char::from_u32(0x1100 + u32::from(s.choseong)), char::from_u32(0x1161 + u32::from(s.jungseong))];
        if s.jongseong > 0 {
            jamo.push(char::from_u32(0x11A7 + u32::from(s.jongseong)));
        }
        jamo.into_iter().flatten().collect()
    }
}
