//! A number to reach and whether it was reached. Judged on the figure as it was measured, never on its rounded form.

use std::fmt;

/// What a figure counts, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Bytes,
    Milliseconds,
    Seconds,
    /// 0 to 1.
    Share,
    /// Whole things, such as posts.
    Count,
}

impl Unit {
    /// As a reader compares it: three digits at least where a target could be met or missed by them.
    pub(super) fn write(self, figure: f64) -> String {
        match self {
            Self::Bytes if figure < 999_500.0 => format!("{:.0} kB", figure / 1e3),
            Self::Bytes => format!("{:.1} MB", figure / 1e6),
            Self::Milliseconds if figure < 1.0 => format!("{figure:.3}"),
            Self::Milliseconds if figure < 100.0 => format!("{figure:.1}"),
            Self::Milliseconds => format!("{figure:.0}"),
            Self::Seconds => format!("{figure:.1}"),
            Self::Share => format!("{figure:.3}"),
            Self::Count => format!("{figure:.0}"),
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Milliseconds => " ms",
            Self::Seconds => " s",
            Self::Bytes | Self::Share | Self::Count => "",
        }
    }

    /// With the unit behind it, for where no column names it.
    pub(super) fn write_whole(self, figure: f64) -> String {
        self.write(figure) + self.suffix()
    }
}

/// A figure to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Goal {
    AtLeast(f64),
    AtMost(f64),
}

impl Goal {
    /// Whether `a` is nearer to what this asks for than `b`.
    pub(super) fn prefers(self, a: f64, b: f64) -> bool {
        match self {
            Self::AtLeast(_) => b < a,
            Self::AtMost(_) => a < b,
        }
    }

    /// What came of it; `None` was not measured.
    pub(super) fn judge(self, figure: Option<f64>) -> Verdict {
        let missing = match (self, figure) {
            (_, None) => return Verdict::NotMeasured,
            (Self::AtLeast(goal), Some(figure)) => goal - figure,
            (Self::AtMost(goal), Some(figure)) => figure - goal,
        };
        // Not `0.0 < missing`: a figure that is no number reaches nothing.
        if missing <= 0.0 { Verdict::Met } else { Verdict::MissedBy(missing) }
    }

    pub(super) fn write(self, unit: Unit) -> String {
        match self {
            Self::AtLeast(goal) => format!("≥ {}", unit.write_whole(goal)),
            Self::AtMost(goal) => format!("≤ {}", unit.write_whole(goal)),
        }
    }
}

/// What came of a [`Goal`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    Met,
    MissedBy(f64),
    NotMeasured,
}

impl Verdict {
    pub(super) fn write(self, unit: Unit) -> String {
        match self {
            Self::Met => "met".into(),
            Self::NotMeasured => "not measured".into(),
            Self::MissedBy(missing) => {
                let written = unit.write_whole(missing);
                let is_nothing = written.chars().all(|c| !c.is_ascii_digit() || c == '0');
                if is_nothing { "**missed** by less than shown".into() } else { format!("**missed** by {written}") }
            }
        }
    }
}

/// How many of these were met, for the line below a table.
pub(super) struct Tally {
    met: usize,
    missed: usize,
    not_measured: usize,
}

impl Tally {
    pub(super) fn of(verdicts: impl IntoIterator<Item = Verdict>) -> Self {
        let mut tally = Self { met: 0, missed: 0, not_measured: 0 };
        for verdict in verdicts {
            match verdict {
                Verdict::Met => tally.met += 1,
                Verdict::MissedBy(_) => tally.missed += 1,
                Verdict::NotMeasured => tally.not_measured += 1,
            }
        }
        tally
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} met, {} missed", self.met, self.missed)?;
        if 0 < self.not_measured { write!(f, ", {} not measured", self.not_measured) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goal_is_met_at_its_number() {
        assert_eq!(Goal::AtLeast(0.97).judge(Some(0.97)), Verdict::Met);
        assert_eq!(Goal::AtMost(60.0).judge(Some(60.0)), Verdict::Met);
        assert_eq!(Goal::AtMost(0.005).judge(Some(0.0)), Verdict::Met);
    }

    #[test]
    fn rounding_meets_no_goal() {
        let verdict = Goal::AtLeast(0.97).judge(Some(0.9699));
        assert!(matches!(verdict, Verdict::MissedBy(_)), "{verdict:?}");
        assert_eq!(verdict.write(Unit::Share), "**missed** by less than shown");
    }

    #[test]
    fn what_is_missing_is_said_in_the_unit() {
        assert_eq!(Goal::AtMost(150_000.0).judge(Some(175_000.0)).write(Unit::Bytes), "**missed** by 25 kB");
        assert_eq!(Goal::AtLeast(0.93).judge(Some(0.88)).write(Unit::Share), "**missed** by 0.050");
        assert_eq!(Goal::AtMost(4.0).judge(Some(5.5)).write(Unit::Seconds), "**missed** by 1.5 s");
    }

    #[test]
    fn no_figure_and_no_number_meet_nothing() {
        assert_eq!(Goal::AtMost(1.0).judge(None), Verdict::NotMeasured);
        assert!(matches!(Goal::AtMost(1.0).judge(Some(f64::NAN)), Verdict::MissedBy(_)));
    }

    #[test]
    fn better_is_more_or_less_as_the_goal_says() {
        assert!(Goal::AtLeast(1.0).prefers(0.6, 0.5));
        assert!(Goal::AtMost(1.0).prefers(0.5, 0.6));
        assert!(!Goal::AtMost(1.0).prefers(0.5, 0.5));
    }

    #[test]
    fn figures_keep_the_digits_that_matter() {
        assert_eq!(Unit::Bytes.write(245_400.0), "245 kB");
        assert_eq!(Unit::Bytes.write(999_600.0), "1.0 MB");
        assert_eq!(Unit::Milliseconds.write(0.0042), "0.004");
        assert_eq!(Unit::Milliseconds.write(14.66), "14.7");
        assert_eq!(Unit::Milliseconds.write(1213.0), "1213");
        assert_eq!(Unit::Share.write(0.9787), "0.979");
        assert_eq!(Goal::AtMost(0.4).write(Unit::Milliseconds), "≤ 0.400 ms");
    }

    #[test]
    fn tally_counts_each_kind() {
        let verdicts = [Verdict::Met, Verdict::MissedBy(1.0), Verdict::Met];
        assert_eq!(Tally::of(verdicts).to_string(), "2 met, 1 missed");
        assert_eq!(Tally::of([Verdict::NotMeasured]).to_string(), "0 met, 0 missed, 1 not measured");
    }
}
