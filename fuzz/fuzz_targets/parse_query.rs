//! Any text is a query.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use search::{Document, Index, IndexConfig, IndexWriter, Matcher, SearchOptions, SnippetConfig, parse_query, snippet};

const BODY: &str = "카프카를 지켜보는 법, Kafka 모니터링. 웹 개발과 웹개발, 회의 문화와 대량해고.";

fn index() -> Option<&'static Index> {
    static INDEX: OnceLock<Option<Index>> = OnceLock::new();
    let build = || {
        let mut writer = IndexWriter::new(IndexConfig::default());
        writer.add(&Document { title: "카프카", body: BODY, ..Document::default() });
        Index::open(writer.finish()).ok()
    };
    INDEX.get_or_init(build).as_ref()
}

fuzz_target!(|typed: &str| {
    let (query, _) = parse_query(typed);
    if let Some(index) = index() {
        let results = index.search(&query, &SearchOptions::default());
        let matcher = Matcher::new(&query, &results);
        for text in [BODY, typed] {
            for range in matcher.ranges(text) {
                assert!(text.get(range).is_some(), "a range on character boundaries");
            }
            snippet(text, &matcher, &SnippetConfig::default());
        }
    }
});
