//! Filters: what they leave, what they count, and how a reader gets out of them.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use e2e::{Locator, Outcome, Visit, archive::Card, keys, role};

use crate::{
    house::{
        company_box, has_focus, has_query, is_at, is_headed, lists, lists_any_order, open_story, says_count, search_field, search_for,
        story_list, tag_box, titles,
    },
    scenario::{Scenario, scenarios},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        tag_narrows_list_address_and_count,
        two_tags_must_both_hold,
        tag_can_be_excluded,
        companies_are_alternatives,
        counts_say_what_a_tag_would_leave,
        every_tag_can_be_reached,
        filters_can_be_lifted,
        filter_and_search_narrow_together,
        tag_on_a_card_opens_its_list,
        impossible_filters_have_a_way_on,
        unknown_tag_in_the_address_is_no_error,
        section_and_filter_narrow_together,
        one_of_the_tags_is_enough_by_a_button,
        filters_work_by_keyboard_alone,
        sheet_of_filters_opens_and_closes_by_keyboard,
    ]
}

fn tag_narrows_list_address_and_count(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&role("checkbox").named("개발자 12"))?;
    has_query(visit, &[("tag", "개발자")])?;
    says_count(visit, 12)?;
    lists(visit, &visit.archive.tagged("개발자"))?;
    let is_checked = visit.page.property(&tag_box("개발자"), "checked")?;
    ensure!(is_checked == true, "the chosen tag is not checked");
    Ok(())
}

fn two_tags_must_both_hold(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&tag_box("개발자"))?;
    says_count(visit, 12)?;
    visit.page.click(&tag_box("개발"))?;
    has_query(visit, &[("tag", "개발자"), ("tag", "개발")])?;
    let both = visit.archive.select(|card| card.has_tag("개발자") && card.has_tag("개발"));
    ensure!(!both.is_empty() && both.len() < visit.archive.tagged("개발").len(), "these two tags do not tell AND from OR");
    says_count(visit, both.len())?;
    lists(visit, &both)
}

fn tag_can_be_excluded(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let exclude = role("button").named("#개발자 제외");
    visit.page.click(&exclude)?;
    has_query(visit, &[("tag", "-개발자")])?;
    let others = visit.archive.select(|card| !card.has_tag("개발자"));
    says_count(visit, others.len())?;
    lists(visit, &others)?;
    visit.page.until_eq("the pressed state", &Some("true".to_owned()), || visit.page.attribute(&exclude, "aria-pressed"))?;
    visit.page.click(&role("button").named("#개발자 제외 해제"))?;
    has_query(visit, &[])?;
    says_count(visit, 23)
}

fn companies_are_alternatives(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&company_box("데일리호텔"))?;
    has_query(visit, &[("company", "데일리호텔")])?;
    let of = |companies: &'static [&'static str]| {
        visit.archive.select(|card| card.company.as_deref().is_some_and(|company| companies.contains(&company)))
    };
    lists(visit, &of(&["데일리호텔"]))?;
    visit.page.click(&company_box("리디북스"))?;
    has_query(visit, &[("company", "데일리호텔"), ("company", "리디북스")])?;
    let either = of(&["데일리호텔", "리디북스"]);
    ensure!(of(&["데일리호텔"]).len() < either.len(), "these two companies do not tell AND from OR");
    says_count(visit, either.len())?;
    lists(visit, &either)
}

/// The tags of the filter with their counts, as shown.
fn shown_counts(visit: &Visit<'_>) -> Result<Vec<(String, usize)>> {
    let names = visit.page.names(&role("checkbox").within(&role("group").named("태그")))?;
    names
        .iter()
        .map(|name| {
            let (tag, count) = name.rsplit_once(' ').with_context(|| format!("the tag {name:?} has no count"))?;
            Ok((tag.to_owned(), count.parse().with_context(|| format!("the count of {name:?} is no number"))?))
        })
        .collect()
}

