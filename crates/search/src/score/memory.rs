//! What one search leaves for the next: the clauses of the last query, of which a keystroke changes one, and buffers. It changes how long
//! an answer takes, never the answer.

use std::sync::{Arc, Mutex};

use super::matches::{Found, Slots};
use crate::{
    ladder::{Candidate, Setting},
    query::{Clause, Word},
};

/// A clause and how it was asked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) clause: Clause,
    pub(super) setting: Setting,
    pub(super) literal: bool,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) slots: Slots,
    pub(super) answered: Vec<(Asked, Arc<Found>)>,
    /// Two neighbouring words as one, and its terms.
    pub(super) joined: Vec<(Word, Vec<Candidate>)>,
}

impl Memory {
    pub(super) fn answer_to(&self, asked: &Asked) -> Option<Arc<Found>> {
        self.answered.iter().find(|(known, _)| known == asked).map(|(_, found)| Arc::clone(found))
    }
}

/// The memory of an index. A search takes it and puts it back; one that finds it taken starts without.
#[derive(Debug, Default)]
pub(crate) struct MemoryCell(Mutex<Option<Box<Memory>>>);

impl Clone for MemoryCell {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl MemoryCell {
    pub(super) fn take(&self) -> Box<Memory> {
        self.0.try_lock().ok().and_then(|mut memory| memory.take()).unwrap_or_default()
    }

    pub(super) fn put(&self, memory: Box<Memory>) {
        if let Ok(mut cell) = self.0.try_lock() {
            *cell = Some(memory);
        }
    }

    /// Forgets everything: what was asked may have another answer now.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
