//! The page of all notes: searched, led back to their stories, found again after an edit.

use anyhow::{Result, ensure};
use e2e::{Outcome, Visit, axe, keys, role};
use serde_json::{Value, json};

use crate::{
    house::{has_focus, is_headed},
    passage::{KAFKA, is_painted, notes, open, select},
    preferences::{choose, root_has},
    scenario::{Scenario, scenarios},
    shelf::{is_stored, is_told},
    shelf_storage::choose_file,
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        notes_are_searched_and_lead_to_their_passages,
        note_survives_an_edit_and_says_when_its_passage_is_gone,
        axe_finds_nothing_on_notes,
    ]
}

fn notes_are_searched_and_lead_to_their_passages(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    let first = select(visit, 1)?;
    visit.page.press("h")?;
    is_painted(visit, "note-yellow", &[&first])?;
    let second = select(visit, 8)?;
    visit.page.press("h")?;
    is_painted(visit, "note-yellow", &[&first, &second])?;
    visit.page.click(&role("link").named("서재"))?;
    visit.page.click(&role("link").named("메모").within(&role("navigation").named("서재 안")))?;
    is_headed(visit, "메모")?;
    let links = || visit.page.names(&role("link").within(&role("listitem").within(&role("list").within(&role("main")))));
    let shows = |expected: &[&String]| -> Outcome {
        visit.page.until("the notes", || {
            let names = links()?;
            let all = [&first, &second];
            let shown: Vec<&String> = all.into_iter().filter(|words| names.contains(words)).collect();
            ensure!(shown == expected, "shown are {names:?}");
            Ok(())
        })
    };
    shows(&[&first, &second])?;
    let field = role("searchbox").named("메모에서 찾기");
    visit.page.type_into(&field, &second)?;
    shows(&[&second])?;
    is_told(visit, "메모 1개")?;
    visit.page.type_into(&field, " 없는말")?;
    shows(&[])?;
    visit.page.on(&field, "arguments[0].value = ''; arguments[0].dispatchEvent(new Event('input', { bubbles: true }))", Value::Null)?;
    shows(&[&first, &second])?;
    visit.page.click(&role("link").named(&second))?;
    is_headed(visit, KAFKA)?;
    is_painted(visit, "note-yellow", &[&first, &second])?;
    let in_view = "const box = [...CSS.highlights.get('note-yellow')].map((range) => range.getBoundingClientRect())[1]; return 0 <= box.top && box.bottom <= innerHeight";
    visit.page.until_eq("the second passage in view", &json!(true), || visit.page.run(in_view, &[]))
}

/// A file with one note on the story.
fn file_with_note(visit: &Visit<'_>, id: &str, quote: &str) -> Result<String> {
    let passage = json!({ "at": 5, "story": visit.archive.titled(KAFKA)?.slug, "title": KAFKA, "company": "", "quote": quote, "before": "",
        "after": "", "block": 0, "color": "blue", "words": "", "made": 5 });
    Ok(json!({ "kind": "story-home-shelf", "version": 1, "records": [{ "note": id, "passage": passage }] }).to_string())
}

fn note_survives_an_edit_and_says_when_its_passage_is_gone(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    let words = select(visit, 2)?;
    visit.page.press(keys::ESCAPE)?;
    visit.open("/shelf")?;
    visit.page.find(&role("region").starting("읽을 글"))?;
    // As if the story had been edited since: other spaces, other punctuation; and a sentence that it does not have.
    let edited: String = words.split_whitespace().collect::<Vec<_>>().join("  ,");
    for (id, quote) in [("a1", edited.as_str()), ("b2", "이 문장은 이야기에 없어요")] {
        choose_file(visit, &file_with_note(visit, id, quote)?)?;
        is_told(visit, "1가지를 들여왔어요")?;
        is_stored(visit, quote)?;
    }
    visit.open("/notes")?;
    let lost = || Ok(visit.page.texts(&role("main"))?.join(" ").matches("본문에서 찾지 못했어요").count());
    visit.page.until_eq("one note without its passage", &1, lost)?;
    open(visit)?;
    is_painted(visit, "note-blue", &[&words])?;
    visit.page.until("words about the lost passage", || {
        let said = visit.page.texts(&notes())?.join(" ");
        ensure!(said.matches("본문에서 찾지 못했어요").count() == 1, "{said}");
        Ok(())
    })
}

fn axe_finds_nothing_on_notes(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    select(visit, 1)?;
    visit.page.press("h")?;
    is_stored(visit, "\"color\":\"yellow\"")?;
    for (name, theme) in [("밝게", "light"), ("어둡게", "dark")] {
        open(visit)?;
        choose(visit, "화면 밝기", name)?;
        root_has(visit, "data-theme", theme)?;
        select(visit, 3)?;
        axe::check(&visit.page, &format!("a story with a note and the bar, {theme}"))?;
        visit.page.press("m")?;
        has_focus(visit, "textbox", "메모")?;
        axe::check(&visit.page, &format!("writing a note, {theme}"))?;
        visit.open("/notes")?;
        visit.page.find(&role("button").named("메모 쓰기"))?;
        axe::check(&visit.page, &format!("the notes, {theme}"))?;
    }
    visit.open_narrow("notes", 320)?;
    visit.page.find(&role("button").named("메모 쓰기"))?;
    axe::check(&visit.page, "the notes on a phone")
}
