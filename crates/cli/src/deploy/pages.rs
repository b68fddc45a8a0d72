//! The walk over the pages: from the first one along every link, nearest pages first.

use std::{
    collections::{BTreeSet, VecDeque},
    time::{Duration, Instant},
};

use anyhow::Result;
use percent_encoding::percent_decode_str;

use super::{
    Walk,
    links::{Link, base_of, imports, links},
    source::Answer,
};
use crate::{
    build::name_hash,
    publish::{
        BOOT,
        policy::{content_type, is_immutable},
    },
};

/// How long a walk is silent.
const SILENCE: Duration = Duration::from_secs(10);

/// How much of a site was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Walked {
    /// Pages whose links were followed.
    pub(super) n_pages: usize,
    /// Pages that are there but whose links were not followed, because there are more than were asked for.
    pub(super) n_left: usize,
}

/// A path below the site, and the page that leads there; none leads to the first.
struct Step {
    path: String,
    from: Option<String>,
}

/// What was learned from one answer. Apart from the walk, so that many can be read at the same time.
struct Seen {
    step: Step,
    status: u16,
    findings: Vec<String>,
    is_page: bool,
    /// The path that the site says it lives under.
    base: Option<String>,
    links: Vec<(Link, String)>,
}

impl Walk<'_> {
    /// Follows the links of every page that can be reached, of `max_pages` at most; what these lead to must be there in any case.
    pub(super) fn pages(&mut self, max_pages: usize) -> Result<Walked> {
        let mut to_do = VecDeque::from([Step { path: String::new(), from: None }]);
        let mut known = BTreeSet::from([String::new()]);
        let mut walked = Walked::default();
        // The first page says where the site lives.
        let mut base = None;
        let mut said = Instant::now();
        while !to_do.is_empty() {
            let n_steps = self.source.at_once().min(to_do.len());
            let steps: Vec<Step> = to_do.drain(..n_steps).collect();
            for seen in self.source.each(steps, |step| &step.path, |step, answer| look(step, answer, base.as_deref())) {
                let seen = match seen {
                    Ok(seen) => seen,
                    Err(error) if walked.n_pages == 0 => return Err(error),
                    // A host that fails once in thousands of answers: what was found so far must not be lost.
                    Err(error) => {
                        self.find("", format!("{error:#}"));
                        continue;
                    }
                };
                self.asked.insert(seen.step.path.clone());
                if seen.status != 200 {
                    match &seen.step.from {
                        Some(from) => self.find(from, format!("the link to {} is answered with {}", seen.step.path, seen.status)),
                        None => self.find(&seen.step.path, format!("answered with {}", seen.status)),
                    }
                    continue;
                }
                for finding in seen.findings {
                    self.find(&seen.step.path, finding);
                }
                if seen.is_page && walked.n_pages == max_pages {
                    walked.n_left += 1;
                    continue;
                }
                walked.n_pages += usize::from(seen.is_page);
                base = base.or(seen.base);
                for (kind, link) in seen.links {
                    if kind == Link::Code && !is_immutable(&link) && link != BOOT {
                        self.find(&seen.step.path, format!("{link} has no hash in its name: a cache may hand out an old one"));
                    }
                    if known.insert(link.clone()) {
                        to_do.push_back(Step { path: link, from: Some(seen.step.path.clone()) });
                    }
                }
            }
            if SILENCE <= said.elapsed() {
                said = Instant::now();
                eprintln!("{} of {} addresses, {} pages", known.len() - to_do.len(), known.len(), walked.n_pages);
            }
        }
        Ok(walked)
    }
}

/// Reads one answer: its type, the hash in its name, and what it leads to.
fn look(step: Step, answer: &Answer, base: Option<&str>) -> Seen {
    let mut seen = Seen { status: answer.status, findings: Vec::new(), is_page: false, base: None, links: Vec::new(), step };
    let path = &seen.step.path;
    if answer.status != 200 {
        return seen;
    }
    seen.findings = wrong(path, answer);
    if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        let html = String::from_utf8_lossy(&answer.body);
        let base = base.map_or_else(|| base_of(&html), str::to_owned);
        seen.links = links(&html, &base);
        (seen.is_page, seen.base) = (true, Some(base));
    } else if path == BOOT {
        // The others name what they import by names that are no files.
        seen.links = imports(&String::from_utf8_lossy(&answer.body)).into_iter().map(|import| (Link::Other, import)).collect();
    }
    seen
}

/// What is wrong with the type of a file and the hash in its name.
fn wrong(path: &str, answer: &Answer) -> Vec<String> {
    let mut findings = Vec::new();
    let name = percent_decode_str(path).decode_utf8_lossy();
    let has_known_type = content_type(&name) != "application/octet-stream";
    let expected = content_type(&name).split(';').next().unwrap_or_default();
    let actual = answer.header("content-type").unwrap_or_default();
    // Scripts have an older name that is as good.
    let is_script = expected == "text/javascript" && actual.starts_with("application/javascript");
    if is_immutable(&name) && has_known_type && !actual.starts_with(expected) && !is_script {
        findings.push(format!("is sent as {actual:?} instead of {expected}"));
    }
    let is_named_by_us = ["style-", "start-", "data/cards-", "data/search-", "data/story/"];
    if is_named_by_us.iter().any(|stem| name.starts_with(stem)) && !name.contains(&name_hash(&answer.body)) {
        findings.push("holds something else than the hash in its name says: it is of another build, or damaged".to_owned());
    }
    findings
}
