//! Whether a name begins like what is being typed: for suggestions, where a name is seldom finished and never misspelt on purpose.

use hangul::{choseong, encode, is_choseong, parts, split_cluster};

/// Does `name` begin like `typed`? Half a syllable is enough (`카프ㅋ`, `캎` for 카프카), so are initials (`ㅋㅍ`); case does not matter.
/// Cost: linear in both.
pub fn starts_like(name: &str, typed: &str) -> bool {
    let (name, typed) = (name.to_lowercase(), typed.to_lowercase());
    if typed.is_empty() {
        return false;
    }
    let key = encode(&name);
    key.starts_with(&encode(&typed))
        || final_as_initial(&typed).is_some_and(|typed| key.starts_with(&encode(&typed)))
        || (typed.chars().all(is_choseong) && choseong(&name).starts_with(&typed))
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
    use super::starts_like;

    #[test]
    fn half_of_a_name_is_enough() {
        for typed in ["카", "캎", "카프ㅋ", "ㅋㅍ", "카프카"] {
            assert!(starts_like("카프카", typed), "{typed}");
        }
        for typed in ["", "프카", "카카", "ㅍ", "카프카를"] {
            assert!(!starts_like("카프카", typed), "{typed}");
        }
        assert!(starts_like("Docker", "DO"));
        assert!(starts_like("읽기", "읽"));
        assert!(starts_like("일기", "읽"), "the final may begin the next syllable");
    }
}
