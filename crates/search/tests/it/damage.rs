//! Damaged bytes are refused or read as less; they never panic. `PROPTEST_CASES=100000` looks longer, on stable Rust, for what the fuzz
//! targets look for.

use std::sync::OnceLock;

use proptest::prelude::*;
use search::{FORMAT_VERSION, FacetKind, Index, IndexError, SearchOptions, parse_query};

use crate::writer;

/// Adler-32, to make damage that the checksum does not see.
fn fix_checksum(bytes: &mut [u8]) {
    let (mut a, mut b) = (1u32, 0u32);
    for byte in &bytes[13..] {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    bytes[8..12].copy_from_slice(&(b << 16 | a).to_le_bytes());
}

fn search_everything(index: &Index) {
    for typed in ["카프카", "회의 문화", "ㅋㅂㄴㅌㅅ", "쿠버내티스", "\"회의 문화\"", "tag:회의", "views:>3"] {
        let results = index.search(&parse_query(typed).0, &SearchOptions::default());
        index.facet_counts(FacetKind::Tag, &results.docs);
        index.complete(typed, 8);
        index.nearest(typed, 8);
    }
}

/// A small index, built once.
fn small() -> Vec<u8> {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| writer(12).finish()).clone()
}

proptest! {
    #[test]
    fn damage_behind_a_right_checksum_never_panics(at in 13usize..4000, byte: u8, cut in 0usize..2) {
        let mut bytes = small();
        let at = 13 + at % (bytes.len() - 13);
        if cut == 1 { bytes.truncate(at) } else { bytes[at] = byte }
        fix_checksum(&mut bytes);
        if let Ok(index) = Index::open(bytes) {
            search_everything(&index);
        }
    }

    #[test]
    fn any_bytes_are_an_error_or_an_index(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut file = b"SHSI".to_vec();
        file.extend(FORMAT_VERSION.to_le_bytes());
        file.extend([0; 4]);
        file.extend(bytes);
        if file.len() > 13 {
            fix_checksum(&mut file);
        }
        if let Ok(index) = Index::open(file) {
            search_everything(&index);
        }
    }

    #[test]
    fn any_text_is_a_query(typed in "\\PC{0,40}") {
        let (query, _) = parse_query(&typed);
        let index = Index::open(small()).unwrap();
        index.search(&query, &SearchOptions::default());
    }
}

#[test]
fn says_what_is_wrong() {
    let bytes = writer(3).finish();
    assert_eq!(Index::open(Vec::new()).err(), Some(IndexError::NotAnIndex));
    assert_eq!(Index::open(bytes[..bytes.len() - 1].to_vec()).err(), Some(IndexError::Damaged));
    let mut newer = bytes;
    newer[4] = 99;
    assert_eq!(Index::open(newer).err(), Some(IndexError::Version { expected: FORMAT_VERSION, got: 99 }));
}

/// The bytes of this format must stay readable, or the version must rise. Write the file anew with `UPDATE_GOLDEN=1` when it does.
#[test]
fn reads_the_golden_file_of_this_format() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/index-v{FORMAT_VERSION}.bin"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, writer(12).finish()).unwrap();
    }
    let index = Index::open(std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(index.n_docs(), 12);
    let results = index.search(&parse_query("카프카").0, &SearchOptions::default());
    assert!(!results.hits.is_empty());
}

#[test]
fn refuses_older_formats() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for got in 1..FORMAT_VERSION {
        let bytes = std::fs::read(folder.join(format!("index-v{got}.bin"))).unwrap();
        assert_eq!(Index::open(bytes).err(), Some(IndexError::Version { expected: FORMAT_VERSION, got }));
    }
}
