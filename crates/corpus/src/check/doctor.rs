//! What is worth a publisher's look across a whole corpus, beyond what keeps it from being published.
//!
//! [`super::check_corpus`] finds what readers would stumble over; [`examine`] finds what makes an archive untidy: copies, one company
//! under two names, one tag in two spellings, links to stories that are gone. What can be mended without asking carries an [`Edit`].

use std::collections::{BTreeMap, BTreeSet};

use super::{alike, names, text};
use crate::{Block, Inline, ListItem, Problem, SourceMap, Story, check::names::Relation};

/// What the publisher says about names and addresses, from `site.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// Where the archive is published.
    pub base_url: Option<String>,
    /// The company name to keep, and its other names. A name with an empty list is a company of its own, whatever it looks like.
    pub companies: BTreeMap<String, Vec<String>>,
    /// The tag to keep, and its other spellings; the same holds for empty lists.
    pub tags: BTreeMap<String, Vec<String>>,
}

impl Aliases {
    /// The name to keep, if this is another one of a company.
    pub fn company(&self, name: &str) -> Option<&str> {
        kept(&self.companies, name)
    }

    /// The tag to keep, if this is another spelling.
    pub fn tag(&self, tag: &str) -> Option<&str> {
        kept(&self.tags, tag)
    }
}

fn kept<'a>(aliases: &'a BTreeMap<String, Vec<String>>, name: &str) -> Option<&'a str> {
    aliases.iter().find(|(_, others)| others.iter().any(|other| other == name)).map(|(kept, _)| kept.as_str())
}

/// A change of a story's facts that loses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Writes the company's name as the publisher keeps it.
    Company {
        /// As it stands in the story.
        from: String,
        /// As it should.
        to: String,
    },
    /// Writes a tag in another spelling; if the story has that too, once.
    Tag {
        /// As it stands in the story.
        from: String,
        /// As it should.
        to: String,
    },
}

/// A finding and what would mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where and what.
    pub problem: Problem,
    /// Absent when a person has to decide.
    pub edit: Option<Edit>,
}

impl From<Problem> for Finding {
    fn from(problem: Problem) -> Self {
        Self { problem, edit: None }
    }
}

/// Examines stories together. Findings come by kind, then in the order of the stories.
pub fn examine(stories: &[(SourceMap, Story)], aliases: &Aliases) -> Vec<Finding> {
    let mut findings = Vec::new();
    companies(stories, aliases, &mut findings);
    tags(stories, aliases, &mut findings);
    let slugs: BTreeSet<&str> = stories.iter().map(|(_, story)| story.slug.as_str()).collect();
    for (source, story) in stories {
        broken_text(source, story, &mut findings);
        dead_links(source, story, &slugs, aliases, &mut findings);
        missing_facts(source, story, &mut findings);
    }
    findings.extend(alike::find(stories).into_iter().map(Finding::from));
    findings
}

fn companies(stories: &[(SourceMap, Story)], aliases: &Aliases, findings: &mut Vec<Finding>) {
    let mut used = BTreeMap::<&str, usize>::new();
    for (source, story) in stories {
        let Some(company) = story.company.as_deref() else { continue };
        *used.entry(company).or_default() += 1;
        if let Some(to) = aliases.company(company) {
            let problem = Problem::warning(
                source.file(),
                source.field("company"),
                format!("company `{company}` is called `{to}` here"),
                format!("write `{to}`"),
            );
            findings.push(Finding { problem, edit: Some(Edit::Company { from: company.to_owned(), to: to.to_owned() }) });
        }
    }
    let names: Vec<&str> = used.keys().copied().filter(|name| aliases.company(name).is_none()).collect();
    for (idx, name) in names.iter().enumerate() {
        for other in names.iter().skip(idx + 1) {
            let is_declared = |name: &str| aliases.companies.contains_key(name);
            let Some(relation) = names::relation(name, other).filter(|_| !(is_declared(name) && is_declared(other))) else { continue };
            // The rarer name is the one to change.
            let (keep, change) = if used.get(name) < used.get(other) { (other, name) } else { (name, other) };
            for (source, _) in stories.iter().filter(|(_, story)| story.company.as_deref() == Some(change)) {
                let message = format!("company `{change}` may be `{keep}` ({})", describe(relation));
                let fix =
                    format!("if so, add `\"{keep}\" = [\"{change}\"]` to [company_aliases] of site.toml; if not, add both with `= []`");
                findings.push(Problem::warning(source.file(), source.field("company"), message, fix).into());
            }
        }
    }
}

fn describe(relation: Relation) -> &'static str {
    match relation {
        Relation::Spelling => "the same letters",
        Relation::Reading => "the same when read aloud",
        Relation::Beginning => "one begins with the other",
        Relation::Script => "the same sounds in another script",
    }
}

