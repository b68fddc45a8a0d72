//! One search, as the app uses it: which stories, why, and what to mark in their texts.

use std::ops::Range;

use corpus::Block;
use search::{Index, Matcher, Rung, SearchOptions, SnippetConfig, parse_query, snippet};

/// Length of an excerpt on a card, in characters. More fills the card, less loses the context of the hit.
const EXCERPT_CHARS: usize = 120;

/// The result of a search.
pub(crate) struct Found {
    /// Positions of the stories, best first.
    pub(crate) docs: Vec<u32>,
    /// Words that were found as something else than typed: (typed, found).
    pub(crate) readings: Vec<(String, String)>,
    matcher: Matcher,
}

/// Searches. `text` is what stands in the search field; any text is a query.
pub(crate) fn find(index: &Index, text: &str) -> Found {
    let (query, _remarks) = parse_query(text);
    let results = index.search(&query, &SearchOptions::default());
    let matcher = Matcher::new(&query, &results);
    let readings = results
        .terms
        .iter()
        .filter(|term| term.rung.is_some_and(needs_telling))
        .filter_map(|term| term.found.first().map(|found| (term.typed.clone(), found.clone())))
        .collect();
    Found { docs: results.hits.iter().map(|hit| hit.doc).collect(), readings, matcher }
}

/// Whether a reader would wonder how a word was found. Endings, parts and unfinished words explain themselves.
fn needs_telling(rung: Rung) -> bool {
    matches!(rung, Rung::Spelling | Rung::Choseong | Rung::Layout | Rung::Typo)
}

impl Found {
    /// Which parts of a text the search found, as byte ranges in order.
    pub(crate) fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.matcher.ranges(text)
    }

    /// The best passage of a story: of its summary if that has a hit, else of its body; the summary if neither has one.
    pub(crate) fn excerpt(&self, summary: &str, blocks: &[Block]) -> Vec<(String, bool)> {
        let config = SnippetConfig { max_chars: EXCERPT_CHARS };
        let passages = std::iter::once(summary.to_owned()).chain(blocks.iter().map(Block::text));
        let best = passages.filter(|text| !self.ranges(text).is_empty()).max_by_key(|text| self.n_distinct(text));
        best.map_or_else(|| vec![(summary.to_owned(), false)], |text| snippet(&text, &self.matcher, &config).parts)
    }

    /// How many different words are marked in a text: the passage that has them all says most about the hit.
    fn n_distinct(&self, text: &str) -> usize {
        let mut words = Vec::new();
        for word in self.ranges(text).into_iter().filter_map(|range| text.get(range)) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.len()
    }
}
