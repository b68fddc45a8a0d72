//! One search, as the app uses it: which stories, why, and what to mark in their texts.

use std::{ops::Range, sync::Arc};

use corpus::Block;
use leptos::prelude::*;
use search::ShardId;

use crate::{
    data::{Load, SearchIndex},
    dom::timer::after_paint,
    engine::{Answer, Marks, Reading},
    nav::Nav,
    query::ListQuery,
    task::spawn,
};

/// Length of an excerpt on a card, in characters. More fills the card, less loses the context of the hit.
const EXCERPT_CHARS: usize = 120;

/// The search as pages know it.
#[derive(Clone, Copy)]
pub(crate) struct Searching {
    /// The index, on its way or here.
    pub(crate) index: Load<SearchIndex>,
    /// What the text in the search field finds; `None` while nothing is searched for.
    pub(crate) found: Signal<Option<Arc<Found>>>,
}

/// The result of a search.
pub(crate) struct Found {
    /// What was searched for, and whether by its letters alone.
    text: String,
    literal: bool,
    /// Positions of the stories, best first.
    pub(crate) docs: Vec<u32>,
    /// What the reader should know about how words were read.
    pub(crate) readings: Vec<Reading>,
    /// Parts of the index that must be fetched before this is final.
    missing: Vec<ShardId>,
    marks: Box<dyn Marks>,
}

/// Searches. `text` is what stands in the search field; any text is a query. `literal` leaves out every guess at what was meant.
pub(crate) fn find(index: &SearchIndex, text: &str, literal: bool) -> Found {
    let Answer { docs, readings, missing, marks } = index.find(text, literal);
    Found { text: text.to_owned(), literal, docs, readings, missing, marks }
}

impl Found {
    /// Parts of the index are on their way: what it says is not all there is.
    pub(crate) fn is_partial(&self) -> bool {
        !self.missing.is_empty()
    }

    /// It is all that this query finds: only filters or the order have changed since.
    fn is_of(&self, query: &ListQuery) -> bool {
        !self.is_partial() && self.text == query.q && self.literal == query.literal
    }

    /// Which parts of a text the search found, as byte ranges in order.
    pub(crate) fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        self.marks.ranges(text)
    }

    /// The best passage of a story, in its summary or in its body: the first of those that show most of the words; the summary if none
    /// shows any.
    pub(crate) fn excerpt(&self, summary: &str, blocks: &[Block]) -> Vec<(String, bool)> {
        let (mut most, mut best) = (0, None);
        for passage in std::iter::once(summary.to_owned()).chain(blocks.iter().map(Block::text)) {
            let n = self.n_distinct(&passage);
            if most < n {
                (most, best) = (n, Some(passage));
            }
        }
        best.map_or_else(|| vec![(summary.to_owned(), false)], |passage| self.marks.snippet(&passage, EXCERPT_CHARS))
    }

    /// How many different words are marked in a text.
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

/// What the search text of the list that is answered finds; `None` without a search or an index. Searches once per text, not per filter.
///
/// While an input method composes, a text that finds nothing keeps the results before it: half a syllable is no word yet, and a list
/// that blinks empty at every other keystroke is worse than one that waits. The same while parts of the index are on their way.
pub(crate) fn use_found(nav: Nav, index: Load<SearchIndex>) -> Signal<Option<Arc<Found>>> {
    let n_grown = RwSignal::new(0_u32);
    let found = Memo::new_with_compare(
        move |before: Option<&Option<Arc<Found>>>| match index.loaded() {
            Some(search_index) if nav.answered.read().query.is_search() => {
                n_grown.track();
                let before = before.cloned().flatten();
                if before.as_deref().is_some_and(|found| nav.answered.with(|place| found.is_of(&place.query))) {
                    return before;
                }
                let found = nav.answered.with(|place| find(&search_index, &place.query.q, place.query.literal));
                let is_partial = found.is_partial();
                if is_partial {
                    fetch_missing(index, &search_index, &found.missing, n_grown);
                }
                let waits = is_partial || (nav.composing.get() && found.docs.is_empty());
                let kept = before.filter(|_| waits);
                Some(kept.unwrap_or_else(|| Arc::new(found)))
            }
            _ => None,
        },
        |before, after| before.map(|found| found.as_ref().map(Arc::as_ptr)) != after.map(|found| found.as_ref().map(Arc::as_ptr)),
    );
    found.into()
}

/// Fetches what a search lacks, and has it search again. A part that cannot be had is a failure of the index, which the page shows with
/// a way to try again.
fn fetch_missing(index: Load<SearchIndex>, search_index: &Arc<SearchIndex>, missing: &[ShardId], n_grown: RwSignal<u32>) {
    let shards = search_index.claim(missing);
    if shards.is_empty() {
        return;
    }
    let search_index = search_index.clone();
    // What is known already is shown first: asking for parts takes as long as a screen of results.
    after_paint(move || {
        for shard in shards {
            let search_index = search_index.clone();
            spawn(async move {
                match search_index.fetch(shard).await {
                    // Opening the part was one piece of work; searching in it is another, before which a letter may come.
                    Ok(true) => after_paint(move || {
                        n_grown.try_update(|n| *n += 1);
                    }),
                    Ok(false) => {}
                    Err(error) => index.fail(error),
                }
            });
        }
    });
}
