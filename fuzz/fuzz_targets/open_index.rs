//! Any content behind a right header and checksum is an error or a searchable index; it never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use search::{FORMAT_VERSION, FacetKind, Index, SearchOptions, parse_query};

fuzz_target!(|content: &[u8]| {
    let (mut a, mut b) = (1u32, 0u32);
    for byte in content.get(1..).unwrap_or_default() {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    // The first byte is the kind; the checksum covers what follows.
    let mut file = b"SHSI".to_vec();
    file.extend(FORMAT_VERSION.to_le_bytes());
    file.extend((b << 16 | a).to_le_bytes());
    file.extend(content);
    if let Ok(index) = Index::open(file) {
        for typed in ["카프카", "ㅋㅍㅋ", "카푸카", "회의 문화", "\"회의 문화\"", "tag:회의", "views:>3"] {
            let results = index.search(&parse_query(typed).0, &SearchOptions::default());
            index.facet_counts(FacetKind::Tag, &results.docs);
            index.complete(typed, 8);
            index.nearest(typed, 8);
        }
    }
});
