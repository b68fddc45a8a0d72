//! How a word sounds, for telling that 밸런서 is balancer where no table says so: by its consonants, its vowels and the habits of Korean
//! transcription. Works on keys (`hangul::encode`), where each letter of either script is one byte.

use hangul::{CHOSEONG_BASE, JONGSEONG_BASE, JUNGSEONG_BASE};

/// One sound of a word: a consonant, or a vowel when the class is [`VOWEL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sound {
    /// What both scripts tell apart: k n s r m p h.
    class: u8,
    /// A consonant as precisely as the script tells it, 0 where it does not; of a vowel what it may be, as bits ([`A`] and so on).
    detail: u8,
    /// A vowel that may be silent.
    silent: bool,
}

/// The class of all vowels.
const VOWEL: u8 = 0;
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
/// Cost in hundredths for each sound up to which two words are the same, by the number of their consonants: the fewer, the more words agree by
/// chance. More takes strangers in, less loses careless transcriptions. Read through on the table of spellings, of which it hears 80 %.
const MAX_COST: [usize; 3] = [4, 6, 8];
/// A vowel that the other word does not have.
const LOST_VOWEL: usize = 40;
/// Another vowel.
const OTHER_VOWEL: usize = 50;

/// What comes before the sounds in a [`sound_key`]: no typed word begins with it.
const KEY_MARK: u8 = 1;

/// The sounds of a word of syllables or of lower-case letters; `None` for any other, and when there is too little to hear.
pub(crate) fn sounds(key: &[u8]) -> Option<Vec<Sound>> {
    let sounds = if key.iter().all(u8::is_ascii_lowercase) { of_latin(key) } else { of_hangul(key)? };
    (MIN_CONSONANTS <= consonants(&sounds).count()).then_some(sounds)
}

/// The dictionary's key for all words with these consonants. What is typed has no such bytes, so no other way of matching meets it.
pub(crate) fn sound_key(sounds: &[Sound]) -> Vec<u8> {
    // Letters as control characters, of which none is ever part of a word.
    std::iter::once(KEY_MARK).chain(consonants(sounds).map(|class| class & 0x1F)).collect()
}

/// The classes of the consonants, in order.
pub(crate) fn consonants(sounds: &[Sound]) -> impl Iterator<Item = u8> {
    sounds.iter().map(|sound| sound.class).filter(|class| *class != VOWEL)
}

/// How far from each other two words with the same consonants sound, in hundredths for each sound; `None` when they are two words.
pub(crate) fn distance(a: &[Sound], b: &[Sound]) -> Option<usize> {
    let distance = cost(a, b)? / a.len().max(b.len()).max(1);
    let n_more = consonants(a).count().saturating_sub(MIN_CONSONANTS).min(2);
    (distance <= *MAX_COST.get(n_more)?).then_some(distance)
}

/// What the vowels and finer differences cost; `None` when a consonant is another.
fn cost(a: &[Sound], b: &[Sound]) -> Option<usize> {
    let (mut a, mut b, mut sum) = (a, b, 0);
    loop {
        let vowel_of = |sounds: &[Sound]| sounds.first().copied().filter(|sound| sound.class == VOWEL);
        let (x, y) = (vowel_of(a), vowel_of(b));
        match (x, y) {
            (Some(x), Some(y)) => sum += if x.detail & y.detail != 0 { 0 } else { OTHER_VOWEL },
            (Some(lost), None) | (None, Some(lost)) => sum += if lost.silent { 0 } else { LOST_VOWEL },
            (None, None) => match (a.first(), b.first()) {
                (Some(x), Some(y)) if x.detail == y.detail || x.detail == 0 || y.detail == 0 => {}
                (None, None) => return Some(sum),
                _ => return None,
            },
        }
        // A lost vowel stands beside what comes next in the other word.
        if x.is_some() || y.is_none() {
            a = a.get(1..)?;
        }
        if y.is_some() || x.is_none() {
            b = b.get(1..)?;
        }
    }
}

/// Adds a consonant; one twice is one (클라 has one ㄹ).
fn push_consonant(class: u8, detail: u8, out: &mut Vec<Sound>) {
    if out.last().is_none_or(|last| last.class != class) {
        out.push(Sound { class, detail, silent: false });
    }
}

/// Class of each initial and each final, and which consonant it is; a space for none or for one that is not told apart.
const INITIALS: [&[u8; 19]; 2] = [b"kknssrmppss sssksph", b"gkndtrmbpss jjcktph"];
/// See [`INITIALS`].
const FINALS: [&[u8; 27]; 2] = [b"kk n  sr       mp ssn    p ", b"   n   r       m           "];
/// What each vowel is. ㅡ is none: it is heard where consonants would meet.
const VOWELS: [u8; 21] = [A, E, A, E, EO, E, EO, E, O, A, E, E, O, U, EO, E, I, U, 0, I, I];

