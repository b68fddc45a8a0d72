//! What there is to see: each screen, and the way to it.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use e2e::{
    Visit,
    archive::{Archive, Card, encode},
    role,
    server::Fault,
};
use serde_json::{Value, json};

/// One screen.
pub(crate) struct Scene {
    /// How its files begin.
    pub(crate) name: &'static str,
    /// The whole page is taken as well.
    pub(crate) whole: bool,
    /// It shows what a reader keeps. Such scenes stand last: until then the reader is new.
    pub(crate) of_shelf: bool,
    /// Goes there.
    pub(crate) open: fn(&Visit<'_>, &Picks) -> Result<Shown>,
}

/// What came of going there.
pub(crate) enum Shown {
    Page,
    /// This build has no such screen.
    Nothing(&'static str),
}

const fn scene(name: &'static str, open: fn(&Visit<'_>, &Picks) -> Result<Shown>) -> Scene {
    Scene { name, whole: false, of_shelf: false, open }
}

/// All of them, in the order of the contact sheet.
pub(crate) const SCENES: [Scene; 19] = [
    Scene { whole: true, ..scene("home", |visit, _| open(visit, "")) },
    scene("results", |visit, _| open(visit, &format!("?q={}", encode("카프카 모니터링")))),
    scene("filtered", |visit, picks| open(visit, &format!("?tag={}&tag=-{}", encode(&picks.tag), encode(&picks.other_tag)))),
    scene("filters", filters),
    scene("topic", |visit, picks| open(visit, &format!("tag/{}", encode(&picks.tag)))),
    Scene { whole: true, ..scene("story-article", |visit, picks| open(visit, &picks.article)) },
    scene("story-interview", |visit, picks| open(visit, &picks.interview)),
    scene("story-questions", |visit, picks| in_the_middle(visit, &picks.interview, "article h2, article h3")),
    scene("story-code", |visit, picks| in_the_middle(visit, &picks.code, "article pre")),
    scene("story-table", |visit, picks| in_the_middle(visit, &picks.table, "article table")),
    scene("settings", settings),
    scene("empty", |visit, picks| open(visit, &format!("?tag={}&company={}", encode(&picks.tag), encode(&picks.company_without)))),
    scene("unknown", |visit, _| open(visit, "no/such/page")),
    scene("error-story", |visit, picks| fail(visit, &picks.article, "data/story/", Fault::Status(500))),
    scene("error-list", |visit, _| fail(visit, "", "data/cards", Fault::Status(404))),
    Scene { whole: true, ..scene("design", design) },
    Scene { of_shelf: true, ..scene("shelf", |visit, _| open(visit, "shelf")) },
    Scene { of_shelf: true, ..scene("notes", |visit, _| open(visit, "notes")) },
    Scene {
        of_shelf: true,
        ..scene("story-notes", |visit, picks| in_the_middle(visit, &picks.article, "article .body > p:nth-of-type(2)"))
    },
];

/// Stories, tags and companies that make good pictures, chosen from what the site has.
pub(crate) struct Picks {
    /// Path of an article.
    pub(crate) article: String,
    /// Path of an interview.
    pub(crate) interview: String,
    /// Path of the story with the most code.
    pub(crate) code: String,
    /// Path of a story with a table.
    pub(crate) table: String,
    /// A tag of many stories.
    pub(crate) tag: String,
    /// A tag of some of them.
    pub(crate) other_tag: String,
    /// A company none of whose stories has `tag`.
    pub(crate) company_without: String,
    /// Stories for the shelf: path and title.
    pub(crate) shelf: Vec<(String, String)>,
}

impl Picks {
    /// Looks through the cards, and through the stories for code and tables.
    pub(crate) fn of(site: &Path, archive: &Archive) -> Result<Self> {
        let most = |block: &str| most_blocks(site, archive, block);
        let (tag, n_tagged) = most_common(archive.cards.iter().flat_map(|card| &card.tags)).context("no story has a tag")?;
        let with_tag = archive.tagged(&tag);
        let others = with_tag.iter().flat_map(|card| &card.tags).filter(|other| **other != tag);
        let counts = count(others).into_iter().filter(|(_, n)| *n < n_tagged);
        let other_tag = counts.max_by_key(|(_, n)| *n).map(|(tag, _)| tag).context("no second tag")?;
        let lacks = |company: &&String| with_tag.iter().all(|card| card.company.as_ref() != Some(company));
        let company_without = archive.cards.iter().filter_map(|card| card.company.as_ref()).find(lacks).cloned();
        let article = archive.titled("Kafka 모니터링").or_else(|_| archive.cards.first().context("no story"))?;
        let interview = archive.cards.iter().find(|card| card.section == "interview").unwrap_or(article);
        let shelf = std::iter::once(article).chain(archive.cards.iter().filter(|card| card.slug != article.slug).step_by(3)).take(6);
        Ok(Self {
            article: article.path(),
            interview: interview.path(),
            code: most("\"code\":{")?.path(),
            table: most("\"table\":{")?.path(),
            tag,
            other_tag,
            // Without such a company the list is not empty, which the picture shows.
            company_without: company_without.unwrap_or_default(),
            shelf: shelf.map(|card| (card.path(), card.title.clone())).collect(),
        })
    }
}

fn count<'a>(words: impl Iterator<Item = &'a String>) -> BTreeMap<String, usize> {
    words.fold(BTreeMap::new(), |mut counts, word| {
        *counts.entry(word.clone()).or_default() += 1;
        counts
    })
}

