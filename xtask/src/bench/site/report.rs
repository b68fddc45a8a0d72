//! The tables of a run: sites side by side, the best of each column in bold, and what came of our targets.

use serde_json::{Value, json};

use super::{
    figures::{Measure, Page, Site},
    target::{Judged, behind, is_better, judge},
};
use crate::bench::{
    goal::{Tally, Verdict},
    markdown::{NONE, Table},
};

/// What the columns hold, for below a table.
const LEGEND: &str = "Lighthouse's mobile profile, simulated: 150 ms there and back, 1.6 Mbit/s, a processor four times slower; an empty cache, every \
site from the same local server (HTTP/1.1, brotli 11). HTML + CSS and all bytes: compressed, without headers. Search: the same profile, applied \
to every request; from the navigation until a query that somebody types as soon as there is a field has its answer on the screen. Bold: the best.";

/// Everything, for the terminal.
pub(super) fn whole(sites: &[Site]) -> String {
    let judged = judge(sites);
    let mut text = format!("{}\n## Targets: {}\n\n{}\n", brief(sites), Tally::of(judged.iter().map(|row| row.verdict)), targets(&judged));
    let lines = |title: &str, lines: Vec<String>| {
        let lines: String = lines.iter().map(|line| format!("- {line}\n")).collect();
        if lines.is_empty() { lines } else { format!("\n{title}:\n\n{lines}") }
    };
    text += &lines("What cost points", sites.iter().flat_map(Site::faults).collect());
    text += &lines("Could not be measured", sites.iter().flat_map(Site::problems).collect());
    text
}

/// What README shows.
pub(super) fn brief(sites: &[Site]) -> String {
    let tables: String = Page::ALL.iter().map(|page| format!("**{}**\n\n{}\n", page.name(), figures(sites, *page))).collect();
    format!("{tables}{LEGEND}\n\n{}\n\n{}\n", who_is_ahead(sites), reached(sites))
}

/// The targets and what came of them, for machines.
pub(super) fn targets_as_json(sites: &[Site]) -> Value {
    let row = |row: &Judged| {
        json!({
            "page": row.page.name(), "measure": row.measure.title(), "goal": row.goal.write(row.measure.unit()), "ours": row.ours,
            "best_peer": row.best_peer.as_ref().map(|(site, figure)| json!({"site": site, "figure": figure})),
            "met": match row.verdict { Verdict::Met => Some(true), Verdict::MissedBy(_) => Some(false), Verdict::NotMeasured => None },
        })
    };
    judge(sites).iter().map(row).collect()
}

fn figures(sites: &[Site], page: Page) -> String {
    let measures: Vec<Measure> = Measure::ALL.into_iter().filter(|measure| page == Page::Home || *measure != Measure::Search).collect();
    let mut table = Table::new(std::iter::once("site").chain(measures.iter().map(|measure| measure.title())));
    for site in sites {
        let cell = |measure: &Measure| {
            let Some(figure) = site.measure(page, *measure) else { return NONE.into() };
            let written = measure.unit().write(figure);
            let others = || sites.iter().filter_map(|other| other.measure(page, *measure));
            let is_best =
                !others().any(|other| is_better(*measure, other, figure)) && others().any(|other| is_better(*measure, figure, other));
            if is_best { format!("**{written}**") } else { written }
        };
        table.push(std::iter::once(site.name.clone()).chain(measures.iter().map(cell)));
    }
    table.write()
}

/// In one sentence: where others are better than ours.
fn who_is_ahead(sites: &[Site]) -> String {
    let behind = behind(sites);
    let one = |row: &Judged| {
        let unit = row.measure.unit();
        let (peer, figure) = row.best_peer.clone().unwrap_or_default();
        let ours = row.ours.map_or(NONE.into(), |ours| unit.write_whole(ours));
        let title = row.measure.title().trim_end_matches(" ms");
        format!("{peer} at {title} of {} ({}, ours {ours})", row.page.name(), unit.write_whole(figure))
    };
    match behind.as_slice() {
        _ if sites.len() < 2 => "Nothing stands beside ours.".into(),
        [] => "No other site is ahead of ours in any column.".into(),
        rows => format!("Ahead of ours: {}.", rows.iter().map(one).collect::<Vec<_>>().join("; ")),
    }
}

/// In one sentence: what became of the targets.
fn reached(sites: &[Site]) -> String {
    let judged = judge(sites);
    let missed = judged.iter().filter(|row| row.verdict != Verdict::Met);
    let missed: Vec<String> = missed
        .map(|row| {
            let unit = row.measure.unit();
            let ours = row.ours.map_or(NONE.into(), |ours| unit.write_whole(ours));
            format!("{} of {} ({ours}, goal {})", row.measure.title().trim_end_matches(" ms"), row.page.name(), row.goal.write(unit))
        })
        .collect();
    let tally = Tally::of(judged.iter().map(|row| row.verdict));
    if missed.is_empty() { format!("Our targets: {tally}.") } else { format!("Our targets: {tally}: {}.", missed.join("; ")) }
}

fn targets(judged: &[Judged]) -> String {
    let mut table = Table::new(["target", "page", "best of the others", "ours", "goal", ""]);
    for row in judged {
        let unit = row.measure.unit();
        let peer = row.best_peer.as_ref().map_or(NONE.into(), |(site, figure)| {
            let ahead = if row.peer_is_ahead() { ", ahead" } else { "" };
            format!("{} ({site}{ahead})", unit.write_whole(*figure))
        });
        table.push([
            row.measure.title().trim_end_matches(" ms").to_owned(),
            row.page.name().to_owned(),
            peer,
            row.ours.map_or(NONE.into(), |figure| unit.write_whole(figure)),
            row.goal.write(unit),
            row.verdict.write(unit),
        ]);
    }
    table.write()
}

#[cfg(test)]
mod tests {
    use super::{
        super::figures::{OURS, tests::site},
        *,
    };

    #[track_caller]
    fn has_line(text: &str, line: &str) {
        assert!(text.lines().any(|found| found == line), "{line}\nis not in\n{text}");
    }

    #[test]
    fn sites_stand_side_by_side_and_who_is_ahead_is_said() {
        let text = whole(&[site(OURS, 950.0, 97.0), site("VitePress", 1800.0, 99.0)]);
        has_line(&text, "| Story Home | 700 | **950** | 20.0 | 0.000 | 97 | 100 | 100 | 92 | 18 kB | 230 kB | 2400 |");
        has_line(&text, "| VitePress | 700 | 1800 | 20.0 | 0.000 | **99** | 100 | 100 | 92 | 18 kB | 230 kB | 2400 |");
        has_line(&text, "| LCP | story | 1800 ms (VitePress) | 950 ms | ≤ 900 ms | **missed** by 50.0 ms |");
        has_line(&text, "| performance | home | 99 (VitePress, ahead) | 97 | ≥ 98 | **missed** by 1 |");
        has_line(&text, "- Story Home, home: seo: Document has no description");
        has_line(&text, "- VitePress, story: no page");
        assert!(text.contains("Ahead of ours: VitePress at performance of home (99, ours 97);"), "{text}");
        assert!(text.contains("Our targets: 11 met, 6 missed: LCP of home (950 ms, goal ≤ 900 ms);"), "{text}");
    }

    #[test]
    fn nobody_ahead_is_said_too() {
        assert!(brief(&[site(OURS, 800.0, 99.0), site("VitePress", 1800.0, 99.0)]).contains("No other site is ahead"));
        assert!(brief(&[site(OURS, 800.0, 99.0)]).contains("Nothing stands beside"));
    }
}
