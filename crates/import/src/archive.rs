//! Zip files of stories, read entry by entry and never unpacked to disk.
//!
//! Guards: names that climb out of the archive are refused, sizes are limited while reading (what an archive says about itself is not
//! believed), and so is the number of entries.

use std::io::{Read, Seek};

use corpus::Problem;
use encoding_rs::EUC_KR;
use zip::ZipArchive;

use crate::decode::normalise;

/// Most entries. A site of 10,000 posts with pictures has about 50,000.
const MAX_ENTRIES: usize = 100_000;

/// Largest entry, in bytes, unpacked. A post of a whole book is 2 MB.
const MAX_ENTRY: u64 = 64 << 20;

/// How much larger than packed an entry above [`FREE`] may be. Text shrinks to a tenth, markup to a thirtieth at most.
const MAX_RATIO: u64 = 200;

/// Entries up to this size are read whatever their ratio, in bytes: they can do no harm.
const FREE: u64 = 1 << 20;

/// An opened archive.
#[derive(Debug)]
pub struct Archive<R> {
    file: String,
    zip: ZipArchive<R>,
}

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    idx: usize,
    /// Its path, with slashes, safe to put behind a folder.
    pub path: String,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive; `file` is named in the findings.
    ///
    /// # Errors
    /// If it is no zip file, or lists more entries than any site has.
    pub fn open(file: &str, reader: R) -> Result<Self, Problem> {
        let zip = ZipArchive::new(reader).map_err(|error| {
            Problem::error(file, 1, format!("the zip file cannot be read: {error}"), "pack it again, or give the folder itself")
        })?;
        if MAX_ENTRIES < zip.len() {
            let message = format!("the zip file lists {} files", zip.len());
            return Err(Problem::error(file, 1, message, "pack only the folder of the posts"));
        }
        Ok(Self { file: file.to_owned(), zip })
    }

    /// The files, by path, and what is wrong with the others.
    pub fn entries(&mut self) -> (Vec<Entry>, Vec<Problem>) {
        let (mut entries, mut problems) = (Vec::new(), Vec::new());
        for idx in 0..self.zip.len() {
            let raw = match self.zip.by_index_raw(idx) {
                Ok(entry) if entry.is_dir() => continue,
                Ok(entry) => entry.name_raw().to_vec(),
                Err(error) => {
                    problems.push(Problem::error(&*self.file, 1, format!("entry {} cannot be read: {error}", idx + 1), "pack it again"));
                    continue;
                }
            };
            let name = entry_name(&raw);
            if is_inside(&name) {
                entries.push(Entry { idx, path: name.replace('\\', "/") });
            } else {
                let message = format!("`{}` leads out of the zip file and is left out", name.escape_debug());
                problems.push(Problem::error(&*self.file, 1, message, "do not trust this file; ask where it comes from"));
            }
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        (entries, problems)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If it is damaged, encrypted, or larger than any story.
    pub fn read(&mut self, entry: &Entry) -> Result<Vec<u8>, Problem> {
        let name = format!("{}:{}", self.file, entry.path);
        let damaged = |error: &dyn std::fmt::Display| {
            Problem::error(&*name, 1, format!("cannot be unpacked: {error}"), "pack it again without a password")
        };
        let packed = self.zip.by_index(entry.idx).map_err(|error| damaged(&error))?;
        let limit = MAX_ENTRY.min(FREE.max(packed.compressed_size().saturating_mul(MAX_RATIO)));
        let mut bytes = Vec::new();
        packed.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if limit < bytes.len() as u64 {
            let message = format!("unpacks to more than {} kB and is left out", limit / 1000);
            return Err(Problem::error(&*name, 1, message, "unpack it yourself if you trust it, and import the folder"));
        }
        Ok(bytes)
    }
}

/// Korean Windows writes names in CP949; everybody else in UTF-8, whatever the flag says.
fn entry_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => normalise(name),
        Err(_) => match EUC_KR.decode_without_bom_handling_and_without_replacement(raw) {
            Some(name) => name.into_owned(),
            None => String::from_utf8_lossy(raw).into_owned(),
        },
    }
}

/// A relative path without `..`, drive or sign of another kind.
fn is_inside(name: &str) -> bool {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    let is_absolute = name.starts_with(['/', '\\']);
    !name.is_empty() && !has_drive && !is_absolute && !name.contains(char::is_control) && !name.split(['/', '\\']).any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::{Cursor, Write};

    use proptest::prelude::*;
    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::Archive;

    fn pack(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn files_come_out_by_path() {
        let mut archive = Archive::open("a.zip", Cursor::new(pack(&[("b/글.md", b"two"), ("a.md", b"one")]))).unwrap();
        let (entries, problems) = archive.entries();
        assert_eq!(problems, []);
        assert_eq!(entries.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), ["a.md", "b/글.md"]);
        assert_eq!(archive.read(&entries[1]).unwrap(), b"two");
    }

    #[test]
    fn names_that_climb_out_are_refused() {
        let bytes = pack(&[("../../evil.md", b"x"), ("/abs.md", b"x"), ("a/../../b.md", b"x"), ("C:\\x.md", b"x"), ("ok..md", b"x")]);
        let mut archive = Archive::open("a.zip", Cursor::new(bytes)).unwrap();
        let (entries, problems) = archive.entries();
        assert_eq!(entries.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>(), ["ok..md"]);
        assert_eq!(problems.len(), 4, "{problems:?}");
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bytes = pack(&[("bomb.md", &vec![b'a'; 8 << 20])]);
        assert!(bytes.len() < 20_000);
        let mut archive = Archive::open("a.zip", Cursor::new(bytes)).unwrap();
        let entry = archive.entries().0.remove(0);
        let message = archive.read(&entry).unwrap_err().to_string();
        assert!(message.starts_with("a.zip:bomb.md:1: error: unpacks to more than"), "{message}");
    }

    #[test]
    fn what_is_no_zip_is_an_error() {
        assert!(Archive::open("a.zip", Cursor::new(b"PK\x03\x04 no".to_vec())).is_err());
    }

    proptest! {
        #[test]
        fn damage_is_never_a_panic(place in 0..400_usize, value in any::<u8>()) {
            let mut bytes = pack(&[("a.md", b"one one one one"), ("b.md", b"two")]);
            let place = place % bytes.len();
            bytes[place] = value;
            if let Ok(mut archive) = Archive::open("a.zip", Cursor::new(bytes)) {
                for entry in archive.entries().0 {
                    let _ = archive.read(&entry);
                }
            }
        }
    }
}
