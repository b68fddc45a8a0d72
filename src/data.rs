//! The archive in memory and how it gets there.

mod error;
#[cfg(not(feature = "ssr"))]
mod fetch;
// Rendered natively, files are read instead of fetched.
#[cfg(feature = "ssr")]
#[path = "data/read.rs"]
mod fetch;
mod library;
mod load;
mod search_index;

pub(crate) use error::LoadError;
pub(crate) use fetch::{Freshness, fetch_raw, fetch_text};
pub(crate) use library::{Counts, Library, load_library};
pub(crate) use load::Load;
pub(crate) use search_index::SearchIndex;
