//! Search: whatever way a reader types it, the right story leads, and the place is marked.

use anyhow::{Result, ensure};
use e2e::{Outcome, Visit, keys, role};
use serde_json::{Value, json};

use crate::{
    house::{has_query, is_at, open_story, query_parameter, says_count, search_field, search_for, story_list, titles, typed},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        finds_story_by_half_typed_syllable,
        finds_story_by_word_with_particle,
        finds_story_whatever_the_case,
        finds_story_by_words_of_two_scripts,
        finds_story_by_tag_word,
        says_when_it_read_the_query_differently,
        marks_the_words_in_the_snippet,
        marks_the_words_in_the_opened_story,
        search_opened_fresh_shows_the_same,
        search_from_a_story_leads_to_results,
        nothing_found_has_a_way_on,
        typing_letter_by_letter_keeps_text_and_results,
        clearing_brings_every_story_back,
        fast_typing_ends_in_the_right_results,
        two_hundred_keystrokes_lose_nothing,
        pasted_query_shows_results_in_the_right_order,
    ]
}

/// Waits until these stories lead the results, in any order among themselves.
pub(crate) fn lead(visit: &Visit<'_>, leaders: &[&str]) -> Outcome {
    visit.page.until("the right stories to lead", || {
        let titles = titles(&visit.page)?;
        let first: Vec<&str> = titles.iter().take(leaders.len()).map(String::as_str).collect();
        ensure!(leaders.iter().all(|leader| first.contains(leader)), "expected {leaders:?} to lead\n     but are {titles:?}");
        ensure!(titles.len() < visit.archive.cards.len(), "the search narrowed nothing");
        Ok(())
    })
}

/// The marked passages of the first result.
pub(crate) fn marks_of_first_result(visit: &Visit<'_>) -> Result<Vec<String>> {
    let script = "return [...arguments[0].querySelector('article').querySelectorAll('mark')].filter((mark) => mark.checkVisibility()).map((mark) => mark.textContent)";
    visit.page.until("marks in the first result", || {
        let marks = visit.page.on(&story_list(), script, Value::Null)?;
        let marks: Vec<String> = marks.as_array().into_iter().flatten().map(|mark| mark.as_str().unwrap_or_default().to_owned()).collect();
        ensure!(!marks.is_empty(), "the first result has no mark");
        Ok(marks)
    })
}

fn finds_story_by_half_typed_syllable(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "카프ㅋ")?;
    lead(visit, &["Kafka 모니터링"])?;
    marks_of_first_result(visit).map(drop)
}

fn finds_story_by_word_with_particle(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "모니터링을")?;
    lead(visit, &["Kafka 모니터링", "DevOps 팀을 위한 모니터링 팁"])?;
    let marks = marks_of_first_result(visit)?;
    ensure!(marks.iter().any(|mark| mark.starts_with("모니터링")), "the word is not marked: {marks:?}");
    Ok(())
}

fn finds_story_whatever_the_case(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "DOCKER")?;
    lead(visit, &["docker the cloud"])?;
    let marks = marks_of_first_result(visit)?;
    ensure!(marks.iter().any(|mark| mark.eq_ignore_ascii_case("docker") || mark.starts_with("도커")), "the word is not marked: {marks:?}");
    Ok(())
}

fn finds_story_by_words_of_two_scripts(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "스포카 린트")?;
    lead(visit, &["flake8-import-order-spoqa"])?;
    marks_of_first_result(visit).map(drop)
}

fn finds_story_by_tag_word(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "node.js")?;
    lead(visit, &["리디북스 서버 스택 소개"])
}

fn says_when_it_read_the_query_differently(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    // 카프카 on a keyboard that was left in Latin.
    search_for(visit, "zkvmzk")?;
    lead(visit, &["Kafka 모니터링"])?;
    visit.page.until("the note about the reading", || {
        let main = visit.page.texts(&role("main"))?.join(" ");
        ensure!(main.contains("‘zkvmzk’") && main.contains("카프카"), "nothing says how ‘zkvmzk’ was read");
        Ok(())
    })?;
    visit.open("/?q=docker")?;
    lead(visit, &["docker the cloud"])?;
    let main = visit.page.texts(&role("main"))?.join(" ");
    ensure!(!main.contains("‘docker’"), "an exact hit is explained: {main}");
    Ok(())
}

