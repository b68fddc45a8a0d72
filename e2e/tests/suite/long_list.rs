//! An archive of hundreds of stories: the list grows as it is read, and Back returns to where the reader was.

use anyhow::{Context, Result, ensure};
use e2e::{Outcome, Visit, keys, role, server::Fault};
use serde_json::{Value, json};

use crate::{
    house::{go_back, has_focus, has_query, is_headed, says_count, story_link, tag_box},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        long_list_grows_as_the_reader_scrolls,
        button_brings_more_and_the_focus_goes_on,
        back_from_far_down_returns_to_the_same_pixel,
        reload_far_down_stays_there,
        thousands_of_tags_stay_few_boxes_that_can_be_searched,
        waiting_shows_the_shape_of_what_comes,
        opening_a_story_carries_its_cover_over,
    ]
}

/// How many stories the archive of these scenarios has.
const N_STORIES: usize = 600;

/// Lets the host serve an archive of [`N_STORIES`] cards: those of the site again and again under other names, each with a tag of its own.
fn grow_archive(visit: &Visit<'_>) -> Outcome {
    let data = visit.site.join("data");
    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(data.join("manifest.json"))?)?;
    let path = manifest["cards"][0]["path"].as_str().context("no file of cards")?;
    let cards: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(data.join(path))?)?;
    let grown: Vec<Value> = cards
        .iter()
        .cycle()
        .take(N_STORIES)
        .enumerate()
        .map(|(index, card)| {
            let mut card = card.clone();
            card["slug"] = json!(format!("story-{index}"));
            card["title"] = json!(title(index));
            // Cards of different heights, so that guesses at the heights of others are wrong.
            card["summary"] = json!("긴 이야기 ".repeat(1 + index % 17));
            card["tags"] = json!(["모두", format!("꼬리표{index}")]);
            card
        })
        .collect();
    visit.server.break_path(&format!("data/{path}"), Fault::Body(serde_json::to_string(&grown)?));
    Ok(())
}

fn title(index: usize) -> String {
    format!("{index}번째 이야기")
}

fn n_cards(visit: &Visit<'_>) -> Result<u64> {
    Ok(visit.page.run("return document.querySelectorAll('main ol article').length", &[])?.as_u64().unwrap_or_default())
}

/// Scrolls to the end again and again, until so many cards are there.
fn scroll_to(visit: &Visit<'_>, n: u64) -> Outcome {
    visit.page.until(&format!("{n} cards"), || {
        visit.page.run("scrollTo(0, document.documentElement.scrollHeight)", &[])?;
        let n_cards = n_cards(visit)?;
        ensure!(n <= n_cards, "there are {n_cards}");
        Ok(())
    })
}

fn long_list_grows_as_the_reader_scrolls(visit: &Visit<'_>) -> Outcome {
    grow_archive(visit)?;
    visit.open("/")?;
    says_count(visit, N_STORIES)?;
    ensure!(n_cards(visit)? < 100, "{} cards were made for a reader who sees five", n_cards(visit)?);
    scroll_to(visit, 150)?;
    // In order, each once.
    let script = "return [...document.querySelectorAll('main ol article h2')].map((title) => title.textContent)";
    let shown = visit.page.run(script, &[])?;
    let shown: Vec<&str> = shown.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let expected: Vec<String> = (0..shown.len()).map(title).collect();
    ensure!(shown == expected, "the list is out of order: {shown:?}");
    Ok(())
}

fn button_brings_more_and_the_focus_goes_on(visit: &Visit<'_>) -> Outcome {
    grow_archive(visit)?;
    visit.open("/")?;
    says_count(visit, N_STORIES)?;
    let more = role("button").named("30개 더 보기");
    let press = |n: u64| -> Result<u64> {
        visit.page.on(&more, "arguments[0].focus()", json!(null))?;
        // With the focus on it, the list does not grow by itself: the button would move away.
        let before = n_cards(visit)?;
        ensure!(n <= before, "the list became shorter");
        visit.page.press(keys::ENTER)?;
        Ok(before)
    };
    let before = press(30)?;
    has_focus(visit, "link", &title(usize::try_from(before)?))?;
    let before = press(before + 30)?;
    has_focus(visit, "link", &title(usize::try_from(before)?))
}

/// Opens the long list and scrolls to a story far down, whose title comes back.
fn read_far_down(visit: &Visit<'_>) -> Result<String> {
    grow_archive(visit)?;
    visit.open("/")?;
    says_count(visit, N_STORIES)?;
    scroll_to(visit, 120)?;
    let read = title(97);
    visit.page.on(&story_link(&read), "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", json!(null))?;
    Ok(read)
}

fn back_from_far_down_returns_to_the_same_pixel(visit: &Visit<'_>) -> Outcome {
    let left = read_far_down(visit)?;
    let noting = "addEventListener('click', (event) => { window.leftAt = event.target.closest('a').getBoundingClientRect().top }, true)";
    visit.page.run(noting, &[])?;
    visit.page.click(&story_link(&left))?;
    is_headed(visit, &left)?;
    go_back(visit)?;
    has_focus(visit, "link", &left)?;
    // Measured after two frames, when every card in sight has its true height.
    let moved = r"
        const [link, done] = [arguments[0], arguments[1]];
        requestAnimationFrame(() => requestAnimationFrame(() => done(Math.abs(link.getBoundingClientRect().top - window.leftAt))));
    ";
    visit.page.until("the card where it was", || {
        let link = visit.page.find(&story_link(&left))?;
        let moved = visit.page.session().run_async(moved, &[link.to_value()])?.as_f64().context("no distance")?;
        ensure!(moved <= 2.0, "it is {moved} pixels off");
        Ok(())
    })?;
    has_focus(visit, "link", &left)
}