fn of_hangul(key: &[u8]) -> Option<Vec<Sound>> {
    let mut out: Vec<Sound> = Vec::new();
    let mut is_bare = false;
    for byte in key {
        if let Some(vowel) = byte.checked_sub(JUNGSEONG_BASE).and_then(|number| VOWELS.get(usize::from(number))) {
            // 에이, 아이 and 오우 are one vowel.
            let silent = is_bare && out.last().is_some_and(|last| last.class == VOWEL);
            if *vowel != 0 {
                out.push(Sound { class: VOWEL, detail: *vowel, silent });
            }
            continue;
        }
        let (letters, base): ([&[u8]; 2], u8) = if *byte < JUNGSEONG_BASE {
            (INITIALS.map(|letters| letters.as_slice()), CHOSEONG_BASE)
        } else {
            (FINALS.map(|letters| letters.as_slice()), JONGSEONG_BASE)
        };
        let at = usize::from(byte.checked_sub(base)?);
        let [class, detail] = letters.map(|letters| letters.get(at).copied().unwrap_or(b' '));
        is_bare = class == b' ';
        if !is_bare {
            push_consonant(class, if detail == b' ' { 0 } else { detail }, &mut out);
        }
    }
    Some(out)
}

/// Letters that are one sound together, and the one that stands for it: `{` 스, `|` 츠, `}` 그, `~` 스 or 즈.
const DIGRAPHS: [(&[u8], &[u8]); 20] = [
    (b"tion", b"{un"),
    (b"sion", b"~un"),
    (b"ture", b"|u"),
    (b"tch", b"|"),
    (b"sch", b"sk"),
    (b"sh", b"{"),
    (b"ch", b"|"),
    (b"ph", b"p"),
    (b"th", b"{"),
    (b"ck", b"k"),
    (b"gh", b""),
    (b"gg", b"}"),
    (b"gui", b"}i"),
    (b"gue", b"}e"),
    (b"qu", b"kw"),
    (b"wh", b"w"),
    (b"dg", b"j"),
    (b"oo", b"u"),
    (b"ee", b"i"),
    (b"x", b"ks"),
];
/// Class of each letter from `a` on and of those that stand for two, and which consonant it is; a space for none.
const LETTERS: [&[u8; 30]; 2] = [b" pks pkh skrmn pkrss p   sssks", b" bkd pgh jkrmn pkrst b   jscg "];

fn of_latin(word: &[u8]) -> Vec<Sound> {
    let mut letters = Vec::with_capacity(word.len() + 2);
    let mut rest = word;
    while let Some((first, tail)) = rest.split_first() {
        let digraph = DIGRAPHS.iter().find_map(|(from, to)| Some((rest.strip_prefix(*from)?, *to)));
        let (tail, sounds) = digraph.unwrap_or((tail, std::slice::from_ref(first)));
        letters.extend_from_slice(sounds);
        rest = tail;
    }
    let is_vowel = |letter: u8| b"aeiouyw".contains(&letter);
    // The ends read as if spaces stood around the word.
    let letter_at = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied().unwrap_or(b' ');
    let mut out: Vec<Sound> = Vec::new();
    for (at, letter) in letters.iter().copied().enumerate() {
        let (before, next, next_but_one) = (letter_at(at.checked_sub(1)), letter_at(Some(at + 1)), letter_at(Some(at + 2)));
        if is_vowel(letter) {
            let may_be = match letter {
                // 콜 is call, 메시지 is message.
                b'a' if b"luw".contains(&next) => A | E | EO | O,
                b'a' if next == b'g' && next_but_one == b'e' => A | E | EO | I,
                b'a' => A | E | EO,
                // 카페 ends in it, 컴파일러 does not.
                b'e' if next == b' ' => E | I,
                b'e' => E | I | EO,
                b'i' | b'y' => I | A,
                b'o' => O | A | EO,
                b'u' => U | EO,
                _ => U,
            };
            match out.last_mut() {
                // Neighbours are one vowel that may be any of them: view, 뷰.
                Some(last) if last.class == VOWEL => (last.detail, last.silent) = (last.detail | may_be, false),
                _ => {
                    // The e of make is silent, and so may be that of token, of timeline.
                    let silent = letter == b'w' || letter == b'e' && (next == b' ' || is_vowel(letter_at(at.checked_sub(2))));
                    out.push(Sound { class: VOWEL, detail: may_be, silent });
                }
            }
            continue;
        }
        let vowel_follows = is_vowel(next);
        let is_soft = b"eiy".contains(&next);
        let (class, detail) = match letter {
            b'c' if is_soft => (b's', b's'),
            b'g' if is_soft => (b's', b'j'),
            // 모니터링 has no ㄱ, 싱글 has.
            b'g' if before == b'n' && !vowel_follows && next != b'l' => continue,
            // 즈 at the end and before vowels, or 스.
            b's' if next == b' ' || vowel_follows && before != b' ' => (b's', 0),
            // Korean drops an r before a consonant and at the end.
            b'r' if !vowel_follows || next == b'e' && next_but_one == b' ' => continue,
            b'h' if !vowel_follows => continue,
            _ => {
                let [class, detail] = LETTERS.map(|letters| letters.get(usize::from(letter.wrapping_sub(b'a'))).copied().unwrap_or(b' '));
                (class, if detail == b' ' { 0 } else { detail })
            }
        };
        push_consonant(class, detail, &mut out);
    }
    out
}
