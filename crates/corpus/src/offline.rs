//! `offline.json`: what a reader who wants to read without a network keeps on the device. Written where a site is published, read by the app.

use serde::{Deserialize, Serialize};

/// Version of `offline.json`. Raise it on any change that an older app would misread; the app refuses other versions and says so.
pub const OFFLINE_VERSION: u32 = 1;

/// Where the files of stories lie, below the site: how many stories are kept is counted by them.
pub const STORY_FOLDER: &str = "data/story/";

/// The files to keep, in the order in which they are to be kept: what is named by its content first, what names the others last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineList {
    /// [`OFFLINE_VERSION`] of the writer.
    pub format: u32,
    /// Names this list: another one as soon as any file differs.
    pub version: String,
    /// The files.
    pub files: Vec<OfflineFile>,
}

/// One file to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineFile {
    /// Path below the site.
    pub path: String,
    /// Length in bytes, uncompressed.
    pub bytes: u64,
    /// SHA-256 of the content in hexadecimal.
    pub sha256: String,
    /// Whether no page shows without it.
    pub shell: bool,
}

impl OfflineFile {
    /// Whether the file is a story.
    pub fn is_story(&self) -> bool {
        self.path.starts_with(STORY_FOLDER)
    }
}

impl OfflineList {
    /// How many of the files are stories.
    pub fn n_stories(&self) -> usize {
        self.files.iter().filter(|file| file.is_story()).count()
    }

    /// What they take on the device, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{OFFLINE_VERSION, OfflineFile, OfflineList};
    use crate::decode_offline;

    #[test]
    fn what_is_written_is_read() {
        let file = |path: &str, shell| OfflineFile { path: path.to_owned(), bytes: 7, sha256: "ab".to_owned(), shell };
        let files = vec![file("data/story/1.json", false), file("data/manifest.json", true)];
        let list = OfflineList { format: OFFLINE_VERSION, version: "0f".to_owned(), files };
        assert_eq!(decode_offline(&serde_json::to_string(&list).unwrap()).unwrap(), list);
        assert_eq!((list.n_stories(), list.bytes()), (1, 14));
        assert!(decode_offline("{}").is_err());
    }
}
