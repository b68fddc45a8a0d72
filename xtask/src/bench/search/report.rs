//! The tables of a run: engines side by side, quality by category, targets.

use std::{collections::BTreeMap, fmt::Write as _};

use serde_json::{Value, json};

use super::{
    Measured,
    record::{ALL, Measure, Record, Shards},
    target::{Judged, judge},
};
use crate::bench::{
    goal::{Tally, Verdict},
    markdown::{NONE, Table},
};

/// Kinds of quality, by the harness' keys.
const QUALITY: [(&str, &str); 3] =
    [("s10", "A right page in the first ten"), ("ndcg", "nDCG@10"), ("zero", "Share of queries without any result")];

/// What the columns hold, for below a table.
const LEGEND: &str = "Download: compressed bytes from page start to the first results. Ready: reload until it can search. Keystroke: median / 99th \
percentile of one search for each state of the input box. Memory: WebAssembly and JavaScript heaps, without a worker's WebAssembly (Pagefind's).";

/// Everything, for the terminal.
pub(super) fn whole(all: &[Measured]) -> String {
    let mut text = String::new();
    for measured in all {
        let _ = write!(text, "\n## {}\n\n{}", measured.corpus, engines(measured));
        for (key, title) in QUALITY {
            if let Some(table) = by_category(measured, key) {
                let _ = write!(text, "\n### {title}\n\n{table}");
            }
        }
        for remark in measured.records.iter().flat_map(|record| record.problems().into_iter().chain(record.remarks())) {
            let _ = write!(text, "\n- {remark}");
        }
        text.push('\n');
    }
    let _ = write!(text, "\n{LEGEND}\n");
    let judged = judge(all);
    if !judged.is_empty() {
        let tally = Tally::of(judged.iter().map(|row| row.verdict));
        let _ = write!(text, "\n## Targets: {tally}\n\n{}", targets(&judged));
    }
    text
}

/// What README shows: the engines of each corpus, and one quality table.
pub(super) fn brief(all: &[Measured]) -> String {
    let mut text = String::new();
    for measured in all {
        let _ = write!(text, "**{}**\n\n{}\n", measured.corpus, engines(measured));
    }
    let _ = write!(text, "{LEGEND}\n\n");
    for measured in all {
        if let Some(table) = by_category(measured, "s10") {
            let _ = write!(text, "**{}: a right page in the first ten, by kind of query (number)**\n\n{table}\n", measured.corpus);
        }
    }
    text
}

/// What the harness wrote of each engine, by corpus.
pub(super) fn records_as_json(all: &[Measured]) -> Value {
    let records = |measured: &Measured| measured.records.iter().map(Record::to_json).collect::<Value>();
    Value::Object(all.iter().map(|measured| (measured.corpus.name(), records(measured))).collect())
}

/// The targets and what came of them, for machines.
pub(super) fn targets_as_json(all: &[Measured]) -> Value {
    let row = |row: &Judged| {
        json!({
            "corpus": row.corpus, "what": row.target.what, "measure": format!("{:?}", row.target.measure), "goal": row.target.goal.write(row.target.measure.unit()),
            "ours": row.ours, "best_peer": row.best_peer.as_ref().map(|(engine, figure)| json!({"engine": engine, "figure": figure})),
            "met": match row.verdict { Verdict::Met => Some(true), Verdict::MissedBy(_) => Some(false), Verdict::NotMeasured => None },
        })
    };
    judge(all).iter().map(row).collect()
}

fn engines(measured: &Measured) -> String {
    let mut table = Table::new([
        "engine",
        "download",
        "ready ms",
        "keystroke ms",
        "the same, fetching",
        "memory",
        "build s",
        "first ten",
        "nDCG@10",
        "no result",
    ]);
    for record in &measured.records {
        let one = |measure: Measure| record.measure(measure).map_or(NONE.into(), |figure| measure.unit().write(figure));
        let latency = |shards| {
            let (p50, p99) = (Measure::P50(shards), Measure::P99(shards));
            if record.measure(p50).is_none() { NONE.into() } else { format!("{} / {}", one(p50), one(p99)) }
        };
        let name = if record.is_ours() { "**Story Home**".into() } else { record.engine.clone() };
        table.push([
            name,
            one(Measure::Packed),
            one(Measure::Ready),
            latency(Shards::Loaded),
            latency(Shards::Fetched),
            one(Measure::Memory),
            one(Measure::Build),
            one(Measure::Success(ALL)),
            one(Measure::Ndcg(ALL)),
            one(Measure::Zero(ALL)),
        ]);
    }
    table.write()
}

