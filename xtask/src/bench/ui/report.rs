//! The tables of `bench ui`: each figure beside its target, and what the figures do not say by themselves below.

use serde_json::Value;

use crate::bench::{
    goal::{Goal, Tally, Unit, Verdict},
    markdown::{NONE, Table},
};

/// Milliseconds from an interaction to the next paint.
const LATENCY_BUNDLED: Goal = Goal::AtMost(100.0);
/// The same on many stories.
const LATENCY_GENERATED: Goal = Goal::AtMost(200.0);
/// Cumulative layout shift.
const SHIFT: Goal = Goal::AtMost(0.02);

/// The kinds of interaction that have a target, as `bench_ui` calls them; others are shown without one.
const WITH_TARGET: [&str; 4] = ["filter", "sort", "open", "type"];

/// All tables.
pub(super) fn whole(figures: &Value) -> String {
    let corpora: Vec<&Value> = list(figures, "corpora");
    let rows: Vec<Row> = corpora.iter().flat_map(|corpus| rows(corpus)).collect();
    let tally = Tally::of(rows.iter().filter_map(Row::verdict));
    let mut report = format!("## Targets: {tally}\n\n{}\n", interactions(&rows));
    report.push_str("Worst, 98th percentile and median of the milliseconds from an interaction to the next paint (Event Timing, in steps of 8; what is quicker than 16 counts as 16). Where the worst went: until the first handler ran + in handlers + in other scripts and waiting + in style, layout and paint. Whole: the longest until all that followed was on the screen (Long Animation Frames, so 50 ms more at most).\n\n");
    report.push_str(&page(&corpora));
    let errors = rows.iter().filter_map(|row| {
        Some(format!(
            "- {}, {}: {}\n",
            row.corpus,
            row.kind,
            row.error.as_ref()?.lines().take(2).map(str::trim).collect::<Vec<_>>().join("; ")
        ))
    });
    let moved = rows.iter().flat_map(|row| row.moved.iter().map(move |what| format!("- {}, {}: {what}\n", row.corpus, row.kind)));
    let of_pages = corpora.iter().flat_map(|corpus| {
        let of = move |kind: &str, key: &str| {
            moved_in(corpus, key).into_iter().map(|what| format!("- {}, {kind}: {what}\n", text(corpus, "name"))).collect::<String>()
        };
        [of("loading", "load_moves"), of("scrolling", "scroll_moves")]
    });
    let moved = moved.chain(of_pages);
    let (errors, moved): (String, String) = (errors.collect(), moved.collect());
    for (title, lines) in [("Could not be done", errors), ("What moved without being asked to", moved)] {
        if !lines.is_empty() {
            report.push_str(&format!("\n{title}:\n\n{lines}"));
        }
    }
    report
}

/// One kind of interaction on one corpus.
struct Row {
    corpus: String,
    kind: String,
    n: u64,
    /// Worst, 98th percentile, median.
    durations: [Option<f64>; 3],
    /// Until the whole answer.
    answered: Option<f64>,
    worst_parts: Option<String>,
    goal: Option<Goal>,
    shift: Option<f64>,
    moved: Vec<String>,
    error: Option<String>,
}

impl Row {
    /// Latency is judged by its worst. Only a kind that has a target counts.
    fn verdict(&self) -> Option<Verdict> {
        self.goal.map(|goal| goal.judge(self.durations[0]))
    }
}

fn rows(corpus: &Value) -> Vec<Row> {
    let name = text(corpus, "name");
    let latency = if name == "bundled" { LATENCY_BUNDLED } else { LATENCY_GENERATED };
    let row = |kind: &&Value| {
        let has_failed = kind.get("error").is_some_and(|error| !error.is_null());
        let parts = list(kind, "worst_parts").iter().filter_map(|part| part.as_f64()).map(|part| format!("{part:.0}")).collect::<Vec<_>>();
        Row {
            corpus: name.clone(),
            kind: text(kind, "name"),
            n: kind.get("n").and_then(Value::as_u64).unwrap_or_default(),
            durations: ["worst", "p98", "median"].map(|key| number(kind, key)),
            answered: number(kind, "answered"),
            worst_parts: (!parts.is_empty()).then(|| format!("{} ({})", parts.join(" + "), text(kind, "worst_event"))),
            goal: WITH_TARGET.contains(&text(kind, "name").as_str()).then_some(latency),
            shift: kind.pointer("/moves/shift").and_then(Value::as_f64).filter(|_| !has_failed),
            moved: moved_in(kind, "moves"),
            error: has_failed.then(|| text(kind, "error")),
        }
    };
    list(corpus, "kinds").iter().map(row).collect()
}

fn interactions(rows: &[Row]) -> String {
    let mut table = Table::new([
        "stories, interaction",
        "times",
        "worst ms",
        "p98",
        "median",
        "goal",
        "",
        "where the worst went",
        "whole ms",
        "layout shift",
        "",
    ]);
    for row in rows {
        let write = |figure: Option<f64>| figure.map_or(NONE.to_owned(), |figure| Unit::Count.write(figure));
        let [worst, p98, median] = row.durations.map(write);
        table.push([
            format!("{}, {}", row.corpus, row.kind),
            row.n.to_string(),
            worst,
            p98,
            median,
            row.goal.map_or(NONE.to_owned(), |goal| goal.write(Unit::Milliseconds)),
            row.verdict().map_or(String::new(), |verdict| verdict.write(Unit::Milliseconds)),
            row.worst_parts.clone().unwrap_or(NONE.to_owned()),
            write(row.answered),
            row.shift.map_or(NONE.to_owned(), |shift| Unit::Share.write(shift)),
            SHIFT.judge(row.shift).write(Unit::Share),
        ]);
    }
    table.write()
}

