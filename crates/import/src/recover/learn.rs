//! What the trainer needs of the recogniser: the same features and steps that inference uses. No part of importing.

use super::{
    context::Context,
    glued::{Gap, Glued, is_blank},
    joint,
    kind::{self, N_KINDS},
    model::{self, KIND_BITS, SPACING_BITS},
    pieces, spacing,
    sparse::sparse_slot,
    sure_cuts,
    table::slot,
};
pub use super::{
    context::Scored,
    forest::{DEPTH, Forest, N_LEAVES, N_NODES, Tree, forest_bytes},
    sparse::{BUCKET_SIZE, N_BUCKETS, SPARSE_BITS, Sparse, place, sparse_bytes},
    table::{Table, table_bytes},
};

/// The seven tables of kinds.
pub type KindTables<'a> = [Table<'a>; N_KINDS];

/// A body whose blocks are known.
pub struct Example {
    glued: Glued,
    /// First visible character of each block, and its kind.
    blocks: Vec<(usize, usize)>,
    /// Joints that are neither right nor wrong.
    soft: Vec<usize>,
    /// Where a block begins by rule.
    sure: Vec<usize>,
}

/// Answers with the slots of their features, for a linear model.
#[derive(Default)]
pub struct Slots<A> {
    answers: Vec<A>,
    slots: Vec<u32>,
    /// Where the slots of each end.
    ends: Vec<u32>,
}

impl<A: Copy> Slots<A> {
    fn push(&mut self, answer: A) {
        self.answers.push(answer);
        self.ends.push(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
    }

    /// Each answer and its slots.
    pub fn iter(&self) -> impl Iterator<Item = (A, &[u32])> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let slots = starts.zip(&self.ends).map(|(&start, &end)| self.slots.get(start as usize..end as usize).unwrap_or_default());
        self.answers.iter().copied().zip(slots)
    }
}

impl Example {
    /// `blocks`: number of visible characters and kind of each; `soft`: visible characters before each optional boundary.
    pub fn new(flat: &str, blocks: &[(usize, usize)], mut soft: Vec<usize>) -> Self {
        let glued = Glued::new(flat);
        let mut start = 0;
        let mut starts = Vec::with_capacity(blocks.len());
        for &(length, kind) in blocks {
            starts.push((glued.place_of(start), kind));
            start += length;
        }
        soft.iter_mut().for_each(|place| *place = glued.place_of(*place));
        soft.sort_unstable();
        let sure = model::sure_joints(&glued, &sure_cuts(flat));
        Self { glued, blocks: starts, soft, sure }
    }

    /// Whether a block begins at a visible character; `None` where either is right.
    fn is_boundary(&self, idx: usize) -> Option<bool> {
        let is_start = self.blocks.binary_search_by_key(&idx, |&(start, _)| start).is_ok();
        (is_start || self.soft.binary_search(&idx).is_err()).then_some(is_start)
    }

    /// Every place inside a block: whether a space is there, and the slots of its features.
    pub fn spaces(&self, mut learn: impl FnMut(bool, &[u32])) {
        let mut slots = Vec::new();
        for idx in 1..self.glued.len() {
            if self.is_boundary(idx) == Some(false) {
                slots.clear();
                spacing::features(&self.glued, idx, &mut |hash| slots.push(slot(hash, SPACING_BITS) as u32));
                learn(self.glued.gap(idx) != Gap::None, &slots);
            }
        }
    }

    /// Notes how much a space is expected before each character, by weights that did not see this body.
    pub fn measure_spacing(&mut self, table: &Table<'_>) {
        self.glued.measure_spacing(table);
    }

    /// Every joint that can be a boundary and whether it is one.
    pub fn joints(&self) -> Slots<bool> {
        let mut joints = Slots::default();
        for idx in 1..self.glued.len() {
            if let (Some(is_boundary), true) = (self.is_boundary(idx), joint::is_candidate(&self.glued, idx)) {
                joint::features(&self.glued, idx, &mut |hash| joints.slots.push(sparse_slot(hash) as u32));
                joints.push(is_boundary);
            }
        }
        joints
    }

    /// Every block's kind.
    pub fn kinds(&self) -> Slots<usize> {
        let ends = self.blocks.iter().skip(1).map(|&(start, _)| start).chain([self.glued.len()]);
        let ranges: Vec<(usize, usize)> = self.blocks.iter().map(|&(start, _)| start).zip(ends).collect();
        let mut kinds = Slots::default();
        for (idx, &(_, kind)) in self.blocks.iter().enumerate() {
            kind::features(&self.glued, &ranges, idx, |hash| kinds.slots.push(slot(hash, KIND_BITS) as u32));
            kinds.push(kind);
        }
        kinds
    }

    /// The joints worth a second look, by a table that did not see this body.
    pub fn first_look(&self, table: &Sparse<'_>) -> Vec<Scored> {
        model::first_look(&self.glued, &self.sure, table)
    }

    /// The features of joints for a second look.
    pub fn context(&self, joints: &[Scored], kinds: &KindTables<'_>) -> Vec<Vec<u8>> {
        Context::new(&self.glued, joints, kinds).rows()
    }

    /// Whether each joint that a second look decides is a boundary.
    pub fn answers(&self, joints: &[Scored]) -> Vec<Option<bool>> {
        joints.iter().map(|joint| if joint.is_sure { None } else { self.is_boundary(joint.idx) }).collect()
    }

    /// The features of the pieces between joints above the threshold, and what kind most of each is.
    pub fn pieces(&self, joints: &[Scored], threshold: f32, kinds: &KindTables<'_>) -> Vec<(Vec<u8>, usize)> {
        let above = |joint: &Scored| Scored { odds: if joint.is_sure { joint.odds } else { joint.odds - threshold }, ..*joint };
        let joints: Vec<Scored> = joints.iter().map(above).collect();
        let (ranges, bounds) = model::ranges(&self.glued, &joints);
        let rows = pieces::features(&self.glued, &ranges, &bounds, kinds);
        rows.into_iter().zip(&ranges).map(|(row, &(lo, hi))| (row, self.kind_of(lo, hi))).collect()
    }

    /// The kind of most of the characters of a range.
    fn kind_of(&self, lo: usize, hi: usize) -> usize {
        let mut counts = [0; N_KINDS];
        let ends = self.blocks.iter().skip(1).map(|&(start, _)| start).chain([self.glued.len()]);
        for (&(start, kind), end) in self.blocks.iter().zip(ends) {
            if let Some(count) = counts.get_mut(kind) {
                *count += end.min(hi).saturating_sub(start.max(lo));
            }
        }
        counts.iter().enumerate().max_by_key(|&(kind, count)| (count, std::cmp::Reverse(kind))).map_or(0, |(kind, _)| kind)
    }
}

/// New log odds for the joints that no rule decides.
pub fn second_look(joints: &mut [Scored], rows: &[Vec<u8>], forest: &Forest<'_>) {
    model::second_look(joints, rows, forest);
}

/// How many visible characters a text has, as recovery counts them.
pub fn n_visible(text: &str) -> usize {
    text.chars().filter(|&c| !is_blank(c)).count()
}
