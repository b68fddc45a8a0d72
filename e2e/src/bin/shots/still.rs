//! When a page is ready for its picture: fonts and pictures are there, nothing moves, nothing more arrives.

use anyhow::{Result, bail};
use e2e::session::Session;
use serde_json::Value;

/// See the file.
const STILL: &str = include_str!("still.js");

/// Stops what moves and waits until the page has not changed for a while.
///
/// # Errors
/// It goes on changing, or the browser is gone.
pub(crate) fn come_to_rest(session: &Session) -> Result<()> {
    match session.run_async(STILL, &[])? {
        Value::Null => Ok(()),
        trouble => bail!("the page does not come to rest: {}", trouble.as_str().unwrap_or_default()),
    }
}
