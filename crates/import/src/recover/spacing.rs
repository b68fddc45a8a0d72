//! Where Korean puts a space: learned from the spaces that bodies kept, told of the joints where none was left.
//!
//! Between `준비물` and `먼저` stands no space in a glued body, and every writer would put one: a block ends there. There are fifty times as
//! many spaces to learn from as block ends, so this knows far more words than the model of joints does.

use super::{glued::Glued, joint::hash, table::Table};

impl Glued {
    /// Notes how much a space is expected before each character.
    pub(super) fn measure_spacing(&mut self, table: &Table<'_>) {
        let odds = |idx: usize| {
            let mut sum = 0_i32;
            features(self, idx, &mut |hash| sum += i32::from(table.weight(hash)));
            (8.0 * sum as f32 * table.scale()).clamp(-127.0, 127.0) as i8
        };
        self.spacing = (0..self.len()).map(odds).collect();
    }
}

/// Calls `add` with the hash of every feature of the place before `idx`, whether a space is there or not.
pub(crate) fn features(glued: &Glued, idx: usize, add: &mut impl FnMut(u64)) {
    let right = glued.places.get(idx).copied().unwrap_or(0);
    let left = idx.checked_sub(1).and_then(|before| glued.places.get(before)).map_or(0, |place| place + 1);
    let at = |place: usize| glued.spaced.get(place).copied().map_or(0, u64::from);
    let mut lefts = [0; 6];
    let mut rights = [0; 6];
    let (mut left_hash, mut right_hash) = (0, 0);
    for (n, (slot_left, slot_right)) in lefts.iter_mut().zip(&mut rights).enumerate() {
        left_hash = hash(left_hash, [left.checked_sub(n + 1).map_or(0, at)]);
        right_hash = hash(right_hash, [at(right + n)]);
        (*slot_left, *slot_right) = (left_hash, right_hash);
        if n < 5 {
            add(hash(700 + n as u64, [left_hash]));
            add(hash(710 + n as u64, [right_hash]));
        }
    }
    for (n_left, n_right) in [(1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3), (3, 3)] {
        let (Some(&left_hash), Some(&right_hash)) = (lefts.get(n_left - 1), rights.get(n_right - 1)) else { continue };
        add(hash(720 + (n_left * 8 + n_right) as u64, [left_hash, right_hash]));
    }
    let word = |back: usize| left.checked_sub(back).map_or(32, at);
    let length = (1..8).take_while(|&back| word(back) != 32).count() as u64;
    add(hash(790, [length, at(right)]));
    add(hash(791, [length, word(1)]));
    let classes = |n: usize| (0..n).fold(0, |key: u64, ahead| (key << 5) | u64::from(glued.class(idx + ahead)));
    let before =
        |n: usize| (1..=n).fold(0, |key: u64, back| (key << 5) | idx.checked_sub(back).map_or(31, |idx| u64::from(glued.class(idx))));
    add(hash(792, [before(2), classes(2)]));
    add(hash(793, [before(1), at(right), at(right + 1)]));
    add(hash(794, [classes(1), word(1), word(2)]));
}
