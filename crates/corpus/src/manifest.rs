//! The files of a published archive: one manifest that is revalidated, everything else named by its content's hash and immutable.
//!
//! ```text
//! data/manifest.json            Manifest
//! data/cards-HASH.json          Vec<Card>, corpus order
//! data/search-HASH.bin          the search index, document ids = positions in the cards
//! data/story/HASH.json          Story, one file each; the card names it
//! data/original/HASH.txt        the text a story was recovered from; the story names it
//! ```

use serde::{Deserialize, Serialize};

use crate::{Section, Series, Slug, Story, text::reading_minutes};

/// Version of the JSON files. Raise it on any change that an older app would misread; the app refuses other versions and says so.
pub const FORMAT_VERSION: u32 = 1;

/// What the archive consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Manifest {
    /// [`FORMAT_VERSION`] of the writer.
    pub format: u32,
    /// The site's own words.
    pub site: Site,
    /// How many stories there are.
    pub n_stories: u32,
    /// Files of cards, in corpus order.
    pub cards: Vec<FileRef>,
    /// The search index: one file, or the root of one, which names its shards below `search/` itself.
    pub search: Vec<FileRef>,
}

/// The site's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Site {
    /// Name of the archive.
    pub title: String,
    /// The line under the name.
    pub tagline: String,
    /// BCP 47 language of the interface at the first visit.
    pub lang: String,
}

impl Default for Site {
    fn default() -> Self {
        Self { title: "스토리 홈".into(), tagline: "기업문화 엿볼 때".into(), lang: "ko".into() }
    }
}

/// One published file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileRef {
    /// Path below `data/`.
    pub path: String,
    /// Length in bytes, uncompressed.
    pub bytes: u64,
    /// SHA-256 of the content in hexadecimal.
    pub sha256: String,
}

/// What a list shows of one story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card {
    /// The story's name in URLs.
    pub slug: Slug,
    /// See [`Story::title`].
    pub title: String,
    /// See [`Story::section`].
    pub section: Section,
    /// See [`Story::company`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// See [`Story::views`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<u64>,
    /// See [`Story::tags`].
    #[serde(default)]
    pub tags: Vec<String>,
    /// See [`Story::series`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Series>,
    /// See [`Story::summary`].
    pub summary: String,
    /// Non-space characters of the body.
    pub n_chars: u32,
    /// Hash in the story file's name: `data/story/{file}.json`.
    pub file: String,
}

impl Card {
    /// The card of a story whose file is named by `file`.
    pub fn new(story: &Story, file: String) -> Self {
        let n_chars = story.blocks.iter().map(|block| block.text().chars().filter(|c| !c.is_whitespace()).count()).sum::<usize>();
        Self {
            slug: story.slug.clone(),
            title: story.title.clone(),
            section: story.section,
            company: story.company.clone(),
            views: story.views,
            tags: story.tags.clone(),
            series: story.series.clone(),
            summary: story.summary.clone(),
            n_chars: u32::try_from(n_chars).unwrap_or(u32::MAX),
            file,
        }
    }

    /// Whole minutes to read the story.
    pub fn minutes(&self) -> u32 {
        reading_minutes(self.n_chars as usize)
    }
}
