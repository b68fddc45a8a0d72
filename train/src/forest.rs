//! Gradient boosting of small trees over features of one byte each, by histograms.

use import::recover::learn::{DEPTH, N_LEAVES, N_NODES, Tree};

/// Rows of features, all of one length.
#[derive(Default)]
pub(crate) struct Rows<'a> {
    n_features: usize,
    rows: Vec<&'a [u8]>,
}

impl<'a> Rows<'a> {
    pub(crate) fn push(&mut self, row: &'a [u8]) {
        self.n_features = row.len();
        self.rows.push(row);
    }
}

/// How trees are grown.
#[derive(Clone, Copy)]
pub(crate) struct Growth {
    /// Share of a tree's own learning that counts. Less needs more trees.
    pub(crate) rate: f32,
    /// Added to the second derivative in each leaf. More is more cautious.
    pub(crate) caution: f32,
    /// A child needs that much second derivative.
    pub(crate) min_weight: f32,
    /// Tenths of the features that a tree is shown.
    pub(crate) features: u32,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    gradient: f32,
    weight: f32,
}

/// A small generator with a fixed beginning: the same posts give the same trees.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn throw(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32
    }
}

/// One tree against the gradients, from half of the rows and some of the features.
fn tree(data: &Rows<'_>, gradients: &[f32], weights: &[f32], growth: Growth, dice: &mut Dice) -> Tree {
    let Growth { rate, caution, min_weight, .. } = growth;
    let sample: Vec<usize> = (0..data.rows.len()).filter(|_| dice.throw() & 1 == 0).collect();
    let features: Vec<usize> = (0..data.n_features).filter(|_| dice.throw() % 10 < growth.features).collect();
    let mut tree = Tree { nodes: [(0, 255); N_NODES], leaves: [0.0; N_LEAVES] };
    let mut place: Vec<u8> = vec![0; sample.len()];
    for level in 0..DEPTH {
        let n_nodes = 1 << level;
        let mut sums = vec![Sum::default(); n_nodes * features.len() * 256];
        let mut totals = vec![Sum::default(); n_nodes];
        for (&row, &node) in sample.iter().zip(&place) {
            let (gradient, weight) = (gradients[row], weights[row]);
            let values = data.rows[row];
            let base = usize::from(node) * features.len() * 256;
            totals[usize::from(node)].gradient += gradient;
            totals[usize::from(node)].weight += weight;
            for (number, &feature) in features.iter().enumerate() {
                let sum = &mut sums[base + number * 256 + usize::from(values[feature])];
                sum.gradient += gradient;
                sum.weight += weight;
            }
        }
        for (node, &total) in totals.iter().enumerate() {
            let mut best = (1e-3, 0, 255);
            let whole = total.gradient * total.gradient / (total.weight + caution);
            for (number, &feature) in features.iter().enumerate() {
                let base = (node * features.len() + number) * 256;
                let mut left = Sum::default();
                for (threshold, sum) in sums[base..base + 255].iter().enumerate() {
                    if sum.weight == 0.0 {
                        continue;
                    }
                    left.gradient += sum.gradient;
                    left.weight += sum.weight;
                    let right = Sum { gradient: total.gradient - left.gradient, weight: total.weight - left.weight };
                    if left.weight < min_weight {
                        continue;
                    }
                    if right.weight < min_weight {
                        break;
                    }
                    let gain = left.gradient * left.gradient / (left.weight + caution)
                        + right.gradient * right.gradient / (right.weight + caution)
                        - whole;
                    if best.0 < gain {
                        best = (gain, feature, threshold);
                    }
                }
            }
            tree.nodes[n_nodes - 1 + node] = (best.1 as u8, best.2 as u8);
        }
        for (&row, node) in sample.iter().zip(&mut place) {
            let (feature, threshold) = tree.nodes[n_nodes - 1 + usize::from(*node)];
            *node = 2 * *node + u8::from(threshold < data.rows[row][usize::from(feature)]);
        }
    }
    let mut leaves = [Sum::default(); N_LEAVES];
    for (&row, &leaf) in sample.iter().zip(&place) {
        leaves[usize::from(leaf)].gradient += gradients[row];
        leaves[usize::from(leaf)].weight += weights[row];
    }
    for (leaf, sum) in tree.leaves.iter_mut().zip(leaves) {
        *leaf = -rate * sum.gradient / (sum.weight + caution);
    }
    tree
}

