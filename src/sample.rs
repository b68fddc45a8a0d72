//! A card for tests: what a test is not about stays plain.

use corpus::{Card, Section, Slug};

/// A card with these facts; its company, views and length are the caller's to change.
pub(crate) fn card(title: &str, section: Section, tags: &[&str]) -> Card {
    Card {
        slug: Slug::from_title(title),
        title: title.into(),
        section,
        company: None,
        views: None,
        tags: tags.iter().map(|&tag| tag.into()).collect(),
        series: None,
        summary: String::new(),
        n_chars: 100,
        file: String::new(),
    }
}
