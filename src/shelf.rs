//! The shelf: what a reader keeps on this device. No account; nothing leaves it but by the reader's own export.
//!
//! `model` and its neighbours are pure: what is kept, how two shelves merge, how a passage is found again, what files look like. [`Shelf`] ties
//! them to signals, to storage (`dom::idb`) and to the other tabs (`dom::channel`).

pub(crate) mod anchor;
pub(crate) mod codec;
pub(crate) mod fragment;
pub(crate) mod markdown;
pub(crate) mod model;
pub(crate) mod page_text;
mod record;
mod stamp;
pub(crate) mod story_text;
#[cfg(test)]
mod tests;
mod view;

use leptos::prelude::*;

use crate::{
    dom::{
        self,
        channel::Channel,
        clock,
        idb::{self, Database, Failure},
        timer::Debounce,
    },
    task::spawn,
};
use codec::{ImportError, decode_file, decode_record, encode_file, encode_record};
use model::{Key, Model, Record};

/// The line to the other tabs.
const CHANNEL: &str = "story-home:shelf";

/// From this many stories on the shelf on, losing it would hurt, and the browser is asked to keep it.
const WORTH_KEEPING: usize = 5;

/// How long the browser may take to open its database, in milliseconds. WebKit never answers when the page before was left while it made the
/// database. More keeps a page waiting, less tells a slow device that nothing is kept before it says otherwise.
const OPENS_WITHIN: u64 = 4_000;

/// How well the shelf is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// What was kept is not here yet.
    Opening,
    /// Every change is stored.
    Stored,
    /// It lasts as long as the page, and why.
    InMemory(Failure),
}

/// Something that was done, told in words; with what has to be put back to undo it.
#[derive(Clone)]
pub(crate) struct Told {
    /// The words.
    pub(crate) words: String,
    /// What was there before; empty when there is nothing to undo.
    before: Vec<Record>,
    /// Id of the element that is back after an undo.
    focus: String,
}

/// The shelf. One for the app's life.
#[derive(Clone, Copy)]
pub(crate) struct Shelf {
    /// What is kept.
    pub(crate) model: RwSignal<Model>,
    /// How well.
    pub(crate) keeping: RwSignal<Keeping>,
    /// How many stored records cannot be read. They are left where they are.
    pub(crate) n_damaged: RwSignal<usize>,
    /// Whether the browser has promised to keep it; `None` while that is not known.
    pub(crate) is_persisted: RwSignal<Option<bool>>,
    /// What was done last.
    pub(crate) told: RwSignal<Option<Told>>,
    /// What the notes are searched for.
    pub(crate) search: RwSignal<String>,
    /// Raised whenever the selection on the page changes.
    pub(crate) selection: RwSignal<usize>,
    database: StoredValue<Option<Database>, LocalStorage>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    /// What could not be written, for the next try.
    unsaved: StoredValue<Vec<Key>>,
    asked_to_persist: StoredValue<bool>,
}

impl Shelf {
    /// Starts reading what is kept, and listening to the other tabs.
    pub(crate) fn load() -> Self {
        let shelf = Self {
            model: RwSignal::new(Model::default()),
            keeping: RwSignal::new(Keeping::Opening),
            n_damaged: RwSignal::new(0),
            is_persisted: RwSignal::new(None),
            told: RwSignal::new(None),
            search: RwSignal::new(String::new()),
            selection: RwSignal::new(0),
            database: StoredValue::new_local(None),
            channel: StoredValue::new_local(None),
            unsaved: StoredValue::new(Vec::new()),
            asked_to_persist: StoredValue::new(false),
        };
        let hear = move |text: String| {
            if let Ok(file) = decode_file(&text) {
                shelf.take_in(file.records);
            }
        };
        shelf.channel.set_value(Some(Channel::open(CHANNEL, Box::new(hear))));
        if !dom::IS_NATIVE {
            Debounce::new(OPENS_WITHIN).call(move || {
                if shelf.keeping.get_untracked() == Keeping::Opening {
                    shelf.keeping.set(Keeping::InMemory(Failure::Blocked));
                }
            });
        }
        spawn(async move {
            match Database::open(codec::VERSION).await {
                Ok(database) => {
                    shelf.database.set_value(Some(database));
                    shelf.read().await;
                }
                Err(failure) => shelf.keeping.set(Keeping::InMemory(failure)),
            }
            shelf.is_persisted.set(idb::is_persisted().await);
        });
        dom::event::on_document_for_good("selectionchange", move |_| shelf.selection.update(|n_changes| *n_changes += 1));
        // A page that slept in the background, or in the history, has not heard the others.
        dom::event::on_document_for_good("visibilitychange", move |_| {
            if !dom::is_hidden() {
                spawn(shelf.read());
            }
        });
        shelf
    }

