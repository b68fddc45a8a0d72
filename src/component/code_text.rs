//! The text of a block of code with its colours, and with what a search found in it.

use std::ops::Range;

use corpus::{CodeTokens, TokenKind};
use leptos::prelude::*;

use super::marked::marked;
use crate::markup::{el, fragment, text};

/// How a part of the text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Plain,
    Token(TokenKind),
    Mark,
}

/// Code whose byte `ranges` are marked; a marked word keeps the colours of a mark. Ranges are in order and do not overlap.
pub(super) fn code_text(code: &str, tokens: Option<&CodeTokens>, ranges: &[Range<usize>]) -> AnyView {
    let Some(tokens) = tokens.filter(|tokens| !tokens.is_empty()) else { return marked(code, ranges) };
    let view = |(part, kind): (&str, Part)| match kind {
        Part::Plain => text(part),
        Part::Token(kind) => el("span").class(class(kind)).text(part).view(),
        Part::Mark => el("mark").text(part).view(),
    };
    fragment(parts(code, tokens, ranges).into_iter().map(view).collect())
}

fn class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Keyword => "code-block__keyword",
        TokenKind::String => "code-block__string",
        TokenKind::Number => "code-block__number",
        TokenKind::Name => "code-block__name",
        TokenKind::Comment => "code-block__comment",
    }
}

/// The text cut at the ends of its tokens and of the ranges, marks over tokens. What does not fit the text is left out, so that the parts
/// together are the text whatever a file says.
fn parts<'a>(code: &'a str, tokens: &CodeTokens, ranges: &[Range<usize>]) -> Vec<(&'a str, Part)> {
    let fits = |range: &Range<usize>| code.get(range.clone()).is_some();
    let mut parts = Vec::new();
    let mut push = |range: Range<usize>, part: Part| parts.extend(code.get(range).filter(|text| !text.is_empty()).map(|text| (text, part)));
    let mut marks = ranges.iter().filter(|range| fits(range)).cloned().peekable();
    let mut at = 0;
    let plain_end = (code.len()..code.len(), Part::Plain);
    for (token, part) in tokens.iter().filter(|(range, _)| fits(range)).map(|(range, kind)| (range, Part::Token(kind))).chain([plain_end]) {
        // First what lies before the token, then the token itself.
        for (end, part) in [(token.start, Part::Plain), (token.end, part)] {
            while let Some(mark) = marks.next_if(|mark| mark.start < end) {
                if at <= mark.start {
                    push(at..mark.start, part);
                    push(mark.clone(), Part::Mark);
                    at = mark.end;
                }
            }
            if at < end {
                push(at..end, part);
                at = end;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use corpus::{CodeTokens, TokenKind};
    use proptest::prelude::*;

    use super::{Part, parts};

    #[test]
    fn marks_lie_over_tokens() {
        let tokens = CodeTokens::new(&[(0..3, TokenKind::Keyword), (4..9, TokenKind::Name)]);
        assert_eq!(
            parts("def totp():", &tokens, &[2..6, 8..10]),
            [
                ("de", Part::Token(TokenKind::Keyword)),
                ("f to", Part::Mark),
                ("tp", Part::Token(TokenKind::Name)),
                ("()", Part::Mark),
                (":", Part::Plain)
            ]
        );
    }

    proptest! {
        #[test]
        fn the_parts_are_the_text(code in "[a-z가 \n]{0,20}", numbers in proptest::collection::vec(0..9_u32, 0..12), starts in proptest::collection::vec(0..20_usize, 0..4)) {
            let mut starts = starts;
            starts.sort_unstable();
            starts.dedup();
            let ranges: Vec<_> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
            let shown: String = parts(&code, &CodeTokens::from_numbers(numbers), &ranges).into_iter().map(|(text, _)| text).collect();
            prop_assert_eq!(shown, code);
        }
    }
}