/// The word itself, or its other spelling.
fn is_monitoring(mark: &str) -> bool {
    mark.contains("모니터링") || mark.eq_ignore_ascii_case("monitoring")
}

fn marks_the_words_in_the_snippet(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "모니터링")?;
    lead(visit, &["Kafka 모니터링", "DevOps 팀을 위한 모니터링 팁"])?;
    let marks = marks_of_first_result(visit)?;
    ensure!(marks.iter().any(|mark| mark.contains("모니터링")) && marks.iter().all(|mark| is_monitoring(mark)), "the marks are {marks:?}");
    // The browser itself must know the marks as such, not only their colour.
    let role_of_mark = visit.page.all(&role("mark").within(&story_list()))?;
    ensure!(!role_of_mark.is_empty(), "the marks are no mark elements");
    Ok(())
}

fn marks_the_words_in_the_opened_story(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "모니터링")?;
    open_story(visit, "DevOps 팀을 위한 모니터링 팁")?;
    ensure!(query_parameter(&visit.page, "q")?.as_deref() == Some("모니터링"), "the story's address lost the query");
    visit.page.until("marks in the story", || {
        let marks = visit.page.texts(&role("mark").within(&role("article")))?;
        ensure!(2 <= marks.len() && marks.iter().all(|mark| is_monitoring(mark)), "the marks are {marks:?}");
        Ok(())
    })?;
    let card = visit.archive.titled("DevOps 팀을 위한 모니터링 팁")?;
    visit.open(&card.path())?;
    visit.page.until_gone(&role("mark").within(&role("article")))
}

fn search_opened_fresh_shows_the_same(visit: &Visit<'_>) -> Outcome {
    visit.open("/?q=모니터링을")?;
    lead(visit, &["Kafka 모니터링", "DevOps 팀을 위한 모니터링 팁"])?;
    ensure!(typed(visit)? == "모니터링을", "the field does not show the query: {:?}", typed(visit)?);
    let before = titles(&visit.page)?;
    visit.reload()?;
    visit.page.until_eq("the same results", &before, || titles(&visit.page))
}

fn search_from_a_story_leads_to_results(visit: &Visit<'_>) -> Outcome {
    visit.open(&visit.archive.titled("스타트업 CTO의 일")?.path())?;
    visit.page.type_into(&search_field(), "docker")?;
    visit.page.type_into(&search_field(), e2e::keys::ENTER)?;
    is_at(visit, "/?q=docker")?;
    lead(visit, &["docker the cloud"])
}

fn nothing_found_has_a_way_on(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "qqqxzw")?;
    says_count(visit, 0)?;
    let main = visit.page.text(&role("main"))?;
    ensure!(main.contains("찾는 이야기가 없어요"), "the empty result does not say so: {main}");
    visit.page.click(&role("link").named("검색어 지우기 23개의 이야기").within(&role("main")))?;
    has_query(visit, &[])?;
    says_count(visit, 23)?;
    ensure!(typed(visit)?.is_empty(), "the field kept the text: {:?}", typed(visit)?);
    Ok(())
}

fn typing_letter_by_letter_keeps_text_and_results(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.find(&search_field())?;
    watch_list(visit)?;
    let mut expected = String::new();
    for letter in "docker".chars() {
        expected.push(letter);
        visit.page.type_into(&search_field(), &letter.to_string())?;
        ensure!(typed(visit)? == expected, "the field shows {:?} after {expected:?}", typed(visit)?);
    }
    lead(visit, &["docker the cloud"])?;
    has_query(visit, &[("q", "docker")])?;
    ensure!(typed(visit)? == "docker", "the field lost text: {:?}", typed(visit)?);
    let fewest = fewest_results(visit)?;
    ensure!(0 < fewest, "the list was empty for a moment");
    crate::house::has_focus(visit, "combobox", "이야기 검색")
}

