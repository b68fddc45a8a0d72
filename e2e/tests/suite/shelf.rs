//! What a reader keeps: put on the shelf, moved, read on, taken off, undone, carried elsewhere in a file.

use anyhow::{Result, ensure};
use e2e::{Locator, Outcome, Visit, axe, keys, role};
use serde_json::{Value, json};

use crate::{
    house::{has_focus, is_headed},
    preferences::{choose, root_has},
    scenario::{Scenario, scenarios},
};

pub(crate) const KAFKA: &str = "Kafka 모니터링";
pub(crate) const DOCKER: &str = "docker the cloud";

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        story_goes_on_the_shelf_and_stays_there,
        card_moves_by_keyboard_and_says_so,
        card_moves_by_drag,
        taking_off_can_be_undone,
        reading_on_moves_a_story_and_is_continued_where_it_stopped,
        opening_a_story_alone_leaves_no_trace,
        history_can_be_cleared_and_brought_back,
        tabs_stay_in_step,
        axe_finds_nothing_on_the_shelf,
    ]
}

/// The column of the board with this name.
pub(crate) fn column(name: &str) -> Locator {
    role("region").starting(name)
}

/// A card's title in a column.
pub(crate) fn card(column_name: &str, title: &str) -> Locator {
    role("heading").level(3).named(title).within(&column(column_name))
}

/// Opens a story and puts it on the shelf.
pub(crate) fn put_on_shelf(visit: &Visit<'_>, title: &str) -> Outcome {
    visit.open(&visit.archive.titled(title)?.path())?;
    is_headed(visit, title)?;
    visit.page.click(&role("button").containing("서재에 담기"))?;
    is_pressed(visit, "읽을 글")
}

pub(crate) fn is_pressed(visit: &Visit<'_>, name: &str) -> Outcome {
    let choice = role("button").named(name).within(&role("group").named("서재의 칸"));
    visit.page.until_eq("the pressed choice", &Some("true".to_owned()), || visit.page.attribute(&choice, "aria-pressed"))
}

/// Waits until the line at the foot says this.
pub(crate) fn is_told(visit: &Visit<'_>, part: &str) -> Outcome {
    visit.page.until("the words of what was done", || {
        let said = visit.page.texts(&role("status"))?;
        ensure!(said.iter().any(|words| words.contains(part)), "expected {part:?} among {said:?}");
        Ok(())
    })
}

/// Waits until what was done is stored: nothing on the page shows it, so the database is asked.
pub(crate) fn is_stored(visit: &Visit<'_>, part: &str) -> Outcome {
    visit.page.until("the stored record", || {
        let all = stored(visit)?;
        ensure!(all.contains(part), "{part:?} is not in {all}");
        Ok(())
    })
}

/// Every stored record, as text.
pub(crate) fn stored(visit: &Visit<'_>) -> Result<String> {
    let script = r"
        const done = arguments[arguments.length - 1];
        const opening = indexedDB.open('story-home');
        opening.onerror = () => done('');
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('shelf')) { database.close(); return done(''); }
          const reading = database.transaction('shelf').objectStore('shelf').getAll();
          reading.onsuccess = () => { database.close(); done(reading.result.join('\n')); };
        };
    ";
    Ok(visit.page.session().run_async(script, &[])?.as_str().unwrap_or_default().to_owned())
}

fn story_goes_on_the_shelf_and_stays_there(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    is_told(visit, "‘읽을 글’ 칸에 두었어요")?;
    has_focus(visit, "button", "읽을 글")?;
    visit.page.click(&role("button").named("다 읽음").within(&role("group").named("서재의 칸")))?;
    is_pressed(visit, "다 읽음")?;
    is_stored(visit, "\"is\":\"done\"")?;
    visit.reload()?;
    is_pressed(visit, "다 읽음")?;
    visit.page.click(&role("link").named("서재"))?;
    is_headed(visit, "서재")?;
    visit.page.find(&card("다 읽음", KAFKA))?;
    visit.page.click(&role("link").named(KAFKA).within(&column("다 읽음")))?;
    is_headed(visit, KAFKA)
}

