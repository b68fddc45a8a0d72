//! The tools of a story: its contents, how far the reader is, finding in it, notes over the text, the look of text.

use anyhow::{Result, ensure};
use e2e::{Locator, Outcome, Visit, keys, role};
use serde_json::{Value, json};

use crate::{
    house::{has_focus, headline, is_headed},
    preferences::choose,
    scenario::{Scenario, scenarios},
};

const ARTICLE: &str = "공용 계정용 OTP 관리방법";
const INTERVIEW: &str = "KT 채용 필수 정보! 실무자가 직접 말하는 KT 人사이드(IT 직무 편)";

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        contents_follow_the_reader,
        contents_of_an_interview_are_its_questions,
        contents_are_a_sheet_on_a_phone,
        time_left_runs_down_to_the_end,
        focus_mode_leaves_nothing_but_the_story,
        places_in_a_story_are_found_counted_and_walked,
        footnote_opens_over_the_text,
        look_of_text_changes_at_once,
        tools_fit_the_narrowest_phone,
    ]
}

fn open(visit: &Visit<'_>, title: &str) -> Outcome {
    visit.open(&visit.archive.titled(title)?.path())?;
    is_headed(visit, title)?;
    visit.page.until("the body", || {
        ensure!(!visit.page.all(&role("paragraph").within(&role("article")))?.is_empty(), "no paragraph yet");
        Ok(())
    })
}

fn contents() -> Locator {
    role("navigation").named("차례")
}

fn tool(name: &str) -> Locator {
    role("button").named(name).within(&role("group").named("읽기 도구"))
}

/// What the contents mark as being read.
fn is_current(visit: &Visit<'_>, expected: &str) -> Outcome {
    let script = "return [...arguments[0].querySelectorAll('[aria-current=location]')].map((link) => link.textContent)";
    visit.page.until_eq("the line that is marked", &json!([expected]), || visit.page.on(&contents(), script, Value::Null))
}

