//! What a reader keeps: stories on the shelf, where they stopped, what they read, highlights and notes.
//!
//! Pure. Every part is a [`Stamped`] value, so merging is the same whether the other half comes from storage, another tab or a file. Reads and
//! order for the screen are in `view`, text on disk is `codec`'s.

use corpus::{Card, Slug};

use super::{anchor::Quote, stamp::Stamped};

/// Where on the shelf a story stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// 읽을 글.
    ToRead,
    /// 읽는 중.
    Reading,
    /// 다 읽음.
    Done,
}

impl Column {
    /// From left to right.
    pub(crate) const ALL: [Self; 3] = [Self::ToRead, Self::Reading, Self::Done];

    /// The word in files.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::ToRead => "to-read",
            Self::Reading => "reading",
            Self::Done => "done",
        }
    }

    /// The column that a word of a file names.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.as_str() == word)
    }

    /// The column `step` places on; `None` past either end.
    pub(crate) fn stepped(self, step: isize) -> Option<Self> {
        Self::ALL.get((self as usize).checked_add_signed(step)?).copied()
    }
}

/// Colour of a highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Color {
    /// 노랑.
    Yellow,
    /// 초록.
    Green,
    /// 파랑.
    Blue,
    /// 분홍.
    Pink,
}

impl Color {
    /// In the order of the buttons.
    pub(crate) const ALL: [Self; 4] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink];

    /// The word in files and style sheets.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Pink => "pink",
        }
    }

    /// The colour that a word of a file names.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.as_str() == word)
    }
}

/// What a story is called, kept so that the shelf outlives the story.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Facts {
    /// Its title.
    pub(crate) title: String,
    /// Who published it; empty when unknown.
    pub(crate) company: String,
}

impl Facts {
    /// Those of a card.
    pub(crate) fn of(card: &Card) -> Self {
        Self { title: card.title.clone(), company: card.company.clone().unwrap_or_default() }
    }
}

/// The paragraph where a reader stopped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Its position in the body.
    pub(crate) block: u32,
    /// How much of the story lies before the end of the screen, 0 to 100.
    pub(crate) percent: u32,
    /// How it begins, to find it again when the story was edited.
    pub(crate) words: String,
}

/// What is kept of one story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its name in URLs.
    pub(crate) slug: Slug,
    /// What it was called when it was last seen.
    pub(crate) facts: Stamped<Facts>,
    /// Where it stands on the shelf.
    pub(crate) column: Stamped<Column>,
    /// Where the reader stopped.
    pub(crate) place: Stamped<Place>,
    /// When it was last read.
    pub(crate) visit: Stamped<u64>,
}

impl Entry {
    fn new(slug: Slug) -> Self {
        Self { slug, facts: Stamped::default(), column: Stamped::default(), place: Stamped::default(), visit: Stamped::default() }
    }

    /// The title, or the name in URLs where no title was ever known.
    pub(crate) fn title(&self) -> &str {
        self.facts.value.as_ref().map_or(self.slug.as_str(), |facts| facts.title.as_str())
    }

    /// The company; empty when unknown.
    pub(crate) fn company(&self) -> &str {
        self.facts.value.as_ref().map_or("", |facts| facts.company.as_str())
    }

    /// Whether anything is left to keep; removals count, because they have to reach other devices.
    fn says_something(&self) -> bool {
        0 < self.column.at || 0 < self.place.at || 0 < self.visit.at
    }
}

/// A highlighted passage, with or without words of the reader's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Passage {
    /// The story.
    pub(crate) slug: Slug,
    /// What it was called.
    pub(crate) facts: Facts,
    /// The passage.
    pub(crate) quote: Quote,
    /// Its colour.
    pub(crate) color: Color,
    /// The reader's words; empty for a mere highlight.
    pub(crate) words: String,
    /// When it was made.
    pub(crate) made: u64,
}

/// A passage under its name, or what is left of one that was removed: the name and the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// Letters and digits; different for every note of every device.
    pub(crate) id: String,
    /// The passage; `None` once removed.
    pub(crate) passage: Stamped<Passage>,
}

/// One thing that is stored, sent and exported by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Record {
    /// A story.
    Entry(Entry),
    /// A highlight or note.
    Note(Note),
    /// The history up to this time was cleared.
    Cleared(u64),
}

/// Names a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// A story's.
    Entry(Slug),
    /// A note's.
    Note(String),
    /// When the history was cleared.
    Cleared,
}

impl Record {
    /// Its name.
    pub(crate) fn key(&self) -> Key {
        match self {
            Self::Entry(entry) => Key::Entry(entry.slug.clone()),
            Self::Note(note) => Key::Note(note.id.clone()),
            Self::Cleared(_) => Key::Cleared,
        }
    }

    /// The record with no time later than `now`: a file from a device whose clock runs ahead must not outdo everything done here from now on.
    pub(crate) fn not_after(mut self, now: u64) -> Self {
        match &mut self {
            Self::Entry(entry) => {
                let times = [&mut entry.facts.at, &mut entry.column.at, &mut entry.place.at, &mut entry.visit.at];
                times.into_iter().for_each(|at| *at = now.min(*at));
            }
            Self::Note(note) => note.passage.at = now.min(note.passage.at),
            Self::Cleared(time) => *time = now.min(*time),
        }
        self
    }
}

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
