//! The search engine as the app knows it: what it asks, and what it gets. The engine itself is a module of its own in a release build, like
//! `later`: nobody needs it before the first letter. So the app calls it by [`Engine`] and [`Marks`] only, and whatever else of `search` it
//! named outside of this file's last third would come back into the first module.

// See `later`.
#![cfg_attr(feature = "split", allow(unsafe_code, reason = "written by the attribute that marks the cut"))]

use std::ops::Range;

use search::{Index, Matcher, Rung, SearchOptions, ShardId, SnippetConfig, TermMatch, parse_query, snippet};

use crate::data::LoadError;

/// How many words are offered in place of one that no story has.
const N_NEAR: usize = 3;

/// An index, or as much of one as is here, and how it is searched.
pub(crate) trait Engine: Send + Sync {
    /// Searches. `text` is what stands in the search field; any text is a query. `literal` leaves out every guess at what was meant.
    fn find(&self, text: &str, literal: bool) -> Answer;

    /// The file of a shard, below the folder of shards.
    fn file_name(&self, shard: ShardId) -> String;

    /// Adds a shard. What is wrong with it comes back in words.
    fn add(&mut self, shard: ShardId, bytes: &[u8]) -> Result<(), String>;
}

/// What a search found, for marking it in texts.
pub(crate) trait Marks: Send + Sync {
    /// The parts of a text that were found, as byte ranges in order.
    fn ranges(&self, text: &str) -> Vec<Range<usize>>;

    /// The best part of a text of so many characters, cut where marks begin and end; `true` for what is marked.
    fn snippet(&self, text: &str, max_chars: usize) -> Vec<(String, bool)>;
}

/// The result of a search.
pub(crate) struct Answer {
    /// Positions of the stories, best first.
    pub(crate) docs: Vec<u32>,
    /// What the reader should know about how words were read.
    pub(crate) readings: Vec<Reading>,
    /// Parts of the index that must be added before this is final.
    pub(crate) missing: Vec<ShardId>,
    /// What to mark.
    pub(crate) marks: Box<dyn Marks>,
}

/// What became of a word that was not simply found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It was found as something else than typed.
    As {
        /// The word as typed.
        typed: String,
        /// The word it was taken for.
        found: String,
    },
    /// No story has anything like it.
    Nowhere {
        /// The word as typed.
        typed: String,
        /// Words that stories do have, nearest first.
        near: Vec<String>,
    },
}

/// Opens an index or the root of one; says in words what is wrong with it.
pub(crate) type Open = fn(Vec<u8>) -> Result<Box<dyn Engine>, String>;

/// Fetches the engine where it is a module of its own.
#[cfg(feature = "split")]
pub(crate) async fn fetch() -> Result<Open, LoadError> {
    engine().await
}

/// The engine, which is in the program.
#[cfg(not(feature = "split"))]
pub(crate) async fn fetch() -> Result<Open, LoadError> {
    engine()
}

/// Everything in the module, by its beginning.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(engine, fallible))]
fn engine() -> Result<Open, LoadError> {
    Ok(open)
}

fn open(bytes: Vec<u8>) -> Result<Box<dyn Engine>, String> {
    match Index::open(bytes) {
        Ok(index) => Ok(Box::new(Opened(index))),
        Err(error) => Err(error.to_string()),
    }
}

struct Opened(Index);

impl Engine for Opened {
    fn find(&self, text: &str, literal: bool) -> Answer {
        let (query, _remarks) = parse_query(text);
        let (results, missing) = self.0.search_or_plan(&query, &SearchOptions { literal, ..SearchOptions::default() });
        let marks = Box::new(Found(Matcher::new(&query, &results)));
        let reading = |term: &TermMatch| match term.rung {
            None => Some(Reading::Nowhere { typed: term.typed.clone(), near: self.0.nearest(&term.typed, N_NEAR) }),
            Some(rung) if needs_telling(rung) => Some(Reading::As { typed: term.typed.clone(), found: term.found.first()?.clone() }),
            Some(_) => None,
        };
        let readings = results.terms.iter().filter_map(|term| reading(term)).collect();
        Answer { docs: results.hits.iter().map(|hit| hit.doc).collect(), readings, missing, marks }
    }

    fn file_name(&self, shard: ShardId) -> String {
        shard.file_name()
    }

    fn add(&mut self, shard: ShardId, bytes: &[u8]) -> Result<(), String> {
        self.0.load(&shard, bytes).map_err(|error| error.to_string())
    }
}

/// Whether a reader would wonder how a word was found. Endings, parts and unfinished words explain themselves.
fn needs_telling(rung: Rung) -> bool {
    matches!(rung, Rung::Spelling | Rung::Choseong | Rung::Layout | Rung::Typo)
}

struct Found(Matcher);

impl Marks for Found {
    fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.0.ranges(text)
    }

    fn snippet(&self, text: &str, max_chars: usize) -> Vec<(String, bool)> {
        snippet(text, &self.0, &SnippetConfig { max_chars }).parts
    }
}
