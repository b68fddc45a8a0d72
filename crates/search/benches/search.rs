//! Times of the native parts over the bundled stories: `cargo bench -p search`. The stories are few, so a hundred copies with their words
//! shifted make a corpus in which lists have blocks.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{hint::black_box, path::Path};

use criterion::{Criterion, criterion_group, criterion_main};
use search::{Document, FacetKind, Index, IndexConfig, IndexWriter, SearchOptions, parse_query};

/// Copies of each story; each begins a few words later than the one before.
const N_COPIES: usize = 100;

fn bodies() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().filter(|path| path.extension().is_some_and(|e| e == "md")).map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn write(bodies: &[String]) -> Vec<u8> {
    let mut writer = IndexWriter::new(IndexConfig::default());
    for copy in 0..N_COPIES {
        for body in bodies {
            let shifted: Vec<&str> = body.split_whitespace().skip(copy * 3).take(400).collect();
            let title: Vec<&str> = shifted.iter().take(4).copied().collect();
            let tag = if copy % 2 == 0 { "짝수" } else { "홀수" };
            writer.add(&Document { title: &title.join(" "), body: &shifted.join(" "), tags: &[tag], ..Document::default() });
        }
    }
    writer.finish()
}

fn benches(c: &mut Criterion) {
    let bodies = bodies();
    let bytes = write(&bodies);
    c.benchmark_group("build").sample_size(10).bench_function("index", |b| b.iter(|| write(black_box(&bodies))));
    c.bench_function("open", |b| b.iter(|| Index::open(black_box(bytes.clone())).unwrap()));
    let index = Index::open(bytes).unwrap();
    let options = SearchOptions { limit: 10, ..SearchOptions::default() };
    let mut group = c.benchmark_group("search");
    for (name, typed) in [
        ("exact", "카프카"),
        ("stem", "모니터링을"),
        ("prefix", "서"),
        ("half typed", "카프ㅋ"),
        ("choseong", "ㅋㄷㄹㅂ"),
        ("layout", "zkvmzk"),
        ("typo", "모니트링"),
        ("sentence", "개발자가 팀에서 일하는 방법과 문화"),
    ] {
        let query = parse_query(typed).0;
        // A clone remembers nothing of the search before.
        group.bench_function(name, |b| {
            b.iter_batched(|| index.clone(), |index| index.search(&query, &options), criterion::BatchSize::LargeInput)
        });
    }
    group.finish();
    let results = index.search(&parse_query("개발").0, &options);
    c.bench_function("facets", |b| b.iter(|| index.facet_counts(FacetKind::Tag, black_box(&results.docs))));
    c.bench_function("complete", |b| b.iter(|| index.complete(black_box("개"), 8)));
}

criterion_group!(all, benches);
criterion_main!(all);
