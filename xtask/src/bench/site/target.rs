//! The figures that a built folder is to reach, and the best of the others at each.

use super::figures::{Measure, Page, Site};
use crate::bench::goal::{Goal, Verdict};

/// A figure of ours on one page, what it is to be, and what came of it.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) page: Page,
    pub(super) measure: Measure,
    pub(super) goal: Goal,
    pub(super) ours: Option<f64>,
    /// The site nearest to the goal among the others, with its figure.
    pub(super) best_peer: Option<(String, f64)>,
    pub(super) verdict: Verdict,
}

impl Judged {
    /// Whether another site is nearer to the goal than ours.
    pub(super) fn peer_is_ahead(&self) -> bool {
        let (Some(ours), Some((_, peer))) = (self.ours, &self.best_peer) else { return false };
        self.goal.prefers(*peer, ours)
    }
}

/// What each measure is to be on every page. Those without a target have the direction only, to tell who is ahead.
fn goal(measure: Measure) -> (Goal, bool) {
    use Goal::{AtLeast, AtMost};
    match measure {
        Measure::Fcp | Measure::Total => (AtMost(0.0), false),
        Measure::Lcp => (AtMost(900.0), true),
        Measure::Tbt => (AtMost(30.0), true),
        Measure::Cls => (AtMost(0.0), true),
        Measure::Performance => (AtLeast(98.0), true),
        Measure::Accessibility | Measure::BestPractices | Measure::Seo => (AtLeast(100.0), true),
        Measure::First => (AtMost(30e3), true),
        Measure::Search => (AtMost(2500.0), true),
    }
}

/// Whether `a` is better than `b`.
pub(super) fn is_better(measure: Measure, a: f64, b: f64) -> bool {
    goal(measure).0.prefers(a, b)
}

/// Every target. Empty without ours.
pub(super) fn judge(sites: &[Site]) -> Vec<Judged> {
    compare(sites).into_iter().filter(|row| goal(row.measure).1).collect()
}

/// Every figure, those without a target too, in which another site is better. Our paint is to be below all others', so that counts as missed.
pub(super) fn behind(sites: &[Site]) -> Vec<Judged> {
    compare(sites).into_iter().filter(Judged::peer_is_ahead).collect()
}

fn compare(sites: &[Site]) -> Vec<Judged> {
    let Some(ours) = sites.iter().find(|site| site.is_ours()) else { return Vec::new() };
    let mut rows = Vec::new();
    for page in Page::ALL {
        for measure in Measure::ALL {
            if measure == Measure::Search && page != Page::Home {
                continue;
            }
            let (goal, _) = goal(measure);
            let peers = sites.iter().filter(|site| !site.is_ours());
            let figures = peers.filter_map(|site| Some((site.name.clone(), site.measure(page, measure)?)));
            let best_peer = figures.reduce(|best, next| if goal.prefers(next.1, best.1) { next } else { best });
            let figure = ours.measure(page, measure);
            rows.push(Judged { page, measure, goal, ours: figure, verdict: goal.judge(figure), best_peer });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{
        super::figures::{OURS, tests::site},
        *,
    };

    #[test]
    fn each_target_stands_beside_the_best_of_the_others() {
        let sites = [site(OURS, 950.0, 97.0), site("VitePress", 1800.0, 100.0), site("Starlight", 1500.0, 95.0)];
        let judged = judge(&sites);
        let find = |measure| judged.iter().find(|row| row.page == Page::Story && row.measure == measure).unwrap();
        let lcp = find(Measure::Lcp);
        assert_eq!((lcp.ours, lcp.best_peer.clone(), lcp.peer_is_ahead()), (Some(950.0), Some(("Starlight".into(), 1500.0)), false));
        assert!(matches!(lcp.verdict, Verdict::MissedBy(_)));
        assert!(find(Measure::Performance).peer_is_ahead());
        assert!(judged.iter().all(|row| ![Measure::Fcp, Measure::Total].contains(&row.measure)));
        assert_eq!(judged.iter().filter(|row| row.measure == Measure::Search).count(), 1);
    }

    #[test]
    fn who_is_ahead_is_told_for_every_figure() {
        let sites = [site(OURS, 950.0, 99.0), site("VitePress", 900.0, 99.0)];
        let behind = behind(&sites);
        assert_eq!(
            behind.iter().map(|row| (row.page, row.measure)).collect::<Vec<_>>(),
            [(Page::Home, Measure::Lcp), (Page::Story, Measure::Lcp)]
        );
        assert!(judge(&[site("VitePress", 900.0, 99.0)]).is_empty());
    }
}
