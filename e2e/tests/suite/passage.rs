//! Passages: selected, painted, written about, linked to, quoted, and found again.

use anyhow::{Result, ensure};
use e2e::{Engine, Locator, Outcome, Visit, keys, role};
use serde_json::{Value, json};

use crate::{
    house::{has_focus, is_headed, search_field, typed},
    scenario::{Scenario, scenarios},
    shelf::{is_stored, is_told, stored},
};

pub(crate) const KAFKA: &str = "Kafka 모니터링";

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        selection_is_highlighted_by_key_and_stays,
        note_is_written_edited_removed_and_undone,
        clicked_highlight_can_be_recoloured,
        bar_is_reached_and_left_by_keyboard,
        bar_never_covers_the_selection_on_a_phone,
        copied_link_leads_to_its_passage,
        link_with_a_text_fragment_works_inside_the_app,
        quotation_names_its_story,
    ]
}

/// Opens the story and waits for its text.
pub(crate) fn open(visit: &Visit<'_>) -> Outcome {
    visit.open(&visit.archive.titled(KAFKA)?.path())?;
    is_headed(visit, KAFKA)
}

/// Selects the first sentence or so of a paragraph of the story, and gives the words.
pub(crate) fn select(visit: &Visit<'_>, paragraph: usize) -> Result<String> {
    let script = r"
        const paragraph = [...arguments[0].querySelectorAll('.body > p')].filter((p) => p.textContent.length > 60)[arguments[1]];
        paragraph.scrollIntoView({ block: 'center' });
        const text = [...paragraph.childNodes].find((node) => node.nodeType === 3 && node.data.trim().length > 20);
        const from = text.data.length - text.data.trimStart().length;
        getSelection().setBaseAndExtent(text, from, text, from + 18);
        return getSelection().toString().trim();
    ";
    let words = visit.page.on(&role("article"), script, json!(paragraph))?.as_str().unwrap_or_default().to_owned();
    ensure!(10 < words.chars().count(), "selected only {words:?}");
    visit.page.find(&bar())?;
    Ok(words)
}

fn bar() -> Locator {
    role("region").named("고른 글")
}

/// Waits until exactly these words are painted under a name.
pub(crate) fn is_painted(visit: &Visit<'_>, name: &str, expected: &[&str]) -> Outcome {
    let script = "return [...(CSS.highlights.get(arguments[0]) ?? [])].map((range) => range.toString())";
    visit.page.until_eq(&format!("what is painted as {name}"), &json!(expected), || visit.page.run(script, &[json!(name)]))
}

/// Waits until the painted passage is on the screen.
pub(crate) fn is_in_view(visit: &Visit<'_>, name: &str) -> Outcome {
    let script = "const [range] = CSS.highlights.get(arguments[0]) ?? []; if (!range) return null; const box = range.getBoundingClientRect(); return 0 <= box.top && box.bottom <= innerHeight";
    visit.page.until_eq("the passage in view", &json!(true), || visit.page.run(script, &[json!(name)]))
}

pub(crate) fn notes() -> Locator {
    role("region").named("이 이야기의 메모")
}

fn selection_is_highlighted_by_key_and_stays(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    let first = select(visit, 1)?;
    visit.page.press("h")?;
    is_told(visit, "노랑으로 칠했어요")?;
    is_painted(visit, "note-yellow", &[&first])?;
    visit.page.until_gone(&bar())?;
    let second = select(visit, 3)?;
    visit.page.click(&role("button").named("초록").within(&bar()))?;
    is_told(visit, "초록으로 칠했어요")?;
    is_painted(visit, "note-green", &[&second])?;
    is_stored(visit, "\"color\":\"green\"")?;
    visit.reload()?;
    is_painted(visit, "note-yellow", &[&first])?;
    is_painted(visit, "note-green", &[&second])?;
    // In the order of the text, whatever the order they were made in.
    visit.page.until_eq("the list of notes", &vec![first, second], || visit.page.names(&role("link").within(&notes())))?;
    // Paint does not stay behind on another story.
    visit.page.click(&role("link").named("서재"))?;
    is_headed(visit, "서재")?;
    is_painted(visit, "note-yellow", &[])
}

