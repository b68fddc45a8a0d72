//! What a story's page leads to: stories to read beside it with the reason, and code with its colours.

use anyhow::{Context, Result, ensure};
use e2e::{Locator, Outcome, Visit, archive::Card, role};
use serde_json::{Value, json};

use crate::{
    house::{is_headed, search_field},
    preferences::{choose, root_has},
    scenario::{Scenario, scenarios},
    story::{story_file, story_with},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        related_stories_tell_their_reason,
        story_without_relatives_shows_no_empty_list,
        code_has_colours_that_can_be_read_in_every_theme,
        marks_of_a_search_lie_over_the_colours_of_code,
        long_lines_of_code_are_wrapped_by_a_button,
        head_of_a_long_table_stays,
    ]
}

fn words_of(value: &Value, key: &str) -> Vec<String> {
    value.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What the build found for a story.
fn related(visit: &Visit<'_>, card: &Card) -> Result<Vec<Value>> {
    let story = story_file(visit, card)?;
    Ok(story.pointer("/built/related").and_then(Value::as_array).cloned().unwrap_or_default())
}

fn list() -> Locator {
    role("navigation").named("함께 볼 이야기")
}

fn related_stories_tell_their_reason(visit: &Visit<'_>) -> Outcome {
    let card = visit.archive.titled("웹 플러그인 개발기 - iframe의 재발견")?;
    let expected = related(visit, card)?;
    ensure!(2 <= expected.len(), "the build has found {} stories", expected.len());
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    let title = |one: &Value| {
        let slug = one.get("slug").and_then(Value::as_str).unwrap_or_default();
        visit.archive.cards.iter().find(|card| card.slug == slug).map(|card| card.title.clone()).unwrap_or_default()
    };
    let titles: Vec<String> = expected.iter().map(title).collect();
    visit.page.until_eq("the related stories", &titles, || visit.page.names(&role("link").within(&list())))?;
    let items = visit.page.texts(&role("listitem").within(&list()))?;
    for (one, shown) in expected.iter().zip(&items) {
        let (tags, words) = (words_of(one, "tags"), words_of(one, "words"));
        ensure!(!tags.is_empty() || !words.is_empty(), "{one} has no reason");
        ensure!(tags.is_empty() || shown.contains("함께 가진 태그"), "{shown}");
        ensure!(words.is_empty() || shown.contains("드문 낱말"), "{shown}");
        for tag in &tags {
            ensure!(card.has_tag(tag) && shown.contains(&format!("#{tag}")), "#{tag} in {shown}");
        }
        ensure!(words.iter().all(|word| shown.contains(word.as_str())), "{words:?} in {shown}");
    }
    let first = titles.first().context("no related story")?;
    visit.page.click(&role("link").named(first).within(&list()))?;
    is_headed(visit, first)
}

fn story_without_relatives_shows_no_empty_list(visit: &Visit<'_>) -> Outcome {
    let mut lonely = None;
    for card in &visit.archive.cards {
        if related(visit, card)?.is_empty() {
            lonely = Some(card);
        }
    }
    let card = lonely.context("every bundled story has relatives; give this scenario another archive")?;
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    visit.page.find(&role("navigation").named("이야기 이동"))?;
    visit.page.until("the body", || {
        ensure!(!visit.page.all(&role("paragraph").within(&role("article")))?.is_empty(), "no paragraph yet");
        Ok(())
    })?;
    visit.page.until_gone(&list())
}

/// A story with a block of code that has colours.
const CODE: &str = "공용 계정용 OTP 관리방법";

fn code_has_colours_that_can_be_read_in_every_theme(visit: &Visit<'_>) -> Outcome {
    let card = visit.archive.titled(CODE)?;
    visit.open(&card.path())?;
    is_headed(visit, CODE)?;
    let text = "return [...document.querySelectorAll('.code-block code')].map((code) => code.textContent)";
    let story = story_file(visit, card)?;
    let blocks = story.get("blocks").and_then(Value::as_array).cloned().unwrap_or_default();
    let codes: Vec<Value> = blocks.iter().filter_map(|block| block.pointer("/code/code").cloned()).collect();
    visit.page.until_eq("the code, letter by letter", &json!(codes), || visit.page.run(text, &[]))?;
    // The relative luminance of what the engine computed, as WCAG defines it.
    let contrast = r"
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const luminance = (color) => {
            canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const spans = [...document.querySelectorAll('.code-block code span')];
        const paper = luminance(getComputedStyle(document.querySelector('.code-block')).backgroundColor);
        const worst = {};
        for (const span of spans) {
            const ink = luminance(getComputedStyle(span).color);
            const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
            worst[span.className] = Math.min(worst[span.className] ?? 99, ratio);
        }
        return [new Set(spans.map((span) => getComputedStyle(span).color)).size, Math.min(...Object.values(worst))];
    ";
    for (name, theme) in [("밝게", "light"), ("종이", "sepia"), ("어둡게", "dark"), ("고대비", "contrast")] {
        choose(visit, "화면 밝기", name)?;
        root_has(visit, "data-theme", theme)?;
        visit.page.until(&format!("colours on {theme}"), || {
            let measured = visit.page.run(contrast, &[])?;
            let number = |at: usize| measured.get(at).and_then(Value::as_f64).unwrap_or_default();
            ensure!(4.0 <= number(0), "only {} colours", number(0));
            ensure!(4.5 <= number(1), "a contrast of {}", number(1));
            Ok(())
        })?;
    }
    Ok(())
}

fn marks_of_a_search_lie_over_the_colours_of_code(visit: &Visit<'_>) -> Outcome {
    let card = visit.archive.titled(CODE)?;
    visit.open(&card.path())?;
    is_headed(visit, CODE)?;
    visit.page.press("f")?;
    visit.page.type_into(&role("searchbox").named("이 이야기에서 찾기"), "hmac")?;
    let marks = "return [...document.querySelectorAll('.code-block mark')].map((mark) => mark.textContent)";
    visit.page.until("marks in the code", || {
        let marks = visit.page.run(marks, &[])?;
        let marks = marks.as_array().cloned().unwrap_or_default();
        ensure!(2 <= marks.len() && marks.iter().all(|mark| mark == "hmac"), "{marks:?}");
        Ok(())
    })?;
    ensure!(visit.page.all(&search_field())?.len() == 1, "the field of the archive is gone");
    Ok(())
}

fn long_lines_of_code_are_wrapped_by_a_button(visit: &Visit<'_>) -> Outcome {
    visit.open_narrow(&visit.archive.titled(CODE)?.path(), 360)?;
    is_headed(visit, CODE)?;
    let overflow = "const pre = document.querySelector('.code-block pre'); return pre.scrollWidth > pre.clientWidth";
    visit.page.until_eq("lines longer than the screen", &json!(true), || visit.page.run(overflow, &[]))?;
    let button = role("button").named("줄 바꿈").within(&role("article"));
    visit.page.click_first(&button)?;
    visit.page.until_eq("wrapped lines", &json!(false), || visit.page.run(overflow, &[]))?;
    visit.page.click_first(&button)?;
    visit.page.until_eq("lines as typed", &json!(true), || visit.page.run(overflow, &[]))
}

fn head_of_a_long_table_stays(visit: &Visit<'_>) -> Outcome {
    let card = story_with(visit, "table")?;
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    visit.page.find(&role("table").within(&role("article")))?;
    // The bundled tables are short: this one gets more rows of its own.
    let grow = r"
        const body = document.querySelector('.body__table tbody');
        for (let n = 0; n < 60; n++) body.append(body.rows[0].cloneNode(true));
        const region = body.closest('.body__table');
        region.scrollTop = 400;
        const head = region.querySelector('th').getBoundingClientRect();
        const box = region.getBoundingClientRect();
        return [region.scrollTop, region.scrollHeight > region.clientHeight, Math.abs(head.top - box.top) < 3];
    ";
    visit.page.until_eq("a head that stays", &json!([400, true, true]), || visit.page.run(grow, &[]))
}
