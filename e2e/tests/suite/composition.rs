//! Input methods: while a syllable is being composed, the archive leaves the text alone and the list on the screen.
//!
//! The events are made by a script, in the order in which Chromium sends them for a Korean two-set keyboard; no driver can operate a real
//! input method in all three engines.

use anyhow::ensure;
use e2e::{Outcome, Visit, role};
use serde_json::json;

use crate::{
    house::{has_query, is_at, search_field, titles, typed},
    scenario::{Scenario, scenarios},
    search::{fewest_results, watch_list},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![composition_keeps_text_and_results, enter_while_composing_is_the_input_methods_own, no_empty_message_while_composing]
}

/// Composes one syllable at the end of the field: its stages, one after the other; the last one stays.
const COMPOSE: &str = r"
    const [field, [stages, press_enter]] = arguments;
    const before = field.value;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const key = (type, key) => field.dispatchEvent(new KeyboardEvent(type, { key, isComposing: true, keyCode: 229, bubbles: true, cancelable: true }));
    field.focus();
    field.dispatchEvent(new CompositionEvent('compositionstart', { data: '', bubbles: true }));
    for (const stage of stages) {
        key('keydown', 'Process');
        field.dispatchEvent(new CompositionEvent('compositionupdate', { data: stage, bubbles: true }));
        set.call(field, before + stage);
        field.dispatchEvent(new InputEvent('input', { data: stage, inputType: 'insertCompositionText', isComposing: true, bubbles: true }));
        key('keyup', 'Process');
    }
    if (press_enter) key('keydown', 'Enter');
";

/// Ends the composition with what is in the field.
const COMMIT: &str = r"
    const [field, data] = arguments;
    field.dispatchEvent(new CompositionEvent('compositionend', { data, bubbles: true }));
    field.dispatchEvent(new InputEvent('input', { data, inputType: 'insertText', isComposing: false, bubbles: true }));
";

fn compose(visit: &Visit<'_>, stages: &[&str]) -> Outcome {
    visit.page.on(&search_field(), COMPOSE, json!([stages, false])).map(drop)
}

fn commit(visit: &Visit<'_>, data: &str) -> Outcome {
    visit.page.on(&search_field(), COMMIT, json!(data)).map(drop)
}

fn composition_keeps_text_and_results(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.find(&search_field())?;
    watch_list(visit)?;
    let mut text = String::new();
    for stages in [&["ㅋ", "카", "캎"][..], &["ㅍ", "프", "픜"], &["ㅋ", "카"]] {
        let syllable = stages.last().copied().unwrap_or_default();
        // The input method takes the final consonant along to the next syllable: 캎 becomes 카 + 프.
        compose(visit, stages)?;
        ensure!(typed(visit)? == format!("{text}{syllable}"), "the archive changed the text under the input method: {:?}", typed(visit)?);
        let settled = match syllable {
            "캎" => "카",
            "픜" => "프",
            other => other,
        };
        visit.page.on(&search_field(), "arguments[0].value = arguments[1]", json!(format!("{text}{settled}")))?;
        commit(visit, settled)?;
        text.push_str(settled);
        ensure!(typed(visit)? == text, "the archive changed the text after {text:?}: {:?}", typed(visit)?);
    }
    has_query(visit, &[("q", "카프카")])?;
    visit.page.until("the story", || {
        let titles = titles(&visit.page)?;
        ensure!(titles.first().is_some_and(|title| title == "Kafka 모니터링"), "the results are {titles:?}");
        Ok(())
    })?;
    let fewest = fewest_results(visit)?;
    ensure!(0 < fewest, "the list was empty for a moment");
    Ok(())
}

fn enter_while_composing_is_the_input_methods_own(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.find(&search_field())?;
    visit.page.on(&search_field(), COMPOSE, json!([["ㄷ", "도", "돜"], true]))?;
    ensure!(typed(visit)? == "돜", "Enter changed the text: {:?}", typed(visit)?);
    commit(visit, "돜")?;
    is_at(visit, "/?q=돜")?;
    // Still on the list, still in the field.
    visit.page.find(&role("heading").level(1).named("스토리 홈"))?;
    crate::house::has_focus(visit, "combobox", "이야기 검색")
}

fn no_empty_message_while_composing(visit: &Visit<'_>) -> Outcome {
    // As typed: else a letter too many would be forgiven.
    visit.open("/?q=모니터링&literal")?;
    visit.page.until("results", || {
        ensure!(!titles(&visit.page)?.is_empty(), "nothing is found");
        Ok(())
    })?;
    let script = r"
        window.saidNothing = 0;
        new MutationObserver(() => { if (document.querySelector('main').innerText.includes('찾는 이야기가 없어요')) window.saidNothing += 1; })
            .observe(document.body, { childList: true, subtree: true, characterData: true });
    ";
    visit.page.run(script, &[])?;
    // No story holds this; but the reader has not finished the syllable yet.
    compose(visit, &["ㅞ", "쀍"])?;
    visit.page.until_eq("two frames", &json!(true), || {
        let script =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 400)))";
        Ok(visit.page.session().run_async(script, &[])?)
    })?;
    let said = visit.page.run("return window.saidNothing", &[])?;
    ensure!(said == 0, "the archive says that nothing is found in the middle of a syllable");
    commit(visit, "쀍")?;
    visit.page.until("the message after the syllable", || {
        ensure!(visit.page.text(&role("main"))?.contains("찾는 이야기가 없어요"), "the empty result does not say so");
        Ok(())
    })
}