fn reload_far_down_stays_there(visit: &Visit<'_>) -> Outcome {
    let read = read_far_down(visit)?;
    let is_in_view = "const box = arguments[0].getBoundingClientRect(); return 0 <= box.top && box.bottom <= innerHeight";
    visit.page.until_eq("the story in view", &json!(true), || visit.page.on(&story_link(&read), is_in_view, Value::Null))?;
    visit.reload()?;
    visit.page.until_eq("the story in view again", &json!(true), || visit.page.on(&story_link(&read), is_in_view, Value::Null))?;
    // Where no card is a third down the window, but the gap between two.
    let to_gap = r"
        const card = arguments[0].closest('article');
        const end = card.parentElement.previousElementSibling.getBoundingClientRect().bottom;
        scrollBy({ top: (card.getBoundingClientRect().top + end) / 2 - innerHeight * .33, behavior: 'instant' });
    ";
    visit.page.on(&story_link(&read), to_gap, Value::Null)?;
    visit.reload()?;
    visit.page.until_eq("the story below the gap in view", &json!(true), || visit.page.on(&story_link(&read), is_in_view, Value::Null))
}

fn thousands_of_tags_stay_few_boxes_that_can_be_searched(visit: &Visit<'_>) -> Outcome {
    grow_archive(visit)?;
    visit.open("/")?;
    says_count(visit, N_STORIES)?;
    let tags = role("checkbox").within(&role("group").named("태그"));
    let n_boxes = visit.page.all(&tags)?.len();
    ensure!(n_boxes <= 8, "{n_boxes} boxes before anybody asked");
    visit.page.click(&role("button").starting("태그 더 보기"))?;
    visit.page.until("more boxes, but not all", || {
        let n_boxes = visit.page.all(&tags)?.len();
        ensure!(8 < n_boxes && n_boxes <= 200, "{n_boxes} boxes");
        Ok(())
    })?;
    visit.page.type_into(&role("searchbox").named("태그에서 찾기"), "꼬리표417")?;
    visit.page.click(&tag_box("꼬리표417"))?;
    has_query(visit, &[("tag", "꼬리표417")])?;
    says_count(visit, 1)?;
    visit.page.find(&story_link(&title(417))).map(drop)
}

fn waiting_shows_the_shape_of_what_comes(visit: &Visit<'_>) -> Outcome {
    // Lists stand in the prerendered page from the beginning; what is waited for is the body of a story that a reader goes to.
    visit.open("/")?;
    says_count(visit, 23)?;
    visit.server.break_path("data/story/", Fault::Held);
    let Some(card) = visit.archive.cards.first() else { anyhow::bail!("no story") };
    visit.page.click(&story_link(&card.title))?;
    is_headed(visit, &card.title)?;
    let shapes = r"
        const status = [...document.querySelectorAll('[role=status]')].find((element) => element.textContent.includes('불러오는 중'));
        if (!status) return null;
        const style = getComputedStyle(status);
        return [style.opacity, style.animationDelay, status.getBoundingClientRect().height >= innerHeight];
    ";
    visit.page.until_eq("the shape of a text, later than 300 ms and as tall as the window", &json!(["1", "0.3s", true]), || {
        visit.page.run(shapes, &[])
    })?;
    visit.server.mend();
    visit.page.until_eq("no more shape", &Value::Null, || visit.page.run(shapes, &[]))
}

fn opening_a_story_carries_its_cover_over(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    says_count(visit, 23)?;
    let can = visit.page.run("return Boolean(document.startViewTransition)", &[])?;
    let spy = r"
        window.turns = [];
        const named = () => [...document.querySelectorAll('main *')].map((part) => getComputedStyle(part).viewTransitionName).filter((name) => name && name !== 'none').sort();
        const start = document.startViewTransition?.bind(document);
        if (start) document.startViewTransition = (update) => {
            const before = named();
            return start(async () => { await update(); window.turns.push([before, named()]); });
        };
        window.wantsLess = false;
        const match = window.matchMedia.bind(window);
        window.matchMedia = (query) => query.includes('reduced-motion') ? { matches: window.wantsLess } : match(query);
    ";
    visit.page.run(spy, &[])?;
    let parts = json!(["story-cover", "story-title"]);
    // A reader's pointer is over a link for a while before it is pressed: time in which the code of stories comes.
    visit.page.session().press(keys::TAB)?;
    visit.page.until("the code of stories", || {
        let code =
            "return performance.getEntriesByType('resource').some((file) => file.name.endsWith('-later.wasm') && 0 < file.responseEnd)";
        ensure!(visit.page.run(code, &[])? == true, "it has not come");
        Ok(())
    })?;
    let Some(card) = visit.archive.cards.get(2) else { anyhow::bail!("too few stories") };
    visit.page.click(&story_link(&card.title))?;
    is_headed(visit, &card.title)?;
    has_focus(visit, "heading", &card.title)?;
    let mut turns = vec![json!([parts, parts])];
    let turned = |turns: &[Value]| {
        let expected = if can == true { json!(turns) } else { json!([]) };
        visit.page.until_eq("turns with what they carry", &expected, || visit.page.run("return window.turns", &[]))
    };
    turned(&turns)?;
    go_back(visit)?;
    has_focus(visit, "link", &card.title)?;
    turns.push(json!([parts, parts]));
    turned(&turns)?;
    // Names go when the turn is over: the next one may be of another card.
    visit.page.until_eq("no names", &json!(0), || {
        visit.page.run("return document.querySelectorAll('main [style*=view-transition]').length", &[])
    })?;
    visit.page.run("window.wantsLess = true", &[])?;
    visit.page.click(&story_link(&card.title))?;
    is_headed(visit, &card.title)?;
    turned(&turns)
}
