//! Ways of reading keys byte by byte, for [`Terms::walk`](crate::index::Terms::walk).

use hangul::{CHOSEONG_BASE, JONGSEONG_BASE, JUNGSEONG_BASE, OTHER, encode_char, is_syllable};

/// Reads a key; a state that cannot lead to a match any more is `None`.
pub(crate) trait Automaton {
    /// Where the reading stands.
    type State: Clone;
    /// Before the first byte.
    fn start(&self) -> Self::State;
    /// After one more byte.
    fn step(&self, state: &Self::State, byte: u8) -> Option<Self::State>;
    /// Whether a key that ends here, or began with a match, fits, and how badly (0 is best).
    fn rank(&self, state: &Self::State) -> Option<u8>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Byte(u8),
    AnyVowel,
    MaybeFinal,
}

/// Initial consonants, finished syllables between them: 쿠버ㄴㅌㅅ.
#[derive(Clone, Debug)]
pub(crate) struct Choseong {
    items: Vec<Item>,
}

impl Choseong {
    pub(crate) fn new(text: &str) -> Self {
        let mut items = Vec::new();
        for c in text.chars() {
            let mut key = Vec::new();
            encode_char(c, &mut key);
            items.extend(key.into_iter().map(Item::Byte));
            if !is_syllable(c) {
                items.extend([Item::AnyVowel, Item::MaybeFinal]);
            }
        }
        Self { items }
    }

    /// The longest part that every match begins with.
    pub(crate) fn fixed_prefix(&self) -> Vec<u8> {
        self.items.iter().map_while(|item| if let Item::Byte(byte) = item { Some(*byte) } else { None }).collect()
    }
}

impl Automaton for Choseong {
    /// (items read, bytes read after the last item)
    type State = (u8, u8);

    fn start(&self) -> Self::State {
        (0, 0)
    }

    fn step(&self, (at, beyond): &Self::State, byte: u8) -> Option<Self::State> {
        let next = |at: u8| Some((at + 1, 0));
        match self.items.get(usize::from(*at)) {
            Some(Item::Byte(wanted)) => (*wanted == byte).then(|| next(*at)).flatten(),
            Some(Item::AnyVowel) => (JUNGSEONG_BASE..JONGSEONG_BASE).contains(&byte).then(|| next(*at)).flatten(),
            Some(Item::MaybeFinal) if (JONGSEONG_BASE..OTHER).contains(&byte) => next(*at),
            Some(Item::MaybeFinal) => self.step(&(at + 1, 0), byte),
            None => Some((*at, beyond.saturating_add(1))),
        }
    }

    fn rank(&self, (at, beyond): &Self::State) -> Option<u8> {
        let read = usize::from(*at);
        let done = read == self.items.len() || read + 1 == self.items.len() && self.items.last() == Some(&Item::MaybeFinal);
        done.then_some(*beyond)
    }
}

/// What slips of the fingers make of a key: up to two wrong, missing or additional bytes (one byte is one jamo), or one syllable dropped.
///
/// Bit-parallel as in Wu and Manber, "Fast Text Searching Allowing Errors" (1992): bit `i` of a set says that the first `i` bytes of the
/// typed key can have led here.
#[derive(Clone, Debug)]
pub(crate) struct Slips {
    /// Where in the typed key each byte stands.
    places: [u64; 256],
    /// Where a syllable begins.
    beginnings: u64,
    end: u64,
    max_edits: u8,
}

/// A longer key is not corrected: its places would not fit.
const MAX_SLIP_KEY: usize = 62;

/// What [`Slips::rank`] adds to twice the number of wrong bytes; a dropped syllable is worse than one wrong byte.
pub(super) const DROPPED_COST: u8 = 3;

/// The second wrong byte comes after the first syllable: two of them at the beginning are another word, and every second term of the
/// dictionary would have to be looked at.
const LATE: u64 = !0b111;

impl Slips {
    /// `None` when the key is too long to be corrected.
    pub(crate) fn new(key: &[u8], max_edits: u8) -> Option<Self> {
        if MAX_SLIP_KEY < key.len() {
            return None;
        }
        let (mut places, mut beginnings) = ([0u64; 256], 0u64);
        for (at, byte) in key.iter().enumerate() {
            if let Some(places) = places.get_mut(usize::from(*byte)) {
                *places |= 1 << at;
            }
            let may_begin = !(JUNGSEONG_BASE..OTHER).contains(byte);
            beginnings |= u64::from(may_begin) << at;
        }
        Some(Self { places, beginnings, end: 1 << key.len(), max_edits: max_edits.min(2) })
    }
}

