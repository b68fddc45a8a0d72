//! Quality and speed on a judged corpus: `cargo run --release -p search --example eval -- CORPUS.jsonl.gz QUERIES.jsonl [--misses]`.
//!
//! One JSON object a line: `{id, title, body, tags}` and `{q, category, relevant}`. Prints success@10, nDCG@10 and the share of queries
//! without a result for each category, then time a query and bytes. With `--misses` also the queries below nDCG .8.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::{collections::BTreeMap, io::Read, time::Instant};

use search::{Document, Index, IndexConfig, IndexWriter, SearchOptions, parse_query};

#[derive(serde::Deserialize)]
struct Doc {
    id: String,
    title: String,
    body: String,
    #[serde(default)]
    tags: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Judged {
    q: String,
    category: String,
    relevant: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [corpus, queries, ..] = args.as_slice() else { return Err("usage: eval CORPUS.jsonl.gz QUERIES.jsonl [--misses]".into()) };
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(std::fs::File::open(corpus)?).read_to_string(&mut text)?;
    let docs: Vec<Doc> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let mut writer = IndexWriter::new(IndexConfig::default());
    for doc in &docs {
        let tags: Vec<&str> = doc.tags.iter().map(String::as_str).collect();
        writer.add(&Document { title: &doc.title, tags: &tags, body: &doc.body, ..Document::default() });
    }
    let bytes = writer.finish();
    println!("{} documents, {} bytes, built in {:.2} s", docs.len(), bytes.len(), start.elapsed().as_secs_f64());
    let index = Index::open(bytes)?;
    let judged: Vec<Judged> = std::fs::read_to_string(queries)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut by_category: BTreeMap<&str, (f64, f64, f64, f64)> = BTreeMap::new();
    let mut times = Vec::new();
    for query in &judged {
        let start = Instant::now();
        let (parsed, _) = parse_query(&query.q);
        let results = index.search(&parsed, &SearchOptions { limit: 10, ..SearchOptions::default() });
        times.push(start.elapsed());
        let gains: Vec<bool> = results.hits.iter().map(|hit| query.relevant.contains(&docs[hit.doc as usize].id)).collect();
        let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
        let dcg: f64 = gains.iter().enumerate().filter(|(_, hit)| **hit).map(|(rank, _)| discount(rank)).sum();
        let ideal: f64 = (0..query.relevant.len().min(10)).map(discount).sum();
        let ndcg = dcg / ideal;
        for category in [query.category.as_str(), "all"] {
            let sums = by_category.entry(category).or_default();
            sums.0 += 1.0;
            sums.1 += f64::from(u8::from(gains.contains(&true)));
            sums.2 += ndcg;
            sums.3 += f64::from(u8::from(gains.is_empty()));
        }
        if args.iter().any(|arg| arg == "--misses") && ndcg < 0.8 {
            let found: Vec<String> = results.terms.iter().map(|term| format!("{}→{:?}{:?}", term.typed, term.rung, term.found)).collect();
            let top: Vec<&str> = results.hits.iter().take(4).map(|hit| docs[hit.doc as usize].title.as_str()).collect();
            let wanted = query.relevant.iter().filter_map(|id| docs.iter().find(|doc| doc.id == *id)).map(|doc| doc.title.as_str());
            println!(
                "{} {:.2} {}\n   {}\n   got {:?}\n   want {:?}",
                query.category,
                ndcg,
                query.q,
                found.join(" | "),
                top,
                wanted.take(4).collect::<Vec<_>>()
            );
        }
    }
    println!("{:<12} {:>4} {:>7} {:>7} {:>7}", "category", "n", "s@10", "nDCG", "zero");
    for (category, (n, success, ndcg, zero)) in by_category {
        println!("{category:<12} {n:>4} {:>7.3} {:>7.3} {:>7.3}", success / n, ndcg / n, zero / n);
    }
    times.sort();
    println!("native time a query: median {:?}, 99 % {:?}", times[times.len() / 2], times[times.len() * 99 / 100]);
    Ok(())
}
