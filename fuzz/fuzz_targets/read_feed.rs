//! Any bytes as a feed or WordPress export: nothing panics, and what comes out is a sound story file.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzz::import_as("feed.xml", bytes));
