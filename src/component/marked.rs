//! Text with the words that a search found in it marked.

use std::ops::Range;

use leptos::prelude::*;

use crate::markup::{el, fragment, text};

/// Text whose byte ranges `ranges` are marked. Ranges are in order and do not overlap; one that does not fit the text is left out.
pub(crate) fn marked(content: &str, ranges: &[Range<usize>]) -> AnyView {
    if ranges.is_empty() {
        return text(content);
    }
    marked_parts(split(content, ranges).into_iter().map(|(part, is_hit)| (part.to_owned(), is_hit)).collect())
}

/// Text that is already cut; the flag says which parts are marked.
pub(crate) fn marked_parts(parts: Vec<(String, bool)>) -> AnyView {
    fragment(parts.into_iter().map(|(part, is_hit)| if is_hit { el("mark").text(part).view() } else { text(part) }).collect())
}

/// Cuts text at the ends of its ranges; the flag says which parts lie in one.
fn split<'a>(text: &'a str, ranges: &[Range<usize>]) -> Vec<(&'a str, bool)> {
    let mut parts = Vec::with_capacity(ranges.len() * 2 + 1);
    let mut from = 0;
    for range in ranges {
        let (Some(before), Some(hit)) = (text.get(from..range.start), text.get(range.clone())) else { continue };
        parts.push((before, false));
        parts.push((hit, true));
        from = range.end;
    }
    parts.extend(text.get(from..).map(|rest| (rest, false)));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::single_range_in_vec_init, reason = "one range is what is meant")]

    use super::split;

    #[test]
    fn nothing_is_lost_between_the_marks() {
        assert_eq!(split("카프카 모니터링", &[0..9]), [("카프카", true), (" 모니터링", false)]);
        assert_eq!(split("ab", &[0..1, 1..2]), [("a", true), ("b", true)]);
        assert_eq!(split("카", &[1..2]), [("카", false)]);
    }
}
