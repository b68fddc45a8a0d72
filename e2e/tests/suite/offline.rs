//! Reading without a network: asked for, checked, repaired, removed; told of news; and two ways out for when the worker itself is at fault.
//! These need a site as `cargo xtask build --release` makes it; a development build has no worker.

use std::fs;

use anyhow::{Context, Result, ensure};
use e2e::{Engine, Locator, Outcome, Visit, role, server::Fault};
use serde_json::{Value, json};

use crate::{
    house::{is_headed, lists, open_story, search_for, titles},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    let below = scenarios![below "/repo/": what_is_saved_is_read_offline_below_a_prefix];
    let at_the_root = scenarios![
        nothing_is_saved_offline_unless_asked,
        what_is_saved_is_read_offline,
        an_offline_page_does_not_wait_for_a_host_that_does_not_answer,
        a_damaged_offline_file_is_found_and_repaired,
        offline_saving_goes_on_after_a_lost_file,
        removing_offline_files_leaves_nothing,
        offline_news_is_told_and_waits_to_be_asked,
        an_address_switches_offline_off,
        a_publisher_switches_offline_off,
    ];
    [at_the_root, below].concat()
}

fn button(name: &str) -> Locator {
    role("button").named(name)
}

/// Runs the body of an asynchronous function in the page.
fn run(visit: &Visit<'_>, body: &str) -> Result<Value> {
    let script = format!("const done = arguments[0]; (async () => {{ {body} }})().then(done, (error) => done(`failed: ${{error}}`))");
    Ok(visit.page.session().run_async(&script, &[])?)
}

/// How many workers and sets of files the browser keeps for the site.
fn traces(visit: &Visit<'_>) -> Result<Value> {
    run(visit, "return [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]")
}

fn says(visit: &Visit<'_>, words: &str) -> Outcome {
    visit.page.until(&format!("{words:?} to be said"), || {
        let said = visit.page.texts(&role("status"))?;
        ensure!(said.iter().any(|said| said.contains(words)), "said is {said:?}");
        Ok(())
    })
}

/// Opens the shelf; false in a browser that cannot keep files, after making sure that it says so.
fn can_save(visit: &Visit<'_>) -> Result<bool> {
    visit.open("shelf")?;
    let can = visit.page.run("return isSecureContext && 'serviceWorker' in navigator && 'caches' in globalThis", &[])?;
    ensure!(can == json!(true) || visit.engine == Engine::WebKit, "{:?} has lost its workers", visit.engine);
    if can != json!(true) {
        says(visit, "오프라인으로 저장할 수 없어요")?;
        ensure!(visit.page.all(&button("오프라인으로 저장"))?.is_empty(), "saving is offered where it cannot be");
    }
    Ok(can == json!(true))
}

/// Saves the site; false where that cannot be.
fn save(visit: &Visit<'_>) -> Result<bool> {
    if !can_save(visit)? {
        return Ok(false);
    }
    visit.page.click(&button("오프라인으로 저장"))?;
    says(visit, "이야기 23편")?;
    says(visit, "MB")?;
    visit.page.click(&button("저장"))?;
    says(visit, "23/23 저장됨")?;
    Ok(true)
}

/// The host is gone, and what browsers write to their console about it is not the page's complaint.
fn leave_network(visit: &Visit<'_>) {
    visit.forgive("");
    visit.server.break_path("", Fault::Gone);
}

