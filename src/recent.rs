//! The reader's last searches, kept on this device and nowhere else.

use leptos::prelude::*;

use crate::dom::storage;

const KEY: &str = "story-home:recent";

/// How many are kept: as many as a reader takes in at a glance.
const MAX_KEPT: usize = 6;

/// The last searches, newest first. One for the app's life.
#[derive(Clone, Copy)]
pub(crate) struct Recent(RwSignal<Vec<String>>);

impl Recent {
    /// Reads what was kept.
    pub(crate) fn load() -> Self {
        let kept = storage::get(KEY).unwrap_or_default();
        Self(RwSignal::new(kept.lines().filter(|line| !line.is_empty()).take(MAX_KEPT).map(str::to_owned).collect()))
    }

    /// The searches. Tracked.
    pub(crate) fn get(self) -> Vec<String> {
        self.0.get()
    }

    /// Remembers a search that led somewhere.
    pub(crate) fn remember(self, text: &str) {
        let text = text.trim();
        if text.is_empty() || text.contains('\n') {
            return;
        }
        self.change(|kept| {
            kept.retain(|other| other != text);
            kept.insert(0, text.to_owned());
            kept.truncate(MAX_KEPT);
        });
    }

    /// Forgets them all.
    pub(crate) fn clear(self) {
        self.change(Vec::clear);
    }

    fn change(self, change: impl FnOnce(&mut Vec<String>)) {
        self.0.update(change);
        storage::set(KEY, &self.0.with_untracked(|kept| kept.join("\n")));
    }
}
