//! Taking particles (조사) and endings (어미) off a word, one step at a time.
//!
//! A word alone does not show where its stem ends (고속도로 is no 고속도 + 로), so this module lists what *can* be taken off and how sure
//! that is; who knows the vocabulary decides.

use crate::syllable::{Syllable, is_syllable, parts};

/// How sure a step is without knowing the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Many nouns end like this themselves (…이, …도, …로), or it is a guess at a verb's stem.
    Weak,
    /// Nouns rarely end like this (…에서, …을 after a consonant, …하는).
    Strong,
}

/// What is left of a word after one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stem {
    /// The rest; never empty. A contraction is undone, so it need not be a prefix of the word (나눴다 → 나누).
    pub text: String,
    /// How sure the step is.
    pub strength: Strength,
    /// A verb's or adjective's stem rather than a noun.
    pub verb: bool,
    /// A stem that changes before some endings (골라 → 고르, 어려워 → 어렵): most words that look like it are of another verb.
    pub irregular: bool,
}

/// What must stand before a particle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Any,
    Vowel,
    Consonant,
    /// A vowel or ㄹ: 로.
    Open,
    /// A consonant but ㄹ: 으로.
    Closed,
}

/// Particles by what they follow. Longer ones that are stacks of shorter ones (에서는, 으로부터) come off in several steps.
const PARTICLES: [(After, Strength, &str); 9] = [
    (
        After::Any,
        Strength::Strong,
        "에서 에게 에게서 께서 한테 한테서 까지 부터 처럼 보다 만큼 마다 조차 마저 밖에 에 들 뿐 이야말로 에서의 하고 으로서 으로써",
    ),
    (
        After::Consonant,
        Strength::Strong,
        "을 은 이라는 이라고 이란 이라도 이라면 이라서 이라 이나 이며 이고 이지만 이다 이었다 이었던 이에요 인데 이므로 이든 이든지 이랑 입니다 이니까 이야 인가 인지",
    ),
    (After::Closed, Strength::Strong, "으로"),
    (
        After::Vowel,
        Strength::Strong,
        "를 는 라는 라고 란 라도 라면 라서 와 였다 였던 예요 랑 입니다 이다 이라는 이라고 이란 이며 이고 이지만 이라도 인데 인가 인지",
    ),
    (After::Open, Strength::Strong, "로서 로써"),
    (After::Open, Strength::Weak, "로"),
    (After::Vowel, Strength::Weak, "가 나 든 든지 며 야 니까"),
    (After::Consonant, Strength::Weak, "이 과 아"),
    (After::Any, Strength::Weak, "의 도 만 대로 인 일 임 요 께 씩 적 적인 적으로"),
];

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

