//! A table of learned weights, one signed byte a slot, where hashed features find theirs.

/// Weights of hashed features: a scale and `2^bits` signed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    scale: f32,
    bits: u32,
    weights: &'a [u8],
}

/// The slot of a hash in a table of `2^bits`.
pub(crate) fn slot(hash: u64, bits: u32) -> usize {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}

impl<'a> Table<'a> {
    /// Takes the bytes of [`table_bytes`] from the front of `bytes`; `None` if there are too few.
    pub fn take(bytes: &mut &'a [u8], bits: u32) -> Option<Self> {
        let (scale, rest) = bytes.split_first_chunk::<4>()?;
        let (weights, rest) = rest.split_at_checked(1 << bits)?;
        *bytes = rest;
        Some(Self { scale: f32::from_le_bytes(*scale), bits, weights })
    }

    /// The weight of a feature, in units of the scale.
    pub(crate) fn weight(&self, hash: u64) -> i8 {
        self.weights.get(slot(hash, self.bits)).map_or(0, |weight| weight.cast_signed())
    }

    /// What one unit of a weight is worth.
    pub(crate) fn scale(&self) -> f32 {
        self.scale
    }
}

/// The bytes of a table: its scale, then the weights rounded to 255 steps.
pub fn table_bytes(weights: &[f32]) -> Vec<u8> {
    let scale = weights.iter().fold(1e-6_f32, |max, weight| max.max(weight.abs())) / 127.0;
    let mut bytes = scale.to_le_bytes().to_vec();
    bytes.extend(weights.iter().flat_map(|weight| ((weight / scale).round() as i8).to_le_bytes()));
    bytes
}
