//! Importers on real pages. Those lie beside the checkout (or where STORY_HOME_SHARED says); without them the tests say that they
//! were skipped.
#![allow(clippy::unwrap_used, clippy::panic)]

mod facts;
mod fixtures;
mod seeds;
mod shared;
