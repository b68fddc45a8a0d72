//! `story-home build`: from a folder of stories to the files that the app reads.
//!
//! The layout is described at `corpus::Manifest`. Files that are named by their content's hash are written first and the manifest
//! last, so that a reader never meets a manifest whose files are missing; files of an earlier build go at the end.

use std::{collections::BTreeSet, fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, bail};
use corpus::{Card, FORMAT_VERSION, FileRef, Manifest, Related, Site, Story, json_schemas};
use rayon::prelude::*;
use search::ShardFile;
use sha2::{Digest, Sha256};

use crate::{
    document, highlight,
    original::{self, Originals},
    part::{self, Share},
    progress::Progress,
    publish::{
        self,
        folder::{Previous, write_if_changed},
    },
    related,
    report::{self, Tally},
    site::SiteConfig,
    stories::{Folder, read_folder},
};

/// The file that every reader starts from.
pub(crate) const MANIFEST: &str = "manifest.json";

/// Folder of the search index's shards.
const SHARDS: &str = "search";

/// Cards in one file, some 100 kB compressed. More keeps a page from answering while it reads the file, less costs a large archive requests.
const CARDS_PER_FILE: usize = 2000;

/// Hexadecimal digits of a hash that stand in a file's name: 64 bits, so that even a million files do not collide by chance.
const NAME_DIGITS: usize = 16;

/// Where the files for readers come from, and where they go.
pub(crate) struct SiteRequest<'a> {
    /// Stories as Markdown; their folder, or the one above, may hold `site.toml`.
    pub(crate) stories: &'a Path,
    /// Data that was built before, instead of building it from the stories.
    pub(crate) data: Option<&'a Path>,
    /// The built app.
    pub(crate) app: &'a Path,
    /// The program that renders pages.
    pub(crate) prerender: Option<&'a Path>,
    /// Path that the site will live under, instead of what `base_url` says.
    pub(crate) base: Option<&'a str>,
    /// The folder to upload.
    pub(crate) out: &'a Path,
    /// What becomes of the build before.
    pub(crate) previous: Previous,
}

/// Builds the folder to upload: data, app, a page for every address.
pub(crate) fn site(request: &SiteRequest<'_>) -> Result<ExitCode> {
    publish::folder::refuse_foreign(request.out)?;
    let data = request.out.join("data");
    let files = match request.data {
        Some(built) => publish::folder::copy(built, &data)?,
        // What an earlier build left goes at the very end, or stays on request.
        None => build(request.stories, &data)?,
    };
    let config = SiteConfig::beside(request.stories)?;
    let root = config.root();
    let base = request.base.map(str::to_owned).or_else(|| root.as_deref().map(path_of)).unwrap_or_else(|| "/".to_owned());
    let published = publish::Request {
        app: request.app,
        prerender: request.prerender,
        root: root.as_deref(),
        base: &base,
        max_pictures: config.max_pictures(),
        out: request.out,
        data: &files,
        previous: request.previous,
    };
    println!("{}", publish::run(&published)?);
    Ok(ExitCode::SUCCESS)
}

/// The path of an address, with a slash at the end as the address has.
fn path_of(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme.find('/').and_then(|at| after_scheme.get(at..)).unwrap_or("/").to_owned()
}

