//! The passage that is selected, or whose highlight was clicked, and what is done with it.

use leptos::prelude::*;

use super::{BAR, StoryShelf, Target};
use crate::{
    dom::{
        clock,
        event::{Event, key_press, on_window},
        focus,
        passage::{self, Page},
        timer::Debounce,
    },
    shelf::{
        anchor::{find, quote},
        fragment,
        model::{Color, Passage},
    },
    task::effect,
};

/// Pause after which a selection is finished, in milliseconds. Less makes the bar flicker while the reader drags, more makes them wait.
const LOOK_AFTER: u64 = 200;

impl StoryShelf {
    pub(super) fn follow_selection(self) {
        let later = Debounce::new(LOOK_AFTER);
        effect(move || {
            self.shelf.selection.track();
            later.call(move || self.look_at_selection());
        });
        on_window("click", move |event| self.look_at_click(&event));
        on_window("keydown", move |event| {
            let press = key_press(&event);
            if press.typing || press.modified || press.composing || press.shift {
                return;
            }
            // The reader may be faster than the pause after which a selection counts.
            if matches!(press.code.as_str(), "KeyH" | "KeyM" | "KeyB") {
                self.look_at_selection();
            }
            if self.target.with_untracked(Option::is_none) {
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

    /// Highlights what the bar is about, or gives its note another colour.
    pub(in crate::component) fn highlight(self, color: Color) {
        self.color.set_value(color);
        if self.keep(|passage| passage.color = color) {
            self.shelf.tell((self.copy.shelf.highlighted)(color));
        }
        self.close();
    }

    /// Opens the field for a note.
    pub(in crate::component) fn write(self) {
        self.is_writing.set(true);
        request_animation_frame(|| focus::focus_end(&format!("{BAR}-field")));
    }

    /// Keeps the words of the field.
    pub(in crate::component) fn save(self, words: String) {
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
    pub(in crate::component) fn close(self) {
        passage::unselect();
        let had_focus = focus::focus_is_within(BAR);
        self.is_writing.set(false);
        self.target.set(None);
        if had_focus {
            focus::focus(focus::PAGE_TITLE, true);
        }
    }
}
