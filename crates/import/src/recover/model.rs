//! The learned weights and what they decide.
//!
//! ```text
//! "SHR5"
//! threshold             f32, little-endian, as all numbers
//! spaces                a table of 2^SPACING_BITS (table.rs has the bytes)
//! joints                a sparse table (sparse.rs)
//! kinds                 N_KINDS tables of 2^KIND_BITS
//! second look           N_LOOKS forests (forest.rs has the bytes), one after the other
//! second look at kinds  N_KINDS forests
//! ```

use super::{
    context::{self, Context, Scored},
    forest::Forest,
    glued::{Gap, Glued},
    inside, joint,
    kind::{self, Kind, N_KINDS},
    note, particle, picture, pieces,
    sparse::Sparse,
    table::Table,
};

/// Hash bits of spacing features: 128 KB. More has fewer collisions, less is smaller; so for the others.
pub const SPACING_BITS: u32 = 17;
/// Hash bits of kind features: seven times 16 KB.
pub const KIND_BITS: u32 = 14;
/// How often the joints are looked at again, each time with what the time before saw of their neighbours.
/// Once is enough: with a table of joints that knows what it keeps, a second time changed F1 from .9197 to .9193 and doubled the cost.
pub const N_LOOKS: usize = 1;

/// Log odds of the nearest letters and spaces below which the other features are not asked. More is faster: -6 changes one piece in 2,000.
const NEAR_FLOOR: f32 = -6.0;

/// How much likelier than anything else a row of a table must be, as log odds. Rows are shown as plain text, so one that is missed costs
/// little, while items and headings that are taken for rows lose their look: 1 to 2 gave the most exact blocks out of fold, 0 and 3 fewer.
const TABLE_CAUTION: f32 = 1.5;

const MAGIC: &[u8; 4] = b"SHR5";

/// A recogniser of structure.
pub struct Model<'a> {
    threshold: f32,
    spacing: Table<'a>,
    joints: Sparse<'a>,
    kinds: [Table<'a>; N_KINDS],
    looks: [Forest<'a>; N_LOOKS],
    kind_looks: [Forest<'a>; N_KINDS],
}

/// One piece of a body: where it ends, what it is, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Byte offset of its end in the body.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
    /// Chance that it is of this kind, 0 to 1.
    pub kind_chance: f32,
}

/// What was seen in a body.
pub(crate) struct Reading {
    pub(crate) glued: Glued,
    /// Every joint that was looked at twice, with its log odds above the threshold: a block begins where they are above 0.
    pub(crate) joints: Vec<Scored>,
    pub(crate) pieces: Vec<Piece>,
}

impl<'a> Model<'a> {
    /// Reads weights; `None` if the bytes are not of this version or size.
    pub fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let threshold = take_f32(&mut rest)?;
        let spacing = Table::take(&mut rest, SPACING_BITS)?;
        let joints = Sparse::take(&mut rest)?;
        let kinds = all(|| Table::take(&mut rest, KIND_BITS))?;
        let looks = all(|| Forest::take(&mut rest))?;
        let kind_looks = all(|| Forest::take(&mut rest))?;
        rest.is_empty().then_some(Self { threshold, spacing, joints, kinds, looks, kind_looks })
    }

    /// The beginning of the bytes that [`Self::from_bytes`] reads; tables and forests follow it in the order of the file.
    pub fn head_bytes(threshold: f32) -> Vec<u8> {
        MAGIC.iter().copied().chain(threshold.to_le_bytes()).collect()
    }

    /// The body cut into pieces with kinds. `sure` are byte offsets, sorted, where a block begins for certain.
    pub fn pieces(&self, flat: &str, sure: &[usize]) -> Vec<Piece> {
        self.read(flat, sure).pieces
    }

    pub(crate) fn read(&self, flat: &str, sure: &[usize]) -> Reading {
        let mut glued = Glued::new(flat);
        if glued.len() == 0 {
            return Reading { glued, joints: Vec::new(), pieces: Vec::new() };
        }
        glued.measure_spacing(&self.spacing);
        let sure = sure_joints(&glued, sure);
        let mut joints = first_look(&glued, &sure, &self.joints);
        for forest in &self.looks {
            let rows = Context::new(&glued, &joints, &self.kinds).rows();
            second_look(&mut joints, &rows, forest);
        }
        let inside = inside::places(&glued);
        for joint in joints.iter_mut().filter(|joint| !joint.is_sure) {
            let is_inside = inside.get(joint.idx).copied().unwrap_or(false);
            joint.odds = if is_inside { -context::SURE } else { joint.odds - self.threshold };
        }
        join_orphans(&glued, &mut joints);
        let (ranges, bounds) = ranges(&glued, &joints);
        let chances = pieces::features(&glued, &ranges, &bounds, &self.kinds);
        let sums = self.kind_looks.map(|forest| forest.sums(chances.iter().map(Vec::as_slice)));
        let of_piece = |idx: usize| sums.each_ref().map(|sums| sums.get(idx).copied().unwrap_or(0.0));
        let mut scores: Vec<[f32; N_KINDS]> = (0..chances.len()).map(of_piece).collect();
        for score in scores.iter_mut().flat_map(|row| row.get_mut(Kind::TableRow as usize)) {
            *score -= TABLE_CAUTION;
        }
        kind::even_out(&glued, &ranges, &mut scores);
        let piece = |(&(lo, hi), scores): (&(usize, usize), &[f32; N_KINDS])| {
            let number = scores.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(number, _)| number);
            let chars = glued.chars.get(lo..hi).unwrap_or_default();
            let (kind, kind_chance) = match Kind::ALL.get(number).copied().unwrap_or(Kind::Paragraph) {
                _ if picture::begins(chars) => (Kind::Caption, 1.0),
                _ if glued.anchored.binary_search(&hi).is_ok() => (Kind::Heading, 1.0),
                // A whole sentence with its full stop stands above nothing.
                Kind::Heading if matches!(chars, [.., '다' | '요' | '죠', '.']) => (Kind::Paragraph, 1.0 - chance_of(scores, number)),
                kind => (kind, chance_of(scores, number)),
            };
            Piece { end: glued.offsets.get(hi).copied().unwrap_or(flat.len()), kind, kind_chance }
        };
        let pieces = ranges.iter().zip(&scores).map(piece).collect();
        Reading { glued, joints, pieces }
    }
}