fn note_is_written_edited_removed_and_undone(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    select(visit, 1)?;
    visit.page.press("m")?;
    let field = role("textbox").named("메모");
    has_focus(visit, "textbox", "메모")?;
    visit.page.type_into(&field, "우리 팀도 이렇게 해 보자")?;
    visit.page.session().press_with(keys::CONTROL, keys::ENTER)?;
    is_told(visit, "메모를 남겼어요")?;
    is_stored(visit, "우리 팀도 이렇게 해 보자")?;
    visit.page.click(&role("button").named("메모 고치기").within(&notes()))?;
    has_focus(visit, "textbox", "메모")?;
    visit.page.type_into(&field.within(&notes()), "!")?;
    visit.page.click(&role("button").named("저장").within(&notes()))?;
    is_stored(visit, "해 보자!")?;
    has_focus(visit, "button", "메모 고치기")?;
    visit.page.click(&role("button").named("지우기").within(&notes()))?;
    is_told(visit, "메모를 지웠어요")?;
    visit.page.until_gone(&notes())?;
    is_painted(visit, "note-yellow", &[])?;
    visit.page.until("a store without the words", || {
        ensure!(!stored(visit)?.contains("우리 팀도"), "the words are still stored");
        Ok(())
    })?;
    visit.page.click(&role("button").named("되돌리기"))?;
    visit.page.find(&notes())?;
    visit.page.until("the words", || {
        let said = visit.page.texts(&notes())?.join(" ");
        ensure!(said.contains("해 보자!"), "{said}");
        Ok(())
    })
}

fn clicked_highlight_can_be_recoloured(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    let words = select(visit, 1)?;
    visit.page.press("h")?;
    is_painted(visit, "note-yellow", &[&words])?;
    let middle = "const [range] = CSS.highlights.get('note-yellow'); const box = range.getClientRects()[0]; return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]";
    let at = visit.page.run(middle, &[])?;
    let number = |index: usize| at.get(index).and_then(Value::as_i64).unwrap_or_default();
    visit.page.session().click_at((number(0), number(1)))?;
    let pink = role("button").named("분홍").within(&bar());
    visit.page.click(&pink)?;
    is_painted(visit, "note-yellow", &[])?;
    is_painted(visit, "note-pink", &[&words])?;
    is_stored(visit, "\"color\":\"pink\"")
}

fn bar_is_reached_and_left_by_keyboard(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    select(visit, 1)?;
    visit.page.press("b")?;
    has_focus(visit, "button", "노랑")?;
    for _ in 0..3 {
        visit.page.press(keys::TAB)?;
    }
    has_focus(visit, "button", "분홍")?;
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_gone(&bar())?;
    has_focus(visit, "heading", KAFKA)?;
    // Esc closed the bar and did not leave the story.
    is_headed(visit, KAFKA)?;
    select(visit, 1)?;
    visit.page.press("b")?;
    visit.page.press(keys::ENTER)?;
    is_told(visit, "노랑으로 칠했어요")
}

