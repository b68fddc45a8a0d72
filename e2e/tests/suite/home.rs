//! The front page and the sections: every story is there, and each says what it is.

use std::fs;

use anyhow::{Context, ensure};
use e2e::{Outcome, Visit, role, server::Fault};

use crate::{
    house::{has_focus, headline, is_at, is_headed, lists, says_count, story_link, story_list},
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        home_shows_every_story,
        card_says_what_a_story_is,
        sections_say_how_many_and_open,
        empty_section_has_a_way_on,
        fresh_section_link_opens,
        the_publisher_names_the_archive
    ]
}

fn home_shows_every_story(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    is_headed(visit, "스토리 홈")?;
    ensure!(visit.archive.cards.len() == 23, "the bundled archive has {} stories instead of 23", visit.archive.cards.len());
    says_count(visit, 23)?;
    lists(visit, &visit.archive.select(|_| true))?;
    ensure!(visit.page.text(&role("contentinfo"))?.contains("기업문화 엿볼 때"), "the tagline is missing at the foot");
    Ok(())
}

fn card_says_what_a_story_is(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let card = visit.archive.titled("Kafka 모니터링")?;
    // A card that is not on screen is not drawn, and has no visible text.
    visit.page.on(&story_link(&card.title), "arguments[0].scrollIntoView({ block: 'center' })", serde_json::Value::Null)?;
    let text = visit.page.until("the card's text", || {
        let texts = visit.page.texts(&role("article").within(&story_list()))?;
        texts.into_iter().find(|text| text.contains(&card.title)).with_context(|| format!("no card holds {:?}", card.title))
    })?;
    let minutes = card.n_chars.div_ceil(500).max(1);
    for part in ["데일리호텔", "피드", "조회 7,458", &format!("{minutes}분"), "#Kafka", "#기술스택"] {
        ensure!(text.contains(part), "the card does not say {part:?}: {text}");
    }
    ensure!(card.title.len() + 60 < text.len(), "the card has no summary: {text}");
    Ok(())
}

fn sections_say_how_many_and_open(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let sections = role("navigation").named("구역");
    let expected = ["스토리 홈 23", "인터뷰 2", "피드 21", "뉴스 0"].map(String::from).to_vec();
    visit.page.until_eq("the sections", &expected, || visit.page.names(&role("link").within(&sections)))?;
    for (name, heading, section) in [("인터뷰 2", "인터뷰", "interview"), ("피드 21", "피드", "feed"), ("뉴스 0", "뉴스", "news")]
    {
        let link = role("link").named(name).within(&sections);
        visit.page.click(&link)?;
        is_headed(visit, heading)?;
        is_at(visit, &format!("/{section}"))?;
        let expected = visit.archive.select(|card| card.section == section);
        says_count(visit, expected.len())?;
        lists(visit, &expected)?;
        visit.page.until_eq("the current section", &Some("page".to_owned()), || visit.page.attribute(&link, "aria-current"))?;
        has_focus(visit, "heading", heading)?;
    }
    visit.page.click(&role("link").named("스토리 홈 23").within(&sections))?;
    is_headed(visit, "스토리 홈")?;
    lists(visit, &visit.archive.select(|_| true))
}

fn empty_section_has_a_way_on(visit: &Visit<'_>) -> Outcome {
    visit.open("/news")?;
    says_count(visit, 0)?;
    let main = visit.page.text(&role("main"))?;
    ensure!(main.contains("찾는 이야기가 없어요"), "the empty section does not say that it is empty: {main}");
    let ways_on =
        visit.page.names(&role("link").within(&role("main")))?.len() + visit.page.names(&role("button").within(&role("main")))?.len();
    ensure!(0 < ways_on, "an empty section without a way on");
    Ok(())
}

fn fresh_section_link_opens(visit: &Visit<'_>) -> Outcome {
    visit.open("/interview")?;
    is_headed(visit, "인터뷰")?;
    lists(visit, &visit.archive.select(|card| card.section == "interview"))?;
    ensure!(visit.page.all(&headline())?.len() == 1, "more than one main heading");
    Ok(())
}

fn the_publisher_names_the_archive(visit: &Visit<'_>) -> Outcome {
    let path = visit.site.join("data/manifest.json");
    let manifest = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let own = manifest.replace("스토리 홈", "우리 글방").replace("기업문화 엿볼 때", "함께 읽는 글");
    visit.server.break_path("data/manifest.json", Fault::Body(own));
    visit.open("/")?;
    is_headed(visit, "우리 글방")?;
    visit.page.until_eq("the page's title", &"우리 글방".to_owned(), || visit.page.title())?;
    visit.page.find(&role("link").named("우리 글방").within(&role("banner")))?;
    ensure!(visit.page.text(&role("contentinfo"))?.contains("함께 읽는 글"), "the tagline is missing at the foot");
    visit.page.click(&role("link").named("인터뷰 2"))?;
    visit.page.until_eq("the section's title", &"인터뷰 · 우리 글방".to_owned(), || visit.page.title())
}
