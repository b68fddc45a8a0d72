//! What the pages show of a shelf: which records, in which order.

use corpus::Slug;
use search::best_first;

use super::model::{Column, Entry, Model, Note, Passage};

/// A story read further than this is as good as finished, and not offered to be continued.
const FINISHED_PERCENT: u32 = 97;

/// A note with its name.
pub(crate) type Named = (String, Passage);

impl Model {
    /// The stories of a column, the last moved first.
    pub(crate) fn on_shelf(&self, column: Column) -> Vec<Entry> {
        self.sorted(|entry| (entry.column.value == Some(column)).then_some(entry.column.at))
    }

    /// Stories to go on with, the last read first.
    pub(crate) fn to_continue(&self) -> Vec<Entry> {
        self.sorted(|entry| {
            let place = entry.place.value.as_ref()?;
            let is_open = entry.column.value != Some(Column::Done) && place.percent < FINISHED_PERCENT;
            is_open.then_some(entry.place.at)
        })
    }

    /// Stories that were read, the last first.
    pub(crate) fn history(&self) -> Vec<Entry> {
        self.sorted(|entry| entry.visit.value)
    }

    /// How many stories are on the shelf.
    pub(crate) fn n_on_shelf(&self) -> usize {
        self.entries.iter().filter(|entry| entry.column.value.is_some()).count()
    }

    fn sorted(&self, time: impl Fn(&Entry) -> Option<u64>) -> Vec<Entry> {
        let mut timed: Vec<(u64, &Entry)> = self.entries.iter().filter_map(|entry| Some((time(entry)?, entry))).collect();
        let n = timed.len();
        best_first(&mut timed, n, |a, b| (b.0, &a.1.slug) < (a.0, &b.1.slug));
        timed.into_iter().map(|(_, entry)| entry.clone()).collect()
    }

    /// The notes of a story in the order of its text.
    pub(crate) fn notes_of(&self, slug: &Slug) -> Vec<Named> {
        in_order(self.passages().filter(|(_, passage)| passage.slug == *slug).collect())
    }

    /// Every note that holds all of the words, story by story in the order of titles. Words may be halves of words; case does not matter.
    pub(crate) fn find_notes(&self, words: &str) -> Vec<Named> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let holds = |passage: &Passage| {
            let text = [&*passage.facts.title, &*passage.facts.company, &*passage.quote.exact, &*passage.words].join("\n").to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        in_order(self.passages().filter(|(_, passage)| holds(passage)).collect())
    }

    /// How many notes there are.
    pub(crate) fn n_notes(&self) -> usize {
        self.passages().count()
    }

    fn passages(&self) -> impl Iterator<Item = (&Note, &Passage)> {
        self.notes.iter().filter_map(|note| Some((note, note.passage.value.as_ref()?)))
    }
}

fn in_order(mut notes: Vec<(&Note, &Passage)>) -> Vec<Named> {
    let n = notes.len();
    let key = |(note, passage): &(&Note, &Passage)| (passage.quote.block, passage.made, note.id.clone());
    best_first(&mut notes, n, |a, b| {
        let (title, other) = ((&a.1.facts.title, &a.1.slug), (&b.1.facts.title, &b.1.slug));
        title < other || (title == other && key(a) < key(b))
    });
    notes.into_iter().map(|(note, passage)| (note.id.clone(), passage.clone())).collect()
}
