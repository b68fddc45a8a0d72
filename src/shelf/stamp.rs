//! Values that remember when they were set, so that two shelves can be merged: the later one wins, wherever and in whatever order they meet.

/// A value and the time of its last change, in milliseconds since 1970. `None` is a removal, which has a time as well.
///
/// The order of the fields is the order of merging: later first, and between changes of the same millisecond the greater value, so that every
/// device decides alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamped<T> {
    /// When it was set; 0 is never.
    pub(crate) at: u64,
    /// What it was set to.
    pub(crate) value: Option<T>,
}

impl<T> Default for Stamped<T> {
    fn default() -> Self {
        Self { at: 0, value: None }
    }
}

impl<T: Ord> Stamped<T> {
    /// Sets the value. A clock that was put back, here or on another device, does not make the change older than what it changes.
    pub(crate) fn set(&mut self, value: Option<T>, now: u64) {
        *self = Self { at: now.max(self.at.saturating_add(1)), value };
    }

    /// Takes the other one if it is later. Says whether it did.
    pub(crate) fn merge(&mut self, other: Self) -> bool {
        let is_later = *self < other;
        if is_later {
            *self = other;
        }
        is_later
    }

    /// Forgets what was set up to a time, without a trace.
    pub(crate) fn forget_until(&mut self, time: u64) {
        if self.at <= time {
            *self = Self::default();
        }
    }
}
