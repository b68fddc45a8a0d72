//! Going from page to page: where a reader arrives, what it is called, and pages that do not exist.

use anyhow::{Result, ensure};
use e2e::{Outcome, Visit, keys, role};

use crate::{
    house::{
        go_back, has_focus, headline, is_at, is_headed, lists, open_story, says_count, search_field, search_for, story_link, tag_box,
        titles,
    },
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        fresh_story_link_opens_the_story,
        neighbours_follow_the_list_the_reader_came_from,
        neighbours_of_a_fresh_story_follow_the_archive,
        back_to_the_list_keeps_filters_and_query,
        unknown_story_says_so,
        unknown_page_says_so,
        each_page_has_one_heading_that_takes_focus,
        each_page_has_a_title_of_its_own,
        each_page_has_its_landmarks,
        skip_link_leads_to_the_text,
        forward_returns_to_the_story,
    ]
}

fn moves(visit: &Visit<'_>) -> Result<Vec<String>> {
    visit.page.names(&role("link").within(&role("navigation").named("이야기 이동")))
}

fn fresh_story_link_opens_the_story(visit: &Visit<'_>) -> Outcome {
    let card = visit.archive.titled("Kafka 모니터링")?;
    visit.open(&card.path())?;
    is_headed(visit, "Kafka 모니터링")?;
    let article = visit.page.text(&role("article"))?;
    for part in ["데일리호텔", "피드", "조회 7,458", "#Kafka"] {
        ensure!(article.contains(part), "the story does not say {part:?}");
    }
    visit.page.find(&role("link").named("#Kafka").within(&role("article"))).map(drop)
}

fn neighbours_follow_the_list_the_reader_came_from(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=개발자&sort=views")?;
    says_count(visit, 12)?;
    let order = titles(&visit.page)?;
    let [first, second, third, ..] = order.as_slice() else { anyhow::bail!("too few stories: {order:?}") };
    open_story(visit, second)?;
    visit.page.until("the neighbours in that list", || {
        let moves = moves(visit)?;
        ensure!(
            moves.iter().any(|name| name.starts_with("이전 이야기") && name.contains(first.as_str())),
            "{first:?} is not before: {moves:?}"
        );
        ensure!(
            moves.iter().any(|name| name.starts_with("다음 이야기") && name.contains(third.as_str())),
            "{third:?} is not after: {moves:?}"
        );
        Ok(())
    })?;
    visit.page.click(&role("link").starting("다음 이야기"))?;
    is_headed(visit, third)?;
    visit.page.click(&role("link").starting("이전 이야기"))?;
    is_headed(visit, second)?;
    visit.page.click(&role("link").starting("이전 이야기"))?;
    is_headed(visit, first)?;
    visit.page.until_gone(&role("link").starting("이전 이야기"))?;
    visit.page.click(&role("link").named("목록으로"))?;
    is_at(visit, "/?tag=개발자&sort=views")?;
    visit.page.until_eq("the list that the reader came from", &order, || titles(&visit.page))
}

fn neighbours_of_a_fresh_story_follow_the_archive(visit: &Visit<'_>) -> Outcome {
    let [_, .., before_last, last] = visit.archive.cards.as_slice() else { anyhow::bail!("too few stories") };
    visit.open(&last.path())?;
    is_headed(visit, &last.title)?;
    visit.page.until("the story before it", || {
        let moves = moves(visit)?;
        ensure!(moves.iter().any(|name| name.starts_with("이전 이야기") && name.contains(&before_last.title)), "the moves are {moves:?}");
        Ok(())
    })?;
    ensure!(moves(visit)?.iter().all(|name| !name.starts_with("다음 이야기")), "the last story has a next one: {:?}", moves(visit)?);
    visit.page.click(&role("link").named("목록으로"))?;
    lists(visit, &visit.archive.select(|_| true))
}

fn back_to_the_list_keeps_filters_and_query(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&tag_box("개발자"))?;
    search_for(visit, "docker")?;
    open_story(visit, "docker the cloud")?;
    go_back(visit)?;
    is_at(visit, "/?q=docker&tag=개발자")?;
    visit.page.find(&story_link("docker the cloud"))?;
    has_focus(visit, "link", "docker the cloud")
}

