//! What kind of block a piece is: the kinds, and the features of a piece and its neighbours for the linear model.

use super::{
    glued::Glued,
    joint::{bucket, hash},
};

/// What a piece can be. The numbers are part of what was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Paragraph,
    /// A heading.
    Heading,
    /// One item of a list, numbered or not.
    ListItem,
    /// Code, a command, a log.
    Code,
    /// Somebody else's words.
    Quote,
    /// The caption of a figure.
    Caption,
    /// A row of a table, its cells glued.
    TableRow,
}

impl Kind {
    /// Every kind, by number.
    pub const ALL: [Self; N_KINDS] =
        [Self::Paragraph, Self::Heading, Self::ListItem, Self::Code, Self::Quote, Self::Caption, Self::TableRow];

    /// The word that measured and published files use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::ListItem => "list_item",
            Self::Code => "code",
            Self::Quote => "quote",
            Self::Caption => "caption",
            Self::TableRow => "table_row",
        }
    }
}

/// How many kinds there are.
pub const N_KINDS: usize = 7;

/// Calls `add` with the hash of every feature of the piece `pieces[idx]`, a range of visible characters.
pub(crate) fn features(glued: &Glued, pieces: &[(usize, usize)], idx: usize, mut add: impl FnMut(u64)) {
    let Some(&(lo, hi)) = pieces.get(idx) else { return };
    let length = u32::try_from(hi - lo).unwrap_or(u32::MAX);
    let size = bucket(length);
    add(hash(500, [size]));
    let (mut head, mut tail) = (0, 0);
    for n in 0..4 {
        if lo + n < hi {
            head = hash(head, [glued.after(lo, n), glued.gap(lo + n + 1) as u64]);
            tail = hash(tail, [glued.before(hi, n + 1)]);
            add(hash(510 + n as u64, [head]));
            add(hash(520 + n as u64, [tail]));
            add(hash(530 + n as u64, [tail, size]));
        }
    }
    let classes = |begin: usize, n: usize| (begin..begin + n).fold(0, |key: u64, idx| (key << 5) | u64::from(glued.class(idx)));
    add(hash(540, [classes(lo, 3)]));
    add(hash(541, [classes(lo, 5)]));
    add(hash(542, [classes(hi.saturating_sub(3), 3), size]));
    let [n_hangul, n_code, n_gaps, _] = glued.counts(lo, hi);
    // A sentence end before the piece is not its own.
    let [.., n_ends] = glued.counts(lo + 1, hi.max(lo + 1));
    let tenths = |count: u32| u64::from(10 * count / length.max(1));
    add(hash(550, [tenths(n_hangul), tenths(n_code)]));
    add(hash(551, [tenths(n_hangul), size]));
    add(hash(552, [u64::from(n_ends.min(4)), size]));
    add(hash(553, [bucket(n_gaps), tenths(n_code)]));
    if let Some(number) = glued.number_at(lo) {
        add(hash(554, [number.min(12).into()]));
        let next = pieces.get(idx + 1).and_then(|&(lo, _)| glued.number_at(lo)) == Some(number + 1);
        let previous = idx.checked_sub(1).and_then(|idx| pieces.get(idx)).and_then(|&(lo, _)| glued.number_at(lo));
        add(hash(555, [u64::from(next), u64::from(previous.is_some() && previous == number.checked_sub(1)), size]));
        add(hash(556, [glued.numbers.get(&number).copied().unwrap_or(0).min(4).into()]));
    }
    neighbours(glued, pieces, idx, size, &mut add);
}

fn neighbours(glued: &Glued, pieces: &[(usize, usize)], idx: usize, size: u64, add: &mut impl FnMut(u64)) {
    let Some(&(lo, hi)) = pieces.get(idx) else { return };
    for (template, other) in [(600, idx.checked_sub(1)), (620, Some(idx + 1))] {
        let Some(&(other_lo, other_hi)) = other.and_then(|other| pieces.get(other)) else {
            add(hash(template, [size]));
            continue;
        };
        let other_size = bucket(u32::try_from(other_hi - other_lo).unwrap_or(u32::MAX));
        add(hash(template + 1, [size, other_size]));
        add(hash(template + 2, [u64::from(glued.after(lo, 0) == glued.after(other_lo, 0)), glued.after(lo, 0)]));
        add(hash(template + 3, [u64::from(glued.before(hi, 1) == glued.before(other_hi, 1)), size, other_size]));
        add(hash(template + 4, [u64::from(glued.end_key(hi, 2) == glued.end_key(other_hi, 2)), size]));
        add(hash(template + 5, [glued.before(other_hi, 1), glued.before(hi, 1)]));
        add(hash(template + 6, [glued.class(other_lo).into(), glued.class(lo).into(), size]));
        add(hash(template + 7, [glued.before(other_hi, 1), size]));
        add(hash(template + 8, [glued.end_key(other_hi, 2)]));
        add(hash(template + 9, [glued.class(other_hi.saturating_sub(1)).into(), other_size, size]));
    }
}

/// Brings pieces whose numbers continue, `1.` `2)` `3.`, nearer to each other: half of what is said of each is what is said of them all, for
/// they are headings or items together more often than not.
pub(crate) fn even_out(glued: &Glued, pieces: &[(usize, usize)], scores: &mut [[f32; N_KINDS]]) {
    let mut chain: Vec<usize> = Vec::new();
    let mut last = None;
    for (idx, &(lo, _)) in pieces.iter().enumerate() {
        let Some(number) = glued.number_at(lo) else { continue };
        if last.and_then(|last: u32| last.checked_add(1)) != Some(number) {
            halfway(&chain, scores);
            chain.clear();
        }
        chain.push(idx);
        last = Some(number);
    }
    halfway(&chain, scores);
}

/// Moves the scores of some pieces halfway to their mean.
fn halfway(chain: &[usize], scores: &mut [[f32; N_KINDS]]) {
    let mut mean = [0.0; N_KINDS];
    for own in chain.iter().filter_map(|&idx| scores.get(idx)) {
        mean.iter_mut().zip(own).for_each(|(sum, score)| *sum += score / chain.len() as f32);
    }
    for &idx in chain {
        let own = scores.get_mut(idx).into_iter().flatten();
        own.zip(mean).for_each(|(score, mean)| *score = 0.5 * (*score + mean));
    }
}

#[cfg(test)]
mod tests {
    use super::{Glued, N_KINDS, even_out};

    #[test]
    fn pieces_whose_numbers_continue_come_nearer() {
        let glued = Glued::new("1.가2)나다1.라");
        let mut scores = [[0.0; N_KINDS], [4.0; N_KINDS], [8.0; N_KINDS], [2.0; N_KINDS]];
        even_out(&glued, &[(0, 3), (3, 6), (6, 7), (7, 10)], &mut scores);
        assert_eq!(scores.map(|row| row[0]), [1.0, 3.0, 8.0, 2.0]);
    }
}
