//! What ties a story's page to the shelf: where the reader is, where a link to a place of the story leads, and the passages that are selected
//! and painted. The views are `shelf_bar`, `passage_bar` and `story_notes`.

use corpus::{Card, Slug};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    copy::Copy,
    dom::{
        self, clock,
        event::{Event, key_press, on_window},
        focus,
        passage::{self, Page, Watch},
        reading,
        timer::Debounce,
    },
    shelf::{
        Keeping, Shelf,
        anchor::{find, find_block, opening, quote},
        fragment,
        model::{Color, Facts, Passage, Place},
    },
    task::effect,
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

/// Pause after which a selection is finished, in milliseconds. Less makes the bar flicker while the reader drags, more makes them wait.
const LOOK_AFTER: u64 = 200;

/// Pause after which a changed body is painted, in milliseconds: once for all the changes of a moment.
const PAINT_AFTER: u64 = 30;

/// From here on a story that is not on the shelf counts as read, in percent of its body.
const READ_FROM: u32 = 10;

/// The passage that an address names, in style sheets; notes are `note-` and their colour.
const TARGET: &str = "passage-target";

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
            // Looked at now: by the time it is written the story may have left the screen.
            self.position.set_value(reading::position());
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

    fn follow_selection(self) {
        let later = Debounce::new(LOOK_AFTER);
        effect(move || {
            self.shelf.selection.track();
            later.call(move || self.look_at_selection());
        });
        on_window("click", move |event| self.look_at_click(&event));
        on_window("keydown", move |event| {
            let press = key_press(&event);
            if press.typing || press.modified || press.composing || press.shift || self.target.with_untracked(Option::is_none) {
                return;
            }
            // By their places on the keyboard: a Korean layout types ㅗ, ㅡ and ㅠ there.
            match press.code.as_str() {
                "KeyH" => self.highlight(self.color.get_value()),
                "KeyM" => self.write(),
                "KeyB" => focus::focus(&format!("{BAR}-{}", self.color.get_value().as_str()), true),
                "Escape" => self.close(),
                _ => return,
            }
            event.prevent_default();
        });
    }

    fn is_in_bar(self) -> bool {
        self.is_writing.get_untracked() || focus::focus_is_within(BAR)
    }

    fn look_at_selection(self) {
        if self.is_in_bar() {
            return;
        }
        let Some(page) = passage::page() else { return };
        match page.selected().and_then(|range| self.target_of(&page, range)) {
            Some(target) => self.target.set(Some(target)),
            None if self.target.with_untracked(|target| target.as_ref().is_some_and(|target| target.id.is_none())) => self.target.set(None),
            None => {}
        }
    }

    fn target_of(self, page: &Page, range: std::ops::Range<usize>) -> Option<Target> {
        let (slug, facts) = self.story.try_get_value()?;
        let fragment = fragment::write(&page.text, range.clone());
        let passage = Passage {
            slug,
            facts,
            quote: quote(&page.text, range)?,
            color: self.color.get_value(),
            words: String::new(),
            made: clock::now(),
        };
        Some(Target { id: None, passage, fragment, is_low: passage::selection_is_low() })
    }

    /// A click on a painted passage opens its note, one elsewhere closes it.
    fn look_at_click(self, event: &Event) {
        if self.is_writing.get_untracked() || focus::is_within(event.target().as_ref(), BAR) {
            return;
        }
        let has_selection = self.target.with_untracked(|target| target.as_ref().is_some_and(|target| target.id.is_none()));
        if has_selection || self.notes.with_untracked(Vec::is_empty) {
            return;
        }
        let open = focus::is_within_class(event.target().as_ref(), "body").then(|| {
            let page = passage::page()?;
            let at = page.clicked(event)?;
            self.notes.get_untracked().into_iter().find_map(|(id, passage)| {
                let range = find(&page.text, &passage.quote).filter(|range| range.contains(&at))?;
                let fragment = fragment::write(&page.text, range);
                Some(Target { id: Some(id), passage, fragment, is_low: false })
            })
        });
        self.target.set(open.flatten());
    }

    fn keep_painted(self) {
        if dom::IS_NATIVE {
            return;
        }
        let later = Debounce::new(PAINT_AFTER);
        let watch = StoredValue::new_local(None::<Watch>);
        // The body is in the document with the next frame.
        request_animation_frame(move || {
            watch.try_update_value(|watch| *watch = Some(Watch::begin(move || later.call(move || self.paint()))));
        });
        effect(move || {
            self.notes.track();
            self.hash.track();
            later.call(move || self.paint());
        });
        let mut is_first = true;
        effect(move || {
            self.hash.track();
            if !std::mem::take(&mut is_first) {
                self.begin();
            }
        });
        on_cleanup(move || {
            if let Some(watch) = watch.try_update_value(Option::take).flatten() {
                watch.end();
            }
            passage::unpaint(TARGET);
            Color::ALL.into_iter().for_each(|color| passage::unpaint(paint_name(color)));
        });
    }

    fn paint(self) {
        let (Some(page), Some(notes)) = (passage::page(), self.notes.try_get_untracked()) else { return };
        let placed: Vec<_> = notes.iter().map(|(id, passage)| (id, passage.color, find(&page.text, &passage.quote))).collect();
        for color in Color::ALL {
            let ranges: Vec<_> = placed.iter().filter(|(_, of, _)| *of == color).filter_map(|(_, _, range)| range.clone()).collect();
            page.paint(paint_name(color), &ranges);
        }
        // A body that is still on its way has lost nothing.
        let lost = placed.iter().filter(|(_, _, range)| range.is_none() && !page.text.is_empty());
        self.lost.set(lost.map(|(id, _, _)| (*id).clone()).collect());
        let named = fragment::parse(&reading::fragment(&self.hash.get_untracked()));
        let target: Vec<_> = named.and_then(|directive| fragment::find(&page.text, &directive)).into_iter().collect();
        page.paint(TARGET, &target);
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

    /// Highlights what the bar is about, or gives its note another colour.
    pub(super) fn highlight(self, color: Color) {
        self.color.set_value(color);
        if self.keep(|passage| passage.color = color) {
            self.shelf.tell((self.copy.shelf.highlighted)(color));
        }
        self.close();
    }

    /// Opens the field for a note.
    pub(super) fn write(self) {
        self.is_writing.set(true);
        request_animation_frame(|| focus::focus(&format!("{BAR}-field"), true));
    }

    /// Keeps the words of the field.
    pub(super) fn save(self, words: String) {
        if self.keep(|passage| passage.words = words) {
            self.shelf.tell(self.copy.shelf.note_saved.to_owned());
        }
        self.close();
    }

    fn keep(self, change: impl FnOnce(&mut Passage)) -> bool {
        let Some(mut target) = self.target.get_untracked() else { return false };
        change(&mut target.passage);
        let id = target.id.unwrap_or_else(clock::unique_id);
        self.shelf.change(|model, now| model.note(&id, Some(target.passage), now));
        true
    }

    /// Lets go of what the bar is about.
    pub(super) fn close(self) {
        passage::unselect();
        let had_focus = focus::focus_is_within(BAR);
        self.is_writing.set(false);
        self.target.set(None);
        if had_focus {
            focus::focus(focus::PAGE_TITLE, true);
        }
    }
}

fn paint_name(color: Color) -> &'static str {
    match color {
        Color::Yellow => "note-yellow",
        Color::Green => "note-green",
        Color::Blue => "note-blue",
        Color::Pink => "note-pink",
    }
}