/// Trees for yes or no, and the bias they start from.
pub(crate) fn yes_or_no(data: &Rows<'_>, answers: &[bool], n_trees: usize, growth: Growth) -> (Vec<Tree>, f32) {
    let yes = answers.iter().filter(|&&answer| answer).count() as f32;
    let bias = (yes / (answers.len() as f32 - yes)).ln();
    let mut scores = vec![bias; answers.len()];
    let mut dice = Dice::new(1);
    let mut trees = Vec::new();
    for _ in 0..n_trees {
        let chances: Vec<f32> = scores.iter().map(|score| 1.0 / (1.0 + (-score).exp())).collect();
        let gradients: Vec<f32> = chances.iter().zip(answers).map(|(chance, &answer)| chance - f32::from(u8::from(answer))).collect();
        let weights: Vec<f32> = chances.iter().map(|chance| chance * (1.0 - chance)).collect();
        let grown = tree(data, &gradients, &weights, growth, &mut dice);
        for (score, row) in scores.iter_mut().zip(&data.rows) {
            *score += grown.leaves[grown.leaf(row)];
        }
        trees.push(grown);
    }
    (trees, bias)
}

/// Trees for one of several answers, a forest each.
pub(crate) fn one_of(data: &Rows<'_>, answers: &[usize], n_classes: usize, n_rounds: usize, growth: Growth) -> Vec<(Vec<Tree>, f32)> {
    let n = answers.len();
    let bias: Vec<f32> =
        (0..n_classes).map(|class| ((answers.iter().filter(|&&answer| answer == class).count() as f32 + 1.0) / n as f32).ln()).collect();
    let mut scores: Vec<f32> = (0..n).flat_map(|_| bias.iter().copied()).collect();
    let mut dice = Dice::new(2);
    let mut forests: Vec<(Vec<Tree>, f32)> = bias.iter().map(|&bias| (Vec::new(), bias)).collect();
    for _ in 0..n_rounds {
        let chances: Vec<f32> = scores
            .chunks(n_classes)
            .flat_map(|row| {
                let max = row.iter().fold(f32::MIN, |max, &score| max.max(score));
                let powers: Vec<f32> = row.iter().map(|score| (score - max).exp()).collect();
                let sum: f32 = powers.iter().sum();
                powers.into_iter().map(move |power| power / sum)
            })
            .collect();
        for class in 0..n_classes {
            let gradients: Vec<f32> = answers
                .iter()
                .enumerate()
                .map(|(row, &answer)| chances[row * n_classes + class] - f32::from(u8::from(answer == class)))
                .collect();
            let weights: Vec<f32> = (0..n)
                .map(|row| {
                    let chance = chances[row * n_classes + class];
                    chance * (1.0 - chance)
                })
                .collect();
            let grown = tree(data, &gradients, &weights, growth, &mut dice);
            for (row, values) in data.rows.iter().enumerate() {
                scores[row * n_classes + class] += grown.leaves[grown.leaf(values)];
            }
            forests[class].0.push(grown);
        }
    }
    forests
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use import::recover::learn::{Forest, forest_bytes};

    use super::{Growth, Rows, one_of, yes_or_no};

    const GROWTH: Growth = Growth { rate: 0.1, caution: 8.0, min_weight: 4.0, features: 5 };

    /// Rows whose answer no single feature tells.
    fn crossed() -> Vec<[u8; 3]> {
        (0..4000_u32).map(|n| [(n % 251) as u8, (n / 16 % 249) as u8, (n % 7) as u8]).collect()
    }

    fn rows(values: &[[u8; 3]]) -> Rows<'_> {
        let mut rows = Rows::default();
        values.iter().for_each(|row| rows.push(row));
        rows
    }

    #[test]
    fn trees_learn_what_two_features_say_together() {
        let values = crossed();
        let answers: Vec<bool> = values.iter().map(|row| (row[0] < 120) != (row[1] < 90)).collect();
        let (trees, bias) = yes_or_no(&rows(&values), &answers, 60, GROWTH);
        let bytes = forest_bytes(&trees, bias);
        let forest = Forest::take(&mut bytes.as_slice()).unwrap();
        let sums = forest.sums(values.iter().map(|row| &row[..]));
        let n_right = sums.iter().zip(&answers).filter(|(sum, answer)| (0.0 < **sum) == **answer).count();
        assert!(3900 < n_right, "{n_right} of 4000");
    }

    #[test]
    fn one_of_several_is_told_apart() {
        let values = crossed();
        let answers: Vec<usize> = values.iter().map(|row| usize::from(row[0] / 100)).collect();
        let forests: Vec<Vec<u8>> =
            one_of(&rows(&values), &answers, 3, 20, GROWTH).iter().map(|(trees, bias)| forest_bytes(trees, *bias)).collect();
        let again: Vec<Vec<u8>> =
            one_of(&rows(&values), &answers, 3, 20, GROWTH).iter().map(|(trees, bias)| forest_bytes(trees, *bias)).collect();
        assert_eq!(forests, again);
        let scores =
            |row: &[u8]| -> Vec<f32> { forests.iter().map(|bytes| Forest::take(&mut bytes.as_slice()).unwrap().sums([row])[0]).collect() };
        let best = |row: &[u8]| scores(row).iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
        let n_right = values.iter().zip(&answers).filter(|(row, answer)| best(&row[..]) == **answer).count();
        assert!(3900 < n_right, "{n_right} of 4000");
    }
}
