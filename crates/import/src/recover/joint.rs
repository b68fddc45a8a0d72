//! What speaks for and against a boundary before a character, as hashed features of a linear model.
//!
//! The templates and their numbers are part of what was learned: any change needs new weights.

use super::glued::{DIGIT, Gap, Glued, HANGUL, LOWER};

/// Hashes one feature: its template and its values.
pub(crate) fn hash(template: u64, values: impl IntoIterator<Item = u64>) -> u64 {
    let mut state = template.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x51_7C_C1_B7_27_22_0A_95;
    for value in values {
        state = (state.rotate_left(5) ^ value).wrapping_mul(0x51_7C_C1_B7_27_22_0A_95);
    }
    state ^ (state >> 29)
}

/// Log odds of a space, in eighths, below which nobody looks further. More is faster and loses joints: -64 loses 3 of 29,399.
const SPACING_FLOOR: i8 = -64;

/// The same between small letters, where blocks end as well: `Modules` `webpack은`. Less is slower and keeps more: at -24, 254 of 286 joints
/// and one in 15 of the other places are looked at.
const WORD_FLOOR: i8 = -24;

/// Whether a block can begin at `idx` at all; inside a number none does, and inside what looks like one English word, unless an address
/// begins.
pub(crate) fn is_candidate(glued: &Glued, idx: usize) -> bool {
    let Some(before) = idx.checked_sub(1) else { return false };
    let inside = |class| glued.class(before) == class && glued.class(idx) == class;
    let is_address = || glued.chars.get(idx..idx + 5).is_some_and(|chars| matches!(chars, ['h', 't', 't', 'p', ':' | 's']));
    let is_open = if inside(LOWER) { WORD_FLOOR <= glued.spacing(idx) } else { !inside(DIGIT) && SPACING_FLOOR <= glued.spacing(idx) };
    glued.gap(idx) != Gap::None || is_open || is_address()
}

/// Small, big, bigger: a length in nine steps.
pub(crate) fn bucket(number: u32) -> u64 {
    match number {
        0..=3 => u64::from(number),
        4..=7 => 4,
        8..=15 => 5,
        16..=31 => 6,
        32..=63 => 7,
        64..=127 => 8,
        128..=255 => 9,
        _ => 10,
    }
}

/// Calls `add` with the hash of every feature of the joint before `idx`.
pub(crate) fn features(glued: &Glued, idx: usize, add: &mut impl FnMut(u64)) {
    near(glued, idx, add);
    far(glued, idx, add);
}

/// The features of the letters themselves and of the spaces expected. Most joints are ruled out by these alone.
pub(crate) fn near(glued: &Glued, idx: usize, add: &mut impl FnMut(u64)) {
    let gap = glued.gap(idx) as u64;
    characters(glued, idx, gap, add);
    spaces(glued, idx, gap, add);
}

/// The other features.
pub(crate) fn far(glued: &Glued, idx: usize, add: &mut impl FnMut(u64)) {
    let gap = glued.gap(idx) as u64;
    add(hash(1, [gap, glued.glued_tenths.into()]));
    classes(glued, idx, gap, add);
    words(glued, idx, gap, add);
    surroundings(glued, idx, gap, add);
}

/// How much a space would be expected here, and in the words on both sides.
fn spaces(glued: &Glued, idx: usize, gap: u64, add: &mut impl FnMut(u64)) {
    let step = |idx: usize| (i64::from(glued.spacing(idx)) + 128) as u64;
    let here = step(idx);
    let kinds = (u64::from(glued.class(idx)) << 5) | idx.checked_sub(1).map_or(31, |idx| u64::from(glued.class(idx)));
    add(hash(400, [gap, here / 4]));
    add(hash(401, [gap, here / 8, kinds]));
    add(hash(402, [gap, here / 8, glued.before(idx, 1)]));
    add(hash(403, [gap, here / 8, glued.after(idx, 0)]));
    add(hash(404, [gap, here / 8, glued.before(idx, 1), glued.before(idx, 2)]));
    add(hash(405, [gap, here / 16, step(idx - 1) / 16, step(idx + 1) / 16, kinds]));
    let at = |list: &[u32], idx: usize| list.get(idx).copied().unwrap_or(0);
    let since = bucket(idx.checked_sub(1).map_or(0, |before| at(&glued.since_joint, before)));
    let to = bucket(at(&glued.to_joint, idx));
    add(hash(406, [gap, here / 16, since]));
    add(hash(407, [gap, here / 16, to]));
    add(hash(408, [gap, here / 16, glued.glued_tenths.into()]));
}

