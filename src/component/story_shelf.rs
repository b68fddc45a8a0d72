//! What ties a story's page to the shelf: where the reader is, where a link to a place of the story leads, and the passages that are selected
//! and painted. The views are `shelf_bar`, `passage_bar` and `story_notes`.

mod paint;
mod selection;

use corpus::{Card, Slug};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    copy::Copy,
    dom::{event::on_window, passage, reading, timer::Debounce},
    shelf::{
        Keeping, Shelf,
        anchor::{find, find_block, opening},
        fragment,
        model::{Color, Facts, Passage, Place},
    },
};

/// The fragment of a link to the paragraph where the reader stopped.
pub(crate) const RESUME: &str = "#resume";

/// How the fragment of a link to a note begins; its id follows.
pub(crate) const NOTE: &str = "#memo-";

/// Id of the bar for what is selected.
pub(super) const BAR: &str = "passage-bar";

/// Pause of scrolling after which the place is noted, in milliseconds. Less writes more often, more loses the place in a crash; leaving the
/// page in order notes it at once.
const NOTE_AFTER: u64 = 600;

/// From here on a story that is not on the shelf counts as read, in percent of its body.
const READ_FROM: u32 = 10;

/// The passage that the bar is about.
#[derive(Clone)]
pub(super) struct Target {
    /// The note it has; `None` for a fresh selection.
    pub(super) id: Option<String>,
    /// The passage.
    pub(super) passage: Passage,
    /// The end of an address that names it.
    pub(super) fragment: String,
    /// The bar has to stand at the upper edge, not to cover it.
    pub(super) is_low: bool,
}

/// The shelf as one story's page knows it.
#[derive(Clone, Copy)]
pub(crate) struct StoryShelf {
    /// The shelf.
    pub(super) shelf: Shelf,
    copy: &'static Copy,
    /// The story's name and title.
    story: StoredValue<(Slug, Facts)>,
    /// Ids of this story's notes, in its order.
    pub(super) notes: Memo<Vec<(String, Passage)>>,
    /// Ids of notes whose passage is not in the story.
    pub(super) lost: RwSignal<Vec<String>>,
    /// What the bar is about.
    pub(super) target: RwSignal<Option<Target>>,
    /// The bar shows the field for a note.
    pub(super) is_writing: RwSignal<bool>,
    /// Colour of the last highlight.
    color: StoredValue<Color>,
    /// Where the reader has scrolled to since it was last noted.
    position: StoredValue<Option<reading::Position>>,
    /// What stands behind `#`.
    hash: Memo<String>,
}

impl StoryShelf {
    /// Notes from now on where the reader is, and paints their passages.
    pub(crate) fn new(copy: &'static Copy, shelf: Shelf, card: &Card) -> Self {
        let slug = card.slug.clone();
        let here = Self {
            shelf,
            copy,
            story: StoredValue::new((card.slug.clone(), Facts::of(card))),
            notes: Memo::new(move |_| shelf.model.read().notes_of(&slug)),
            lost: RwSignal::new(Vec::new()),
            target: RwSignal::new(None),
            is_writing: RwSignal::new(false),
            color: StoredValue::new(Color::Yellow),
            position: StoredValue::new(None),
            hash: use_location().hash,
        };
        here.follow_reading();
        here.follow_selection();
        here.keep_painted();
        here
    }

    fn follow_reading(self) {
        let later = Debounce::new(NOTE_AFTER);
        on_window("scroll", move |_| {
            // Looked at now: by the time it is written the story may have left the screen. Whoever goes up to leave by the head of the page
            // has not begun anew.
            if let Some(position) = reading::position().filter(|position| 0 < position.block) {
                self.position.set_value(Some(position));
            }
            later.call(move || self.note_place());
        });
        on_window("pagehide", move |_| self.note_place());
        on_cleanup(move || self.note_place());
    }

    /// Notes where the reader is, if the story is one of theirs or they are well into it.
    fn note_place(self) {
        let position = self.position.try_update_value(Option::take).flatten();
        let (Some(position), Some((slug, facts))) = (position, self.story.try_get_value()) else { return };
        let before =
            self.shelf.model.with_untracked(|model| model.entry(&slug).map(|entry| (entry.column.value, entry.place.value.clone())));
        let (column, place) = before.unwrap_or_default();
        let is_read = READ_FROM <= position.above || position.seen == 100;
        let is_theirs = column.is_some() && 0 < position.block;
        let here = Place { block: position.block, percent: position.seen, words: opening(&position.text) };
        if (is_read || is_theirs) && place.as_ref() != Some(&here) {
            self.shelf.change(|model, now| model.read(&slug, facts, here, now));
        }
    }

    /// Whether everything is here that the address names: notes and places come with the shelf. Tracked.
    pub(crate) fn is_ready(self) -> bool {
        let hash = self.hash.get_untracked();
        !(hash.starts_with(RESUME) || hash.starts_with(NOTE)) || self.shelf.keeping.get() != Keeping::Opening
    }

    /// Goes where the address leads in this story. False when it names no place.
    pub(crate) fn begin(self) -> bool {
        let Some(hash) = self.hash.try_get_untracked() else { return false };
        let address = reading::fragment(&hash);
        if let Some(id) = address.strip_prefix(NOTE) {
            return self.go_to(id);
        }
        if address == RESUME {
            let Some((slug, _)) = self.story.try_get_value() else { return false };
            let place = self.shelf.model.with_untracked(|model| model.entry(&slug).and_then(|entry| entry.place.value.clone()));
            let block = place.and_then(|place| find_block(&reading::texts(), place.block, &place.words));
            return block.map(reading::show).is_some();
        }
        let (Some(directive), Some(page)) = (fragment::parse(&address), passage::page()) else { return false };
        let range = fragment::find(&page.text, &directive);
        match &range {
            Some(range) => page.show(range),
            None => self.shelf.tell(self.copy.shelf.passage_gone.to_owned()),
        }
        range.is_some()
    }

    /// Goes to a note's passage. False when it is not there.
    pub(super) fn go_to(self, id: &str) -> bool {
        let quote = self.shelf.model.with_untracked(|model| model.passage(id).map(|passage| passage.quote.clone()));
        let (Some(quote), Some(page)) = (quote, passage::page()) else { return false };
        let range = find(&page.text, &quote);
        match &range {
            Some(range) => page.show(range),
            None => self.shelf.tell(self.copy.shelf.not_found.to_owned()),
        }
        range.is_some()
    }
}
