//! What ties a story's page to the shelf: where the reader is, and where a link to a place of the story leads.

use corpus::{Card, Slug};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    dom::{event::on_window, reading, timer::Debounce},
    shelf::{
        Shelf,
        anchor::{find_block, opening},
        model::{Facts, Place},
    },
};

/// The fragment of a link to the paragraph where the reader stopped.
pub(crate) const RESUME: &str = "resume";

/// Pause of scrolling after which the place is noted, in milliseconds. Less writes more often, more loses the place when the page is closed
/// by a crash; leaving it in order is noted at once.
const NOTE_AFTER: u64 = 600;

/// From here on a story that is not on the shelf counts as read, in percent of its body.
const READ_FROM: u32 = 10;

/// The shelf as one story's page knows it.
#[derive(Clone, Copy)]
pub(crate) struct StoryShelf {
    /// The shelf.
    pub(crate) shelf: Shelf,
    /// The story's name and title.
    pub(crate) story: StoredValue<(Slug, Facts)>,
    /// Where the reader has scrolled to since it was last noted.
    position: StoredValue<Option<reading::Position>>,
    /// What stands behind `#`.
    hash: Memo<String>,
}

impl StoryShelf {
    /// Notes from now on where the reader is.
    pub(crate) fn new(shelf: Shelf, card: &Card) -> Self {
        let story = StoredValue::new((card.slug.clone(), Facts::of(card)));
        let here = Self { shelf, story, hash: use_location().hash, position: StoredValue::new(None) };
        let later = Debounce::new(NOTE_AFTER);
        on_window("scroll", move |_| {
            // Looked at now: by the time it is written the story may have left the screen.
            here.position.set_value(reading::position());
            later.call(move || here.note_place());
        });
        on_window("pagehide", move |_| here.note_place());
        on_cleanup(move || here.note_place());
        here
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

    /// Goes where the address leads in this story. False when it names no place.
    pub(crate) fn begin(self) -> bool {
        let fragment = reading::fragment(&self.hash.get_untracked());
        if fragment.trim_start_matches('#') != RESUME {
            return false;
        }
        let Some((slug, _)) = self.story.try_get_value() else { return false };
        let place = self.shelf.model.with_untracked(|model| model.entry(&slug).and_then(|entry| entry.place.value.clone()));
        let block = place.and_then(|place| find_block(&reading::texts(), place.block, &place.words));
        if let Some(block) = block {
            reading::show(block);
        }
        block.is_some()
    }
}
