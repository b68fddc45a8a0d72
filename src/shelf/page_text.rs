//! The text of a story as it stands on the screen, with the way from every character back to the piece of the page that holds it.
//!
//! White space is folded: any run of it, and every border between paragraphs, is one space. So a passage is the same whether it was selected,
//! stored, typed into an address or laid out anew.

use std::ops::Range;

use crate::sentence::sentences;

/// One piece of the page's text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Piece {
    /// Its text, white space as it is.
    pub(crate) text: String,
    /// Which block of the body it stands in.
    pub(crate) block: u32,
    /// It begins a paragraph, an item, a cell: a border lies before it.
    pub(crate) begins: bool,
}

/// A place in a piece: which one, and how many UTF-16 units into it.
pub(crate) type Spot = (usize, u32);

/// The folded text.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageText {
    pub(super) chars: Vec<char>,
    spots: Vec<Spot>,
    /// Positions of characters that begin a paragraph.
    pub(super) borders: Vec<usize>,
    blocks: Vec<u32>,
}

impl PageText {
    /// Folds the pieces of a page, in reading order.
    pub(crate) fn new(pieces: &[Piece]) -> Self {
        let mut page = Self { blocks: pieces.iter().map(|piece| piece.block).collect(), ..Self::default() };
        let mut space: Option<Spot> = None;
        let mut border = false;
        for (index, piece) in pieces.iter().enumerate() {
            if piece.begins {
                border = true;
                space = space.or(Some((index, 0)));
            }
            let mut offset = 0;
            for c in piece.text.chars() {
                let spot = (index, offset);
                offset += c.len_utf16() as u32;
                if c.is_whitespace() {
                    space = space.or(Some(spot));
                    continue;
                }
                if let Some(spot) = space.take().filter(|_| !page.chars.is_empty()) {
                    page.push(' ', spot);
                }
                if std::mem::take(&mut border) {
                    page.borders.push(page.chars.len());
                }
                page.push(c, spot);
            }
        }
        page
    }

    fn push(&mut self, c: char, spot: Spot) {
        self.chars.push(c);
        self.spots.push(spot);
    }

    /// Whether there is no text at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The text between two positions.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or_default().iter().collect()
    }

    /// The position of the first character at or behind a spot.
    pub(crate) fn position(&self, spot: Spot) -> usize {
        self.spots.partition_point(|other| *other < spot)
    }

    /// The range without white space at its ends; `None` if nothing else is in it.
    pub(crate) fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let is_word = |at: &usize| self.chars.get(*at).is_some_and(|c| *c != ' ');
        let start = range.clone().find(is_word)?;
        let end = range.rev().find(is_word)?;
        Some(start..end + 1)
    }

    /// Where a range that is not empty begins and ends in the pieces.
    pub(crate) fn ends(&self, range: &Range<usize>) -> Option<(Spot, Spot)> {
        let start = *self.spots.get(range.start)?;
        let last = range.end.checked_sub(1)?;
        let (index, offset) = *self.spots.get(last)?;
        let width = self.chars.get(last)?.len_utf16() as u32;
        Some((start, (index, offset + width)))
    }

    /// Its sentences, for reading aloud.
    pub(crate) fn sentences(&self) -> Vec<Range<usize>> {
        sentences(&self.chars, &self.borders)
    }

    /// The block of the body that a character stands in.
    pub(crate) fn block(&self, position: usize) -> u32 {
        self.spots.get(position).and_then(|(index, _)| self.blocks.get(*index)).copied().unwrap_or_default()
    }

    /// Every place where `words` stand, as positions. `same` says which characters are equal.
    pub(super) fn occurrences<'a>(&'a self, words: &'a [char], same: fn(char, char) -> bool) -> impl Iterator<Item = usize> + 'a {
        let windows = self.chars.windows(words.len().max(1));
        windows.enumerate().filter(move |(_, window)| is_same(window, words, same)).map(|(at, _)| at)
    }
}

pub(super) fn is_same(a: &[char], b: &[char], same: fn(char, char) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(*a, *b))
}

#[cfg(test)]
pub(super) fn page(paragraphs: &[&str]) -> PageText {
    let piece = |(block, text): (usize, &&str)| Piece { text: (*text).to_owned(), block: block as u32, begins: true };
    PageText::new(&paragraphs.iter().enumerate().map(piece).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::{PageText, Piece, page};

    #[test]
    fn white_space_and_borders_are_one_space() {
        let page = page(&["  첫 \n\t 문단", "둘째", "\u{a0}", "셋째 "]);
        assert_eq!(page.text(0..100.min(page.chars.len())), "첫 문단 둘째 셋째");
        assert_eq!(page.borders, [0, 5, 8]);
        assert_eq!([page.block(0), page.block(5), page.block(8)], [0, 1, 3]);
    }

    #[test]
    fn every_character_leads_back_to_its_piece() {
        let piece = |text: &str, begins| Piece { text: text.into(), block: 0, begins };
        let page = PageText::new(&[piece("😀 가", true), piece("나", false), piece("다", true)]);
        assert_eq!(page.text(0..page.chars.len()), "😀 가나 다");
        assert_eq!(page.ends(&(0..1)), Some(((0, 0), (0, 2))), "an emoji is two units wide");
        assert_eq!(page.ends(&(2..4)), Some(((0, 3), (1, 1))));
        for at in [0, 2, 3] {
            let (start, _) = page.ends(&(at..at + 1)).unwrap();
            assert_eq!(page.position(start), at);
        }
        assert_eq!(page.position((9, 0)), page.chars.len());
        assert_eq!(page.trimmed(1..5), Some(2..4));
        assert_eq!(page.trimmed(1..2), None);
        assert_eq!(page.ends(&(3..3)).map(|_| ()), Some(()), "an empty range is the caller's mistake, not a panic");
    }
}
