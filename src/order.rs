//! Sorting without the standard library's sort, which is 5 kB of wasm for each type: by a number, digit after digit.

use search::{best_first, sort_by_number};

/// Sorts by a number, the least first; where numbers are equal, by `before`, and where that says nothing, the order stays.
/// Cost: linear in items, and n log n comparisons within a run of equal numbers.
pub(crate) fn sort_by_key<T: Copy>(items: &mut [T], key: &dyn Fn(&T) -> u64, before: &dyn Fn(&T, &T) -> bool) {
    let mut keyed: Vec<(u64, u32)> = items.iter().map(key).zip(0..).collect();
    sort_by_number(&mut keyed, |(key, _)| *key);
    let old = items.to_vec();
    for (item, (_, index)) in items.iter_mut().zip(&keyed) {
        if let Some(value) = old.get(*index as usize) {
            *item = *value;
        }
    }
    let mut rest = items;
    for run in keyed.chunk_by(|a, b| a.0 == b.0) {
        let (equal, after) = rest.split_at_mut(run.len());
        // Most lists come in the order that decides between equals.
        if !equal.is_sorted_by(|a, b| !before(b, a)) {
            sort_equal(equal, before);
        }
        rest = after;
    }
}

/// Runs shorter than this are compared as they are: the buckets of a digit cost more.
const SHORT: usize = 64;
/// Letters that one number holds.
const STEP: usize = 8;

/// Sorts by a text, in the order of its characters' numbers; where texts are equal, the order stays. Many equal beginnings cost no more
/// comparisons: eight bytes at a time decide, as far as they do.
///
/// In steps, so that something else may come between them: the first sorts by beginnings, the others what begins alike.
#[derive(Default)]
pub(crate) struct TextSort {
    has_begun: bool,
    n_sorted: usize,
}

impl TextSort {
    /// Takes the next step, over `n_items` or a few more. Returns whether another one is needed.
    pub(crate) fn step<'t, T: Copy>(&mut self, items: &mut [T], text: &dyn Fn(&T) -> &'t str, n_items: usize) -> bool {
        if !std::mem::replace(&mut self.has_begun, true) {
            sort_by_key(items, &|item| number_at(text(item), 0), &|_, _| false);
            return true;
        }
        let until = self.n_sorted.saturating_add(n_items);
        let rest = items.get_mut(self.n_sorted..).unwrap_or_default();
        for run in rest.chunk_by_mut(|a, b| number_at(text(a), 0) == number_at(text(b), 0)) {
            if until <= self.n_sorted {
                return true;
            }
            sort_alike(run, text, STEP);
            self.n_sorted += run.len();
        }
        false
    }
}

/// Eight bytes of a text as a number. UTF-8 stands in the order of its characters, byte by byte; what has ended stands before what goes on.
fn number_at(text: &str, from: usize) -> u64 {
    let mut bytes = text.as_bytes().get(from..).unwrap_or_default().iter();
    (0..STEP).fold(0, |number, _| (number << 8) | u64::from(bytes.next().copied().unwrap_or_default()))
}

/// Sorts texts that begin alike, as far as byte `from`.
fn sort_alike<'t, T: Copy>(items: &mut [T], text: &dyn Fn(&T) -> &'t str, from: usize) {
    let rest = |item: &T| text(item).as_bytes().get(from..).unwrap_or_default();
    if items.len() < 2 || items.iter().all(|item| rest(item).is_empty()) {
        return;
    }
    if items.len() < SHORT {
        return sort_equal(items, &|a, b| rest(a) < rest(b));
    }
    sort_by_key(items, &|item| number_at(text(item), from), &|_, _| false);
    for run in items.chunk_by_mut(|a, b| number_at(text(a), from) == number_at(text(b), from)) {
        sort_alike(run, text, from + STEP);
    }
}

/// Sorts items with equal numbers.
fn sort_equal<T: Copy>(items: &mut [T], before: &dyn Fn(&T, &T) -> bool) {
    let mut pairs: Vec<(T, u32)> = items.iter().copied().zip(0..).collect();
    let n = pairs.len();
    best_first(&mut pairs, n, |(a, at), (b, other)| before(a, b) || (!before(b, a) && at < other));
    for (item, (value, _)) in items.iter_mut().zip(pairs) {
        *item = value;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{TextSort, sort_by_key};

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items in proptest::collection::vec((any::<u64>(), 0_u32..4), 0..60), mask in any::<u64>()) {
            let mut expected = items.clone();
            expected.sort_by_key(|(number, tie)| (number & mask, *tie));
            let mut sorted = items;
            sort_by_key(&mut sorted, &|(number, _)| number & mask, &|(_, a), (_, b)| a < b);
            prop_assert_eq!(sorted, expected);
        }

        #[test]
        fn texts_stand_as_the_standard_library_puts_them(texts in proptest::collection::vec("(가나다라마){0,2}[가-각a]{0,3}", 0..300), n_items in 1_usize..400) {
            let mut expected: Vec<usize> = (0..texts.len()).collect();
            expected.sort_by_key(|at| (&texts[*at], *at));
            let mut sorted: Vec<usize> = (0..texts.len()).collect();
            let mut sort = TextSort::default();
            while sort.step(&mut sorted, &|at| &texts[*at], n_items) {}
            prop_assert_eq!(sorted, expected);
        }
    }
}
