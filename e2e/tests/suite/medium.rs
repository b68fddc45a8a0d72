//! Where the site is not shown on a screen of its own colours: on paper, and in colours that the reader's system has chosen.

use anyhow::ensure;
use e2e::{Outcome, Visit, role};
use serde_json::{Value, json};

use crate::{
    house::{is_headed, says_count, tag_box},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![a_printed_story_is_the_story_alone, chosen_filters_are_seen_in_forced_colours]
}

/// Has rules of this media condition hold now: no engine's driver can print to a screen or force colours.
fn hold(visit: &Visit<'_>, condition: &str) -> Outcome {
    let script = r"
        let n = 0;
        const walk = (rules) => {
            for (const rule of rules) {
                if (rule.media?.mediaText.includes(arguments[0])) {
                    rule.media.mediaText = 'all';
                    n += 1;
                }
                if (rule.cssRules) walk(rule.cssRules);
            }
        };
        for (const sheet of document.styleSheets) walk(sheet.cssRules);
        return n;
    ";
    let n_rules = visit.page.run(script, &[json!(condition)])?;
    ensure!(n_rules != 0, "no style sheet has rules for {condition}");
    Ok(())
}

fn a_printed_story_is_the_story_alone(visit: &Visit<'_>) -> Outcome {
    let card = visit.archive.titled("Kafka 모니터링")?;
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    hold(visit, "print")?;
    for gone in ["banner", "contentinfo", "navigation", "search", "combobox", "progressbar"] {
        visit.page.until_gone(&role(gone))?;
    }
    // What is left to press are the numbers of footnotes, which paper has as well.
    let pressed = visit.page.names(&role("button"))?;
    ensure!(pressed.iter().all(|name| name.starts_with("주석 ")), "buttons are printed: {pressed:?}");
    let paragraphs = visit.page.texts(&role("paragraph").within(&role("article")))?;
    ensure!(5 < paragraphs.len(), "only {} paragraphs are printed", paragraphs.len());
    is_headed(visit, &card.title)?;
    // Dark paper would cost a cartridge.
    let paper = visit.page.run("return getComputedStyle(document.documentElement).getPropertyValue('--color-paper').trim()", &[])?;
    ensure!(paper == "#fff", "the paper is {paper}");
    Ok(())
}

fn chosen_filters_are_seen_in_forced_colours(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&tag_box("개발자"))?;
    says_count(visit, 12)?;
    hold(visit, "forced-colors")?;
    // The system draws boxes itself. Of what we draw it takes the grounds away, so what is chosen has the system's own for that.
    let is_drawn_by_the_system = "return getComputedStyle(arguments[0]).appearance !== 'none'";
    ensure!(visit.page.on(&tag_box("개발자"), is_drawn_by_the_system, Value::Null)? == true, "the box is not the system's");
    let has_the_ground_of_the_chosen = r"
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.background = 'Highlight';
        const chosen = getComputedStyle(probe).backgroundColor;
        probe.remove();
        return getComputedStyle(arguments[0]).backgroundColor === chosen;
    ";
    for (name, is_chosen) in [("목록", true), ("격자", false)] {
        let button = role("button").named(name);
        visit.page.until_eq(&format!("the ground of {name:?}"), &json!(is_chosen), || {
            visit.page.on(&button, has_the_ground_of_the_chosen, Value::Null)
        })?;
    }
    Ok(())
}