/// What belongs to a page and not to an interaction, a column a corpus.
fn page(corpora: &[&Value]) -> String {
    let head =
        corpora.iter().map(|corpus| format!("{} ({} stories)", text(corpus, "name"), number(corpus, "n_stories").unwrap_or_default()));
    let mut table = Table::new(std::iter::once("page".to_owned()).chain(head));
    type Write = fn(f64) -> String;
    let bytes: Write = |figure| Unit::Bytes.write(figure);
    let percent: Write = |figure| format!("{:.1} %", figure * 100.0);
    let whole: Write = |figure| format!("{figure:.0}");
    let lines: [(&str, &str, Write); 14] = [
        ("from navigation to a usable list, ms", "/usable_ms", whole),
        ("layout shift while loading (goal: at most 0.02)", "/load_moves/shift", |figure| Unit::Share.write(figure)),
        ("frames while scrolling", "/scroll/n", whole),
        ("… that took over 16.7 ms", "/scroll/over_16", percent),
        ("… that took over 33 ms", "/scroll/over_33", percent),
        ("… the longest, ms", "/scroll/worst", whole),
        ("layout shift while scrolling (goal: at most 0.02)", "/scroll_moves/shift", |figure| Unit::Share.write(figure)),
        ("JavaScript heap at first", "/memory/js", bytes),
        ("document's heap at first", "/memory/dom", bytes),
        ("program's memory at first", "/memory/wasm", bytes),
        ("JavaScript heap with a long list", "/memory_after/js", bytes),
        ("document's heap with a long list", "/memory_after/dom", bytes),
        ("program's memory with a long list", "/memory_after/wasm", bytes),
        ("processor slowed down, as measured", "/measured_slowdown", |figure| format!("{figure:.1} times")),
    ];
    for (what, pointer, write) in lines {
        let figure = |corpus: &&Value| corpus.pointer(pointer).and_then(Value::as_f64).map_or(NONE.to_owned(), write);
        table.push(std::iter::once(what.to_owned()).chain(corpora.iter().map(figure)));
    }
    table.write()
}

fn moved_in(value: &Value, key: &str) -> Vec<String> {
    let worst = value.get(key).map(|moves| list(moves, "worst")).unwrap_or_default();
    worst.iter().filter_map(|what| what.as_str().map(str::to_owned)).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().collect()
}

fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(Value::as_f64)
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn figures() -> Value {
        let kind = |name: &str, worst: f64, shift: f64| {
            json!({"name": name, "n": 20, "worst": worst, "p98": worst, "median": 24.0, "worst_parts": [3.2, 80.0, 0.0, 20.8], "worst_event": "click", "answered": 152.0,
                "moves": {"shift": shift, "worst": if 0.0 < shift { json!(["0.0300 <ol class=\"story-list\">"]) } else { json!([]) }}, "error": null})
        };
        json!({"slowdown": 4, "corpora": [
            {"name": "bundled", "n_stories": 23, "usable_ms": 812.4, "load_moves": {"shift": 0.01, "worst": ["0.0100 <main>"]}, "measured_slowdown": 4.02,
                "memory": {"js": 2_300_000, "dom": 900_000, "wasm": null}, "scroll": {"n": 240, "over_16": 0.025, "over_33": 0.0, "worst": 33.4},
                "kinds": [kind("filter", 104.0, 0.0), kind("other", 400.0, 0.03)]},
            {"name": "generated", "n_stories": 100_000, "scroll": null,
                "kinds": [kind("filter", 104.0, 0.0), {"name": "sort", "n": 0, "worst": null, "p98": null, "median": null, "error": "there is no menu\n  at /\n the page is"}]},
        ]})
    }

    #[test]
    fn figures_stand_beside_their_targets() {
        let text = whole(&figures());
        for line in [
            "## Targets: 1 met, 1 missed, 1 not measured",
            "| bundled, filter | 20 | 104 | 104 | 24 | ≤ 100 ms | **missed** by 4.0 ms | 3 + 80 + 0 + 21 (click) | 152 | 0.000 | met |",
            "| bundled, other | 20 | 400 | 400 | 24 | – |  | 3 + 80 + 0 + 21 (click) | 152 | 0.030 | **missed** by 0.010 |",
            "| generated, filter | 20 | 104 | 104 | 24 | ≤ 200 ms | met | 3 + 80 + 0 + 21 (click) | 152 | 0.000 | met |",
            "| generated, sort | 0 | – | – | – | ≤ 200 ms | not measured | – | – | – | not measured |",
            "| from navigation to a usable list, ms | 812 | – |",
            "| … that took over 16.7 ms | 2.5 % | – |",
            "| program's memory at first | – | – |",
            "- generated, sort: there is no menu; at /",
            "- bundled, loading: 0.0100 <main>",
            "- bundled, other: 0.0300 <ol class=\"story-list\">",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\nis not in\n{text}");
        }
    }

    #[test]
    fn nothing_went_wrong_and_nothing_is_said_of_it() {
        let text = whole(&json!({"corpora": [{"name": "bundled", "n_stories": 1, "kinds": []}]}));
        assert!(!text.contains("Could not") && !text.contains("moved"), "{text}");
    }
}
