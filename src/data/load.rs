//! Something that is on its way from the network: not yet there, there, or failed and worth another try.

use std::{future::Future, sync::Arc};

use leptos::prelude::*;

use super::LoadError;
use crate::task::{effect, spawn};

/// What a load has come to.
pub(crate) type Outcome<T> = Option<Result<Arc<T>, LoadError>>;

/// A load that can be tried again. Copy: hand it to whoever shows the outcome.
pub(crate) struct Load<T: Send + Sync + 'static> {
    /// `None` while it is under way.
    pub(crate) outcome: RwSignal<Outcome<T>>,
    /// Raised by every attempt, so that the answer to an earlier one is not taken for the current one's.
    attempt: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    /// Starts loading, and starts over whenever something that `fetch` reads has changed or [`Load::retry`] is called.
    /// `fetch` is called inside an effect; the future it returns is not tracked.
    pub(crate) fn new<F>(fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<Arc<T>, LoadError>> + 'static,
    {
        let load = Self { outcome: RwSignal::new(None), attempt: RwSignal::new(0) };
        let n_started = StoredValue::new(0_u32);
        effect(move || {
            load.attempt.track();
            let future = fetch();
            let started = n_started.get_value() + 1;
            n_started.set_value(started);
            load.outcome.set(None);
            spawn(async move {
                let outcome = future.await;
                // The page may be gone, or have asked for something else, by the time the answer is here.
                if n_started.try_get_value() == Some(started) {
                    load.outcome.try_set(Some(outcome));
                }
            });
        });
        load
    }

    /// Tries again after a failure.
    pub(crate) fn retry(self) {
        self.attempt.update(|attempt| *attempt += 1);
    }
}
