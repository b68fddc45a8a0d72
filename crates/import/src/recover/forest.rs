//! Boosted trees over features of one byte each: small complete trees whose leaves are added up.
//!
//! ```text
//! number of trees   u16, little-endian
//! scale of leaves   f32
//! bias              f32
//! each tree         63 nodes of two bytes (feature, threshold: above it to the right), then 64 leaves of one signed byte
//! ```

/// Questions asked on the way to a leaf.
pub const DEPTH: usize = 6;
/// Inner nodes of a tree.
pub const N_NODES: usize = (1 << DEPTH) - 1;
/// Leaves of a tree.
pub const N_LEAVES: usize = 1 << DEPTH;
const TREE_BYTES: usize = 2 * N_NODES + N_LEAVES;
/// Features that a row can have.
const MAX_FEATURES: usize = 128;
/// Rows that go down a tree side by side.
const BATCH: usize = 16;

/// Trees as learned, before rounding.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Feature and threshold of each inner node, breadth first.
    pub nodes: [(u8, u8); N_NODES],
    /// What each leaf adds.
    pub leaves: [f32; N_LEAVES],
}

impl Tree {
    /// The leaf that a row of features ends in.
    pub fn leaf(&self, row: &[u8]) -> usize {
        let mut node = 0;
        for _ in 0..DEPTH {
            let (feature, threshold) = self.nodes.get(node).copied().unwrap_or_default();
            node = 2 * node + 1 + usize::from(row.get(usize::from(feature)).is_some_and(|&value| threshold < value));
        }
        node - N_NODES
    }
}

/// Trees that are read where they lie.
#[derive(Clone, Copy, Debug)]
pub struct Forest<'a> {
    scale: f32,
    bias: f32,
    trees: &'a [u8],
}

impl<'a> Forest<'a> {
    /// Takes the bytes of [`forest_bytes`] from the front of `bytes`; `None` if there are too few.
    pub fn take(bytes: &mut &'a [u8]) -> Option<Self> {
        let (n_trees, rest) = bytes.split_first_chunk::<2>()?;
        let (scale, rest) = rest.split_first_chunk::<4>()?;
        let (bias, rest) = rest.split_first_chunk::<4>()?;
        let (trees, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(*n_trees)) * TREE_BYTES)?;
        *bytes = rest;
        Some(Self { scale: f32::from_le_bytes(*scale), bias: f32::from_le_bytes(*bias), trees })
    }

    /// The sum over all trees for each row.
    pub fn sums<'r>(&self, rows: impl IntoIterator<Item = &'r [u8]>) -> Vec<f32> {
        // Of known length, so that none is checked on the way down.
        let mut padded: Vec<[u8; MAX_FEATURES]> = Vec::new();
        for row in rows {
            let mut values = [0; MAX_FEATURES];
            values.iter_mut().zip(row).for_each(|(value, &given)| *value = given);
            padded.push(values);
        }
        let mut sums = vec![0_i32; padded.len()];
        // A tree after the other over some rows: the tree stays near, and the rows do not wait for each other on their ways down.
        for (rows, sums) in padded.chunks(BATCH).zip(sums.chunks_mut(BATCH)) {
            for tree in self.trees.as_chunks::<TREE_BYTES>().0 {
                for (row, sum) in rows.iter().zip(sums.iter_mut()) {
                    *sum += leaf(tree, row);
                }
            }
        }
        sums.into_iter().map(|sum| self.bias + sum as f32 * self.scale).collect()
    }
}

/// What one tree adds for one row.
fn leaf(tree: &[u8; TREE_BYTES], row: &[u8; MAX_FEATURES]) -> i32 {
    let mut node = 0;
    for _ in 0..DEPTH {
        let (feature, threshold) = (tree.get(2 * node).copied().unwrap_or(0), tree.get(2 * node + 1).copied().unwrap_or(0));
        let value = row.get(usize::from(feature) % MAX_FEATURES).copied().unwrap_or(0);
        node = 2 * node + 1 + usize::from(threshold < value);
    }
    tree.get(N_NODES + node).map_or(0, |leaf| i32::from(leaf.cast_signed()))
}

/// The bytes of trees, their leaves rounded to 255 steps.
pub fn forest_bytes(trees: &[Tree], bias: f32) -> Vec<u8> {
    let scale = trees.iter().flat_map(|tree| &tree.leaves).fold(1e-6_f32, |max, leaf| max.max(leaf.abs())) / 127.0;
    let mut bytes = (trees.len() as u16).to_le_bytes().to_vec();
    bytes.extend(scale.to_le_bytes());
    bytes.extend(bias.to_le_bytes());
    for tree in trees {
        bytes.extend(tree.nodes.iter().flat_map(|&(feature, threshold)| [feature, threshold]));
        bytes.extend(tree.leaves.iter().flat_map(|leaf| ((leaf / scale).round() as i8).to_le_bytes()));
    }
    bytes
}
