//! A story as it is published: facts, body and, when it was recovered, the line it was recovered from.

use serde::{Deserialize, Serialize};

use crate::{Block, CodeTokens, Section, Slug};

/// One story. Absent facts stay absent: nothing is invented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Story {
    /// The story's name in URLs; unique in a corpus, stable across builds.
    pub slug: Slug,
    /// As the author wrote it.
    pub title: String,
    /// The section it stands in.
    pub section: Section,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Who wrote it or was interviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// `YYYY-MM-DD`, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// 조회수, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<u64>,
    /// Hashtags without `#`, in the author's order and spelling.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The series it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Series>,
    /// BCP 47 language of the text.
    pub lang: String,
    /// One or two sentences for lists.
    pub summary: String,
    /// Where the text came from, for the publisher: a file and line, or a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Hash in the name of the file that keeps the text the body was recovered from, `data/original/{original}.txt`; absent for a story
    /// that was never glued together. Set by the build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// The body in reading order.
    pub blocks: Vec<Block>,
    /// What `story-home build` worked out from this and the other stories; empty in a source.
    #[serde(default, skip_serializing_if = "Built::is_empty")]
    pub built: Built,
}

/// What is known of a story only when the archive is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Built {
    /// Stories to read beside it, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// What the parts of each block of code are, in reading order; a block without colours has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub code: Vec<CodeTokens>,
}

impl Built {
    /// Whether nothing was worked out.
    pub fn is_empty(&self) -> bool {
        self.related.is_empty() && self.code.is_empty()
    }
}

/// A story to read beside another, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// The other story.
    pub slug: Slug,
    /// Tags that both have, the rarest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Words that both use and few others, the most telling first, as this story spells them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

/// A story's place in a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Series {
    /// The series' name.
    pub name: String,
    /// 1 for the first part; absent when the story does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<u32>,
}
