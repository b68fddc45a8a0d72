//! The pages of a tag, a company and a series, and filters by numbers: what brings stories together.

use anyhow::{Context, Result, ensure};
use e2e::{
    Locator, Outcome, Visit,
    archive::{Archive, Card},
    role,
};

use crate::{
    house::{has_query, is_headed, lists, lists_any_order, says_count, story_link},
    large::serve_large_archive,
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        company_page_says_what_it_shares_with_others,
        tag_page_leads_to_its_neighbours,
        series_page_lists_its_parts_in_order,
        story_leads_to_the_other_parts_of_its_series,
        reading_time_and_views_narrow_by_ranges,
    ]
}

/// The chips below one of the headings of a topic's page.
fn beside(heading: &str) -> Locator {
    role("link").within(&role("list").named(heading))
}

/// The names on chips, without their counts.
fn named(visit: &Visit<'_>, heading: &str) -> Result<Vec<String>> {
    visit.page.until(&format!("names below {heading:?}"), || {
        let names = visit.page.names(&beside(heading))?;
        ensure!(!names.is_empty(), "there are none");
        Ok(names.iter().map(|name| name.rsplit_once(' ').map_or(name.as_str(), |(name, _)| name).to_owned()).collect())
    })
}

fn company_page_says_what_it_shares_with_others(visit: &Visit<'_>) -> Outcome {
    const COMPANY: &str = "데일리호텔";
    let of = |company: &'static str| visit.archive.select(move |card| card.company.as_deref() == Some(company));
    let own = of(COMPANY);
    visit.open(&own.first().context("the company has no story")?.path())?;
    visit.page.click(&role("link").named(COMPANY))?;
    is_headed(visit, COMPANY)?;
    says_count(visit, own.len())?;
    lists(visit, &own)?;
    let tags = named(visit, "함께 붙은 태그")?;
    for tag in &tags {
        ensure!(own.iter().any(|card| card.has_tag(tag.trim_start_matches('#'))), "{tag} is on none of its stories");
    }
    let others = named(visit, "태그를 나누는 회사")?;
    ensure!(!others.iter().any(|other| other == COMPANY), "it shares tags with itself: {others:?}");
    for other in &others {
        let shares =
            |card: &Card| card.company.as_ref() == Some(other) && own.iter().any(|own| own.tags.iter().any(|tag| card.has_tag(tag)));
        ensure!(visit.archive.cards.iter().any(shares), "{other} shares no tag");
    }
    let other = others.first().context("no other company")?;
    visit.page.click_first(&role("link").starting(&format!("{other} ")))?;
    is_headed(visit, other)
}

fn tag_page_leads_to_its_neighbours(visit: &Visit<'_>) -> Outcome {
    visit.open("tag/개발자")?;
    is_headed(visit, "#개발자")?;
    let own = visit.archive.tagged("개발자");
    let views: u64 = own.iter().filter_map(|card| card.views).sum();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    visit.page.until("what the stories sum up to", || {
        let facts = visit.page.texts(&role("paragraph"))?;
        let sum = facts.iter().find(|text| text.starts_with(&format!("이야기 {}개", own.len())));
        ensure!(sum.is_some_and(|sum| digits(sum).ends_with(&views.to_string())), "{facts:?}");
        Ok(())
    })?;
    let neighbours = named(visit, "함께 붙은 태그")?;
    let first = neighbours.first().context("no neighbour")?;
    ensure!(own.iter().any(|card| card.has_tag(first.trim_start_matches('#'))), "{first} stands beside none of them");
    visit.page.click_first(&beside("함께 붙은 태그"))?;
    is_headed(visit, first)
}

/// The parts of the first series of the large archive that has a few, in their order.
fn parts(archive: &Archive) -> Result<(String, Vec<&Card>)> {
    let names = archive.cards.iter().filter_map(|card| Some(card.series.as_ref()?.name.clone()));
    for name in names {
        let mut parts = archive.select(|card| card.series.as_ref().is_some_and(|series| series.name == name));
        parts.sort_by_key(|card| card.series.as_ref().and_then(|series| series.part));
        if (3..12).contains(&parts.len()) {
            return Ok((name, parts));
        }
    }
    anyhow::bail!("the large archive has no series of a few parts")
}

fn large(visit: &Visit<'_>) -> Result<Archive> {
    serve_large_archive(visit)?;
    Archive::read(&visit.site.with_file_name("large"))
}

fn series_page_lists_its_parts_in_order(visit: &Visit<'_>) -> Outcome {
    let archive = large(visit)?;
    let (name, parts) = parts(&archive)?;
    // The page of a series that only the large archive has comes from no file.
    let path = format!("series/{name}");
    visit.expect_missing(&path);
    visit.open(&path)?;
    is_headed(visit, &name)?;
    says_count(visit, parts.len())?;
    lists(visit, &parts)
}

fn story_leads_to_the_other_parts_of_its_series(visit: &Visit<'_>) -> Outcome {
    let archive = large(visit)?;
    let (name, parts) = parts(&archive)?;
    let [first, second, ..] = parts.as_slice() else { anyhow::bail!("too few parts") };
    visit.open(&format!("?series={name}"))?;
    says_count(visit, parts.len())?;
    visit.page.click_first(&story_link(&first.title))?;
    is_headed(visit, &first.title)?;
    let series = role("navigation").named("연재");
    visit.page.until("every part", || {
        let shown = visit.page.texts(&role("listitem").within(&series))?;
        ensure!(shown == parts.iter().map(|card| card.title.clone()).collect::<Vec<_>>(), "{shown:?}");
        Ok(())
    })?;
    let links = visit.page.names(&role("link").within(&role("list").within(&series)))?;
    ensure!(links.len() + 1 == parts.len(), "the part that is open is a link as well: {links:?}");
    visit.page.click_first(&role("link").named(&second.title).within(&series))?;
    is_headed(visit, &second.title)
}

fn reading_time_and_views_narrow_by_ranges(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let range = |group: &str, name: &str| role("checkbox").starting(name).within(&role("group").named(group));
    let minutes = |card: &Card| card.n_chars.div_ceil(500).max(1);
    let short = visit.archive.select(|card| minutes(card) <= 3);
    visit.page.click(&range("읽는 시간", "3분까지"))?;
    has_query(visit, &[("time", "0-3")])?;
    says_count(visit, short.len())?;
    let seen = visit.archive.select(|card| minutes(card) <= 3 && card.views.is_some_and(|views| (1000..5000).contains(&views)));
    ensure!(!seen.is_empty() && seen.len() < short.len(), "these ranges do not tell one filter from two");
    visit.page.click(&range("조회수", "1,000~"))?;
    has_query(visit, &[("time", "0-3"), ("views", "1000-4999")])?;
    lists_any_order(visit, &seen)
}
