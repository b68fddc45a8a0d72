//! Whether a name begins like what is being typed: for suggestions, where a name is seldom finished and never misspelt on purpose.

use hangul::{choseong, encode, encode_char, is_choseong, parts, split_cluster};

/// What is being typed, ready to be compared with thousands of names.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// Its keys: as typed, and with the last consonant moved on. None for an empty text, which begins nothing.
    keys: Vec<Vec<u8>>,
    /// The text, if it is nothing but initials.
    initials: Option<String>,
}

impl Start {
    /// Cost: linear in the text.
    pub fn of(typed: &str) -> Self {
        let typed = typed.to_lowercase();
        if typed.is_empty() {
            return Self::default();
        }
        let moved = final_as_initial(&typed).map(|moved| encode(&moved));
        Self {
            keys: [encode(&typed)].into_iter().chain(moved).collect(),
            initials: Some(typed).filter(|typed| typed.chars().all(is_choseong)),
        }
    }

    /// Does `name` begin like it? Half a syllable is enough (`카프ㅋ`, `캎` for 카프카), so are initials (`ㅋㅍ`); case does not matter.
    /// Cost: linear in what both share.
    pub fn begins(&self, name: &str) -> bool {
        self.keys.iter().any(|key| begins_with(name, key)) || self.initials.as_ref().is_some_and(|typed| choseong(name).starts_with(typed))
    }
}

/// Whether the key of a name in small letters begins like this, without making the key: most names differ in their first letter.
fn begins_with(name: &str, key: &[u8]) -> bool {
    let mut rest = key;
    let mut code = Vec::with_capacity(4);
    for c in name.chars().flat_map(char::to_lowercase) {
        code.clear();
        encode_char(c, &mut code);
        match rest.strip_prefix(code.as_slice()) {
            Some(after) => rest = after,
            None => return code.starts_with(rest),
        }
    }
    rest.is_empty()
}

/// The text with the last consonant moved on to a syllable of its own, as the input method will do at the next vowel: 캎 is 카ㅍ.
fn final_as_initial(typed: &str) -> Option<String> {
    let last = typed.chars().next_back()?;
    let (.., Some(final_)) = parts(last)? else { return None };
    // Finals stand behind the open syllable in Unicode, so taking one off is a subtraction.
    let open = char::from_u32(last as u32 - (last as u32 - '가' as u32) % 28)?;
    let before = typed.strip_suffix(last)?;
    Some(match split_cluster(final_).filter(|_| !is_choseong(final_)) {
        Some((kept, moved)) => {
            let offset = FINALS.chars().position(|c| c == kept)? as u32 + 1;
            format!("{before}{}{moved}", char::from_u32(open as u32 + offset)?)
        }
        None => format!("{before}{open}{final_}"),
    })
}

/// Final consonants in the order of Unicode.
const FINALS: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

#[cfg(test)]
mod tests {
    use super::Start;

    fn starts_like(name: &str, typed: &str) -> bool {
        Start::of(typed).begins(name)
    }

    #[test]
    fn half_of_a_name_is_enough() {
        for typed in ["카", "캎", "카프ㅋ", "ㅋㅍ", "카프카"] {
            assert!(starts_like("카프카", typed), "{typed}");
        }
        for typed in ["", "프카", "카카", "ㅍ", "카프카를"] {
            assert!(!starts_like("카프카", typed), "{typed}");
        }
        assert!(starts_like("Docker", "DO"));
        assert!(starts_like("Éclair", "é") && !starts_like("a", "ab"));
        assert!(starts_like("읽기", "읽"));
        assert!(starts_like("일기", "읽"), "the final may begin the next syllable");
    }
}