fn most_common<'a>(words: impl Iterator<Item = &'a String>) -> Option<(String, usize)> {
    count(words).into_iter().max_by_key(|(_, n)| *n)
}

/// The story whose file has this most often.
fn most_blocks<'a>(site: &Path, archive: &'a Archive, block: &str) -> Result<&'a Card> {
    let mut best: Option<(usize, &Card)> = None;
    for card in &archive.cards {
        let file = site.join("data/story").join(&card.file).with_extension("json");
        let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let n = text.matches(block).count();
        if best.is_none_or(|(most, _)| most < n) {
            best = Some((n, card));
        }
    }
    best.map(|(_, card)| card).context("no story")
}

fn open(visit: &Visit<'_>, path: &str) -> Result<Shown> {
    visit.open(path)?;
    visit.page.find(&role("heading").level(1))?;
    Ok(Shown::Page)
}

/// Opens a story and brings the first element of a kind near the top.
fn in_the_middle(visit: &Visit<'_>, path: &str, selector: &str) -> Result<Shown> {
    open(visit, path)?;
    let script = "
        const element = document.querySelector(arguments[0]);
        if (!element) return false;
        scrollTo({ top: element.getBoundingClientRect().top + scrollY - innerHeight / 4, behavior: 'instant' });
        return true;
    ";
    visit.page.until(&format!("something like {selector}"), || match visit.page.run(script, &[json!(selector)])? {
        Value::Bool(true) => Ok(Shown::Page),
        _ => bail!("there is none"),
    })
}

/// The filters: a sheet where the page is too narrow to have them beside the list.
fn filters(visit: &Visit<'_>, _: &Picks) -> Result<Shown> {
    open(visit, "")?;
    let opener = role("button").containing("거르기");
    if !visit.page.all(&opener)?.is_empty() {
        visit.page.click_first(&opener)?;
    }
    Ok(Shown::Page)
}

fn settings(visit: &Visit<'_>, _: &Picks) -> Result<Shown> {
    open(visit, "")?;
    visit.page.click(&role("button").named("설정"))?;
    Ok(Shown::Page)
}

fn fail(visit: &Visit<'_>, path: &str, file: &str, fault: Fault) -> Result<Shown> {
    visit.server.break_path(file, fault);
    visit.go(path)?;
    visit.page.find(&role("alert"))?;
    Ok(Shown::Page)
}

/// The page that shows the components, in a build that has it.
fn design(visit: &Visit<'_>, _: &Picks) -> Result<Shown> {
    open(visit, "design")?;
    let headings = visit.page.texts(&role("heading").level(1))?;
    let is_unknown = headings.iter().any(|heading| heading.contains("없는 쪽"));
    Ok(if is_unknown { Shown::Nothing("this build has no such page") } else { Shown::Page })
}
