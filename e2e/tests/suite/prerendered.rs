//! The page before the program: readable without it, and taken over by it without a flash, a jump or a lost letter. These need a site as
//! `cargo xtask build --release` makes it; a development build has no page before the program.

use anyhow::{Context, ensure};
use e2e::{Engine, Outcome, Visit, role, server::Fault};
use serde_json::json;

use crate::{
    house::{has_focus, is_headed, lists, says_count, search_field, titles, typed},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        a_story_is_read_without_javascript,
        a_story_is_read_while_the_program_is_lost,
        lists_lead_to_stories_before_the_program,
        the_program_shows_what_stood_there_before,
        what_was_typed_before_the_program_is_searched_for,
        the_place_on_the_page_is_kept,
        the_program_waits_for_a_sign_of_the_reader,
        nothing_but_styles_comes_before_the_first_paint,
        what_is_pressed_before_anything_could_start_is_not_lost,
        nothing_jumps,
        the_policy_stops_what_it_is_there_to_stop,
    ]
}

/// The program is on its way until the host is mended.
fn hold_program(visit: &Visit<'_>) {
    visit.server.break_path("story-home-", Fault::Held);
}

fn is_ready(visit: &Visit<'_>) -> Outcome {
    visit.page.until("the app to be ready", || {
        let is_ready = visit.page.run("return document.documentElement.hasAttribute('data-ready')", &[])?;
        ensure!(is_ready == true, "html has no data-ready");
        Ok(())
    })
}

fn a_story_is_read_without_javascript(visit: &Visit<'_>) -> Outcome {
    // The other drivers cannot switch scripts off; a lost program comes nearest, and is the next scenario.
    if visit.engine != Engine::Chromium {
        return Ok(());
    }
    let session = visit.page.session();
    session.chromium_scripts(false)?;
    let read = visit.go(&visit.archive.titled("Kafka 모니터링")?.path()).and_then(|()| {
        is_headed(visit, "Kafka 모니터링")?;
        let text = visit.page.text(&role("article"))?;
        ensure!(500 < text.chars().count(), "the article is short: {text:?}");
        let started = visit.page.run("return document.documentElement.hasAttribute('data-started')", &[])?;
        ensure!(started == false, "the program runs");
        ensure!(visit.page.all(&search_field())?.is_empty(), "a search field is offered that does nothing");
        let says = visit.page.run("return document.body.innerText.includes('자바스크립트를 켜 주세요')", &[])?;
        ensure!(says == true, "nothing says how to search");
        Ok(())
    });
    session.chromium_scripts(true)?;
    read
}

fn a_story_is_read_while_the_program_is_lost(visit: &Visit<'_>) -> Outcome {
    visit.forgive("");
    visit.server.break_path("story-home-", Fault::Status(404));
    visit.go(&visit.archive.titled("Kafka 모니터링")?.path())?;
    is_headed(visit, "Kafka 모니터링")?;
    visit.page.find(&role("alert"))?;
    let text = visit.page.text(&role("article"))?;
    ensure!(500 < text.chars().count(), "the article is short: {text:?}");
    Ok(())
}

fn lists_lead_to_stories_before_the_program(visit: &Visit<'_>) -> Outcome {
    hold_program(visit);
    // Leaving a page whose program is on its way ends the request, and two engines say so.
    visit.forgive("dynamically imported module");
    visit.forgive("Importing a module script failed");
    visit.go("/interview")?;
    let Some(first) = titles(&visit.page)?.first().cloned() else { anyhow::bail!("no interview") };
    visit.page.click(&role("link").named(&first))?;
    is_headed(visit, &first)?;
    visit.page.click(&role("link").named("인터뷰 2"))?;
    is_headed(visit, "인터뷰")?;
    visit.server.mend();
    is_ready(visit)?;
    says_count(visit, 2)
}

fn the_program_shows_what_stood_there_before(visit: &Visit<'_>) -> Outcome {
    let story = visit.archive.titled("Kafka 모니터링")?.path();
    for path in ["", "feed", "news", "tag/Kafka", "company/리디북스", &story, "shelf", "notes"] {
        hold_program(visit);
        visit.go(path)?;
        let outline = "return [...document.querySelectorAll('#app, #app *')].filter((e) => !e.closest('.shelf-page, .toast, .suggestions'))\
                .map((e) => [e.tagName, e.className, e.getAttribute('href'), e.childElementCount ? '' : e.textContent.trim()].join(' ')).join('\\n')";
        let before = visit.page.run(outline, &[])?;
        visit.server.mend();
        is_ready(visit)?;
        visit.page.until(&format!("{path:?} to be as it was"), || {
            let after = visit.page.run(outline, &[])?;
            let lines = |text: &serde_json::Value| text.as_str().unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>();
            let (before, after) = (lines(&before), lines(&after));
            let differs = before.iter().zip(&after).position(|(before, after)| before != after);
            let at = differs.unwrap_or(before.len().min(after.len()));
            ensure!(before == after, "line {at} was {:?} and is {:?}", before.get(at), after.get(at));
            Ok(())
        })?;
    }
    Ok(())
}

