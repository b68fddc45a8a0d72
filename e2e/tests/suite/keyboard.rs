//! The archive without a mouse.

use anyhow::ensure;
use e2e::{Outcome, Visit, keys, role};

use crate::{
    house::{has_focus, has_query, is_at, is_headed, says_count, search_field, search_for, tag_box, titles, typed},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        slash_goes_to_the_search_field,
        arrows_and_enter_open_a_result,
        escape_clears_and_then_leaves_the_field,
        escape_on_a_result_returns_to_the_field,
        escape_on_a_story_returns_to_the_list,
        space_chooses_a_tag,
        focus_is_always_visible,
        question_mark_lists_the_keys,
    ]
}

fn slash_goes_to_the_search_field(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    says_count(visit, 23)?;
    visit.page.press("/")?;
    has_focus(visit, "combobox", "이야기 검색")?;
    ensure!(typed(visit)?.is_empty(), "the slash was typed: {:?}", typed(visit)?);
    visit.page.type_into(&search_field(), "a/b")?;
    ensure!(typed(visit)? == "a/b", "a slash cannot be typed: {:?}", typed(visit)?);
    visit.open(&visit.archive.titled("Kafka 모니터링")?.path())?;
    visit.page.press("/")?;
    has_focus(visit, "combobox", "이야기 검색")
}

fn arrows_and_enter_open_a_result(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "모니터링")?;
    visit.page.until("two results", || {
        ensure!(2 <= titles(&visit.page)?.len(), "the results are {:?}", titles(&visit.page)?);
        Ok(())
    })?;
    let results = titles(&visit.page)?;
    let [first, second, ..] = results.as_slice() else { anyhow::bail!("too few results") };
    // The first step down is the row of suggestions; the focus stays in the field.
    visit.page.press(keys::ARROW_DOWN)?;
    has_focus(visit, "combobox", "이야기 검색")?;
    visit.page.press(keys::ARROW_DOWN)?;
    has_focus(visit, "link", first)?;
    visit.page.press(keys::ARROW_DOWN)?;
    has_focus(visit, "link", second)?;
    visit.page.press(keys::ARROW_UP)?;
    has_focus(visit, "link", first)?;
    visit.page.press(keys::ARROW_DOWN)?;
    has_focus(visit, "link", second)?;
    visit.page.press(keys::ENTER)?;
    is_headed(visit, second)
}

fn escape_clears_and_then_leaves_the_field(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "docker")?;
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_eq("the search field", &String::new(), || typed(visit))?;
    has_query(visit, &[])?;
    says_count(visit, 23)?;
    has_focus(visit, "combobox", "이야기 검색")?;
    visit.page.press(keys::ESCAPE)?;
    visit.page.until("the focus outside of the field", || {
        ensure!(visit.page.focus()?.0 != "combobox", "the focus is still in the field");
        Ok(())
    })
}

fn escape_on_a_result_returns_to_the_field(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "docker")?;
    visit.page.until("a result", || {
        ensure!(
            titles(&visit.page)?.first().is_some_and(|title| title == "docker the cloud"),
            "the results are {:?}",
            titles(&visit.page)?
        );
        Ok(())
    })?;
    visit.page.press(keys::ENTER)?;
    has_focus(visit, "link", "docker the cloud")?;
    visit.page.press(keys::ESCAPE)?;
    has_focus(visit, "combobox", "이야기 검색")?;
    ensure!(typed(visit)? == "docker", "the query is gone: {:?}", typed(visit)?);
    Ok(())
}

fn escape_on_a_story_returns_to_the_list(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=Kafka")?;
    says_count(visit, 1)?;
    crate::house::open_story(visit, "Kafka 모니터링")?;
    visit.page.press(keys::ESCAPE)?;
    is_at(visit, "/?tag=Kafka")?;
    says_count(visit, 1)
}

fn space_chooses_a_tag(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.on(&tag_box("개발자"), "arguments[0].focus()", serde_json::Value::Null)?;
    visit.page.press(" ")?;
    has_query(visit, &[("tag", "개발자")])?;
    says_count(visit, 12)?;
    // The reader goes on from where they are.
    has_focus(visit, "checkbox", "개발자 12")
}

fn focus_is_always_visible(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    says_count(visit, 23)?;
    for step in 0..14 {
        visit.page.press(keys::TAB)?;
        let ring = visit.page.run(
            r"
            const element = document.activeElement;
            if (!element || element === document.body) return null;
            const shows = (node) => {
                const style = getComputedStyle(node);
                return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
            };
            const box = element.getBoundingClientRect();
            // A hidden checkbox may draw its ring on the label that stands for it.
            const ringed = shows(element) || [...(element.labels || [])].some(shows) || (element.parentElement && element.matches('input') && shows(element.parentElement));
            return [ringed, box.width > 0 && box.height > 0];
            ",
            &[],
        )?;
        if ring.is_null() {
            continue;
        }
        ensure!(
            ring == serde_json::json!([true, true]),
            "step {step}: {:?} has the focus and does not show it: {ring}",
            visit.page.focus()?
        );
    }
    visit.page.find(&role("main")).map(drop)
}

fn question_mark_lists_the_keys(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    says_count(visit, 23)?;
    let list = role("dialog").named("단축키");
    visit.page.press("?")?;
    visit.page.find(&list)?;
    let words = visit.page.text(&list)?;
    for key in ["검색으로 가기", "이야기 열기", "거르기에서 그 값 빼기"] {
        ensure!(words.contains(key), "{key:?} is not in {words:?}");
    }
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_gone(&list)?;
    // In a field it is a letter.
    visit.page.type_into(&search_field(), "왜?")?;
    ensure!(typed(visit)? == "왜?", "the field has {:?}", typed(visit)?);
    ensure!(visit.page.all(&list)?.is_empty(), "the list came over the field");
    Ok(())
}
