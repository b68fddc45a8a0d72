//! What the last build made, kept in a file beside the folder, so that the next one does again only what has changed.
//!
//! The record is taken away when a build begins and written when it has ended: a build that broke off leaves none, and the next one compares
//! every file. What it says of a file holds while length and time of the file on disk are as they were. It decides what is made again, never
//! what is made: with it and without it the folder comes out the same.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// What a build made.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Record {
    /// The programs that made it.
    makers: String,
    /// Files, by their path below the folder.
    pub(super) files: BTreeMap<String, Made>,
    /// Rendered pages, by their file.
    pub(super) pages: BTreeMap<String, PageMade>,
}

/// A file, and what was compressed from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    /// Of the file itself.
    pub(super) stamp: Stamp,
    /// Of brotli.
    pub(super) quality: i32,
    /// Bytes of the compressed files beside it; none where compressing is not worth it.
    pub(super) compressed: Option<[u64; 2]>,
    /// SHA-256 of the file, of those that can be kept for reading offline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sum: Option<String>,
}

/// What a page was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PageMade {
    /// Hash of everything around what was rendered.
    pub(super) around: String,
    /// The renderer's key of what it rendered.
    pub(super) key: String,
}

/// Length and time of a file: as long as they stay, so does its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Length.
    pub(super) n_bytes: u64,
    /// Nanoseconds since 1970.
    time: u64,
}

impl Stamp {
    /// `None` if the file is not there.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok()?;
        let time = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        Some(Self { n_bytes: meta.len(), time: u64::try_from(time).ok()? })
    }
}

impl Record {
    /// Where the record of a folder lies. `None` where there is no place beside it.
    fn path(folder: &Path) -> Option<PathBuf> {
        let name = folder.file_name()?.to_string_lossy();
        Some(folder.with_file_name(format!(".{name}.story-home.json")))
    }

    /// The record of the last build, which is gone then. `programs` are those that make the site: what others have made is made again. An
    /// unreadable record is none.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub(super) fn take(folder: &Path, programs: &[&Path]) -> Result<Self> {
        let stamps: Vec<_> = programs.iter().map(|program| Stamp::of(program)).collect();
        let makers = format!("{} {stamps:?}", env!("CARGO_PKG_VERSION"));
        let none = Self { makers: makers.clone(), ..Self::default() };
        let Some(path) = Self::path(folder) else { return Ok(none) };
        let Ok(bytes) = fs::read(&path) else { return Ok(none) };
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        let mut record: Self = serde_json::from_slice(&bytes).unwrap_or_default();
        if record.makers != makers {
            // Which files there were is still worth knowing.
            record.files.values_mut().for_each(|made| made.stamp.time = 0);
            record.pages.clear();
            record.makers = makers;
        }
        Ok(record)
    }

    /// Keeps the record of a build that has ended.
    pub(super) fn keep(&self, folder: &Path) -> Result<()> {
        let Some(path) = Self::path(folder) else { return Ok(()) };
        let json = serde_json::to_vec(self).context("writing the build record")?;
        fs::write(&path, json).with_context(|| format!("writing {}", path.display()))
    }

    /// An empty record of the same programs.
    pub(super) fn successor(&self) -> Self {
        Self { makers: self.makers.clone(), ..Self::default() }
    }
}
