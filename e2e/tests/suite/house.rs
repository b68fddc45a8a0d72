//! The archive's own things by the names that a reader knows them by, and what a reader does all the time.

use anyhow::{Result, bail};
use e2e::{Locator, Outcome, Page, Visit, archive::Card, role, session::ElementId};
use serde_json::{Value, json};

/// The field that a reader searches in.
pub(crate) fn search_field() -> Locator {
    role("combobox").named("이야기 검색")
}

/// The list of stories.
pub(crate) fn story_list() -> Locator {
    role("list").named("이야기 목록")
}

/// A story's link in the list.
pub(crate) fn story_link(title: &str) -> Locator {
    role("link").named(title).within(&role("heading").level(2).within(&story_list()))
}

/// The page's own heading.
pub(crate) fn headline() -> Locator {
    role("heading").level(1)
}

/// The checkbox of a tag, whatever its count is.
pub(crate) fn tag_box(tag: &str) -> Locator {
    role("checkbox").starting(&format!("{tag} ")).within(&role("group").named("태그"))
}

/// The checkbox of a company, whatever its count is.
pub(crate) fn company_box(company: &str) -> Locator {
    role("checkbox").starting(&format!("{company} ")).within(&role("group").named("회사"))
}

/// The menu of orders.
pub(crate) fn sort_menu() -> Locator {
    role("combobox").named("정렬")
}

/// The titles in the list now, from top to bottom.
pub(crate) fn titles(page: &Page<'_>) -> Result<Vec<String>> {
    page.names(&role("heading").level(2).within(&story_list()))
}

/// Waits until the list shows exactly these stories in this order.
pub(crate) fn lists(visit: &Visit<'_>, expected: &[&Card]) -> Outcome {
    let expected: Vec<String> = expected.iter().map(|card| card.title.clone()).collect();
    visit.page.until_eq("the stories of the list", &expected, || titles(&visit.page))
}

/// Waits until the list shows exactly these stories in any order.
pub(crate) fn lists_any_order(visit: &Visit<'_>, expected: &[&Card]) -> Outcome {
    let mut expected: Vec<String> = expected.iter().map(|card| card.title.clone()).collect();
    expected.sort();
    visit.page.until_eq("the stories of the list", &expected, || {
        let mut titles = titles(&visit.page)?;
        titles.sort();
        Ok(titles)
    })
}

/// Waits until the live region says how many stories there are.
pub(crate) fn says_count(visit: &Visit<'_>, n_stories: usize) -> Outcome {
    let expected = if n_stories == 0 { "이야기가 없어요".to_owned() } else { format!("{}개의 이야기", grouped(n_stories)) };
    visit.page.until("the count of stories", || {
        let said = visit.page.texts(&role("status"))?;
        if said.contains(&expected) { Ok(()) } else { bail!("expected {expected:?} among {said:?}") }
    })
}

/// 1,082, as the archive writes it.
fn grouped(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", grouped(n / 1000), n % 1000) }
}

/// Waits until path and query are these, the prefix included.
pub(crate) fn is_at(visit: &Visit<'_>, expected: &str) -> Outcome {
    visit.page.until_eq("the address", &expected.to_owned(), || visit.page.address())
}

/// Waits until the address, its query aside, is this story's; in the query is the list that the reader came from.
pub(crate) fn is_at_story(visit: &Visit<'_>, title: &str) -> Outcome {
    let expected = format!("{}story/{}", visit.server.prefix(), visit.archive.titled(title)?.slug);
    visit.page.until_eq("the story's address", &expected, || Ok(visit.page.address()?.split('?').next().unwrap_or_default().to_owned()))
}

/// Waits until the query holds exactly these pairs, in any order.
pub(crate) fn has_query(visit: &Visit<'_>, expected: &[(&str, &str)]) -> Outcome {
    let mut expected: Vec<String> = expected.iter().map(|(key, value)| format!("{key}={value}")).collect();
    expected.sort();
    visit.page.until_eq("the query of the address", &expected, || {
        let pairs = visit.page.run("return [...new URLSearchParams(location.search)].map(([key, value]) => `${key}=${value}`)", &[])?;
        let mut pairs: Vec<String> =
            pairs.as_array().into_iter().flatten().map(|pair| pair.as_str().unwrap_or_default().to_owned()).collect();
        pairs.sort();
        Ok(pairs)
    })
}

/// Waits until the page is headed like this.
pub(crate) fn is_headed(visit: &Visit<'_>, expected: &str) -> Outcome {
    visit.page.until_eq("the page's heading", &vec![expected.to_owned()], || visit.page.names(&headline()))
}

/// Waits until this element has the focus.
pub(crate) fn has_focus(visit: &Visit<'_>, role: &str, name: &str) -> Outcome {
    visit.page.until_eq("the focus", &(role.to_owned(), name.to_owned()), || visit.page.focus())
}

/// Types a query into the empty field, and waits until the address has it.
pub(crate) fn search_for(visit: &Visit<'_>, query: &str) -> Outcome {
    visit.page.type_into(&search_field(), query)?;
    visit.page.until_eq("the query in the address", &Some(query.to_owned()), || query_parameter(&visit.page, "q"))
}

/// The value of a parameter of the address.
pub(crate) fn query_parameter(page: &Page<'_>, name: &str) -> Result<Option<String>> {
    Ok(page.run("return new URLSearchParams(location.search).get(arguments[0])", &[json!(name)])?.as_str().map(str::to_owned))
}

/// What stands in the search field.
pub(crate) fn typed(visit: &Visit<'_>) -> Result<String> {
    Ok(visit.page.property(&search_field(), "value")?.as_str().unwrap_or_default().to_owned())
}

/// Chooses an order in the menu.
pub(crate) fn sort_by(visit: &Visit<'_>, order: &str) -> Outcome {
    let option =
        visit.page.on(&sort_menu(), "return [...arguments[0].options].find((option) => option.label === arguments[1])", json!(order))?;
    let Some(option) = ElementId::from_value(&option) else { bail!("the menu has no {order:?}") };
    visit.page.session().click(&option)?;
    visit.page.until_eq("the chosen order", &order.to_owned(), || chosen_order(visit))
}

/// The order that the menu shows.
pub(crate) fn chosen_order(visit: &Visit<'_>) -> Result<String> {
    let chosen = visit.page.on(&sort_menu(), "return arguments[0].selectedOptions[0].label", Value::Null)?;
    Ok(chosen.as_str().unwrap_or_default().to_owned())
}

/// Opens a story from the list and waits for it.
pub(crate) fn open_story(visit: &Visit<'_>, title: &str) -> Outcome {
    visit.page.click(&story_link(title))?;
    is_headed(visit, title)
}

/// Presses Back, as a reader does.
pub(crate) fn go_back(visit: &Visit<'_>) -> Outcome {
    Ok(visit.page.session().back()?)
}
