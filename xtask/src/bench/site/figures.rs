//! What `measure.mjs` wrote about one site: figures of each visit, of which the middle one counts.

use serde_json::{Value, json};

use crate::bench::goal::Unit;

/// The name of ours.
pub(super) const OURS: &str = "Story Home";

/// A page that is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Home,
    Story,
}

impl Page {
    pub(super) const ALL: [Self; 2] = [Self::Home, Self::Story];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Story => "story",
        }
    }
}

/// One figure of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// First contentful paint.
    Fcp,
    /// Largest contentful paint.
    Lcp,
    /// Total blocking time.
    Tbt,
    /// Cumulative layout shift.
    Cls,
    Performance,
    Accessibility,
    BestPractices,
    Seo,
    /// Bytes of HTML and CSS, compressed.
    First,
    /// All bytes of the visit, compressed.
    Total,
    /// From the navigation until a query is answered.
    Search,
}

impl Measure {
    pub(super) const ALL: [Self; 11] = [
        Self::Fcp,
        Self::Lcp,
        Self::Tbt,
        Self::Cls,
        Self::Performance,
        Self::Accessibility,
        Self::BestPractices,
        Self::Seo,
        Self::First,
        Self::Total,
        Self::Search,
    ];

    /// The head of its column.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Fcp => "FCP ms",
            Self::Lcp => "LCP ms",
            Self::Tbt => "TBT ms",
            Self::Cls => "CLS",
            Self::Performance => "performance",
            Self::Accessibility => "accessibility",
            Self::BestPractices => "best practices",
            Self::Seo => "SEO",
            Self::First => "HTML + CSS",
            Self::Total => "all bytes",
            Self::Search => "search ms",
        }
    }

    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Fcp | Self::Lcp | Self::Tbt | Self::Search => Unit::Milliseconds,
            Self::Cls => Unit::Share,
            Self::Performance | Self::Accessibility | Self::BestPractices | Self::Seo => Unit::Count,
            Self::First | Self::Total => Unit::Bytes,
        }
    }

    /// As `measure.mjs` writes it.
    fn key(self) -> &'static str {
        match self {
            Self::Fcp => "fcp",
            Self::Lcp => "lcp",
            Self::Tbt => "tbt",
            Self::Cls => "cls",
            Self::Performance => "performance",
            Self::Accessibility => "accessibility",
            Self::BestPractices => "best-practices",
            Self::Seo => "seo",
            Self::First => "first",
            Self::Total => "total",
            Self::Search => "answer",
        }
    }
}

/// One site, measured.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) name: String,
    measured: Value,
}

impl Site {
    pub(super) fn read(measured: &Value) -> Self {
        let name = measured.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        Self { name, measured: measured.clone() }
    }

    pub(super) fn is_ours(&self) -> bool {
        self.name == OURS
    }

    /// The middle one of the visits that could be measured. Search is begun on the first page only.
    pub(super) fn measure(&self, page: Page, measure: Measure) -> Option<f64> {
        let visits = match measure {
            Measure::Search if page == Page::Home => self.visits("/search"),
            Measure::Search => vec![],
            _ => self.visits(&format!("/pages/{}", page.name())),
        };
        let mut figures: Vec<f64> = visits.iter().filter_map(|visit| visit.get(measure.key())?.as_f64()).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len().checked_sub(1)? / 2).copied()
    }

    /// What went wrong, and where.
    pub(super) fn problems(&self) -> Vec<String> {
        let errors = |what: &'static str, pointer: &str| {
            let visits = self.visits(pointer);
            let errors = visits.iter().filter_map(|visit| visit.get("error")?.as_str());
            errors.map(|error| format!("{}, {what}: {error}", self.name)).collect::<Vec<_>>()
        };
        let mut problems = errors("search", "/search");
        for page in Page::ALL {
            problems.extend(errors(page.name(), &format!("/pages/{}", page.name())));
        }
        problems
    }

    /// Audits that cost points in any visit, each once.
    pub(super) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for page in Page::ALL {
            for visit in self.visits(&format!("/pages/{}", page.name())) {
                for fault in visit.get("faults").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
                    let fault = format!("{}, {}: {fault}", self.name, page.name());
                    if !faults.contains(&fault) {
                        faults.push(fault);
                    }
                }
            }
        }
        faults
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "name": self.name, "visits": self.measured })
    }

    fn visits(&self, pointer: &str) -> Vec<&Value> {
        self.measured.pointer(pointer).and_then(Value::as_array).into_iter().flatten().collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A site whose largest paint takes so long, on both pages, in three visits of which the last failed.
    pub(in super::super) fn site(name: &str, lcp: f64, performance: f64) -> Site {
        let visit = |lcp: f64| {
            json!({"fcp": 700.0, "lcp": lcp, "tbt": 20.0, "cls": 0.0, "performance": performance, "accessibility": 100.0, "best-practices": 100.0, "seo": 92.0,
                "first": 18_100, "total": 230_000, "faults": ["seo: Document has no description"]})
        };
        let visits = json!([visit(lcp), visit(lcp + 1.0), {"error": "no page"}]);
        Site::read(
            &json!({"name": name, "pages": {"home": visits, "story": visits}, "search": [{"answer": 2400.0}, {"answer": 9000.0}, {"answer": 1000.0}]}),
        )
    }

    #[test]
    fn the_middle_visit_counts_and_failed_ones_do_not() {
        let site = site(OURS, 800.0, 99.0);
        assert_eq!(site.measure(Page::Home, Measure::Lcp), Some(800.0));
        assert_eq!(site.measure(Page::Home, Measure::Search), Some(2400.0));
        assert_eq!(site.measure(Page::Story, Measure::Search), None);
        assert_eq!(site.problems(), ["Story Home, home: no page", "Story Home, story: no page"]);
        assert_eq!(site.faults().len(), 2, "{:?}", site.faults());
        assert_eq!(Site::read(&json!({})).measure(Page::Home, Measure::Lcp), None);
    }
}