fn nothing_is_saved_offline_unless_asked(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "docker")?;
    open_story(visit, "docker the cloud")?;
    if !can_save(visit)? {
        return Ok(());
    }
    visit.page.find(&button("오프라인으로 저장"))?;
    visit.page.click(&button("오프라인으로 저장"))?;
    says(visit, "이야기 23편")?;
    visit.page.click(&button("취소"))?;
    visit.page.find(&button("오프라인으로 저장"))?;
    if visit.engine == Engine::Chromium {
        // The policy lets no other script be a worker, whoever asks.
        visit.forgive("TrustedScriptURL");
        visit.forgive("trusted-types-sink");
        let other = run(visit, "await navigator.serviceWorker.register('sw-off.js')")?;
        ensure!(other.as_str().is_some_and(|said| said.starts_with("failed: TypeError")), "another worker: {other}");
    }
    ensure!(traces(visit)? == json!([0, 0]), "there are traces: {}", traces(visit)?);
    let asked: Vec<_> = visit.server.requests().into_iter().map(|request| request.path).collect();
    ensure!(!asked.iter().any(|path| path.ends_with("sw.js")), "the worker was asked for");
    ensure!(asked.iter().filter(|path| path.ends_with("offline.json")).count() == 1, "the list was asked for before the reader asked");
    Ok(())
}

/// Home, a search, a story, and a fresh story by its address.
fn reads_without_network(visit: &Visit<'_>) -> Outcome {
    leave_network(visit);
    visit.open("/")?;
    lists(visit, &visit.archive.select(|_| true))?;
    search_for(visit, "docker")?;
    visit.page.until("results", || {
        ensure!(titles(&visit.page)?.first().is_some_and(|title| title == "docker the cloud"), "the list is {:?}", titles(&visit.page)?);
        Ok(())
    })?;
    open_story(visit, "docker the cloud")?;
    let card = visit.archive.titled("Kafka 모니터링")?;
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    let text = visit.page.text(&role("article"))?;
    ensure!(500 < text.chars().count(), "the article is short: {text:?}");
    // What is kept is said without a network too.
    visit.open("shelf")?;
    says(visit, "23/23 저장됨")
}

fn what_is_saved_is_read_offline(visit: &Visit<'_>) -> Outcome {
    if save(visit)? { reads_without_network(visit) } else { Ok(()) }
}

fn what_is_saved_is_read_offline_below_a_prefix(visit: &Visit<'_>) -> Outcome {
    if save(visit)? { reads_without_network(visit) } else { Ok(()) }
}

fn an_offline_page_does_not_wait_for_a_host_that_does_not_answer(visit: &Visit<'_>) -> Outcome {
    if !save(visit)? {
        return Ok(());
    }
    visit.forgive("");
    visit.server.break_path("", Fault::Held);
    visit.open("interview")?;
    is_headed(visit, "인터뷰")?;
    visit.server.mend();
    // A host that only excuses itself is as good as none.
    visit.server.break_path("", Fault::Status(503));
    visit.open("/")?;
    lists(visit, &visit.archive.select(|_| true))
}

fn a_damaged_offline_file_is_found_and_repaired(visit: &Visit<'_>) -> Outcome {
    if !save(visit)? {
        return Ok(());
    }
    let damage = "const cache = await caches.open((await caches.keys())[0]); const files = await cache.keys();\
         const stories = files.filter((file) => file.url.includes('data/story/'));\
         await cache.put(stories[0], new Response('damaged')); await cache.delete(stories[1]);\
         await fetch(document.querySelector('link[rel=stylesheet]').href); return stories.length";
    // The last line has the worker look into the cache: a WebKit that keeps nothing on disk, as under automation, forgets what no page or worker
    // has open, and a page that is loaded anew has nothing open.
    ensure!(run(visit, damage)? == json!(23), "the files are not where they should be");
    visit.reload()?;
    says(visit, "22/23 저장됨")?;
    visit.page.click(&button("점검하고 고치기"))?;
    says(visit, "23/23 저장됨. 파일 2개를 다시 받았어요")?;
    visit.page.click(&button("점검하고 고치기"))?;
    says(visit, "23/23 저장됨. 모두 온전해요")
}

