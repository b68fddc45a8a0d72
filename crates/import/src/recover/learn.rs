//! What the trainer needs of the recogniser: the same features that inference uses, by slot. No part of importing.

use super::{
    glued::{Glued, is_blank},
    joint,
    kind::{self, N_KINDS},
    model::{JOINT_BITS, KIND_BITS, slot},
};

/// A body whose blocks are known.
pub struct Example {
    glued: Glued,
    /// First visible character of each block, and its kind.
    blocks: Vec<(usize, usize)>,
    /// Joints that are neither right nor wrong.
    soft: Vec<usize>,
}

impl Example {
    /// `blocks`: number of visible characters and kind of each; `soft`: visible characters before each optional boundary.
    pub fn new(flat: &str, blocks: &[(usize, usize)], soft: Vec<usize>) -> Self {
        let mut start = 0;
        let mut starts = Vec::with_capacity(blocks.len());
        for &(length, kind) in blocks {
            starts.push((start, kind));
            start += length;
        }
        Self { glued: Glued::new(flat), blocks: starts, soft }
    }

    /// Every joint that can be a boundary: whether it is one, and the slots of its features.
    pub fn joints(&self, mut learn: impl FnMut(bool, &[u32])) {
        let mut slots = Vec::new();
        for idx in 1..self.glued.len() {
            let is_boundary = self.blocks.binary_search_by_key(&idx, |&(start, _)| start).is_ok();
            if (!is_boundary && self.soft.contains(&idx)) || !joint::is_candidate(&self.glued, idx) {
                continue;
            }
            slots.clear();
            joint::features(&self.glued, idx, |hash| slots.push(slot(hash, JOINT_BITS) as u32));
            learn(is_boundary, &slots);
        }
    }

    /// The slots of every block's features, and its kind.
    pub fn kinds(&self) -> Vec<(Vec<u32>, usize)> {
        let ends = self.blocks.iter().skip(1).map(|&(start, _)| start).chain([self.glued.len()]);
        let ranges: Vec<(usize, usize)> = self.blocks.iter().map(|&(start, _)| start).zip(ends).collect();
        let slots = |idx: usize| {
            let mut slots = Vec::new();
            kind::features(&self.glued, &ranges, idx, |hash| slots.push(slot(hash, KIND_BITS) as u32));
            slots
        };
        self.blocks.iter().enumerate().map(|(idx, &(_, kind))| (slots(idx), kind)).collect()
    }
}

/// The best kinds for scored pieces, as inference chooses them.
pub fn best_sequence(scores: &[[f32; N_KINDS]], follows: &[[f32; N_KINDS]; N_KINDS + 1]) -> Vec<usize> {
    kind::best_sequence(scores, follows)
}

/// How many visible characters a text has, as recovery counts them.
pub fn n_visible(text: &str) -> usize {
    text.chars().filter(|&c| !is_blank(c)).count()
}
