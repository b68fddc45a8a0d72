//! Whether blocks hold a whole body: the proof that recovery loses nothing.

use corpus::{Block, ListItem, inline_text};

use super::{glued::is_blank, list};

/// Whether the blocks give the body back, up to white space, when every item gets the mark again that its list shows: its number, or a
/// bullet. Cost: linear.
pub fn restores(blocks: &[Block], body: &str) -> bool {
    let mut rest = body;
    take_blocks(blocks, &mut rest).is_some() && visible(rest).next().is_none()
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| !is_blank(c))
}

fn take_blocks(blocks: &[Block], rest: &mut &str) -> Option<()> {
    for block in blocks {
        match block {
            Block::List { ordered, start, items } => {
                for (number, item) in (start.unwrap_or(1)..).zip(items) {
                    take_item(item, ordered.then_some(number), rest)?;
                }
            }
            Block::Quote { blocks } => take_blocks(blocks, rest)?,
            block => take(&block.text(), rest)?,
        }
    }
    Some(())
}

/// Takes an item from the body; `number` is what its list shows.
fn take_item(item: &ListItem, number: Option<u32>, rest: &mut &str) -> Option<()> {
    let text = inline_text(&item.text);
    let body = rest.trim_start();
    let mark = match number {
        Some(number) => list::number(body).filter(|&(typed, ..)| typed == number).map(|(.., length)| length),
        None => list::bullet(body).map(|(_, length)| length),
    };
    let marked = mark.and_then(|length| {
        let mut behind = body.get(length..)?;
        take(&text, &mut behind).map(|()| behind)
    });
    match marked {
        Some(behind) => *rest = behind,
        None => take(&text, rest)?,
    }
    take_blocks(&item.blocks, rest)
}

/// Takes a text from the front of the body, whatever white space is in either.
fn take(text: &str, rest: &mut &str) -> Option<()> {
    let mut chars = rest.char_indices();
    for expected in visible(text) {
        let found = chars.by_ref().map(|(_, c)| c).find(|&c| !is_blank(c))?;
        if found != expected {
            return None;
        }
    }
    *rest = chars.as_str();
    Some(())
}
