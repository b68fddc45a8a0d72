//! What the built site contains, read from its own files: the scenarios take every number from here that a new story would change.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde::{Deserialize, de::DeserializeOwned};

/// What a list shows of one story. The suite has a reading of its own, so that a change of the files' format is noticed.
#[derive(Clone, Debug, Deserialize)]
pub struct Card {
    /// The story's name in URLs.
    pub slug: String,
    /// The title.
    pub title: String,
    /// `interview`, `feed` or `news`.
    pub section: String,
    /// Who published it.
    pub company: Option<String>,
    /// 조회수.
    pub views: Option<u64>,
    /// Hashtags without `#`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The series it belongs to.
    pub series: Option<Series>,
    /// Non-space characters of the body.
    pub n_chars: u64,
    /// Name of the story's file below `data/story/`.
    pub file: String,
}

/// Which part of which series a story is.
#[derive(Clone, Debug, Deserialize)]
pub struct Series {
    /// The series' name.
    pub name: String,
    /// Its number in it; some have none.
    pub part: Option<u32>,
}

/// The stories of the built site, in corpus order.
#[derive(Clone, Debug)]
pub struct Archive {
    /// One card a story.
    pub cards: Vec<Card>,
}

#[derive(Deserialize)]
struct Manifest {
    cards: Vec<FileName>,
}

#[derive(Deserialize)]
struct FileName {
    path: String,
}

impl Archive {
    /// Reads the manifest and the cards below `site/data`.
    ///
    /// # Errors
    /// A file is missing or not what it should be.
    pub fn read(site: &Path) -> Result<Self> {
        let data = site.join("data");
        let manifest: Manifest = read_json(&data.join("manifest.json"))?;
        let files: Vec<Vec<Card>> = manifest.cards.iter().map(|file| read_json(&data.join(&file.path))).collect::<Result<_>>()?;
        Ok(Self { cards: files.into_iter().flatten().collect() })
    }

    /// The cards that satisfy a condition, in corpus order.
    pub fn select(&self, condition: impl Fn(&Card) -> bool) -> Vec<&Card> {
        self.cards.iter().filter(|card| condition(card)).collect()
    }

    /// The stories with this tag.
    pub fn tagged(&self, tag: &str) -> Vec<&Card> {
        self.select(|card| card.has_tag(tag))
    }

    /// The story of this title.
    ///
    /// # Errors
    /// No story has it.
    pub fn titled(&self, title: &str) -> Result<&Card> {
        self.cards.iter().find(|card| card.title == title).with_context(|| format!("no story is called {title:?}"))
    }
}

impl Card {
    /// Whether the story has this tag.
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|other| other == tag)
    }

    /// The story's address below the base, percent-encoded as browsers write it.
    pub fn path(&self) -> String {
        format!("story/{}", encode(&self.slug))
    }
}

/// Percent-encodes a value for a path or a query, as browsers do for Hangul.
pub fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string().replace("%2D", "-").replace("%2E", ".")
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))
}
