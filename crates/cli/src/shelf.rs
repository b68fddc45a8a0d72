//! The story files that are there already, and which of them a story from a source is.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use corpus::{Slug, Story};

/// The story files of a folder, by what an import needs to know of them.
pub(crate) struct Shelf {
    dir: PathBuf,
    /// Where each file's story came from, as its front matter says.
    sources: BTreeMap<String, Option<String>>,
    /// Slugs that stories of this import have taken.
    claimed: BTreeSet<String>,
}

impl Shelf {
    /// Looks at the files of a folder, which may be missing.
    ///
    /// # Errors
    /// If the folder or a file of it cannot be read.
    pub(crate) fn open(dir: &Path) -> Result<Self> {
        let mut sources = BTreeMap::new();
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries.collect::<Result<Vec<_>, _>>().with_context(|| format!("reading the folder {}", dir.display()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error).with_context(|| format!("reading the folder {}", dir.display())),
        };
        for path in entries.into_iter().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        {
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            sources.insert(stem, source_of(&String::from_utf8_lossy(&bytes)));
        }
        Ok(Self { dir: dir.to_owned(), sources, claimed: BTreeSet::new() })
    }

    /// Gives the story the slug of its file, an old one or a new one, and returns the file's path.
    ///
    /// A file is the story's if it has the story's slug and came from the same file or page; or if it came from the very same address,
    /// whatever its title was then. Two stories of one title get numbers.
    pub(crate) fn place(&mut self, story: &mut Story) -> PathBuf {
        let base = story.slug.clone();
        let slug = self.known(story).unwrap_or_else(|| {
            let numbered = (2..).map(|number| base.numbered(number));
            let is_free = |slug: &Slug| !self.claimed.contains(slug.as_str()) && !self.sources.contains_key(slug.as_str());
            std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or_else(|| base.clone())
        });
        self.claimed.insert(slug.to_string());
        story.slug = slug;
        self.dir.join(format!("{}.md", story.slug))
    }

    fn known(&self, story: &Story) -> Option<Slug> {
        let source = story.source.as_deref().unwrap_or_default();
        let is_free = |slug: &str| !self.claimed.contains(slug);
        let slug = story.slug.as_str();
        match self.sources.get(slug) {
            Some(None) if is_free(slug) => return Some(story.slug.clone()),
            Some(Some(other)) if is_free(slug) && file_of(other) == file_of(source) => return Some(story.slug.clone()),
            _ => {}
        }
        // Lines of a page move when a record is added above; addresses and files do not.
        let is_stable = file_of(source) == source && !source.is_empty();
        let mut same = self.sources.iter().filter(|(slug, other)| other.as_deref() == Some(source) && is_free(slug));
        same.find(|(other, _)| is_stable || other.starts_with(&format!("{slug}-"))).and_then(|(slug, _)| Slug::new(slug.as_str()).ok())
    }
}

/// A source without the line of a record.
fn file_of(source: &str) -> &str {
    match source.rsplit_once(':') {
        Some((file, line)) if !line.is_empty() && line.trim_start_matches("item ").bytes().all(|byte| byte.is_ascii_digit()) => file,
        _ => source,
    }
}

/// The `source` of a story file's front matter, as the importer writes it.
fn source_of(text: &str) -> Option<String> {
    let front = text.lines().skip(1).take_while(|line| line.trim_end() != "---");
    let value = front.filter_map(|line| line.strip_prefix("source:")).next()?.trim();
    let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
    Some(value.replace("\\\"", "\"").replace("\\\\", "\\")).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{file_of, source_of};

    #[test]
    fn sources_are_read_and_compared_without_lines() {
        assert_eq!(source_of("---\ntitle: a\nsource: \"page.txt:9\"\n---\nsource: x\n").as_deref(), Some("page.txt:9"));
        assert_eq!(source_of("---\ntitle: a\n---\nsource: x\n"), None);
        assert_eq!(file_of("page.txt:9"), "page.txt");
        assert_eq!(file_of("https://a.kr/1"), "https://a.kr/1");
        assert_eq!(file_of("feed.json:item 3"), "feed.json");
    }
}
