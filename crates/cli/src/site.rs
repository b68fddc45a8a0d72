//! `site.toml`: what a publisher says about the whole archive. Optional; every field is.

use std::{
    collections::BTreeMap,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use corpus::{Aliases, Section, Site, Story};
use serde::Deserialize;

/// The file's name.
pub(crate) const FILE: &str = "site.toml";

/// How many stories get a picture of their own where `site.toml` does not say. More makes the folder of a large archive grow by 20 kB a story and
/// its first build by 10 ms a story.
const MAX_PICTURES: usize = 2000;

/// What the file holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SiteConfig {
    /// Name of the archive.
    title: Option<String>,
    /// The line under the name.
    tagline: Option<String>,
    /// Where the archive is published; links that begin with it are checked.
    base_url: Option<String>,
    /// BCP 47 language of the interface.
    language: Option<String>,
    /// How many stories get a picture for those who share their address: the newest ones; 0 for no pictures at all.
    share_images: Option<usize>,
    /// Labels of the sections. Checked here; the app has labels of its own.
    sections: BTreeMap<String, String>,
    /// The name to keep of a company, and its other names.
    company_aliases: BTreeMap<String, Vec<String>>,
    /// The tag to keep, and its other spellings.
    tag_aliases: BTreeMap<String, Vec<String>>,
}

impl SiteConfig {
    /// The `site.toml` in the folder of stories or the one above; an empty one if there is none.
    ///
    /// # Errors
    /// If the file cannot be read or says something that no archive has.
    pub(crate) fn beside(stories: &Path) -> Result<Self> {
        // The folder above `stories` is the working folder.
        let above = match stories.parent() {
            Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
            Some(parent) => parent.to_owned(),
            None => PathBuf::from(".."),
        };
        for path in [stories.join(FILE), above.join(FILE)] {
            match fs::read_to_string(&path) {
                Ok(text) => return Self::parse(&text).with_context(|| format!("reading {}", path.display())),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
            }
        }
        Ok(Self::default())
    }

    fn parse(text: &str) -> Result<Self> {
        let config: Self = toml::from_str(text)?;
        if let Some(name) = config.sections.keys().find(|name| Section::parse(name).is_none()) {
            bail!("unknown section `{name}`; use interview, feed or news");
        }
        if let Some(url) = config.base_url.as_ref().filter(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            bail!("base_url is `{url}`; begin it with https://");
        }
        Ok(config)
    }

    /// The words that the manifest carries.
    pub(crate) fn site(&self) -> Site {
        let own = Site::default();
        Site {
            title: self.title.clone().unwrap_or(own.title),
            tagline: self.tagline.clone().unwrap_or(own.tagline),
            lang: self.language.clone().unwrap_or(own.lang),
        }
    }

    /// Where the archive is published, with a slash at the end.
    pub(crate) fn root(&self) -> Option<String> {
        self.base_url.as_ref().map(|url| format!("{}/", url.trim_end_matches('/')))
    }

    /// How many stories get a picture for those who share their address.
    pub(crate) fn max_pictures(&self) -> usize {
        self.share_images.unwrap_or(MAX_PICTURES)
    }

    /// What the checks across stories need.
    pub(crate) fn aliases(&self) -> Aliases {
        Aliases { base_url: self.base_url.clone(), companies: self.company_aliases.clone(), tags: self.tag_aliases.clone() }
    }

    /// Gives a story the names that the publisher keeps.
    pub(crate) fn rename(&self, story: &mut Story) {
        let aliases = self.aliases();
        if let Some(kept) = story.company.as_deref().and_then(|company| aliases.company(company)) {
            story.company = Some(kept.to_owned());
        }
        for tag in &mut story.tags {
            if let Some(kept) = aliases.tag(tag) {
                *tag = kept.to_owned();
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        story.tags.retain(|tag| seen.insert(tag.clone()));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::SiteConfig;

    #[test]
    fn words_and_aliases_are_read() {
        let text = "title = \"우리 글\"\nlanguage = \"en\"\n[company_aliases]\n\"와탭랩스\" = [\"와탭\"]\n";
        let config = SiteConfig::parse(text).unwrap();
        assert_eq!((config.site().title.as_str(), config.site().lang.as_str()), ("우리 글", "en"));
        assert_eq!(config.aliases().company("와탭"), Some("와탭랩스"));
    }

    #[test]
    fn a_mistake_is_named() {
        for (text, message) in [
            ("titel = \"x\"", "unknown field `titel`"),
            ("base_url = \"a.kr\"", "base_url is `a.kr`; begin it with https://"),
            ("[sections]\nblog = \"글\"", "unknown section `blog`; use interview, feed or news"),
        ] {
            let error = format!("{:#}", SiteConfig::parse(text).unwrap_err());
            assert!(error.contains(message), "{error}");
        }
    }
}
