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

/// Sorts by descending key, in eight passes over the items: for lists of tens of thousands, which a heap sorts ten times as slowly. Equal keys
/// keep their order. (LSD radix sort; Knuth, "The Art of Computer Programming" 3, 5.2.5.) Not inlined: its callers are compiled once for each kind of list.
#[inline(never)]
pub(crate) fn descending_by_key<T: Copy>(items: &mut Vec<T>, key: impl Fn(&T) -> u64) {
    let mut sorted = items.clone();
    for shift in (0..u64::BITS).step_by(8) {
        let digit = |item: &T| usize::from(!(key(item) >> shift) as u8);
        let mut starts = [0usize; 256];
        for item in items.iter() {
            if let Some(n) = starts.get_mut(digit(item)) {
                *n += 1;
            }
        }
        let mut start = 0;
        for n in &mut starts {
            (*n, start) = (start, start + *n);
        }
        for item in items.iter() {
            if let Some(at) = starts.get_mut(digit(item)) {
                if let Some(slot) = sorted.get_mut(*at) {
                    *slot = *item;
                }
                *at += 1;
            }
        }
        std::mem::swap(items, &mut sorted);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_sort_like_comparisons(mut items in proptest::collection::vec((any::<u64>(), 0u8..9), 0..300)) {
            let mut sorted = items.clone();
            sorted.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
            descending_by_key(&mut items, |(key, _)| *key);
            prop_assert_eq!(items, sorted);
        }

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
    }
}
