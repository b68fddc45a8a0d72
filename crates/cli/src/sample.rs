//! A story for tests.

use corpus::{Block, Built, Inline, Section, Slug, Story};

/// A story of one paragraph, without facts that it could do without.
pub(crate) fn story(title: &str, text: &str) -> Story {
    Story {
        slug: Slug::from_title(title),
        title: title.to_owned(),
        section: Section::Feed,
        company: None,
        author: None,
        published: None,
        views: None,
        tags: Vec::new(),
        series: None,
        lang: "ko".to_owned(),
        summary: String::new(),
        source: None,
        original: None,
        blocks: vec![Block::Paragraph { text: vec![Inline::text(text)] }],
        built: Built::default(),
    }
}
