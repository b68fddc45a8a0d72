//! Numbers of pictures, `사진1.` and `그림 2:`. They stay whole, begin a block where a sentence ends before them, and what they begin is a
//! caption: rules, because the model knows too few captions.

use super::glued::Glued;

/// What stands before the number.
const LABELS: [&str; 2] = ["사진", "그림"];

/// Where a picture's number begins behind the end of a sentence or a sign, as byte offsets.
pub(super) fn cuts(flat: &str) -> Vec<usize> {
    let starts = LABELS.iter().flat_map(|label| flat.match_indices(label));
    let begins = |&(at, label): &(usize, &str)| {
        let before = flat.get(..at).unwrap_or_default().trim_end();
        let is_free = before.ends_with(['.', '?', '!', '…', ')', ']', '"', '”', ':']);
        is_free && flat.get(at + label.len()..).is_some_and(|rest| is_number(rest.trim_start().chars().take(4)))
    };
    starts.filter(begins).map(|(at, _)| at).collect()
}

/// Whether the joint before a visible character would cut a label off its number.
pub(super) fn is_inside(glued: &Glued, idx: usize) -> bool {
    let (Some(label), Some(rest)) = (idx.checked_sub(2).and_then(|lo| glued.chars.get(lo..idx)), glued.chars.get(idx..)) else {
        return false;
    };
    is_label(label) && is_number(rest.iter().copied().take(4))
}

/// Whether visible characters begin with a picture's number.
pub(super) fn begins(chars: &[char]) -> bool {
    chars.split_at_checked(2).is_some_and(|(label, rest)| is_label(label) && is_number(rest.iter().copied().take(4)))
}

fn is_label(chars: &[char]) -> bool {
    LABELS.iter().any(|label| label.chars().eq(chars.iter().copied()))
}

/// One or two digits and the sign that ends a number.
fn is_number(chars: impl Iterator<Item = char>) -> bool {
    let mut n_digits = 0;
    for c in chars {
        match c {
            '0'..='9' if n_digits < 2 => n_digits += 1,
            '.' | ':' | ')' | ']' => return n_digits > 0,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::cuts;

    #[test]
    fn a_number_of_a_picture_begins_a_block_behind_a_sentence() {
        assert_eq!(cuts("만나보세요:)사진1. 하드웨어"), ["만나보세요:)".len()]);
        assert_eq!(cuts("생겼다. 그림 12: 구조"), ["생겼다. ".len()]);
        assert_eq!(cuts("가족사진1. 사진 찍기. 사진 2장"), [0; 0]);
    }
}