fn card_moves_by_keyboard_and_says_so(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    visit.open("/shelf")?;
    let handle = role("button").named("‘Kafka 모니터링’ 옮기기");
    visit.page.on(&handle, "arguments[0].focus()", Value::Null)?;
    for (key, name) in [(keys::ARROW_RIGHT, "읽는 중"), (keys::ARROW_RIGHT, "다 읽음"), (keys::ARROW_LEFT, "읽는 중")] {
        visit.page.press(key)?;
        visit.page.find(&card(name, KAFKA))?;
        is_told(visit, &format!("‘{name}’ 칸에 두었어요"))?;
        has_focus(visit, "button", "‘Kafka 모니터링’ 옮기기")?;
    }
    visit.page.click(&role("button").named("‘Kafka 모니터링’ 왼쪽 칸으로"))?;
    visit.page.find(&card("읽을 글", KAFKA)).map(drop)
}

/// The middle of the one element, in the window.
fn middle(visit: &Visit<'_>, locator: &Locator) -> Result<(i64, i64)> {
    let script =
        "const box = arguments[0].getBoundingClientRect(); return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]";
    let at = visit.page.on(locator, script, Value::Null)?;
    let number = |index: usize| at.get(index).and_then(Value::as_i64).unwrap_or_default();
    Ok((number(0), number(1)))
}

fn card_moves_by_drag(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    visit.open("/shelf")?;
    let from = middle(visit, &role("button").named("‘Kafka 모니터링’ 옮기기"))?;
    let to = middle(visit, &column("다 읽음"))?;
    visit.page.session().drag(from, to)?;
    visit.page.find(&card("다 읽음", KAFKA))?;
    let leftovers = visit.page.run("return document.querySelectorAll('[data-dragging], [data-over]').length", &[])?;
    ensure!(leftovers == 0, "{leftovers} elements still look dragged");
    Ok(())
}

fn taking_off_can_be_undone(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    visit.open("/shelf")?;
    visit.page.click(&role("button").named("‘Kafka 모니터링’ 서재에서 빼기"))?;
    visit.page.until_gone(&card("읽을 글", KAFKA))?;
    is_told(visit, "서재에서 뺐어요")?;
    // The focus is not lost with the card.
    visit.page.until_eq("the focus", &"heading".to_owned(), || Ok(visit.page.focus()?.0))?;
    visit.page.click(&role("button").named("되돌리기"))?;
    visit.page.find(&card("읽을 글", KAFKA))?;
    has_focus(visit, "button", "‘Kafka 모니터링’ 옮기기")?;
    visit.reload()?;
    visit.page.find(&card("읽을 글", KAFKA)).map(drop)
}

/// Scrolls until this part of the story is at the top of the screen, and gives the paragraph there.
fn read_to(visit: &Visit<'_>, part: f64) -> Result<String> {
    let script = "const body = arguments[0].querySelector('.body'); const box = body.getBoundingClientRect(); \
                  scrollTo(0, scrollY + box.top + box.height * arguments[1]); \
                  const block = [...body.children].find((block) => block.getBoundingClientRect().bottom > 48); return block.textContent";
    let paragraph = visit.page.on(&role("article"), script, json!(part))?.as_str().unwrap_or_default().to_owned();
    // Somebody reads what is drawn; a driver could scroll on before that, and the page would never hear of this place.
    let drawn = "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
    visit.page.session().run_async(drawn, &[])?;
    Ok(paragraph)
}

fn reading_on_moves_a_story_and_is_continued_where_it_stopped(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    let paragraph = read_to(visit, 0.5)?;
    // At once, without a pause after the scrolling: leaving the story notes the place.
    visit.page.click(&role("link").named("서재"))?;
    visit.page.find(&card("읽는 중", KAFKA))?;
    visit
        .page
        .click(&role("link").named(KAFKA).within(&role("listitem").within(&role("list").within(&role("region").named("이어 읽기")))))?;
    is_headed(visit, KAFKA)?;
    let at_top = "const block = [...arguments[0].querySelector('.body').children].find((block) => block.getBoundingClientRect().bottom > 48); return block.textContent";
    visit.page.until_eq("the paragraph on top", &json!(paragraph), || visit.page.on(&role("article"), at_top, Value::Null))
}

