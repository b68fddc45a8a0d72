//! The only place that asks the network for anything, and only for files below the site's own root.

use corpus::JsonError;
use gloo_net::http::{Request, Response};
use web_sys::RequestCache;

use super::LoadError;
use crate::dom::offline::File;

/// Whether a file may come from the browser's cache without asking the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// The file's name holds its content's hash: it never changes.
    Immutable,
    /// It was fetched for this page a moment ago.
    Fetched,
    /// The server is asked whether the file has changed.
    Revalidate,
    /// The server is asked for the file, whatever caches and the worker say.
    Anew,
}

/// Fetches and decodes a text file. `path` is relative to the site's root.
pub(crate) async fn fetch_text<T>(path: &str, freshness: Freshness, decode: fn(&str) -> Result<T, JsonError>) -> Result<T, LoadError> {
    let response = fetch(path, freshness).await?;
    let text = response.text().await.map_err(|error| content(path, &error))?;
    decode(&text).map_err(|error| LoadError::Content { file: path.to_owned(), detail: error.to_string() })
}

/// Fetches an immutable binary file. `path` is relative to the site's root.
pub(crate) async fn fetch_bytes(path: &str) -> Result<Vec<u8>, LoadError> {
    let response = fetch(path, Freshness::Immutable).await?;
    response.binary().await.map_err(|error| content(path, &error))
}

/// Fetches a file as it is. `path` is relative to the site's root.
pub(crate) async fn fetch_raw(path: &str, freshness: Freshness) -> Result<File, LoadError> {
    fetch(path, freshness).await.map(Into::into)
}

async fn fetch(path: &str, freshness: Freshness) -> Result<Response, LoadError> {
    let cache = match freshness {
        Freshness::Immutable => RequestCache::Default,
        Freshness::Fetched => RequestCache::ForceCache,
        Freshness::Revalidate => RequestCache::NoCache,
        Freshness::Anew => RequestCache::Reload,
    };
    let response = Request::get(path).cache(cache).send().await.map_err(|_| LoadError::Network { file: path.to_owned() })?;
    match response.status() {
        200 => Ok(response),
        status => Err(LoadError::Status { file: path.to_owned(), status }),
    }
}

fn content(path: &str, error: &gloo_net::Error) -> LoadError {
    LoadError::Content { file: path.to_owned(), detail: error.to_string() }
}