/// Where a reading of [`Slips`] stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SlipState {
    /// By the number of wrong bytes.
    edits: [u64; 3],
    /// Inside a syllable that was not typed: after its initial, after its vowel, after its final.
    dropped: [u64; 3],
    /// Right again after it.
    after: u64,
}

impl Automaton for Slips {
    type State = SlipState;

    fn start(&self) -> Self::State {
        let one = if 0 < self.max_edits { 0b11 } else { 0 };
        SlipState { edits: [1, one, 0], dropped: [0; 3], after: 0 }
    }

    fn step(&self, state: &Self::State, byte: u8) -> Option<Self::State> {
        let places = self.places.get(usize::from(byte)).copied().unwrap_or(0);
        let in_key = self.end | (self.end - 1);
        let right = |set: u64| (set & places) << 1;
        let [none, one, two] = state.edits;
        let none_next = right(none);
        // One more wrong byte: additional, changed, or missing before the next one.
        let one_next = right(one) | none | none << 1 | none_next << 1;
        let two_next = right(two) | one | one << 1 | one_next << 1;
        let [initial, vowel, final_] = state.dropped;
        let is = |lo: u8, hi: u8, set: u64| if (lo..hi).contains(&byte) { set } else { 0 };
        let dropped = [
            is(CHOSEONG_BASE, JUNGSEONG_BASE, none & self.beginnings),
            is(JUNGSEONG_BASE, JONGSEONG_BASE, initial),
            is(JONGSEONG_BASE, OTHER, vowel),
        ];
        let after = right(state.after | vowel | final_);
        let edits = match self.max_edits {
            0 => [none_next, 0, 0],
            1 => [none_next, one_next & in_key, 0],
            _ => [none_next, one_next & in_key, two_next & in_key & LATE],
        };
        let alive = edits.iter().chain(&dropped).fold(after, |all, set| all | set) != 0;
        alive.then_some(SlipState { edits, dropped, after })
    }

    fn rank(&self, state: &Self::State) -> Option<u8> {
        let wrong = (0u8..).zip(&state.edits).find(|(_, set)| *set & self.end != 0).map(|(n, _)| 2 * n);
        let dropped = (state.after & self.end != 0).then_some(DROPPED_COST);
        wrong.into_iter().chain(dropped).min()
    }
}

/// Is the key one whole syllable?
pub(crate) fn is_one_syllable(key: &[u8]) -> bool {
    let is_open =
        |first: u8, vowel: u8| (CHOSEONG_BASE..JUNGSEONG_BASE).contains(&first) && (JUNGSEONG_BASE..JONGSEONG_BASE).contains(&vowel);
    match *key {
        [first, vowel] => is_open(first, vowel),
        [first, vowel, final_] => is_open(first, vowel) && (JONGSEONG_BASE..OTHER).contains(&final_),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use hangul::encode;
    use proptest::prelude::*;

    use super::*;

    fn rank(typed: &str, term: &str, max: u8) -> Option<u8> {
        let automaton = Slips::new(&encode(typed), max)?;
        let end = encode(term).iter().try_fold(automaton.start(), |state, byte| automaton.step(&state, *byte))?;
        automaton.rank(&end)
    }

    /// Levenshtein by the textbook.
    fn distance(a: &[u8], b: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], i + 1);
            for (j, y) in b.iter().enumerate() {
                let changed = diagonal + usize::from(x != y);
                diagonal = row[j + 1];
                row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
            }
        }
        row[b.len()]
    }

    #[test]
    fn sees_a_dropped_syllable() {
        assert_eq!(rank("쿠버티스", "쿠버네티스", 1), Some(3));
        assert_eq!(rank("버네티스", "쿠버네티스", 1), Some(3));
        assert_eq!(rank("드롭운", "드롭다운", 0), Some(3));
        assert_eq!(rank("드롭다", "드롭다운", 1), None, "a missing last syllable is a prefix, not a slip");
    }

    proptest! {
        #[test]
        fn counts_wrong_bytes(typed in "[가-깋a]{1,5}", term in "[가-깋a]{1,5}", max in 0u8..3) {
            let (a, b) = (encode(&typed), encode(&term));
            let by_edits = Some(distance(&a, &b)).filter(|distance| *distance <= usize::from(max)).map(|distance| 2 * distance as u8);
            let found = rank(&typed, &term, max);
            match by_edits {
                Some(cost) if cost < DROPPED_COST => prop_assert_eq!(found, Some(cost)),
                // Two wrong bytes do not count at the beginning.
                Some(cost) => prop_assert!(found.is_none() || found == Some(cost) || found == Some(DROPPED_COST)),
                None => prop_assert!(found.is_none() || found == Some(DROPPED_COST)),
            }
        }
    }
}