fn characters(glued: &Glued, idx: usize, gap: u64, add: &mut impl FnMut(u64)) {
    let right = glued.places.get(idx).copied().unwrap_or(0);
    let left = idx.checked_sub(1).and_then(|before| glued.places.get(before)).map_or(0, |place| place + 1);
    let at = |place: usize| glued.spaced.get(place).copied().map_or(0, u64::from);
    let (mut left_hash, mut right_hash) = (gap, gap);
    let mut lefts = [0; 6];
    let mut rights = [0; 6];
    for n in 0..6 {
        left_hash = hash(left_hash, [left.checked_sub(n + 1).map_or(0, at)]);
        right_hash = hash(right_hash, [at(right + n)]);
        add(hash(10 + n as u64, [left_hash]));
        add(hash(20 + n as u64, [right_hash]));
        if let (Some(slot_left), Some(slot_right)) = (lefts.get_mut(n), rights.get_mut(n)) {
            *slot_left = left_hash;
            *slot_right = right_hash;
        }
    }
    for (n_left, n_right) in [(1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 3), (3, 2), (2, 3)] {
        let (Some(&left_hash), Some(&right_hash)) = (lefts.get(n_left - 1), rights.get(n_right - 1)) else { continue };
        add(hash(30 + (n_left * 8 + n_right) as u64, [left_hash, right_hash]));
    }
}

fn classes(glued: &Glued, idx: usize, gap: u64, add: &mut impl FnMut(u64)) {
    let left =
        |n: usize| (1..=n).fold(0, |key: u64, back| (key << 5) | idx.checked_sub(back).map_or(31, |idx| u64::from(glued.class(idx))));
    let right = |n: usize| (0..n).fold(0, |key: u64, ahead| (key << 5) | u64::from(glued.class(idx + ahead)));
    for (n_left, n_right) in [(1, 1), (2, 2), (3, 3), (4, 2), (2, 4), (6, 1), (1, 6), (5, 5)] {
        add(hash(110 + (n_left * 8 + n_right) as u64, [gap, left(n_left), right(n_right)]));
    }
    // A class on one side, letters on the other.
    add(hash(180, [gap, left(2), glued.after(idx, 0), glued.after(idx, 1)]));
    add(hash(181, [gap, right(2), glued.before(idx, 1), glued.before(idx, 2)]));
    add(hash(182, [gap, left(3), glued.after(idx, 0)]));
    add(hash(183, [gap, right(3), glued.before(idx, 1)]));
}

