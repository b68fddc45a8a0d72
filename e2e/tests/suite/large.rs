//! An archive whose search index is in parts: a reader fetches what a search needs, and sees no difference.
//!
//! `cargo xtask test --only build` makes it beside the site, of stories that nobody wrote.

use anyhow::ensure;
use e2e::{Outcome, Visit, role, server::Fault};

use crate::{
    house::{has_query, is_headed, says_count, search_field, search_for, titles},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        search_fetches_only_the_parts_it_needs,
        list_stays_until_the_parts_are_there,
        search_in_an_address_waits_for_its_parts,
        lost_part_is_said_and_tried_again,
    ]
}

/// How many stories the archive has.
const N_STORIES: usize = 1200;

/// Where the parts of the index lie.
const PARTS: &str = "data/search/";

/// From now on the data come from the large archive.
pub(crate) fn serve_large_archive(visit: &Visit<'_>) -> Outcome {
    let folder = visit.site.with_file_name("large").join("data");
    ensure!(folder.join("manifest.json").is_file(), "there is no {}; run: cargo xtask test --only build", folder.display());
    visit.server.serve_data_of(&folder);
    Ok(())
}

/// Paths of the parts that were asked for.
fn parts_asked_for(visit: &Visit<'_>) -> Vec<String> {
    let requests = visit.server.requests();
    requests.into_iter().map(|request| request.path).filter(|path| path.contains(PARTS)).collect()
}

fn finds_only(visit: &Visit<'_>, word: &str) -> Outcome {
    visit.page.until(&format!("stories of {word}"), || {
        let titles = titles(&visit.page)?;
        ensure!(!titles.is_empty() && titles.iter().take(5).all(|title| title.contains(word)), "it lists {titles:?}");
        Ok(())
    })
}

fn search_fetches_only_the_parts_it_needs(visit: &Visit<'_>) -> Outcome {
    serve_large_archive(visit)?;
    visit.open("/")?;
    says_count(visit, N_STORIES)?;
    search_for(visit, "쿠버네티스")?;
    finds_only(visit, "쿠버네티스")?;
    let parts = parts_asked_for(visit);
    let n_parts = std::fs::read_dir(visit.site.with_file_name("large").join(PARTS))?.count();
    ensure!(!parts.is_empty() && parts.len() * 4 < n_parts, "{} of {n_parts} parts were fetched", parts.len());
    let mut once = parts.clone();
    once.sort();
    once.dedup();
    ensure!(once.len() == parts.len(), "a part was fetched twice: {parts:?}");
    Ok(())
}

fn list_stays_until_the_parts_are_there(visit: &Visit<'_>) -> Outcome {
    serve_large_archive(visit)?;
    visit.open("/")?;
    says_count(visit, N_STORIES)?;
    visit.server.break_path(PARTS, Fault::Held);
    let before = titles(&visit.page)?;
    visit.page.type_into(&search_field(), "도커")?;
    // The address follows the typing after a while; by then an answer would be there.
    has_query(visit, &[("q", "도커")])?;
    ensure!(titles(&visit.page)? == before, "the list changed to {:?} before the answer was whole", titles(&visit.page)?);
    visit.server.mend();
    finds_only(visit, "도커")
}

fn search_in_an_address_waits_for_its_parts(visit: &Visit<'_>) -> Outcome {
    serve_large_archive(visit)?;
    visit.open("/?q=모니터링")?;
    finds_only(visit, "모니터링")?;
    // And on to a story, whose passages are marked.
    let first = titles(&visit.page)?.into_iter().next().unwrap_or_default();
    visit.page.click(&role("link").named(&first))?;
    is_headed(visit, &first)
}

fn lost_part_is_said_and_tried_again(visit: &Visit<'_>) -> Outcome {
    serve_large_archive(visit)?;
    visit.open("/")?;
    says_count(visit, N_STORIES)?;
    visit.forgive("Failed to load resource");
    visit.server.break_path(PARTS, Fault::Status(500));
    search_for(visit, "캐시")?;
    let again = role("button").named("다시 시도");
    visit.page.until("the words for it", || visit.page.find(&again).map(drop))?;
    visit.server.mend();
    visit.page.click(&again)?;
    finds_only(visit, "캐시")
}
