//! Linear models over hashed features, learned by AdaGrad: yes or no, and one of several.

use import::recover::{
    JOINT_BITS, KIND_BITS, N_KINDS, SPACING_BITS,
    learn::{Example, Slots},
};

/// Passes over the posts. More fits them closer; spaces are so many that two are enough.
const N_JOINT_EPOCHS: usize = 5;
const N_KIND_EPOCHS: usize = 4;
const N_SPACING_EPOCHS: usize = 2;
/// First step of AdaGrad. More learns faster and less stably.
const RATE: f32 = 0.08;
/// Pull towards 0 at each step a weight takes. More forgets rare features.
const DECAY: f32 = 2e-6;

/// Where a space stands, from the posts' own.
pub(crate) fn spacing(examples: &[&Example]) -> Vec<f32> {
    let mut model = Logistic::new(SPACING_BITS);
    for epoch in 0..N_SPACING_EPOCHS {
        for example in shuffled(examples, epoch) {
            example.spaces(|is_space, slots| model.learn(is_space, slots));
        }
    }
    model.weights
}

/// Which joints are boundaries.
pub(crate) fn joints(posts: &[&Slots<bool>]) -> Vec<f32> {
    let mut model = Logistic::new(JOINT_BITS);
    let mut average = Average::new(1 << JOINT_BITS);
    for epoch in 0..N_JOINT_EPOCHS {
        for joints in shuffled(posts, epoch) {
            joints.iter().for_each(|(is_boundary, slots)| model.learn(is_boundary, slots));
        }
        average.add(&model.weights, N_JOINT_EPOCHS / 2 <= epoch);
    }
    average.take()
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
    fn new(bits: u32) -> Self {
        Self { weights: vec![0.0; 1 << bits], squares: vec![1e-2; 1 << bits] }
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
