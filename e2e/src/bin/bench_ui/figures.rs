//! From what the browser recorded to figures: the latency of interactions, layout shifts. Pure.
//!
//! As "Interaction to Next Paint" and "Cumulative Layout Shift" define them: an interaction lasts as long as the longest event of its id, and
//! shifts count in windows of at most five seconds that a second of rest ends.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// Chromium reports no event that was answered quicker; such an interaction counts as this many milliseconds.
const THRESHOLD: f64 = 16.0;

/// What begins so many milliseconds after all was at rest has another cause.
const PAUSE: f64 = 100.0;

/// What `recorder.js` keeps.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Record {
    events: Vec<Event>,
    shifts: Vec<Shift>,
    long_frames: Vec<LongFrame>,
}

/// An entry of Event Timing. All times in milliseconds.
#[derive(Clone, Debug, Deserialize)]
struct Event {
    /// Events of one interaction (pointerdown, pointerup, click) have one id; 0 is none.
    id: u64,
    name: String,
    start: f64,
    /// Until the next paint, in steps of 8.
    duration: f64,
    processing_start: f64,
    processing_end: f64,
}

/// An entry of Layout Instability that no input caused.
#[derive(Clone, Debug, Deserialize)]
struct Shift {
    start: f64,
    value: f64,
    /// The beginnings of the elements that moved.
    nodes: Vec<String>,
}

/// A frame that took over 50 ms.
#[derive(Clone, Debug, Deserialize)]
struct LongFrame {
    start: f64,
    end: f64,
    /// When style and layout began.
    style_start: f64,
}

/// What moved without being asked to.
#[derive(Debug, Serialize)]
pub(crate) struct Moves {
    shift: f64,
    /// The worst, with how much and what.
    worst: Vec<String>,
}

impl Record {
    /// The largest sum of shifts in one window.
    pub(crate) fn shift(&self) -> f64 {
        let (mut worst, mut sum, mut first, mut last) = (0.0_f64, 0.0, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for shift in &self.shifts {
            if shift.start - last < 1000.0 && shift.start - first < 5000.0 {
                sum += shift.value;
            } else {
                (sum, first) = (shift.value, shift.start);
            }
            last = shift.start;
            worst = worst.max(sum);
        }
        worst
    }

    /// The sum and what moved.
    pub(crate) fn moves(&self) -> Moves {
        let mut shifts: Vec<&Shift> = self.shifts.iter().collect();
        shifts.sort_by(|a, b| b.value.total_cmp(&a.value));
        let worst = shifts.iter().take(3).map(|shift| format!("{:.4} {}", shift.value, shift.nodes.join(" | ")));
        Moves { shift: self.shift(), worst: worst.collect() }
    }

    /// The longest event of each interaction, in the order of time.
    fn interactions(&self) -> Vec<&Event> {
        let mut longest: BTreeMap<u64, &Event> = BTreeMap::new();
        for event in self.events.iter().filter(|event| event.id != 0) {
            let known = longest.entry(event.id).or_insert(event);
            if known.duration < event.duration {
                *known = event;
            }
        }
        let mut interactions: Vec<&Event> = longest.into_values().collect();
        interactions.sort_by(|a, b| a.start.total_cmp(&b.start));
        interactions
    }

    /// How long until the last of what an interaction led to was on the screen, for the one that took longest: until the end of the last of the
    /// long frames that follow it without a pause. What takes a frame of under 50 ms is not seen, so an answer may be up to that much later.
    fn answered(&self) -> Option<f64> {
        let answered = self.interactions().into_iter().map(|event| {
            let follow = |until: f64, frame: &LongFrame| if frame.start <= until + PAUSE { until.max(frame.end) } else { until };
            self.long_frames.iter().fold(event.start + event.duration, follow) - event.start
        });
        answered.max_by(f64::total_cmp)
    }

    /// Where the time of an interaction went: until the first handler ran, in handlers, in other scripts and waiting, in style, layout and
    /// painting. Handlers are those of all events meanwhile: typing a letter is answered in `input`, which has no id.
    fn parts(&self, of: &Event) -> [f64; 4] {
        let (start, end) = (of.start, of.start + of.duration);
        let runs = self.events.iter().map(|event| (event.processing_start.max(start), event.processing_end.min(end)));
        let mut runs: Vec<(f64, f64)> = runs.filter(|(from, to)| from < to).collect();
        runs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let waited = runs.first().map_or(0.0, |(from, _)| from - start);
        let (mut handled, mut until) = (0.0, start);
        for (from, to) in runs {
            handled += (to - from.max(until)).max(0.0);
            until = to.max(until);
        }
        // The frame that shows the answer; the duration is rounded, so it may end a little before or after.
        let frame = self.long_frames.iter().filter(|frame| until <= frame.style_start && frame.style_start < end);
        let painted = frame.map(|frame| frame.end.min(end) - frame.style_start).fold(0.0, f64::max);
        [waited, handled, (of.duration - waited - handled - painted).max(0.0), painted]
    }
}

/// How one kind of interaction went.
#[derive(Debug, Serialize)]
pub(crate) struct Kind {
    name: String,
    /// Interactions, those included that were too quick to be reported.
    n: usize,
    worst: Option<f64>,
    p98: Option<f64>,
    median: Option<f64>,
    /// Where the time of the worst went, see [`Record::parts`].
    worst_parts: Option<[f64; 4]>,
    worst_event: Option<String>,
    /// See [`Record::answered`].
    answered: Option<f64>,
    /// Those that were reported, in the order of time.
    each: Vec<f64>,
    moves: Moves,
    error: Option<String>,
}

impl Kind {
    /// `n_acts` is how often somebody did it.
    pub(crate) fn of(name: &str, n_acts: usize, record: &Record) -> Self {
        let interactions = record.interactions();
        let mut durations: Vec<f64> = interactions.iter().map(|event| event.duration).collect();
        durations.resize(durations.len().max(n_acts), THRESHOLD);
        durations.sort_by(f64::total_cmp);
        let worst = interactions.iter().max_by(|a, b| a.duration.total_cmp(&b.duration));
        Self {
            name: name.to_owned(),
            n: durations.len(),
            worst: durations.last().copied(),
            p98: percentile(&durations, 0.98),
            median: percentile(&durations, 0.5),
            worst_parts: worst.map(|event| record.parts(event)),
            worst_event: worst.map(|event| event.name.clone()),
            answered: record.answered(),
            each: interactions.iter().map(|event| event.duration).collect(),
            moves: record.moves(),
            error: None,
        }
    }

