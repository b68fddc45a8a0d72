//! What a piece looks like among the others: the features of the second look at kinds, one byte each.
//!
//! The order of the features is part of what was learned: any change needs new weights.

use super::{
    context::kind_odds,
    glued::{BULLET, DIGIT, Gap, Glued, HANGUL, MARK, STOP, is_sign},
    kind::N_KINDS,
    scale::{ending, log, odds, share},
    table::Table,
};

/// Kinds of sign a piece can begin with, 0 for none.
const N_MARKS: usize = 15;

/// The features of every piece. `bounds` has the log odds of the boundary before each piece.
pub(crate) fn features(glued: &Glued, pieces: &[(usize, usize)], bounds: &[f32], kinds: &[Table<'_>; N_KINDS]) -> Vec<Vec<u8>> {
    let body = Body::new(glued, pieces, bounds, kinds);
    (0..pieces.len()).map(|idx| body.row(idx)).collect()
}

/// The pieces of a body and what is said of all of them.
struct Body<'a> {
    glued: &'a Glued,
    bounds: &'a [f32],
    pieces: Vec<Piece>,
    /// What `at` gives beside the first and last piece.
    nothing: Piece,
    /// Pieces by the kind that their letters speak for, by the sign they begin with.
    n_kinds: [u32; N_KINDS],
    n_marks: [usize; N_MARKS],
    registers: [u32; 3],
    n_hangul: u32,
}

impl<'a> Body<'a> {
    fn new(glued: &'a Glued, ranges: &[(usize, usize)], bounds: &'a [f32], kinds: &[Table<'_>; N_KINDS]) -> Self {
        let pieces: Vec<Piece> = (0..ranges.len()).map(|idx| Piece::new(glued, ranges, idx, kinds)).collect();
        let (mut n_kinds, mut n_marks, mut registers, mut n_hangul) = ([0; N_KINDS], [0; N_MARKS], [0; 3], 0);
        for piece in &pieces {
            let kind = piece.odds.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(kind, _)| kind);
            n_kinds.iter_mut().skip(kind).take(1).for_each(|count| *count += 1);
            n_marks.iter_mut().skip(piece.mark.into()).take(1).for_each(|count| *count += 1);
            registers.iter_mut().zip(piece.registers).for_each(|(sum, count)| *sum += count);
            n_hangul += piece.n_hangul;
        }
        Self { glued, bounds, pieces, nothing: Piece::default(), n_kinds, n_marks, registers, n_hangul }
    }

    /// The piece that many steps from one.
    fn at(&self, idx: usize, step: isize) -> &Piece {
        idx.checked_add_signed(step).and_then(|idx| self.pieces.get(idx)).unwrap_or(&self.nothing)
    }

    fn row(&self, idx: usize) -> Vec<u8> {
        let piece = self.at(idx, 0);
        let mut row = Vec::with_capacity(128);
        row.extend(piece.odds.iter().map(|&score| odds(score)));
        for step in [-2, -1, 1, 2] {
            self.neighbour(piece, self.at(idx, step), &mut row);
        }
        row.push(log(piece.length));
        row.push(share(piece.n_hangul, piece.length));
        row.push(share(piece.n_code, piece.length));
        row.extend([piece.first, piece.second, piece.last, piece.before_last, piece.ending, piece.mark, piece.gap]);
        row.push(piece.n_ends.min(255) as u8);
        row.push(share(piece.n_gaps, piece.length));
        row.push(log(piece.colon));
        row.push(log(piece.dash));
        let bound = |idx: usize| self.bounds.get(idx).map_or(255, |&bound| odds(bound));
        row.extend([bound(idx), bound(idx + 1), bound(idx.wrapping_sub(1)), bound(idx + 2)]);
        // What the piece before announces.
        row.push(self.at(idx, -1).announces);
        row.push(self.at(idx, -2).announces);
        self.whole(idx, piece, &mut row);
        // How many short pieces stand in a row here.
        let is_short = |other: &&Piece| other.length < 60;
        row.push(self.pieces.iter().take(idx).rev().take(9).take_while(is_short).count() as u8);
        row.push(self.pieces.iter().skip(idx + 1).take(9).take_while(is_short).count() as u8);
        // A heading is what the next piece speaks of.
        row.push(repeated(self.glued, piece, self.at(idx, 1)));
        row.push(repeated(self.glued, self.at(idx, -1), piece));
        row.push(u8::from(piece.quoted) + 2 * u8::from(self.at(idx, -1).quoted));
        row
    }

    fn neighbour(&self, piece: &Piece, other: &Piece, row: &mut Vec<u8>) {
        row.extend(other.odds.iter().map(|&score| odds(score)));
        row.push(log(other.length));
        row.push(share(other.n_hangul, other.length));
        row.push(share(other.n_code, other.length));
        row.extend([other.last, other.first, other.mark]);
        // Whether it begins and ends as this one does.
        let same = [piece.head == other.head, piece.tail == other.tail, piece.first == other.first, piece.last == other.last];
        row.push(same.iter().rev().fold(0, |bits, &same| 2 * bits + u8::from(same)));
    }

    /// How the body speaks and is made, and the piece within it.
    fn whole(&self, idx: usize, piece: &Piece, row: &mut Vec<u8>) {
        let n = self.pieces.len();
        let (n_own, n_all) = (piece.registers.iter().sum::<u32>(), self.registers.iter().sum::<u32>());
        for (&own, all) in piece.registers.iter().zip(self.registers) {
            row.push(share(own, n_own as usize));
            row.push(share(all, n_all as usize));
        }
        row.extend(self.n_kinds.iter().map(|&count| share(count, n)));
        row.push(share(self.n_hangul, self.glued.len()));
        row.push(log(n));
        row.push(log(idx));
        row.push(log(n - idx));
        let n_alike = if piece.mark == 0 { 0 } else { self.n_marks.get(usize::from(piece.mark)).copied().unwrap_or(0) };
        row.push(log(n_alike));
    }
}

