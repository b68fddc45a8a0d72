//! The body of a story: typed blocks of typed inlines. There is no HTML anywhere, so there is nothing to sanitise later.
//!
//! In JSON the variant's name is the key, `{"paragraph":{"text":[…]}}`: a `type` field beside the others would make the reader buffer
//! every block before it knows what it is, which costs the app 40 kB of wasm.

use serde::{Deserialize, Serialize};

/// One block of a story's body, in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Block {
    /// A section heading. `level` is 2 to 6: level 1 is the story's title.
    Heading {
        /// 2 to 6.
        level: u8,
        /// The heading's text.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// The paragraph's text.
        text: Vec<Inline>,
    },
    /// A bulleted or numbered list.
    List {
        /// Numbered.
        ordered: bool,
        /// First number of a numbered list; absent for 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u32>,
        /// At least one.
        items: Vec<ListItem>,
    },
    /// Somebody else's words.
    Quote {
        /// Paragraphs, lists or code inside the quote; never empty.
        blocks: Vec<Block>,
    },
    /// Code, a command or a log, shown as typed.
    Code {
        /// Language name as a Markdown fence gives it (`rust`, `sh`); absent when unknown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lang: Option<String>,
        /// The text with its line breaks, without a final one.
        code: String,
    },
    /// A table; every row has as many cells as `head`.
    Table {
        /// Column titles.
        head: Vec<Vec<Inline>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// The caption of a figure (the figures themselves did not come with the stories).
    Caption {
        /// The caption's text.
        text: Vec<Inline>,
    },
    /// A question of an interview or a FAQ.
    Question {
        /// The mark as typed, e.g. `Q.` or `Q1.`; shown before the text.
        mark: String,
        /// The question without its mark.
        text: Vec<Inline>,
    },
    /// The first paragraph of an answer; further paragraphs are ordinary ones.
    Answer {
        /// The mark as typed, e.g. `A.`; shown before the text.
        mark: String,
        /// The answer without its mark.
        text: Vec<Inline>,
    },
    /// A thematic break.
    Rule,
    /// Footnotes and sources, in order.
    References {
        /// One entry a note.
        items: Vec<Reference>,
    },
}

/// One item of a list: its text and, below it, nested lists or code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListItem {
    /// The item's own line.
    pub text: Vec<Inline>,
    /// What is nested in the item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
}

/// One footnote or source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reference {
    /// What [`Inline::Note`] points at, e.g. `1`.
    pub label: String,
    /// The note's text.
    pub text: Vec<Inline>,
}

/// A run of text inside a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Inline {
    /// Plain text.
    Text {
        /// NFC, may hold line breaks where the source had a hard one.
        text: String,
    },
    /// Emphasis.
    Emphasis {
        /// What is emphasised.
        inlines: Vec<Inline>,
    },
    /// Strong emphasis.
    Strong {
        /// What is emphasised.
        inlines: Vec<Inline>,
    },
    /// Inline code.
    Code {
        /// As typed.
        code: String,
    },
    /// A link. `href` is `http:`, `https:` or `mailto:`; [`crate::check_story`] reports anything else.
    Link {
        /// Where it leads.
        href: String,
        /// What is shown.
        inlines: Vec<Inline>,
    },
    /// A footnote mark that points at a [`Reference`].
    Note {
        /// The reference's label.
        label: String,
    },
}

impl Inline {
    /// Plain text as an inline.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}

/// Whether the reader may follow `href`: http, https and mailto only, whatever the case of the letters.
pub fn is_safe_href(href: &str) -> bool {
    let href = href.trim_start();
    ["http://", "https://", "mailto:"].iter().any(|scheme| href.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))
}