fn offline_saving_goes_on_after_a_lost_file(visit: &Visit<'_>) -> Outcome {
    if !can_save(visit)? {
        return Ok(());
    }
    visit.server.break_path("data/story/", Fault::Half);
    visit.page.click(&button("오프라인으로 저장"))?;
    visit.page.click(&button("저장"))?;
    says(visit, "목록과 달라서")?;
    visit.reload()?;
    says(visit, "끝나지 않았어요")?;
    visit.server.mend();
    visit.page.click(&button("점검하고 고치기"))?;
    says(visit, "23/23 저장됨")
}

fn removing_offline_files_leaves_nothing(visit: &Visit<'_>) -> Outcome {
    if !save(visit)? {
        return Ok(());
    }
    ensure!(traces(visit)? == json!([1, 1]), "the traces are {}", traces(visit)?);
    visit.page.click(&button("저장한 것 지우기"))?;
    visit.page.find(&button("오프라인으로 저장"))?;
    ensure!(traces(visit)? == json!([0, 0]), "there are traces: {}", traces(visit)?);
    Ok(())
}

fn offline_news_is_told_and_waits_to_be_asked(visit: &Visit<'_>) -> Outcome {
    if !save(visit)? {
        return Ok(());
    }
    visit.page.run("document.documentElement.dataset.old = ''", &[])?;
    let mut list = run(visit, "return (await fetch('offline.json')).json()")?;
    list["version"] = json!("00000000000000ff");
    visit.server.break_path("offline.json", Fault::Body(list.to_string()));
    // The reader comes back to the tab.
    visit.page.run("document.dispatchEvent(new Event('visibilitychange'))", &[])?;
    says(visit, "새 판이 나왔어요. 새로 고치면 새 판을 봅니다.")?;
    visit.page.find(&button("나중에"))?;
    ensure!(
        visit.page.run("return 'old' in document.documentElement.dataset", &[])? == json!(true),
        "the page was loaded anew without being asked"
    );
    visit.page.click(&button("새로 고침"))?;
    visit.page.until("the page to be loaded anew", || {
        let is_new = visit
            .page
            .run("return !('old' in document.documentElement.dataset) && document.documentElement.hasAttribute('data-ready')", &[])?;
        ensure!(is_new == json!(true), "the page is the old one");
        Ok(())
    })?;
    // See above: here nobody but the page has the new files open.
    if visit.engine == Engine::WebKit {
        return Ok(());
    }
    says(visit, "23/23 저장됨")?;
    let names = run(visit, "return caches.keys()")?;
    ensure!(names == json!(["story-home:/:00000000000000ff"]), "what is kept is {names}");
    // Nothing is fetched again that has not changed.
    let n_asked = visit.server.requests().iter().filter(|request| request.path.contains("/data/story/")).count();
    ensure!(n_asked == 23, "stories were asked for {n_asked} times");
    Ok(())
}

fn leaves_no_traces(visit: &Visit<'_>) -> Outcome {
    visit.page.until_eq("the traces", &json!([0, 0]), || traces(visit))
}

fn an_address_switches_offline_off(visit: &Visit<'_>) -> Outcome {
    if !save(visit)? {
        return Ok(());
    }
    visit.open("/?sw=off")?;
    lists(visit, &visit.archive.select(|_| true))?;
    leaves_no_traces(visit)
}

fn a_publisher_switches_offline_off(visit: &Visit<'_>) -> Outcome {
    if !save(visit)? {
        return Ok(());
    }
    let off = fs::read_to_string(visit.site.join("sw-off.js")).context("the site has no sw-off.js")?;
    visit.server.break_path("sw.js", Fault::Body(off));
    visit.page.run("document.documentElement.dataset.old = ''", &[])?;
    // Browsers ask by themselves, but when they have time.
    run(visit, "await (await navigator.serviceWorker.getRegistration()).update()")?;
    leaves_no_traces(visit)?;
    ensure!(visit.page.run("return 'old' in document.documentElement.dataset", &[])? == json!(true), "the page was loaded anew");
    visit.open("/")?;
    lists(visit, &visit.archive.select(|_| true))
}
