//! A story's page: everything that the story's file holds is there, and each kind of block works.

use std::fs;

use anyhow::{Context, Result, ensure};
use e2e::{Outcome, Visit, archive::Card, keys, role, server::Fault};
use serde_json::{Value, json};

use crate::{
    house::{is_at, is_headed, lists, search_field, typed},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        every_story_shows_its_whole_text,
        headings_can_be_linked_to,
        code_can_be_copied,
        tables_scroll_by_keyboard,
        links_open_safely,
        story_tag_opens_its_list,
        recovered_story_shows_its_original,
    ]
}

/// The story's own file.
pub(crate) fn story_file(visit: &Visit<'_>, card: &Card) -> Result<Value> {
    let path = visit.site.join("data/story").join(format!("{}.json", card.file));
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))
}

/// Whether a block or inline of this kind is anywhere in the value.
fn holds(value: &Value, kind: &str) -> bool {
    match value {
        Value::Object(members) => members.get(kind).is_some_and(Value::is_object) || members.values().any(|member| holds(member, kind)),
        Value::Array(items) => items.iter().any(|item| holds(item, kind)),
        _ => false,
    }
}

/// The first story with a block or inline of this kind.
pub(crate) fn story_with<'a>(visit: &Visit<'a>, kind: &str) -> Result<&'a Card> {
    for card in &visit.archive.cards {
        if holds(&story_file(visit, card)?, kind) {
            return Ok(card);
        }
    }
    anyhow::bail!("no bundled story has a {kind}")
}

/// The texts of a body in reading order.
fn texts_of(value: &Value, texts: &mut Vec<String>) {
    // In the order of the screen: a question's mark stands before its words, a table's head above its rows.
    const MEMBERS: [&str; 8] = ["mark", "text", "inlines", "code", "items", "head", "rows", "blocks"];
    match value {
        Value::Object(members) => {
            for key in MEMBERS {
                match members.get(key) {
                    Some(Value::String(text)) => texts.push(text.clone()),
                    Some(inner) => texts_of(inner, texts),
                    None => {}
                }
            }
            // A block or inline is an object whose one member is called after its kind.
            members.iter().filter(|(key, _)| !MEMBERS.contains(&key.as_str())).for_each(|(_, inner)| texts_of(inner, texts));
        }
        Value::Array(items) => items.iter().for_each(|item| texts_of(item, texts)),
        _ => {}
    }
}

fn every_story_shows_its_whole_text(visit: &Visit<'_>) -> Outcome {
    let script = "return arguments[0].textContent";
    for card in &visit.archive.cards {
        visit.open(&card.path())?;
        is_headed(visit, &card.title)?;
        let mut expected = Vec::new();
        texts_of(story_file(visit, card)?.get("blocks").unwrap_or(&Value::Null), &mut expected);
        ensure!(10 <= expected.len(), "{:?} has almost no text", card.title);
        let shown = squeeze(visit.page.on(&role("article"), script, Value::Null)?.as_str().unwrap_or_default());
        let mut rest = shown.as_str();
        for text in expected.iter().map(|text| squeeze(text)) {
            let Some(at) = rest.find(&text) else {
                anyhow::bail!("{:?} does not show {text:?} where it belongs, after\n  {}", card.title, tail(&shown, rest))
            };
            rest = rest.get(at + text.len()..).unwrap_or_default();
        }
    }
    Ok(())
}

/// The text without white space: where it breaks is the page's own matter.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

fn tail<'a>(shown: &'a str, rest: &str) -> &'a str {
    let before = shown.strip_suffix(rest).unwrap_or(shown);
    let start = before.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    before.get(start..).unwrap_or_default()
}

fn headings_can_be_linked_to(visit: &Visit<'_>) -> Outcome {
    let card = story_with(visit, "heading")?;
    visit.open(&card.path())?;
    let links = role("link").named("이 소제목 링크").within(&role("article"));
    let n_headings = visit.page.all(&role("heading").level(2).within(&role("article")))?.len();
    visit.page.until("a link in each heading", || {
        ensure!(
            n_headings <= visit.page.all(&links)?.len() && 0 < n_headings,
            "{n_headings} headings, {} links",
            visit.page.all(&links)?.len()
        );
        Ok(())
    })?;
    let Some(last) = visit.page.all(&links)?.pop() else { anyhow::bail!("no link in a heading") };
    visit.page.session().click(&last)?;
    let target = "const id = decodeURIComponent(location.hash.slice(1)); const target = id && document.getElementById(id); \
                  return target ? [target.tagName.startsWith('H'), target.getBoundingClientRect().top < innerHeight] : null";
    visit.page.until_eq("the heading that the address names", &json!([true, true]), || visit.page.run(target, &[]))?;
    ensure!(visit.page.address()?.ends_with(&card.slug), "the link to a heading left the story: {}", visit.page.address()?);
    // Opened fresh, the address leads to the same heading.
    visit.reload()?;
    is_headed(visit, &card.title)?;
    visit.page.until_eq("the heading that the address names", &json!([true, true]), || visit.page.run(target, &[]))
}

