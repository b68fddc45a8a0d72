//! The figures that our search engine is to reach, and the best of the others at each.

use super::{
    Measured,
    record::{ALL, Measure, Record, Shards},
};
use crate::bench::{
    goal::{Goal, Verdict},
    options::Corpus,
};

/// Where a target holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum On {
    /// On every corpus that has judged queries.
    Judged,
    Corpus(Corpus),
}

/// One figure to reach.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) what: &'static str,
    on: On,
    pub(super) measure: Measure,
    pub(super) goal: Goal,
}

/// A target on one corpus, and what came of it.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) corpus: String,
    pub(super) target: Target,
    pub(super) ours: Option<f64>,
    /// The engine nearest to the goal among the others, with its figure.
    pub(super) best_peer: Option<(String, f64)>,
    pub(super) verdict: Verdict,
}

/// All targets. Raising or lowering one is a decision about readers; say in the commit why.
fn targets() -> Vec<Target> {
    use Goal::{AtLeast, AtMost};
    use Measure::{Build, Memory, Ndcg, P50, P99, Packed, Ready, Success, Zero};
    use Shards::{Fetched, Loaded};
    let judged = |what, measure, goal| Target { what, on: On::Judged, measure, goal };
    let mut targets = vec![
        judged("right page in the first ten", Success(ALL), AtLeast(0.97)),
        judged("nDCG@10", Ndcg(ALL), AtLeast(0.92)),
        judged("nDCG@10, title words", Ndcg("1-title"), AtLeast(1.0)),
        judged("nDCG@10, bare nouns", Ndcg("2-noun"), AtLeast(0.97)),
        judged("nDCG@10, particles and endings", Ndcg("3-particle"), AtLeast(0.96)),
        judged("nDCG@10, spacing", Ndcg("4-spacing"), AtLeast(0.95)),
        judged("nDCG@10, half-typed", Ndcg("5-prefix"), AtLeast(0.97)),
        judged("first ten, initial consonants", Success("6-choseong"), AtLeast(0.97)),
        judged("first ten, wrong layout", Success("7-keyboard"), AtLeast(0.97)),
        judged("first ten, typos", Success("7-typo"), AtLeast(0.95)),
        judged("nDCG@10, Latin or Hangul spelling", Ndcg("8-script"), AtLeast(0.95)),
        judged("first ten, questions in other words", Success("9-natural"), AtLeast(0.93)),
        judged("nDCG@10, questions in other words", Ndcg("9-natural"), AtLeast(0.78)),
        judged("queries without a result", Zero(ALL), AtMost(0.005)),
    ];
    let mut on = |corpus: Corpus, figures: &[(&'static str, Measure, Goal)]| {
        let of_corpus = figures.iter().map(|&(what, measure, goal)| Target { what, on: On::Corpus(corpus.clone()), measure, goal });
        targets.extend(of_corpus);
    };
    let (size, loaded, fetching) = ("bytes before the first result", "keystroke, shards loaded", "keystroke, fetching");
    let (ready, build) = ("ready after a reload", "index build");
    on(
        Corpus::Ko1k,
        &[
            (size, Packed, AtMost(150e3)),
            (loaded, P50(Loaded), AtMost(0.05)),
            (loaded, P99(Loaded), AtMost(0.4)),
            (ready, Ready, AtMost(60.0)),
        ],
    );
    on(
        Corpus::Ko10k,
        &[
            (size, Packed, AtMost(200e3)),
            (loaded, P50(Loaded), AtMost(0.05)),
            (loaded, P99(Loaded), AtMost(1.2)),
            (fetching, P50(Fetched), AtMost(5.0)),
            (fetching, P99(Fetched), AtMost(40.0)),
            (ready, Ready, AtMost(60.0)),
            (build, Build, AtMost(4.0)),
        ],
    );
    on(
        Corpus::Ko100k,
        &[
            (size, Packed, AtMost(350e3)),
            (loaded, P50(Loaded), AtMost(0.2)),
            (loaded, P99(Loaded), AtMost(4.0)),
            (fetching, P50(Fetched), AtMost(5.0)),
            (fetching, P99(Fetched), AtMost(60.0)),
            (ready, Ready, AtMost(60.0)),
            ("wasm memory and heap", Memory, AtMost(24e6)),
            (build, Build, AtMost(35.0)),
        ],
    );
    targets
}

/// Every target that holds on what was measured. Empty when ours was not.
pub(super) fn judge(all: &[Measured]) -> Vec<Judged> {
    let targets = targets();
    let mut judged = Vec::new();
    for Measured { corpus, records } in all {
        let Some(ours) = records.iter().find(|record| record.is_ours()) else { continue };
        let has_queries = records.iter().any(|record| !record.categories().is_empty());
        for target in &targets {
            let holds = match &target.on {
                On::Judged => has_queries,
                On::Corpus(named) => named == corpus,
            };
            if holds {
                let figure = ours.measure(target.measure);
                judged.push(Judged {
                    corpus: corpus.name(),
                    target: target.clone(),
                    ours: figure,
                    best_peer: best_peer(records, target),
                    verdict: target.goal.judge(figure),
                });
            }
        }
    }
    judged
}

/// The first of the best: records are in order of names, so the answer does not change between runs of equal figures.
fn best_peer(records: &[Record], target: &Target) -> Option<(String, f64)> {
    let peers = records.iter().filter(|record| !record.is_ours());
    let figures = peers.filter_map(|record| Some((record.engine.clone(), record.measure(target.measure)?)));
    figures.reduce(|best, next| if target.goal.prefers(next.1, best.1) { next } else { best })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{
        super::record::{LOADED, OURS, tests::record},
        *,
    };

    fn find<'a>(judged: &'a [Judged], what: &str, measure: Measure) -> &'a Judged {
        judged.iter().find(|row| row.target.what == what && row.target.measure == measure).unwrap()
    }

    fn measured(corpus: Corpus, ours_ndcg: f64) -> Measured {
        let mut ours = record(OURS, 1.5, ours_ndcg);
        ours.set_loaded(record(LOADED, 0.04, ours_ndcg));
        Measured { corpus, records: vec![ours, record("minisearch", 0.33, 0.45), record("pagefind", 2.5, 0.33)] }
    }

    #[test]
    fn each_figure_stands_beside_the_best_of_the_others() {
        let judged = judge(&[measured(Corpus::Ko1k, 0.93)]);
        let ndcg = find(&judged, "nDCG@10", Measure::Ndcg(ALL));
        assert_eq!((ndcg.ours, ndcg.verdict), (Some(0.93), Verdict::Met));
        assert_eq!(ndcg.best_peer, Some(("minisearch".into(), 0.45)));
        let zero = find(&judged, "queries without a result", Measure::Zero(ALL));
        assert_eq!(zero.best_peer.as_ref().unwrap().0, "minisearch", "the first of two equal ones");
        let p50 = find(&judged, "keystroke, shards loaded", Measure::P50(Shards::Loaded));
        assert_eq!((p50.ours, p50.best_peer.clone()), (Some(0.04), Some(("minisearch".into(), 0.33))));
    }

    #[test]
    fn targets_of_size_and_time_belong_to_their_corpus() {
        let file = Corpus::File("pages.jsonl.gz".into());
        assert!(judge(&[measured(file, 0.9)]).iter().all(|row| row.target.on == On::Judged));
        let large = judge(&[measured(Corpus::Ko100k, 0.9)]);
        let fetching = find(&large, "keystroke, fetching", Measure::P99(Shards::Fetched));
        assert_eq!((fetching.ours, fetching.verdict), (Some(15.0), Verdict::Met));
        assert_eq!(fetching.best_peer, Some(("pagefind".into(), 25.0)));
        let ready = find(&large, "ready after a reload", Measure::Ready);
        assert!(matches!(ready.verdict, Verdict::MissedBy(_)), "{ready:?}");
    }

    #[test]
    fn nothing_is_judged_without_ours_and_nothing_met_without_a_figure() {
        let peers = Measured { corpus: Corpus::Ko1k, records: vec![record("minisearch", 0.33, 0.45)] };
        assert!(judge(&[peers]).is_empty());
        let failed = Measured { corpus: Corpus::Ko10k, records: vec![Record::failed(OURS, "exit 1")] };
        let judged = judge(&[failed]);
        assert!(!judged.is_empty() && judged.iter().all(|row| row.verdict == Verdict::NotMeasured), "{judged:?}");
    }
}
