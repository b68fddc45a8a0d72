//! Sentence ends that are directly followed by the next block.
//!
//! In running Korean a space follows a sentence; where none does, a block ended. The exceptions are all inside words: URLs, numbers,
//! versions, file and domain names, code. An ellipsis is no evidence: it glues in the middle of a sentence as often as at its end. Nor is
//! a sentence end inside quotes or brackets, where the sentence around goes on as often (`"가자!"라고`). Those are left to the model.

/// Syllables that end Korean sentences, before `.` and something that is not Hangul; `파일.txt` ends in none of them.
const ENDINGS: &str = "다요죠까음함됨임네지군라자오용당염";

/// Byte offsets at which a block ends.
pub(super) fn cuts(flat: &str) -> Vec<usize> {
    let chars: Vec<(usize, char)> = flat.char_indices().collect();
    let mut cuts = Vec::new();
    let mut url_end = 0;
    let mut n_quotes = 0;
    for (char_idx, &(offset, c)) in chars.iter().enumerate() {
        n_quotes += usize::from(c == '"');
        if flat.get(offset..).is_some_and(|rest| rest.starts_with("://") || rest.starts_with("www.")) {
            url_end = offset + url_length(flat.get(offset..).unwrap_or_default());
        }
        if offset < url_end || !is_end(&chars, char_idx) {
            continue;
        }
        let Some(&(next_offset, next)) = chars.get(char_idx + 1) else { continue };
        let is_glued =
            next.is_alphabetic() || next.is_ascii_digit() || (next == '"' && n_quotes % 2 == 0) || matches!(next, '“' | '‘' | '「');
        if is_glued && fits(&chars, char_idx, next) {
            cuts.push(next_offset);
        }
    }
    cuts
}

/// Up to white space or Hangul: nobody writes Hangul in an address, but particles follow it.
fn url_length(rest: &str) -> usize {
    rest.find(|c: char| c.is_whitespace() || is_hangul(c)).unwrap_or(rest.len())
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Whether final punctuation stands here, the last of its run, or a smiley.
fn is_end(chars: &[(usize, char)], char_idx: usize) -> bool {
    let at = |idx: Option<usize>| idx.and_then(|idx| chars.get(idx)).map(|&(_, c)| c);
    let (before, next) = (at(char_idx.checked_sub(1)), at(Some(char_idx + 1)));
    match at(Some(char_idx)) {
        Some('.') => before != Some('.') && next != Some('.') && before != Some('…'),
        Some('?' | '!' | '。') => !matches!(next, Some('?' | '!' | '.')),
        Some(')') => before == Some(':') && !matches!(next, Some(')')),
        _ => false,
    }
}

/// Whether what stands around the punctuation makes it a sentence end and not a part of a word.
fn fits(chars: &[(usize, char)], char_idx: usize, next: char) -> bool {
    let punctuation = chars.get(char_idx).map(|&(_, c)| c);
    let before: Vec<char> = chars.get(..char_idx).unwrap_or_default().iter().rev().map(|&(_, c)| c).take(3).collect();
    let Some(&last) = before.iter().find(|c| !matches!(c, '?' | '!')) else { return false };
    match punctuation {
        Some('.') if is_hangul(last) => is_hangul(next) || ENDINGS.contains(last),
        // A name of two letters at least: not `Q.`, `e.g.` or `1.`
        Some('.') if last.is_ascii_alphabetic() => is_hangul(next) && before.get(1).is_some_and(char::is_ascii_alphabetic),
        Some('.') => false,
        Some('?' | '!') if last.is_ascii() && !matches!(last, '"' | '\'' | ')') => is_hangul(next),
        _ => true,
    }
}
