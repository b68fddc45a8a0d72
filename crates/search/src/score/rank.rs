//! From the matches of all clauses to documents in order.

use super::{
    TITLE_BONUS,
    matches::{Found, Slots},
};
use crate::{
    index::DocSet,
    order::{best_first, heapify, restore_top, sort_by_number},
    results::Hit,
    rung::Rung,
};

/// A query of more words is a question, and a story that answers it need not have them all: only coverage counts.
pub(super) const MAX_COMPLETE: usize = 4;

/// Fewer documents than this are sorted by a heap: it costs less than the buckets of digits.
const FEW: usize = 256;

/// A document's place as one number, greater is better: has all words (1 bit), class of rungs, lower is better (3), score (32), id, lower
/// is better (24); below them the rung (4), which takes no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(u64);

impl Rank {
    /// `score` is not negative, so that its bits are in its order.
    fn new(complete: bool, class: u8, score: f32, doc: u32, rung: Rung) -> Self {
        let score = u64::from(score.max(0.0).to_bits());
        let doc = u64::from(!doc & 0xFF_FFFF);
        Self(u64::from(complete) << 63 | u64::from(7 - class.min(7)) << 60 | score << 28 | doc << 4 | rung as u64)
    }

    pub(super) fn doc(self) -> u32 {
        !(self.0 >> 4) as u32 & 0xFF_FFFF
    }

    fn score(self) -> f32 {
        f32::from_bits((self.0 >> 28) as u32)
    }

    /// The same with more score.
    pub(super) fn plus(self, bonus: f32) -> Self {
        let score = u64::from((self.score() + bonus).to_bits());
        Self(self.0 & !(0xFFFF_FFFF << 28) | score << 28)
    }

    pub(super) fn hit(self) -> Hit {
        let rung = Rung::ALL.get((self.0 & 15) as usize).copied().unwrap_or(Rung::Typo);
        Hit { doc: self.doc(), score: self.score(), rung }
    }
}

/// A clause that counts, with its weight.
pub(super) struct Scored {
    pub(super) found: std::sync::Arc<Found>,
    pub(super) idf: f32,
}

/// What the clauses come to in one document.
struct Total {
    doc: u32,
    score: f32,
    title: f32,
    covered: f32,
    n: usize,
    rung: Rung,
}

/// Documents with any of the clauses.
pub(super) fn union(scored: &[Scored], n_docs: u32) -> DocSet {
    if scored.is_empty() {
        return DocSet::full(n_docs);
    }
    let mut union = DocSet::empty(n_docs);
    scored.iter().for_each(|clause| union.union_with(&clause.found.docs));
    union
}

/// The best `n` of `allowed`, best first. Only the first `wanted` must be exact.
pub(super) fn rank(scored: &[Scored], allowed: &DocSet, wanted: usize, n: usize, slots: &mut Slots) -> Vec<Rank> {
    if scored.is_empty() {
        let ranks = allowed.iter().map(|doc| Rank::new(true, 0, 0.0, doc, Rung::Exact));
        return best(ranks, n);
    }
    if let [Scored { found, idf }] = scored {
        // Lower rungs come later, whatever they score.
        let ranks = found.matches.iter().filter(|found| allowed.contains(found.doc)).map(|found| {
            let title = if found.in_title { 1.0 + TITLE_BONUS } else { 1.0 };
            Rank::new(true, found.rung.class(), idf * found.score * title, found.doc, found.rung)
        });
        return best(ranks, n);
    }
    let in_all: f32 = scored.iter().map(|clause| clause.idf).sum();
    let matching = || scored.iter().filter(|clause| !clause.found.matches.is_empty());
    let n_matching = matching().count();
    // If enough documents have all words, the others cannot come before them.
    let mut complete = allowed.clone();
    if n_matching <= MAX_COMPLETE {
        matching().for_each(|clause| complete.intersect_with(&clause.found.docs));
    }
    let considered = if wanted <= complete.len() { &complete } else { allowed };
    let totals = totals(scored, considered, in_all, n, slots);
    let ranks = totals
        .iter()
        .map(|total| Rank::new(total.n == n_matching && total.n <= MAX_COMPLETE, 0, total.score(in_all), total.doc, total.rung));
    best(ranks, n)
}

