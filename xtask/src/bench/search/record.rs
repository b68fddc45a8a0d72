//! What the harness wrote about one engine on one corpus.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::bench::goal::Unit;

/// The folder name of our adapter.
pub(super) const OURS: &str = "ours";
/// Ours again, with every shard that the typing asks for loaded before the clock starts.
pub(super) const LOADED: &str = "ours-loaded";

/// Engines that fetch parts of their index while somebody types. Their latency holds these waits; that of the others cannot.
const FETCHING: [&str; 1] = ["pagefind"];

/// Engines that look through the texts. What they do before a search is writing these to a file, which says nothing about an index.
const WITHOUT_INDEX: [&str; 3] = ["fuse", "scan", "ufuzzy"];

/// Whether parts of the index have to be fetched during a keystroke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shards {
    /// Everything that the typing needs is in memory.
    Loaded,
    /// From a server on this machine, through the browser's cache.
    Fetched,
}

/// One figure of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Compressed bytes from page start to the first query's results.
    Packed,
    /// Navigation start to ready, files in the browser's cache.
    Ready,
    P50(Shards),
    P99(Shards),
    /// WebAssembly memory of the page, JavaScript heaps of the page and its workers. A worker's WebAssembly is in no figure of the harness.
    Memory,
    Build,
    /// Share of queries with a right page in the first ten.
    Success(&'static str),
    Ndcg(&'static str),
    /// Share of queries without any result.
    Zero(&'static str),
}

/// The harness' name for all categories together.
pub(super) const ALL: &str = "ALL";

impl Measure {
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Packed | Self::Memory => Unit::Bytes,
            Self::Ready | Self::P50(_) | Self::P99(_) => Unit::Milliseconds,
            Self::Build => Unit::Seconds,
            Self::Success(_) | Self::Ndcg(_) | Self::Zero(_) => Unit::Share,
        }
    }
}

/// One engine on one corpus.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) engine: String,
    /// As the harness wrote it.
    value: Value,
    /// Ours with everything loaded.
    loaded: Option<Box<Record>>,
}

