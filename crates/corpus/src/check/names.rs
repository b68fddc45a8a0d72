//! Whether two names are one: of companies, and of tags.

/// Why two company names may be one company's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// They differ in case, spaces or signs, or in 주식회사.
    Spelling,
    /// A digit is written out: `8퍼센트`, `에잇퍼센트`.
    Reading,
    /// One is the other and a few letters: `와탭`, `와탭랩스`.
    Beginning,
    /// The same consonants in Latin and in Hangul letters: `HEXLANT`, `헥슬란트`.
    Script,
}

/// What is added to a company's name without making it another company.
const ENDINGS: [&str; 12] = ["랩", "랩스", "코리아", "컴퍼니", "소프트", "테크", "테크놀로지", "그룹", "스튜디오", "호텔", "labs", "korea"];

/// English and Sino-Korean readings of the digits.
const READINGS: [[&str; 10]; 2] = [
    ["제로", "원", "투", "쓰리", "포", "파이브", "식스", "세븐", "에잇", "나인"],
    ["영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"],
];

/// Fewest consonants that say something about a name. Two are shared by too many.
const MIN_CONSONANTS: usize = 3;

/// Why two different names may be one company's, if they may.
pub(super) fn relation(a: &str, b: &str) -> Option<Relation> {
    let (a, b) = (folded(a), folded(b));
    if a.is_empty() || b.is_empty() {
        return None;
    }
    if a == b {
        return Some(Relation::Spelling);
    }
    let reads_as = |digits: &str, word: &str| READINGS.iter().any(|readings| read_aloud(digits, readings) == word);
    if reads_as(&a, &b) || reads_as(&b, &a) {
        return Some(Relation::Reading);
    }
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    if 2 <= short.chars().count() && long.strip_prefix(short.as_str()).is_some_and(|rest| ENDINGS.contains(&rest)) {
        return Some(Relation::Beginning);
    }
    let is_latin = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_hangul = |name: &str| name.chars().all(|c| ('가'..='힣').contains(&c));
    if (is_latin(&a) && is_hangul(&b)) || (is_hangul(&a) && is_latin(&b)) {
        let (a, b) = (consonants(&a), consonants(&b));
        return (MIN_CONSONANTS <= a.len() && a == b).then_some(Relation::Script);
    }
    None
}

/// Letters and digits in lower case, forms of business left out.
fn folded(name: &str) -> String {
    let name = name.to_lowercase().replace("주식회사", "").replace("(주)", "").replace('㈜', "");
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn read_aloud(name: &str, readings: &[&str; 10]) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c.to_digit(10).and_then(|digit| readings.get(usize::try_from(digit).ok()?)) {
            Some(reading) => out.push_str(reading),
            None => out.push(c),
        }
    }
    out
}

/// The consonants of a name by sound, those that romanisations mix up as one; doubled ones once.
fn consonants(name: &str) -> String {
    let mut out = String::new();
    let mut push = |class: char| {
        if class != ' ' && !out.ends_with(class) {
            out.push(class);
        }
    };
    let mut previous = ' ';
    for c in name.chars() {
        match c {
            '가'..='힣' => {
                let syllable = u32::from(c) - u32::from('가');
                let (initial, last) = (syllable / 588, syllable % 28);
                let class = |sounds: &str, idx: u32| usize::try_from(idx).ok().and_then(|idx| sounds.chars().nth(idx)).unwrap_or(' ');
                // ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ, and the finals from none to ㅎ.
                push(class("KKNTTLMPPSS JJJKTPH", initial));
                push(class(" KKKNNNTLKMPSTPHMPPSSNJJKTPH", last));
            }
            'x' => {
                push('K');
                push('S');
            }
            'h' if matches!(previous, 'c' | 's' | 'w' | 'p' | 't') => {}
            c => push(match c {
                'g' | 'k' | 'q' => 'K',
                'c' => 'K',
                'n' => 'N',
                'd' | 't' => 'T',
                'l' | 'r' => 'L',
                'm' => 'M',
                'b' | 'p' | 'v' | 'f' => 'P',
                's' => 'S',
                'j' | 'z' => 'J',
                'h' => 'H',
                _ => ' ',
            }),
        }
        previous = c;
    }
    out
}

/// What is the same in all spellings of a tag: letters and digits, in lower case. `C`, `C#` and `C++` stay apart.
pub(super) fn tag_key(tag: &str) -> String {
    tag.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, '#' | '+')).collect()
}

/// Particles that a tag does not end in by itself, the longest first.
const PARTICLES: [&str; 14] = ["에서", "으로", "에게", "까지", "부터", "처럼", "들의", "들은", "들이", "을", "를", "의", "에", "은"];

/// The tag without a particle; at least two syllables stay.
pub(super) fn without_particle(tag: &str) -> Option<&str> {
    PARTICLES
        .iter()
        .filter_map(|particle| tag.strip_suffix(particle))
        .find(|stem| 2 <= stem.chars().count() && stem.ends_with(|c: char| ('가'..='힣').contains(&c)))
}

#[cfg(test)]
mod tests {
    use super::{Relation, relation, tag_key, without_particle};

    #[test]
    fn one_company_under_two_names() {
        for (a, b, expected) in [
            ("와탭", "와탭랩스", Some(Relation::Beginning)),
            ("데일리호텔", "데일리", Some(Relation::Beginning)),
            ("8퍼센트", "에잇퍼센트", Some(Relation::Reading)),
            ("잔디", "JANDI", Some(Relation::Script)),
            ("헥슬란트", "HEXLANT", Some(Relation::Script)),
            ("스포카", "Spoqa", Some(Relation::Script)),
            ("(주)스포카", "스포카", Some(Relation::Spelling)),
            ("Kakao Corp", "KakaoCorp", Some(Relation::Spelling)),
            // Nothing in the letters says so: that is what aliases are for.
            ("토스랩", "잔디", None),
            ("카카오", "카카오뱅크", None),
            ("카카오뱅크", "카카오페이", None),
            ("리디북스", "비주얼캠프", None),
            ("AWS", "오스", None),
        ] {
            assert_eq!(relation(a, b), expected, "{a} {b}");
            assert_eq!(relation(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn spellings_of_tags() {
        assert_eq!(tag_key("Node.js"), tag_key("nodejs"));
        assert_ne!(tag_key("C++"), tag_key("C"));
        assert_eq!(without_particle("모니터링을"), Some("모니터링"));
        assert_eq!(without_particle("회의"), None);
        assert_eq!(without_particle("node.js에"), None);
    }
}
