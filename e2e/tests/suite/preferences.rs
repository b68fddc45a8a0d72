//! What a reader chooses for this device: brightness and language. Both stay, and neither flashes.

use std::fs;

use anyhow::{Context, ensure};
use e2e::{Locator, Outcome, Visit, keys, role, server::Fault};
use serde_json::{Value, json};

use crate::{
    house::{is_headed, says_count, story_list},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        brightness_stays_after_a_reload,
        chosen_brightness_is_there_before_the_first_paint,
        brightness_follows_the_system_until_chosen,
        language_stays_after_a_reload,
        grid_stays_after_a_reload_and_shows_more_at_once,
        settings_open_and_close_by_keyboard,
        settings_survive_a_device_that_stores_nothing,
        web_font_is_offered_where_there_is_one_and_loaded_when_chosen,
    ]
}

fn choice(group: &str, name: &str) -> Locator {
    role("radio").named(name).within(&role("radiogroup").named(group))
}

/// Opens the settings and makes a choice.
pub(crate) fn choose(visit: &Visit<'_>, group: &str, name: &str) -> Outcome {
    let settings = role("button").named("설정");
    if visit.page.attribute(&settings, "aria-expanded")?.as_deref() != Some("true") {
        visit.page.click(&settings)?;
    }
    visit.page.click(&choice(group, name))
}

/// Waits until the document's root has this attribute.
pub(crate) fn root_has(visit: &Visit<'_>, attribute: &str, expected: &str) -> Outcome {
    visit.page.until_eq(&format!("{attribute} of the document"), &json!(expected), || {
        visit.page.run("return document.documentElement.getAttribute(arguments[0])", &[json!(attribute)])
    })
}

fn background_is_dark(visit: &Visit<'_>) -> anyhow::Result<bool> {
    let script = r"
        const channels = (color) => (color.match(/[\d.]+/g) || []).map(Number);
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        for (const element of [document.body, document.documentElement]) {
            const color = getComputedStyle(element).backgroundColor;
            if (channels(color)[3] === 0) continue;
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
        }
        return false;
    ";
    Ok(visit.page.run(script, &[])? == true)
}

fn brightness_stays_after_a_reload(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    ensure!(!background_is_dark(visit)?, "the page is dark before anybody chose it");
    choose(visit, "화면 밝기", "어둡게")?;
    root_has(visit, "data-theme", "dark")?;
    visit.page.until("a dark page", || {
        ensure!(background_is_dark(visit)?, "the page is still light");
        Ok(())
    })?;
    visit.reload()?;
    root_has(visit, "data-theme", "dark")?;
    ensure!(background_is_dark(visit)?, "the page is light after a reload");
    visit.page.click(&role("button").named("설정"))?;
    ensure!(visit.page.property(&choice("화면 밝기", "어둡게"), "checked")? == true, "the settings forgot the choice");
    choose(visit, "화면 밝기", "밝게")?;
    root_has(visit, "data-theme", "light")?;
    visit.open("/interview")?;
    root_has(visit, "data-theme", "light")
}

fn chosen_brightness_is_there_before_the_first_paint(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    choose(visit, "화면 밝기", "어둡게")?;
    root_has(visit, "data-theme", "dark")?;
    visit.reload()?;
    // The recorder looks at the root when the body begins: nothing has been painted then.
    let first = visit.page.run("return sessionStorage.getItem('__e2e__theme')", &[])?;
    ensure!(first == "dark", "when the body began, data-theme was {first}");
    Ok(())
}

fn brightness_follows_the_system_until_chosen(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let system = visit.page.run("return matchMedia('(prefers-color-scheme: dark)').matches", &[])?;
    ensure!(background_is_dark(visit)? == (system == true), "the page does not follow the system");
    choose(visit, "화면 밝기", "어둡게")?;
    root_has(visit, "data-theme", "dark")?;
    choose(visit, "화면 밝기", "시스템")?;
    visit.page.until("the brightness of the system", || {
        ensure!(background_is_dark(visit)? == (system == true), "the page does not follow the system again");
        Ok(())
    })
}

fn has_hangul(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '가'..='힣'))
}

