//! A story as the search index takes it.

use corpus::{Block, Story, inline_text};
use search::{Document, IndexConfig, IndexWriter};

/// The index of stories; document ids are their positions. The same stories give the same bytes.
pub(crate) fn index<'a>(stories: impl IntoIterator<Item = &'a Story>) -> Vec<u8> {
    let mut writer = IndexWriter::new(IndexConfig::default());
    for story in stories {
        add(story, &mut writer);
    }
    writer.finish()
}

fn add(story: &Story, writer: &mut IndexWriter) {
    let headings: Vec<String> = story.blocks.iter().filter_map(heading_text).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let tags: Vec<&str> = story.tags.iter().map(String::as_str).collect();
    let body: Vec<String> = story.blocks.iter().map(Block::text).collect();
    writer.add(&Document {
        title: &story.title,
        tags: &tags,
        headings: &headings,
        body: &body.join("\n"),
        section: story.section.as_str(),
        section_aliases: &[story.section.korean_label()],
        company: story.company.as_deref(),
        series: story.series.as_ref().map(|series| series.name.as_str()),
        views: story.views,
    });
}

fn heading_text(block: &Block) -> Option<String> {
    if let Block::Heading { text, .. } = block { Some(inline_text(text)) } else { None }
}
