//! The learned weights and what they decide.
//!
//! ```text
//! "SHR1"                      4 bytes
//! scale of the joint weights  f32, little-endian, as all numbers
//! threshold                   f32
//! scale of the kind weights   f32
//! kind after kind             f32, (N_KINDS + 1) rows of N_KINDS; the last row is for the first piece
//! joint weights               2^JOINT_BITS signed bytes, by hash
//! kind weights                2^KIND_BITS × N_KINDS signed bytes, by hash, then kind
//! ```

use super::{
    glued::Glued,
    joint,
    kind::{self, Kind, N_KINDS},
};

/// Hash bits of joint features: 512 KB. More has fewer collisions, less is smaller.
pub const JOINT_BITS: u32 = 19;
/// Hash bits of kind features: 2^15 rows of seven bytes, 229 KB.
pub const KIND_BITS: u32 = 15;

const MAGIC: &[u8; 4] = b"SHR1";
const N_FLOATS: usize = 3 + (N_KINDS + 1) * N_KINDS;

/// A recogniser of structure: weights of joints and of kinds.
pub struct Model<'a> {
    joint_scale: f32,
    threshold: f32,
    kind_scale: f32,
    follows: [[f32; N_KINDS]; N_KINDS + 1],
    joints: &'a [u8],
    kinds: &'a [u8],
}

/// One piece of a body: where it ends and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Byte offset of its end in the body.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

/// The slot of a hash in a table of `2^bits`.
pub(super) fn slot(hash: u64, bits: u32) -> usize {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}

impl<'a> Model<'a> {
    /// Reads weights; `None` if the bytes are not of this version or size.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (floats, tables) = rest.split_at_checked(4 * N_FLOATS)?;
        let (joints, kinds) = tables.split_at_checked(1 << JOINT_BITS)?;
        if kinds.len() != N_KINDS << KIND_BITS {
            return None;
        }
        let (floats, _) = floats.as_chunks::<4>();
        let mut floats = floats.iter().map(|bytes| f32::from_le_bytes(*bytes));
        let (joint_scale, threshold, kind_scale) = (floats.next()?, floats.next()?, floats.next()?);
        let mut follows = [[0.0; N_KINDS]; N_KINDS + 1];
        for (slot, value) in follows.iter_mut().flatten().zip(floats) {
            *slot = value;
        }
        Some(Self { joint_scale, threshold, kind_scale, follows, joints, kinds })
    }

    /// The bytes that [`Self::from_bytes`] reads: weights rounded to 255 steps. `kinds` has a row of [`N_KINDS`] for each slot.
    pub fn to_bytes(joints: &[f32], threshold: f32, kinds: &[f32], follows: &[[f32; N_KINDS]; N_KINDS + 1]) -> Vec<u8> {
        let scale = |weights: &[f32]| weights.iter().fold(1e-6_f32, |max, weight| max.max(weight.abs())) / 127.0;
        let (joint_scale, kind_scale) = (scale(joints), scale(kinds));
        let mut bytes = MAGIC.to_vec();
        for value in [joint_scale, threshold, kind_scale].iter().chain(follows.iter().flatten()) {
            bytes.extend(value.to_le_bytes());
        }
        let rounded = |weight: &f32, scale: f32| (weight / scale).round() as i8;
        bytes.extend(joints.iter().flat_map(|weight| rounded(weight, joint_scale).to_le_bytes()));
        bytes.extend(kinds.iter().flat_map(|weight| rounded(weight, kind_scale).to_le_bytes()));
        bytes
    }

    /// How much speaks for a boundary before the visible character `idx`; above 0: it is one.
    fn joint_score(&self, glued: &Glued, idx: usize) -> f32 {
        let mut sum = 0_i32;
        joint::features(glued, idx, |hash| {
            sum += self.joints.get(slot(hash, JOINT_BITS)).map_or(0, |&weight| i32::from(weight.cast_signed()));
        });
        let sum = sum as f32;
        sum * self.joint_scale - self.threshold
    }

    /// The body cut into pieces with kinds. `sure` are byte offsets, sorted, where a block begins for certain.
    pub fn pieces(&self, flat: &str, sure: &[usize]) -> Vec<Piece> {
        let glued = Glued::new(flat);
        if glued.len() == 0 {
            return Vec::new();
        }
        let mut starts = vec![0];
        for idx in 1..glued.len() {
            let is_sure = glued.offsets.get(idx).is_some_and(|offset| sure.binary_search(offset).is_ok());
            if is_sure || (joint::is_candidate(&glued, idx) && 0.0 < self.joint_score(&glued, idx)) {
                starts.push(idx);
            }
        }
        let ends = starts.iter().skip(1).copied().chain([glued.len()]);
        let ranges: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
        let scores: Vec<[f32; N_KINDS]> = (0..ranges.len()).map(|idx| self.kind_scores(&glued, &ranges, idx)).collect();
        let kinds = kind::best_sequence(&scores, &self.follows);
        let end = |hi: usize| glued.offsets.get(hi).copied().unwrap_or(flat.len());
        let kind = |number: usize| Kind::ALL.get(number).copied().unwrap_or(Kind::Paragraph);
        ranges.iter().zip(kinds).map(|(&(_, hi), number)| Piece { end: end(hi), kind: kind(number) }).collect()
    }

    fn kind_scores(&self, glued: &Glued, ranges: &[(usize, usize)], idx: usize) -> [f32; N_KINDS] {
        let mut sums = [0_i32; N_KINDS];
        kind::features(glued, ranges, idx, |hash| {
            let row = N_KINDS * slot(hash, KIND_BITS);
            for (sum, weight) in sums.iter_mut().zip(self.kinds.get(row..row + N_KINDS).unwrap_or_default()) {
                *sum += i32::from(weight.cast_signed());
            }
        });
        sums.map(|sum| sum as f32 * self.kind_scale)
    }
}
