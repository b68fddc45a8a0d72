//! From pieces with labels to blocks: neighbouring items are one list, neighbouring lines of code one block.

use corpus::{Block, Inline, ListItem};

use super::{Kind, Label, single_spaced};
use crate::markdown::question_mark;

/// The blocks of pieces that follow each other. Pieces of white space give none.
pub(super) fn blocks(pieces: &[(&str, Label)]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (piece, label) in pieces {
        let text = single_spaced(piece);
        if !text.is_empty() {
            add(&mut blocks, piece.trim(), text, *label);
        }
    }
    blocks
}

fn add(blocks: &mut Vec<Block>, verbatim: &str, text: String, label: Label) {
    let inlines = |text: &str| vec![Inline::text(text)];
    let block = match (label, blocks.last_mut()) {
        (Label::Looks(Kind::ListItem), Some(Block::List { items, .. })) => {
            return items.push(ListItem { text: inlines(&text), blocks: Vec::new() });
        }
        (Label::Looks(Kind::Quote), Some(Block::Quote { blocks })) => return blocks.push(Block::Paragraph { text: inlines(&text) }),
        (Label::Looks(Kind::Code), Some(Block::Code { code, .. })) => {
            code.push('\n');
            return code.push_str(verbatim);
        }
        // Numbers and bullets that are there were typed by the author and stay in the text.
        (Label::Looks(Kind::ListItem), _) => {
            Block::List { ordered: false, start: None, items: vec![ListItem { text: inlines(&text), blocks: Vec::new() }] }
        }
        (Label::Looks(Kind::Quote), _) => Block::Quote { blocks: vec![Block::Paragraph { text: inlines(&text) }] },
        (Label::Looks(Kind::Code), _) => Block::Code { lang: None, code: verbatim.to_owned() },
        (Label::Looks(Kind::Heading), _) => Block::Heading { level: 2, text: inlines(&text) },
        (Label::Looks(Kind::Caption), _) => Block::Caption { text: inlines(&text) },
        // Cells have no joints that could be seen, so a row is shown plainly.
        (Label::Looks(Kind::Paragraph | Kind::TableRow), _) => Block::Paragraph { text: inlines(&text) },
        (Label::Question | Label::Answer, _) => {
            let mark = question_mark(&text).unwrap_or_default().to_owned();
            let text = inlines(text.get(mark.len()..).unwrap_or_default().trim_start());
            if label == Label::Question { Block::Question { mark, text } } else { Block::Answer { mark, text } }
        }
    };
    blocks.push(block);
}
