//! What a joint looks like among the others: the features of the second look, one byte each.
//!
//! The first look scores every joint by the letters around it. Here the scores of the neighbours, the pieces that would arise, and what the
//! body does elsewhere are put beside it. The order of the features is part of what was learned: any change needs new weights.

use std::{collections::HashMap, hash::BuildHasherDefault};

use super::{
    glued::{Counts, Gap, Glued, HANGUL, KeyHasher, MARK, STOP, is_sign},
    joint::hash,
    kind::{self, N_KINDS},
    ordinal::{self, Ordinal},
    scale::{ending, log, odds, share},
    span::Sentences,
    table::Table,
};

/// Log odds of the first look below which a joint gets no second one.
pub(crate) const FLOOR: f32 = -5.0;
/// Log odds of what a rule decided.
pub(crate) const SURE: f32 = 15.0;
/// Log odds above which a joint counts as a boundary while its neighbours are looked at.
const FIRM: f32 = -0.7;

/// A joint with the log odds of the first look.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    /// The visible character behind the joint.
    pub(crate) idx: usize,
    /// Natural log odds of a boundary.
    pub(crate) odds: f32,
    /// Whether a rule decided.
    pub(crate) is_sure: bool,
}

/// How many joints have a signature, and how many boundaries are expected among them.
type Habits = HashMap<u64, (f32, f32), BuildHasherDefault<KeyHasher>>;

/// Everything that the second look at one body needs.
pub(crate) struct Context<'a> {
    glued: &'a Glued,
    joints: &'a [Scored],
    kinds: &'a [Table<'a>; N_KINDS],
    /// Numbers of the joints that count as boundaries.
    firm: Vec<usize>,
    /// Hangul and code signs up to each character.
    n_hangul: Vec<u32>,
    n_code: Vec<u32>,
    /// Characters since the last and up to the next Hangul, final punctuation, and since a comment of code began.
    since_hangul: Vec<u32>,
    to_hangul: Vec<u32>,
    since_end: Vec<u32>,
    to_end: Vec<u32>,
    since_comment: Vec<u32>,
    sentences: Sentences,
    /// Joints before a mark that counts.
    ordinals: Vec<(usize, Ordinal)>,
    /// Depth of curly and other brackets.
    depth: Vec<u8>,
    /// By signature: how many joints have it and how many boundaries are expected among them.
    habits: [Habits; N_SIGNATURES],
}

/// How many features a joint has.
const N_FEATURES: usize = 124;

const N_SIGNATURES: usize = 5;

/// Steps since the last and up to the next character that is one of those meant.
fn distances(n: usize, is: impl Fn(usize) -> bool) -> (Vec<u32>, Vec<u32>) {
    let mut since = vec![0; n];
    let mut to = vec![0; n];
    let mut distance = 999;
    for (idx, slot) in since.iter_mut().enumerate() {
        distance = if is(idx) { 0 } else { distance + 1 };
        *slot = distance;
    }
    distance = 999;
    for (idx, slot) in to.iter_mut().enumerate().rev() {
        distance = if is(idx) { 0 } else { distance + 1 };
        *slot = distance;
    }
    (since, to)
}

