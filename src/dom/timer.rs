//! Doing something later, once: the last call wins.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// Runs the latest of several calls after a pause. Cancelled when its owner goes.
#[derive(Clone, Copy)]
pub(crate) struct Debounce {
    delay: Duration,
    pending: StoredValue<Option<TimeoutHandle>>,
}

impl Debounce {
    /// A timer that waits for `milliseconds` of quiet.
    pub(crate) fn new(milliseconds: u64) -> Self {
        let debounce = Self { delay: Duration::from_millis(milliseconds), pending: StoredValue::new(None) };
        on_cleanup(move || {
            debounce.cancel();
        });
        debounce
    }

    /// Runs `action` after the pause, unless another call comes first.
    pub(crate) fn call(self, action: impl FnOnce() + 'static) {
        self.cancel();
        let handle = set_timeout_with_handle(action, self.delay).ok();
        self.pending.set_value(handle);
    }

    /// Forgets the pending call. Returns whether there was one.
    pub(crate) fn cancel(self) -> bool {
        let pending = self.pending.try_update_value(Option::take).flatten();
        if let Some(handle) = pending {
            handle.clear();
        }
        pending.is_some()
    }
}
