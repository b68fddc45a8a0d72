//! A story as the search index takes it.

use corpus::{Block, Story, inline_text};
use search::{Document, IndexConfig, IndexWriter, ShardFile};

/// Bytes of text from which on the index is cut into shards. The index has about half of them: one file of 400 kB is a second for a phone,
/// while the shards of less are mostly round trips.
const SHARDED_FROM: usize = 800_000;

/// The index of stories: one file, or a root and then its shards. Document ids are the stories' positions. The same stories give the same
/// bytes.
pub(crate) fn index(stories: &[&Story]) -> Vec<ShardFile> {
    let mut writer = IndexWriter::new(IndexConfig::default());
    let mut n_bytes = 0;
    for story in stories {
        n_bytes += add(story, &mut writer);
    }
    files(writer, n_bytes)
}

/// The files of an index over so many bytes of text.
pub(crate) fn files(writer: IndexWriter, n_bytes: usize) -> Vec<ShardFile> {
    if n_bytes < SHARDED_FROM {
        return vec![ShardFile { name: String::new(), bytes: writer.finish() }];
    }
    writer.finish_sharded()
}

/// Adds one story, and returns how many bytes of text it has.
pub(crate) fn add(story: &Story, writer: &mut IndexWriter) -> usize {
    with_document(
        story,
        |_| true,
        |document| {
            writer.add(document);
            document.body.len()
        },
    )
}

/// A story as the search engine reads it, with the blocks that are wanted of its body.
pub(crate) fn with_document<T>(story: &Story, is_wanted: fn(&Block) -> bool, act: impl FnOnce(&Document<'_>) -> T) -> T {
    let headings: Vec<String> = story.blocks.iter().filter_map(heading_text).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let tags: Vec<&str> = story.tags.iter().map(String::as_str).collect();
    let body = story.blocks.iter().filter(|block| is_wanted(block)).map(Block::text).collect::<Vec<_>>().join("\n");
    act(&Document {
        title: &story.title,
        tags: &tags,
        headings: &headings,
        body: &body,
        section: story.section.as_str(),
        section_aliases: &[story.section.korean_label()],
        company: story.company.as_deref(),
        series: story.series.as_ref().map(|series| series.name.as_str()),
        views: story.views,
    })
}

fn heading_text(block: &Block) -> Option<String> {
    if let Block::Heading { text, .. } = block { Some(inline_text(text)) } else { None }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use search::{Index, SearchOptions, parse_query};

    use super::{SHARDED_FROM, index};
    use crate::sample::story;

    #[test]
    fn a_large_archive_is_found_shard_by_shard() {
        let filler: String = (0..SHARDED_FROM / 40).map(|n| format!("낱말{n} 글줄{} ", n % 997)).collect();
        let stories = [story("카프카", &format!("모니터링 {filler}")), story("도커", &filler)];
        let files = index(&stories.iter().collect::<Vec<_>>());
        assert!(files.len() > 3, "{} files", files.len());

        let (query, _) = parse_query("모니터링");
        let mut index = Index::open(files[0].bytes.clone()).unwrap();
        let mut n_fetched = 0;
        let results = loop {
            let (results, missing) = index.search_or_plan(&query, &SearchOptions::default());
            if missing.is_empty() {
                break results;
            }
            for shard in missing {
                let file = files.iter().find(|file| file.name == shard.file_name()).unwrap();
                index.load(&shard, &file.bytes).unwrap();
                n_fetched += 1;
            }
        };
        assert_eq!(results.hits.iter().map(|hit| hit.doc).collect::<Vec<_>>(), [0]);
        assert!(n_fetched + 1 < files.len(), "{n_fetched} of {} files for one word", files.len());
    }

    #[test]
    fn a_small_archive_is_one_file() {
        let stories = [story("카프카", "모니터링")];
        assert_eq!(index(&stories.iter().collect::<Vec<_>>()).len(), 1);
    }
}
