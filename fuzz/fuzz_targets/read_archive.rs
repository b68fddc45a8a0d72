//! Any bytes as a zip file: no panic, no entry that leads out of it, and no more memory than the guards allow.
#![no_main]

use std::io::Cursor;

use import::archive::Archive;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut archive) = Archive::open("a.zip", Cursor::new(bytes)) else { return };
    for entry in archive.entries().0 {
        assert!(!entry.path.starts_with('/') && !entry.path.split('/').any(|part| part == ".."), "{}", entry.path);
        let _ = archive.read(&entry);
    }
});
