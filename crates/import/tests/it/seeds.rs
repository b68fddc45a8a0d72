//! The saved pages: every fact as described, no character lost, also through Markdown.

use std::fs;

use corpus::{Block, Inline, Section, check_story};
use import::{markdown, recover::restores, saved_page};

use crate::{facts, shared};

const PAGES: [&str; 2] = ["000_855c0f54df96dbc3.txt", "004_ec06e60212204a2d.txt"];

#[test]
fn every_story_of_the_saved_pages_comes_out_whole() {
    let Some(dir) = shared::path("seeds") else { return };
    let facts = facts::parse(&fs::read_to_string(dir.join("seed-facts.md")).unwrap());
    assert_eq!(facts.len(), 23);
    let mut facts = facts.iter();
    for name in PAGES {
        let bytes = fs::read(dir.join(name)).unwrap();
        let lines: Vec<&str> = std::str::from_utf8(&bytes).unwrap().lines().collect();
        let page = saved_page::read(name, &bytes);
        assert_eq!(page.problems, []);
        for story in page.stories {
            let fact = facts.next().unwrap();
            let line: usize = story.source.as_deref().and_then(|source| source.rsplit_once(':')).unwrap().1.parse().unwrap();
            assert_eq!(format!("{}:{line}", &name[..3]), fact.place);
            assert_eq!(story.views, Some(fact.views), "{}", fact.title);
            assert_eq!(story.title, fact.title.replace('\u{a0}', " "));
            assert_eq!(story.tags, fact.tags, "{}", fact.title);
            assert_eq!(story.section == Section::Interview, fact.is_interview, "{}", fact.title);

            let body = lines[line + 3];
            assert_eq!(body.chars().count(), fact.n_body_chars, "{}", fact.title);
            let tags: String = story.tags.iter().map(|tag| format!("#{tag}")).collect();
            let mut blocks = story.blocks.clone();
            blocks.push(Block::Paragraph { text: vec![Inline::text(tags)] });
            assert!(restores(&blocks, body), "{}", fact.title);
            assert!(1 < story.blocks.len(), "{}", fact.title);

            let file = format!("{}.md", story.slug);
            let back = markdown::read(&file, markdown::write(&story).as_bytes());
            assert_eq!(back.problems, [], "{}", fact.title);
            let errors = check_story(&story, &back.source).into_iter().filter(|problem| problem.severity == corpus::Severity::Error);
            assert_eq!(errors.count(), 0, "{}", fact.title);
            assert_eq!(back.story, Some(story));
        }
    }
    assert_eq!(facts.next(), None);
}
