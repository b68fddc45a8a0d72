//! From pieces with labels to blocks: neighbouring items are a list (`list`), neighbouring lines of code one block, and numbered headings
//! stand above those that their numbers contain.

use corpus::{Block, Inline};

use super::{Kind, Label, list, single_spaced};
use crate::markdown::question_mark;

/// The blocks of pieces that follow each other. Pieces of white space give none.
pub(super) fn blocks(pieces: &[(&str, Label)]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut items = Vec::new();
    for (piece, label) in pieces {
        let text = single_spaced(piece);
        if text.is_empty() {
            continue;
        }
        if *label == Label::Looks(Kind::ListItem) {
            items.push(text);
            continue;
        }
        blocks.extend(list::lists(&std::mem::take(&mut items)));
        add(&mut blocks, piece.trim(), text, *label);
    }
    blocks.extend(list::lists(&items));
    set_levels(&mut blocks);
    blocks
}

/// Levels of headings, where their numbers tell: `1-1`, `1.1` and what has no number between two numbered ones stand below. Where the
/// numbers begin anew, they count within the headings that have none.
fn set_levels(blocks: &mut [Block]) {
    if numbers_restart(blocks) {
        for block in blocks {
            let depth = outline_depth(&block.text()).unwrap_or(0);
            if let Block::Heading { level, .. } = block {
                *level = 2 + depth;
            }
        }
        return;
    }
    let depths: Vec<Option<u8>> = blocks.iter().map(|block| outline_depth(&block.text()).filter(|_| is_heading(block))).collect();
    let Some(last) = depths.iter().rposition(|&depth| depth == Some(1)) else { return };
    let mut is_below = false;
    for (idx, (block, depth)) in blocks.iter_mut().zip(depths).enumerate() {
        let Block::Heading { level, .. } = block else { continue };
        is_below |= depth == Some(1);
        *level = match depth {
            // Never below a heading that is not there.
            _ if !is_below => 2,
            Some(depth) => 1 + depth,
            // The last number's part has no end that could be seen: what follows may be a closing word of the whole.
            None => 2 + u8::from(idx < last),
        };
    }
}

/// Whether two headings begin with the number 1, with one between them that has no number.
fn numbers_restart(blocks: &[Block]) -> bool {
    let headings: Vec<String> = blocks.iter().filter(|block| is_heading(block)).map(Block::text).collect();
    let firsts: Vec<usize> = (0..headings.len()).filter(|&idx| headings.get(idx).is_some_and(|text| is_first(text))).collect();
    firsts.windows(2).any(|pair| match pair {
        &[first, second] => headings.get(first..second).is_some_and(|part| part.iter().any(|text| outline_depth(text).is_none())),
        _ => false,
    })
}

/// Whether a heading's outline number is 1: `1. `, `1) `, `Step 1`.
fn is_first(text: &str) -> bool {
    outline_depth(text) == Some(1)
        && text
            .trim_start_matches(|c: char| !c.is_ascii_digit())
            .strip_prefix('1')
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_heading(block: &Block) -> bool {
    matches!(block, Block::Heading { .. })
}

/// How many numbers a heading begins with: 1 for `2. `, `2)` and `Step 2`, 2 for `2-1` and `2.1`; at most 3.
fn outline_depth(text: &str) -> Option<u8> {
    let step = ["Step", "STEP", "step"].iter().find_map(|word| text.strip_prefix(word));
    let mut rest = step.map_or(text, str::trim_start);
    let mut depth = 0;
    loop {
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if n_digits == 0 || 2 < n_digits {
            break;
        }
        depth += 1;
        rest = rest.get(n_digits..)?;
        match rest.strip_prefix(['.', '-']).filter(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
            Some(after) => rest = after,
            None => break,
        }
    }
    // `3가지`, `3 가지`, `3.5배`, `2024년` and a bare number are no outline.
    let is_closed = rest.starts_with(['.', ')', ':']) || ((step.is_some() || 1 < depth) && rest.starts_with(' '));
    (0 < depth && is_closed && rest.chars().any(char::is_alphabetic)).then_some(depth.min(3))
}

fn add(blocks: &mut Vec<Block>, verbatim: &str, text: String, label: Label) {
    let inlines = |text: &str| vec![Inline::text(text)];
    let block = match (label, blocks.last_mut()) {
        (Label::Looks(Kind::Quote), Some(Block::Quote { blocks })) => return blocks.push(Block::Paragraph { text: inlines(&text) }),
        (Label::Looks(Kind::Code), Some(Block::Code { code, .. })) => {
            code.push('\n');
            return code.push_str(verbatim);
        }
        (Label::Looks(Kind::Quote), _) => Block::Quote { blocks: vec![Block::Paragraph { text: inlines(&text) }] },
        (Label::Looks(Kind::Code), _) => Block::Code { lang: None, code: verbatim.to_owned() },
        (Label::Looks(Kind::Heading), _) => Block::Heading { level: 2, text: inlines(&text) },
        (Label::Looks(Kind::Caption), _) => Block::Caption { text: inlines(&text) },
        // Cells have no joints that could be seen, so a row is shown plainly.
        (Label::Looks(Kind::Paragraph | Kind::ListItem | Kind::TableRow), _) => Block::Paragraph { text: inlines(&text) },
        (Label::Question | Label::Answer, _) => {
            let mark = question_mark(&text).unwrap_or_default().to_owned();
            let text = inlines(text.get(mark.len()..).unwrap_or_default().trim_start());
            if label == Label::Question { Block::Question { mark, text } } else { Block::Answer { mark, text } }
        }
    };
    blocks.push(block);
}
