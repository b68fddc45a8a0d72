//! Linear models over hashed features, learned by AdaGrad: yes or no, and one of several.
//!
//! The model of joints chooses its features: it is learned from all, then again from those that had a large weight and were seen often.

use import::recover::{
    KIND_BITS, N_KINDS, SPACING_BITS,
    learn::{BUCKET_SIZE, Example, N_BUCKETS, SPARSE_BITS, Slots, place, sparse_bytes},
};

/// Passes over the posts. More fits them closer; spaces are so many that two are enough.
const N_JOINT_EPOCHS: usize = 5;
/// The same before it is decided which features of joints are kept.
const N_TRIAL_EPOCHS: usize = 2;
/// Posts that a feature of joints is seen in at least. One post alone says more of itself than of others.
const MIN_POSTS: u8 = 2;
const N_KIND_EPOCHS: usize = 4;
const N_SPACING_EPOCHS: usize = 2;
/// First step of AdaGrad. More learns faster and less stably.
const RATE: f32 = 0.08;
/// Pull towards 0 at each step a weight takes. More forgets rare features.
const DECAY: f32 = 2e-6;

/// Where a space stands, from the posts' own.
pub(crate) fn spacing(examples: &[&Example]) -> Vec<f32> {
    let mut model = Logistic::new(1 << SPACING_BITS);
    for epoch in 0..N_SPACING_EPOCHS {
        for example in shuffled(examples, epoch) {
            example.spaces(|is_space, slots| model.learn(is_space, slots));
        }
    }
    model.weights
}

/// Which joints are boundaries: learned from all features that two posts share, then again from those that proved their worth.
pub(crate) fn joints(posts: &[&Slots<bool>]) -> Vec<u8> {
    let n_posts = count_posts(posts);
    let own = |slot: u32| n_posts.get(slot as usize).filter(|&&n| MIN_POSTS <= n).map(|_| slot);
    let weights = logistic(posts, 1 << SPARSE_BITS, N_TRIAL_EPOCHS, own);
    let kept = Kept::new(&weights, &n_posts);
    drop(weights);
    let entry = |slot: u32| kept.entries.get(slot as usize).copied().filter(|&entry| entry != NOT_KEPT);
    sparse_bytes(&kept.tags, &logistic(posts, N_BUCKETS * BUCKET_SIZE, N_JOINT_EPOCHS, entry))
}

/// In how many posts each feature is, up to 255.
fn count_posts(posts: &[&Slots<bool>]) -> Vec<u8> {
    let mut counts = vec![0_u8; 1 << SPARSE_BITS];
    let mut last = vec![u16::MAX; 1 << SPARSE_BITS];
    for (number, joints) in (0..u16::MAX).zip(posts) {
        for &slot in joints.iter().flat_map(|(_, slots)| slots) {
            if last[slot as usize] != number {
                last[slot as usize] = number;
                counts[slot as usize] = counts[slot as usize].saturating_add(1);
            }
        }
    }
    counts
}

/// Logistic regression over `n` weights; `place` says which of them is a feature's, if any.
fn logistic(posts: &[&Slots<bool>], n: usize, n_epochs: usize, place: impl Fn(u32) -> Option<u32>) -> Vec<f32> {
    let mut model = Logistic::new(n);
    let mut average = Average::new(n);
    let mut placed = Vec::new();
    for epoch in 0..n_epochs {
        for joints in shuffled(posts, epoch) {
            for (is_boundary, slots) in joints.iter() {
                placed.clear();
                placed.extend(slots.iter().filter_map(|&slot| place(slot)));
                model.learn(is_boundary, &placed);
            }
        }
        average.add(&model.weights, n_epochs / 2 <= epoch);
    }
    average.take()
}

/// Entry of a feature that has none.
const NOT_KEPT: u32 = u32::MAX;

/// Which features have a place.
struct Kept {
    tags: Vec<u8>,
    /// The entry of each slot; the table cannot tell features of one bucket and tag apart, so they share one, kept or not.
    entries: Vec<u32>,
}