fn code_can_be_copied(visit: &Visit<'_>) -> Outcome {
    let card = visit.archive.titled("Kafka 모니터링")?;
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    let button = role("button").named("코드 복사").within(&role("article"));
    let Some(first) = visit.page.until("a copy button", || {
        let buttons = visit.page.all(&button)?;
        ensure!(!buttons.is_empty(), "no code block can be copied");
        Ok(buttons.into_iter().next())
    })?
    else {
        anyhow::bail!("no copy button")
    };
    visit.page.session().click(&first)?;
    visit.page.until("the confirmation", || {
        let said = visit.page.texts(&role("article"))?.join(" ");
        ensure!(said.contains("복사했어요"), "nothing says that the code was copied");
        Ok(())
    })?;
    let blocks = story_file(visit, card)?;
    let blocks = blocks.get("blocks").and_then(Value::as_array).into_iter().flatten();
    let code = blocks.filter_map(|block| block.get("code")?.get("code")?.as_str()).next().map(squeeze).unwrap_or_default();
    ensure!(!code.is_empty(), "{:?} has no code", card.title);
    // What the clipboard holds shows when it is pasted; a search field keeps everything but the line breaks.
    visit.page.on(&search_field(), "arguments[0].focus()", Value::Null)?;
    visit.page.session().press_with(keys::CONTROL, "v")?;
    visit.page.until_eq("the pasted code", &code, || Ok(squeeze(&typed(visit)?)))
}

fn tables_scroll_by_keyboard(visit: &Visit<'_>) -> Outcome {
    let card = story_with(visit, "table")?;
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    let script = "const region = arguments[0].closest('[tabindex=\"0\"]'); return region ? [region.getAttribute('role'), region.getAttribute('aria-label') ?? region.getAttribute('aria-labelledby')] : null";
    for table in visit.page.all(&role("table").within(&role("article")))? {
        let region = visit.page.run(script, &[table.to_value()])?;
        ensure!(region.is_array(), "a table stands outside of a region that can be focused");
        ensure!(
            region.get(0).is_some_and(Value::is_string) && region.get(1).is_some_and(Value::is_string),
            "the table's region has no role or name: {region}"
        );
    }
    ensure!(!visit.page.all(&role("columnheader").within(&role("table")))?.is_empty(), "the table has no column headers");
    Ok(())
}

fn links_open_safely(visit: &Visit<'_>) -> Outcome {
    let card = story_with(visit, "link")?;
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    let script = "return [...arguments[0].querySelectorAll('a[href]')].filter((link) => link.origin !== location.origin).map((link) => [link.protocol, link.rel, link.target])";
    let links = visit.page.on(&role("article"), script, Value::Null)?;
    let links = links.as_array().cloned().unwrap_or_default();
    ensure!(!links.is_empty(), "{:?} shows none of its links", card.title);
    for link in links {
        let [protocol, rel, target] = [0, 1, 2].map(|at| link.get(at).and_then(Value::as_str).unwrap_or_default().to_owned());
        ensure!(["http:", "https:", "mailto:"].contains(&protocol.as_str()), "a link leads to {protocol}");
        ensure!(rel.split_whitespace().any(|word| word == "noopener"), "a link out of the archive has rel={rel:?}");
        ensure!(protocol == "mailto:" || target == "_blank", "a link out of the archive opens in {target:?}");
    }
    Ok(())
}

fn story_tag_opens_its_list(visit: &Visit<'_>) -> Outcome {
    visit.open(&visit.archive.titled("Kafka 모니터링")?.path())?;
    visit.page.click(&role("link").named("#기술스택").within(&role("article")))?;
    is_headed(visit, "#기술스택")?;
    is_at(visit, "/tag/기술스택")?;
    lists(visit, &visit.archive.tagged("기술스택"))
}

/// The bundled stories were never glued, so the host says of one that it was.
fn recovered_story_shows_its_original(visit: &Visit<'_>) -> Outcome {
    const HASH: &str = "0123456789abcdef";
    const ORIGINAL: &str = "첫 문장이다.둘째 문장이다.#기술스택";
    let card = visit.archive.titled("Kafka 모니터링")?;
    let mut story = story_file(visit, card)?;
    story.as_object_mut().context("a story is an object")?.insert("original".to_owned(), HASH.into());
    visit.server.break_path(&format!("data/story/{}.json", card.file), Fault::Body(story.to_string()));
    visit.server.break_path(&format!("data/original/{HASH}.txt"), Fault::Body(ORIGINAL.to_owned()));
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;

    let switch = role("button").named("원문 그대로").within(&role("article"));
    let is_pressed =
        |expected: &str| visit.page.until_eq("the switch", &Some(expected.to_owned()), || visit.page.attribute(&switch, "aria-pressed"));
    let headings = role("heading").level(2).within(&role("article"));
    is_pressed("false")?;
    visit.page.until("the body", || {
        ensure!(!visit.page.all(&headings)?.is_empty(), "the story has no headings");
        Ok(())
    })?;
    let asked = || visit.server.requests().iter().filter(|request| request.path.contains(HASH)).count();
    ensure!(asked() == 0, "the original was fetched before anybody asked for it");

    // By keyboard: the switch keeps the focus, so that the same key leads back.
    visit.page.on(&switch, "arguments[0].focus()", Value::Null)?;
    visit.page.press(keys::SPACE)?;
    is_pressed("true")?;
    visit.page.until("the original", || {
        let shown = visit.page.text(&role("article"))?;
        ensure!(shown.contains(ORIGINAL), "the article shows {shown:?}");
        Ok(())
    })?;
    visit.page.until_gone(&headings)?;
    visit.page.press(keys::SPACE)?;
    is_pressed("false")?;
    visit.page.until("the body again", || {
        ensure!(!visit.page.all(&headings)?.is_empty(), "the body has not come back");
        ensure!(!visit.page.text(&role("article"))?.contains(ORIGINAL), "the original stays beside the body");
        Ok(())
    })?;
    ensure!(asked() == 1, "the original was fetched {} times", asked());
    Ok(())
}