fn language_stays_after_a_reload(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    root_has(visit, "lang", "ko")?;
    choose(visit, "언어", "English")?;
    let is_english = || -> Outcome {
        root_has(visit, "lang", "en")?;
        visit.page.until("an English page", || {
            let fields = visit.page.names(&role("combobox").within(&role("search")))?;
            let menus = visit.page.names(&role("combobox"))?;
            let landmarks = [visit.page.names(&role("navigation"))?, visit.page.names(&role("complementary"))?].concat();
            for name in [&fields, &menus, &landmarks].into_iter().flatten() {
                ensure!(!name.is_empty() && !has_hangul(name), "still called {name:?}");
            }
            ensure!(
                !fields.is_empty() && !menus.is_empty() && !landmarks.is_empty(),
                "fields {fields:?}, menus {menus:?}, landmarks {landmarks:?}"
            );
            let said = visit.page.texts(&role("status"))?.join(" ");
            ensure!(said.contains("23") && !has_hangul(&said), "the count is {said:?}");
            Ok(())
        })
    };
    is_english()?;
    visit.reload()?;
    is_english()?;
    // The stories are still in their own language, and say so to a screen reader.
    let card = visit.archive.titled("Kafka 모니터링")?;
    visit.open(&card.path())?;
    is_headed(visit, "Kafka 모니터링")?;
    let lang = visit.page.on(&role("heading").level(1), "return arguments[0].closest('[lang]').lang", Value::Null)?;
    ensure!(lang == "ko", "the Korean story is marked as {lang}");
    Ok(())
}

fn settings_open_and_close_by_keyboard(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let settings = role("button").named("설정");
    visit.page.on(&settings, "arguments[0].focus()", Value::Null)?;
    visit.page.press(keys::ENTER)?;
    visit.page.until_eq("open settings", &Some("true".to_owned()), || visit.page.attribute(&settings, "aria-expanded"))?;
    visit.page.find(&role("radiogroup").named("화면 밝기"))?;
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_eq("closed settings", &Some("false".to_owned()), || visit.page.attribute(&settings, "aria-expanded"))?;
    visit.page.until_gone(&role("radiogroup").named("화면 밝기"))?;
    crate::house::has_focus(visit, "button", "설정")
}

fn settings_survive_a_device_that_stores_nothing(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    // As in a private window whose storage is full: every write throws.
    visit.page.run("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }", &[])?;
    choose(visit, "화면 밝기", "어둡게")?;
    root_has(visit, "data-theme", "dark")?;
    says_count(visit, 23)?;
    visit.page.find(&story_list()).map(drop)
}

fn web_font_is_offered_where_there_is_one_and_loaded_when_chosen(visit: &Visit<'_>) -> Outcome {
    let font = choice("글꼴", "프리텐다드");
    visit.open("/interview")?;
    visit.page.click(&role("button").named("설정"))?;
    visit.page.find(&choice("글꼴", "명조"))?;
    ensure!(visit.page.all(&font)?.is_empty(), "a typeface is offered that the site does not have");
    // A site that was built with the typeface says so in its pages. Any style sheet can stand for that of the typeface.
    let sheet = "font/web-font.css";
    let page = fs::read_to_string(visit.site.join("interview.html")).context("reading the page")?;
    let page = page.replacen("<html ", &format!("<html data-web-font=\"{sheet}\" "), 1);
    visit.server.break_path("interview", Fault::Body(page));
    visit.server.break_path(sheet, Fault::Body(String::new()));
    visit.forgive("web-font.css");
    let n_loaded = || visit.server.requests().iter().filter(|request| request.path.ends_with(sheet)).count();
    visit.reload()?;
    ensure!(n_loaded() == 0, "the typeface is loaded before anybody chose it");
    choose(visit, "글꼴", "프리텐다드")?;
    root_has(visit, "data-font", "pretendard")?;
    visit.page.until_eq("requests for the typeface", &1, || Ok(n_loaded()))?;
    visit.reload()?;
    visit.page.until_eq("requests for the typeface after a reload", &2, || Ok(n_loaded()))
}

fn grid_stays_after_a_reload_and_shows_more_at_once(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    says_count(visit, 23)?;
    let in_sight = || {
        let script = r"
            const cards = [...document.querySelectorAll('article')];
            return cards.filter((card) => card.getBoundingClientRect().top < innerHeight).length;
        ";
        Ok::<u64, anyhow::Error>(visit.page.run(script, &[])?.as_u64().unwrap_or_default())
    };
    let n_in_the_list = in_sight()?;
    visit.page.click(&role("button").named("격자"))?;
    root_has(visit, "data-density", "grid")?;
    let n_in_the_grid = in_sight()?;
    ensure!(n_in_the_list < n_in_the_grid, "{n_in_the_grid} stories in sight instead of {n_in_the_list}");
    visit.reload()?;
    root_has(visit, "data-density", "grid")?;
    let grid = role("button").named("격자");
    visit.page.until_eq("the pressed state", &Some("true".to_owned()), || visit.page.attribute(&grid, "aria-pressed"))?;
    visit.page.click(&role("button").named("목록"))?;
    root_has(visit, "data-density", "list")
}