    /// Reads everything that is stored.
    async fn read(self) {
        let Some(database) = self.database.get_value() else { return };
        match database.all().await {
            Ok(texts) => {
                let records: Vec<Record> = texts.iter().filter_map(|text| decode_record(text)).collect();
                self.n_damaged.set(texts.len() - records.len());
                self.take_in(records);
                if self.keeping.get_untracked() != Keeping::Stored {
                    self.keeping.set(Keeping::Stored);
                    // What was changed before the database was there.
                    self.save(Vec::new());
                }
            }
            Err(failure) => self.keeping.set(Keeping::InMemory(failure)),
        }
    }

    /// Merges what is stored or was said by another tab. Where this page knows more than the record, the whole is written, since two tabs that
    /// changed different parts of one record have overwritten each other's.
    fn take_in(self, records: Vec<Record>) {
        if records.is_empty() {
            return;
        }
        let mut merged = self.model.get_untracked();
        let changed = records.iter().filter(|record| merged.merge((*record).clone())).count();
        merged.take_dirty();
        let knows_more = |record: &&Record| merged.record(&record.key()).as_ref() != Some(*record);
        let more: Vec<Key> = records.iter().filter(knows_more).map(Record::key).collect();
        if 0 < changed {
            self.model.set(merged);
        }
        if !more.is_empty() {
            self.save(more);
        }
    }

    /// Changes the shelf: on the screen at once, then in storage and in the other tabs.
    pub(crate) fn change(self, change: impl FnOnce(&mut Model, u64)) {
        let mut keys = Vec::new();
        self.model.update(|model| {
            change(model, clock::now());
            keys = model.take_dirty();
        });
        if keys.is_empty() {
            return;
        }
        let records = self.model.with_untracked(|model| keys.iter().filter_map(|key| model.record(key)).collect::<Vec<_>>());
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.send(&encode_file(&records));
            }
        });
        self.save(keys);
        let is_worth = self.model.with_untracked(|model| 0 < model.n_notes() || WORTH_KEEPING <= model.n_on_shelf());
        if is_worth && !self.asked_to_persist.get_value() {
            self.asked_to_persist.set_value(true);
            spawn(async move {
                // Asking again what was granted is no question to the reader.
                let answer = idb::persist().await;
                self.is_persisted.try_set(answer);
            });
        }
    }

    fn save(self, keys: Vec<Key>) {
        let Some(database) = self.database.get_value() else {
            self.unsaved.update_value(|unsaved| unsaved.extend(keys));
            return;
        };
        let mut all = self.unsaved.try_update_value(std::mem::take).unwrap_or_default();
        all.extend(keys);
        if all.is_empty() {
            return;
        }
        let text = |model: &Model, key: &Key| (key_text(key), model.record(key).as_ref().map(encode_record));
        let changes: Vec<_> = self.model.with_untracked(|model| all.iter().map(|key| text(model, key)).collect());
        spawn(async move {
            match database.write(&changes).await {
                Ok(()) => {
                    if matches!(self.keeping.get_untracked(), Keeping::InMemory(_)) {
                        self.keeping.set(Keeping::Stored);
                    }
                }
                Err(failure) => {
                    self.unsaved.update_value(|unsaved| unsaved.extend(all));
                    self.keeping.set(Keeping::InMemory(failure));
                }
            }
        });
    }

    /// Removes something so that it can be undone: keeps what `keys` name, changes, and tells. `focus` is the id of what an undo brings back.
    pub(crate) fn remove(self, words: String, keys: Vec<Key>, focus: String, change: impl FnOnce(&mut Model, u64)) {
        let before = self.model.with_untracked(|model| keys.iter().filter_map(|key| model.record(key)).collect());
        self.change(change);
        self.told.set(Some(Told { words, before, focus }));
    }

    /// Tells what was done.
    pub(crate) fn tell(self, words: String) {
        self.told.set(Some(Told { words, before: Vec::new(), focus: String::new() }));
    }

    /// Puts back what was removed last. Gives the id of what is back.
    pub(crate) fn undo(self) -> Option<String> {
        let told = self.told.try_update(Option::take).flatten().filter(|told| told.can_undo())?;
        self.change(|model, now| model.restore(told.before, now));
        Some(told.focus)
    }

    /// The file with everything in it.
    pub(crate) fn export(self) -> String {
        self.model.with_untracked(|model| encode_file(&model.records()))
    }

    /// Merges a file. Gives how many records brought something new, and how many could not be read.
    ///
    /// # Errors
    /// [`ImportError`] if it is no file of ours.
    pub(crate) fn import(self, text: &str) -> Result<(usize, usize), ImportError> {
        let file = decode_file(text)?;
        let mut n_new = 0;
        self.change(|model, now| {
            let records = file.records.into_iter().map(|record| record.not_after(now));
            n_new = records.filter(|record| model.merge(record.clone())).count();
        });
        Ok((n_new, file.n_damaged))
    }
}

impl Told {
    /// Whether there is something to put back.
    pub(crate) fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }
}

/// The key of a record in the store.
fn key_text(key: &Key) -> String {
    match key {
        Key::Entry(slug) => format!("story:{slug}"),
        Key::Note(id) => format!("note:{id}"),
        Key::Cleared => "cleared".to_owned(),
    }
}
