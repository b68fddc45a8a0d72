//! What a reader does while it is measured. Only mouse and keyboard act, as the driver moves them: to the browser they are a person's.

use anyhow::{Context, Result, ensure};
use e2e::{Locator, Visit, keys, role};
use serde_json::{Value, json};

use crate::{frames::Frames, probe::Probe};

/// Doing one kind of thing several times.
pub(crate) struct Journey {
    pub(crate) name: &'static str,
    /// Does it, beginning at home; gives how often.
    pub(crate) go: fn(&Visit<'_>, &Probe<'_>) -> Result<usize>,
}

pub(crate) const ALL: [Journey; 4] = [
    Journey { name: "filter", go: filter },
    Journey { name: "sort", go: sort },
    Journey { name: "open", go: open },
    Journey { name: "type", go: type_queries },
];

/// What is typed: two words, initial consonants, Latin, a word with its particle. Both corpora have something for each.
const QUERIES: [&str; 4] = ["카프카 모니터링", "ㅋㅂㄴㅌㅅ", "docker", "코드리뷰를 하는"];

/// Between two keys, in milliseconds: somebody who types quickly.
const KEY_INTERVAL: u32 = 150;

/// Values to filter by, stories to open.
const N_VALUES: usize = 4;
const N_STORIES: usize = 6;

/// Turns of the wheel, how far each goes in CSS pixels, and how fast in pixels a second: somebody who looks for something by its cover.
const N_TURNS: usize = 8;
const TURN: (u32, u32) = (4_000, 4_000);

/// Chooses tags and a company and lets them go again, one after the other, then two at once.
fn filter(visit: &Visit<'_>, probe: &Probe<'_>) -> Result<usize> {
    let mut n_acts = 0;
    let mut toggle = |facet: &str, name: &str| -> Result<()> {
        let value = role("checkbox").starting(name).within(&role("group").named(facet));
        visit.page.click_first(&value).with_context(|| format!("choosing {name}"))?;
        n_acts += 1;
        probe.rest()
    };
    let tags = values(visit, "태그")?;
    let companies = values(visit, "회사")?;
    for (facet, name) in tags.iter().map(|name| ("태그", name)).chain(companies.iter().map(|name| ("회사", name))) {
        toggle(facet, name)?;
        toggle(facet, name)?;
    }
    if let [first, second, ..] = tags.as_slice() {
        for name in [first, second, first, second] {
            toggle("태그", name)?;
        }
    }
    Ok(n_acts)
}

/// The first values of a filter, with the blank behind each name that keeps it apart from longer ones.
fn values(visit: &Visit<'_>, facet: &str) -> Result<Vec<String>> {
    let labels = visit.page.names(&role("checkbox").within(&role("group").named(facet)))?;
    let name = |label: &String| label.rsplit_once(' ').map(|(name, _count)| format!("{name} "));
    let names: Vec<String> = labels.iter().filter_map(name).take(N_VALUES).collect();
    ensure!(!names.is_empty(), "there are no values of {facet} to choose");
    Ok(names)
}

/// Goes through the orders and back with the arrow keys.
fn sort(visit: &Visit<'_>, probe: &Probe<'_>) -> Result<usize> {
    let menu = role("combobox").named("정렬");
    let n_orders = visit.page.property(&menu, "length")?.as_u64().context("the menu of orders has no options")?;
    visit.page.on(&menu, "arguments[0].focus()", Value::Null)?;
    let mut n_acts = 0;
    for key in [keys::ARROW_DOWN, keys::ARROW_UP] {
        for _ in 1..n_orders {
            visit.page.press(key)?;
            n_acts += 1;
            probe.rest()?;
        }
    }
    Ok(n_acts)
}

/// Opens the first stories of the list; Back in between.
fn open(visit: &Visit<'_>, probe: &Probe<'_>) -> Result<usize> {
    let titles = visit.page.names(&title_in_list())?;
    let titles: Vec<String> = titles.into_iter().take(N_STORIES).collect();
    ensure!(!titles.is_empty(), "the list is empty");
    for title in &titles {
        visit.page.click_first(&title_in_list().named(title))?;
        visit.page.find(&role("heading").level(1).named(title))?;
        visit.page.find(&role("article"))?;
        probe.rest()?;
        visit.page.session().back()?;
        visit.page.until("the list", || visit.page.all(&title_in_list()).and_then(|found| found.first().cloned().context("no list")))?;
        probe.rest()?;
    }
    Ok(titles.len())
}

fn title_in_list() -> Locator {
    role("link").within(&role("heading").level(2).within(&role("list").named("이야기 목록")))
}

/// Types each query and takes it back, key by key, without waiting for the answers.
fn type_queries(visit: &Visit<'_>, probe: &Probe<'_>) -> Result<usize> {
    visit.page.on(&role("combobox").named("이야기 검색"), "arguments[0].focus()", Value::Null)?;
    let mut n_acts = 0;
    for query in QUERIES {
        let n_keys = query.chars().count();
        let typed: Vec<String> = query.chars().map(String::from).collect();
        for keys in [typed, vec![keys::BACKSPACE.to_owned(); n_keys]] {
            visit.page.session().type_steadily(&keys, KEY_INTERVAL)?;
            n_acts += n_keys;
            probe.rest()?;
        }
    }
    let left = visit.page.property(&role("combobox").named("이야기 검색"), "value")?;
    ensure!(left == json!(""), "the field still has {left}");
    Ok(n_acts)
}

/// Scrolls down the list. A list that ends in a button is lengthened by it between two turns, unmeasured.
pub(crate) fn scroll(visit: &Visit<'_>, probe: &Probe<'_>) -> Result<Frames> {
    let (distance, speed) = TURN;
    let gesture = json!({ "x": 900, "y": 500, "yDistance": -i64::from(distance), "speed": speed, "gestureSourceType": "mouse" });
    let mut turns = Vec::new();
    for _ in 0..N_TURNS {
        turns.push(probe.frames(|| Ok(visit.page.session().devtools("Input.synthesizeScrollGesture", &gesture).map(drop)?))?);
        probe.rest()?;
        let is_at_end = visit.page.run("return document.documentElement.scrollHeight - innerHeight - scrollY < 2", &[])?;
        let more = role("button").ending("개 더 보기");
        if is_at_end == json!(true) && !visit.page.all(&more)?.is_empty() {
            visit.page.click(&more)?;
            probe.rest()?;
        }
    }
    Frames::of(&turns).context("no frame was shown")
}
