//! How many frames came late. Pure.

use serde::Serialize;

/// A frame at 60 Hz, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

/// The clock of frames is coarse: one that is late by less than this is not late.
const TOLERANCE: f64 = 1.0;

/// Frames while something moves.
#[derive(Debug, Serialize)]
pub(crate) struct Frames {
    n: usize,
    /// Share of frames that took longer than one, and longer than two frames of 60 Hz.
    over_16: f64,
    over_33: f64,
    worst: f64,
}

impl Frames {
    /// From the times at which frames began, in milliseconds, while something moved, several times; `None` without two of them.
    pub(crate) fn of(turns: &[Vec<f64>]) -> Option<Self> {
        let lasted: Vec<f64> = turns.iter().flat_map(|times| times.iter().zip(times.iter().skip(1)).map(|(from, to)| to - from)).collect();
        let worst = lasted.iter().copied().max_by(f64::total_cmp)?;
        let over = |limit: f64| lasted.iter().filter(|time| limit + TOLERANCE < **time).count() as f64 / lasted.len() as f64;
        Some(Self { n: lasted.len(), over_16: over(FRAME), over_33: over(2.0 * FRAME), worst })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::float_cmp)]
    use super::*;

    #[test]
    fn frames_are_late_by_more_than_the_clock_is_coarse() {
        let frames = Frames::of(&[vec![0.0, 16.7, 33.3, 50.0], vec![1050.0, 1083.4, 1150.0]]).unwrap();
        assert_eq!((frames.n, frames.over_16, frames.over_33), (5, 0.4, 0.2));
        assert!((frames.worst - 66.6).abs() < 1e-9);
        assert!(Frames::of(&[vec![1.0], vec![2.0]]).is_none());
    }
}