fn counts_say_what_a_tag_would_leave(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.click(&tag_box("개발자"))?;
    says_count(visit, 12)?;
    visit.page.until("counts under the chosen tag", || {
        let counts = shown_counts(visit)?;
        ensure!(5 <= counts.len(), "there are only {} tags", counts.len());
        for (tag, count) in counts {
            let left = visit.archive.select(|card| card.has_tag("개발자") && card.has_tag(&tag)).len();
            ensure!(count == left, "#{tag} says {count}, but choosing it leaves {left}");
        }
        Ok(())
    })
}

fn every_tag_can_be_reached(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    let every: BTreeSet<&String> = visit.archive.cards.iter().flat_map(|card| &card.tags).collect();
    visit.page.click(&role("button").starting("태그 더 보기"))?;
    visit.page.until("every tag", || {
        let shown: BTreeSet<String> = shown_counts(visit)?.into_iter().map(|(tag, _)| tag).collect();
        let missing: Vec<_> = every.iter().filter(|tag| !shown.contains(**tag)).collect();
        ensure!(missing.is_empty(), "of {} tags these are missing: {missing:?}", every.len());
        Ok(())
    })?;
    visit.page.click(&tag_box("node.js"))?;
    has_query(visit, &[("tag", "node.js")])?;
    lists(visit, &visit.archive.tagged("node.js"))?;
    visit.page.click(&role("button").starting("태그 접기"))?;
    visit.page.until("fewer tags, the chosen one among them", || {
        let shown: Vec<String> = shown_counts(visit)?.into_iter().map(|(tag, _)| tag).collect();
        ensure!(shown.len() < every.len() && shown.iter().any(|tag| tag == "node.js"), "shown are {shown:?}");
        Ok(())
    })
}

/// Lifts every filter at once. An empty list offers it beside the filters and once more where the stories would be.
fn lift_all() -> Locator {
    role("button").ending("모두 해제").within(&role("main"))
}

fn filters_can_be_lifted(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=개발자&tag=-꿀팁&company=데일리호텔")?;
    let left =
        visit.archive.select(|card| card.has_tag("개발자") && !card.has_tag("꿀팁") && card.company.as_deref() == Some("데일리호텔"));
    lists(visit, &left)?;
    visit.page.click(&role("button").named("데일리호텔 거르기 해제"))?;
    has_query(visit, &[("tag", "개발자"), ("tag", "-꿀팁")])?;
    lists(visit, &visit.archive.select(|card| card.has_tag("개발자") && !card.has_tag("꿀팁")))?;
    visit.page.click(&role("button").named("#개발자 거르기 해제"))?;
    lists(visit, &visit.archive.select(|card| !card.has_tag("꿀팁")))?;
    visit.page.click(&tag_box("인사이트"))?;
    visit.page.click_first(&lift_all())?;
    has_query(visit, &[])?;
    says_count(visit, 23)?;
    visit.page.until_gone(&lift_all())
}

fn filter_and_search_narrow_together(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "모니터링")?;
    visit.page.until("results", || {
        ensure!(1 < titles(&visit.page)?.len() && titles(&visit.page)?.len() < 23, "nothing was narrowed");
        Ok(())
    })?;
    let found = titles(&visit.page)?;
    visit.page.click(&role("button").starting("태그 더 보기"))?;
    visit.page.click(&tag_box("Kafka"))?;
    has_query(visit, &[("q", "모니터링"), ("tag", "Kafka")])?;
    let tagged: Vec<&Card> = visit.archive.tagged("Kafka").into_iter().filter(|card| found.contains(&card.title)).collect();
    ensure!(!tagged.is_empty() && tagged.len() < found.len(), "this tag does not narrow these results");
    lists_any_order(visit, &tagged)?;
    visit.page.click(&role("button").named("검색어 지우기"))?;
    has_query(visit, &[("tag", "Kafka")])?;
    lists(visit, &visit.archive.tagged("Kafka"))
}

fn tag_on_a_card_opens_its_list(visit: &Visit<'_>) -> Outcome {
    visit.open("/interview")?;
    visit.page.click(&role("link").named("#사내복지").within(&story_list()))?;
    is_headed(visit, "#사내복지")?;
    is_at(visit, "/tag/사내복지")?;
    lists(visit, &visit.archive.tagged("사내복지"))
}