/// A word of a list and the bit of the list.
type Listed = (&'static str, u16);

static ENDINGS: [Listed; n_words(&ENDING_LISTS)] = table(&ENDING_LISTS);
const PARTICLE_LISTS: [&str; PARTICLES.len()] = {
    let mut lists = [""; PARTICLES.len()];
    let mut at = 0;
    while at < lists.len() {
        lists[at] = PARTICLES[at].2;
        at += 1;
    }
    lists
};
static PARTICLE_TABLE: [Listed; n_words(&PARTICLE_LISTS)] = table(&PARTICLE_LISTS);

/// Bytes of the longest particle or ending, which is the last of a table.
const MAX_PARTICLE: usize = PARTICLE_TABLE[PARTICLE_TABLE.len() - 1].0.len();
const MAX_ENDING: usize = ENDINGS[ENDINGS.len() - 1].0.len();

const fn n_words(lists: &[&str]) -> usize {
    let (mut n, mut list) = (0, 0);
    while list < lists.len() {
        let (bytes, mut at) = (lists[list].as_bytes(), 0);
        n += 1;
        while at < bytes.len() {
            n += (bytes[at] == b' ') as usize;
            at += 1;
        }
        list += 1;
    }
    n
}

/// The words of all lists, sorted by length and then by bytes: made by the compiler, so that a lookup is a binary search.
const fn table<const N: usize>(lists: &[&'static str]) -> [Listed; N] {
    let mut out = [("", 0); N];
    let (mut n, mut list) = (0, 0);
    while list < lists.len() {
        let mut rest = lists[list];
        loop {
            let mut end = 0;
            while end < rest.len() && rest.as_bytes()[end] != b' ' {
                end += 1;
            }
            let (word, tail) = rest.split_at(end);
            let mut at = n;
            while 0 < at && is_before(word, out[at - 1].0) {
                out[at] = out[at - 1];
                at -= 1;
            }
            out[at] = (word, 1 << list);
            n += 1;
            if tail.is_empty() {
                break;
            }
            rest = tail.split_at(1).1;
        }
        list += 1;
    }
    out
}

const fn is_before(a: &str, b: &str) -> bool {
    if a.len() != b.len() {
        return a.len() < b.len();
    }
    let mut at = 0;
    while at < a.len() && a.as_bytes()[at] == b.as_bytes()[at] {
        at += 1;
    }
    at < a.len() && a.as_bytes()[at] < b.as_bytes()[at]
}

/// The bits of all lists that have the word.
fn lists_with(word: &str, table: &[Listed]) -> u16 {
    let first = table.partition_point(|(listed, _)| is_before(listed, word));
    table.iter().skip(first).take_while(|(listed, _)| *listed == word).fold(0, |bits, (_, bit)| bits | bit)
}

/// Light verbs that make a verb of a noun: 사용하다, 구현되다, 실행시키다.
const LIGHT_VERBS: [&str; 4] = ["하", "되", "시키", "당하"];

/// Everything that one step can take off `word`, longest piece first. A word that does not end in a syllable has none.
pub fn stems(word: &str) -> Vec<Stem> {
    let mut out = Vec::new();
    if !word.ends_with(is_syllable) {
        return out;
    }
    push_verb_stems(word, &mut out);
    push_particle_stems(word, &mut out);
    // Insertion keeps the order among equals; there are never more than a few.
    for at in 1..out.len() {
        let shorter = out.iter().take(at).filter(|stem| stem.text.len() <= out.get(at).map_or(0, |new| new.text.len())).count();
        if let Some(moved) = out.get_mut(shorter..=at) {
            moved.rotate_right(1);
        }
    }
    out.dedup_by(|a, b| a.text == b.text && a.verb == b.verb);
    out
}

/// Can `particle` stand after `word`? One particle, not a stack.
pub fn takes_particle(word: &str, particle: &str) -> bool {
    let Some(last) = word.chars().next_back() else { return false };
    let lists = lists_with(particle, &PARTICLE_TABLE);
    PARTICLES.iter().enumerate().any(|(list, (after, ..))| lists >> list & 1 == 1 && follows(*after, last))
}

fn push_particle_stems(word: &str, out: &mut Vec<Stem>) {
    for (at, _) in word.char_indices().skip(1).filter(|(at, _)| word.len() - at <= MAX_PARTICLE) {
        let (text, particle) = word.split_at(at);
        let lists = lists_with(particle, &PARTICLE_TABLE);
        let Some(last) = text.chars().next_back().filter(|_| lists != 0) else { continue };
        for (list, (after, strength, _)) in PARTICLES.iter().enumerate() {
            if lists >> list & 1 == 1 && follows(*after, last) {
                out.push(Stem { text: text.to_owned(), strength: *strength, verb: false, irregular: false });
            }
        }
    }
}

fn follows(after: After, last: char) -> bool {
    let Some(syllable) = Syllable::of(last) else { return true };
    match after {
        After::Any => true,
        After::Vowel => syllable.jongseong == 0,
        After::Consonant => syllable.jongseong != 0,
        After::Open => matches!(syllable.jongseong, 0 | 8),
        After::Closed => !matches!(syllable.jongseong, 0 | 8),
    }
}

fn push_verb_stems(word: &str, out: &mut Vec<Stem>) {
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
        if !ending.is_empty() && (is(IS_OPEN) || syllable.jongseong != 0 && is(IS_AFTER_EU)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, noun: &str, strength: Strength) {
        let found = stems(word);
        assert!(found.iter().any(|stem| stem.text == noun && stem.strength == strength && !stem.verb), "{word}: {found:?}");
    }

    #[track_caller]
    fn check_verb(word: &str, stem: &str) {
        assert!(stems(word).iter().any(|found| found.text == stem && found.verb), "{word}: {:?}", stems(word));
    }

    #[test]
    fn takes_particles_off() {
        check("카프카에서", "카프카", Strength::Strong);
        check("밑줄과", "밑줄", Strength::Weak);
        check("서울로", "서울", Strength::Weak);
        check("부산으로", "부산", Strength::Strong);
        check("평소가", "평소", Strength::Weak);
    }

    #[test]
    fn knows_which_particle_a_word_takes() {
        assert!(takes_particle("카프카", "는") && takes_particle("모니터링", "은"));
        assert!(!takes_particle("카프카", "은") && !takes_particle("카프카", "카") && !takes_particle("", "는"));
    }

    #[test]
    fn particle_must_fit_the_sound_before_it() {
        assert!(stems("마을").iter().all(|stem| stem.verb), "마 takes 를");
        assert!(!stems("작가").iter().any(|stem| stem.text == "작"));
        assert!(!stems("경로").iter().any(|stem| !stem.verb));
    }

    #[test]
    fn nouns_lose_their_light_verb() {
        for word in ["사용하는", "사용했던", "사용합니다", "사용해서", "사용한", "사용하면", "사용하기", "사용할", "사용하여"]
        {
            check(word, "사용", Strength::Strong);
        }
        check("구현된", "구현", Strength::Strong);
        check("구현됐다", "구현", Strength::Strong);
        check("실행시켜", "실행", Strength::Strong);
        check("함수형하다", "함수형", Strength::Strong);
        assert!(!stems("함수").iter().any(|stem| !stem.verb));
        assert!(!stems("이해").iter().any(|stem| !stem.verb));
    }

    #[test]
    fn verbs_keep_their_stem() {
        for word in ["나눴다", "나누는", "나눈", "나눌", "나눠서", "나눕니다", "나누고"] {
            check_verb(word, "나누");
        }
        for word in ["만들었다", "만들고", "만들어서"] {
            check_verb(word, "만들");
        }
        check_verb("그렸던", "그리");
        for word in ["보냈다", "보내는", "보내서"] {
            check_verb(word, "보내");
        }
        check_verb("켰다", "켜");
    }

    #[test]
    fn verbs_that_change_before_vowels_keep_their_stem() {
        for word in ["골라", "골랐다", "고르는", "골라서"] {
            check_verb(word, "고르");
        }
        for word in ["나빴던", "나쁜", "나빠서", "나쁘고"] {
            check_verb(word, "나쁘");
        }
        check_verb("써야", "쓰");
        for word in ["어려운", "어려워서", "어렵다", "어려웠다", "어려움", "가까워"] {
            check_verb(word, if word == "가까워" { "가깝" } else { "어렵" });
        }
        assert!(stems("배우는").iter().any(|stem| stem.text == "배우" && !stem.irregular));
        assert!(stems("새").iter().all(|stem| stem.text == "새"), "no contraction of 사");
    }

    #[test]
    fn other_verbs_keep_their_stem() {
        check_verb("높은", "높");
        check_verb("됐다", "되");
    }
}