/// Visible characters before which a block begins for certain, from byte offsets.
pub(crate) fn sure_joints(glued: &Glued, sure: &[usize]) -> Vec<usize> {
    let mut joints: Vec<usize> = sure.iter().map(|cut| glued.offsets.partition_point(|offset| offset < cut)).collect();
    let notes = note::places(glued);
    joints.retain(|&idx| !particle::is_at(glued, idx) && notes.binary_search_by_key(&idx, |&(lo, _)| lo).is_err());
    joints.extend(&glued.anchored);
    joints.extend(notes.iter().map(|&(_, hi)| hi).filter(|&hi| glued.gap(hi) != Gap::Space));
    joints.retain(|&idx| 0 < idx && idx < glued.len());
    joints.sort_unstable();
    joints.dedup();
    joints
}

/// The joints worth a second look, those that are certain among them.
pub(crate) fn first_look(glued: &Glued, sure: &[usize], table: &Sparse<'_>) -> Vec<Scored> {
    let look = |idx: usize| {
        let is_sure = sure.binary_search(&idx).is_ok();
        if !is_sure && !joint::is_candidate(glued, idx) {
            return None;
        }
        let odds = if is_sure { context::SURE } else { first_odds(glued, idx, table)? };
        (context::FLOOR < odds).then_some(Scored { idx, odds, is_sure })
    };
    (1..glued.len()).filter_map(look).collect()
}

/// Log odds by the letters; `None` if the nearest letters rule a boundary out.
fn first_odds(glued: &Glued, idx: usize, table: &Sparse<'_>) -> Option<f32> {
    let mut sum = 0_i32;
    joint::near(glued, idx, &mut |hash| sum += i32::from(table.weight(hash)));
    if (sum as f32) * table.scale() < NEAR_FLOOR {
        return None;
    }
    joint::far(glued, idx, &mut |hash| sum += i32::from(table.weight(hash)));
    Some(sum as f32 * table.scale())
}