fn words(glued: &Glued, idx: usize, gap: u64, add: &mut impl FnMut(u64)) {
    let count = |map: &super::glued::Counts, key: u64| map.get(&key).copied().unwrap_or(0);
    let glued_here = u32::from(glued.gap(idx) == Gap::None);
    // The joint itself is one of the places counted.
    let other = |count: u32, here: u32| u64::from(count.saturating_sub(here).min(4));
    let end2 = other(count(&glued.ends, glued.end_key(idx, 2)), 1 - glued_here);
    let end3 = other(count(&glued.ends, glued.end_key(idx, 3)), 1 - glued_here);
    let start2 = other(count(&glued.starts, glued.start_key(idx, 2)), 1 - glued_here);
    let start3 = other(count(&glued.starts, glued.start_key(idx, 3)), 1 - glued_here);
    let inside1 = other(count(&glued.insides, glued.inside_key(idx, 1)), glued_here);
    let inside2 = other(count(&glued.insides, glued.inside_key(idx, 2)), glued_here);
    let kinds = (u64::from(glued.class(idx)) << 5) | idx.checked_sub(1).map_or(31, |idx| u64::from(glued.class(idx)));
    add(hash(200, [gap, end2, start2, inside1]));
    add(hash(201, [gap, end3, start3, inside2]));
    add(hash(202, [gap, end3, start3, inside1, kinds]));
    add(hash(203, [gap, end2, end3, kinds]));
    add(hash(204, [gap, start2, start3, kinds]));
    add(hash(205, [gap, inside1, inside2, kinds]));
    // How long the words on both sides are.
    let length = |ahead: bool| {
        (1..12).take_while(move |&n| {
            let at = if ahead { idx + n } else { (idx + 1).saturating_sub(n) };
            at < glued.len() && 0 < at && glued.gap(at) == Gap::None
        })
    };
    let (left, right) = (length(false).skip(1).count() as u64, length(true).count() as u64);
    add(hash(206, [gap, left, right]));
    add(hash(207, [gap, left, glued.before(idx, 1)]));
    add(hash(208, [gap, right, glued.before(idx, 1)]));
}

fn surroundings(glued: &Glued, idx: usize, gap: u64, add: &mut impl FnMut(u64)) {
    let at = |list: &[u32], idx: usize| list.get(idx).copied().unwrap_or(0);
    let since = bucket(idx.checked_sub(1).map_or(0, |before| at(&glued.since_joint, before)));
    let to = bucket(at(&glued.to_joint, idx));
    let kinds = (u64::from(glued.class(idx)) << 5) | idx.checked_sub(1).map_or(31, |idx| u64::from(glued.class(idx)));
    add(hash(300, [gap, since, kinds]));
    add(hash(301, [gap, to, kinds]));
    add(hash(302, [gap, since, to]));
    add(hash(303, [gap, since, glued.before(idx, 1)]));
    let bracketed = u64::from(glued.bracketed.get(idx).copied().unwrap_or(false));
    add(hash(304, [gap, bracketed, kinds]));
    if let Some(number) = glued.number_at(idx) {
        let seen = |number: u32| u64::from(glued.numbers.contains_key(&number));
        add(hash(305, [gap, number.min(12).into(), number.checked_sub(1).map_or(2, seen), seen(number + 1)]));
        add(hash(306, [gap, glued.numbers.get(&number).copied().unwrap_or(0).min(4).into(), kinds]));
    }
    // Code: how much of what stands around is not Korean, and what signs are in it.
    let share = |range: std::ops::Range<usize>| {
        let (mut n_hangul, mut n_code) = (0_u64, 0_u64);
        for idx in range {
            n_hangul += u64::from(glued.class(idx) == HANGUL);
            n_code += u64::from(matches!(glued.class(idx), 5 | 7..=9 | 11..=14));
        }
        (n_hangul / 3, n_code.min(8) / 2)
    };
    let (left_hangul, left_code) = share(idx.saturating_sub(16)..idx);
    let (right_hangul, right_code) = share(idx..(idx + 16).min(glued.len()));
    add(hash(307, [gap, left_hangul, right_hangul, kinds]));
    add(hash(308, [gap, left_hangul, left_code, right_hangul, right_code]));
    add(hash(309, [gap, left_hangul, right_hangul, glued.before(idx, 1)]));
    add(hash(310, [gap, left_hangul, right_hangul, glued.after(idx, 0)]));
    let from_begin = bucket(u32::try_from(idx).unwrap_or(u32::MAX));
    let to_end = bucket(u32::try_from(glued.len() - idx).unwrap_or(u32::MAX));
    add(hash(311, [gap, from_begin.min(8), kinds]));
    add(hash(312, [gap, to_end.min(8), kinds]));
}
