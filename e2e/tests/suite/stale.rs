//! A page of an earlier build, out of some cache: the files that it names are gone from the host, and the reader gets today's page all the same.

use std::fs;

use anyhow::{Context, ensure};
use e2e::{Outcome, Visit, server::Fault};
use serde_json::json;

use crate::{
    house::{is_headed, says_count},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        a_stale_page_is_fetched_anew_past_the_cache,
        a_stale_page_that_stays_is_taken_over_without_its_files,
        a_stale_page_is_readable_and_says_why_without_its_program,
        a_script_that_an_older_policy_refuses_comes_as_a_file,
    ]
}

/// The page at `path` as the build before left it: its script and its style sheet had other names.
fn of_the_build_before(visit: &Visit<'_>, path: &str) -> anyhow::Result<String> {
    let file = visit.site.join(format!("{path}.html"));
    let page = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let stale = page.replace("\"start-", "\"start-0000").replace("\"style-", "\"style-0000");
    ensure!(stale != page, "{path} names no script and no style sheet");
    Ok(stale)
}

/// Files that are gone are part of these scenarios.
fn expect_gone_files(visit: &Visit<'_>) -> Outcome {
    visit.forgive("");
    for entry in fs::read_dir(visit.site)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("start-") || name.starts_with("style-") {
            visit.expect_missing(&name.replace("start-", "start-0000").replace("style-", "style-0000"));
        }
    }
    Ok(())
}

fn n_asked(visit: &Visit<'_>, path: &str) -> usize {
    visit.server.requests().iter().filter(|request| request.path == path).count()
}

fn is_ready_and_styled(visit: &Visit<'_>) -> Outcome {
    visit.page.until("the app to be ready, and styled", || {
        let state = visit.page.run(
            "return [document.documentElement.hasAttribute('data-ready'), getComputedStyle(document.querySelector('.site-header__row')).display,\
             document.getElementById('start-failed').hidden]",
            &[],
        )?;
        ensure!(state == json!([true, "flex", true]) || state == json!([true, "grid", true]), "the page is {state}");
        Ok(())
    })
}

fn shows_todays_interviews(visit: &Visit<'_>) -> Outcome {
    visit.go("/interview")?;
    is_ready_and_styled(visit)?;
    is_headed(visit, "인터뷰")?;
    says_count(visit, 2)?;
    // Once past the cache, and no more: it would go on for ever.
    ensure!(n_asked(visit, "/interview") == 3, "asked for {} times", n_asked(visit, "/interview"));
    Ok(())
}

fn a_stale_page_is_fetched_anew_past_the_cache(visit: &Visit<'_>) -> Outcome {
    expect_gone_files(visit)?;
    visit.server.break_path("interview", Fault::Stale(of_the_build_before(visit, "interview")?));
    shows_todays_interviews(visit)?;
    let page = visit.page.run("return document.documentElement.outerHTML.includes('start-0000')", &[])?;
    ensure!(page == false, "the page is still the old one");
    Ok(())
}

fn a_stale_page_that_stays_is_taken_over_without_its_files(visit: &Visit<'_>) -> Outcome {
    expect_gone_files(visit)?;
    visit.server.break_path("interview", Fault::Body(of_the_build_before(visit, "interview")?));
    shows_todays_interviews(visit)
}

fn a_stale_page_is_readable_and_says_why_without_its_program(visit: &Visit<'_>) -> Outcome {
    expect_gone_files(visit)?;
    visit.server.break_path("interview", Fault::Body(of_the_build_before(visit, "interview")?));
    visit.server.break_path("story-home-", Fault::Gone);
    visit.go("/interview")?;
    is_headed(visit, "인터뷰")?;
    visit.page.until("the reason", || {
        let reason = visit
            .page
            .run("return document.querySelector('#start-failed:not([hidden]) [data-reason]:not([hidden])')?.dataset.reason", &[])?;
        ensure!(reason == "offline", "the panel gives {reason}");
        Ok(())
    })?;
    is_headed(visit, "인터뷰")
}

fn a_script_that_an_older_policy_refuses_comes_as_a_file(visit: &Visit<'_>) -> Outcome {
    visit.forgive("");
    let page = fs::read_to_string(visit.site.join("interview.html")).context("reading the page")?;
    let (before, rest) = page.split_once(" 'sha256-").context("the policy names no script")?;
    let (_, after) = rest.split_once('\'').context("the hash does not end")?;
    visit.server.break_path("interview", Fault::Body([before, after].concat()));
    visit.go("/interview")?;
    is_ready_and_styled(visit)?;
    is_headed(visit, "인터뷰")?;
    let has_begun = visit.page.run("return document.documentElement.hasAttribute('data-begun')", &[])?;
    ensure!(has_begun == true, "the script before the first paint never ran");
    let is_asked = visit.server.requests().iter().any(|request| request.path.starts_with("/start-"));
    ensure!(is_asked, "it ran where it stands: the policy did not refuse it");
    Ok(())
}
