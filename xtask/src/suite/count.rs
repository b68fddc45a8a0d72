//! How many tests ran, read from what the runners print: cargo test, nextest, and the browser suite line by line.

use std::{fmt, ops::AddAssign};

use super::Engine;

/// Tests by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// Not run, for a reason that the runner gives.
    pub(crate) skipped: usize,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed", self.passed)?;
        for (n, word) in [(self.failed, "failed"), (self.skipped, "skipped")] {
            if 0 < n {
                write!(f, ", {n} {word}")?;
            }
        }
        Ok(())
    }
}

/// Reads nextest's closing line (`Summary …`); without one, sums those of cargo test (`test result: …`, one a binary).
///
/// Not both: with `--nocapture` nextest shows every test's own closing line as well.
pub(crate) fn count_tests(printed: &str) -> Counts {
    let lines = || printed.lines().map(str::trim_start);
    if let Some(summary) = lines().rfind(|line| line.starts_with("Summary [") && line.contains(" run: ")) {
        return closing_line(summary);
    }
    let mut total = Counts::default();
    for line in lines().filter(|line| line.starts_with("test result: ")) {
        total += closing_line(line);
    }
    total
}

/// Reads `N passed`, `N failed`, `N ignored`, `N skipped` wherever they stand.
fn closing_line(line: &str) -> Counts {
    let mut counts = Counts::default();
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for pair in words.windows(2) {
        let [number, word] = pair else { continue };
        let Ok(n) = number.parse::<usize>() else { continue };
        match *word {
            "passed" => counts.passed += n,
            "failed" => counts.failed += n,
            "ignored" | "skipped" => counts.skipped += n,
            _ => {}
        }
    }
    counts
}

/// Counts the lines `test NAME … ok|FAILED|ignored` whose name has the engine as a word of its own.
pub(crate) fn count_by_engine(printed: &str, engine: Engine) -> Counts {
    let mut counts = Counts::default();
    for line in printed.lines() {
        let Some((name, result)) = line.strip_prefix("test ").and_then(|rest| rest.rsplit_once(" ... ")) else { continue };
        if !name.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == engine.name()) {
            continue;
        }
        match result.split_whitespace().next() {
            Some("ok") => counts.passed += 1,
            Some("FAILED") => counts.failed += 1,
            Some(word) if word.starts_with("ignored") => counts.skipped += 1,
            _ => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_the_binaries_of_cargo_test() {
        let printed = "
running 2 tests
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 9 passed; 1 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.10s
";
        assert_eq!(count_tests(printed), Counts { passed: 11, failed: 1, skipped: 3 });
    }

    #[test]
    fn reads_the_summary_of_nextest() {
        let printed = "     Summary [   1.234s] 45 tests run: 43 passed (1 slow), 2 failed, 4 skipped\n";
        assert_eq!(count_tests(printed), Counts { passed: 43, failed: 2, skipped: 4 });
        let cut_short = "     Summary [   1.234s] 12/45 tests run: 11 passed, 1 failed, 0 skipped\n";
        assert_eq!(count_tests(cut_short), Counts { passed: 11, failed: 1, skipped: 0 });
    }

    #[test]
    fn tests_shown_by_nextest_are_counted_once() {
        let printed = "test result: ok. 1 passed; 0 failed\n     Summary [   0.1s] 1 test run: 1 passed, 0 skipped\n";
        assert_eq!(count_tests(printed), Counts { passed: 1, failed: 0, skipped: 0 });
    }

    #[test]
    fn what_tests_print_is_not_counted() {
        assert_eq!(count_tests("10 passed\nthe Summary was 3 failed\n"), Counts::default());
    }

    #[test]
    fn counts_tests_of_one_engine() {
        let printed = "
running 5 tests
test [chromium] opens_story ... ok
test firefox::opens_story ... FAILED
test opens_story (webkit) ... ignored
test [chromium] looks_as_in_webkit ... ok
test [firefox] loads ... ok
test result: FAILED. 3 passed; 1 failed; 1 ignored
";
        assert_eq!(count_by_engine(printed, Engine::Chromium), Counts { passed: 2, failed: 0, skipped: 0 });
        assert_eq!(count_by_engine(printed, Engine::Firefox), Counts { passed: 1, failed: 1, skipped: 0 });
        assert_eq!(count_by_engine(printed, Engine::Webkit), Counts { passed: 0, failed: 0, skipped: 1 });
    }

    #[test]
    fn says_only_what_happened() {
        assert_eq!(Counts { passed: 3, failed: 0, skipped: 0 }.to_string(), "3 passed");
        assert_eq!(Counts { passed: 3, failed: 1, skipped: 2 }.to_string(), "3 passed, 1 failed, 2 skipped");
    }
}
