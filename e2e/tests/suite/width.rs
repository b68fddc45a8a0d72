//! From a small phone to a wall: nothing is cut off, nothing scrolls sideways, everything can be reached.

use anyhow::ensure;
use e2e::{Outcome, Visit, role};

use crate::{
    house::{has_query, is_headed, says_count, search_field, story_list, tag_box, titles},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        nothing_scrolls_sideways_on_a_phone,
        every_story_fits_a_phone,
        phone_reader_can_filter_and_search,
        wide_screen_keeps_lines_readable,
        text_twice_as_large_loses_nothing,
        controls_on_a_phone_fit_a_finger,
    ]
}

/// Fails with the elements that stick out of the page to the side.
fn does_not_scroll_sideways(visit: &Visit<'_>, what: &str) -> Outcome {
    let script = r"
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return [];
        const scrolls = (element) => element && element !== document.body && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
        return [`${root.scrollWidth} of ${root.clientWidth}`, ...[...document.body.querySelectorAll('*')]
            .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 0.5 && !scrolls(element.parentElement))
            .slice(0, 5).map((element) => element.outerHTML.slice(0, 160))];
    ";
    let wide = visit.page.run(script, &[])?;
    ensure!(wide.as_array().is_some_and(Vec::is_empty), "{what} scrolls sideways: {wide:#}");
    Ok(())
}

fn nothing_scrolls_sideways_on_a_phone(visit: &Visit<'_>) -> Outcome {
    visit.expect_missing("no/such/page");
    for (path, what) in [
        ("", "home"),
        ("interview", "a section"),
        ("?q=모니터링", "results"),
        ("?tag=Kafka&tag=리디북스", "an empty list"),
        ("no/such/page", "an unknown page"),
    ] {
        visit.open_narrow(path, 320)?;
        visit.page.find(&role("main"))?;
        does_not_scroll_sideways(visit, what)?;
    }
    visit.open_narrow("", 320)?;
    says_count(visit, 23)?;
    crate::preferences::choose(visit, "화면 밝기", "어둡게")?;
    does_not_scroll_sideways(visit, "home with open settings")
}

fn every_story_fits_a_phone(visit: &Visit<'_>) -> Outcome {
    for card in &visit.archive.cards {
        visit.open_narrow(&card.path(), 320)?;
        is_headed(visit, &card.title)?;
        does_not_scroll_sideways(visit, &card.title)?;
    }
    Ok(())
}

fn phone_reader_can_filter_and_search(visit: &Visit<'_>) -> Outcome {
    visit.open_narrow("", 320)?;
    says_count(visit, 23)?;
    // On a phone the filter may be one tap away; the tap is on something called 거르기.
    if visit.page.all(&tag_box("개발자"))?.is_empty() {
        let opener = visit.page.run("return [...document.querySelectorAll('summary, button')].find((element) => element.checkVisibility() && element.textContent.includes('거르기'))", &[])?;
        let Some(opener) = e2e::session::ElementId::from_value(&opener) else { anyhow::bail!("no way to the filter on a phone") };
        visit.page.session().click(&opener)?;
    }
    visit.page.click(&tag_box("개발자"))?;
    has_query(visit, &[("tag", "개발자")])?;
    says_count(visit, 12)?;
    visit.page.type_into(&search_field(), "docker")?;
    visit.page.until("the story", || {
        ensure!(
            titles(&visit.page)?.first().is_some_and(|title| title == "docker the cloud"),
            "the results are {:?}",
            titles(&visit.page)?
        );
        Ok(())
    })?;
    does_not_scroll_sideways(visit, "results")
}

fn wide_screen_keeps_lines_readable(visit: &Visit<'_>) -> Outcome {
    visit.open_narrow(&visit.archive.titled("Kafka 모니터링")?.path(), 2560)?;
    is_headed(visit, "Kafka 모니터링")?;
    does_not_scroll_sideways(visit, "a story on a wall")?;
    let script = "return Math.max(...[...document.querySelectorAll('article p')].map((p) => p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize)))";
    let widest = visit.page.run(script, &[])?.as_f64().unwrap_or_default();
    ensure!(20.0 < widest && widest < 50.0, "the lines of the story are {widest:.0} em wide");
    visit.open_narrow("", 2560)?;
    says_count(visit, 23)?;
    does_not_scroll_sideways(visit, "home on a wall")?;
    visit.page.find(&story_list()).map(drop)
}

/// One page of each kind.
fn pages(visit: &Visit<'_>) -> anyhow::Result<Vec<String>> {
    let story = visit.archive.titled("Kafka 모니터링")?.path();
    let mut pages: Vec<String> =
        ["", "?q=모니터링&tag=개발자", "?tag=Kafka&tag=리디북스", "company/데일리호텔", "shelf", "notes", "design"]
            .map(String::from)
            .into();
    pages.push(story);
    Ok(pages)
}

fn text_twice_as_large_loses_nothing(visit: &Visit<'_>) -> Outcome {
    // Text that sticks out of a box which hides what sticks out; fields and what says itself that it is cut are left out.
    let clipped = r"
        document.documentElement.style.fontSize = '200%';
        return [...document.body.querySelectorAll('a, button, label, legend, p, h1, h2, h3, li, dt, dd, output, select')].filter((element) => {
            const style = getComputedStyle(element);
            if (!element.checkVisibility() || element.closest('.visually-hidden') || style.webkitLineClamp !== 'none') return false;
            const hides = (overflow) => ['hidden', 'clip'].includes(overflow);
            return (hides(style.overflowX) && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1)
                || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
        }).slice(0, 5).map((element) => element.outerHTML.slice(0, 160));
    ";
    for path in pages(visit)? {
        for width in [640, 1280] {
            visit.open_narrow(&path, width)?;
            let clipped = visit.page.run(clipped, &[])?;
            ensure!(clipped.as_array().is_some_and(Vec::is_empty), "{path:?} cuts text off: {clipped:#}");
            does_not_scroll_sideways(visit, &format!("{path:?} with large text at {width}"))?;
        }
    }
    Ok(())
}

fn controls_on_a_phone_fit_a_finger(visit: &Visit<'_>) -> Outcome {
    // WCAG leaves out what stands within a line of text, as links and marks of notes do; a label counts with the field in it.
    let small = r"
        const target = (element) => element.closest('label') ?? element;
        return [...document.body.querySelectorAll('button, select, input, summary, nav a, a.button, a.chip, .tag-list a')].filter((element) => {
            if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden, sup')) return false;
            const box = target(element).getBoundingClientRect();
            return box.height < 43.5 || box.width < 23.5;
        }).slice(0, 8).map((element) => `${Math.round(target(element).getBoundingClientRect().width)} x ${Math.round(target(element).getBoundingClientRect().height)} ${element.outerHTML.slice(0, 120)}`);
    ";
    for path in pages(visit)? {
        visit.open_narrow(&path, 360)?;
        let small = visit.page.run(small, &[])?;
        ensure!(small.as_array().is_some_and(Vec::is_empty), "{path:?} has small controls: {small:#}");
    }
    Ok(())
}
