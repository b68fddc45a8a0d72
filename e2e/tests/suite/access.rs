//! For readers who hear the page, and for what checks on their behalf.

use anyhow::{Result, bail, ensure};
use e2e::{Outcome, Visit, axe, role};

use crate::{
    house::{is_headed, says_count, tag_box},
    preferences::{choose, root_has},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        live_region_announces_the_count,
        names_agree_with_the_engine,
        axe_finds_nothing_in_light,
        axe_finds_nothing_on_paper,
        axe_finds_nothing_in_the_dark,
        axe_finds_nothing_in_high_contrast,
        axe_finds_nothing_on_a_phone,
        axe_finds_nothing_in_english,
    ]
}

fn live_region_announces_the_count(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    says_count(visit, 23)?;
    // Screen readers announce what changes inside of a region that was there before: a new region with the new text stays silent.
    let script = r"
        const region = [...document.querySelectorAll('output, [role=status]')].find((element) => element.textContent.includes('23'));
        region.knownBefore = true;
        return region.getAttribute('aria-live');
    ";
    ensure!(visit.page.run(script, &[])? == "polite", "the count does not announce itself politely");
    visit.page.click(&tag_box("개발자"))?;
    says_count(visit, 12)?;
    let script = "return [...document.querySelectorAll('output, [role=status]')].some((element) => element.knownBefore && element.textContent.includes('12'))";
    ensure!(visit.page.run(script, &[])? == true, "the region was replaced instead of changed");
    Ok(())
}

/// The suite finds elements by names that it computes itself; here each engine says whether these are the names that it tells a screen reader.
fn names_agree_with_the_engine(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=개발자")?;
    says_count(visit, 12)?;
    choose(visit, "화면 밝기", "밝게")?;
    let mut n_compared = 0;
    let mut differences = Vec::new();
    for kind in [
        "banner",
        "navigation",
        "search",
        "main",
        "complementary",
        "contentinfo",
        "group",
        "radiogroup",
        "radio",
        "combobox",
        "list",
        "heading",
        "button",
        "checkbox",
        "status",
        "link",
    ] {
        // Every kind, a dozen of each: enough to notice a rule that differs.
        for element in visit.page.all(&role(kind))?.into_iter().take(12) {
            let (role, name) = visit.page.role_and_name(&element)?;
            let session = visit.page.session();
            let (computed_role, computed_name) = (session.computed_role(&element)?, squeeze(&session.computed_label(&element)?));
            n_compared += 1;
            if !is_same_role(&role, &computed_role) || !is_same_name(&role, &name, &computed_name) {
                differences.push(format!("{role} {name:?} is {computed_role} {computed_name:?}"));
            }
        }
    }
    ensure!(60 < n_compared, "only {n_compared} elements were compared");
    ensure!(differences.is_empty(), "{} of {n_compared} names differ:\n  {}", differences.len(), differences.join("\n  "));
    Ok(())
}

/// WebKitGTK calls a closed menu by what it is on the platform: a button that opens a list.
fn is_same_role(role: &str, computed: &str) -> bool {
    role == computed || (role == "combobox" && computed == "button")
}

/// Engines name containers that nobody named, each in its own way; and WebKitGTK tells the chosen value of a menu with its name.
fn is_same_name(role: &str, name: &str, computed: &str) -> bool {
    name.is_empty() || name == computed || (role == "combobox" && computed.starts_with(&format!("{name} ")))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_brightness(visit: &Visit<'_>, path: &str, name: &str, theme: &str) -> Result<()> {
    visit.open("/")?;
    choose(visit, "화면 밝기", name)?;
    root_has(visit, "data-theme", theme)?;
    visit.open(path)?;
    root_has(visit, "data-theme", theme)?;
    // Colours that are still on their way are none that a reader has to live with.
    let script = "const done = arguments[0]; Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))).then(() => done(true))";
    visit.page.session().run_async(script, &[]).map(drop).or_else(|error| bail!("waiting for animations: {error}"))
}

/// Every page of the archive, as an address and as what it is headed.
fn routes(visit: &Visit<'_>) -> Result<Vec<(String, String)>> {
    let mut routes = vec![];
    for title in ["Kafka 모니터링", "DevOps 팀을 위한 모니터링 팁"] {
        // These two have code, a table, lists, quotes and links between them.
        routes.push((format!("{}?q=모니터링", visit.archive.titled(title)?.path()), title.to_owned()));
    }
    let interview = visit.archive.select(|card| card.section == "interview");
    routes.extend(interview.first().map(|card| (card.path(), card.title.clone())));
    let pages = [
        ("", "스토리 홈"),
        ("?q=모니터링&tag=-Kafka", "스토리 홈"),
        ("?tag=Kafka&tag=리디북스", "스토리 홈"),
        ("interview", "인터뷰"),
        ("news", "뉴스"),
        ("tag/개발자", "#개발자"),
        ("company/데일리호텔", "데일리호텔"),
        ("shelf", "서재"),
        ("notes", "메모"),
        ("design", "디자인"),
        ("story/no-such-story", "이야기를 찾을 수 없어요"),
        ("no/such/page", "없는 쪽이에요"),
    ];
    routes.extend(pages.map(|(path, heading)| (path.to_owned(), heading.to_owned())));
    Ok(routes)
}

/// Looks at every page in one theme, and at home with the settings open.
fn check_theme(visit: &Visit<'_>, name: &str, theme: &str) -> Outcome {
    visit.expect_missing("story/no-such-story");
    visit.expect_missing("no/such/page");
    let mut faults = Vec::new();
    for (path, heading) in routes(visit)? {
        in_brightness(visit, &path, name, theme)?;
        is_headed(visit, &heading)?;
        faults.extend(axe::check(&visit.page, &format!("{path:?} in {theme}")).err());
    }
    visit.open("/")?;
    visit.page.click(&role("button").named("설정"))?;
    visit.page.find(&role("radiogroup").named("언어"))?;
    faults.extend(axe::check(&visit.page, &format!("home with open settings in {theme}")).err());
    ensure!(faults.is_empty(), "{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    Ok(())
}

fn axe_finds_nothing_in_light(visit: &Visit<'_>) -> Outcome {
    check_theme(visit, "밝게", "light")
}

fn axe_finds_nothing_on_paper(visit: &Visit<'_>) -> Outcome {
    check_theme(visit, "종이", "sepia")
}

fn axe_finds_nothing_in_the_dark(visit: &Visit<'_>) -> Outcome {
    check_theme(visit, "어둡게", "dark")
}

fn axe_finds_nothing_in_high_contrast(visit: &Visit<'_>) -> Outcome {
    check_theme(visit, "고대비", "contrast")
}

fn axe_finds_nothing_on_a_phone(visit: &Visit<'_>) -> Outcome {
    visit.open_narrow("", 320)?;
    says_count(visit, 23)?;
    axe::check(&visit.page, "home on a phone")?;
    visit.open_narrow(&visit.archive.titled("Kafka 모니터링")?.path(), 320)?;
    is_headed(visit, "Kafka 모니터링")?;
    axe::check(&visit.page, "a story on a phone")
}

fn axe_finds_nothing_in_english(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    choose(visit, "언어", "English")?;
    root_has(visit, "lang", "en")?;
    axe::check(&visit.page, "home in English")
}
