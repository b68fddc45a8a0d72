//! What the built data says: the site's words and the facts of its stories, without their bodies.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result, bail};
use corpus::{Card, FORMAT_VERSION, Manifest, Section, Series, Site, Slug};
use rayon::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};

use super::address::Address;
use crate::build::{MANIFEST, story_path};

/// A story without its body, as its file has it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Facts {
    pub(super) slug: Slug,
    pub(super) title: String,
    pub(super) section: Section,
    #[serde(default)]
    pub(super) company: Option<String>,
    #[serde(default)]
    pub(super) author: Option<String>,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    pub(super) published: Option<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) series: Option<Series>,
    pub(super) lang: String,
    pub(super) summary: String,
    /// Length in characters, as its card says.
    #[serde(skip)]
    pub(super) n_chars: u32,
}

/// A built archive.
#[derive(Clone, Debug)]
pub(super) struct Archive {
    pub(super) site: Site,
    /// In the archive's order.
    pub(super) stories: Vec<Facts>,
    /// Positions in `stories`.
    by_slug: BTreeMap<Slug, usize>,
    /// The stories of each tag, company and series, by position.
    by_topic: BTreeMap<Address, Vec<usize>>,
}

impl Archive {
    /// Reads a data folder.
    ///
    /// # Errors
    /// If a file is missing, or is of another format than this program writes.
    pub(super) fn read(data: &Path) -> Result<Self> {
        let manifest: Manifest = json(&data.join(MANIFEST))?;
        if manifest.format != FORMAT_VERSION {
            bail!("{} has format {}, this program reads {FORMAT_VERSION}; build the data again", data.display(), manifest.format);
        }
        let mut cards = Vec::new();
        for file in &manifest.cards {
            cards.extend(json::<Vec<Card>>(&data.join(&file.path))?);
        }
        let facts = |card: &Card| Ok(Facts { n_chars: card.n_chars, ..json(&data.join(story_path(&card.file)))? });
        let stories: Vec<Facts> = cards.par_iter().map(facts).collect::<Result<_>>()?;
        let by_slug = stories.iter().enumerate().map(|(index, story)| (story.slug.clone(), index)).collect();
        let mut by_topic: BTreeMap<Address, Vec<usize>> = BTreeMap::new();
        for (index, story) in stories.iter().enumerate() {
            for topic in story.topics() {
                by_topic.entry(topic).or_default().push(index);
            }
        }
        Ok(Self { site: manifest.site, stories, by_slug, by_topic })
    }

    /// The story of a page.
    pub(super) fn story(&self, address: &Address) -> Option<&Facts> {
        let Address::Story(slug) = address else { return None };
        self.stories.get(*self.by_slug.get(slug)?)
    }

    /// The address of every page: home first, the page for unknown addresses last.
    pub(super) fn addresses(&self) -> Vec<Address> {
        let mut out = vec![Address::Home];
        out.extend(Section::ALL.map(Address::Section));
        out.extend(self.stories.iter().map(|story| Address::Story(story.slug.clone())));
        out.extend(self.by_topic.keys().cloned());
        out.extend([Address::Shelf, Address::Notes, Address::Design, Address::NotFound]);
        out
    }

    /// The stories that a page lists.
    pub(super) fn listed<'a>(&'a self, address: &Address) -> Box<dyn Iterator<Item = &'a Facts> + 'a> {
        match address {
            Address::Home => Box::new(self.stories.iter()),
            Address::Section(section) => {
                let section = *section;
                Box::new(self.stories.iter().filter(move |story| story.section == section))
            }
            _ => Box::new(self.by_topic.get(address).into_iter().flatten().filter_map(|index| self.stories.get(*index))),
        }
    }
}

impl Facts {
    /// The pages of its tags, its company and its series, each once.
    fn topics(&self) -> BTreeSet<Address> {
        let tags = self.tags.iter().map(|name| Address::Topic("tag", name.clone()));
        let company = self.company.iter().map(|name| Address::Topic("company", name.clone()));
        let series = self.series.iter().map(|series| Address::Topic("series", series.name.clone()));
        tags.chain(company).chain(series).collect()
    }
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("reading {}", path.display()))
}
