//! Something that is on its way from the network: not yet there, there, or failed and worth another try.

use std::{any::Any, future::Future, marker::PhantomData, pin::Pin, sync::Arc};

use leptos::prelude::*;

use super::LoadError;
#[cfg(not(feature = "ssr"))]
use crate::task::{effect, spawn};

/// What was loaded, of whatever type: one kind of signal serves every load, see `markup`.
type Loaded = Arc<dyn Any + Send + Sync>;
type Loading = Pin<Box<dyn Future<Output = Result<Loaded, LoadError>>>>;

/// A load that can be tried again. Copy: hand it to whoever shows the outcome.
pub(crate) struct Load<T> {
    /// `None` while it is under way.
    outcome: RwSignal<Option<Result<Loaded, LoadError>>>,
    /// Raised by every attempt, so that the answer to an earlier one is not taken for the current one's.
    attempt: RwSignal<u32>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    /// Starts loading, and starts over whenever something that `fetch` reads has changed or [`Load::retry`] is called.
    /// `fetch` is called inside an effect; the future it returns is not tracked.
    pub(crate) fn new<F>(fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<Arc<T>, LoadError>> + 'static,
    {
        let load = Self { outcome: RwSignal::new(None), attempt: RwSignal::new(0), of: PhantomData };
        let fetch = move || {
            let future = fetch();
            Box::pin(async move { future.await.map(|loaded| loaded as Loaded) }) as Loading
        };
        start(load.outcome, load.attempt, Box::new(fetch));
        load
    }

    /// What the load has come to; `None` while it is under way. Tracked.
    pub(crate) fn get(self) -> Option<Result<Arc<T>, LoadError>> {
        match self.outcome.get()? {
            // `new` put nothing else in.
            Ok(loaded) => loaded.downcast().ok().map(Ok),
            Err(error) => Some(Err(error)),
        }
    }

    /// What was loaded, once it is here. Tracked.
    pub(crate) fn loaded(self) -> Option<Arc<T>> {
        self.get()?.ok()
    }

    /// What was loaded turned out to lack something that could not be had: a failure after all.
    pub(crate) fn fail(self, error: LoadError) {
        self.outcome.try_set(Some(Err(error)));
    }

    /// Tries again after a failure.
    pub(crate) fn retry(self) {
        self.attempt.update(|attempt| *attempt += 1);
    }
}

/// Natively a file is there or it is not: nothing is on its way.
#[cfg(feature = "ssr")]
fn start(outcome: RwSignal<Option<Result<Loaded, LoadError>>>, _attempt: RwSignal<u32>, fetch: Box<dyn Fn() -> Loading>) {
    if let Some(loaded) = crate::native::now(fetch()) {
        outcome.set(Some(loaded));
    }
}

#[cfg(not(feature = "ssr"))]
fn start(outcome: RwSignal<Option<Result<Loaded, LoadError>>>, attempt: RwSignal<u32>, fetch: Box<dyn Fn() -> Loading>) {
    let n_started = StoredValue::new(0_u32);
    effect(move || {
        attempt.track();
        let loading = fetch();
        let started = n_started.get_value() + 1;
        n_started.set_value(started);
        outcome.set(None);
        spawn(async move {
            let loaded = loading.await;
            // The page may be gone, or have asked for something else, by the time the answer is here.
            if n_started.try_get_value() == Some(started) {
                outcome.try_set(Some(loaded));
            }
        });
    });
}
