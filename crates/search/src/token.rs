//! Text to tokens: folded words, cut where the script changes (`React를` is `react` and `를`).

use std::ops::Range;

use hangul::{is_jamo, is_syllable};

/// A run of one script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    Hangul,
    /// ASCII letters and digits.
    Latin,
    /// Letters and digits of any other script.
    Other,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Folded: lower case, half width.
    pub(crate) text: String,
    /// Bytes of the original.
    pub(crate) range: Range<usize>,
    pub(crate) script: Script,
    /// Does it follow the token before without a space or mark between?
    pub(crate) glued: bool,
}

/// Full-width ASCII to ASCII, ASCII to lower case; the rest stays.
pub(crate) fn fold(c: char) -> char {
    let half = match c as u32 {
        full @ 0xFF01..=0xFF5E => char::from_u32(full - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    half.to_ascii_lowercase()
}

fn script(c: char) -> Option<Script> {
    if is_syllable(c) || is_jamo(c) {
        Some(Script::Hangul)
    } else if c.is_ascii_alphanumeric() {
        Some(Script::Latin)
    } else if !c.is_ascii() && c.is_alphanumeric() {
        Some(Script::Other)
    } else {
        None
    }
}

/// Calls `push` for each token in order. `+` and `#` right after a Latin word belong to it (C++, F#).
pub(crate) fn for_each_token(text: &str, mut push: impl FnMut(Token)) {
    let mut open: Option<Token> = None;
    for (at, c) in text.char_indices() {
        let c_folded = fold(c);
        let end = at + c.len_utf8();
        match script(c_folded) {
            Some(script) => match &mut open {
                Some(token) if token.script == script && !token.text.ends_with(['+', '#']) => {
                    token.text.push(c_folded);
                    token.range.end = end;
                }
                _ => {
                    let glued = open.is_some();
                    let token = Token { text: c_folded.into(), range: at..end, script, glued };
                    if let Some(done) = open.replace(token) {
                        push(done);
                    }
                }
            },
            None => {
                if let Some(mut done) = open.take() {
                    let sign = matches!(c_folded, '+' | '#') && done.script == Script::Latin && done.text.len() <= 2;
                    if sign {
                        done.text.push(c_folded);
                        done.range.end = end;
                        open = Some(done);
                    } else {
                        push(done);
                    }
                }
            }
        }
    }
    if let Some(done) = open {
        push(done);
    }
}

/// All tokens of a short text.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    for_each_token(text, |token| out.push(token));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found = tokens(text);
        let texts: Vec<_> = found.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(texts, expect);
        for token in &found {
            let original: String = text[token.range.clone()].chars().map(fold).collect();
            assert_eq!(original, token.text);
        }
    }

    #[test]
    fn cuts_at_script_changes_and_marks() {
        check("React를 5개월, Ｎode.js!", &["react", "를", "5", "개월", "node", "js"]);
        check("C++과 C# + k8s", &["c++", "과", "c#", "k8s"]);
        check("카프ㅋ  人사이드", &["카프ㅋ", "人", "사이드"]);
        check("", &[]);
    }
}
