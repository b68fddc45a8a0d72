//! The archive below a sub-path, as on a project page of a code host.

use anyhow::ensure;
use e2e::{Outcome, Visit, role};

use crate::{
    house::{go_back, is_at, is_at_story, is_headed, lists, open_story, says_count, search_for, tag_box, titles},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        below "/repo/":
        home_works_below_a_prefix,
        fresh_story_works_below_a_prefix,
        navigation_keeps_the_prefix,
        search_and_filter_keep_the_prefix,
        unknown_page_below_a_prefix_leads_home,
    ]
}

fn home_works_below_a_prefix(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    is_at(visit, "/repo/")?;
    says_count(visit, 23)?;
    lists(visit, &visit.archive.select(|_| true))?;
    // The address without its last slash, as people type it.
    visit.page.session().go(&format!("{}/repo", visit.server.origin()))?;
    says_count(visit, 23)
}

fn fresh_story_works_below_a_prefix(visit: &Visit<'_>) -> Outcome {
    let card = visit.archive.titled("Kafka 모니터링")?;
    visit.open(&card.path())?;
    is_headed(visit, &card.title)?;
    is_at_story(visit, &card.title)?;
    visit.page.click(&role("link").named("#Kafka").within(&role("article")))?;
    is_at(visit, "/repo/tag/Kafka")?;
    lists(visit, &visit.archive.tagged("Kafka"))
}

fn navigation_keeps_the_prefix(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&role("link").named("인터뷰 2"))?;
    is_headed(visit, "인터뷰")?;
    is_at(visit, "/repo/interview")?;
    let Some(first) = titles(&visit.page)?.first().cloned() else { anyhow::bail!("no interview") };
    open_story(visit, &first)?;
    is_at_story(visit, &first)?;
    visit.page.click(&role("link").named("목록으로"))?;
    is_at(visit, "/repo/interview")?;
    visit.page.click(&role("link").named("스토리 홈").within(&role("banner")))?;
    is_at(visit, "/repo/")?;
    let links = visit.page.run("return [...document.querySelectorAll('a[href]')].map((link) => link.href)", &[])?;
    let base = visit.server.url("");
    let astray: Vec<_> =
        links.as_array().into_iter().flatten().filter(|link| !link.as_str().unwrap_or_default().starts_with(&base)).collect();
    ensure!(astray.is_empty(), "links leave the prefix: {astray:?}");
    Ok(())
}

fn search_and_filter_keep_the_prefix(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "docker")?;
    is_at(visit, "/repo/?q=docker")?;
    visit.page.click(&tag_box("개발"))?;
    is_at(visit, "/repo/?q=docker&tag=개발")?;
    open_story(visit, "docker the cloud")?;
    go_back(visit)?;
    is_at(visit, "/repo/?q=docker&tag=개발")?;
    visit.reload()?;
    visit.page.until("the story", || {
        ensure!(
            titles(&visit.page)?.first().is_some_and(|title| title == "docker the cloud"),
            "the results are {:?}",
            titles(&visit.page)?
        );
        Ok(())
    })
}

fn unknown_page_below_a_prefix_leads_home(visit: &Visit<'_>) -> Outcome {
    visit.expect_missing("no/such/page");
    visit.open("/no/such/page")?;
    is_headed(visit, "없는 쪽이에요")?;
    visit.page.click(&role("link").starting("스토리 홈").within(&role("main")))?;
    is_at(visit, "/repo/")?;
    says_count(visit, 23)
}