    /// The run whose worst is the middle one; a failed run is worse than any other. Else one hiccup of the machine would be the figure.
    pub(crate) fn middle(mut runs: Vec<Self>) -> Option<Self> {
        runs.sort_by(|a, b| a.worst.unwrap_or(f64::INFINITY).total_cmp(&b.worst.unwrap_or(f64::INFINITY)));
        let middle = runs.len() / 2;
        runs.into_iter().nth(middle)
    }

    /// It could not be done.
    pub(crate) fn failed(name: &str, error: &str) -> Self {
        Self { error: Some(error.to_owned()), n: 0, worst: None, p98: None, median: None, ..Self::of(name, 0, &Record::default()) }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, n, worst, p98, moves, error, .. } = self;
        match (error, worst, p98) {
            (Some(error), ..) => write!(f, "{name} failed: {error}"),
            (None, Some(worst), Some(p98)) => write!(f, "{name}: {n} times, worst {worst} ms, p98 {p98} ms, shift {:.4}", moves.shift),
            _ => write!(f, "{name}: nothing happened"),
        }
    }
}

/// The smallest of the sorted values that at least this share of them does not exceed.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]
    use serde_json::json;

    use super::*;

    fn record(events: &[(u64, &str, f64, f64)], shifts: &[(f64, f64)]) -> Record {
        let event = |(id, name, start, duration): &(u64, &str, f64, f64)| json!({"id": id, "name": name, "start": start, "duration": duration, "processing_start": start + 5.0, "processing_end": start + 25.0});
        let shift = |(start, value): &(f64, f64)| json!({"start": start, "value": value, "nodes": [format!("<p>{start}")]});
        let [events, shifts] = [events.iter().map(event).collect::<Vec<_>>(), shifts.iter().map(shift).collect()];
        serde_json::from_value(json!({ "events": events, "shifts": shifts, "long_frames": [] })).unwrap()
    }

    #[test]
    fn interaction_lasts_as_long_as_its_longest_event() {
        let record = record(
            &[(7, "pointerdown", 0.0, 24.0), (7, "click", 10.0, 120.0), (7, "pointerup", 10.0, 112.0), (9, "keydown", 300.0, 40.0)],
            &[],
        );
        let kind = Kind::of("filter", 2, &record);
        assert_eq!((kind.n, kind.worst, kind.median), (2, Some(120.0), Some(40.0)));
        assert_eq!(kind.worst_event.as_deref(), Some("click"));
    }

    #[test]
    fn time_goes_to_waiting_handlers_and_the_frame() {
        // The key's own handler does little; `input`, which has no id, does the work; then comes a long frame.
        let events = [("keydown", 1, 100.0, 10.0, 12.0), ("keypress", 1, 100.0, 11.0, 13.0), ("input", 0, 102.0, 13.0, 93.0)].map(
            |(name, id, start, from, to)| json!({"id": id, "name": name, "start": start, "duration": 160.0, "processing_start": 100.0 + from, "processing_end": 100.0 + to}),
        );
        let frames = json!([{"start": 60.0, "end": 258.0, "style_start": 218.0}, {"start": 40.0, "end": 90.0, "style_start": 50.0}]);
        let record: Record = serde_json::from_value(json!({"events": events, "shifts": [], "long_frames": frames})).unwrap();
        let kind = Kind::of("type", 1, &record);
        assert_eq!((kind.n, kind.worst), (1, Some(160.0)));
        assert_eq!(kind.worst_parts, Some([10.0, 83.0, 27.0, 40.0]));
    }

    #[test]
    fn answer_may_come_after_the_next_paint() {
        let mut record = record(&[(1, "click", 100.0, 40.0), (2, "click", 1000.0, 104.0), (3, "click", 2000.0, 24.0)], &[]);
        let frame = |(start, end): (f64, f64)| LongFrame { start, end, style_start: end };
        record.long_frames = [(0.0, 60.0), (110.0, 170.0), (200.0, 450.0), (700.0, 900.0), (1010.0, 1080.0)].map(frame).into();
        assert_eq!(record.answered(), Some(350.0), "the frame at 700 is of something else");
        assert_eq!(Kind::of("filter", 3, &record).answered, Some(350.0));
        assert_eq!(Record::default().answered(), None);
    }

    #[test]
    fn what_was_too_quick_to_be_reported_counts_too() {
        let kind = Kind::of("type", 100, &record(&[(1, "keydown", 0.0, 200.0)], &[]));
        assert_eq!((kind.n, kind.worst, kind.p98, kind.median), (100, Some(200.0), Some(16.0), Some(16.0)));
        let kind = Kind::of("type", 3, &record(&[], &[]));
        assert_eq!((kind.worst, kind.worst_parts), (Some(16.0), None));
    }

    #[test]
    fn percentile_is_a_value_that_was_measured() {
        let sorted: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(percentile(&sorted, 0.98), Some(98.0));
        assert_eq!(percentile(&sorted, 1.0), Some(100.0));
        assert_eq!(percentile(&[5.0], 0.5), Some(5.0));
        assert_eq!(percentile(&[], 0.5), None);
    }

    #[test]
    fn shifts_add_up_until_a_second_of_rest_or_five_in_all() {
        assert_eq!(record(&[], &[]).shift(), 0.0);
        assert_eq!(record(&[], &[(0.0, 0.25), (900.0, 0.5)]).shift(), 0.75);
        assert_eq!(record(&[], &[(0.0, 0.25), (1000.0, 0.5)]).shift(), 0.5);
        let steady: Vec<(f64, f64)> = (0..8).map(|i| (f64::from(i) * 900.0, 0.125)).collect();
        assert_eq!(record(&[], &steady).shift(), 0.75, "six of them begin within five seconds");
    }

    #[test]
    fn middle_run_is_neither_the_lucky_one_nor_the_hiccup() {
        let run = |worst: f64| Kind::of("open", 1, &record(&[(1, "click", 0.0, worst)], &[]));
        assert_eq!(Kind::middle(vec![run(900.0), run(80.0), run(96.0)]).unwrap().worst, Some(96.0));
        assert_eq!(Kind::middle(vec![Kind::failed("open", "lost"), run(80.0), run(96.0)]).unwrap().worst, Some(96.0));
        assert!(Kind::middle(vec![Kind::failed("open", "lost")]).unwrap().error.is_some());
        assert!(Kind::middle(vec![]).is_none());
    }

    #[test]
    fn failure_has_no_figures() {
        let kind = serde_json::to_value(Kind::failed("sort", "no menu")).unwrap();
        assert_eq!((&kind["worst"], &kind["p98"], &kind["error"]), (&json!(null), &json!(null), &json!("no menu")));
    }
}
