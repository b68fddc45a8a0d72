//! A sharded index that loads what `plan` names answers as the whole one does.

use std::collections::BTreeMap;

use search::{Index, IndexConfig, IndexWriter, SearchOptions, parse_query};

use crate::{writer, writer_of};

const QUERIES: [&str; 12] = [
    "카프카",
    "쿠버네티스 배포",
    "ㅋㅂㄴㅌㅅ",
    "znqjspxltm",
    "쿠버내티스",
    "장바ㄱ",
    "\"회의 문화\"",
    "tag:회의 서버",
    "카프카 OR 여행 -알람",
    "views:>100 고속도로",
    "웹 개발",
    "낱말",
];

#[test]
fn loading_what_is_planned_gives_the_whole_answer() {
    let whole = Index::open(writer(300).finish()).unwrap();
    let files = writer(300).finish_sharded();
    let root = files[0].bytes.clone();
    let by_name: BTreeMap<&str, &[u8]> = files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    assert_eq!(by_name.len(), files.len(), "names are unique");
    for typed in QUERIES {
        let (query, _) = parse_query(typed);
        let options = SearchOptions::default();
        let mut index = Index::open(root.clone()).unwrap();
        let mut n_loaded = 0;
        loop {
            let missing = index.plan(&query, &options);
            if missing.is_empty() {
                break;
            }
            n_loaded += missing.len();
            for shard in missing {
                index.load(&shard, by_name[shard.file_name().as_str()]).unwrap();
            }
        }
        let expected = whole.search(&query, &options);
        assert!(!expected.hits.is_empty(), "{typed}");
        assert_eq!(index.search(&query, &options), expected, "{typed}");
        assert!(n_loaded < files.len(), "{typed} needed everything");
    }
}

#[test]
fn same_documents_give_the_same_bytes() {
    assert_eq!(writer(40).finish(), writer(40).finish());
    assert_eq!(writer(40).finish_sharded(), writer(40).finish_sharded());
}

#[test]
fn merged_parts_are_the_whole() {
    let whole = writer_of(0..90).finish_sharded();
    let mut merged = IndexWriter::new(IndexConfig::default());
    for part in [0..30, 30..31, 31..90] {
        merged.merge(&writer_of(part).to_part()).unwrap();
    }
    assert_eq!(merged.finish_sharded(), whole);
    let mut damaged = writer_of(0..3).to_part();
    damaged.pop();
    assert!(IndexWriter::new(IndexConfig::default()).merge(&damaged).is_err());
}

#[test]
fn a_shard_is_refused_in_another_ones_place() {
    let files = writer(300).finish_sharded();
    let mut index = Index::open(files[0].bytes.clone()).unwrap();
    let (query, _) = parse_query("카프카");
    let shard = index.plan(&query, &SearchOptions::default())[0];
    let other = files.iter().find(|file| file.name != shard.file_name() && file.name.starts_with('t')).unwrap();
    assert!(index.load(&shard, &other.bytes).is_err());
}
