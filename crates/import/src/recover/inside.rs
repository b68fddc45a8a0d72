//! Places where no block begins, whatever the model sees there: between a pair of brackets or quotation marks, between a label and its
//! number, before a colon that a space follows, before a footnote's number, before a particle behind final punctuation, before the last letter
//! of a name like `FAQ.`, behind the sign of `!important`. Of 29,399 known blocks hardly one begins so.

use super::{
    glued::{Gap, Glued, LOWER, UPPER},
    note, particle, picture,
};

/// Visible characters that a pair holds at the most. More keeps longer asides whole, and more of what a mark that was never closed holds.
const REACH: usize = 80;

/// What closes an opening sign; straight quotes close and open alike and tell nothing.
fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        _ => return None,
    })
}

/// For each visible character, whether no block may begin with it. Cost: linear.
pub(super) fn places(glued: &Glued) -> Vec<bool> {
    let mut inside: Vec<bool> = (0..glued.len())
        .map(|idx| {
            picture::is_inside(glued, idx)
                || is_step(glued, idx)
                || is_colon(glued, idx)
                || is_last_letter(glued, idx)
                || is_prefixed(glued, idx)
                || particle::is_at(glued, idx)
        })
        .collect();
    for (lo, _) in note::places(glued) {
        inside.iter_mut().skip(lo).take(1).for_each(|slot| *slot = true);
    }
    for (idx, &open) in glued.chars.iter().enumerate() {
        let Some(close) = closing(open) else { continue };
        let behind = glued.chars.iter().skip(idx + 1).take(REACH);
        // A second opening sign before the closing one: the first was never closed.
        let length = behind.clone().position(|&c| c == close || c == open);
        if let Some(length) = length.filter(|&length| behind.clone().nth(length) == Some(&close)) {
            inside.iter_mut().skip(idx + 1).take(length + 1).for_each(|slot| *slot = true);
        }
    }
    inside
}

/// Between `Step` and its number.
fn is_step(glued: &Glued, idx: usize) -> bool {
    let Some(label) = idx.checked_sub(4).and_then(|lo| glued.chars.get(lo..idx)) else { return false };
    glued.chars.get(idx).is_some_and(char::is_ascii_digit)
        && label.iter().zip("step".chars()).all(|(c, letter)| c.eq_ignore_ascii_case(&letter))
}

/// A colon between what it explains and the explanation. One without a space behind it may be code: `:root`.
fn is_colon(glued: &Glued, idx: usize) -> bool {
    glued.chars.get(idx) == Some(&':') && idx + 1 < glued.len() && glued.gap(idx + 1) != Gap::None
}

/// Behind a sign that belongs to what follows: `!important`.
fn is_prefixed(glued: &Glued, idx: usize) -> bool {
    let Some(sign) = idx.checked_sub(1) else { return false };
    let is_apart = glued.chars.get(sign) == Some(&'!') && glued.gap(sign) != Gap::None && glued.gap(idx) == Gap::None;
    is_apart && glued.class(idx) == LOWER
}

/// Before the last letter of `FAQ.` or `QA.`, which would look like the mark of a question or an answer.
fn is_last_letter(glued: &Glued, idx: usize) -> bool {
    let is_mark = matches!(glued.chars.get(idx..idx + 2), Some(['Q' | 'A', '.']));
    is_mark && glued.gap(idx) == Gap::None && idx.checked_sub(1).is_some_and(|before| glued.class(before) == UPPER)
}

#[cfg(test)]
mod tests {
    use super::{Glued, places};

    #[test]
    fn pairs_and_labels_stay_whole() {
        let shown = |flat: &str| -> String {
            let glued = Glued::new(flat);
            let places = places(&glued);
            glued.chars.iter().zip(places).flat_map(|(&c, inside)| if inside { vec![c] } else { vec!['|', c] }).collect()
        };
        assert_eq!(shown("가(나 다)라"), "|가|(나다)|라");
        assert_eq!(shown("“가”나 ‘다"), "|“가”|나|‘|다");
        assert_eq!(shown("(가(나)"), "|(|가|(나)");
        assert_eq!(shown("가 : 나:다"), "|가:|나|:|다");
        assert_eq!(shown("Step2"), "|S|t|e|p2");
        assert_eq!(shown("FAQ.가"), "|F|AQ|.|가");
        assert_eq!(shown("에 !ab가"), "|에|!a|b|가");
    }
}
