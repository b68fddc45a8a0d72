//! What a sharded index costs: `cargo run --release -p search --example shards -- CORPUS.jsonl[.gz] OUT "query"…` writes the files into OUT and
//! names those that each query loads, first to last, with their bytes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::{collections::BTreeMap, io::Read, time::Instant};

use search::{Document, Index, IndexConfig, IndexWriter, SearchOptions, parse_query};

#[derive(serde::Deserialize)]
struct Doc {
    title: String,
    body: String,
    #[serde(default)]
    tags: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [corpus, out, queries @ ..] = args.as_slice() else { return Err("usage: shards CORPUS.jsonl[.gz] OUT QUERY…".into()) };
    let mut text = String::new();
    let mut file = std::fs::File::open(corpus)?;
    match corpus.ends_with(".gz") {
        true => flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?,
        false => file.read_to_string(&mut text)?,
    };
    let docs: Vec<Doc> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let mut writer = IndexWriter::new(IndexConfig::default());
    for doc in &docs {
        let tags: Vec<&str> = doc.tags.iter().map(String::as_str).collect();
        writer.add(&Document { title: &doc.title, tags: &tags, body: &doc.body, ..Document::default() });
    }
    let files = writer.finish_sharded();
    let n_bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    println!(
        "{} documents, {} files, {n_bytes} bytes, root {}, built in {:.2} s",
        docs.len(),
        files.len(),
        files[0].bytes.len(),
        start.elapsed().as_secs_f64()
    );
    std::fs::create_dir_all(out)?;
    for file in &files {
        std::fs::write(std::path::Path::new(out).join(&file.name), &file.bytes)?;
    }
    let by_name: BTreeMap<&str, &[u8]> = files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    for typed in queries {
        let mut index = Index::open(files[0].bytes.clone())?;
        let (query, _) = parse_query(typed);
        println!("{typed}");
        for round in 1.. {
            let missing = index.plan(&query, &SearchOptions::default());
            if missing.is_empty() {
                break;
            }
            for shard in missing {
                let bytes = by_name[shard.file_name().as_str()];
                println!("  {round} {} {}", shard.file_name(), bytes.len());
                index.load(&shard, bytes)?;
            }
        }
    }
    Ok(())
}
