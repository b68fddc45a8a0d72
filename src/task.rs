//! Effects and tasks of one concrete type each, for the reason that `markup` gives. A native render runs neither: it is over at once.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

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

/// How often effects get a turn before what follows from a change counts as built: the page, its parts, their parts, and one to spare.
const N_TICKS: usize = 4;

/// Waits until the effects of a change have run.
pub(crate) async fn tick_effects() {
    for _ in 0..N_TICKS {
        leptos::task::tick().await;
    }
}

/// One of several futures that run side by side.
pub(crate) type Step<T> = Pin<Box<dyn Future<Output = T>>>;

/// Runs futures side by side; what they give stands in their order. Cost: whenever one can go on, all that are not done are asked.
pub(crate) async fn side_by_side<T>(mut steps: Vec<Step<T>>) -> Vec<T> {
    let mut done: Vec<Option<T>> = steps.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut waits = false;
        for (step, slot) in steps.iter_mut().zip(&mut done).filter(|(_, slot)| slot.is_none()) {
            match step.as_mut().poll(context) {
                Poll::Ready(value) => *slot = Some(value),
                Poll::Pending => waits = true,
            }
        }
        if waits { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    done.into_iter().flatten().collect()
}