/// Builds the data; fails, and writes nothing, if the stories have errors.
pub(crate) fn run(dir: &Path, share: Option<Share>, out: &Path) -> Result<ExitCode> {
    match share {
        None => remove_stale(out, &build(dir, out)?)?,
        Some(share) => {
            let Stories { stories, originals, site } = read(dir)?;
            let n_bytes = part::write(&stories.iter().collect::<Vec<_>>(), &originals, site, share, out)?;
            println!("a part in {}, {} kB; join all parts with `story-home merge`", out.display(), n_bytes / 1000);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the data and returns the paths of their files; what an earlier build left is still there.
fn build(dir: &Path, out: &Path) -> Result<BTreeSet<String>> {
    let Stories { stories, originals, site } = read(dir)?;
    let data = write(&stories.iter().collect::<Vec<_>>(), &originals, site, out)?;
    println!("{} in {}, {} kB", report::counted(stories.len(), "story"), out.display(), data.n_bytes / 1000);
    Ok(data.files)
}

/// Stories as their publisher means them.
struct Stories {
    stories: Vec<Story>,
    originals: Originals,
    site: Site,
}

fn read(dir: &Path) -> Result<Stories> {
    let site = SiteConfig::beside(dir)?;
    let Folder { stories, originals, problems, .. } = read_folder(dir)?;
    report::print(&problems);
    let tally = Tally::of(&problems);
    if tally.n_errors > 0 {
        bail!("nothing was built because of {}; mend the lines above and build again", report::counted(tally.n_errors, "error"));
    }
    let mut stories: Vec<Story> = stories.into_iter().map(|(_, story)| story).collect();
    stories.iter_mut().for_each(|story| site.rename(story));
    Ok(Stories { stories, originals, site: site.site() })
}

/// Data that were written.
pub(crate) struct Written {
    /// Paths below the folder.
    pub(crate) files: BTreeSet<String>,
    /// Of all files.
    pub(crate) n_bytes: u64,
}

/// Writes the data of stories, in this order, and what is worked out from them.
///
/// # Errors
/// If a file cannot be written, or the folder holds something that no build has written.
pub(crate) fn write(stories: &[&Story], originals: &Originals, site: Site, out: &Path) -> Result<Written> {
    let mut writer = FileWriter::for_build(out)?;
    // The index is the work of one core; the other does the rest meanwhile.
    let (index, cards) = rayon::join(|| document::index(stories), || writer.put_stories(stories, &related::find(stories), originals));
    writer.finish(&cards?, index, site)
}

/// Where the story of a card lies below the data.
pub(crate) fn story_path(file: &str) -> String {
    format!("story/{file}.json")
}

/// Writes files below a folder and remembers which.
pub(crate) struct FileWriter<'a> {
    root: &'a Path,
    written: Written,
}

impl<'a> FileWriter<'a> {
    /// A folder in which others may have files too.
    pub(crate) fn new(root: &'a Path) -> Self {
        Self { root, written: Written { files: BTreeSet::new(), n_bytes: 0 } }
    }

    /// A folder that is all the build's own.
    ///
    /// # Errors
    /// If it holds something that no build has written.
    pub(crate) fn for_build(root: &'a Path) -> Result<Self> {
        refuse_foreign(root)?;
        Ok(Self::new(root))
    }

    /// Bytes of all files so far.
    pub(crate) fn n_bytes(&self) -> u64 {
        self.written.n_bytes
    }

    /// Writes the stories, each with what readers should not wait for, and the texts that they were recovered from; returns their cards.
    pub(crate) fn put_stories(&mut self, stories: &[&Story], related: &[Vec<Related>], originals: &Originals) -> Result<Vec<Card>> {
        let progress = Progress::new("stories", stories.len());
        let root = self.root;
        let put = |(story, related): (&&Story, &Vec<Related>)| -> Result<(Card, u64)> {
            let mut story = (*story).clone();
            story.built.related.clone_from(related);
            highlight::fill(&mut story);
            let json = serde_json::to_vec(&story).with_context(|| format!("writing {} as JSON", story.slug))?;
            let file = name_hash(&json);
            write_if_changed(&root.join(story_path(&file)), &json)?;
            progress.step();
            Ok((Card::new(&story, file), json.len() as u64))
        };
        let mut cards = Vec::with_capacity(stories.len());
        for (card, n_bytes) in stories.par_iter().zip(related).map(put).collect::<Result<Vec<_>>>()? {
            self.written.files.insert(story_path(&card.file));
            self.written.n_bytes += n_bytes;
            cards.push(card);
        }
        for story in stories {
            if let Some((hash, source)) = story.original.as_ref().and_then(|hash| originals.get_key_value(hash)) {
                self.put(&original::published_path(hash), original::read(source)?.0.as_bytes())?;
            }
        }
        Ok(cards)
    }

    /// Writes everything but the stories, the manifest last. What an earlier build left is still there.
    pub(crate) fn finish(mut self, cards: &[Card], index: Vec<ShardFile>, site: Site) -> Result<Written> {
        let n_stories = u32::try_from(cards.len()).context("more stories than the format can count")?;
        let mut card_files = Vec::new();
        // An archive without stories has a file of cards too: its empty list.
        for cards in cards.chunks(CARDS_PER_FILE).chain(cards.is_empty().then_some(cards)) {
            let json = serde_json::to_vec(cards).context("writing the cards as JSON")?;
            card_files.push(self.put_hashed("cards", "json", &json)?);
        }
        let mut index = index.into_iter();
        let root = index.next().context("the index has no file")?;
        let search = self.put_hashed("search", "bin", &root.bytes)?;
        for shard in index {
            // Shards are named by their root, which holds their checksums.
            self.put(&format!("{SHARDS}/{}", shard.name), &shard.bytes)?;
        }
        for (name, schema) in json_schemas() {
            self.put(&format!("schema/{name}.schema.json"), &serde_json::to_vec_pretty(&schema).context("writing a JSON Schema")?)?;
        }
        let manifest = Manifest { format: FORMAT_VERSION, site, n_stories, cards: card_files, search: vec![search] };
        self.put(MANIFEST, &serde_json::to_vec_pretty(&manifest).context("writing the manifest as JSON")?)?;
        Ok(self.written)
    }

    /// Writes one file. `path` is below the folder.
    pub(crate) fn put(&mut self, path: &str, content: &[u8]) -> Result<()> {
        write_if_changed(&self.root.join(path), content)?;
        self.written.n_bytes += content.len() as u64;
        self.written.files.insert(path.to_owned());
        Ok(())
    }

    fn put_hashed(&mut self, stem: &str, extension: &str, content: &[u8]) -> Result<FileRef> {
        let path = format!("{stem}-{}.{extension}", name_hash(content));
        self.put(&path, content)?;
        Ok(FileRef { path, bytes: content.len() as u64, sha256: hash(content) })
    }
}

pub(crate) fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of a file's content as it stands in the file's name.
pub(crate) fn name_hash(content: &[u8]) -> String {
    let mut name = hash(content);
    name.truncate(NAME_DIGITS);
    name
}

/// A folder that is not empty and has no manifest is somebody else's.
fn refuse_foreign(out: &Path) -> Result<()> {
    let is_foreign = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) && !out.join(MANIFEST).is_file();
    if is_foreign {
        bail!("{} holds files that no build has written; name an empty or new folder with --out DIR", out.display());
    }
    Ok(())
}

/// Removes what an earlier build left, in the places where builds write. `files` are the paths of this build's.
pub(crate) fn remove_stale(out: &Path, files: &BTreeSet<String>) -> Result<()> {
    for below in ["", "story/", "schema/", &format!("{SHARDS}/"), &format!("{}/", original::FOLDER)] {
        let dir = out.join(below);
        if !dir.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&dir).with_context(|| format!("reading the folder {}", dir.display()))? {
            let path = entry.with_context(|| format!("reading the folder {}", dir.display()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_ours = name.ends_with(".json") || name.ends_with(".bin") || (name.ends_with(".txt") && !below.is_empty());
            if is_ours && !files.contains(&format!("{below}{name}")) && path.is_file() {
                fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
            }
        }
    }
    Ok(())
}
