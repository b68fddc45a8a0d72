//! From a result to the passage that answers it, and from one marked place to the next.

use anyhow::ensure;
use e2e::{Outcome, Visit, role};
use serde_json::{Value, json};

use crate::{
    house::{is_headed, open_story, search_for},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![opens_at_the_passage, steps_through_the_marks, no_bar_without_a_search]
}

const STORY: &str = "DevOps 팀을 위한 모니터링 팁";

/// Position of the current mark among the marks of the body, and whether it is on the screen.
const CURRENT: &str = "const marks = [...document.querySelectorAll('article mark')].filter((mark) => mark.closest('.body')); \
    const at = marks.findIndex((mark) => mark.hasAttribute('data-current')); if (at < 0) return null; \
    const box = marks[at].getBoundingClientRect(); return [at, box.top >= 0 && box.bottom <= innerHeight, marks.length]";

fn current(visit: &Visit<'_>) -> anyhow::Result<Value> {
    visit.page.run(CURRENT, &[])
}

fn opens_at_the_passage(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "대시보드 알림")?;
    open_story(visit, STORY)?;
    visit.page.until("the passage on the screen", || {
        let current = current(visit)?;
        ensure!(current.get(1) == Some(&json!(true)), "the current mark is {current}");
        Ok(())
    })?;
    let said = visit.page.text(&role("group").named("찾은 곳"))?;
    ensure!(said.contains("번째"), "the bar says {said:?}");
    Ok(())
}

fn steps_through_the_marks(visit: &Visit<'_>) -> Outcome {
    let card = visit.archive.titled(STORY)?;
    visit.open(&format!("{}?q=모니터링", card.path()))?;
    is_headed(visit, STORY)?;
    let start = visit.page.until("a current mark", || {
        let current = current(visit)?;
        let (Some(at), Some(n)) = (current.get(0).and_then(Value::as_u64), current.get(2).and_then(Value::as_u64)) else {
            anyhow::bail!("the current mark is {current}")
        };
        Ok((at, n))
    })?;
    let (at, n) = start;
    ensure!(2 <= n, "only {n} marks");
    let is_at = |expected: u64| visit.page.until_eq("the current mark", &json!([expected, true, n]), || current(visit));
    visit.page.click(&role("button").named("다음 찾은 곳"))?;
    is_at((at + 1) % n)?;
    visit.page.press("n")?;
    is_at((at + 2) % n)?;
    visit.page.click(&role("button").named("앞의 찾은 곳"))?;
    is_at((at + 1) % n)
}

fn no_bar_without_a_search(visit: &Visit<'_>) -> Outcome {
    visit.open(&visit.archive.titled(STORY)?.path())?;
    is_headed(visit, STORY)?;
    visit.page.until_gone(&role("group").named("찾은 곳"))
}
