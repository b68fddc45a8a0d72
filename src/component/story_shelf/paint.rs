//! Painting the notes of a story and the passage that its address names.

use leptos::prelude::*;

use super::StoryShelf;
use crate::{
    dom::{
        self,
        event::on_window,
        passage::{self, Watch},
        reading,
        timer::Debounce,
    },
    shelf::{anchor::find, fragment, model::Color},
    task::effect,
};

/// Pause after which a changed body is painted, in milliseconds: once for all the changes of a moment.
const PAINT_AFTER: u64 = 30;

/// The passage that an address names, in style sheets; notes are `note-` and their colour.
const TARGET: &str = "passage-target";

impl StoryShelf {
    pub(super) fn keep_painted(self) {
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
        // Sent when a page that was built hidden is shown, too.
        on_window("resize", move |_| later.call(move || self.paint()));
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
}

fn paint_name(color: Color) -> &'static str {
    match color {
        Color::Yellow => "note-yellow",
        Color::Green => "note-green",
        Color::Blue => "note-blue",
        Color::Pink => "note-pink",
    }
}
