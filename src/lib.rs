//! The Story Home app: a client-side reader of a published archive.
//!
//! A library plus a small binary, so that the same components can be rendered natively. Rooms, and who may know whom:
//! `page → component → props`; only `data::fetch` fetches; only `dom` and `data::fetch` use `web_sys`; only `route` and
//! `query` know URLs; all words a reader sees are in `copy`.

#![allow(unreachable_pub, reason = "the component macro writes `pub` on what is `pub(crate)` here")]

mod app;
mod component;
mod copy;
mod data;
mod dom;
mod engine;
mod facet;
mod finding;
mod format;
mod later;
mod listing;
mod markup;
#[cfg(feature = "ssr")]
pub mod native;
mod nav;
mod offline;
mod order;
mod outline;
mod page;
mod prefs;
mod query;
mod recent;
mod route;
#[cfg(test)]
mod sample;
mod sentence;
mod shelf;
mod suggest;
mod task;
mod way_on;

pub use app::App;
pub use dom::mount;