fn bar_never_covers_the_selection_on_a_phone(visit: &Visit<'_>) -> Outcome {
    visit.open_narrow(&visit.archive.titled(KAFKA)?.path(), 360)?;
    is_headed(visit, KAFKA)?;
    for block in ["start", "center", "end"] {
        let script = r"
            const paragraph = [...arguments[0].querySelectorAll('.body > p')].filter((p) => p.textContent.length > 60)[3];
            paragraph.scrollIntoView({ block: arguments[1] });
            const text = [...paragraph.childNodes].find((node) => node.nodeType === 3 && node.data.trim().length > 20);
            getSelection().setBaseAndExtent(text, 1, text, 15);
        ";
        visit.page.on(&role("article"), script, json!(block))?;
        let overlap = "const bar = document.getElementById('passage-bar'); if (bar.hidden) return 'hidden'; const a = bar.getBoundingClientRect(); \
                       const b = getSelection().getRangeAt(0).getBoundingClientRect(); return a.top < b.bottom && b.top < a.bottom ? 'covers' : 'free'";
        visit.page.until_eq(&format!("the bar beside a selection at the {block}"), &json!("free"), || visit.page.run(overlap, &[]))?;
        visit.page.run("getSelection().removeAllRanges()", &[])?;
        visit.page.until_gone(&bar())?;
    }
    Ok(())
}

/// What a button of the bar puts on the clipboard, pasted into the search field (which loses line breaks).
fn copied(visit: &Visit<'_>, button: &str, told: &str) -> Result<String> {
    visit.page.click(&role("button").named(button).within(&bar()))?;
    is_told(visit, told)?;
    // Pasted as text elsewhere: the app's own field would begin a search.
    visit
        .page
        .run("const field = document.createElement('textarea'); field.id = 'pasted'; document.body.prepend(field); field.focus();", &[])?;
    visit.page.session().press_with(keys::CONTROL, "v")?;
    let read = "return document.getElementById('pasted').value";
    visit.page.until("the pasted text", || {
        let text = visit.page.run(read, &[])?.as_str().unwrap_or_default().to_owned();
        ensure!(!text.is_empty(), "nothing was pasted");
        Ok(text)
    })
}

fn copied_link_leads_to_its_passage(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    let words = select(visit, 6)?;
    let link = copied(visit, "링크 복사", "링크를 복사했어요")?;
    ensure!(link.contains("/story/") && link.contains("#:~:text="), "{link}");
    visit.page.session().go("about:blank")?;
    visit.page.session().go(&link)?;
    is_headed(visit, KAFKA)?;
    // The published page has the text in it, so engines go there themselves. Chromium alone tells the page what it looked for.
    if visit.engine == Engine::Chromium {
        is_painted(visit, "passage-target", &[&words])?;
    }
    let in_view = "const block = [...arguments[0].querySelectorAll('.body > *')].find((block) => block.textContent.includes(arguments[1]));
        const box = block?.getBoundingClientRect();
        return Boolean(box) && box.bottom > 0 && box.top < innerHeight";
    visit.page.until_eq("the passage on the screen", &json!(true), || visit.page.on(&role("article"), in_view, json!(words)))
}

fn link_with_a_text_fragment_works_inside_the_app(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    let words = select(visit, 6)?;
    visit.page.press(keys::ESCAPE)?;
    visit.open("/shelf")?;
    let script = "const link = document.createElement('a'); link.href = arguments[0]; link.textContent = 'to the passage'; document.querySelector('main').prepend(link);";
    let path = format!("{}#:~:text={}", visit.archive.titled(KAFKA)?.path(), e2e::archive::encode(&words));
    visit.page.run(script, &[json!(path)])?;
    visit.page.click(&role("link").named("to the passage"))?;
    is_headed(visit, KAFKA)?;
    is_painted(visit, "passage-target", &[&words])?;
    is_in_view(visit, "passage-target")
}

fn quotation_names_its_story(visit: &Visit<'_>) -> Outcome {
    open(visit)?;
    let words = select(visit, 1)?;
    let quotation = copied(visit, "인용 복사", "인용을 복사했어요")?;
    let card = visit.archive.titled(KAFKA)?;
    for part in [format!("“{words}”"), format!("— {KAFKA}"), card.company.clone().unwrap_or_default(), "#:~:text=".into()] {
        ensure!(quotation.contains(&part), "{part:?} is not in {quotation:?}");
    }
    ensure!(typed(visit)?.is_empty(), "{} was written into", search_field());
    Ok(())
}
