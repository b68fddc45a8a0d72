//! `story-home build --part I/N` and `story-home merge`: a large archive built by several machines, each indexing its share.
//!
//! Every machine reads the whole folder, because the order of the stories and the checks need all of them; what takes time, the index,
//! is shared out. The merged data are byte for byte those of one build.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    str::FromStr,
};

use anyhow::{Context, Result, bail, ensure};
use corpus::{Card, FORMAT_VERSION, Site, Story};
use search::{IndexConfig, IndexWriter};
use serde::{Deserialize, Serialize};

use crate::{
    build::{self, FileWriter},
    document,
    original::{self, Originals},
    related, report,
};

/// Which share of the stories a machine builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Share {
    /// 1 for the first.
    part: usize,
    of: usize,
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((part, of)) if 0 < part && part <= of => Ok(Self { part, of }),
            _ => Err(format!("`{text}` is no part; write 1/4 for the first of four")),
        }
    }
}

impl Share {
    /// Its stretch of so many stories: neighbours, as even as can be.
    fn stretch<T>(self, all: &[T]) -> &[T] {
        let bound = |part: usize| all.len() * part / self.of;
        all.get(bound(self.part - 1)..bound(self.part)).unwrap_or_default()
    }

    fn name(self) -> String {
        format!("part-{}-of-{}", self.part, self.of)
    }
}

/// What a part says beside its index and its stories.
#[derive(Serialize, Deserialize)]
struct Notes {
    format: u32,
    share: Share,
    /// Bytes of text: together they decide whether the index is sharded.
    n_bytes: usize,
    site: Site,
    cards: Vec<Card>,
    /// Hashes of the texts that stories were recovered from.
    #[serde(default)]
    originals: Vec<String>,
}

/// Writes one share of the stories into a folder, which other shares may use too.
///
/// # Errors
/// If a file cannot be written.
pub(crate) fn write(stories: &[&Story], originals: &Originals, site: Site, share: Share, out: &Path) -> Result<u64> {
    let mut writer = FileWriter::new(out);
    // What stands beside a story may be another part's.
    let related = related::find(stories);
    let stories = share.stretch(stories);
    let cards = writer.put_stories(stories, share.stretch(&related), originals)?;
    let mut index = IndexWriter::new(IndexConfig::default());
    let n_bytes = stories.iter().map(|story| document::add(story, &mut index)).sum();
    writer.put(&format!("{}.bin", share.name()), &index.to_part())?;
    // Last, so that a part with notes is whole.
    let originals = stories.iter().filter_map(|story| story.original.clone()).collect();
    let notes = Notes { format: FORMAT_VERSION, share, n_bytes, site, cards, originals };
    writer.put(&format!("{}.json", share.name()), &serde_json::to_vec(&notes).context("writing the notes of a part")?)?;
    Ok(writer.n_bytes())
}

/// Joins parts into the data that the app reads.
pub(crate) fn merge(folders: &[PathBuf], out: &Path) -> Result<ExitCode> {
    let parts = read_parts(folders)?;
    let mut writer = FileWriter::for_build(out)?;
    let mut index = IndexWriter::new(IndexConfig::default());
    let (mut cards, mut n_bytes) = (Vec::new(), 0);
    let site = parts.first().map(|(_, notes)| notes.site.clone()).unwrap_or_default();
    for (folder, notes) in parts {
        let path = folder.join(format!("{}.bin", notes.share.name()));
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        index.merge(&bytes).with_context(|| format!("{} is damaged; build that part again", path.display()))?;
        let stories = notes.cards.iter().map(|card| build::story_path(&card.file));
        for name in stories.chain(notes.originals.iter().map(|hash| original::published_path(hash))) {
            let path = folder.join(&name);
            writer.put(&name, &fs::read(&path).with_context(|| format!("reading {}", path.display()))?)?;
        }
        cards.extend(notes.cards);
        n_bytes += notes.n_bytes;
    }
    let n_stories = cards.len();
    let data = writer.finish(&cards, document::files(index, n_bytes), site)?;
    build::remove_stale(out, &data.files)?;
    println!("{} in {}, {} kB", report::counted(n_stories, "story"), out.display(), data.n_bytes / 1000);
    Ok(ExitCode::SUCCESS)
}

