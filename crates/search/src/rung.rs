//! The ladder of matching: how a typed word led to a term of the index.

/// How a word was matched, best first. A lower rung never outranks a higher one for the same word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rung {
    /// The term itself, with whatever particle the text has.
    Exact,
    /// What is left of the typed word without its particle or ending: 카프카에서 → 카프카.
    Stem,
    /// The same term in the other script: kafka → 카프카.
    Spelling,
    /// The word written together or apart: 웹개발 → 웹 개발.
    Spacing,
    /// A part of a compound in the text: 해고 → 대량해고.
    Part,
    /// The beginning of a longer term: 레시 → 레시피.
    Prefix,
    /// The same with the last syllable unfinished: 카프ㅋ → 카프카.
    HalfTyped,
    /// Initial consonants: ㅋㅍㅋ → 카프카.
    Choseong,
    /// Typed with the keyboard in the other layout: zkvmzk → 카프카.
    Layout,
    /// One letter wrong, a syllable dropped or two swapped: 카프타 → 카프카.
    Typo,
}

impl Rung {
    /// All rungs, best first; a rung's place is its number.
    pub(crate) const ALL: [Self; 10] = [
        Self::Exact,
        Self::Stem,
        Self::Spelling,
        Self::Spacing,
        Self::Part,
        Self::Prefix,
        Self::HalfTyped,
        Self::Choseong,
        Self::Layout,
        Self::Typo,
    ];

    /// Rungs that compete by score with each other; a lower class comes first whatever the score.
    pub(crate) fn class(self) -> u8 {
        match self {
            Self::Exact | Self::Stem => 0,
            Self::Spelling => 1,
            Self::Spacing => 2,
            Self::Part => 3,
            Self::Prefix | Self::HalfTyped => 4,
            Self::Choseong | Self::Layout | Self::Typo => 5,
        }
    }

    /// Share of a term's score that this rung keeps. More lets guesses compete with what was typed; legal range 0..=1, never rising
    /// from one rung to the next. Measured on the development corpora; exact and stem are worth the same.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Self::Exact | Self::Stem => 1.0,
            Self::Spelling => 0.75,
            Self::Spacing => 0.7,
            Self::Part => 0.5,
            Self::Prefix | Self::HalfTyped => 0.35,
            Self::Choseong | Self::Layout | Self::Typo => 0.3,
        }
    }
}
