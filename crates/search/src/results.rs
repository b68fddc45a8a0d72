//! What a search is asked and what it answers.

use std::sync::Arc;

use crate::{index::DocSet, rung::Rung};

/// How to search.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchOptions {
    /// At most so many hits; the best ones.
    pub limit: usize,
    /// Only what was typed: exact, stem, part and prefix, no guesses at spelling, layout or typos.
    pub literal: bool,
    /// Only these documents, for filters that are not part of the typed text; all of them when absent.
    pub within: Option<DocSet>,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { limit: usize::MAX, literal: false, within: None }
    }
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResults {
    /// Best first; equal scores by document id.
    pub hits: Vec<Hit>,
    /// How many documents matched, before the limit.
    pub n_matches: usize,
    /// All of them, for counting facets.
    pub docs: DocSet,
    /// One for each searched word, in typed order; shared with the index, which remembers words from key to key.
    pub terms: Vec<Arc<TermMatch>>,
}

/// One document that matched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its id.
    pub doc: u32,
    /// Comparable within one search only.
    pub score: f32,
    /// The lowest rung among the words that were found in it.
    pub rung: Rung,
}

/// What became of one typed word.
#[derive(Clone, Debug, PartialEq)]
pub struct TermMatch {
    /// As it was typed.
    pub typed: String,
    /// Terms it led to, best first, at most eight; empty when it has no match.
    pub found: Vec<String>,
    /// The best rung; absent when it has no match.
    pub rung: Option<Rung>,
}
