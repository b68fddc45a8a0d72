//! Plain text of blocks, and what follows from its length.

use crate::{Block, Inline, ListItem};

/// Korean syllables and letters that an adult reads in a minute, spaces left out. Published silent-reading rates for Korean adults
/// lie around 500 to 700 syllables; technical prose is at the low end. Legal range: above 0. More makes stories look shorter.
const CHARS_PER_MINUTE: usize = 500;

/// Whole minutes to read `n_chars` non-space characters, rounded up; at least 1.
pub fn reading_minutes(n_chars: usize) -> u32 {
    u32::try_from(n_chars.div_ceil(CHARS_PER_MINUTE).max(1)).unwrap_or(u32::MAX)
}

/// The text of inlines, marks removed.
pub fn inline_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_inlines(inlines, &mut text);
    text
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } => out.push_str(text),
            Inline::Emphasis { inlines } | Inline::Strong { inlines } | Inline::Link { inlines, .. } => push_inlines(inlines, out),
            Inline::Code { code } => out.push_str(code),
            Inline::Note { .. } => {}
        }
    }
}

impl Block {
    /// The block's text as one string: marks of questions kept, cells and items divided by line breaks.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out.truncate(out.trim_end().len());
        out
    }

    fn push_text(&self, out: &mut String) {
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text } | Self::Caption { text } => push_inlines(text, out),
            Self::Question { mark, text } | Self::Answer { mark, text } => {
                out.push_str(mark);
                out.push(' ');
                push_inlines(text, out);
            }
            Self::List { items, .. } => {
                for ListItem { text, blocks } in items {
                    push_inlines(text, out);
                    out.push('\n');
                    push_blocks(blocks, out);
                }
            }
            Self::Quote { blocks } => push_blocks(blocks, out),
            Self::Code { code, .. } => out.push_str(code),
            Self::Table { head, rows } => {
                for cell in std::iter::once(head).chain(rows).flatten() {
                    push_inlines(cell, out);
                    out.push('\n');
                }
            }
            Self::References { items } => {
                for reference in items {
                    push_inlines(&reference.text, out);
                    out.push('\n');
                }
            }
            Self::Rule => {}
        }
    }
}

fn push_blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        block.push_text(out);
        out.push('\n');
    }
}
