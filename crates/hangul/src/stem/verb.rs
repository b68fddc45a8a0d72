//! Taking endings (어미) off a verb or adjective: contractions undone, stems that change before vowels restored.

use super::{Listed, Stem, Strength, lists_with, n_words, table};
use crate::syllable::{Syllable, parts};

// Endings by the shape of the stem in front of them. Particles after 기 and 음 come off as particles first.
const OPEN: &str = "다 는 는데 는지 는가 는다 는다면 는다는 고 고자 고서 고는 며 면 면서 면은 지 지만 지는 지도 지를 게 게끔 기 던 던데 도록 려고 려면 \
    려는 자마자 자는 거나 거든 든지 니까 므로 나요 네요 세요 시오 십시오 여서 여야 여도 더라도 더니 느라 라고 라는 자면 신 시는 실 \
    고있는 고싶은 지않은 지않는";
const AFTER_N: &str = " 다 다는 다고 다면 다며 데 지 가 걸 다음 후 뒤";
const AFTER_L: &str = " 지 까 까요 게 게요 수 때 지라도 만한";
const AFTER_B: &str = "니다 니까 니다만 시다 시다만";
const AFTER_VOWEL_FORM: &str = " 서 야 도 요 라 서는 서도 서만 야만 야지 야할 야한다 지는 진 질 졌다 지면 주는 준 줄 보자 본 볼";
const AFTER_PAST: &str =
    "다 던 고 지만 는데 는지 을 습니다 으며 으나 으면 다는 다고 다면 으므로 기 음 어 어요 네 네요 더니 을때 으니 으니까 거나 다가";
const AFTER_EU: &str = "은 을 음 으면 으며 으니 으니까 으려고 으려면 으므로 으면서 은데 은지 을지 을까 을게 을수록 읍시다 으세요 으나 으러";

/// All endings; the number of a list is its bit in [`ENDINGS`].
const ENDING_LISTS: [&str; 7] = [OPEN, AFTER_N, AFTER_L, AFTER_B, AFTER_VOWEL_FORM, AFTER_PAST, AFTER_EU];
const IS_OPEN: u16 = 1;
const IS_AFTER_N: u16 = 1 << 1;
const IS_AFTER_L: u16 = 1 << 2;
const IS_AFTER_B: u16 = 1 << 3;
const IS_AFTER_VOWEL_FORM: u16 = 1 << 4;
const IS_AFTER_PAST: u16 = 1 << 5;
const IS_AFTER_EU: u16 = 1 << 6;

static ENDINGS: [Listed; n_words(&ENDING_LISTS)] = table(&ENDING_LISTS);
/// Bytes of the longest ending, which is the last of the table.
const MAX_ENDING: usize = ENDINGS[ENDINGS.len() - 1].0.len();

/// Light verbs that make a verb of a noun: 사용하다, 구현되다, 실행시키다.
const LIGHT_VERBS: [&str; 4] = ["하", "되", "시키", "당하"];

pub(super) fn push_verb_stems(word: &str, out: &mut Vec<Stem>) {
    for (at, _) in word.char_indices().skip(1).chain([(word.len(), ' ')]).filter(|(at, _)| word.len() - at <= MAX_ENDING) {
        let (head, ending) = word.split_at(at);
        let lists = lists_with(ending, &ENDINGS);
        if lists == 0 && !ending.is_empty() {
            continue;
        }
        let Some(last) = head.chars().next_back() else { continue };
        let Some(syllable) = Syllable::of(last) else { continue };
        let before = head.strip_suffix(last).unwrap_or_default();
        let is = |list: u16| lists & list != 0;
        let open = Syllable { jongseong: 0, ..syllable };
        let is_contracted = match syllable.jongseong {
            0 => is(IS_AFTER_VOWEL_FORM),
            20 => is(IS_AFTER_PAST),
            _ => false,
        };
        if let Some(stem) = doubled_rieul(before, open).filter(|_| is_contracted) {
            push_verb(stem, true, out);
        }
        let mut push = |last: Option<Syllable>| {
            let mut text = before.to_owned();
            text.extend(last.and_then(Syllable::to_char));
            push_verb(text, last.is_some_and(|last| is_contracted && last.jungseong == EU), out);
        };
        // 만드는 is of 만들: a stem in ㄹ loses it before ㄴ, ㅂ and ㅅ.
        let rieul = Some(Syllable { jongseong: RIEUL, ..syllable });
        // 해 is 하여, which takes no more endings of this kind: 해고 is a noun.
        let is_open = !is_hae(syllable);
        if is_open && !ending.is_empty() && (is(IS_OPEN) || syllable.jongseong != 0 && is(IS_AFTER_EU)) {
            push(Some(syllable));
            if syllable.jongseong == 0 && ending.starts_with(['는', '니', '네', '시', '세']) {
                push(rieul);
            }
        }
        match syllable.jongseong {
            4 if is(IS_AFTER_N) && (syllable.choseong, syllable.jungseong) != NEU => {
                push(Some(open));
                push(rieul);
            }
            8 if is(IS_AFTER_L) => push(Some(open)),
            16 if ending.is_empty() => push(Some(open)),
            17 if is(IS_AFTER_B) => push(Some(open)),
            _ if is_contracted => push_uncontracted(open, &mut push),
            _ => {}
        }
    }
}

