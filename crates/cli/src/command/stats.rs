//! `story-home stats`: what is in a folder of story files.

use std::{cmp::Reverse, collections::BTreeMap};

use anyhow::Result;
use corpus::{Card, Section, Story};
use serde_json::json;

use crate::{args::StoriesArgs, report, story_dir};

/// Companies and tags shown to people; machines get all.
const N_SHOWN: usize = 10;

pub(crate) fn run(args: &StoriesArgs) -> Result<bool> {
    let dir = story_dir::read(&args.stories)?;
    let stories: Vec<&Story> = dir.stories.iter().map(|(_, story)| story).collect();
    let sections = Section::ALL.map(|section| (section, stories.iter().filter(|story| story.section == section).count()));
    let companies = counted(stories.iter().filter_map(|story| story.company.as_deref()));
    let tags = counted(stories.iter().flat_map(|story| &story.tags).map(String::as_str));
    let cards: Vec<Card> = stories.iter().map(|story| Card::new(story, String::new())).collect();
    let n_chars: u64 = cards.iter().map(|card| u64::from(card.n_chars)).sum();
    let minutes: u64 = cards.iter().map(|card| u64::from(card.minutes())).sum();
    let views: u64 = stories.iter().filter_map(|story| story.views).sum();
    if args.json {
        let sections: BTreeMap<&str, usize> = sections.iter().map(|(section, count)| (section.as_str(), *count)).collect();
        let value = json!({
            "stories": stories.len(), "sections": sections, "companies": companies, "tags": tags,
            "chars": n_chars, "minutes": minutes, "views": views, "problems": report::to_json(&dir.problems),
        });
        println!("{value}");
    } else {
        report::print(&dir.problems);
        println!("stories    {}", stories.len());
        println!("sections   {}", sections.map(|(section, count)| format!("{} {count}", section.korean_label())).join(", "));
        println!("companies  {}", shown(&companies));
        println!("tags       {}", shown(&tags));
        println!("text       {n_chars} characters, {minutes} minutes to read");
        println!("views      {views}");
    }
    Ok(report::n_errors(&dir.problems) == 0)
}

/// How often each word occurs, the most frequent first.
fn counted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_insert(0) += 1);
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    counts
}

fn shown(counts: &[(&str, usize)]) -> String {
    let words: Vec<String> = counts.iter().take(N_SHOWN).map(|(word, count)| format!("{word} {count}")).collect();
    match counts.len().saturating_sub(N_SHOWN) {
        0 => format!("{}: {}", counts.len(), words.join(", ")),
        n_more => format!("{}: {} and {n_more} more", counts.len(), words.join(", ")),
    }
}
