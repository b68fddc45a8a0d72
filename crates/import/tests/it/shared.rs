//! Where the real pages are.

use std::{env, path::PathBuf};

/// A path below the shared folder; `None`, told loudly, where it is missing.
pub(crate) fn path(below: &str) -> Option<PathBuf> {
    let root = env::var_os("STORY_HOME_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from);
    let path = root.join(below);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not here; set STORY_HOME_SHARED to the folder that holds {below}", path.display());
    None
}
