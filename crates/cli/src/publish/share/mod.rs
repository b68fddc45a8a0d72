//! Pictures of shared links: what a chat or a feed shows beside the address of a story.
//!
//! And the site's icons, which are drawn from the same cover.
//!
//! A picture's name is a hash of what stands in it, so one that is there is not drawn again. [`poster`] is what it looks like, [`cover`],
//! [`font`], [`wrap`] and [`png`] are what it is made with.

mod cover;
mod font;
mod icon;
mod png;
mod poster;
mod wrap;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::Result;
use corpus::{CoverFacts, Slug, cover_svg};
use rayon::prelude::*;

use self::{font::Font, poster::Poster};
pub(super) use self::{
    icon::{APPLE, ICONS, Icon},
    poster::{HEIGHT, WIDTH},
};
use super::{
    address::Address,
    facts::{Archive, Facts},
    folder::SiteFolder,
};
use crate::{build::name_hash, report::counted};

/// Where pictures lie in the site.
const FOLDER: &str = "share";

/// How many pictures wait in memory to be written.
const AT_ONCE: usize = 256;

/// A picture of a page, as its head names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// Below the site.
    pub(super) path: String,
    /// The words that stand in it.
    pub(super) alt: String,
}

/// The pictures of a site.
#[derive(Clone, Debug, Default)]
pub(super) struct Pictures {
    stories: BTreeMap<Slug, Picture>,
    home: Option<Picture>,
}

impl Pictures {
    /// The picture of a page: its story's own, else the site's.
    pub(super) fn of(&self, address: &Address) -> Option<&Picture> {
        let own = if let Address::Story(slug) = address { self.stories.get(slug) } else { None };
        own.or(self.home.as_ref()).filter(|_| address.is_public())
    }
}

/// Draws the pictures of the site and of its newest stories, `max` of them, as far as they are not there. `0` draws none at all.
///
/// # Errors
/// If one cannot be drawn or written.
pub(super) fn put(site: &SiteFolder<'_>, out: &Path, archive: &Archive, max: usize) -> Result<Pictures> {
    if max == 0 {
        return Ok(Pictures::default());
    }
    let mut newest: Vec<&Facts> = archive.stories.iter().collect();
    // Stable, and `None` is the smallest: stories without a date follow in the archive's order.
    newest.sort_by(|a, b| b.published.cmp(&a.published));
    newest.truncate(max);
    if newest.len() < archive.stories.len() {
        println!(
            "share pictures for the newest {} of {}; share_images in site.toml says how many",
            newest.len(),
            counted(archive.stories.len(), "story")
        );
    }
    let file = font::unpacked()?;
    let font = Font::new(&file)?;
    let mut pictures = Pictures { stories: BTreeMap::new(), home: Some(picture(&of_site(archive))) };
    let mut posters = vec![of_site(archive)];
    for story in newest {
        let poster = of_story(story, archive);
        pictures.stories.insert(story.slug.clone(), picture(&poster));
        posters.push(poster);
    }
    warn(&posters, &font);
    let mut missing = Vec::new();
    for poster in &posters {
        let path = picture(poster).path;
        // Two stories may have the same picture.
        if site.has(&path) {
            continue;
        }
        site.keep(&path);
        if !is_whole(&out.join(&path)) {
            missing.push((path, poster));
        }
    }
    for some in missing.chunks(AT_ONCE) {
        let drawn = some.par_iter().map(|(path, poster)| Ok((path, poster.draw(&font)?))).collect::<Result<Vec<_>>>()?;
        drawn.iter().try_for_each(|(path, png)| site.put(path, png))?;
    }
    Ok(pictures)
}

/// Draws the site's icons.
///
/// # Errors
/// If one cannot be drawn or written.
pub(super) fn put_icons(site: &SiteFolder<'_>, archive: &Archive) -> Result<()> {
    let file = font::unpacked()?;
    let drawn = icon::draw(&cover_of_site(archive), &Font::new(&file)?)?;
    drawn.iter().try_for_each(|(path, png)| site.put(path, png))
}

fn cover_of_site(archive: &Archive) -> String {
    cover_svg(&CoverFacts { company: None, title: &archive.site.title, tags: &[], n_chars: 0 })
}

fn of_site(archive: &Archive) -> Poster {
    let words = &archive.site;
    Poster { cover: cover_of_site(archive), title: words.title.clone(), owner: None, site: words.tagline.clone() }
}

fn of_story(story: &Facts, archive: &Archive) -> Poster {
    let facts = CoverFacts { company: story.company.as_deref(), title: &story.title, tags: &story.tags, n_chars: story.n_chars };
    Poster { cover: cover_svg(&facts), title: story.title.clone(), owner: story.company.clone(), site: archive.site.title.clone() }
}

fn picture(poster: &Poster) -> Picture {
    let Poster { cover, title, owner, site } = poster;
    let facts = format!("{}\n{cover}\n{title}\n{owner:?}\n{site}", poster::VERSION);
    let alt = [Some(title), owner.as_ref(), Some(site)].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ");
    Picture { path: format!("{FOLDER}/{}.png", name_hash(facts.as_bytes())), alt }
}

/// Whether a picture is there from its first byte to its last: a build that broke off may have left half of one.
fn is_whole(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.starts_with(png::SIGNATURE) && bytes.ends_with(png::END))
}

/// Says which characters the pictures do without.
fn warn(posters: &[Poster], font: &Font<'_>) {
    let lacks = |poster: &Poster| poster.texts().flat_map(str::chars).filter(|c| !font.has(*c)).collect::<BTreeSet<char>>();
    let missing: Vec<(BTreeSet<char>, &str)> =
        posters.iter().map(|poster| (lacks(poster), poster.title.as_str())).filter(|(missing, _)| !missing.is_empty()).collect();
    if let Some((_, title)) = missing.first() {
        let all: BTreeSet<char> = missing.iter().flat_map(|(missing, _)| missing).copied().collect();
        let shown: String = all.iter().take(20).collect();
        eprintln!(
            "warning: {} ({title}{}) without characters that the typeface of share pictures does not have: {shown}",
            counted(missing.len(), "picture"),
            if missing.len() > 1 { ", …" } else { "" },
        );
    }
}

#[cfg(test)]
mod tests;
