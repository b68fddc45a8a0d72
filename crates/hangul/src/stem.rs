//! Taking particles (조사) and endings (어미, [`verb`]) off a word, one step at a time.
//!
//! A word alone does not show where its stem ends (고속도로 is no 고속도 + 로), so this module lists what *can* be taken off and how sure
//! that is; who knows the vocabulary decides.

mod verb;

use crate::syllable::{Syllable, is_syllable};
use verb::push_verb_stems;

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

impl Stem {
    /// Did a particle come off that may be part of the word? Not from what is left of a verb: 붙이는 is of 붙이, not of 붙.
    pub fn is_weak_noun(&self) -> bool {
        !self.verb && self.strength == Strength::Weak
    }
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

/// A word of a list and the bit of the list.
type Listed = (&'static str, u16);

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

/// Bytes of the longest particle, which is the last of the table.
const MAX_PARTICLE: usize = PARTICLE_TABLE[PARTICLE_TABLE.len() - 1].0.len();

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
        assert!(!stems("해고").iter().any(|stem| stem.verb), "하여 and 고 do not go together");
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
