//! `story-home stats`: what is in a folder of stories.

use std::{collections::BTreeMap, path::Path, process::ExitCode};

use anyhow::Result;
use corpus::{Card, Section};
use serde::Serialize;

use crate::{
    report::{self, Tally},
    stories::read_folder,
};

#[derive(Serialize)]
struct Stats {
    stories: usize,
    interview: usize,
    feed: usize,
    news: usize,
    characters: u64,
    minutes: u64,
    companies: usize,
    tags: Vec<(String, usize)>,
    errors: usize,
    warnings: usize,
}

/// Prints the figures.
pub(crate) fn run(dir: &Path, json: bool) -> Result<ExitCode> {
    let folder = read_folder(dir)?;
    let cards: Vec<Card> = folder.stories.iter().map(|(_, story)| Card::new(story, String::new())).collect();
    let in_section = |section: Section| cards.iter().filter(|card| card.section == section).count();
    let mut tags = BTreeMap::<&str, usize>::new();
    for tag in cards.iter().flat_map(|card| &card.tags) {
        *tags.entry(tag).or_default() += 1;
    }
    let mut tags: Vec<(String, usize)> = tags.into_iter().map(|(tag, n)| (tag.to_owned(), n)).collect();
    tags.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let tally = Tally::of(&folder.problems);
    let stats = Stats {
        stories: cards.len(),
        interview: in_section(Section::Interview),
        feed: in_section(Section::Feed),
        news: in_section(Section::News),
        characters: cards.iter().map(|card| u64::from(card.n_chars)).sum(),
        minutes: cards.iter().map(|card| u64::from(card.minutes())).sum(),
        companies: cards.iter().filter_map(|card| card.company.as_deref()).collect::<std::collections::BTreeSet<_>>().len(),
        tags,
        errors: tally.n_errors,
        warnings: tally.n_warnings,
    };
    if json {
        report::print_json(&stats)?;
    } else {
        print_plain(&stats);
    }
    Ok(ExitCode::SUCCESS)
}

fn print_plain(stats: &Stats) {
    println!("stories     {} (인터뷰 {}, 피드 {}, 뉴스 {})", stats.stories, stats.interview, stats.feed, stats.news);
    println!("characters  {}, about {} minutes to read", stats.characters, stats.minutes);
    println!("companies   {}", stats.companies);
    let common: Vec<String> = stats.tags.iter().take(8).map(|(tag, n)| format!("{tag} {n}")).collect();
    println!("tags        {}, most common: {}", stats.tags.len(), common.join(", "));
    println!("findings    {}", report::summary(&Tally { n_errors: stats.errors, n_warnings: stats.warnings }));
}
