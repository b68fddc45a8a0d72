//! Structure of a body that was saved as one line, its blocks glued together.
//!
//! ```text
//! body → glued (visible characters, gaps, what the body says about its words), spacing (where writers would put a space)
//!      → sure boundaries by rule: question marks (mark), hashtags, sentence ends without a space (sentence) that no particle goes on from
//!        (particle), behind the numbers of their footnotes (note), headings that an anchor ends (anchor)
//!      → first look at the other joints, by their letters (joint)
//!      → a second look, by their neighbours and the body's habits (context; marks that count: ordinal; the sentence: span)
//!      → pieces
//!      → kinds of the pieces: by their letters (kind), by their neighbours (pieces) → blocks (assemble)
//! ```
//!
//! Nothing is lost and nothing is added: the texts of the blocks, put together, are the body, up to white space and the marks of items
//! that their list shows by itself ([`restores`]). The weights are learned by the package `train`, which uses the features defined here
//! ([`learn`]); inference knows nothing of it.

mod anchor;
mod assemble;
mod context;
mod explain;
mod forest;
mod glued;
mod inside;
mod joint;
mod kind;
pub mod learn;
mod list;
mod mark;
mod model;
mod note;
mod ordinal;
mod particle;
mod picture;
mod pieces;
mod scale;
mod sentence;
mod spacing;
mod span;
mod sparse;
mod table;
#[cfg(test)]
mod tests;
mod whole;

use corpus::Block;

pub use explain::{Decision, Evidence, explain, explain_by};
pub use kind::{Kind, N_KINDS};
pub use model::{KIND_BITS, Model, N_LOOKS, Piece, SPACING_BITS};
pub use whole::restores;

use crate::{markdown::question_mark, saved_page::split_tags};

/// The weights that importing uses, written by `cargo xtask train structure`.
const WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// What a piece of a body is: what it looks like, or what its mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Looks(Kind),
    Question,
    Answer,
}

/// The blocks of a glued body without its hashtags, in order. White space inside a block becomes single spaces, except in code.
pub fn recover(flat: &str) -> Vec<Block> {
    let pieces = match Model::from_bytes(WEIGHTS) {
        Some(model) => labelled(&model, flat),
        // A test keeps this from happening; the text stays whole even then.
        None => vec![(flat, Label::Looks(Kind::Paragraph))],
    };
    assemble::blocks(&pieces)
}

/// The pieces of a body, hashtags included, each with the word for its type as measured files have it, by the built-in weights.
pub fn recover_pieces(flat: &str) -> Vec<(&str, &'static str)> {
    Model::from_bytes(WEIGHTS).map_or_else(|| vec![(flat, Kind::Paragraph.as_str())], |model| typed_pieces(&model, flat))
}

/// The same by other weights.
pub fn typed_pieces<'a>(model: &Model<'_>, flat: &'a str) -> Vec<(&'a str, &'static str)> {
    let tags_start = tags_start(flat).unwrap_or(usize::MAX);
    let mut start = 0;
    let mut typed = Vec::new();
    for (piece, label) in labelled(model, flat) {
        let name = match label {
            _ if tags_start <= start => "hashtags",
            Label::Question => "q",
            Label::Answer => "a",
            Label::Looks(kind) => kind.as_str(),
        };
        start += piece.len();
        // Tags are one block, whatever stands between them.
        match typed.last_mut() {
            Some((last, "hashtags")) => *last = flat.get(tags_start..start).unwrap_or_default(),
            _ => typed.push((piece, name)),
        }
    }
    typed
}

/// Byte offsets where a block begins by rule, sorted.
fn sure_cuts(flat: &str) -> Vec<usize> {
    let mut sure = sentence::cuts(flat);
    sure.extend(mark::cuts(flat));
    sure.extend(picture::cuts(flat));
    sure.extend(tags_start(flat));
    sure.sort_unstable();
    sure.dedup();
    sure
}

/// Where the hashtags at the end begin.
fn tags_start(flat: &str) -> Option<usize> {
    let (text, tags) = split_tags(flat);
    let rest = flat.get(text.len()..)?;
    (!tags.is_empty()).then(|| flat.len() - rest.trim_start().len())
}

/// The body cut at the sure boundaries and where the model sees one; the pieces are the body.
fn labelled<'a>(model: &Model<'_>, flat: &'a str) -> Vec<(&'a str, Label)> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for Piece { end, kind, .. } in model.pieces(flat, &sure_cuts(flat)) {
        let piece = flat.get(start..end).unwrap_or_default();
        let label = match question_mark(&single_spaced(piece)) {
            Some(mark) if mark.starts_with('Q') => Label::Question,
            Some(_) => Label::Answer,
            None => Label::Looks(kind),
        };
        pieces.push((piece, label));
        start = end;
    }
    // What has no visible character is kept too.
    pieces.extend(flat.get(start..).filter(|rest| !rest.is_empty()).map(|rest| (rest, Label::Looks(Kind::Paragraph))));
    pieces
}

/// The text without white space around it and with one space for each run of white space in it.
pub(crate) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