/// Engines as columns; `None` when nothing was judged.
fn by_category(measured: &Measured, key: &str) -> Option<String> {
    let categories: BTreeMap<String, u64> = measured.records.iter().flat_map(Record::categories).collect();
    if categories.is_empty() {
        return None;
    }
    let judged = || measured.records.iter().filter(|record| !record.categories().is_empty());
    let names = judged().map(|record| if record.is_ours() { "**Story Home**".into() } else { record.engine.clone() });
    let mut table = Table::new(std::iter::once("kind (queries)".to_owned()).chain(names));
    for (category, n) in &categories {
        let figures = judged().map(|record| record.quality(category, key).map_or(NONE.into(), |figure| format!("{figure:.2}")));
        table.push(std::iter::once(format!("{} ({n})", label(category))).chain(figures));
    }
    Some(table.write())
}

/// In words. Corpora of others may have categories of their own.
fn label(category: &str) -> &str {
    match category {
        "1-title" => "title words",
        "2-noun" => "a bare noun",
        "3-particle" => "particle or ending",
        "4-spacing" => "spacing",
        "5-prefix" => "half-typed",
        "6-choseong" => "initial consonants",
        "7-keyboard" => "wrong layout",
        "7-typo" => "typo",
        "8-script" => "Latin or Hangul",
        "9-natural" => "in other words",
        ALL => "all",
        other => other,
    }
}

fn targets(judged: &[Judged]) -> String {
    let mut table = Table::new(["target", "corpus", "best of the others", "ours", "goal", ""]);
    for row in judged {
        let unit = row.target.measure.unit();
        let percentile = match row.target.measure {
            Measure::P50(_) => ", p50",
            Measure::P99(_) => ", p99",
            _ => "",
        };
        let peer = row.best_peer.as_ref().map_or(NONE.into(), |(engine, figure)| format!("{} ({engine})", unit.write_whole(*figure)));
        table.push([
            format!("{}{percentile}", row.target.what),
            row.corpus.clone(),
            peer,
            row.ours.map_or(NONE.into(), |figure| unit.write_whole(figure)),
            row.target.goal.write(unit),
            row.verdict.write(unit),
        ]);
    }
    table.write()
}

#[cfg(test)]
mod tests {
    use super::{
        super::record::{LOADED, OURS, tests::record},
        *,
    };
    use crate::bench::options::Corpus;

    fn sample() -> Measured {
        let mut ours = record(OURS, 1.5, 0.93);
        ours.set_loaded(record(LOADED, 0.04, 0.93));
        Measured { corpus: Corpus::Ko1k, records: vec![ours, record("minisearch", 0.33, 0.45), Record::failed("fuse", "heap is full")] }
    }

    #[test]
    fn engines_stand_side_by_side_and_failures_are_said() {
        let text = whole(&[sample()]);
        for line in [
            "| **Story Home** | 245 kB | 89.1 | 0.040 / 0.400 | 1.5 / 15.0 | 2.2 MB | 2.1 | 0.700 | 0.930 | 0.300 |",
            "| minisearch | 245 kB | 89.1 | 0.330 / 3.3 | – | 2.2 MB | 2.1 | 0.700 | 0.450 | 0.300 |",
            "| fuse | – | – | – | – | – | – | – | – | – |",
            "- fuse: harness: heap is full",
            "| all (282) | 0.93 | 0.45 |",
            "| nDCG@10 | ko-1k | 0.450 (minisearch) | 0.930 | ≥ 0.920 | met |",
            "| keystroke, shards loaded, p99 | ko-1k | 3.3 ms (minisearch) | 0.400 ms | ≤ 0.400 ms | met |",
            "| ready after a reload | ko-1k | 89.1 ms (minisearch) | 89.1 ms | ≤ 60.0 ms | **missed** by 29.1 ms |",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\nis not in\n{text}");
        }
    }

    #[test]
    fn readme_shows_engines_and_kinds_of_queries() {
        let text = brief(&[sample()]);
        assert!(text.contains("| **Story Home** | 245 kB |") && text.contains("| title words (23) | 1.00 | 1.00 |"), "{text}");
        assert!(!text.contains("missed"), "{text}");
    }

    #[test]
    fn machines_get_figures_that_are_not_rounded() {
        let targets = targets_as_json(&[sample()]);
        assert_eq!(records_as_json(&[sample()])["ko-1k"][1]["figures"]["latency"]["p50"], 0.33);
        let ndcg = targets.as_array().into_iter().flatten().find(|row| row["what"] == "nDCG@10");
        assert_eq!(ndcg.map(|row| (&row["ours"], &row["met"])), Some((&json!(0.93), &json!(true))));
    }
}