/// The notes of all parts in their order, each with its folder; an error if one is missing, doubled or of another build.
fn read_parts(folders: &[PathBuf]) -> Result<Vec<(PathBuf, Notes)>> {
    let mut parts: Vec<(PathBuf, Notes)> = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder).with_context(|| format!("reading the folder {}", folder.display()))? {
            let path = entry.with_context(|| format!("reading the folder {}", folder.display()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if !(name.starts_with("part-") && name.ends_with(".json")) {
                continue;
            }
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let notes: Notes = serde_json::from_slice(&bytes).with_context(|| format!("{} is no part of a build", path.display()))?;
            parts.push((folder.clone(), notes));
        }
    }
    parts.sort_by_key(|(_, notes)| notes.share.part);
    let Some(of) = parts.first().map(|(_, notes)| notes.share.of) else {
        bail!("no part of a build is there; make them with `story-home build --part I/N --out DIR` and name their folders");
    };
    for (number, (folder, notes)) in parts.iter().enumerate() {
        ensure!(
            notes.share == Share { part: number + 1, of },
            "part {} of {of} is missing or there twice ({} has part {} of {}); name the folder of every part once",
            number + 1,
            folder.display(),
            notes.share.part,
            notes.share.of
        );
        ensure!(notes.format == FORMAT_VERSION, "{} was built by another version; build that part again", folder.display());
    }
    ensure!(parts.len() == of, "part {} of {of} is missing; build it and name its folder", parts.len() + 1);
    Ok(parts)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use std::{collections::BTreeMap, fs, path::Path};

    use corpus::{Site, Story};

    use super::{Originals, Share, merge, write};
    use crate::{build, sample};

    fn story(number: usize, n_words: usize) -> Story {
        let words: String = (0..n_words).map(|n| format!("낱말{} 글줄{} ", n * number, n % 97)).collect();
        let tags = vec!["개발".to_owned()];
        Story { views: Some(number as u64), tags, ..sample::story(&format!("이야기 {number}"), &words) }
    }

    /// Every file below a folder by its path.
    fn files(root: &Path, below: &str, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(root.join(below)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                files(root, &format!("{name}/"), out);
            } else {
                out.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }

    fn all_files(root: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut out = BTreeMap::new();
        files(root, "", &mut out);
        out
    }

    #[track_caller]
    fn check(n_stories: usize, n_words: usize, n_parts: usize) {
        let mut stories: Vec<Story> = (1..=n_stories).map(|number| story(number, n_words)).collect();
        let dir = tempfile::tempdir().unwrap();
        let original = dir.path().join("이야기.original.txt");
        fs::write(&original, "한 줄.").unwrap();
        stories[0].original = Some("0123".to_owned());
        let originals = Originals::from([("0123".to_owned(), original)]);
        let stories: Vec<&Story> = stories.iter().collect();
        let whole = dir.path().join("whole");
        build::write(&stories, &originals, Site::default(), &whole).unwrap();
        let folders: Vec<_> = (1..=n_parts).map(|part| dir.path().join(format!("{}", part % 2))).collect();
        for (part, folder) in (1..=n_parts).zip(&folders) {
            write(&stories, &originals, Site::default(), Share { part, of: n_parts }, folder).unwrap();
        }
        let distinct = [dir.path().join("0"), dir.path().join("1")].into_iter().filter(|folder| folder.is_dir()).collect::<Vec<_>>();
        let merged = dir.path().join("merged");
        merge(&distinct, &merged).unwrap();
        assert!(all_files(&merged) == all_files(&whole), "{n_parts} parts of {n_stories} stories differ from one build");
    }

    #[test]
    fn merged_parts_are_one_build() {
        check(5, 20, 1);
        check(5, 20, 3);
        check(2, 20, 4);
        // Large enough for shards.
        check(3, 20_000, 2);
    }

    #[test]
    fn a_missing_part_is_named() {
        let story = story(1, 5);
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("parts");
        write(&[&story], &Originals::new(), Site::default(), Share { part: 1, of: 2 }, &folder).unwrap();
        let error = merge(&[folder], &dir.path().join("out")).unwrap_err().to_string();
        assert_eq!(error, "part 2 of 2 is missing; build it and name its folder");
        assert!(!dir.path().join("out").exists());
        assert!("0/2".parse::<Share>().is_err() && "3/2".parse::<Share>().is_err() && "x".parse::<Share>().is_err());
    }
}
