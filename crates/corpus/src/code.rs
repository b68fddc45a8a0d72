//! What the parts of a block of code are, for colours: numbers beside the text, so that the text itself stays whole for search, marks,
//! copying and highlights.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What a part of code is. Anything else is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of the language.
    Keyword,
    /// A text between quotes.
    String,
    /// A number or a constant.
    Number,
    /// The name of a function, a type, a key, a tag.
    Name,
    /// A remark for people.
    Comment,
}

impl TokenKind {
    /// Every kind; the position is the number in files. Add new ones at the end.
    pub const ALL: [Self; 5] = [Self::Keyword, Self::String, Self::Number, Self::Name, Self::Comment];
}

/// The parts of one block of code in order: three numbers each, bytes of plain text before it, its own bytes, the number of its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CodeTokens(Vec<u32>);

impl CodeTokens {
    /// Tokens as a file has them. Whether they fit the code shows when they are read.
    pub fn from_numbers(numbers: Vec<u32>) -> Self {
        Self(numbers)
    }

    /// Nothing is known about the code.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tokens of ranges, which are in order and do not overlap.
    pub fn new(tokens: &[(Range<usize>, TokenKind)]) -> Self {
        let mut at = 0;
        let number = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
        let mut numbers = Vec::with_capacity(tokens.len() * 3);
        for (range, kind) in tokens {
            numbers.extend([number(range.start.saturating_sub(at)), number(range.len()), *kind as u32]);
            at = range.end;
        }
        Self(numbers)
    }

    /// The tokens with the bytes of the code that they are. Kinds that this version does not know are left out; whether a range lies in the
    /// code, and on the borders of its letters, is for the caller to check.
    pub fn iter(&self) -> impl Iterator<Item = (Range<usize>, TokenKind)> {
        let mut at = 0_usize;
        self.0.chunks_exact(3).filter_map(move |token| {
            let [gap, len, kind] = token else { return None };
            let start = at.saturating_add(*gap as usize);
            at = start.saturating_add(*len as usize);
            Some((start..at, *TokenKind::ALL.get(*kind as usize)?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{CodeTokens, TokenKind};

    #[test]
    fn ranges_survive_the_numbers() {
        let tokens = [(0..3, TokenKind::Keyword), (4..8, TokenKind::Name), (8..20, TokenKind::Comment)];
        let stored = CodeTokens::new(&tokens);
        assert_eq!(serde_json::to_string(&stored).unwrap(), "[0,3,0,1,4,3,0,12,4]");
        assert_eq!(stored.iter().collect::<Vec<_>>(), tokens);
    }

    #[test]
    fn numbers_of_another_version_are_left_out() {
        let found: Vec<_> = CodeTokens::from_numbers(vec![0, 1, 99, 1, 2, 1, u32::MAX, u32::MAX, 0, 7]).iter().collect();
        assert_eq!(found.first(), Some(&(2..4, TokenKind::String)));
        assert_eq!(found.len(), 2);
    }
}
