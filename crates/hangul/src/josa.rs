//! The particle that fits a word: 카프카는, Rust는, 3은, 서울로.

use crate::syllable::Syllable;

/// A particle with two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Josa {
    /// 은 / 는
    EunNeun,
    /// 이 / 가
    IGa,
    /// 을 / 를
    EulReul,
    /// 과 / 와
    GwaWa,
    /// 으로 / 로 (ㄹ takes 로)
    EuroRo,
    /// 이나 / 나
    INa,
}

/// How a word ends when it is read aloud in Korean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Vowel,
    Rieul,
    Consonant,
}

/// The form of `josa` that follows `word`. Latin words and digits are taken as Koreans read them (`Rust` 러스트, `SQL` 에스큐엘,
/// `10` 십); closing brackets and quotes are looked through. A word that cannot be read takes the form after a vowel.
pub fn josa(word: &str, josa: Josa) -> &'static str {
    let (consonant, vowel) = match josa {
        Josa::EunNeun => ("은", "는"),
        Josa::IGa => ("이", "가"),
        Josa::EulReul => ("을", "를"),
        Josa::GwaWa => ("과", "와"),
        Josa::EuroRo => ("으로", "로"),
        Josa::INa => ("이나", "나"),
    };
    match ending(word) {
        Ending::Vowel => vowel,
        Ending::Rieul if josa == Josa::EuroRo => vowel,
        Ending::Rieul | Ending::Consonant => consonant,
    }
}

fn ending(word: &str) -> Ending {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let Some(last) = word.chars().next_back() else { return Ending::Vowel };
    if let Some(syllable) = Syllable::of(last) {
        return match syllable.jongseong {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        };
    }
    match last {
        '1' | '7' | '8' => Ending::Rieul,
        '0' | '3' | '6' => Ending::Consonant,
        'a'..='z' | 'A'..='Z' => latin_ending(word),
        _ => Ending::Vowel,
    }
}

/// By the rules that loan words follow: most stops and sibilants get a vowel (리액트, 레디스), short k, p, b stay finals (훅, 맵, 웹).
fn latin_ending(word: &str) -> Ending {
    let start = word.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + word[at..].chars().next().map_or(1, char::len_utf8));
    let latin = word.get(start..).unwrap_or(word);
    let spelled_out = latin.len() == 1 || latin.chars().all(|c| c.is_ascii_uppercase());
    let lower = latin.to_ascii_lowercase();
    if spelled_out {
        return match lower.as_bytes().last() {
            Some(b'l' | b'r') => Ending::Rieul,
            Some(b'm' | b'n') => Ending::Consonant,
            _ => Ending::Vowel,
        };
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    if ends(&["l", "le"]) {
        Ending::Rieul
    } else if ends(&["m", "n", "ng", "me", "ne", "k", "p", "b", "c"]) {
        Ending::Consonant
    } else {
        Ending::Vowel
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, particle: Josa, expect: &str) {
        assert_eq!(josa(word, particle), expect, "{word}");
    }

    #[test]
    fn follows_the_last_sound() {
        check("카프카", Josa::EunNeun, "는");
        check("모니터링", Josa::EunNeun, "은");
        check("서울", Josa::EuroRo, "로");
        check("부산", Josa::EuroRo, "으로");
        check("서울", Josa::GwaWa, "과");
        check("'쿠버네티스'", Josa::EulReul, "를");
    }

    #[test]
    fn reads_latin_and_digits_in_korean() {
        check("React", Josa::EunNeun, "는");
        check("SQL", Josa::EuroRo, "로");
        check("SQL", Josa::EunNeun, "은");
        check("Python", Josa::IGa, "이");
        check("Google", Josa::EuroRo, "로");
        check("AWS", Josa::EulReul, "를");
        check("스토리 10", Josa::IGa, "이");
        check("2", Josa::IGa, "가");
        check("", Josa::IGa, "가");
    }
}
