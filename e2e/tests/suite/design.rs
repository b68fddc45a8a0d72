//! The page that shows the design, and the promises that it makes.

use anyhow::{Context, Result, ensure};
use e2e::{Outcome, Visit, role};

use crate::{
    house::{has_focus, is_headed},
    preferences::{choose, root_has},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![design_page_is_one_link_away, colours_have_enough_contrast_in_every_theme]
}

fn design_page_is_one_link_away(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&role("link").named("디자인").within(&role("contentinfo")))?;
    is_headed(visit, "디자인")?;
    has_focus(visit, "heading", "디자인")?;
    // Built from the parts of the site: a card, buttons, what stands in for content.
    visit.page.find(&role("heading").level(2).named(&visit.archive.cards.first().context("no story")?.title))?;
    visit.page.find(&role("alert"))?;
    let n_covers = visit.page.run("return document.querySelectorAll('main svg').length", &[])?.as_u64().unwrap_or_default();
    ensure!(12 < n_covers, "only {n_covers} covers");
    Ok(())
}

/// The figures on the page, as what stands on what and how strong it is.
fn figures(visit: &Visit<'_>) -> Result<Vec<(String, f64)>> {
    let script = r"
        return [...document.querySelectorAll('main li')]
            .filter((row) => row.querySelector('output') && row.querySelector('code'))
            .map((row) => [row.querySelector('code').textContent, Number(row.querySelector('output').textContent || NaN)])
    ";
    let rows = visit.page.run(script, &[])?;
    let row = |row: &serde_json::Value| Some((row.get(0)?.as_str()?.to_owned(), row.get(1)?.as_f64()?));
    rows.as_array().into_iter().flatten().map(|value| row(value).with_context(|| format!("no figure: {value}"))).collect()
}

fn colours_have_enough_contrast_in_every_theme(visit: &Visit<'_>) -> Outcome {
    visit.open("design")?;
    let mut before = Vec::new();
    for (name, theme) in [("밝게", "light"), ("종이", "sepia"), ("어둡게", "dark"), ("고대비", "contrast")] {
        choose(visit, "화면 밝기", name)?;
        root_has(visit, "data-theme", theme)?;
        let now = visit.page.until("figures of this theme", || {
            let now = figures(visit)?;
            ensure!(10 < now.len() && now != before, "the figures are {now:?}");
            Ok(now)
        })?;
        for (pair, ratio) in &now {
            let needed = if pair.starts_with("color-edge") { 3.0 } else { 4.5 };
            ensure!(needed <= *ratio && *ratio <= 21.0, "{pair} has {ratio} to 1 in {theme}");
        }
        before = now;
    }
    Ok(())
}