fn clearing_brings_every_story_back(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "docker")?;
    lead(visit, &["docker the cloud"])?;
    visit.page.click(&role("button").named("검색어 지우기").within(&role("search")))?;
    has_query(visit, &[])?;
    says_count(visit, 23)?;
    visit.page.until_gone(&role("button").named("검색어 지우기"))?;
    crate::house::has_focus(visit, "combobox", "이야기 검색")
}

/// More than 200 keystrokes without a pause: none is lost, none comes late, and the list ends where the text does.
fn two_hundred_keystrokes_lose_nothing(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let field = visit.page.find(&search_field())?;
    let burst = format!("스타트업 서버 {}", keys::BACKSPACE.repeat("스타트업 서버 ".chars().count()));
    let last = "docker 모니터링 kafka 개발자";
    // In bursts, because a driver gives up on one command that takes a minute.
    let bursts: Vec<&str> = std::iter::repeat_n(burst.as_str(), 12).chain([last]).collect();
    ensure!(200 <= bursts.iter().map(|burst| burst.chars().count()).sum::<usize>(), "too few keystrokes");
    for burst in bursts {
        visit.page.session().type_into(&field, burst)?;
    }
    visit.page.until_eq("the text of the field", &last.to_owned(), || typed(visit))?;
    has_query(visit, &[("q", last)])?;
    let expected = visit.page.until("results", || {
        let titles = titles(&visit.page)?;
        ensure!(!titles.is_empty(), "nothing is found");
        Ok(titles)
    })?;
    visit.reload()?;
    visit.page.until_eq("the same results as without haste", &expected, || titles(&visit.page))
}

fn fast_typing_ends_in_the_right_results(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let field = visit.page.find(&search_field())?;
    let [to_and_fro, last] = ["kafka \u{E003}\u{E003}\u{E003}\u{E003}\u{E003}\u{E003}".repeat(8), "docker the clou".to_owned()];
    visit.page.session().type_into(&field, &format!("{to_and_fro}{last}"))?;
    visit.page.until_eq("the text of the field", &last, || typed(visit))?;
    lead(visit, &["docker the cloud"])?;
    has_query(visit, &[("q", &last)])
}

// From 23 cards to 4 results in one step, the keyed list of the view library left the first result second.
fn pasted_query_shows_results_in_the_right_order(visit: &Visit<'_>) -> Outcome {
    let queries = ["DOCKER", "모니터링", "개발", "스포카 린트", "인터뷰", "서버"];
    let mut expected = Vec::new();
    for query in queries {
        visit.open(&format!("/?q={query}"))?;
        expected.push(visit.page.until("results", || {
            let titles = titles(&visit.page)?;
            ensure!(!titles.is_empty(), "{query:?} finds nothing");
            Ok(titles)
        })?);
    }
    visit.open("/")?;
    for (query, expected) in queries.iter().zip(&expected) {
        for text in ["", query] {
            paste(visit, text)?;
            visit
                .page
                .until_eq("the query in the address", &text.to_owned(), || Ok(query_parameter(&visit.page, "q")?.unwrap_or_default()))?;
        }
        visit.page.until_eq(&format!("the results of {query:?}"), expected, || titles(&visit.page))?;
    }
    Ok(())
}

/// Replaces the text of the field in one step, as pasting over a selection does.
fn paste(visit: &Visit<'_>, text: &str) -> Outcome {
    let script = r"
        const [field, text] = arguments;
        field.focus();
        field.value = text;
        field.dispatchEvent(new InputEvent('input', { data: text, inputType: 'insertFromPaste', bubbles: true }));
    ";
    visit.page.on(&search_field(), script, json!(text)).map(drop)
}

/// Keeps the smallest number of results that the list ever shows from now on.
pub(crate) fn watch_list(visit: &Visit<'_>) -> Outcome {
    let script = r"
        const count = () => document.querySelectorAll('ol article').length;
        window.fewestResults = count();
        new MutationObserver(() => { window.fewestResults = Math.min(window.fewestResults, count()); })
            .observe(document.body, { childList: true, subtree: true });
    ";
    visit.page.run(script, &[]).map(drop)
}

/// The smallest number of results since [`watch_list`].
pub(crate) fn fewest_results(visit: &Visit<'_>) -> Result<u64> {
    Ok(visit.page.run("return window.fewestResults", &[])?.as_u64().unwrap_or_default())
}
