//! `story-home build`: story files to the data that the app reads, laid out as `corpus::Manifest` documents.

mod data_dir;

use anyhow::{Context, Result};
use corpus::{Block, Card, FORMAT_VERSION, FileRef, Manifest, Site, Story, json_schemas};
use search::{Document, IndexConfig, IndexWriter};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{args::BuildArgs, report, story_dir};

use data_dir::DataFile;

pub(crate) fn run(args: &BuildArgs) -> Result<bool> {
    let dir = story_dir::read(&args.stories)?;
    report::print(&dir.problems);
    if 0 < report::n_errors(&dir.problems) {
        println!("nothing built: {}", report::summary(&dir.problems));
        return Ok(false);
    }
    let stories: Vec<&Story> = dir.stories.iter().map(|(_, story)| story).collect();
    let (files, manifest) = data_files(&stories)?;
    let changes = data_dir::write(&args.out, &files, &manifest)?;
    let n_bytes: usize = files.iter().chain([&manifest]).map(|file| file.bytes.len()).sum();
    println!("{}, {} files, {n_bytes} bytes in {} ({changes})", report::count(stories.len(), "story"), files.len() + 1, args.out.display());
    Ok(true)
}

/// Every file of the archive but the manifest, and the manifest.
fn data_files(stories: &[&Story]) -> Result<(Vec<DataFile>, DataFile)> {
    let mut files = Vec::new();
    let mut cards = Vec::new();
    let mut index = IndexWriter::new(IndexConfig::default());
    for story in stories {
        let bytes = json(story)?;
        let hash = short_hash(&bytes);
        cards.push(Card::new(story, hash.clone()));
        files.push(DataFile { path: format!("story/{hash}.json"), bytes });
        add_document(&mut index, story);
    }
    let cards = named("cards", "json", json(&cards)?);
    let search = named("search", "bin", index.finish());
    let manifest = Manifest {
        format: FORMAT_VERSION,
        site: Site::default(),
        n_stories: u32::try_from(stories.len()).context("more stories than a manifest counts")?,
        cards: vec![file_ref(&cards)],
        search: vec![file_ref(&search)],
    };
    files.extend([cards, search]);
    for (name, schema) in json_schemas() {
        files.push(DataFile { path: format!("schema/{name}.schema.json"), bytes: serde_json::to_vec_pretty(&schema)? });
    }
    Ok((files, DataFile { path: "manifest.json".into(), bytes: json(&manifest)? }))
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).context("writing JSON")
}

fn add_document(index: &mut IndexWriter, story: &Story) {
    let tags: Vec<&str> = story.tags.iter().map(String::as_str).collect();
    let (headings, body): (Vec<&Block>, Vec<&Block>) = story.blocks.iter().partition(|block| matches!(block, Block::Heading { .. }));
    let headings: Vec<String> = headings.into_iter().map(Block::text).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let body = body.into_iter().map(Block::text).collect::<Vec<_>>().join("\n");
    index.add(&Document {
        title: &story.title,
        tags: &tags,
        headings: &headings,
        body: &body,
        section: story.section.as_str(),
        company: story.company.as_deref(),
        series: story.series.as_ref().map(|series| series.name.as_str()),
        views: story.views,
    });
}

fn named(name: &str, extension: &str, bytes: Vec<u8>) -> DataFile {
    DataFile { path: format!("{name}-{}.{extension}", short_hash(&bytes)), bytes }
}

fn file_ref(file: &DataFile) -> FileRef {
    FileRef { path: file.path.clone(), bytes: file.bytes.len() as u64, sha256: sha256(&file.bytes) }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Enough of the hash for names: 64 bits.
fn short_hash(bytes: &[u8]) -> String {
    let mut hash = sha256(bytes);
    hash.truncate(16);
    hash
}
