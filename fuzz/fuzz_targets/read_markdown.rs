//! Any bytes as a post with front matter and template tags: nothing panics, and what comes out is a sound story file.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| fuzz::import_as("2020-03-03-post.md", bytes));
