//! The records of a shelf: what is kept of a story, of a passage, of the history. Each part carries the time of its last change, so that
//! `model` can merge two records whatever their order.

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
    /// A story of which nothing is known yet.
    pub(super) fn new(slug: Slug) -> Self {
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
    pub(super) fn says_something(&self) -> bool {
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
