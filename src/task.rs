//! Effects and tasks of one concrete type each, for the reason that `markup` gives. A native render runs neither: it is over at once.

use std::{future::Future, pin::Pin};

use leptos::prelude::*;

/// Runs `act` now and whenever a signal that it read has changed.
pub(crate) fn effect(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_| act());
}

/// Lets a future run to its end.
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    if crate::dom::IS_NATIVE {
        return;
    }
    let future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    leptos::task::spawn_local(future);
}