/// New log odds for the joints that are not certain.
pub(crate) fn second_look(joints: &mut [Scored], rows: &[Vec<u8>], forest: &Forest<'_>) {
    let open = joints.iter_mut().zip(rows).filter(|(joint, _)| !joint.is_sure);
    let (open, rows): (Vec<&mut Scored>, Vec<&[u8]>) = open.map(|(joint, row)| (joint, row.as_slice())).unzip();
    for (joint, odds) in open.into_iter().zip(forest.sums(rows)) {
        joint.odds = odds;
    }
}

/// A letter alone is no block: of the boundaries on both sides of one, the less likely goes. Nor is a quotation mark.
fn join_orphans(glued: &Glued, joints: &mut [Scored]) {
    let mut last: Option<usize> = None;
    for number in 0..joints.len() {
        let Some(&joint) = joints.get(number).filter(|joint| 0.0 < joint.odds) else { continue };
        let before = last.and_then(|last| joints.get_mut(last)).filter(|before| before.idx + 1 == joint.idx);
        let alone = glued.chars.get(joint.idx.saturating_sub(1)).copied().unwrap_or(' ');
        match before.filter(|_| alone.is_alphanumeric() || "\"“‘'".contains(alone)) {
            Some(before) if !before.is_sure && before.odds <= joint.odds => before.odds = -context::SURE,
            Some(_) if !joint.is_sure => {
                if let Some(joint) = joints.get_mut(number) {
                    joint.odds = -context::SURE;
                }
                continue;
            }
            _ => {}
        }
        last = Some(number);
    }
}

/// The pieces between the joints above 0, and the log odds with which each begins.
pub(crate) fn ranges(glued: &Glued, joints: &[Scored]) -> (Vec<(usize, usize)>, Vec<f32>) {
    let begin = Scored { idx: 0, odds: context::SURE, is_sure: true };
    let starts: Vec<Scored> = std::iter::once(begin).chain(joints.iter().copied().filter(|joint| 0.0 < joint.odds)).collect();
    let ends = starts.iter().skip(1).map(|joint| joint.idx).chain([glued.len()]);
    let ranges = starts.iter().map(|joint| joint.idx).zip(ends).collect();
    (ranges, starts.iter().map(|joint| joint.odds).collect())
}

/// The share of one kind when scores are log odds.
fn chance_of(scores: &[f32; N_KINDS], number: usize) -> f32 {
    let max = scores.iter().fold(f32::MIN, |max, &score| max.max(score));
    let sum: f32 = scores.iter().map(|score| (score - max).exp()).sum();
    scores.get(number).map_or(0.0, |score| (score - max).exp() / sum)
}

fn take_f32(bytes: &mut &[u8]) -> Option<f32> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(f32::from_le_bytes(*number))
}

/// As many as the array has, or none.
fn all<T, const N: usize>(mut next: impl FnMut() -> Option<T>) -> Option<[T; N]> {
    let items: Vec<T> = std::iter::from_fn(&mut next).take(N).collect();
    items.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{Glued, Scored, join_orphans};

    #[track_caller]
    fn check(flat: &str, boundaries: &[(usize, f32)], kept: &[usize]) {
        let mut joints: Vec<Scored> = boundaries.iter().map(|&(idx, odds)| Scored { idx, odds, is_sure: odds == 15.0 }).collect();
        join_orphans(&Glued::new(flat), &mut joints);
        let left: Vec<usize> = joints.iter().filter(|joint| 0.0 < joint.odds).map(|joint| joint.idx).collect();
        assert_eq!(left, kept, "{flat}");
    }

    #[test]
    fn a_letter_alone_is_no_block() {
        check("구조도가", &[(2, 1.0), (3, 3.0)], &[3]);
        check("구조도가", &[(2, 3.0), (3, 1.0)], &[2]);
        check("구조도가", &[(1, 1.0), (2, 3.0), (3, 2.0)], &[2]);
        check("가\"나다", &[(1, 3.0), (2, 1.0)], &[1]);
        // Rules stay, and so do signs: a bracket of code has a line of its own.
        check("구조도가", &[(2, 15.0), (3, 15.0)], &[2, 3]);
        check("a;}b", &[(2, 1.0), (3, 2.0)], &[2, 3]);
    }
}
