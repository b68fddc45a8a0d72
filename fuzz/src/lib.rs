//! What the targets of the importers share: bytes through a reader, and what must hold for whatever comes out.

use corpus::Block;
use import::{Options, markdown};

/// Reads the bytes as a file of this name. Every story must be a story file that reads back without a finding and with the same text.
pub fn import_as(file: &str, bytes: &[u8]) {
    for draft in import::read(file, bytes, &Options::default()).stories {
        let story = draft.story;
        let back = markdown::read(&format!("{}.md", story.slug), markdown::write(&story).as_bytes());
        assert_eq!(back.problems, []);
        let visible = |blocks: &[Block]| blocks.iter().map(Block::text).collect::<String>().split_whitespace().collect::<String>();
        assert_eq!(back.story.map(|back| visible(&back.blocks)), Some(visible(&story.blocks)));
    }
}
