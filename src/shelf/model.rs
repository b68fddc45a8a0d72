//! What a reader keeps: stories on the shelf, where they stopped, what they read, highlights and notes. The records are in `record`.
//!
//! Pure. Every part is a [`Stamped`] value, so merging is the same whether the other half comes from storage, another tab or a file. Reads and
//! order for the screen are in `view`, text on disk is `codec`'s.

use corpus::Slug;

pub(crate) use super::record::{Color, Column, Entry, Facts, Key, Note, Passage, Place, Record};
use super::stamp::Stamped;

/// Everything kept. Some hundred records at most, so looking through them is nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    /// Stories, in no order.
    pub(crate) entries: Vec<Entry>,
    /// Notes, in no order.
    pub(crate) notes: Vec<Note>,
    cleared: u64,
    /// What has changed since it was last written.
    dirty: Vec<Key>,
}

impl Model {
    /// What is kept of a story.
    pub(crate) fn entry(&self, slug: &Slug) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.slug == *slug)
    }

    /// Where a story stands; `None` when it is not on the shelf.
    pub(crate) fn column(&self, slug: &Slug) -> Option<Column> {
        self.entry(slug)?.column.value
    }

    /// A note that was not removed.
    pub(crate) fn passage(&self, id: &str) -> Option<&Passage> {
        self.notes.iter().find(|note| note.id == id)?.passage.value.as_ref()
    }

    /// The record of a name, if there is one.
    pub(crate) fn record(&self, key: &Key) -> Option<Record> {
        match key {
            Key::Entry(slug) => self.entry(slug).cloned().map(Record::Entry),
            Key::Note(id) => self.notes.iter().find(|note| note.id == *id).cloned().map(Record::Note),
            Key::Cleared => (0 < self.cleared).then_some(Record::Cleared(self.cleared)),
        }
    }

    /// Every record.
    pub(crate) fn records(&self) -> Vec<Record> {
        let mut records: Vec<Record> = self.entries.iter().cloned().map(Record::Entry).collect();
        records.extend(self.notes.iter().cloned().map(Record::Note));
        records.extend(self.record(&Key::Cleared));
        records
    }

    /// The names of what has changed since the last call.
    pub(crate) fn take_dirty(&mut self) -> Vec<Key> {
        std::mem::take(&mut self.dirty)
    }

    /// Notes that something has to be written.
    pub(crate) fn touch(&mut self, key: Key) {
        if !self.dirty.contains(&key) {
            self.dirty.push(key);
        }
    }

    /// Puts a story on the shelf, moves it, or takes it off (`None`).
    pub(crate) fn put(&mut self, slug: &Slug, facts: Option<Facts>, column: Option<Column>, now: u64) {
        self.change_entry(slug, facts, now, |entry, now| entry.column.set(column, now));
    }

    /// The reader has come to a place of a story. A story that waited on the shelf is being read from now on.
    pub(crate) fn read(&mut self, slug: &Slug, facts: Facts, place: Place, now: u64) {
        self.change_entry(slug, Some(facts), now, |entry, now| {
            entry.place.set(Some(place), now);
            entry.visit.set(Some(now), now);
            if entry.column.value == Some(Column::ToRead) {
                entry.column.set(Some(Column::Reading), now);
            }
        });
    }

    /// Takes one story out of the history, with the place where the reader stopped.
    pub(crate) fn forget_visit(&mut self, slug: &Slug, now: u64) {
        self.change_entry(slug, None, now, |entry, now| {
            entry.visit.set(None, now);
            entry.place.set(None, now);
        });
    }

    /// Forgets what was read and where the reader stopped, for every story. The shelf and the notes stay.
    pub(crate) fn clear_history(&mut self, now: u64) {
        let newest = self.entries.iter().map(|entry| entry.visit.at.max(entry.place.at)).max().unwrap_or_default();
        self.merge(Record::Cleared(now.max(newest)));
    }

    /// Adds or replaces a passage.
    pub(crate) fn note(&mut self, id: &str, passage: Option<Passage>, now: u64) {
        let mut stamped = self.notes.iter().find(|note| note.id == id).map(|note| note.passage.clone()).unwrap_or_default();
        stamped.set(passage, now);
        self.merge(Record::Note(Note { id: id.to_owned(), passage: stamped }));
    }

    /// Sets everything that `before` holds again, as a change of now: what undo does.
    pub(crate) fn restore(&mut self, before: Vec<Record>, now: u64) {
        for record in before {
            match record {
                Record::Note(note) => self.note(&note.id, note.passage.value, now),
                Record::Cleared(_) => {}
                Record::Entry(before) => self.change_entry(&before.slug, before.facts.value, now, |entry, now| {
                    again(&mut entry.column, before.column, now);
                    again(&mut entry.place, before.place, now);
                    again(&mut entry.visit, before.visit, now);
                }),
            }
        }
    }

    /// Takes in a record from elsewhere. Says whether it changed anything here; what changed has to be written.
    pub(crate) fn merge(&mut self, record: Record) -> bool {
        let key = record.key();
        let changed = match record {
            Record::Entry(other) => self.merge_entry(other),
            Record::Note(other) => match self.notes.iter_mut().find(|note| note.id == other.id) {
                Some(note) => note.passage.merge(other.passage),
                None => {
                    self.notes.push(other);
                    true
                }
            },
            Record::Cleared(time) => self.merge_cleared(time),
        };
        if changed {
            self.touch(key);
        }
        changed
    }

    fn merge_entry(&mut self, mut other: Entry) -> bool {
        forget(&mut other, self.cleared);
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.slug == other.slug) else {
            let is_worth = other.says_something();
            if is_worth {
                self.entries.push(other);
            }
            return is_worth;
        };
        // Each of the four, whatever the others say.
        let parts = [
            entry.facts.merge(other.facts),
            entry.column.merge(other.column),
            entry.place.merge(other.place),
            entry.visit.merge(other.visit),
        ];
        parts.contains(&true)
    }

    fn merge_cleared(&mut self, time: u64) -> bool {
        if time <= self.cleared {
            return false;
        }
        self.cleared = time;
        for mut entry in std::mem::take(&mut self.entries) {
            let before = entry.clone();
            forget(&mut entry, time);
            if entry != before {
                self.touch(Key::Entry(entry.slug.clone()));
            }
            if entry.says_something() {
                self.entries.push(entry);
            }
        }
        true
    }

    fn change_entry(&mut self, slug: &Slug, facts: Option<Facts>, now: u64, change: impl FnOnce(&mut Entry, u64)) {
        // After the clearing, or it would be taken for cleared.
        let now = now.max(self.cleared.saturating_add(1));
        let mut entry = self.entry(slug).cloned().unwrap_or_else(|| Entry::new(slug.clone()));
        if facts.is_some() && entry.facts.value != facts {
            entry.facts.set(facts, now);
        }
        change(&mut entry, now);
        self.merge(Record::Entry(entry));
    }
}

fn forget(entry: &mut Entry, cleared: u64) {
    entry.place.forget_until(cleared);
    entry.visit.forget_until(cleared);
}

fn again<T: Ord>(now_there: &mut Stamped<T>, before: Stamped<T>, now: u64) {
    if now_there.value != before.value {
        now_there.set(before.value, now);
    }
}
