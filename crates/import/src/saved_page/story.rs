//! A record as a story: what the page says, what follows from it, and nothing else.

use corpus::{Block, Built, Section, Slug, Story};

use super::{record::Record, tags};
use crate::{
    decode::normalise,
    facts::says_interview,
    recover::{recover, single_spaced},
};

/// Longest summary, in characters: two lines of a card.
const MAX_SUMMARY_CHARS: usize = 120;

pub(super) fn story(file: &str, record: &Record<'_>) -> Story {
    let mut lines = record.body.clone();
    let (text, tags) = lines.pop().map(tags::split).unwrap_or_default();
    lines.push(text);
    let blocks: Vec<Block> = lines.into_iter().flat_map(recover).collect();
    let title = single_spaced(record.title);
    let tags: Vec<String> = tags.into_iter().map(str::to_owned).collect();
    Story {
        slug: Slug::from_title(&title),
        section: section(&title, &tags),
        company: None,
        author: None,
        published: None,
        views: record.views,
        series: None,
        lang: "ko".into(),
        // A story without text has its title to show.
        summary: summary(&blocks).unwrap_or_else(|| title.clone()),
        source: Some(format!("{file}:{}", record.line)),
        original: None,
        title,
        tags,
        blocks,
        built: Built::default(),
    }
}

fn section(title: &str, tags: &[String]) -> Section {
    if says_interview(title, tags) { Section::Interview } else { Section::Feed }
}

/// The first sentences of the running text, as many as fit; of a longer one its first words.
pub(crate) fn summary(blocks: &[Block]) -> Option<String> {
    let is_running = |block: &&Block| matches!(block, Block::Paragraph { .. } | Block::Question { .. } | Block::Answer { .. });
    let mut text = String::new();
    for block in blocks.iter().filter(is_running) {
        // Spans are composed each for itself; here they are one text.
        text = normalise(&single_spaced(&format!("{text} {}", block.text())));
        if MAX_SUMMARY_CHARS < text.chars().count() {
            break;
        }
    }
    if text.is_empty() {
        return None;
    }
    let limit = text.char_indices().nth(MAX_SUMMARY_CHARS).map_or(text.len(), |(idx, _)| idx);
    if limit == text.len() {
        return Some(text);
    }
    let head = text.get(..limit)?;
    let is_end = |idx: &usize| head.get(..*idx).is_some_and(|sentence| sentence.ends_with(['.', '?', '!', '…']));
    if let Some(end) = head.match_indices(' ').map(|(idx, _)| idx).rfind(is_end) {
        return head.get(..end).map(str::to_owned);
    }
    // One character is left for the sign that something follows.
    let head = head.get(..head.char_indices().next_back()?.0)?;
    let end = head.rfind(' ').unwrap_or(head.len());
    head.get(..end).map(|head| format!("{head}…"))
}