fn impossible_filters_have_a_way_on(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=Kafka&tag=리디북스")?;
    says_count(visit, 0)?;
    let main = visit.page.text(&role("main"))?;
    ensure!(main.contains("찾는 이야기가 없어요"), "the empty list does not say so: {main}");
    visit.page.click_first(&lift_all())?;
    has_query(visit, &[])?;
    says_count(visit, 23)
}

fn unknown_tag_in_the_address_is_no_error(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=세상에없는태그&sort=nonsense&colour=blue")?;
    says_count(visit, 0)?;
    visit.page.click(&role("link").named("#세상에없는태그 거르기 해제 23개의 이야기"))?;
    says_count(visit, 23)?;
    // A link made by hand is as good as one made by the archive.
    visit.open("/?tag=%EA%B0%9C%EB%B0%9C%EC%9E%90&q=")?;
    says_count(visit, 12)
}

fn section_and_filter_narrow_together(visit: &Visit<'_>) -> Outcome {
    visit.open("/feed")?;
    visit.page.click(&role("button").starting("태그 더 보기"))?;
    visit.page.click(&tag_box("기업문화"))?;
    has_query(visit, &[("tag", "기업문화")])?;
    is_headed(visit, "피드")?;
    lists(visit, &visit.archive.select(|card| card.section == "feed" && card.has_tag("기업문화")))?;
    open_story(visit, "8퍼센트 CTO 1년 차 회고")?;
    visit.page.find(&search_field()).map(drop)
}

fn one_of_the_tags_is_enough_by_a_button(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=Kafka")?;
    let mode = |name: &str| role("button").named(name).within(&role("group").named("태그"));
    ensure!(visit.page.all(&mode("태그 하나라도"))?.is_empty(), "with one tag there is nothing to ask");
    visit.open("/?tag=Kafka&tag=리디북스")?;
    says_count(visit, 0)?;
    visit.page.click(&mode("태그 하나라도"))?;
    let either = visit.archive.select(|card| card.has_tag("Kafka") || card.has_tag("리디북스"));
    lists(visit, &either)?;
    visit.page.until_eq("the pressed state", &Some("true".to_owned()), || visit.page.attribute(&mode("태그 하나라도"), "aria-pressed"))?;
    visit.page.click(&mode("태그 모두"))?;
    says_count(visit, 0)
}

fn filters_work_by_keyboard_alone(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    visit.page.on(&tag_box("개발자"), "arguments[0].focus()", serde_json::Value::Null)?;
    visit.page.press(keys::SPACE)?;
    has_query(visit, &[("tag", "개발자")])?;
    says_count(visit, visit.archive.tagged("개발자").len())?;
    // The box keeps the focus, and the minus key turns the choice round.
    visit.page.press("-")?;
    has_query(visit, &[("tag", "-개발자")])?;
    says_count(visit, visit.archive.select(|card| !card.has_tag("개발자")).len())?;
    visit.page.press("-")?;
    has_query(visit, &[])?;
    visit.page.press(keys::TAB)?;
    has_focus(visit, "button", "#개발자 제외")?;
    visit.page.press(keys::ENTER)?;
    has_query(visit, &[("tag", "-개발자")])
}

fn sheet_of_filters_opens_and_closes_by_keyboard(visit: &Visit<'_>) -> Outcome {
    visit.open_narrow("", 360)?;
    says_count(visit, 23)?;
    let opener = role("button").named("거르기");
    visit.page.on(&opener, "arguments[0].focus()", serde_json::Value::Null)?;
    visit.page.press(keys::ENTER)?;
    visit.page.until_eq("an open sheet", &Some("true".to_owned()), || visit.page.attribute(&opener, "aria-expanded"))?;
    visit.page.click(&tag_box("개발자"))?;
    // The sheet stays, and its own button says what is left.
    visit.page.find(&role("button").named("12개의 이야기"))?;
    visit.page.press(keys::ESCAPE)?;
    visit.page.until_gone(&tag_box("개발자"))?;
    has_focus(visit, "button", "거르기")?;
    says_count(visit, 12)
}