impl Record {
    /// Reads a result file.
    pub(super) fn read(engine: &str, text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text)?;
        value.as_object().context("it holds no object")?;
        Ok(Self { engine: engine.to_owned(), value, loaded: None })
    }

    /// Stands for an engine that gave no result file.
    pub(super) fn failed(engine: &str, problem: &str) -> Self {
        Self { engine: engine.to_owned(), value: json!({"errors": {"harness": problem}}), loaded: None }
    }

    pub(super) fn set_loaded(&mut self, loaded: Self) {
        self.loaded = Some(Box::new(loaded));
    }

    pub(super) fn is_ours(&self) -> bool {
        self.engine == OURS
    }

    /// The figure, if it was measured and means something for this engine.
    pub(super) fn measure(&self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::Packed => self.number("/size/packed"),
            Measure::Ready => self.number("/ready"),
            Measure::P50(shards) => self.latency(shards)?.number("/latency/p50"),
            Measure::P99(shards) => self.latency(shards)?.number("/latency/p99"),
            // The browser's own account has the workers' heaps too; it is not always given.
            Measure::Memory => Some(self.number("/memory/wasm")? + self.number("/memory/ua").or_else(|| self.number("/memory/js"))?),
            Measure::Build if WITHOUT_INDEX.contains(&self.engine.as_str()) => None,
            Measure::Build => self.number("/build/ms").map(|ms| ms / 1e3),
            Measure::Success(category) => self.quality(category, "s10"),
            Measure::Ndcg(category) => self.quality(category, "ndcg"),
            Measure::Zero(category) => self.quality(category, "zero"),
        }
    }

    /// The record whose latency was measured in that state.
    fn latency(&self, shards: Shards) -> Option<&Self> {
        let fetches = self.is_ours() || FETCHING.contains(&self.engine.as_str());
        match shards {
            Shards::Fetched => fetches.then_some(self),
            Shards::Loaded if fetches => self.loaded.as_deref(),
            Shards::Loaded => Some(self),
        }
    }

    /// Keys are those of the harness: s10, ndcg, zero.
    pub(super) fn quality(&self, category: &str, key: &str) -> Option<f64> {
        self.value.get("quality")?.get(category)?.get(key)?.as_f64()
    }

    /// Categories of the judged queries and how many queries each has; none without judged queries.
    pub(super) fn categories(&self) -> Vec<(String, u64)> {
        let Some(quality) = self.value.get("quality").and_then(Value::as_object) else { return Vec::new() };
        quality.iter().map(|(name, score)| (name.clone(), score.get("n").and_then(Value::as_u64).unwrap_or(0))).collect()
    }

    /// What is to be known beside the figures, most of all what failed.
    pub(super) fn problems(&self) -> Vec<String> {
        let errors = self.value.get("errors").and_then(Value::as_object).into_iter().flatten();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let mut problems: Vec<String> = errors.map(|(step, error)| format!("{}: {step}: {}", self.engine, text(error))).collect();
        if let Some(errors) = self.quality(ALL, "err").filter(|share| 0.0 < *share) {
            problems.push(format!("{}: {:.1} % of the queries ended in an error", self.engine, errors * 100.0));
        }
        problems.extend(self.loaded.iter().flat_map(|loaded| loaded.problems()));
        problems
    }

    /// What restricts a figure without making it wrong.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if let (Some(n), Some(of)) = (self.number("/latency/n"), self.number("/latency/of"))
            && n < of
        {
            remarks.push(format!("{}: so slow that only {n} of {of} keystrokes were timed", self.engine));
        }
        let files = self.value.pointer("/size/files").and_then(Value::as_array).into_iter().flatten();
        if files.filter_map(|file| file.get(3)).any(|how| how == "gz9") {
            remarks.push(format!("{}: so large that its files were packed with gzip instead of brotli", self.engine));
        }
        remarks
    }

    pub(super) fn to_json(&self) -> Value {
        json!({"engine": self.engine, "figures": self.value, "loaded": self.loaded.as_ref().map(|loaded| loaded.to_json())})
    }

    fn number(&self, pointer: &str) -> Option<f64> {
        self.value.pointer(pointer)?.as_f64()
    }
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A result file as the harness writes it.
    pub(crate) fn record(engine: &str, p50: f64, ndcg: f64) -> Record {
        let text = json!({
            "engine": engine, "corpus": "ko-1k", "errors": {}, "build": {"ms": 2100, "rss": 9e7}, "ready": 89.1, "firstQuery": 95,
            "size": {"raw": 312_000, "packed": 245_000, "files": [["engine.js", 9, 8, "br11"]]},
            "memory": {"wasm": 2_000_000, "js": 216_000, "backing": 1, "ua": null},
            "latency": {"n": 686, "of": 686, "p50": p50, "p95": 1, "p99": p50 * 10.0, "max": 9, "mean": 1},
            "quality": {"1-title": {"n": 23, "s10": 1, "ndcg": 1, "zero": 0, "err": 0}, "ALL": {"n": 282, "s10": 0.7, "ndcg": ndcg, "zero": 0.3, "err": 0}},
        });
        Record::read(engine, &text.to_string()).unwrap()
    }

    #[test]
    fn reads_every_figure_in_its_unit() {
        let record = record("minisearch", 0.33, 0.45);
        assert_eq!(record.measure(Measure::Packed), Some(245_000.0));
        assert_eq!(record.measure(Measure::Build), Some(2.1));
        assert_eq!(self::record("scan", 0.33, 0.45).measure(Measure::Build), None);
        assert_eq!(record.measure(Measure::Memory), Some(2_216_000.0));
        assert_eq!(record.measure(Measure::Ndcg(ALL)), Some(0.45));
        assert_eq!(record.measure(Measure::Success("1-title")), Some(1.0));
        assert_eq!(record.measure(Measure::Success("6-choseong")), None);
        assert_eq!(record.categories(), [("1-title".to_owned(), 23), ("ALL".to_owned(), 282)]);
        assert!(record.problems().is_empty() && record.remarks().is_empty());
    }

    #[test]
    fn memory_counts_the_workers_where_the_browser_says() {
        let memory = |ua: Value| {
            let text = json!({"memory": {"wasm": 1_000_000, "js": 204_000, "ua": ua}}).to_string();
            Record::read("pagefind", &text).unwrap().measure(Measure::Memory)
        };
        assert_eq!(memory(json!(956_000)), Some(1_956_000.0));
        assert_eq!(memory(Value::Null), Some(1_204_000.0));
    }

    #[test]
    fn latency_with_waits_never_passes_for_one_without() {
        let in_memory = record("minisearch", 0.33, 0.45);
        assert_eq!(in_memory.measure(Measure::P50(Shards::Loaded)), Some(0.33));
        assert_eq!(in_memory.measure(Measure::P50(Shards::Fetched)), None);
        let pagefind = record("pagefind", 2.5, 0.33);
        assert_eq!(pagefind.measure(Measure::P50(Shards::Loaded)), None);
        assert_eq!(pagefind.measure(Measure::P99(Shards::Fetched)), Some(25.0));
        let mut ours = record(OURS, 1.5, 0.9);
        assert_eq!(ours.measure(Measure::P50(Shards::Loaded)), None);
        ours.set_loaded(record(LOADED, 0.04, 0.9));
        assert_eq!(ours.measure(Measure::P50(Shards::Loaded)), Some(0.04));
        assert_eq!(ours.measure(Measure::P50(Shards::Fetched)), Some(1.5));
    }

    #[test]
    fn what_failed_is_said_and_gives_no_figure() {
        let failed = Record::failed("fuse", "exit 1");
        assert_eq!(failed.problems(), ["fuse: harness: exit 1"]);
        assert_eq!(failed.measure(Measure::Ready), None);
        let mut ours = record(OURS, 1.0, 0.9);
        ours.set_loaded(Record::failed(LOADED, "no shard"));
        assert_eq!(ours.problems(), ["ours-loaded: harness: no shard"]);
        assert!(Record::read("x", "[]").is_err());
    }

    #[test]
    fn cut_short_and_weakly_packed_are_remarks() {
        let text = r#"{"latency":{"n":350,"of":686},"size":{"files":[["index.json",3,2,"gz9"]]}}"#;
        let remarks = Record::read("fuse", text).unwrap().remarks();
        assert!(remarks[0].contains("350 of 686") && remarks[1].contains("gzip"), "{remarks:?}");
    }
}
