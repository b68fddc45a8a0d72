//! The archive speaks to nobody but its own host, and asks it for nothing twice without need.

use std::collections::BTreeMap;

use anyhow::ensure;
use e2e::{Outcome, Visit, role};

use crate::{
    house::{is_headed, open_story, says_count, search_for, titles},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![nothing_is_asked_of_another_host, first_visit_loads_no_story, nothing_is_fetched_twice]
}

fn nothing_is_asked_of_another_host(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "모니터링")?;
    open_story(visit, "DevOps 팀을 위한 모니터링 팁")?;
    visit.page.click(&role("link").named("인터뷰 2"))?;
    is_headed(visit, "인터뷰")?;
    let asked = visit.page.run("return performance.getEntriesByType('resource').map((entry) => entry.name)", &[])?;
    let asked: Vec<&str> = asked.as_array().into_iter().flatten().filter_map(|name| name.as_str()).collect();
    ensure!(5 <= asked.len(), "the browser knows of only {} files: {asked:?}", asked.len());
    let origin = format!("{}/", visit.server.origin());
    let foreign: Vec<_> =
        asked.iter().filter(|name| !name.starts_with(&origin) && !name.starts_with("data:") && !name.starts_with("blob:")).collect();
    ensure!(foreign.is_empty(), "asked of other hosts: {foreign:?}");
    Ok(())
}

fn first_visit_loads_no_story(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    says_count(visit, 23)?;
    let stories: Vec<String> =
        visit.server.requests().into_iter().map(|request| request.path).filter(|path| path.contains("/data/story/")).collect();
    ensure!(stories.is_empty(), "home loaded stories that nobody opened: {stories:?}");
    Ok(())
}

fn nothing_is_fetched_twice(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "docker")?;
    visit.page.until("results", || {
        ensure!(!titles(&visit.page)?.is_empty(), "nothing is found");
        Ok(())
    })?;
    open_story(visit, "docker the cloud")?;
    visit.page.click(&role("link").named("목록으로"))?;
    is_headed(visit, "스토리 홈")?;
    open_story(visit, "docker the cloud")?;
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for request in visit.server.requests().iter().filter(|request| request.path.contains("/data/")) {
        *counts.entry(request.path.clone()).or_default() += 1;
    }
    ensure!(4 <= counts.len(), "manifest, cards, index and story make four files: {counts:?}");
    let twice: Vec<_> = counts.iter().filter(|(_, count)| 1 < **count).collect();
    ensure!(twice.is_empty(), "fetched more than once: {twice:?}");
    Ok(())
}
