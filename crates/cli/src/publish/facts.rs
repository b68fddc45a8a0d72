//! What the built data says: the site's words and the facts of its stories, without their bodies.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result, bail};
use corpus::{Card, FORMAT_VERSION, Manifest, Section, Site, Slug, Story};
use serde::de::DeserializeOwned;

use super::address::Address;
use crate::build::{MANIFEST, story_path};

/// A story without its body.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) slug: Slug,
    pub(super) title: String,
    pub(super) section: Section,
    pub(super) company: Option<String>,
    pub(super) author: Option<String>,
    /// `YYYY-MM-DD`.
    pub(super) published: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) series: Option<String>,
    pub(super) lang: String,
    pub(super) summary: String,
    /// Length in characters.
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
        let mut stories = Vec::new();
        for file in &manifest.cards {
            for card in json::<Vec<Card>>(&data.join(&file.path))? {
                let story: Story = json(&data.join(story_path(&card.file)))?;
                stories.push(Facts {
                    slug: story.slug,
                    title: story.title,
                    section: story.section,
                    company: story.company,
                    author: story.author,
                    published: story.published,
                    tags: story.tags,
                    series: story.series.map(|series| series.name),
                    lang: story.lang,
                    summary: story.summary,
                    n_chars: card.n_chars,
                });
            }
        }
        let by_slug = stories.iter().enumerate().map(|(index, story)| (story.slug.clone(), index)).collect();
        Ok(Self { site: manifest.site, stories, by_slug })
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
        out.extend(self.topics());
        out.extend([Address::Shelf, Address::Notes, Address::Design, Address::NotFound]);
        out
    }

    fn topics(&self) -> BTreeSet<Address> {
        let of = |story: &Facts| {
            let tags = story.tags.iter().map(|name| Address::Topic("tag", name.clone()));
            let company = story.company.iter().map(|name| Address::Topic("company", name.clone()));
            let series = story.series.iter().map(|name| Address::Topic("series", name.clone()));
            tags.chain(company).chain(series).collect::<Vec<_>>()
        };
        self.stories.iter().flat_map(of).collect()
    }

    /// The stories that a page lists.
    pub(super) fn listed<'a>(&'a self, address: &'a Address) -> impl Iterator<Item = &'a Facts> {
        self.stories.iter().filter(move |story| match address {
            Address::Home => true,
            Address::Section(section) => story.section == *section,
            Address::Topic("tag", name) => story.tags.contains(name),
            Address::Topic("company", name) => story.company.as_ref() == Some(name),
            Address::Topic(_, name) => story.series.as_ref() == Some(name),
            _ => false,
        })
    }
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("reading {}", path.display()))
}