fn tags(stories: &[(SourceMap, Story)], aliases: &Aliases, findings: &mut Vec<Finding>) {
    let mut used = BTreeMap::<&str, usize>::new();
    for tag in stories.iter().flat_map(|(_, story)| &story.tags) {
        *used.entry(tag).or_default() += 1;
    }
    let mut spellings = BTreeMap::<String, Vec<(&str, usize)>>::new();
    for (tag, n) in &used {
        spellings.entry(names::tag_key(tag)).or_default().push((tag, *n));
    }
    // The commonest spelling, the first by letters among equals.
    let best = |tag: &str| {
        let same = spellings.get(&names::tag_key(tag))?;
        same.iter().max_by_key(|(tag, n)| (*n, std::cmp::Reverse(*tag))).map(|(tag, _)| *tag)
    };
    for (source, story) in stories {
        for tag in &story.tags {
            let line = source.field("tags");
            let (to, why) = match aliases.tag(tag) {
                Some(to) => (to, "is written"),
                None if aliases.tags.contains_key(tag) => continue,
                None => match best(tag).filter(|best| best != tag) {
                    Some(best) => (best, "is more often"),
                    None => {
                        if let Some(stem) = names::without_particle(tag).filter(|stem| used.contains_key(stem)) {
                            let message = format!("tag `{tag}` may be `{stem}` with a particle");
                            let fix = format!("write `{stem}`, or add `\"{tag}\" = []` to [tag_aliases] of site.toml");
                            findings.push(Problem::warning(source.file(), line, message, fix).into());
                        }
                        continue;
                    }
                },
            };
            let problem = Problem::warning(source.file(), line, format!("tag `{tag}` {why} `{to}`"), format!("write `{to}`"));
            findings.push(Finding { problem, edit: Some(Edit::Tag { from: tag.clone(), to: to.to_owned() }) });
        }
    }
}

/// Text that was decoded wrongly once, before it came here.
fn broken_text(source: &SourceMap, story: &Story, findings: &mut Vec<Finding>) {
    for (name, text) in [("title", &story.title), ("summary", &story.summary)] {
        if let Some(what) = text::broken(text) {
            let fix = "copy it again from where it can be read";
            findings.push(Problem::error(source.file(), source.field(name), format!("{name} holds {what}"), fix).into());
        }
    }
    for (idx, block) in story.blocks.iter().enumerate() {
        if let Some(what) = text::broken(&block.text()) {
            let fix = "copy the paragraph again from where it can be read";
            findings.push(Problem::error(source.file(), source.block(idx), format!("the text holds {what}"), fix).into());
        }
    }
}

fn dead_links(source: &SourceMap, story: &Story, slugs: &BTreeSet<&str>, aliases: &Aliases, findings: &mut Vec<Finding>) {
    let Some(base) = aliases.base_url.as_deref() else { return };
    let base = base.trim_end_matches('/');
    for (idx, block) in story.blocks.iter().enumerate() {
        each_link(block, &mut |href| {
            let Some(slug) = href.strip_prefix(base).and_then(|path| path.strip_prefix("/story/")) else { return };
            let slug = text::percent_decoded(slug.split(['?', '#', '/']).next().unwrap_or_default());
            if !slugs.contains(slug.as_str()) {
                let message = format!("link to the story `{slug}`, which does not exist");
                findings.push(Problem::warning(source.file(), source.block(idx), message, "correct the address or remove the link").into());
            }
        });
    }
}

fn each_link(block: &Block, found: &mut impl FnMut(&str)) {
    match block {
        Block::Heading { text, .. }
        | Block::Paragraph { text }
        | Block::Caption { text }
        | Block::Question { text, .. }
        | Block::Answer { text, .. } => links_in(text, found),
        Block::List { items, .. } => {
            for ListItem { text, blocks } in items {
                links_in(text, found);
                blocks.iter().for_each(|block| each_link(block, found));
            }
        }
        Block::Quote { blocks } => blocks.iter().for_each(|block| each_link(block, found)),
        Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).for_each(|cell| links_in(cell, found)),
        Block::References { items } => items.iter().for_each(|item| links_in(&item.text, found)),
        Block::Code { .. } | Block::Rule => {}
    }
}

fn links_in(inlines: &[Inline], found: &mut impl FnMut(&str)) {
    for inline in inlines {
        match inline {
            Inline::Link { href, inlines } => {
                found(href);
                links_in(inlines, found);
            }
            Inline::Emphasis { inlines } | Inline::Strong { inlines } => links_in(inlines, found),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Note { .. } => {}
        }
    }
}

/// Facts that readers filter and sort by.
fn missing_facts(source: &SourceMap, story: &Story, findings: &mut Vec<Finding>) {
    let facts = [("company", story.company.is_none()), ("author", story.author.is_none()), ("published", story.published.is_none())];
    let missing: Vec<&str> = facts.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name).collect();
    if story.tags.is_empty() {
        let fix = "add the words that readers would look for, `tags: [하나, 둘]`";
        findings.push(Problem::warning(source.file(), source.field("tags"), "the story has no tags", fix).into());
    }
    if !missing.is_empty() {
        let message = format!("not said: {}", missing.join(", "));
        findings.push(Problem::note(source.file(), 1, message, "add what is known; what is not stays out").into());
    }
}
