//! Marks of questions and answers. They decide where a block begins, whatever stands before them.

use crate::markdown::question_mark;

/// Where a `Q.` or `A.` begins, in a text that has at least one of each.
pub(super) fn cuts(flat: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let (mut n_questions, mut n_answers) = (0, 0);
    let mut previous = None;
    for (idx, c) in flat.char_indices() {
        // `FAQ.` and `Type A.` are words: a mark follows a sign, a space behind a sign, or Hangul.
        let is_free = previous.is_none_or(|previous: char| !previous.is_ascii_alphanumeric() && previous != ' ')
            || flat.get(..idx).is_some_and(|before| before.trim_end().ends_with(['.', '?', '!', '…', ')']));
        if matches!(c, 'Q' | 'A') && is_free && flat.get(idx..).is_some_and(|rest| question_mark(&head(rest)).is_some()) {
            n_questions += usize::from(c == 'Q');
            n_answers += usize::from(c == 'A');
            cuts.push(idx);
        }
        previous = Some(c);
    }
    if n_questions == 0 || n_answers == 0 { Vec::new() } else { cuts }
}

/// The first few characters, with any white space as a space.
fn head(rest: &str) -> String {
    rest.chars().take(6).map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}
