//! What `fetch` is in a native render: files are read from whoever renders, and the search index never comes, because no page that is
//! rendered beforehand is a search.

use std::sync::PoisonError;

use corpus::JsonError;
use leptos::prelude::use_context;

use super::LoadError;
use crate::{
    dom::offline::File,
    native::{Failure, Files},
};

/// As in `fetch`; read files are always fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// The file's name holds its content's hash.
    Immutable,
    /// The file was fetched before.
    Fetched,
    /// The file may change.
    Revalidate,
    /// The file is fetched whatever is known of it.
    Anew,
}

/// Reads and decodes a text file. `path` is relative to the site's root.
pub(crate) async fn fetch_text<T>(path: &str, _freshness: Freshness, decode: fn(&str) -> Result<T, JsonError>) -> Result<T, LoadError> {
    let outcome = read(path, decode);
    if let (Err(error), Some(Failure(failure))) = (&outcome, use_context()) {
        *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
    }
    outcome
}

fn read<T>(path: &str, decode: fn(&str) -> Result<T, JsonError>) -> Result<T, LoadError> {
    let content = |detail: String| LoadError::Content { file: path.to_owned(), detail };
    let bytes = use_context::<Files>().and_then(|Files(read)| read(path)).ok_or_else(|| LoadError::Network { file: path.to_owned() })?;
    let text = String::from_utf8(bytes).map_err(|error| content(error.to_string()))?;
    decode(&text).map_err(|error| content(error.to_string()))
}

/// Never comes to an end.
pub(crate) async fn fetch_bytes(_path: &str) -> Result<Vec<u8>, LoadError> {
    std::future::pending().await
}

/// Never comes to an end.
pub(crate) async fn fetch_raw(_path: &str, _freshness: Freshness) -> Result<File, LoadError> {
    std::future::pending().await
}
