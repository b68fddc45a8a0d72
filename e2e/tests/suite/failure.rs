//! A host that loses, breaks or holds back a file: the page says what happened, and trying again helps.

use anyhow::ensure;
use e2e::{Outcome, Visit, role, server::Fault};
use serde_json::json;

use crate::{
    house::{is_at_story, is_headed, lists, open_story, says_count, search_field, story_link, titles},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        lost_manifest_is_said_and_tried_again,
        broken_manifest_is_said_and_tried_again,
        newer_manifest_is_refused_in_words,
        lost_cards_are_said_and_tried_again,
        lost_story_is_said_and_tried_again,
        broken_story_is_said_and_tried_again,
        lost_index_leaves_the_archive_readable,
        broken_index_is_said_and_tried_again,
        slow_story_does_not_blank_the_page,
        lost_program_is_said,
        a_page_in_place_of_the_program_is_said,
    ]
}

/// What a browser itself writes to its console when a file fails; the rest of the console stays watched.
fn forgive_failed_files(visit: &Visit<'_>) {
    visit.forgive("Failed to load resource");
}

/// Waits for the alert, and makes sure that it says something and can be tried again.
fn is_alarmed(visit: &Visit<'_>) -> Outcome {
    visit.page.until("an alert that says what happened", || {
        let alerts = visit.page.texts(&role("alert"))?;
        ensure!(alerts.iter().any(|alert| 10 < alert.chars().count()), "the alerts are {alerts:?}");
        Ok(())
    })?;
    visit.page.find(&role("button").named("다시 시도")).map(drop)
}

/// Tries again while the host still fails, then once more when it is well.
fn tries_again(visit: &Visit<'_>) -> Outcome {
    let n_before = visit.server.requests().len();
    visit.page.click(&role("button").named("다시 시도"))?;
    visit.page.until("another request", || {
        ensure!(n_before < visit.server.requests().len(), "trying again asked for nothing");
        Ok(())
    })?;
    is_alarmed(visit)?;
    visit.server.mend();
    visit.page.click(&role("button").named("다시 시도"))?;
    visit.page.until_gone(&role("alert"))
}

fn lost_manifest_is_said_and_tried_again(visit: &Visit<'_>) -> Outcome {
    forgive_failed_files(visit);
    visit.server.break_path("data/manifest.json", Fault::Status(503));
    visit.go("/")?;
    is_alarmed(visit)?;
    visit.page.find(&role("main"))?;
    tries_again(visit)?;
    says_count(visit, 23)?;
    lists(visit, &visit.archive.select(|_| true))
}

fn broken_manifest_is_said_and_tried_again(visit: &Visit<'_>) -> Outcome {
    visit.server.break_path("data/manifest.json", Fault::Half);
    visit.go("/interview")?;
    is_alarmed(visit)?;
    tries_again(visit)?;
    says_count(visit, 2)
}

fn newer_manifest_is_refused_in_words(visit: &Visit<'_>) -> Outcome {
    let body =
        r#"{"format":99,"site":{"title":"스토리 홈","tagline":"기업문화 엿볼 때","lang":"ko"},"n_stories":0,"cards":[],"search":[]}"#;
    visit.server.break_path("data/manifest.json", Fault::Body(body.into()));
    visit.go("/")?;
    is_alarmed(visit)?;
    let alert = visit.page.texts(&role("alert"))?.join(" ");
    ensure!(alert.contains("99"), "the alert does not say which format it met: {alert}");
    ensure!(titles(&visit.page)?.is_empty(), "stories of an unknown format are shown");
    Ok(())
}

fn lost_cards_are_said_and_tried_again(visit: &Visit<'_>) -> Outcome {
    forgive_failed_files(visit);
    visit.server.break_path("data/cards", Fault::Status(404));
    visit.go("/")?;
    is_alarmed(visit)?;
    tries_again(visit)?;
    says_count(visit, 23)
}

fn lost_story_is_said_and_tried_again(visit: &Visit<'_>) -> Outcome {
    forgive_failed_files(visit);
    visit.open("/")?;
    visit.server.break_path("data/story/", Fault::Status(500));
    visit.page.click(&story_link("Kafka 모니터링"))?;
    is_alarmed(visit)?;
    is_at_story(visit, "Kafka 모니터링")?;
    // What is not there has not been read: the bar stood at the end, and told so.
    let progress = role("progressbar").named("읽은 만큼");
    visit.page.until_eq("how much of the lost story is read", &json!(0), || visit.page.property(&progress, "value"))?;
    tries_again(visit)?;
    is_headed(visit, "Kafka 모니터링")?;
    visit.page.find(&role("article")).map(drop)
}

