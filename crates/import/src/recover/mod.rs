//! Structure of a body that was saved as one line, its blocks glued together.
//!
//! Nothing is lost and nothing is added: the texts of the blocks, put together, are the line, up to white space. A NO-BREAK SPACE is
//! white space too, but also a sign: editors leave one where a block ends.

mod mark;
mod sentence;
#[cfg(test)]
mod tests;

use corpus::{Block, Inline};

use crate::markdown::question_mark;

/// The blocks of a glued body, in order. White space inside a block becomes single spaces.
pub fn recover(flat: &str) -> Vec<Block> {
    pieces(flat).into_iter().filter_map(block).collect()
}

/// The body cut at every boundary that was found; the pieces are the body.
fn pieces(flat: &str) -> Vec<&str> {
    let mut cuts = sentence::cuts(flat);
    cuts.extend(mark::cuts(flat));
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces = Vec::new();
    let mut start = 0;
    for cut in cuts.into_iter().chain([flat.len()]) {
        pieces.extend(flat.get(start..cut));
        start = cut;
    }
    pieces
}

fn block(piece: &str) -> Option<Block> {
    let text = single_spaced(piece);
    if text.is_empty() {
        return None;
    }
    let Some(mark) = question_mark(&text).map(str::to_owned) else {
        return Some(Block::Paragraph { text: vec![Inline::text(text)] });
    };
    let text = vec![Inline::text(text.get(mark.len()..).unwrap_or_default().trim_start())];
    Some(if mark.starts_with('Q') { Block::Question { mark, text } } else { Block::Answer { mark, text } })
}

/// The text without white space around it and with one space for each run of white space in it.
pub(crate) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
