//! Doing something later, once.

use std::{cell::Cell, rc::Rc, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};

/// A page that nobody sees gets no frames; after so many milliseconds what waits for one happens without it.
const PATIENCE: u64 = 1000;

/// Runs `act` once what the page shows now is on the screen.
pub(crate) fn after_paint(act: impl FnOnce() + 'static) {
    after_paint_boxed(Box::new(act));
}

/// Takes step after step until one says that it was the last, and lets whatever waits come between them.
pub(crate) fn in_turns(mut step: Box<dyn FnMut() -> bool>) {
    let next = move || {
        if step() {
            in_turns(step);
        }
    };
    set_timeout(next, Duration::ZERO);
}

/// Compiled once, not for each of its callers; so is [`Debounce::call_boxed`].
fn after_paint_boxed(act: Box<dyn FnOnce()>) {
    let act = Rc::new(Cell::new(Some(act)));
    let run = move || {
        if let Some(act) = act.take() {
            act();
        }
    };
    set_timeout(run.clone(), Duration::from_millis(PATIENCE));
    // Callbacks of a frame come before it is painted, a timer that they set comes behind it.
    request_animation_frame(move || set_timeout(run, Duration::ZERO));
}

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
        self.call_boxed(Box::new(action));
    }

    fn call_boxed(self, action: Box<dyn FnOnce()>) {
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