fn broken_story_is_said_and_tried_again(visit: &Visit<'_>) -> Outcome {
    visit.server.break_path("data/story/", Fault::Half);
    visit.go(&visit.archive.titled("docker the cloud")?.path())?;
    is_alarmed(visit)?;
    tries_again(visit)?;
    is_headed(visit, "docker the cloud")
}

fn lost_index_leaves_the_archive_readable(visit: &Visit<'_>) -> Outcome {
    forgive_failed_files(visit);
    visit.server.break_path("data/search", Fault::Status(404));
    // Ready, because the field of the prerendered page goes with it.
    visit.open("/")?;
    lists(visit, &visit.archive.select(|_| true))?;
    visit.page.type_into(&search_field(), "docker")?;
    is_alarmed(visit)?;
    tries_again(visit)?;
    visit.page.until("the story", || {
        ensure!(
            titles(&visit.page)?.first().is_some_and(|title| title == "docker the cloud"),
            "the results are {:?}",
            titles(&visit.page)?
        );
        Ok(())
    })
}

fn broken_index_is_said_and_tried_again(visit: &Visit<'_>) -> Outcome {
    visit.server.break_path("data/search", Fault::Half);
    visit.go("/?q=docker")?;
    is_alarmed(visit)?;
    tries_again(visit)?;
    visit.page.until("the story", || {
        ensure!(
            titles(&visit.page)?.first().is_some_and(|title| title == "docker the cloud"),
            "the results are {:?}",
            titles(&visit.page)?
        );
        Ok(())
    })
}

fn slow_story_does_not_blank_the_page(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.server.break_path("data/story/", Fault::Held);
    visit.page.click(&story_link("Kafka 모니터링"))?;
    visit.page.until("the story's address", || {
        ensure!(visit.page.address()?.starts_with("/story/"), "still at {}", visit.page.address()?);
        Ok(())
    })?;
    for landmark in ["banner", "main", "contentinfo"] {
        visit.page.find(&role(landmark))?;
    }
    ensure!(visit.page.all(&role("alert"))?.is_empty(), "a slow story is taken for a lost one");
    // Who does not want to wait goes elsewhere, and the late story does not follow.
    visit.page.click(&role("link").named("인터뷰 2"))?;
    is_headed(visit, "인터뷰")?;
    visit.server.mend();
    says_count(visit, 2)?;
    is_headed(visit, "인터뷰")?;
    visit.page.click(&role("link").named("스토리 홈 23"))?;
    open_story(visit, "Kafka 모니터링")
}

fn lost_program_is_said(visit: &Visit<'_>) -> Outcome {
    // Without its program the page has only what stands in it. What the loader complains about is each engine's own.
    visit.forgive("");
    let Some(program) = program_of(visit)? else { anyhow::bail!("the site has no wasm file") };
    visit.server.break_path(&program, Fault::Status(404));
    visit.go("/")?;
    is_alarmed(visit)?;
    gives_reason(visit, "서버에 프로그램 파일이 없어요")?;
    // It was asked for past all caches before that was said, and once is enough.
    let n_pages = visit.server.requests().iter().filter(|request| request.path == "/").count();
    ensure!(n_pages == 3, "the page was asked for {n_pages} times, not when opened, past caches and when opened anew");
    visit.server.mend();
    visit.page.click(&role("button").named("다시 시도"))?;
    says_count(visit, 23)
}

fn a_page_in_place_of_the_program_is_said(visit: &Visit<'_>) -> Outcome {
    // Networks in hotels answer everything with their own page.
    visit.forgive("");
    let Some(program) = program_of(visit)? else { anyhow::bail!("the site has no wasm file") };
    visit.server.break_path(&program, Fault::Body("<!doctype html><p>Sign in".into()));
    visit.go("/")?;
    is_alarmed(visit)?;
    gives_reason(visit, "프로그램 대신 다른 것이 왔어요")
}

fn gives_reason(visit: &Visit<'_>, reason: &str) -> Outcome {
    visit.page.until("the reason", || {
        let alerts = visit.page.texts(&role("alert"))?;
        ensure!(alerts.iter().any(|alert| alert.contains(reason)), "the alerts are {alerts:?}");
        Ok(())
    })
}

/// The program's file below the site.
fn program_of(visit: &Visit<'_>) -> anyhow::Result<Option<String>> {
    let names = std::fs::read_dir(visit.site)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<Vec<_>>>()?;
    Ok(names.into_iter().find(|name| name.ends_with("_bg.wasm")))
}
