//! Items with the marks their author typed, to lists. A mark that the list shows by itself leaves the text: the next number, a bullet.
//! Other marks stay: `①`, `(1)` and `첫째` say what no list does. Items of another mark between two items stand below the first.

use corpus::{Block, Inline, ListItem};

/// Items that are looked at for the next one of a list. More finds it behind longer lists below an item, less is faster.
const REACH: usize = 64;
/// Lists below lists. People use three; the assembling calls itself for each.
const MAX_DEPTH: usize = 3;

/// What an item begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Nothing that a list shows.
    None,
    Bullet(char),
    /// The number and the sign behind it.
    Number(u32, char),
}

/// Whether a mark belongs to the list of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Next,
    /// Numbers of the same look that do not continue: another list.
    Restart,
    Other,
}

impl Mark {
    /// The mark of an item's text, and how many bytes of it are the mark.
    fn of(text: &str) -> (Self, usize) {
        let mark = bullet(text).map(|(c, length)| (Self::Bullet(c), length));
        let mark = mark.or_else(|| number(text).map(|(number, sign, length)| (Self::Number(number, sign), length)));
        // A mark alone is the item's text.
        mark.filter(|&(_, length)| text.get(length..).is_some_and(|rest| !rest.trim().is_empty())).unwrap_or((Self::None, 0))
    }

    fn relation(self, other: Self) -> Relation {
        match (self, other) {
            (Self::Number(number, sign), Self::Number(other, other_sign)) if sign == other_sign => {
                if number.checked_add(1) == Some(other) {
                    Relation::Next
                } else {
                    Relation::Restart
                }
            }
            (Self::None, Self::None | Self::Bullet(_)) | (Self::Bullet(_), Self::None) => Relation::Next,
            (Self::Bullet(a), Self::Bullet(b)) if a == b => Relation::Next,
            _ => Relation::Other,
        }
    }

    /// Whether two items may be neighbours in one list, whatever their numbers are.
    fn is_like(self, other: Self) -> bool {
        matches!((self, other), (Self::Number(_, a), Self::Number(_, b)) if a == b) || self.relation(other) == Relation::Next
    }
}

/// The bullet a text begins with, and its length with the space behind it.
pub(super) fn bullet(text: &str) -> Option<(char, usize)> {
    let c = text.chars().next()?;
    let rest = text.get(c.len_utf8()..)?;
    let next = rest.chars().next()?;
    let is_mark = match c {
        // `-5도`, `--flag` and `*강조*` are text.
        '-' => next.is_whitespace() || ('가'..='힣').contains(&next),
        '*' | '–' | '—' => next.is_whitespace(),
        '·' | '•' | '‧' | '∙' | 'ㆍ' | '●' | '◦' | '▪' | '▫' | '■' | '□' | '◆' | '▶' | '►' | '▷' => next != c,
        _ => false,
    };
    is_mark.then(|| (c, text.len() - rest.trim_start().len()))
}

/// The number a text begins with, the sign behind it, and the length of both with the space behind them.
pub(super) fn number(text: &str) -> Option<(u32, char, usize)> {
    let digits = text.get(..text.bytes().take_while(u8::is_ascii_digit).count())?;
    // A list shows no leading zero, and a year is no number of an item.
    if digits.is_empty() || 3 < digits.len() || (digits.starts_with('0') && digits != "0") {
        return None;
    }
    let behind = text.get(digits.len()..)?;
    let sign = behind.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    let rest = behind.get(1..)?;
    // `3.14배`, `1.1 설치` and `1.)` are text.
    if rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')')) {
        return None;
    }
    Some((digits.parse().ok()?, sign, text.len() - rest.trim_start().len()))
}

/// One item: its mark, and its text with it.
struct Item<'a> {
    mark: Mark,
    mark_length: usize,
    text: &'a str,
}

impl<'a> Item<'a> {
    fn new(text: &'a str) -> Self {
        let (mark, mark_length) = Mark::of(text);
        Self { mark, mark_length, text }
    }
}

/// The lists that items make which follow each other.
pub(super) fn lists(texts: &[String]) -> Vec<Block> {
    let items: Vec<Item<'_>> = texts.iter().map(|text| Item::new(text)).collect();
    group(&items, 0)
}

fn group(mut items: &[Item<'_>], depth: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    while let Some((list, rest)) = first_list(items, depth) {
        blocks.push(list);
        items = rest;
    }
    blocks
}

/// The list that the first item begins, and the items behind it.
fn first_list<'a, 'b>(items: &'a [Item<'b>], depth: usize) -> Option<(Block, &'a [Item<'b>])> {
    let first = items.first()?.mark;
    let mut list = Vec::new();
    // What stands below an item of this list.
    let mut below = None;
    let mut rest = items;
    while let Some((item, behind)) = rest.split_first() {
        let n_below = n_below(item.mark, below, behind, depth);
        let (inner, behind) = behind.split_at_checked(n_below.unwrap_or(0)).unwrap_or_default();
        below = inner.first().map(|inner| inner.mark).or(below);
        let text = item.text.get(item.mark_length..).unwrap_or_default();
        list.push(ListItem { text: vec![Inline::text(text)], blocks: group(inner, depth + 1) });
        rest = behind;
        if behind.first().is_none_or(|next| item.mark.relation(next.mark) != Relation::Next) {
            break;
        }
    }
    let (ordered, start) = match first {
        Mark::Number(number, _) => (true, Some(number).filter(|&number| number != 1)),
        Mark::None | Mark::Bullet(_) => (false, None),
    };
    Some((Block::List { ordered, start, items: list }, rest))
}

/// How many of the items behind one stand below it: those before the list's next item, or those that look like what stood below before.
fn n_below(mark: Mark, below: Option<Mark>, behind: &[Item<'_>], depth: usize) -> Option<usize> {
    if depth == MAX_DEPTH {
        return None;
    }
    let near = || behind.iter().take(REACH).map(|item| mark.relation(item.mark));
    match near().position(|relation| relation != Relation::Other).and_then(|at| near().nth(at).map(|relation| (at, relation))) {
        Some((at, Relation::Next)) => Some(at),
        _ => below.map(|below| behind.iter().take(REACH).take_while(|item| below.is_like(item.mark)).count()),
    }
}
