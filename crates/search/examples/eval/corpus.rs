//! Judged corpora: reading them, and an index over one whose shards are loaded as a browser would.

use std::{collections::BTreeMap, io::Read, time::Instant};

use search::{Document, Index, IndexConfig, IndexWriter, SearchOptions, SearchResults, parse_query};

#[derive(serde::Deserialize)]
pub(crate) struct Doc {
    #[serde(default)]
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) body: String,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
}

#[derive(serde::Deserialize)]
pub(crate) struct Judged {
    pub(crate) q: String,
    pub(crate) category: String,
    pub(crate) relevant: Vec<String>,
}

/// Documents and their index.
pub(crate) struct Corpus {
    pub(crate) docs: Vec<Doc>,
    pub(crate) index: Index,
    /// Shards that are not loaded yet, by file name.
    shards: BTreeMap<String, Vec<u8>>,
}

pub(crate) type Error = Box<dyn std::error::Error>;

pub(crate) fn read_docs(path: &str) -> Result<Vec<Doc>, Error> {
    let mut text = String::new();
    let mut file = std::fs::File::open(path)?;
    match path.ends_with(".gz") {
        true => flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?,
        false => file.read_to_string(&mut text)?,
    };
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

pub(crate) fn read_queries(path: &str) -> Result<Vec<Judged>, Error> {
    Ok(std::fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn writer(docs: &[Doc]) -> IndexWriter {
    let mut writer = IndexWriter::new(IndexConfig::default());
    for doc in docs {
        let tags: Vec<&str> = doc.tags.iter().map(String::as_str).collect();
        writer.add(&Document { title: &doc.title, tags: &tags, body: &doc.body, ..Document::default() });
    }
    writer
}

impl Corpus {
    pub(crate) fn whole(docs: Vec<Doc>) -> Result<Self, Error> {
        let start = Instant::now();
        let bytes = writer(&docs).finish();
        println!("{} documents, {} bytes, built in {:.2} s", docs.len(), bytes.len(), start.elapsed().as_secs_f64());
        Ok(Self { index: Index::open(bytes)?, docs, shards: BTreeMap::new() })
    }

    pub(crate) fn sharded(docs: Vec<Doc>) -> Result<Self, Error> {
        let start = Instant::now();
        let mut files = writer(&docs).finish_sharded();
        let n_bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
        let time = start.elapsed().as_secs_f64();
        let root = files.remove(0).bytes;
        println!("{} documents, {} shards, {n_bytes} bytes, root {}, built in {time:.2} s", docs.len(), files.len(), root.len());
        let shards = files.into_iter().map(|file| (file.name, file.bytes)).collect();
        Ok(Self { index: Index::open(root)?, docs, shards })
    }

    /// Searches after loading what the query needs.
    ///
    /// # Errors
    /// If the index asks for a shard that was not written, or refuses one that was.
    pub(crate) fn search(&mut self, typed: &str, limit: usize) -> Result<SearchResults, Error> {
        let (query, _) = parse_query(typed);
        let options = SearchOptions { limit, ..SearchOptions::default() };
        loop {
            let (results, missing) = self.index.search_or_plan(&query, &options);
            if missing.is_empty() {
                return Ok(results);
            }
            for shard in missing {
                let bytes = self.shards.remove(&shard.file_name()).ok_or("a shard is asked for twice")?;
                self.index.load(&shard, &bytes)?;
            }
        }
    }
}