impl<'a> Context<'a> {
    /// Looks at a body whose joints have been scored.
    pub(crate) fn new(glued: &'a Glued, joints: &'a [Scored], kinds: &'a [Table<'a>; N_KINDS]) -> Self {
        let n = glued.len();
        let running = |is: &dyn Fn(usize) -> bool| -> Vec<u32> {
            let mut sum = 0;
            std::iter::once(0)
                .chain((0..n).map(|idx| {
                    sum += u32::from(is(idx));
                    sum
                }))
                .collect()
        };
        let (since_hangul, to_hangul) = distances(n, |idx| glued.class(idx) == HANGUL);
        let (since_end, to_end) = distances(n, |idx| matches!(glued.class(idx), STOP | MARK));
        let (since_comment, _) = distances(n, |idx| {
            let (a, b) = (glued.after(idx, 0), glued.before(idx, 1));
            (a == u64::from(u32::from('/')) && b == a) || (a == u64::from(u32::from('#')) && glued.gap(idx) != Gap::None)
        });
        let mut depth = Vec::with_capacity(n);
        let mut level = 0_u8;
        for c in &glued.chars {
            match c {
                '{' | '(' | '[' => level = (level + 1).min(9),
                '}' | ')' | ']' => level = level.saturating_sub(1),
                _ => {}
            }
            depth.push(level);
        }
        let mut habits: [Habits; N_SIGNATURES] = Default::default();
        for joint in joints {
            let expected = 1.0 / (1.0 + (-joint.odds).exp());
            for (habit, signature) in habits.iter_mut().zip(signatures(glued, joint.idx)) {
                let (n, sum) = habit.entry(signature).or_insert((0.0, 0.0));
                *n += 1.0;
                *sum += expected;
            }
        }
        let firm = joints.iter().enumerate().filter(|(_, joint)| FIRM < joint.odds).map(|(number, _)| number).collect();
        Self {
            glued,
            joints,
            kinds,
            firm,
            n_hangul: running(&|idx| glued.class(idx) == HANGUL),
            n_code: running(&|idx| is_sign(glued.class(idx))),
            since_hangul,
            to_hangul,
            since_end,
            to_end,
            since_comment,
            sentences: Sentences::new(glued),
            ordinals: ordinal::all(glued, joints),
            depth,
            habits,
        }
    }

    /// The features of every joint; none for those that a rule decided.
    pub(crate) fn rows(&self) -> Vec<Vec<u8>> {
        let row = |(number, joint): (usize, &Scored)| {
            let mut row = Vec::with_capacity(N_FEATURES);
            if !joint.is_sure {
                self.features(number, *joint, &mut row);
            }
            row
        };
        self.joints.iter().enumerate().map(row).collect()
    }

    fn features(&self, number: usize, joint: Scored, to: &mut Vec<u8>) {
        to.push(odds(joint.odds));
        self.letters(joint.idx, to);
        self.neighbours(number, joint, to);
        self.habits(joint, to);
        self.pieces(number, joint, to);
        to.extend(ordinal::ends(self.glued, &self.ordinals, self.joints, &self.firm, number));
        to.extend(ordinal::row(&self.ordinals, self.joints, number));
        self.sentences.features(joint.idx, &self.n_hangul, &self.n_code, to);
    }

    fn letters(&self, idx: usize, to: &mut Vec<u8>) {
        let glued = self.glued;
        let at = |list: &[u32], idx: usize| list.get(idx).copied().unwrap_or(0);
        let last = idx.saturating_sub(1);
        to.push((i16::from(glued.spacing(idx)) + 128) as u8);
        to.push((i16::from(glued.spacing(last)) + 128) as u8);
        to.push((i16::from(glued.spacing(idx + 1)) + 128) as u8);
        to.push(glued.gap(idx) as u8);
        for idx in [idx.wrapping_sub(3), idx.wrapping_sub(2), last, idx, idx + 1, idx + 2] {
            to.push(glued.class(idx));
        }
        to.push(log(at(&glued.since_joint, last) as usize));
        to.push(log(at(&glued.to_joint, idx) as usize));
        for reach in [8, 32, 96] {
            let (lo, hi) = (idx.saturating_sub(reach), (idx + reach).min(glued.len()));
            for list in [&self.n_hangul, &self.n_code] {
                to.push(share(at(list, idx) - at(list, lo), idx - lo));
                to.push(share(at(list, hi) - at(list, idx), hi - idx));
            }
        }
        to.push(log(at(&self.since_hangul, last) as usize));
        to.push(log(at(&self.to_hangul, idx) as usize));
        to.push(log(at(&self.since_end, last) as usize));
        to.push(log(at(&self.to_end, idx) as usize));
        to.push(log(at(&self.since_comment, last) as usize));
        to.push(self.depth.get(last).copied().unwrap_or(0));
        let left = (1..40).take_while(|&n| n < idx && glued.gap(idx - n) == Gap::None).count();
        let right = (1..40).take_while(|&n| idx + n < glued.len() && glued.gap(idx + n) == Gap::None).count();
        to.push(left as u8);
        to.push(right as u8);
        let count = |map: &Counts, key: u64| map.get(&key).copied().unwrap_or(0).min(200) as u8;
        to.push(count(&glued.ends, glued.end_key(idx, 2)));
        to.push(count(&glued.ends, glued.end_key(idx, 3)));
        to.push(count(&glued.starts, glued.start_key(idx, 2)));
        to.push(count(&glued.starts, glued.start_key(idx, 3)));
        to.push(count(&glued.insides, glued.inside_key(idx, 1)));
        to.push(count(&glued.insides, glued.inside_key(idx, 2)));
        // Where in the body.
        to.push(log(idx));
        to.push(log(glued.len() - idx));
        let number = |idx: usize| glued.number_at(idx);
        let seen = |number: u32| u8::from(glued.numbers.contains_key(&number));
        to.push(number(idx).map_or(0, |number| 1 + 2 * seen(number + 1) + number.checked_sub(1).map_or(0, seen)));
        // A heading is what the next sentence speaks of: `Proxy` `Proxy 객체는`.
        to.push(self.repeated(idx));
        to.push(glued.chars.get(last).copied().map_or(0, ending));
        to.push(glued.chars.get(idx).copied().map_or(0, ending));
    }

    /// How many of the characters from `idx` on stand together shortly before, too.
    fn repeated(&self, idx: usize) -> u8 {
        let glued = self.glued;
        let best = (idx.saturating_sub(40)..idx).map(|at| {
            (0..8).take_while(|&n| at + n < idx && idx + n < glued.len() && glued.chars.get(at + n) == glued.chars.get(idx + n)).count()
        });
        best.max().unwrap_or(0) as u8
    }

    fn neighbours(&self, number: usize, joint: Scored, to: &mut Vec<u8>) {
        let around = |step: isize| number.checked_add_signed(step).and_then(|number| self.joints.get(number));
        for step in [-3, -2, -1, 1, 2, 3] {
            to.push(around(step).map_or(0, |other| odds(other.odds)));
            to.push(around(step).map_or(255, |other| log(other.idx.abs_diff(joint.idx))));
        }
        let best = |lo: usize, hi: usize| {
            let near = self.joints.iter().skip(number.saturating_sub(24)).take(48);
            let near = near.filter(|other| lo <= other.idx && other.idx <= hi && other.idx != joint.idx);
            near.fold(-16.0_f32, |best, other| best.max(other.odds))
        };
        let idx = joint.idx;
        for reach in [4, 12, 40] {
            to.push(odds(best(idx.saturating_sub(reach), idx)));
            to.push(odds(best(idx, idx + reach)));
        }
    }

    fn habits(&self, joint: Scored, to: &mut Vec<u8>) {
        let own = 1.0 / (1.0 + (-joint.odds).exp());
        for (habit, signature) in self.habits.iter().zip(signatures(self.glued, joint.idx)) {
            let (n, sum) = habit.get(&signature).copied().unwrap_or((1.0, own));
            let (n, sum) = (n - 1.0, (sum - own).max(0.0));
            to.push((100.0 * (sum + 0.4) / (n + 1.0)) as u8);
            to.push(log(n as usize));
        }
        let n = self.glued.len();
        to.push(self.glued.glued_tenths as u8);
        to.push(share(self.n_hangul.last().copied().unwrap_or(0), n));
        to.push(share(self.n_code.last().copied().unwrap_or(0), n));
        to.push((2000 * self.firm.len() / n.max(1)).min(255) as u8);
        to.push((1000 * self.joints.len() / n.max(1)).min(255) as u8);
    }

    fn pieces(&self, number: usize, joint: Scored, to: &mut Vec<u8>) {
        let place = self.firm.partition_point(|&firm| firm < number);
        let next_place = place + usize::from(self.firm.get(place) == Some(&number));
        let start = |place: Option<usize>| {
            place.and_then(|place| self.firm.get(place)).and_then(|&number| self.joints.get(number)).map(|joint| joint.idx)
        };
        let lo = start(place.checked_sub(1)).unwrap_or(0);
        let before = start(place.checked_sub(2)).unwrap_or(0);
        let hi = start(Some(next_place)).unwrap_or(self.glued.len());
        let behind = start(Some(next_place + 1)).unwrap_or(self.glued.len());
        let split = [(before, lo), (lo, joint.idx), (joint.idx, hi), (hi, behind)];
        let whole = [(before, lo), (lo, hi), (hi, behind)];
        to.push(log(joint.idx - lo));
        to.push(log(hi - joint.idx));
        to.push(log(lo - before));
        to.push(log(behind - hi));
        let mut scores = |pieces: &[(usize, usize)], idx: usize| {
            for score in kind_odds(self.kinds, self.glued, pieces, idx) {
                to.push(odds(score));
            }
        };
        scores(&split, 1);
        scores(&split, 2);
        scores(&whole, 1);
        let at = |list: &[u32], idx: usize| list.get(idx).copied().unwrap_or(0);
        for (lo, hi) in [(lo, joint.idx), (joint.idx, hi)] {
            to.push(share(at(&self.n_hangul, hi) - at(&self.n_hangul, lo), hi - lo));
            to.push(share(at(&self.n_code, hi) - at(&self.n_code, lo), hi - lo));
        }
        // Whether the pieces around begin and end as the two here would.
        let end = |hi: usize| self.glued.before(hi, 1);
        to.push(
            u8::from(end(lo) == end(joint.idx))
                + 2 * u8::from(end(hi) == end(joint.idx))
                + 4 * u8::from(self.glued.after(lo, 0) == self.glued.after(joint.idx, 0))
                + 8 * u8::from(self.glued.after(hi, 0) == self.glued.after(joint.idx, 0)),
        );
        to.push(
            u8::from(self.glued.class(lo) == self.glued.class(joint.idx))
                + 2 * u8::from(self.glued.class(hi) == self.glued.class(joint.idx)),
        );
    }
}

