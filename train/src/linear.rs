//! Two linear models: logistic regression over joints (AdaGrad), and a structured averaged perceptron over sequences of kinds.

use import::recover::{
    JOINT_BITS, KIND_BITS, Model, N_KINDS,
    learn::{Example, best_sequence},
};

/// Passes over the posts. More fits them closer.
const N_EPOCHS: usize = 5;
/// First step of AdaGrad. More learns faster and less stably.
const RATE: f32 = 0.08;
/// Pull towards 0 at each step a weight takes. More forgets rare features.
const DECAY: f32 = 2e-6;
/// Log odds above which a joint is a boundary. The weights fit the posts they saw better than others, so even odds come below 0: out of
/// fold, -0.9 gave the best F1 (-0.3: .879, -0.7: .884, -1.1: .885, -1.5: .883). More cuts less.
const THRESHOLD: f32 = -0.9;

/// Learns weights, as the bytes of a [`Model`].
pub(crate) fn train(examples: &[&Example]) -> Vec<u8> {
    let joints = joints(examples);
    let (kinds, follows) = kinds(examples);
    Model::to_bytes(&joints, THRESHOLD, &kinds, &follows)
}

/// A fixed order that is not that of the files, which stand by author.
fn shuffled<T: Copy>(items: &[T], epoch: usize) -> Vec<T> {
    let mut keyed: Vec<(u64, T)> = items
        .iter()
        .enumerate()
        .map(|(idx, &item)| {
            (
                ((idx + 1) as u64 * (2 * epoch as u64 + 1))
                    .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                    .rotate_left(23)
                    .wrapping_mul(0xBF58_476D_1CE4_E5B9),
                item,
            )
        })
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, item)| item).collect()
}

fn joints(examples: &[&Example]) -> Vec<f32> {
    let mut weights = vec![0.0_f32; 1 << JOINT_BITS];
    let mut squares = vec![1e-2_f32; 1 << JOINT_BITS];
    let mut sums = vec![0.0_f32; 1 << JOINT_BITS];
    for epoch in 0..N_EPOCHS {
        for example in shuffled(examples, epoch) {
            example.joints(|is_boundary, slots| {
                let score: f32 = slots.iter().map(|&slot| weights.get(slot as usize).copied().unwrap_or(0.0)).sum();
                let gradient = 1.0 / (1.0 + (-score).exp()) - if is_boundary { 1.0 } else { 0.0 };
                if gradient.abs() < 1e-3 {
                    return;
                }
                for &slot in slots {
                    if let (Some(weight), Some(square)) = (weights.get_mut(slot as usize), squares.get_mut(slot as usize)) {
                        *square += gradient * gradient;
                        *weight -= RATE * (gradient + DECAY * *weight) / square.sqrt();
                    }
                }
            });
        }
        // The average of the later passes knows less of the last posts seen.
        if N_EPOCHS / 2 <= epoch {
            sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let n_summed = (N_EPOCHS - N_EPOCHS / 2) as f32;
    sums.iter_mut().for_each(|sum| *sum /= n_summed);
    sums
}

type Follows = [[f32; N_KINDS]; N_KINDS + 1];

fn kinds(examples: &[&Example]) -> (Vec<f32>, Follows) {
    let n = N_KINDS << KIND_BITS;
    let (mut weights, mut sums) = (vec![0.0_f32; n], vec![0.0_f32; n]);
    let (mut follows, mut follow_sums): (Follows, Follows) = ([[0.0; N_KINDS]; N_KINDS + 1], [[0.0; N_KINDS]; N_KINDS + 1]);
    let sequences: Vec<Vec<(Vec<u32>, usize)>> = examples.iter().map(|example| example.kinds()).collect();
    let mut step = 1.0_f32;
    for epoch in 0..N_EPOCHS + 2 {
        for sequence in shuffled(&sequences.iter().collect::<Vec<_>>(), epoch) {
            let scores: Vec<[f32; N_KINDS]> = sequence
                .iter()
                .map(|(slots, _)| {
                    let mut scores = [0.0; N_KINDS];
                    for &slot in slots {
                        let row = N_KINDS * slot as usize;
                        scores
                            .iter_mut()
                            .zip(weights.get(row..row + N_KINDS).unwrap_or_default())
                            .for_each(|(score, weight)| *score += weight);
                    }
                    scores
                })
                .collect();
            let guessed = best_sequence(&scores, &follows);
            // Averaging by step: a change now counts for all steps to come.
            let mut change = |previous: usize, slots: &[u32], kind: usize, by: f32| {
                for &slot in slots {
                    let at = N_KINDS * slot as usize + kind;
                    if let (Some(weight), Some(sum)) = (weights.get_mut(at), sums.get_mut(at)) {
                        *weight += by;
                        *sum += by * step;
                    }
                }
                if let (Some(weight), Some(sum)) = (
                    follows.get_mut(previous).and_then(|row| row.get_mut(kind)),
                    follow_sums.get_mut(previous).and_then(|row| row.get_mut(kind)),
                ) {
                    *weight += by;
                    *sum += by * step;
                }
            };
            let (mut previous_true, mut previous_guess) = (N_KINDS, N_KINDS);
            for ((slots, kind), guess) in sequence.iter().zip(guessed) {
                if *kind != guess || previous_true != previous_guess {
                    change(previous_true, slots, *kind, 1.0);
                    change(previous_guess, slots, guess, -1.0);
                }
                (previous_true, previous_guess) = (*kind, guess);
            }
            step += 1.0;
        }
    }
    weights.iter_mut().zip(&sums).for_each(|(weight, sum)| *weight -= sum / step);
    follows.iter_mut().flatten().zip(follow_sums.iter().flatten()).for_each(|(weight, sum)| *weight -= sum / step);
    (weights, follows)
}