/// One piece by itself.
#[derive(Clone, Debug, Default)]
struct Piece {
    lo: usize,
    hi: usize,
    length: usize,
    odds: [f32; N_KINDS],
    n_hangul: u32,
    n_code: u32,
    n_ends: u32,
    n_gaps: u32,
    first: u8,
    second: u8,
    last: u8,
    before_last: u8,
    ending: u8,
    mark: u8,
    gap: u8,
    /// Characters before the first colon, and before a dash between spaces; 999 without one.
    colon: usize,
    dash: usize,
    /// Bits: ends with a colon, points at what follows, speaks of code, speaks of a figure.
    announces: u8,
    /// Sentences that end in -니다, -요, other -다.
    registers: [u32; 3],
    /// Keys of its first and its last two characters.
    head: u64,
    tail: u64,
    quoted: bool,
}

impl Piece {
    fn new(glued: &Glued, pieces: &[(usize, usize)], idx: usize, kinds: &[Table<'_>; N_KINDS]) -> Self {
        let Some(&(lo, hi)) = pieces.get(idx) else { return Self::default() };
        let mut piece =
            Self { lo, hi, length: hi - lo, odds: kind_odds(kinds, glued, pieces, idx), colon: 999, dash: 999, ..Self::default() };
        let is = |at: usize, c: char| glued.chars.get(at) == Some(&c);
        for at in lo..hi {
            let class = glued.class(at);
            piece.n_hangul += u32::from(class == HANGUL);
            piece.n_code += u32::from(is_sign(class));
            piece.n_gaps += u32::from(at != lo && glued.gap(at) != Gap::None);
            let ends = at + 1 == hi || (glued.gap(at + 1) != Gap::None && matches!(class, STOP | MARK));
            if ends {
                let back = usize::from(class != HANGUL);
                let last = at.checked_sub(back).filter(|&last| lo <= last);
                let last = last.unwrap_or(at);
                if is(last, '다') {
                    let register = if 0 < last && is(last - 1, '니') { 0 } else { 2 };
                    piece.registers[register] += 1;
                } else if is(last, '요') || is(last, '죠') {
                    piece.registers[1] += 1;
                }
                piece.n_ends += u32::from(matches!(class, STOP | MARK));
            }
            if piece.colon == 999 && is(at, ':') {
                piece.colon = at - lo;
            }
            if piece.dash == 999 && at != lo && (is(at, '-') || is(at, '–')) && glued.gap(at) != Gap::None {
                piece.dash = at - lo;
            }
        }
        let last = hi.saturating_sub(1);
        piece.first = 1 + glued.class(lo);
        piece.second = 1 + glued.class(lo + 1);
        piece.last = 1 + glued.class(last);
        piece.before_last = 1 + glued.class(last.saturating_sub(1));
        let letter = (lo..hi).rev().take(4).find(|&at| glued.class(at) == HANGUL);
        piece.ending = letter.and_then(|at| glued.chars.get(at)).map_or(0, |&c| ending(c));
        piece.mark = mark(glued, lo);
        piece.gap = glued.gap(lo) as u8;
        piece.head = glued.start_key(lo, 1);
        piece.tail = glued.end_key(hi, 2);
        piece.quoted = glued.chars.get(lo).is_some_and(|c| matches!(c, '"' | '“' | '‘' | '\'' | '「' | '>'))
            || glued.chars.get(last).is_some_and(|c| matches!(c, '"' | '”' | '’' | '\'' | '」'));
        let tail: String = glued.chars.get(hi.saturating_sub(14).max(lo)..hi).unwrap_or_default().iter().collect();
        let says = |words: &[&str]| words.iter().any(|word| tail.contains(word));
        piece.announces = u8::from(tail.ends_with(':'))
            + 2 * u8::from(says(&["다음", "아래", "이렇게", "같습니다", "같다", "같아"]))
            + 4 * u8::from(says(&["코드", "명령", "실행", "입력", "출력", "결과"]))
            + 8 * u8::from(says(&["그림", "사진", "표", "화면"]));
        piece
    }
}

/// The kind of list mark or sign a piece begins with.
fn mark(glued: &Glued, lo: usize) -> u8 {
    let Some(&c) = glued.chars.get(lo) else { return 0 };
    match c {
        '-' => 1,
        '·' => 2,
        '•' => 3,
        '*' => 4,
        _ if glued.number_at(lo).is_some() => 5,
        '①'..='⑳' | '➀'..='➓' => 6,
        '(' | '[' => 7,
        '#' => 8,
        '$' | '>' | '%' => 9,
        '"' | '“' | '‘' | '\'' => 10,
        '/' => 11,
        '<' | '{' => 12,
        _ if glued.class(lo) == BULLET => 13,
        _ if glued.class(lo) == DIGIT => 14,
        _ => 0,
    }
}

/// How many of the second piece's first characters begin a word of the first.
fn repeated(glued: &Glued, first: &Piece, second: &Piece) -> u8 {
    let from = first.lo.max(first.hi.saturating_sub(40));
    let best = (from..first.hi).map(|at| {
        (0..8)
            .take_while(|&n| at + n < first.hi && second.lo + n < second.hi && glued.chars.get(at + n) == glued.chars.get(second.lo + n))
            .count()
    });
    best.max().unwrap_or(0) as u8
}
