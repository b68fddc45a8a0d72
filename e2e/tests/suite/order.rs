//! Sorting, and the address as the whole state: Back, reload and a link show the same list.

use anyhow::{Result, ensure};
use e2e::{Outcome, Visit, archive::Card, role};
use serde_json::json;

use crate::{
    house::{
        chosen_order, company_box, go_back, has_query, lists, lists_any_order, open_story, says_count, search_field, search_for, sort_by,
        story_link, tag_box, titles, typed,
    },
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        sorts_by_views,
        sorts_by_length,
        sorts_by_title,
        relevance_is_an_order_only_while_searching,
        back_undoes_one_filter_at_a_time,
        typing_leaves_one_step_to_go_back,
        reload_shows_the_same_list,
        link_opened_fresh_shows_the_same_list,
        back_from_a_story_restores_place_and_focus,
    ]
}

fn sorted<'a>(visit: &Visit<'a>, key: impl Fn(&Card) -> u64) -> Vec<&'a Card> {
    let mut cards = visit.archive.select(|_| true);
    // A stable sort: equal ones stay in corpus order.
    cards.sort_by_key(|card| std::cmp::Reverse(key(card)));
    cards
}

fn sorts_by_views(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    sort_by(visit, "조회순")?;
    has_query(visit, &[("sort", "views")])?;
    let expected = sorted(visit, |card| card.views.unwrap_or_default());
    ensure!(expected.first().is_some_and(|card| card.title == "Kafka 모니터링"), "the most read story is another one");
    lists(visit, &expected)?;
    sort_by(visit, "기본 순서")?;
    lists(visit, &visit.archive.select(|_| true))
}

fn sorts_by_length(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    sort_by(visit, "긴 글부터")?;
    has_query(visit, &[("sort", "length")])?;
    lists(visit, &sorted(visit, |card| card.n_chars))
}

fn sorts_by_title(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    sort_by(visit, "제목순")?;
    has_query(visit, &[("sort", "title")])?;
    lists_any_order(visit, &visit.archive.select(|_| true))?;
    visit.page.until("titles in alphabetical order", || {
        // Hangul syllables stand in Unicode in the order of Korean dictionaries; where Latin letters go is each engine's own matter.
        let shown: Vec<String> = titles(&visit.page)?;
        let (hangul, others): (Vec<&String>, Vec<&String>) =
            shown.iter().partition(|title| title.starts_with(|c| matches!(c, '가'..='힣')));
        ensure!(hangul.is_sorted(), "not in order: {hangul:?}");
        let latin: Vec<String> =
            others.iter().filter(|title| title.starts_with(|c: char| c.is_ascii_alphabetic())).map(|title| title.to_lowercase()).collect();
        ensure!(latin.is_sorted(), "not in order: {latin:?}");
        Ok(())
    })
}

fn order_names(visit: &Visit<'_>) -> Result<Vec<String>> {
    let names = visit.page.run("return [...document.querySelectorAll('option')].filter((option) => !option.hidden && !option.disabled).map((option) => option.label)", &[])?;
    Ok(names.as_array().into_iter().flatten().map(|name| name.as_str().unwrap_or_default().to_owned()).collect())
}

fn relevance_is_an_order_only_while_searching(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let without = ["기본 순서", "조회순", "긴 글부터", "제목순"].map(String::from).to_vec();
    visit.page.until_eq("the orders", &without, || order_names(visit))?;
    ensure!(chosen_order(visit)? == "기본 순서", "the order of the archive is not the default");
    search_for(visit, "모니터링")?;
    visit.page.until_eq("the order while searching", &"관련순".to_owned(), || chosen_order(visit))?;
    let by_relevance = titles(&visit.page)?;
    sort_by(visit, "조회순")?;
    has_query(visit, &[("q", "모니터링"), ("sort", "views")])?;
    let expected: Vec<&Card> =
        sorted(visit, |card| card.views.unwrap_or_default()).into_iter().filter(|card| by_relevance.contains(&card.title)).collect();
    lists(visit, &expected)
}

fn back_undoes_one_filter_at_a_time(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&tag_box("개발자"))?;
    says_count(visit, 12)?;
    visit.page.click(&tag_box("개발"))?;
    let both = visit.archive.select(|card| card.has_tag("개발자") && card.has_tag("개발"));
    says_count(visit, both.len())?;
    sort_by(visit, "조회순")?;
    go_back(visit)?;
    has_query(visit, &[("tag", "개발자"), ("tag", "개발")])?;
    lists(visit, &both)?;
    ensure!(chosen_order(visit)? == "기본 순서", "the menu still shows the order that was undone");
    go_back(visit)?;
    has_query(visit, &[("tag", "개발자")])?;
    lists(visit, &visit.archive.tagged("개발자"))?;
    ensure!(visit.page.property(&tag_box("개발"), "checked")? == false, "the box of the tag that was undone is still checked");
    go_back(visit)?;
    has_query(visit, &[])?;
    says_count(visit, 23)?;
    visit.page.session().forward()?;
    has_query(visit, &[("tag", "개발자")])?;
    says_count(visit, 12)
}

