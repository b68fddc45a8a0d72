//! Quotes and lists inside each other, no deeper than a story file may hold them.

use corpus::{Block, ListItem};

/// Levels of quotes and lists that stay. People use four; a story file is read to 32 levels, of which a list takes two and its text some.
const MAX_LEVELS: usize = 12;

/// The block with what is nested too deep set beside what it stands in.
pub(super) fn flattened(block: Block) -> Block {
    inner(vec![block], 0).pop().unwrap_or(Block::Rule)
}

fn inner(blocks: Vec<Block>, level: usize) -> Vec<Block> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Quote { blocks } if level == MAX_LEVELS => out.extend(inner(blocks, level)),
            Block::Quote { blocks } => out.push(Block::Quote { blocks: inner(blocks, level + 1) }),
            Block::List { items, .. } if level == MAX_LEVELS => {
                for ListItem { text, blocks } in items {
                    out.extend((!text.is_empty()).then_some(Block::Paragraph { text }));
                    out.extend(inner(blocks, level));
                }
            }
            Block::List { ordered, start, items } => {
                let item = |ListItem { text, blocks }: ListItem| ListItem { text, blocks: inner(blocks, level + 1) };
                out.push(Block::List { ordered, start, items: items.into_iter().map(item).collect() });
            }
            block => out.push(block),
        }
    }
    out
}
