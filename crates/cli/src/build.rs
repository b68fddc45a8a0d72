//! `story-home build`: from a folder of stories to the files that the app reads.
//!
//! The layout is described at `corpus::Manifest`. Files that are named by their content's hash are written first and the manifest
//! last, so that a reader never meets a manifest whose files are missing; files of an earlier build go at the end.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use corpus::{Card, FORMAT_VERSION, FileRef, Manifest, Site, Story, json_schemas};
use search::ShardFile;
use sha2::{Digest, Sha256};

use crate::{
    document, highlight,
    original::{self, Originals},
    part::{self, Share},
    publish, related,
    report::{self, Tally},
    site::SiteConfig,
    stories::read_folder,
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
}

/// Builds the folder to upload: data, app, a page for every address.
pub(crate) fn site(request: &SiteRequest<'_>) -> Result<ExitCode> {
    publish::folder::refuse_foreign(request.out)?;
    let data = request.out.join("data");
    match request.data {
        Some(built) => {
            publish::folder::copy(built, &data)?;
        }
        None => {
            run(request.stories, None, &data)?;
        }
    }
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
    let site = SiteConfig::beside(dir)?;
    let mut folder = read_folder(dir)?;
    report::print(&folder.problems);
    let tally = Tally::of(&folder.problems);
    if tally.n_errors > 0 {
        bail!("nothing was built because of {}; mend the lines above and build again", report::counted(tally.n_errors, "error"));
    }
    folder.stories.iter_mut().for_each(|(_, story)| site.rename(story));
    related::fill(&mut folder.stories.iter_mut().map(|(_, story)| story).collect::<Vec<_>>());
    folder.stories.iter_mut().for_each(|(_, story)| highlight::fill(story));
    let stories: Vec<&Story> = folder.stories.iter().map(|(_, story)| story).collect();
    if let Some(share) = share {
        let n_bytes = part::write(&stories, &folder.originals, site.site(), share, out)?;
        println!("a part in {}, {} kB; join all parts with `story-home merge`", out.display(), n_bytes / 1000);
        return Ok(ExitCode::SUCCESS);
    }
    let n_bytes = write(&stories, &folder.originals, site.site(), out)?;
    println!("{} in {}, {} kB", report::counted(stories.len(), "story"), out.display(), n_bytes / 1000);
    Ok(ExitCode::SUCCESS)
}

/// Writes the data of stories, in this order. Returns the bytes of all files.
///
/// # Errors
/// If a file cannot be written, or the folder holds something that no build has written.
pub(crate) fn write(stories: &[&Story], originals: &Originals, site: Site, out: &Path) -> Result<u64> {
    let mut writer = FileWriter::for_build(out)?;
    let cards = writer.put_stories(stories, originals)?;
    writer.finish(&cards, document::index(stories), site)
}

/// Where the story of a card lies below the data.
pub(crate) fn story_path(file: &str) -> String {
    format!("story/{file}.json")
}

/// Writes files below a folder and remembers which.
pub(crate) struct FileWriter<'a> {
    root: &'a Path,
    written: BTreeSet<PathBuf>,
    n_bytes: u64,
}

impl<'a> FileWriter<'a> {
    /// A folder in which others may have files too.
    pub(crate) fn new(root: &'a Path) -> Self {
        Self { root, written: BTreeSet::new(), n_bytes: 0 }
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
        self.n_bytes
    }

    /// Writes the stories and the texts that they were recovered from; returns their cards.
    pub(crate) fn put_stories(&mut self, stories: &[&Story], originals: &Originals) -> Result<Vec<Card>> {
        let mut cards = Vec::with_capacity(stories.len());
        for story in stories {
            let json = serde_json::to_vec(story).with_context(|| format!("writing {} as JSON", story.slug))?;
            let file = name_hash(&json);
            self.put(&story_path(&file), &json)?;
            cards.push(Card::new(story, file));
            if let Some((hash, source)) = story.original.as_ref().and_then(|hash| originals.get_key_value(hash)) {
                self.put(&original::published_path(hash), original::read(source)?.0.as_bytes())?;
            }
        }
        Ok(cards)
    }

    /// Writes everything but the stories, the manifest last, and removes what an earlier build left. Returns the bytes of all files.
    pub(crate) fn finish(mut self, cards: &[Card], index: Vec<ShardFile>, site: Site) -> Result<u64> {
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
        remove_stale(self.root, &self.written)?;
        Ok(self.n_bytes)
    }

    /// Writes one file. `path` is below the folder.
    pub(crate) fn put(&mut self, path: &str, content: &[u8]) -> Result<()> {
        let path = self.root.join(path);
        let parent = path.parent().unwrap_or(self.root);
        fs::create_dir_all(parent).with_context(|| format!("making the folder {}", parent.display()))?;
        // An unchanged file keeps its time stamp, so that watchers and uploads leave it alone.
        if fs::read(&path).ok().as_deref() != Some(content) {
            fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
        }
        self.n_bytes += content.len() as u64;
        self.written.insert(path);
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

/// Removes what an earlier build left, in the places where builds write.
fn remove_stale(out: &Path, written: &BTreeSet<PathBuf>) -> Result<()> {
    for dir in [out.to_owned(), out.join("story"), out.join("schema"), out.join(SHARDS), out.join(original::FOLDER)]
        .into_iter()
        .filter(|dir| dir.is_dir())
    {
        for entry in fs::read_dir(&dir).with_context(|| format!("reading the folder {}", dir.display()))? {
            let path = entry.with_context(|| format!("reading the folder {}", dir.display()))?.path();
            let is_ours =
                path.extension().is_some_and(|extension| extension == "json" || extension == "bin" || (extension == "txt" && dir != out));
            if path.is_file() && is_ours && !written.contains(&path) {
                fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
            }
        }
    }
    Ok(())
}
