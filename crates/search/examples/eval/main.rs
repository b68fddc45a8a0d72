//! Quality and speed on a judged corpus: `cargo run --release -p search --example eval -- CORPUS.jsonl[.gz] QUERIES.jsonl [--misses]`.
//!
//! One JSON object a line: `{id, title, body, tags}` and `{q, category, relevant}`. Prints success@10, nDCG@10 (also of every second query,
//! so that a constant tuned on one half shows on the other) and the share of queries without a result for each category, then the time of
//! a keystroke over every state of the search field while the queries are typed. With `--misses` also the queries below nDCG .8, with
//! `--quality` nothing about time, with `--slow` the slowest states, with `--sharded` from an index in shards, all of those that are needed loaded.
#![allow(clippy::indexing_slicing)]

mod corpus;
mod keystrokes;
mod quality;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| args.iter().any(|arg| arg == flag);
    let [corpus, queries, ..] = args.as_slice() else {
        return Err("usage: eval CORPUS QUERIES [--quality] [--misses] [--slow] [--sharded]".into());
    };
    let docs = corpus::read_docs(corpus)?;
    let judged = corpus::read_queries(queries)?;
    let mut corpus = if has("--sharded") { corpus::Corpus::sharded(docs)? } else { corpus::Corpus::whole(docs)? };
    quality::print(&mut corpus, &judged, has("--misses"))?;
    if !has("--quality") {
        keystrokes::print(&mut corpus, &judged, has("--slow"))?;
    }
    Ok(())
}
