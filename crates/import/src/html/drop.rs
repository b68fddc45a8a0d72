//! What of a page can never reach the corpus, counted for the report.
//!
//! The typed blocks leave all of it out by themselves; this module only tells the publisher.

use std::collections::BTreeMap;

use corpus::Problem;

use super::{
    dom::{Dom, NodeId, ROOT},
    link,
};

/// One note a kind of thing, on the line of the first.
pub(super) fn report(file: &str, dom: &Dom) -> Vec<Problem> {
    let mut found = BTreeMap::<&str, (usize, usize)>::new();
    let mut count = |what, line| found.entry(what).or_insert((0, line)).0 += 1;
    for id in dom.below(ROOT) {
        let line = dom.line(id);
        if let Some(what) = active_element(dom, id) {
            count(what, line);
        }
        for (name, value) in dom.attrs(id) {
            let is_address = matches!(name.as_str(), "href" | "src" | "action" | "formaction" | "data" | "xlink:href");
            if name.starts_with("on") {
                count("event handler", line);
            } else if is_address && link::resolve(value, None) == link::Target::Refused && !value.trim_start().starts_with("data:image/") {
                count("unsafe link", line);
            } else if name == "href" && link::is_tracked(value) {
                count("tracking parameter", line);
            }
        }
    }
    found
        .into_iter()
        .map(|(what, (n, line))| {
            let plural = if n == 1 { "" } else { "s" };
            Problem::note(file, line, format!("{n} {what}{plural} left out"), "nothing needs to be done")
        })
        .collect()
}

fn active_element(dom: &Dom, id: NodeId) -> Option<&'static str> {
    Some(match dom.name(id) {
        // Data for search engines is read, not run.
        "script" if dom.attr(id, "type") != Some("application/ld+json") => "script",
        "style" => "style sheet",
        "object" | "embed" | "applet" => "embedded object",
        "form" | "input" | "select" | "textarea" => "form field",
        "img" if is_counter(dom, id) => "tracking picture",
        _ => return None,
    })
}

/// A picture that nobody can see, or from a host that counts visits.
pub(super) fn is_counter(dom: &Dom, id: NodeId) -> bool {
    let is_tiny = |name| dom.attr(id, name).is_some_and(|size| matches!(size.trim().trim_end_matches("px"), "0" | "1"));
    (is_tiny("width") && is_tiny("height")) || dom.attr(id, "src").is_some_and(link::is_tracker)
}