/// Is it 해 or 돼?
fn is_hae(syllable: Syllable) -> bool {
    matches!(syllable, Syllable { choseong: 18, jungseong: 1, jongseong: 0 } | Syllable { choseong: 3, jungseong: 10, jongseong: 0 })
}

/// 골라 is of 고르: such stems double their ㄹ before 아 and 어.
fn doubled_rieul(before: &str, last: Syllable) -> Option<String> {
    let (text, closed) = before.char_indices().next_back()?;
    let closed = Syllable::of(closed).filter(|closed| closed.jongseong == RIEUL)?;
    let is_ra = last.choseong == RIEUL_INITIAL && matches!(last.jungseong, 0 | 4);
    let mut stem = before.get(..text).filter(|_| is_ra)?.to_owned();
    stem.extend(Syllable { jongseong: 0, ..closed }.to_char());
    stem.push('르');
    Some(stem)
}

/// 어려우 is the shape of 어렵 before vowels: a stem in ㅂ turns it into 우.
fn with_bieup(stem: &str) -> Option<String> {
    let before = stem.strip_suffix('우')?;
    let (text, open) = before.char_indices().next_back()?;
    let open = Syllable::of(open).filter(|open| open.jongseong == 0)?;
    let mut stem = before.get(..text)?.to_owned();
    stem.extend(Syllable { jongseong: BIEUP, ..open }.to_char());
    Some(stem)
}

/// Final ㄹ.
const RIEUL: u8 = 8;
/// Final ㅂ.
const BIEUP: u8 = 17;
/// Initial ㄹ.
const RIEUL_INITIAL: u8 = 5;
/// Vowel ㅡ.
const EU: u8 = 18;
/// 느: 찾는 is no form of a stem 찾느.
const NEU: (u8, u8) = (2, 18);

/// Undoes the contraction of a stem with 아 / 어 / 여: 해 is 하, 돼 is 되, 눠 is 누, 려 is 리, 써 is 쓰 or 서 itself, 내 is 내; 아, 어, 여
/// themselves fall away.
fn push_uncontracted(syllable: Syllable, push: &mut impl FnMut(Option<Syllable>)) {
    const IEUNG: u8 = 11;
    const HIEUT: u8 = 18;
    let with = |jungseong: u8| Some(Syllable { jungseong, ..syllable });
    if syllable.choseong == IEUNG && matches!(syllable.jungseong, 0 | 4 | 6) {
        push(None);
    }
    match syllable.jungseong {
        1 if syllable.choseong == HIEUT => push(with(0)),
        1 | 5 => push(Some(syllable)),
        10 => push(with(11)),
        14 => push(with(13)),
        9 => push(with(8)),
        6 => {
            push(with(20));
            push(Some(syllable));
        }
        0 | 4 if syllable.choseong != IEUNG => {
            push(Some(syllable));
            push(with(EU));
        }
        _ => {}
    }
}

fn push_verb(text: String, irregular: bool, out: &mut Vec<Stem>) {
    if text.is_empty() {
        return;
    }
    if let Some(stem) = with_bieup(&text) {
        out.push(Stem { text: stem, strength: Strength::Weak, verb: true, irregular: true });
    }
    for verb in LIGHT_VERBS {
        if let Some(noun) = text.strip_suffix(verb)
            && noun.chars().nth(1).is_some()
        {
            out.push(Stem { text: noun.to_owned(), strength: Strength::Strong, verb: false, irregular: false });
        }
    }
    if text.chars().all(|c| parts(c).is_some()) {
        out.push(Stem { text, strength: Strength::Weak, verb: true, irregular });
    }
}
