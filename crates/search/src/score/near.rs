//! Words of the query that stand near each other in the text.

use super::rank::{Rank, Scored, best};
use crate::{index::Lookup, order::ascending};

/// What two neighbouring words of the query add when they are neighbours in the text too; it falls with the distance.
const NEAR_BONUS: f32 = 0.8;
/// Words farther apart than this are not near.
const NEAR: u32 = 6;
/// What standing in one word counts beside standing one apart at a distance of one.
const IN_ONE_WORD: f32 = 2.0;
/// The same for words side by side.
const SIDE_BY_SIDE: f32 = 1.5;
/// So many documents are looked at together.
const CHUNK: usize = 32;

impl Lookup<'_> {
    /// Adds to the documents, best first, what neighbouring words of the query have in common there, and orders them anew. Stops where no
    /// document can reach the best `wanted` any more.
    pub(super) fn reward_nearness(&self, scored: &[Scored], ranked: &mut Vec<Rank>, wanted: usize) {
        let pairs = || scored.iter().zip(scored.iter().skip(1)).map(|(a, b)| a.idf.min(b.idf));
        let most: f32 = pairs().map(|idf| NEAR_BONUS * IN_ONE_WORD * idf).sum();
        let mut done = 0;
        while done < ranked.len() {
            let reachable = ranked.get(done).map(|next| next.plus(most));
            if wanted <= done && best(ranked.iter().take(done).copied(), wanted).last().copied() > reachable {
                break;
            }
            let end = ranked.len().min(done + CHUNK);
            let Some(chunk) = ranked.get_mut(done..end) else { break };
            self.reward_chunk(scored, chunk);
            done = end;
        }
        *ranked = best(ranked.iter().copied(), wanted);
    }

    fn reward_chunk(&self, scored: &[Scored], chunk: &mut [Rank]) {
        let mut docs: Vec<u32> = chunk.iter().map(|rank| rank.doc()).collect();
        ascending(&mut docs);
        let mut bonus = vec![0.0f32; docs.len()];
        let mut before: Vec<Vec<u32>> = Vec::new();
        let mut before_idf = 0.0f32;
        for Scored { found, idf } in scored {
            let here = self.positions_in(&found.terms, &docs);
            for ((bonus, here), before) in bonus.iter_mut().zip(&here).zip(&before) {
                if let Some(distance) = nearest(before, here) {
                    let closeness = match distance {
                        0 => IN_ONE_WORD,
                        1 => SIDE_BY_SIDE,
                        _ => 1.0 / distance as f32,
                    };
                    *bonus += NEAR_BONUS * idf.min(before_idf) * closeness;
                }
            }
            (before, before_idf) = (here, *idf);
        }
        for rank in chunk {
            let bonus = docs.binary_search(&rank.doc()).ok().and_then(|at| bonus.get(at));
            *rank = rank.plus(bonus.copied().unwrap_or(0.0));
        }
    }
}

/// The least distance, up to [`NEAR`], between a position of one list and one of the other; both ascending.
fn nearest(before: &[u32], here: &[u32]) -> Option<u32> {
    let mut best: Option<u32> = None;
    let mut at = 0;
    for position in here {
        while before.get(at + 1).is_some_and(|next| next <= position) {
            at += 1;
        }
        for other in before.iter().skip(at).take(2) {
            let distance = position.abs_diff(*other);
            if distance <= NEAR && best.is_none_or(|best| distance < best) {
                best = Some(distance);
            }
        }
    }
    best
}
