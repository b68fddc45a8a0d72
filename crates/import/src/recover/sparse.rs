//! A table of the weights that matter, where a feature that was not kept finds, nearly always, nothing.
//!
//! There are millions of features in the posts and room for a few hundred thousand weights. In a plain table all of them would share slots,
//! and the many that mean nothing drown the few that do. Here each kept feature has a place in a bucket, with a byte of its hash as a tag.
//!
//! ```text
//! scale             f32, little-endian
//! N_BUCKETS times   10 tags of one byte, then 10 weights of half a byte (numbers of LEVELS), the lower half first
//! ```

use super::table::slot;

/// Hash bits that features are told apart by: a bucket is chosen by all but the last eight, the tag is the last eight.
pub const SPARSE_BITS: u32 = 24;
/// Buckets: 578 KB. More keeps more features, less is smaller.
pub const N_BUCKETS: usize = 38_500;
/// Features in a bucket. More balances better and takes a stranger for a kept feature more often: once in 256 for each.
pub const BUCKET_SIZE: usize = 10;
const BUCKET_BYTES: usize = BUCKET_SIZE + BUCKET_SIZE / 2;

/// What half a byte stands for: finer near 0, where most weights are.
const LEVELS: [i8; 16] = [-76, -52, -36, -25, -16, -9, -4, 0, 4, 9, 16, 25, 36, 52, 76, 110];

/// Weights of the features that were kept.
#[derive(Clone, Copy, Debug)]
pub struct Sparse<'a> {
    scale: f32,
    buckets: &'a [u8],
}

/// The slot of a feature while it is not decided which ones are kept.
pub(crate) fn sparse_slot(hash: u64) -> usize {
    slot(hash, SPARSE_BITS)
}

/// The bucket and the tag of a slot.
pub fn place(slot: usize) -> (usize, u8) {
    (((slot >> 8) * N_BUCKETS) >> (SPARSE_BITS - 8), slot as u8)
}

impl<'a> Sparse<'a> {
    /// Takes the bytes of [`sparse_bytes`] from the front of `bytes`; `None` if there are too few.
    pub fn take(bytes: &mut &'a [u8]) -> Option<Self> {
        let (scale, rest) = bytes.split_first_chunk::<4>()?;
        let (buckets, rest) = rest.split_at_checked(N_BUCKETS * BUCKET_BYTES)?;
        *bytes = rest;
        Some(Self { scale: f32::from_le_bytes(*scale), buckets })
    }

    /// The weight of a feature, in units of the scale; 0 if it was not kept.
    pub(crate) fn weight(&self, hash: u64) -> i8 {
        let (bucket, tag) = place(sparse_slot(hash));
        let Some(bucket) = self.buckets.as_chunks::<BUCKET_BYTES>().0.get(bucket) else { return 0 };
        let Some((tags, weights)) = bucket.split_first_chunk::<BUCKET_SIZE>() else { return 0 };
        // All tags are compared at once; the first that is equal counts.
        let equal = tags.iter().enumerate().fold(0_u32, |equal, (place, &other)| equal | (u32::from(other == tag) << place));
        let place = equal.trailing_zeros() as usize;
        let Some(&pair) = weights.get(place / 2).filter(|_| equal != 0) else { return 0 };
        let level = if place.is_multiple_of(2) { pair & 15 } else { pair >> 4 };
        LEVELS.get(usize::from(level)).copied().unwrap_or(0)
    }

    /// What one unit of a weight is worth.
    pub(crate) fn scale(&self) -> f32 {
        self.scale
    }
}

/// The bytes of a table from its tags and weights, bucket by bucket.
pub fn sparse_bytes(tags: &[u8], weights: &[f32]) -> Vec<u8> {
    let scale = best_scale(weights);
    let mut bytes = scale.to_le_bytes().to_vec();
    for (tags, weights) in tags.chunks(BUCKET_SIZE).zip(weights.chunks(BUCKET_SIZE)) {
        bytes.extend(tags);
        bytes.extend(weights.chunks(2).map(|pair| pair.iter().rev().fold(0, |byte, &weight| (byte << 4) | level(weight / scale))));
    }
    bytes
}

/// The number of the nearest level.
fn level(weight: f32) -> u8 {
    let distance = |level: i8| (f32::from(level) - weight).abs();
    (0..).zip(LEVELS).min_by(|(_, a), (_, b)| distance(*a).total_cmp(&distance(*b))).map_or(0, |(number, _)| number)
}

/// The scale that loses least by rounding.
fn best_scale(weights: &[f32]) -> f32 {
    let max = weights.iter().fold(1e-6_f32, |max, weight| max.max(weight.abs()));
    let lost = |scale: f32| -> f64 {
        let lost =
            |weight: f32| f64::from(weight - scale * f32::from(LEVELS.get(usize::from(level(weight / scale))).copied().unwrap_or(0)));
        weights.iter().map(|&weight| lost(weight).powi(2)).sum()
    };
    let scales = (0..14).map(|step| max / 76.0 * 0.8_f32.powi(step));
    let scored = scales.map(|scale| (lost(scale), scale));
    scored.min_by(|(a, _), (b, _)| a.total_cmp(b)).map_or(1.0, |(_, scale)| scale)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{BUCKET_SIZE, N_BUCKETS, Sparse, place, sparse_bytes, sparse_slot};

    #[test]
    fn a_kept_feature_finds_its_weight_and_others_find_nothing() {
        let mut tags = vec![0_u8; N_BUCKETS * BUCKET_SIZE];
        let mut weights = vec![0.0_f32; N_BUCKETS * BUCKET_SIZE];
        let kept: Vec<(u64, f32)> = (1..2000_u64).map(|n| (n.wrapping_mul(0x9E37_79B9_7F4A_7C15), (n % 7) as f32 - 3.0)).collect();
        for (number, &(hash, weight)) in kept.iter().enumerate() {
            let (bucket, tag) = place(sparse_slot(hash));
            tags[bucket * BUCKET_SIZE + number % BUCKET_SIZE] = tag;
            weights[bucket * BUCKET_SIZE + number % BUCKET_SIZE] = weight;
        }
        let bytes = sparse_bytes(&tags, &weights);
        let table = Sparse::take(&mut bytes.as_slice()).unwrap();
        let n_near = kept.iter().filter(|(hash, weight)| (f32::from(table.weight(*hash)) * table.scale() - weight).abs() < 0.4).count();
        assert!(1900 < n_near, "{n_near} of {}", kept.len());
        let n_found = (5000..15_000_u64).filter(|n| table.weight(n.wrapping_mul(0xBF58_476D_1CE4_E5B9)) != 0).count();
        assert!(n_found < 50, "{n_found} of 10000");
    }
}