fn what_was_typed_before_the_program_is_searched_for(visit: &Visit<'_>) -> Outcome {
    hold_program(visit);
    visit.go("/")?;
    visit.page.type_into(&search_field(), "docker")?;
    visit.server.mend();
    is_ready(visit)?;
    ensure!(typed(visit)? == "docker", "the field holds {:?}", typed(visit)?);
    // The program shows itself with what it found, not with the whole list first.
    ensure!(titles(&visit.page)?.first().is_some_and(|title| title == "docker the cloud"), "the list is {:?}", titles(&visit.page)?);
    has_focus(visit, "combobox", "이야기 검색")?;
    visit.page.press("s")?;
    visit.page.until("results", || {
        ensure!(typed(visit)? == "dockers", "the field holds {:?}", typed(visit)?);
        ensure!(titles(&visit.page)?.first().is_some_and(|title| title == "docker the cloud"), "the list is {:?}", titles(&visit.page)?);
        Ok(())
    })
}

fn the_place_on_the_page_is_kept(visit: &Visit<'_>) -> Outcome {
    hold_program(visit);
    visit.go(&visit.archive.titled("Kafka 모니터링")?.path())?;
    visit.page.run("scrollTo(0, 700)", &[])?;
    visit.page.until_eq("the place", &json!(700), || visit.page.run("return scrollY", &[]))?;
    visit.server.mend();
    is_ready(visit)?;
    // Two frames later the app has gone wherever it wants to begin.
    let place = visit.page.session().run_async(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(scrollY))))",
        &[],
    )?;
    ensure!(place == json!(700), "the page is at {place}");
    Ok(())
}

fn the_program_waits_for_a_sign_of_the_reader(visit: &Visit<'_>) -> Outcome {
    // The suite's own sign is left out in this tab. A picture names no icon.
    visit.forgive("favicon.ico");
    visit.go("icon.svg")?;
    visit.page.run("sessionStorage.setItem('__e2e__still', '1')", &[])?;
    visit.go("/")?;
    visit.page.until("the program to be fetched", || {
        let is_asked = visit.server.requests().iter().any(|request| request.path.ends_with("_bg.wasm"));
        ensure!(is_asked, "nobody asked for it");
        Ok(())
    })?;
    let has_started = || visit.page.run("return document.documentElement.hasAttribute('data-started')", &[]);
    ensure!(has_started()? == false, "the program runs before anybody wants it");
    // The first sign may be the press of a button: it is not lost.
    visit.page.click(&role("button").named("설정"))?;
    is_ready(visit)?;
    visit.page.find(&role("radio").named("어둡게")).map(drop)?;
    // Whoever comes back starts at once: the device may hold something of theirs.
    visit.page.click(&role("radio").named("어둡게"))?;
    visit.reload()
}

fn what_is_pressed_before_anything_could_start_is_not_lost(visit: &Visit<'_>) -> Outcome {
    visit.server.break_path("boot.js", Fault::Held);
    visit.go("/")?;
    visit.page.click(&role("button").named("설정"))?;
    visit.server.mend();
    visit.page.find(&role("radio").named("어둡게")).map(drop)
}

fn nothing_but_styles_comes_before_the_first_paint(visit: &Visit<'_>) -> Outcome {
    for path in ["", &visit.archive.titled("Kafka 모니터링")?.path()] {
        visit.open(path)?;
        let early = visit.page.run(
            "const [paint] = performance.getEntriesByType('paint'); if (!paint) return 'nothing was painted';\
             const before = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < paint.startTime);\
             return before.map(({ name }) => new URL(name).pathname.replace(/-[0-9a-f]{16}/, ''))",
            &[],
        )?;
        let mut early: Vec<String> = serde_json::from_value(early.clone()).with_context(|| format!("instead of files: {early}"))?;
        // The suite's own; and an icon that WebKit asks for on its own.
        early.retain(|path| !path.starts_with("/__e2e__") && path != "/apple-touch-icon.png");
        ensure!(early == ["/style.css"], "before {path:?} is painted came: {early:?}");
    }
    Ok(())
}

fn nothing_jumps(visit: &Visit<'_>) -> Outcome {
    // Only Chromium measures it.
    if visit.engine != Engine::Chromium {
        return Ok(());
    }
    for path in ["", &visit.archive.titled("Kafka 모니터링")?.path()] {
        visit.open(path)?;
        let shift = visit.page.session().run_async(
            "const done = arguments[0]; let sum = 0; const moved = []; const add = (list) => list.getEntries().forEach((entry) => {\
                 sum += entry.value; moved.push(...entry.sources.map((source) => source.node?.className ?? source.node?.nodeName)); });\
             const observer = new PerformanceObserver(add); observer.observe({ type: 'layout-shift', buffered: true });\
             requestAnimationFrame(() => requestAnimationFrame(() => { add({ getEntries: () => observer.takeRecords() }); done([sum, moved]); }))",
            &[],
        )?;
        ensure!(shift[0].as_f64() == Some(0.0), "{path:?} jumps: {shift}");
    }
    Ok(())
}

fn the_policy_stops_what_it_is_there_to_stop(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    lists(visit, &visit.archive.select(|_| true))?;
    visit.forgive("");
    let ran = visit.page.run(
        "globalThis.ran = []; const attempt = (act) => { try { act(); } catch { /* refused */ } };\
         attempt(() => { const script = document.createElement('script'); script.text = 'ran.push(\"inline\")'; document.head.append(script); });\
         attempt(() => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"ran.push(1)\">'); });\
         return ran",
        &[],
    )?;
    ensure!(ran == json!([]), "this ran: {ran}");
    let reached = visit.page.session().run_async(
        "const done = arguments[0]; fetch('http://127.0.0.1:9/').then(() => done('reached'), () => {});\
         addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective), { once: true })",
        &[],
    )?;
    ensure!(reached == json!("connect-src"), "another host: {reached}");
    Ok(())
}