/// The texts of the story's elements of a kind, without the links to themselves.
fn texts_of(visit: &Visit<'_>, selector: &str) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((element) => { const copy = element.cloneNode(true); \
                  copy.querySelectorAll('.body__anchor, .body__mark').forEach((part) => part.remove()); return copy.textContent.trim(); })";
    let texts = visit.page.run(script, &[json!(selector)])?;
    Ok(texts.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Scrolls an element to a little below the upper edge.
fn read_at(visit: &Visit<'_>, selector: &str, index: usize) -> Outcome {
    let script = "const element = document.querySelectorAll(arguments[0])[arguments[1]]; scrollTo(0, scrollY + element.getBoundingClientRect().top - 120)";
    visit.page.run(script, &[json!(selector), json!(index)])?;
    Ok(())
}

fn contents_follow_the_reader(visit: &Visit<'_>) -> Outcome {
    open(visit, ARTICLE)?;
    let headings = texts_of(visit, ".body > h2")?;
    ensure!(3 <= headings.len(), "{headings:?}");
    visit.page.until_eq("the lines of the contents", &headings, || visit.page.names(&role("link").within(&contents())))?;
    for (index, heading) in headings.iter().enumerate().take(3) {
        read_at(visit, ".body > h2", index)?;
        is_current(visit, heading)?;
    }
    let first = headings.first().map(String::as_str).unwrap_or_default();
    visit.page.click(&role("link").named(first).within(&contents()))?;
    is_current(visit, first)?;
    let in_view = "const top = document.querySelector('.body > h2').getBoundingClientRect().top; return 0 <= top && top < innerHeight / 2";
    visit.page.until_eq("the heading in view", &json!(true), || visit.page.run(in_view, &[]))
}

fn contents_of_an_interview_are_its_questions(visit: &Visit<'_>) -> Outcome {
    open(visit, INTERVIEW)?;
    let questions = texts_of(visit, ".body > .body__question")?;
    ensure!(5 <= questions.len(), "{questions:?}");
    let lines = visit.page.names(&role("link").within(&contents()))?;
    ensure!(questions.iter().all(|question| lines.contains(question)), "{questions:?} are not all among {lines:?}");
    for index in [1, 4] {
        read_at(visit, ".body > .body__question", index)?;
        is_current(visit, questions.get(index).map(String::as_str).unwrap_or_default())?;
    }
    Ok(())
}

fn contents_are_a_sheet_on_a_phone(visit: &Visit<'_>) -> Outcome {
    visit.open_narrow(&visit.archive.titled(ARTICLE)?.path(), 360)?;
    is_headed(visit, ARTICLE)?;
    let heading = || Ok::<_, anyhow::Error>(texts_of(visit, ".body > h2")?.pop().unwrap_or_default());
    visit.page.until("the contents' button", || visit.page.find(&tool("차례")))?;
    let last = heading()?;
    visit.page.until_gone(&role("link").named(&last).within(&contents()))?;
    visit.page.click(&tool("차례"))?;
    // The sheet takes the focus with the next frame; nobody presses something in it before it is drawn.
    let focused = "return document.activeElement?.id ?? ''";
    visit.page.until_eq("the focus in the sheet", &json!("contents"), || visit.page.run(focused, &[]))?;
    visit.page.click(&role("link").named(&last).within(&contents()))?;
    visit.page.until_gone(&role("link").named(&last).within(&contents()))?;
    let in_view =
        "const top = [...document.querySelectorAll('.body > h2')].at(-1).getBoundingClientRect().top; return 0 <= top && top < innerHeight";
    visit.page.until_eq("the heading in view", &json!(true), || visit.page.run(in_view, &[]))
}

fn time_left_runs_down_to_the_end(visit: &Visit<'_>) -> Outcome {
    open(visit, ARTICLE)?;
    let shown = || Ok::<_, anyhow::Error>(visit.page.texts(&role("group").named("읽기 도구"))?.join(" "));
    let percent = "return document.querySelector('.reading-bar progress').value";
    let minutes = visit.archive.titled(ARTICLE)?.n_chars.div_ceil(500);
    visit.page.until("the whole time", || {
        ensure!(shown()?.contains(&format!("{minutes}분 남음")), "{:?} instead of {minutes} minutes", shown()?);
        Ok(())
    })?;
    read_at(visit, ".body > h2", 2)?;
    visit.page.until("some of the way", || {
        let percent = visit.page.run(percent, &[])?.as_f64().unwrap_or_default();
        ensure!(20.0 < percent && percent < 100.0, "{percent} of 100");
        Ok(())
    })?;
    visit.page.run("scrollTo(0, document.body.scrollHeight)", &[])?;
    visit.page.until_eq("all of the way", &json!(100), || visit.page.run(percent, &[]))?;
    visit.page.until("the end", || {
        ensure!(shown()?.contains("다 읽었어요"), "{:?}", shown()?);
        Ok(())
    })
}

fn focus_mode_leaves_nothing_but_the_story(visit: &Visit<'_>) -> Outcome {
    open(visit, ARTICLE)?;
    visit.page.find(&contents())?;
    visit.page.press("m")?;
    for gone in [contents(), role("banner"), role("contentinfo")] {
        visit.page.until_gone(&gone)?;
    }
    visit.page.find(&headline())?;
    ensure!(visit.page.attribute(&tool("몰입"), "aria-pressed")?.as_deref() == Some("true"), "the button does not say so");
    visit.page.press(keys::ESCAPE)?;
    visit.page.find(&contents())?;
    is_headed(visit, ARTICLE)?;
    // Leaving the story ends it.
    visit.page.click(&tool("몰입"))?;
    visit.page.until_gone(&role("banner"))?;
    visit.page.click(&role("link").named("목록으로"))?;
    visit.page.find(&role("banner")).map(drop)
}

fn places_in_a_story_are_found_counted_and_walked(visit: &Visit<'_>) -> Outcome {
    open(visit, ARTICLE)?;
    visit.page.press("f")?;
    has_focus(visit, "searchbox", "이 이야기에서 찾기")?;
    visit.page.type_into(&role("searchbox").named("이 이야기에서 찾기"), "비밀키")?;
    let marks = "return [...document.querySelectorAll('.body mark')].map((mark) => mark.textContent)";
    visit.page.until("marks", || {
        let marks = visit.page.run(marks, &[])?;
        let marks = marks.as_array().cloned().unwrap_or_default();
        ensure!(2 <= marks.len() && marks.iter().all(|mark| mark.as_str().is_some_and(|mark| mark.starts_with("비밀키"))), "{marks:?}");
        Ok(())
    })?;
    let n = visit.page.run(marks, &[])?.as_array().map_or(0, Vec::len);
    let place =
        "const marks = [...document.querySelectorAll('.body mark')]; return marks.findIndex((mark) => mark.hasAttribute('data-current'))";
    visit.page.until("the place to begin", || {
        ensure!(visit.page.run(place, &[])? != json!(-1), "no mark is the current one");
        Ok(())
    })?;
    let first = visit.page.run(place, &[])?.as_u64().unwrap_or_default();
    let says = |index: u64| {
        let expected = format!("{n}곳 중 {}번째", index + 1);
        visit.page.until("the count", || {
            let said = visit.page.texts(&role("search").named("이 이야기에서 찾기"))?.join(" ");
            ensure!(said.contains(&expected), "{said:?} instead of {expected:?}");
            Ok(())
        })
    };
    says(first)?;
    visit.page.press(keys::ENTER)?;
    says((first + 1) % n as u64)?;
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_eq("no marks", &json!([]), || visit.page.run(marks, &[]))?;
    is_headed(visit, ARTICLE)
}

fn footnote_opens_over_the_text(visit: &Visit<'_>) -> Outcome {
    open(visit, ARTICLE)?;
    let note = role("note").named("주석 1");
    visit.page.until_gone(&note)?;
    let before = visit.page.run("return scrollY", &[])?;
    visit.page.on(&role("button").named("주석 1"), "arguments[0].focus({ preventScroll: true })", Value::Null)?;
    visit.page.press(keys::ENTER)?;
    visit.page.find(&note)?;
    ensure!(visit.page.run("return scrollY", &[])? == before, "the page has moved");
    let text = visit.page.text(&note)?;
    let listed = texts_of(visit, ".body__references li")?.concat();
    ensure!(!text.is_empty() && listed.starts_with(&text), "{text:?} is not the note {listed:?}");
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_gone(&note)?;
    is_headed(visit, ARTICLE)
}

fn look_of_text_changes_at_once(visit: &Visit<'_>) -> Outcome {
    open(visit, ARTICLE)?;
    visit.page.run("window.isTheSamePage = true", &[])?;
    let look = "const style = getComputedStyle(document.querySelector('.body > p')); \
                return [parseFloat(style.fontSize), parseFloat(style.lineHeight) / parseFloat(style.fontSize), parseFloat(style.width), style.fontFamily]";
    let measure = || visit.page.run(look, &[]);
    for (group, name, at) in [("글 너비", "좁게", 2), ("글자 크기", "아주 크게", 0), ("줄 간격", "넓게", 1), ("글꼴", "명조", 3)]
    {
        let before = measure()?;
        choose(visit, group, name)?;
        visit.page.until(&format!("text after {group} {name}"), || {
            let after = measure()?;
            ensure!(after.get(at) != before.get(at), "{after} as before");
            Ok(())
        })?;
    }
    ensure!(visit.page.run("return window.isTheSamePage", &[])? == json!(true), "the page was loaded again");
    // It stays.
    let chosen = measure()?;
    visit.reload()?;
    visit.page.until("the body", || {
        let after = measure()?;
        ensure!(after == chosen, "{after} instead of {chosen}");
        Ok(())
    })
}

fn tools_fit_the_narrowest_phone(visit: &Visit<'_>) -> Outcome {
    visit.open_narrow(&visit.archive.titled(ARTICLE)?.path(), 320)?;
    is_headed(visit, ARTICLE)?;
    for name in ["차례", "찾기", "몰입"] {
        visit.page.find(&tool(name))?;
    }
    visit.page.click(&tool("찾기"))?;
    has_focus(visit, "searchbox", "이 이야기에서 찾기")?;
    let outside = "return [...document.querySelectorAll('.reading-tools *')].filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1).map((element) => element.className)";
    visit.page.until_eq("nothing beyond the edge", &json!([]), || visit.page.run(outside, &[]))?;
    visit
        .page
        .until_eq("no sideways scroll", &json!(true), || visit.page.run("return document.documentElement.scrollWidth <= innerWidth", &[]))
}