fn opening_a_story_alone_leaves_no_trace(visit: &Visit<'_>) -> Outcome {
    visit.open(&visit.archive.titled(KAFKA)?.path())?;
    is_headed(visit, KAFKA)?;
    // Leaving a story notes where the reader is, if they are far enough in it.
    visit.page.run("scrollTo(0, 40)", &[])?;
    visit.page.click(&role("link").named("서재"))?;
    visit.page.until("the empty history", || {
        let said = visit.page.texts(&role("region").named("읽은 기록"))?.join(" ");
        ensure!(said.contains("아직 읽은 이야기가 없어요"), "{said}");
        Ok(())
    })?;
    put_on_shelf(visit, DOCKER)?;
    is_stored(visit, DOCKER)?;
    ensure!(!stored(visit)?.contains(KAFKA), "a story that was only opened is stored");
    Ok(())
}

fn history_can_be_cleared_and_brought_back(visit: &Visit<'_>) -> Outcome {
    for title in [KAFKA, DOCKER] {
        visit.open(&visit.archive.titled(title)?.path())?;
        is_headed(visit, title)?;
        read_to(visit, 0.4)?;
        is_stored(visit, title)?;
    }
    visit.open("/shelf")?;
    let history = role("region").named("읽은 기록");
    let rows = || visit.page.names(&role("link").within(&history));
    visit.page.until_eq("the last read first", &vec![DOCKER.to_owned(), KAFKA.to_owned()], rows)?;
    visit.page.click(&role("button").named("‘docker the cloud’ 읽은 기록 지우기"))?;
    visit.page.until_eq("one less", &vec![KAFKA.to_owned()], rows)?;
    visit.page.click(&role("button").named("기록 모두 지우기"))?;
    visit.page.until_eq("an empty history", &Vec::<String>::new(), rows)?;
    has_focus(visit, "heading", "읽은 기록")?;
    visit.page.until("a store without titles", || {
        ensure!(!stored(visit)?.contains(KAFKA), "the story is still stored");
        Ok(())
    })?;
    visit.page.session().press_with(keys::CONTROL, "z")?;
    visit.page.until_eq("the history before", &vec![KAFKA.to_owned()], rows)
}

fn tabs_stay_in_step(visit: &Visit<'_>) -> Outcome {
    visit.open_beside("shelf", &visit.archive.titled(KAFKA)?.path())?;
    visit.page.find(&column("읽을 글"))?;
    visit.run_beside("other_tab.getElementById('shelf-put').click()")?;
    visit.page.find(&card("읽을 글", KAFKA))?;
    // And back.
    visit.page.click(&role("button").named("‘Kafka 모니터링’ 오른쪽 칸으로"))?;
    let pressed = "return other_tab.getElementById('shelf-reading').getAttribute('aria-pressed')";
    visit.page.until_eq("the other tab's choice", &json!("true"), || visit.run_beside(pressed))
}

fn axe_finds_nothing_on_the_shelf(visit: &Visit<'_>) -> Outcome {
    put_on_shelf(visit, KAFKA)?;
    read_to(visit, 0.5)?;
    is_stored(visit, "\"place\"")?;
    for (name, theme) in [("밝게", "light"), ("어둡게", "dark")] {
        visit.open("/shelf")?;
        visit.page.find(&card("읽는 중", KAFKA))?;
        choose(visit, "화면 밝기", name)?;
        root_has(visit, "data-theme", theme)?;
        axe::check(&visit.page, &format!("the shelf, {theme}"))?;
    }
    visit.open_narrow("shelf", 320)?;
    visit.page.find(&card("읽는 중", KAFKA))?;
    axe::check(&visit.page, "the shelf on a phone")
}
