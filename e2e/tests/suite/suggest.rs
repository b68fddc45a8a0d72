//! What the search field offers while the reader types, and the last searches.

use anyhow::ensure;
use e2e::{Locator, Outcome, Visit, keys, role};

use crate::{
    house::{has_focus, has_query, is_headed, open_story, search_field, search_for, titles, typed},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        suggestions_are_a_combobox,
        suggested_tag_becomes_a_filter,
        suggested_story_opens,
        suggestions_by_click,
        operator_values_are_completed,
        recent_searches_are_offered_and_forgotten,
    ]
}

fn option(name: &str) -> Locator {
    role("option").named(name).within(&role("listbox").named("검색 제안"))
}

fn suggestions_are_a_combobox(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let is_expanded = |expected: &str| {
        visit.page.until_eq("aria-expanded", &Some(expected.to_owned()), || visit.page.attribute(&search_field(), "aria-expanded"))
    };
    is_expanded("false")?;
    visit.page.type_into(&search_field(), "모니터")?;
    visit.page.find(&role("listbox").named("검색 제안"))?;
    is_expanded("true")?;
    visit.page.press(keys::ARROW_DOWN)?;
    has_focus(visit, "combobox", "이야기 검색")?;
    let script = "const active = document.getElementById(arguments[0].getAttribute('aria-activedescendant')); \
                  return active && [active.getAttribute('role'), active.getAttribute('aria-selected'), arguments[0].getAttribute('aria-controls') === active.parentElement.id]";
    visit.page.until_eq("the chosen option", &serde_json::json!(["option", "true", true]), || {
        visit.page.on(&search_field(), script, serde_json::Value::Null)
    })?;
    // Esc gives the choice up, not the text.
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_eq("no chosen option", &None, || visit.page.attribute(&search_field(), "aria-activedescendant"))?;
    ensure!(typed(visit)? == "모니터", "the field shows {:?}", typed(visit)?);
    Ok(())
}

fn suggested_tag_becomes_a_filter(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "모니터링 개발ㅈ")?;
    visit.page.find(&option("#개발자 태그"))?;
    visit.page.press(keys::ARROW_DOWN)?;
    visit.page.press(keys::ENTER)?;
    has_query(visit, &[("q", "모니터링"), ("tag", "개발자")])?;
    ensure!(typed(visit)? == "모니터링", "the field shows {:?}", typed(visit)?);
    has_focus(visit, "combobox", "이야기 검색")
}

fn suggested_story_opens(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "군집화")?;
    visit.page.find(&option("컴공생의 AI 스쿨 필기 노트 ③ K-평균 군집화 이야기"))?;
    visit.page.press(keys::ARROW_DOWN)?;
    for _ in 0..4 {
        visit.page.press(keys::ARROW_RIGHT)?;
    }
    visit.page.press(keys::ENTER)?;
    is_headed(visit, "컴공생의 AI 스쿨 필기 노트 ③ K-평균 군집화")
}

fn suggestions_by_click(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "스포")?;
    visit.page.click(&option("스포카 회사"))?;
    has_query(visit, &[("company", "스포카")])?;
    has_focus(visit, "combobox", "이야기 검색")?;
    visit.page.until_gone(&role("listbox"))
}

fn operator_values_are_completed(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "모니터링 tag:데일")?;
    visit.page.click(&option("모니터링 tag:데일리호텔"))?;
    visit.page.until_eq("the whole operator in the field", &"모니터링 tag:데일리호텔".to_owned(), || typed(visit))?;
    visit.page.until_eq("the tag's story", &vec!["Kafka 모니터링".to_owned()], || titles(&visit.page))
}

fn recent_searches_are_offered_and_forgotten(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "docker")?;
    open_story(visit, "docker the cloud")?;
    visit.open("/")?;
    visit.page.find(&role("heading").level(1))?;
    visit.page.press("/")?;
    has_focus(visit, "combobox", "이야기 검색")?;
    visit.page.find(&option("docker"))?;
    visit.page.press(keys::ARROW_DOWN)?;
    visit.page.press(keys::ENTER)?;
    has_query(visit, &[("q", "docker")])?;
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_eq("an empty field", &String::new(), || typed(visit))?;
    visit.page.press(keys::ESCAPE)?;
    visit.page.press("/")?;
    visit.page.click(&role("button").named("최근 검색 지우기"))?;
    visit.page.until_gone(&role("listbox"))?;
    visit.open("/")?;
    visit.page.find(&role("heading").level(1))?;
    visit.page.press("/")?;
    has_focus(visit, "combobox", "이야기 검색")?;
    visit.page.until_gone(&role("listbox"))
}