impl Kept {
    /// The features with the most worth in each bucket: a large weight, seen often.
    fn new(weights: &[f32], n_posts: &[u8]) -> Self {
        let mut tags = vec![0; N_BUCKETS * BUCKET_SIZE];
        let mut entries = vec![NOT_KEPT; weights.len()];
        let mut start = 0;
        for bucket in 0..N_BUCKETS {
            let end = (start..).find(|&slot| slot == weights.len() || place(slot).0 != bucket).unwrap_or(start);
            let mut worth = [0.0_f32; 256];
            for slot in start..end {
                let own = weights[slot].abs() * f32::from(n_posts[slot]).sqrt();
                let best = &mut worth[usize::from(place(slot).1)];
                *best = best.max(own);
            }
            let mut best: Vec<u8> = (0..=255).filter(|&tag| 0.0 < worth[usize::from(tag)]).collect();
            best.sort_by(|&a, &b| worth[usize::from(b)].total_cmp(&worth[usize::from(a)]));
            best.truncate(BUCKET_SIZE);
            tags[bucket * BUCKET_SIZE..][..best.len()].copy_from_slice(&best);
            for (slot, entry) in (start..end).zip(&mut entries[start..end]) {
                if let Some(number) = best.iter().position(|&tag| tag == place(slot).1) {
                    *entry = (bucket * BUCKET_SIZE + number) as u32;
                }
            }
            start = end;
        }
        Self { tags, entries }
    }
}

/// What kind a block is: a table of weights for each.
pub(crate) fn kinds(posts: &[&Slots<usize>]) -> Vec<Vec<f32>> {
    let n = N_KINDS << KIND_BITS;
    let (mut weights, mut squares, mut average) = (vec![0.0_f32; n], vec![0.1_f32; n], Average::new(n));
    for epoch in 0..N_KIND_EPOCHS {
        for kinds in shuffled(posts, epoch) {
            for (kind, slots) in kinds.iter() {
                let gradients = softmax_gradients(&weights, kind, slots);
                for at in slots.iter().flat_map(|&slot| (0..N_KINDS).map(move |kind| (slot as usize, kind))) {
                    let gradient = gradients.get(at.1).copied().unwrap_or(0.0);
                    let at = N_KINDS * at.0 + at.1;
                    if let (true, Some(weight), Some(square)) = (1e-3 < gradient.abs(), weights.get_mut(at), squares.get_mut(at)) {
                        *square += gradient * gradient;
                        *weight -= RATE * gradient / square.sqrt();
                    }
                }
            }
        }
        average.add(&weights, N_KIND_EPOCHS / 2 <= epoch);
    }
    let weights = average.take();
    (0..N_KINDS).map(|kind| weights.iter().skip(kind).step_by(N_KINDS).copied().collect()).collect()
}

fn softmax_gradients(weights: &[f32], kind: usize, slots: &[u32]) -> [f32; N_KINDS] {
    let mut scores = [0.0_f32; N_KINDS];
    for &slot in slots {
        let row = N_KINDS * slot as usize;
        scores.iter_mut().zip(weights.get(row..row + N_KINDS).unwrap_or_default()).for_each(|(score, weight)| *score += weight);
    }
    let max = scores.iter().fold(f32::MIN, |max, &score| max.max(score));
    let sum: f32 = scores.iter().map(|score| (score - max).exp()).sum();
    for (number, score) in scores.iter_mut().enumerate() {
        *score = (*score - max).exp() / sum - if number == kind { 1.0 } else { 0.0 };
    }
    scores
}

/// Logistic regression.
struct Logistic {
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Logistic {
    fn new(n: usize) -> Self {
        Self { weights: vec![0.0; n], squares: vec![1e-2; n] }
    }

    fn learn(&mut self, answer: bool, slots: &[u32]) {
        let score: f32 = slots.iter().map(|&slot| self.weights.get(slot as usize).copied().unwrap_or(0.0)).sum();
        let gradient = 1.0 / (1.0 + (-score).exp()) - if answer { 1.0 } else { 0.0 };
        if gradient.abs() < 1e-3 {
            return;
        }
        for &slot in slots {
            if let (Some(weight), Some(square)) = (self.weights.get_mut(slot as usize), self.squares.get_mut(slot as usize)) {
                *square += gradient * gradient;
                *weight -= RATE * (gradient + DECAY * *weight) / square.sqrt();
            }
        }
    }
}

/// The average of the later passes: it knows less of the last posts seen.
struct Average {
    sums: Vec<f32>,
    n: f32,
}

impl Average {
    fn new(n: usize) -> Self {
        Self { sums: vec![0.0; n], n: 0.0 }
    }

    fn add(&mut self, weights: &[f32], counts: bool) {
        if counts {
            self.sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            self.n += 1.0;
        }
    }

    fn take(mut self) -> Vec<f32> {
        let n = self.n.max(1.0);
        self.sums.iter_mut().for_each(|sum| *sum /= n);
        self.sums
    }
}

/// A fixed order that is not that of the files, which stand by author.
fn shuffled<T: Copy>(items: &[T], epoch: usize) -> Vec<T> {
    let key = |idx: usize| ((idx + 1) as u64 * (2 * epoch as u64 + 1)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
    let mut keyed: Vec<(u64, T)> =
        items.iter().enumerate().map(|(idx, &item)| (key(idx).wrapping_mul(0xBF58_476D_1CE4_E5B9), item)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, item)| item).collect()
}