/// Log odds of each kind for a piece, by the linear model.
pub(crate) fn kind_odds(kinds: &[Table<'_>; N_KINDS], glued: &Glued, pieces: &[(usize, usize)], idx: usize) -> [f32; N_KINDS] {
    let mut sums = [0_i32; N_KINDS];
    kind::features(glued, pieces, idx, |hash| {
        for (sum, table) in sums.iter_mut().zip(kinds) {
            *sum += i32::from(table.weight(hash));
        }
    });
    let mut odds = [0.0; N_KINDS];
    for ((odds, sum), table) in odds.iter_mut().zip(sums).zip(kinds) {
        *odds = sum as f32 * table.scale();
    }
    odds
}

/// What a joint looks like, in a few ways: bodies treat joints of one look alike.
fn signatures(glued: &Glued, idx: usize) -> [u64; N_SIGNATURES] {
    let gap = glued.gap(idx) as u64;
    let class = |idx: usize| u64::from(glued.class(idx));
    let before = |n: usize| idx.checked_sub(n).map_or(31, class);
    [
        hash(1, [gap, before(1), before(2), class(idx), class(idx + 1)]),
        hash(2, [gap, glued.before(idx, 1), class(idx)]),
        hash(3, [gap, glued.after(idx, 0), before(1)]),
        hash(4, [gap, glued.before(idx, 1), glued.before(idx, 2)]),
        hash(5, [gap, glued.after(idx, 0), glued.after(idx, 1)]),
    ]
}
