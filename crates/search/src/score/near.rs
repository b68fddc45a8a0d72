//! Words of the query that stand near each other in the text.

use super::{
    phrase::Place,
    rank::{Rank, Scored},
};
use crate::{
    index::Lookup,
    order::{ascending, best_first},
};

/// What two neighbouring words of the query add when they are neighbours in the text too; it falls with the distance.
const NEAR_BONUS: f32 = 0.8;
/// The same in a query of two words, which are mostly one name typed apart (성장 속도) and seldom a question.
const PAIR_BONUS: f32 = 3.0;
/// Words farther apart than this are not near.
const NEAR: u32 = 6;
/// What standing in one word counts beside standing one apart at a distance of one.
const IN_ONE_WORD: f32 = 2.0;
/// The same for words side by side.
const SIDE_BY_SIDE: f32 = 1.5;

impl Lookup<'_> {
    /// Adds to the documents what neighbouring words of the query have in common there, and orders them anew.
    pub(super) fn reward_nearness(&self, scored: &[Scored], ranked: &mut [Rank]) {
        let mut docs: Vec<u32> = ranked.iter().map(|rank| rank.doc()).collect();
        ascending(&mut docs);
        let mut bonus = vec![0.0f32; docs.len()];
        let mut before: (f32, Vec<Place>) = (0.0, Vec::new());
        for Scored { found, idf } in scored {
            let here = self.places(&found.terms, &docs);
            let weight = if scored.len() == 2 { PAIR_BONUS } else { NEAR_BONUS } * idf.min(before.0);
            let mut rest = before.1.as_slice();
            for here in here.chunk_by(|a, b| a.0 == b.0) {
                let Some(doc) = here.first().map(|place| place.0) else { continue };
                let (_, from) = rest.split_at(rest.partition_point(|place| place.0 < doc));
                let (before, after) = from.split_at(from.partition_point(|place| place.0 == doc));
                rest = after;
                if let (Some(distance), Some(bonus)) = (nearest(before, here), bonus.get_mut(doc as usize)) {
                    let closeness = match distance {
                        0 => IN_ONE_WORD,
                        1 => SIDE_BY_SIDE,
                        _ => 1.0 / distance as f32,
                    };
                    *bonus += weight * closeness;
                }
            }
            before = (*idf, here);
        }
        for rank in ranked.iter_mut() {
            let bonus = docs.binary_search(&rank.doc()).ok().and_then(|at| bonus.get(at));
            *rank = rank.plus(bonus.copied().unwrap_or(0.0));
        }
        best_first(ranked, usize::MAX, |a, b| b < a);
    }
}

/// The least distance, up to [`NEAR`], between places of one document; both lists ascending.
fn nearest(before: &[Place], here: &[Place]) -> Option<u32> {
    let mut best: Option<u32> = None;
    let mut at = 0;
    for (_, position) in here {
        while before.get(at + 1).is_some_and(|(_, next)| next <= position) {
            at += 1;
        }
        for (_, other) in before.iter().skip(at).take(2) {
            let distance = position.abs_diff(*other);
            if distance <= NEAR && best.is_none_or(|best| distance < best) {
                best = Some(distance);
            }
        }
    }
    best
}