fn typing_leaves_one_step_to_go_back(visit: &Visit<'_>) -> Outcome {
    visit.open("/interview")?;
    visit.page.click(&role("link").named("스토리 홈 23"))?;
    says_count(visit, 23)?;
    search_for(visit, "docker")?;
    go_back(visit)?;
    // Each letter replaced the entry of the home page, so one step back is the section.
    visit.page.until_eq("the address", &"/interview".to_owned(), || visit.page.address())?;
    visit.page.until_eq("the search field", &String::new(), || typed(visit))?;
    lists(visit, &visit.archive.select(|card| card.section == "interview"))
}

fn reload_shows_the_same_list(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&tag_box("개발자"))?;
    visit.page.click(&company_box("스포카"))?;
    sort_by(visit, "조회순")?;
    search_for(visit, "도커")?;
    visit.page.until("results", || {
        ensure!(!titles(&visit.page)?.is_empty(), "nothing is found");
        Ok(())
    })?;
    let before = (titles(&visit.page)?, visit.page.address()?);
    visit.reload()?;
    visit.page.until_eq("the same list", &before, || Ok((titles(&visit.page)?, visit.page.address()?)))?;
    ensure!(typed(visit)? == "도커", "the field lost the query: {:?}", typed(visit)?);
    ensure!(chosen_order(visit)? == "조회순", "the menu lost the order");
    ensure!(visit.page.property(&tag_box("개발자"), "checked")? == true, "the box of the tag lost its mark");
    Ok(())
}

fn link_opened_fresh_shows_the_same_list(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=개발자&tag=-꿀팁&company=데일리호텔&company=리디북스&sort=title")?;
    let expected = visit.archive.select(|card| {
        card.has_tag("개발자") && !card.has_tag("꿀팁") && matches!(card.company.as_deref(), Some("데일리호텔" | "리디북스"))
    });
    lists_any_order(visit, &expected)?;
    for chip in ["#개발자 거르기 해제", "#꿀팁 제외 해제", "데일리호텔 거르기 해제", "리디북스 거르기 해제"]
    {
        visit.page.find(&role("button").named(chip))?;
    }
    ensure!(chosen_order(visit)? == "제목순", "the menu shows another order than the address");
    Ok(())
}

fn back_from_a_story_restores_place_and_focus(visit: &Visit<'_>) -> Outcome {
    visit.open("/?sort=views")?;
    let cards = sorted(visit, |card| card.views.unwrap_or_default());
    lists(visit, &cards)?;
    let Some(far_down) = cards.get(15) else { anyhow::bail!("too few stories to scroll") };
    // The click scrolls the link into view; where that is, the reader left off.
    visit.page.on(&story_link(&far_down.title), "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", json!(null))?;
    ensure!(500 < scroll_position(visit)?, "the list is too short to scroll");
    let place = place_in_window(visit, &far_down.title)?;
    open_story(visit, &far_down.title)?;
    visit.page.until("the top of the story", || {
        ensure!(scroll_position(visit)? < 50, "the story begins at {}", scroll_position(visit)?);
        Ok(())
    })?;
    go_back(visit)?;
    lists(visit, &cards)?;
    visit.page.until("the place in the list", || {
        let now = place_in_window(visit, &far_down.title)?;
        ensure!(now.abs_diff(place) <= 2, "left at {place}, came back to {now}");
        Ok(())
    })?;
    crate::house::has_focus(visit, "link", &far_down.title)?;
    visit.page.find(&search_field()).map(drop)
}

/// How far below the top of the window a story's link is: what a reader sees of a place. The length of the page above it is a guess until
/// its cards have been on screen.
fn place_in_window(visit: &Visit<'_>, title: &str) -> Result<i64> {
    let top = visit.page.on(&story_link(title), "return Math.round(arguments[0].getBoundingClientRect().top)", json!(null))?;
    Ok(top.as_i64().unwrap_or_default())
}

fn scroll_position(visit: &Visit<'_>) -> Result<u64> {
    Ok(visit.page.run("return Math.round(scrollY)", &[])?.as_u64().unwrap_or_default())
}
