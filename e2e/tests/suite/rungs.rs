//! Every way of typing a word leads to the story that has it, and every operator does what it says.

use anyhow::ensure;
use e2e::{Outcome, Visit, role};

use crate::{
    house::{has_query, lists_any_order, says_count, search_for, titles, typed},
    scenario::{Scenario, scenarios},
    search::{lead, marks_of_first_result},
};

pub(crate) fn all() -> Vec<Scenario> {
    scenarios![
        rung_prefix,
        rung_stem,
        rung_half_typed_syllable,
        rung_other_spelling,
        rung_initials,
        rung_layout_of_latin_keys,
        rung_layout_of_korean_keys,
        rung_slip_of_one_letter,
        rung_swapped_syllables,
        rung_compound_written_together,
        rung_compound_written_apart,
        operator_phrase,
        operator_exclusion,
        operator_or,
        operators_of_facts,
        operator_views,
        guess_can_be_refused,
        unknown_word_is_said,
        word_nowhere_offers_near_words,
        empty_result_says_what_to_drop,
    ]
}

/// Typed into the field, the text leads to the story and marks something in it.
fn finds(visit: &Visit<'_>, text: &str, title: &str) -> Outcome {
    visit.open("/")?;
    search_for(visit, text)?;
    lead(visit, &[title])?;
    marks_of_first_result(visit).map(drop)
}

fn rung_prefix(visit: &Visit<'_>) -> Outcome {
    finds(visit, "플러그", "웹 플러그인 개발기 - iframe의 재발견")
}

fn rung_stem(visit: &Visit<'_>) -> Outcome {
    finds(visit, "군집화로부터", "컴공생의 AI 스쿨 필기 노트 ③ K-평균 군집화")
}

fn rung_half_typed_syllable(visit: &Visit<'_>) -> Outcome {
    finds(visit, "독학일ㄱ", "블록체인 진짜 하나도 모르는 디자이너의 독학일기(2)")
}

fn rung_other_spelling(visit: &Visit<'_>) -> Outcome {
    finds(visit, "데브옵스", "DevOps 팀을 위한 모니터링 팁")
}

fn rung_initials(visit: &Visit<'_>) -> Outcome {
    finds(visit, "ㅋㄷㄹㅂ", "코드리뷰, 이렇게 하고 있습니다.")
}

fn rung_layout_of_latin_keys(visit: &Visit<'_>) -> Outcome {
    finds(visit, "rnswlqghk", "컴공생의 AI 스쿨 필기 노트 ③ K-평균 군집화")?;
    says(visit, "‘군집화’로 찾았어요")
}

fn rung_layout_of_korean_keys(visit: &Visit<'_>) -> Outcome {
    finds(visit, "애찯ㄱ", "docker the cloud")
}

fn rung_slip_of_one_letter(visit: &Visit<'_>) -> Outcome {
    finds(visit, "독핵일기", "블록체인 진짜 하나도 모르는 디자이너의 독학일기(2)")
}

fn rung_swapped_syllables(visit: &Visit<'_>) -> Outcome {
    finds(visit, "스켈티인뷰터", "스켈티인터뷰 / 스켈터랩스의 금손 이주현 님을 만나보세요:)")
}

fn rung_compound_written_together(visit: &Visit<'_>) -> Outcome {
    finds(visit, "서버스택", "리디북스 서버 스택 소개")
}

fn rung_compound_written_apart(visit: &Visit<'_>) -> Outcome {
    finds(visit, "코드 리뷰", "코드리뷰, 이렇게 하고 있습니다.")
}

/// Waits until the page says this.
fn says(visit: &Visit<'_>, expected: &str) -> Outcome {
    visit.page.until("what the page says", || {
        let main = visit.page.text(&role("main"))?;
        ensure!(main.contains(expected), "the page does not say {expected:?}");
        Ok(())
    })
}

fn operator_phrase(visit: &Visit<'_>) -> Outcome {
    finds(visit, "\"CTO의 일\"", "스타트업 CTO의 일")
}

fn operator_exclusion(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "CTO -회고")?;
    lead(visit, &["스타트업 CTO의 일"])?;
    ensure!(!titles(&visit.page)?.iter().any(|title| title.contains("회고")), "the excluded word is there: {:?}", titles(&visit.page)?);
    Ok(())
}

fn operator_or(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "tag:Kafka OR tag:코드리뷰")?;
    let is_tagged = |tags: &[String]| tags.iter().any(|tag| tag == "Kafka" || tag == "코드리뷰");
    lists_any_order(visit, &visit.archive.select(|card| is_tagged(&card.tags)))
}

fn operators_of_facts(visit: &Visit<'_>) -> Outcome {
    visit.open("/?q=tag:개발자")?;
    lists_any_order(visit, &visit.archive.select(|card| card.tags.iter().any(|tag| tag == "개발자")))?;
    visit.open("/?q=company:토스랩")?;
    lists_any_order(visit, &visit.archive.select(|card| card.company.as_deref() == Some("토스랩")))?;
    visit.open("/?q=section:인터뷰")?;
    lists_any_order(visit, &visit.archive.select(|card| card.section == "interview"))
}

fn operator_views(visit: &Visit<'_>) -> Outcome {
    visit.open("/?q=views:>5000")?;
    lists_any_order(visit, &visit.archive.select(|card| card.views.is_some_and(|views| views > 5000)))
}

fn guess_can_be_refused(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "zkvmzk")?;
    lead(visit, &["Kafka 모니터링"])?;
    visit.page.click(&role("link").named("입력한 그대로 찾기"))?;
    has_query(visit, &[("q", "zkvmzk"), ("literal", "")])?;
    says_count(visit, 0)?;
    ensure!(typed(visit)? == "zkvmzk", "the field lost the text: {:?}", typed(visit)?);
    visit.page.click(&role("link").starting("비슷한 말도 찾기").within(&role("list")))?;
    has_query(visit, &[("q", "zkvmzk")])?;
    lead(visit, &["Kafka 모니터링"])
}

fn unknown_word_is_said(visit: &Visit<'_>) -> Outcome {
    visit.open("/")?;
    search_for(visit, "docker qqqxzw")?;
    lead(visit, &["docker the cloud"])?;
    says(visit, "‘qqqxzw’")
}

fn word_nowhere_offers_near_words(visit: &Visit<'_>) -> Outcome {
    visit.open("/?q=모니터링쾅쾅쾅")?;
    says(visit, "‘모니터링쾅쾅쾅’")?;
    visit.page.click(&role("link").starting("모니터링").within(&role("main")))?;
    visit.page.until("stories", || {
        ensure!(!titles(&visit.page)?.is_empty(), "the offered word finds nothing");
        Ok(())
    })
}

fn empty_result_says_what_to_drop(visit: &Visit<'_>) -> Outcome {
    visit.open("/?tag=Kafka&tag=코드리뷰")?;
    says_count(visit, 0)?;
    let n_code = visit.archive.select(|card| card.tags.iter().any(|tag| tag == "코드리뷰")).len();
    visit.page.click(&role("link").named(&format!("#Kafka 거르기 해제 {n_code}개의 이야기")))?;
    has_query(visit, &[("tag", "코드리뷰")])?;
    says_count(visit, n_code)
}
