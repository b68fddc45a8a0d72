//! The passage of a text that shows best why it was found.

use crate::{matcher::Matcher, order::ascending};

/// How long a snippet may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnippetConfig {
    /// Characters of the passage, ellipses aside.
    pub max_chars: usize,
}

impl Default for SnippetConfig {
    fn default() -> Self {
        Self { max_chars: 120 }
    }
}

/// A passage in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Text and whether it is marked, in reading order; line breaks became spaces. Empty when nothing matches.
    pub parts: Vec<(String, bool)>,
}

/// Chooses the passage with the most different marked words, then the most marked words, then the first. It begins at a word and, where that
/// is near, at a sentence.
pub fn snippet(text: &str, matcher: &Matcher, config: &SnippetConfig) -> Snippet {
    let ranges = matcher.ranges(text);
    let Some(first) = ranges.first() else { return Snippet::default() };
    let max_chars = config.max_chars.max(1);
    let mut best = (0usize, 0usize, first.start);
    let mut found: Vec<(usize, usize, usize)> = Vec::with_capacity(ranges.len());
    for (range_idx, range) in ranges.iter().enumerate() {
        let end = skip_chars(text, range.start, max_chars * 2 / 3);
        let inside: Vec<&str> = ranges
            .iter()
            .skip(range_idx)
            .take_while(|later| later.end <= end)
            .take(16)
            .filter_map(|later| text.get(later.clone()))
            .collect();
        let mut different = inside.clone();
        ascending(&mut different);
        different.dedup();
        found.push((different.len(), inside.len(), range.start));
    }
    for candidate in found {
        if (best.0, best.1) < (candidate.0, candidate.1) {
            best = candidate;
        }
    }
    let start = passage_start(text, best.2, max_chars / 3);
    let end = skip_chars(text, start, max_chars);
    let end = match text.get(start..end).and_then(|passage| passage.rfind(char::is_whitespace)) {
        // Cut at a word's end, unless that loses a lot.
        Some(space) if end < text.len() && start + space > best.2 && space * 4 > (end - start) * 3 => start + space,
        _ => end,
    };
    let mut parts = Vec::new();
    let mut at = start;
    for range in ranges.iter().filter(|range| start <= range.start && range.end <= end) {
        push(&mut parts, text.get(at..range.start), false);
        push(&mut parts, text.get(range.clone()), true);
        at = range.end;
    }
    push(&mut parts, text.get(at..end), false);
    if start > 0 {
        parts.insert(0, ("…".to_owned(), false));
    }
    if end < text.trim_end().len() {
        parts.push(("…".to_owned(), false));
    }
    Snippet { parts }
}

fn push(parts: &mut Vec<(String, bool)>, text: Option<&str>, marked: bool) {
    let text: String = text.unwrap_or_default().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if !text.is_empty() {
        parts.push((text, marked));
    }
}

/// Byte position `n` characters after `from`.
fn skip_chars(text: &str, from: usize, n: usize) -> usize {
    text.get(from..).and_then(|rest| rest.char_indices().nth(n)).map_or(text.len(), |(at, _)| from + at)
}

/// At most `n` characters before `from`: after the last sentence end or line break there, else at a word.
fn passage_start(text: &str, from: usize, n: usize) -> usize {
    let before = text.get(..from).unwrap_or_default();
    let earliest = before.char_indices().rev().take(n).last().map_or(from, |(at, _)| at);
    let window = before.get(earliest..).unwrap_or_default();
    if let Some(at) = window.rfind(['\n', '\r']) {
        return earliest + at + 1;
    }
    if earliest == 0 {
        return 0;
    }
    let sentence = [". ", "? ", "! "].iter().filter_map(|mark| window.rfind(mark)).max();
    if let Some(at) = sentence {
        return earliest + at + 2;
    }
    window.find(char::is_whitespace).map_or(from, |at| earliest + at + window[at..].chars().next().map_or(1, char::len_utf8))
}
