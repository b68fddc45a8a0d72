//! Putting the best first. The standard library's sorts are fast on millions of items and take two to five kilobytes of wasm for each
//! type; here lists are short or only their head is wanted, which a heap does in a few hundred bytes.

/// Puts the `n` best items in front, best first; the rest follows in any order. `before` must be a strict total order for the result to be
/// the same everywhere. Costs `len + n log len` comparisons.
pub fn best_first<T>(items: &mut [T], n: usize, before: impl Fn(&T, &T) -> bool) {
    let len = items.len();
    heapify(items, &before);
    let n = n.min(len);
    for taken in 0..n {
        let last = len - 1 - taken;
        items.swap(0, last);
        sift_down(items, 0, last, &before);
    }
    items.reverse();
}

/// Makes a heap whose top is the best item.
pub(crate) fn heapify<T>(items: &mut [T], before: &impl Fn(&T, &T) -> bool) {
    for root in (0..items.len() / 2).rev() {
        sift_down(items, root, items.len(), before);
    }
}

/// Puts the right item on top of a heap whose top was replaced.
pub(crate) fn restore_top<T>(heap: &mut [T], before: &impl Fn(&T, &T) -> bool) {
    sift_down(heap, 0, heap.len(), before);
}

/// Restores the heap of the first `len` items below `root`; its top is the best.
fn sift_down<T>(items: &mut [T], mut root: usize, len: usize, before: &impl Fn(&T, &T) -> bool) {
    loop {
        let mut best = root;
        for child in [2 * root + 1, 2 * root + 2] {
            if child < len && items.get(child).zip(items.get(best)).is_some_and(|(child, best)| before(child, best)) {
                best = child;
            }
        }
        if best == root {
            return;
        }
        items.swap(root, best);
        root = best;
    }
}

/// Sorts ascending.
pub(crate) fn ascending<T: Ord>(items: &mut [T]) {
    best_first(items, items.len(), |a, b| a < b);
}

/// Bits of a digit: 256 buckets are small enough for a short list and make eight passes of a long one.
const DIGIT: u32 = 8;

/// Sorts by a number, the least first; where numbers are equal, the order stays. Digits that all numbers share cost one look, each other one
/// a pass, so that hundreds of thousands of items are sorted in the time that a heap takes for a tenth of them.
pub fn sort_by_number<T: Copy>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    let first = items.first().map_or(0, &number);
    let differing = items.iter().fold(0, |bits, item| bits | (number(item) ^ first));
    let mut other = items.clone();
    for shift in (0..u64::BITS).step_by(DIGIT as usize).filter(|shift| (differing >> shift) & 0xff != 0) {
        let digit = |item: &T| ((number(item) >> shift) & 0xff) as usize;
        let mut starts = [0_usize; 257];
        for item in items.iter() {
            starts[digit(item) + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        for item in items.iter() {
            let place = &mut starts[digit(item)];
            if let Some(slot) = other.get_mut(*place) {
                *slot = *item;
            }
            *place += 1;
        }
        std::mem::swap(items, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn head_is_sorted_and_nothing_is_lost(mut items in proptest::collection::vec(0u32..50, 0..60), n in 0usize..70) {
            let mut sorted = items.clone();
            sorted.sort();
            best_first(&mut items, n, |a, b| a < b);
            let n = n.min(items.len());
            prop_assert_eq!(&items[..n], &sorted[..n]);
            items.sort();
            prop_assert_eq!(items, sorted);
        }

        #[test]
        fn numbers_are_sorted_and_equal_ones_stay_in_order(numbers in proptest::collection::vec(prop_oneof![any::<u64>(), 0u64..5], 0..60)) {
            let mut items: Vec<(u64, usize)> = numbers.into_iter().zip(0..).collect();
            let mut sorted = items.clone();
            sorted.sort();
            sort_by_number(&mut items, |(number, _)| *number);
            prop_assert_eq!(items, sorted);
        }
    }
}
