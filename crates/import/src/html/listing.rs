//! Saved HTML of a story list: the same records as in [`crate::saved_page`], with whatever structure the page still has.

use corpus::{Block, Inline, Problem, Section, inline_text};

use super::{
    blocks,
    dom::{Dom, ROOT},
};
use crate::{
    Draft, Imported,
    facts::{Facts, says_interview},
    recover::{recover, single_spaced},
    saved_page::{FOOTER, VIEWS, parse_count, split_tags},
};

/// A paragraph longer than this, in characters, was glued together by whoever saved the page.
const GLUED_CHARS: usize = 600;

/// Reads the records; `None` if the page is no story list.
pub(super) fn read(file: &str, dom: &Dom, base: Option<&str>) -> Option<Imported> {
    let mut converted = blocks::convert(dom, &[ROOT], base, &|_| false);
    let mut problems = converted.problems(file);
    let mut lines = Vec::new();
    for (line, block) in std::mem::take(&mut converted.blocks) {
        unlisted(line, block, &mut lines);
    }
    let n_heads = lines.iter().filter(|(_, block)| views(block).is_some()).count();
    let has_footer = lines.iter().any(|(_, block)| block.text().starts_with(FOOTER));
    if n_heads < 2 && !(n_heads == 1 && has_footer) {
        return None;
    }
    // A list has one line for all its items; the page knows better.
    let mut head_lines = dom.below(ROOT).filter(|&id| dom.text(id).is_some_and(|text| count(text).is_some())).map(|id| dom.line(id));
    let mut records: Vec<Record> = Vec::new();
    let mut is_open = false;
    for (line, block) in lines {
        if let Some(count) = views(&block) {
            let line = head_lines.next().unwrap_or(line);
            records.push(Record { line, views: count, title: None, blocks: Vec::new() });
            is_open = true;
        } else if block.text().starts_with(FOOTER) {
            is_open = false;
        } else if let Some(record) = records.last_mut().filter(|_| is_open) {
            record.push(block);
        }
    }
    let mut stories = Vec::new();
    for record in records {
        match record.draft(file) {
            Ok(draft) => stories.push(draft),
            Err(problem) => problems.push(problem),
        }
    }
    Some(Imported { stories, problems })
}

/// The blocks of a list whose items are records, one after the other; any other block as it is.
fn unlisted(line: usize, block: Block, out: &mut Vec<(usize, Block)>) {
    match block {
        Block::List { items, .. } if items.iter().any(|item| count(&inline_text(&item.text)).is_some()) => {
            for item in items {
                if !item.text.is_empty() {
                    out.push((line, Block::Paragraph { text: item.text }));
                }
                item.blocks.into_iter().for_each(|block| unlisted(line, block, out));
            }
        }
        block => out.push((line, block)),
    }
}

/// The count, if the block is the head of a record.
fn views(block: &Block) -> Option<u64> {
    count(&if let Block::Paragraph { text } = block { inline_text(text) } else { return None })
}

fn count(text: &str) -> Option<u64> {
    parse_count(text.trim().strip_prefix(VIEWS)?.trim_start().trim_start_matches(':').trim_start())
}

struct Record {
    line: usize,
    views: u64,
    title: Option<String>,
    blocks: Vec<Block>,
}

impl Record {
    fn push(&mut self, block: Block) {
        if self.title.is_none() {
            self.title = Some(single_spaced(&block.text()));
        } else {
            self.blocks.push(block);
        }
    }

    fn draft(self, file: &str) -> Result<Draft, Problem> {
        let Some(title) = self.title.filter(|_| !self.blocks.is_empty()) else {
            let fix = "add them, or remove the record";
            return Err(Problem::error(file, self.line, "the record has no title or body, so it is left out", fix));
        };
        let mut blocks = self.blocks;
        let tags = take_tags(&mut blocks);
        let glued: Vec<String> = blocks.iter().filter_map(glued_text).map(str::to_owned).collect();
        let original = if glued.is_empty() { Vec::new() } else { blocks.iter().map(Block::text).collect() };
        let blocks: Vec<Block> = blocks.into_iter().flat_map(unglued).collect();
        let section = if says_interview(&title, &tags) { Section::Interview } else { Section::Feed };
        let facts = Facts {
            title: Some(title),
            views: Some(self.views),
            source: Some(format!("{file}:{}", self.line)),
            lang: Some("ko".into()),
            tags,
            ..Facts::default()
        };
        Ok(Draft { glued, original, ..Draft::new(facts.story_in(section, blocks), Vec::new()) })
    }
}

/// The hashtags at the end of the last block, as on the pages saved as text.
fn take_tags(blocks: &mut Vec<Block>) -> Vec<String> {
    let Some(Block::Paragraph { text }) = blocks.last_mut() else { return Vec::new() };
    let all = inline_text(text);
    let (rest, tags) = split_tags(&all);
    let tags: Vec<String> = tags.into_iter().map(str::to_owned).collect();
    if tags.is_empty() {
        return tags;
    }
    if rest.is_empty() {
        blocks.pop();
    } else if let [Inline::Text { text }] = text.as_mut_slice() {
        let n_kept = split_tags(text).0.len();
        text.truncate(n_kept);
    } else {
        // Marks in the same paragraph: the text stays whole, the tags are read from it.
        return tags;
    }
    tags
}

/// Whether a sentence ends and the next begins without a space.
fn is_glued(text: &str) -> bool {
    let is_hangul = |c: &char| ('가'..='힣').contains(c);
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|run| matches!(run, [before, '.' | '?' | '!', after] if is_hangul(before) && is_hangul(after)))
}

/// The text of a paragraph that was glued together.
fn glued_text(block: &Block) -> Option<&str> {
    let Block::Paragraph { text } = block else { return None };
    let [Inline::Text { text }] = text.as_slice() else { return None };
    (GLUED_CHARS < text.chars().count() || is_glued(text)).then_some(text)
}

/// The blocks of a paragraph that was glued together; any other block as it is.
fn unglued(block: Block) -> Vec<Block> {
    glued_text(&block).map(recover).unwrap_or_else(|| vec![block])
}
