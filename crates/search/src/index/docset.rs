//! Sets of documents, for what matches, what filters leave and how many stories each facet value has.

/// A set of documents, one bit each: 100,000 documents take 12.5 kB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocSet {
    words: Vec<u64>,
}

impl DocSet {
    /// No document of `n_docs`.
    pub(crate) fn empty(n_docs: u32) -> Self {
        Self { words: vec![0; (n_docs as usize).div_ceil(64)] }
    }

    /// Every document of `n_docs`.
    pub(crate) fn full(n_docs: u32) -> Self {
        let mut words = vec![u64::MAX; (n_docs as usize).div_ceil(64)];
        if let Some(last) = words.last_mut().filter(|_| !n_docs.is_multiple_of(64)) {
            *last = (1 << (n_docs % 64)) - 1;
        }
        Self { words }
    }

    /// Adds a document; one that the set has no room for is left out.
    pub(crate) fn insert(&mut self, doc: u32) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    /// Is it in the set?
    pub fn contains(&self, doc: u32) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    /// How many documents it has.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Has it none?
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Its documents, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.words).flat_map(|(word_idx, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(word_idx * 64 + bit)
            })
        })
    }

    /// Keeps what `other` has too.
    pub fn intersect_with(&mut self, other: &Self) {
        self.combine(other, |a, b| a & b);
    }

    /// Adds what `other` has. Both must come from the same index.
    pub fn union_with(&mut self, other: &Self) {
        self.combine(other, |a, b| a | b);
    }

    /// Takes out what `other` has.
    pub fn subtract(&mut self, other: &Self) {
        self.combine(other, |a, b| a & !b);
    }

    /// How many documents both have.
    pub fn n_common(&self, other: &Self) -> usize {
        self.words.iter().zip(&other.words).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    fn combine(&mut self, other: &Self, by: impl Fn(u64, u64) -> u64) {
        for (word, other) in self.words.iter_mut().zip(other.words.iter().chain(std::iter::repeat(&0))) {
            *word = by(*word, *other);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set(docs: &BTreeSet<u32>) -> DocSet {
        let mut set = DocSet::empty(150);
        docs.iter().for_each(|doc| set.insert(*doc));
        set
    }

    proptest! {
        #[test]
        fn is_a_set(a in proptest::collection::btree_set(0u32..150, 0..40), b in proptest::collection::btree_set(0u32..150, 0..40)) {
            let both: BTreeSet<u32> = a.intersection(&b).copied().collect();
            prop_assert_eq!(set(&a).iter().collect::<BTreeSet<_>>(), a.clone());
            prop_assert_eq!(set(&a).n_common(&set(&b)), both.len());
            let (mut and, mut or, mut minus) = (set(&a), set(&a), set(&a));
            and.intersect_with(&set(&b));
            or.union_with(&set(&b));
            minus.subtract(&set(&b));
            prop_assert_eq!(and, set(&both));
            prop_assert_eq!(or, set(&a.union(&b).copied().collect()));
            prop_assert_eq!(minus, set(&a.difference(&b).copied().collect()));
        }
    }

    #[test]
    fn full_has_every_document() {
        for n_docs in [0, 1, 63, 64, 65, 150] {
            assert_eq!(DocSet::full(n_docs).len(), n_docs as usize);
        }
    }
}