/// Adds the clauses up, those that weigh most first. Once the `n` best are certainly among the documents at hand, the other clauses, whose
/// common words most documents have, add no new ones.
fn totals(scored: &[Scored], considered: &DocSet, in_all: f32, n: usize, slots: &mut Slots) -> Vec<Total> {
    let mut order: Vec<&Scored> = scored.iter().collect();
    best_first(&mut order, usize::MAX, |a, b| b.idf < a.idf);
    let mut totals: Vec<Total> = Vec::new();
    let (mut left, mut left_at_most): (f32, f32) = (in_all, order.iter().map(|clause| clause.at_most()).sum());
    let mut is_closed = false;
    for clause in order {
        // Only questions are worth the look; in other queries words that all documents have are decided by `complete`.
        if MAX_COMPLETE < scored.len() && !is_closed && n <= totals.len() {
            let worst = best(totals.iter().map(|total| Rank::new(false, 0, total.score(in_all), 0, Rung::Exact)), n).last().copied();
            let newcomer = Rank::new(false, 0, left_at_most * (left / in_all).sqrt(), 0, Rung::Exact);
            is_closed = Some(newcomer) < worst;
        }
        let Scored { found, idf } = clause;
        for found in found.matches.iter().filter(|found| considered.contains(found.doc)) {
            let new = || Total { doc: found.doc, score: 0.0, title: 0.0, covered: 0.0, n: 0, rung: Rung::Exact };
            let total = if is_closed { slots.known(found.doc, &mut totals) } else { slots.item(found.doc, &mut totals, new) };
            let Some(total) = total else { continue };
            total.score += idf * found.score;
            total.covered += idf;
            total.n += 1;
            total.rung = total.rung.max(found.rung);
            if found.in_title {
                total.title += idf * found.score;
            }
        }
        left -= clause.idf;
        left_at_most -= clause.at_most();
    }
    slots.clear(totals.iter().map(|total| total.doc));
    totals
}

impl Scored {
    /// The most that it can give a document.
    fn at_most(&self) -> f32 {
        self.idf * self.found.max_score * (1.0 + TITLE_BONUS)
    }
}

impl Total {
    fn score(&self, in_all: f32) -> f32 {
        let coverage = if in_all > 0.0 { self.covered / in_all } else { 1.0 };
        (self.score + TITLE_BONUS * self.title) * coverage.sqrt()
    }
}

/// The greatest `n`, greatest first.
pub(super) fn best(mut ranks: impl Iterator<Item = Rank>, n: usize) -> Vec<Rank> {
    let is_less = |a: &Rank, b: &Rank| a < b;
    let mut heap: Vec<Rank> = ranks.by_ref().take(n).collect();
    // Where there are more, the best so far are a heap, the least of them on top.
    if n <= heap.len() {
        heapify(&mut heap, &is_less);
        for rank in ranks {
            if let Some(least) = heap.first_mut().filter(|least| **least < rank) {
                *least = rank;
                restore_top(&mut heap, &is_less);
            }
        }
    }
    if heap.len() < FEW {
        best_first(&mut heap, usize::MAX, |a, b| b < a);
    } else {
        sort_by_number(&mut heap, |rank| !rank.0);
    }
    heap
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_in_the_order_of_a_short_one() {
        // Few scores, so that ids decide; Numerical Recipes' linear congruence in place of a random source.
        let score = |doc: u32| f32::from((doc.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) >> 24) as u8 % 7);
        let ranks = |n| (0..n).map(|doc| Rank::new(doc % 2 == 0, (doc % 5) as u8, score(doc), doc, Rung::Exact));
        let all = best(ranks(3000), usize::MAX);
        assert_eq!(all.len(), 3000);
        assert_eq!(best(ranks(3000), 900), all[..900]);
    }
}
