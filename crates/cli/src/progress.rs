//! How far a long step is: a line on standard error for each tenth of it, on terminals and in logs alike.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

/// Steps of fewer parts are over before anybody wonders.
const MIN_PARTS: usize = 1000;

/// One step of a build. Shared by all threads that work on it.
pub(crate) struct Progress {
    what: &'static str,
    n_parts: usize,
    n_done: AtomicUsize,
    begun: Instant,
}

impl Progress {
    /// `what` names the parts: `pages`.
    pub(crate) fn new(what: &'static str, n_parts: usize) -> Self {
        Self { what, n_parts, n_done: AtomicUsize::new(0), begun: Instant::now() }
    }

    /// One more part is done.
    pub(crate) fn step(&self) {
        let n_done = self.n_done.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(line) = self.line(n_done) {
            eprintln!("{line}, {} s", self.begun.elapsed().as_secs());
        }
    }

    /// What is said once so many parts are done.
    fn line(&self, n_done: usize) -> Option<String> {
        let tenth = self.n_parts.div_ceil(10).max(1);
        let is_said = MIN_PARTS <= self.n_parts && (n_done.is_multiple_of(tenth) || n_done == self.n_parts);
        is_said.then(|| format!("{}: {n_done} of {}", self.what, self.n_parts))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Progress;

    #[test]
    fn a_long_step_says_ten_lines_and_a_short_one_none() {
        let lines = |n| {
            let progress = Progress::new("pages", n);
            (1..=n).filter_map(|n_done| progress.line(n_done)).collect::<Vec<_>>()
        };
        assert_eq!(lines(999), Vec::<String>::new());
        assert_eq!((lines(1000).len(), lines(12_345).len()), (10, 10));
        assert_eq!(lines(12_345).last().unwrap(), "pages: 12345 of 12345");
    }
}