fn unknown_story_says_so(visit: &Visit<'_>) -> Outcome {
    visit.expect_missing("story/no-such-story");
    visit.open("/story/no-such-story")?;
    is_headed(visit, "이야기를 찾을 수 없어요")?;
    visit.page.click(&role("link").named("스토리 홈으로"))?;
    is_at(visit, "/")?;
    says_count(visit, 23)
}

fn unknown_page_says_so(visit: &Visit<'_>) -> Outcome {
    visit.expect_missing("no/such/page");
    visit.open("/no/such/page")?;
    is_headed(visit, "없는 쪽이에요")?;
    visit.page.find(&search_field())?;
    visit.page.click(&role("link").starting("스토리 홈").within(&role("main")))?;
    says_count(visit, 23)
}

fn each_page_has_one_heading_that_takes_focus(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    ensure!(visit.page.focus()?.0 != "heading", "the first page of a visit moves the focus, away from the skip link");
    visit.page.click(&role("link").named("인터뷰 2"))?;
    is_headed(visit, "인터뷰")?;
    has_focus(visit, "heading", "인터뷰")?;
    let Some(first) = titles(&visit.page)?.first().cloned() else { anyhow::bail!("no interview") };
    open_story(visit, &first)?;
    has_focus(visit, "heading", &first)?;
    visit.expect_missing("story/no-such-story");
    visit.expect_missing("no/such/page");
    for path in ["", "interview", "news", "?q=kafka", "story/no-such-story", "no/such/page"] {
        visit.open(path)?;
        let headings = visit.page.names(&headline())?;
        ensure!(headings.len() == 1, "{path:?} has {} main headings: {headings:?}", headings.len());
    }
    Ok(())
}

fn is_titled(visit: &Visit<'_>, expected: &str) -> Outcome {
    visit.page.until_eq("the document's title", &expected.to_owned(), || visit.page.title())
}

fn each_page_has_a_title_of_its_own(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    is_titled(visit, "스토리 홈")?;
    visit.page.click(&role("link").named("인터뷰 2"))?;
    is_titled(visit, "인터뷰 · 스토리 홈")?;
    visit.page.click(&role("link").named("스토리 홈 23"))?;
    is_titled(visit, "스토리 홈")?;
    search_for(visit, "카프카")?;
    is_titled(visit, "“카프카” 검색 · 스토리 홈")?;
    open_story(visit, "Kafka 모니터링")?;
    is_titled(visit, "Kafka 모니터링 · 스토리 홈")?;
    go_back(visit)?;
    is_titled(visit, "“카프카” 검색 · 스토리 홈")
}

fn each_page_has_its_landmarks(visit: &Visit<'_>) -> Outcome {
    let story = visit.archive.titled("Kafka 모니터링")?.path();
    visit.expect_missing("story/no-such-story");
    visit.expect_missing("no/such/page");
    for path in ["", "feed", "?q=kafka", &story, "story/no-such-story", "no/such/page"] {
        visit.open(path)?;
        for landmark in ["banner", "main", "contentinfo", "search"] {
            visit.page.until_eq(&format!("one {landmark} on {path:?}"), &1, || Ok(visit.page.all(&role(landmark))?.len()))?;
        }
        visit.page.find(&role("navigation").named("구역"))?;
        visit.page.find(&role("link").named("스토리 홈").within(&role("banner")))?;
    }
    Ok(())
}

fn skip_link_leads_to_the_text(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.find(&search_field())?;
    visit.page.press(keys::TAB)?;
    has_focus(visit, "link", "본문으로 건너뛰기")?;
    visit.page.press(keys::ENTER)?;
    visit.page.until("the focus inside of main", || {
        let inside =
            visit.page.run("return document.activeElement?.closest('main') !== null && document.activeElement !== document.body", &[])?;
        ensure!(inside == true, "the focus is on {:?}", visit.page.focus()?);
        Ok(())
    })?;
    says_count(visit, 23)
}

fn forward_returns_to_the_story(visit: &Visit<'_>) -> Outcome {
    visit.open("/interview")?;
    let Some(first) = titles(&visit.page)?.first().cloned() else { anyhow::bail!("no interview") };
    open_story(visit, &first)?;
    go_back(visit)?;
    is_headed(visit, "인터뷰")?;
    visit.page.session().forward()?;
    is_headed(visit, &first)
}
