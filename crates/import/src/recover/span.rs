//! The Korean sentence around a joint. Code ends where a whole sentence begins: what stands before the joint is signs, and what stands
//! behind it up to the next sentence end is Korean.

use super::{
    glued::Glued,
    scale::{log, share},
};

/// Where sentences end in a body.
pub(super) struct Sentences {
    /// Where the sentence of each character begins, and where it ends.
    begins: Vec<usize>,
    ends: Vec<usize>,
}

impl Sentences {
    pub(super) fn new(glued: &Glued) -> Self {
        let n = glued.len();
        let (mut begins, mut ends) = (vec![0; n], vec![n; n]);
        let mut begin = 0;
        for (idx, slot) in begins.iter_mut().enumerate() {
            begin = if glued.is_sentence_end(idx) { idx } else { begin };
            *slot = begin;
        }
        let mut end = n;
        for (idx, slot) in ends.iter_mut().enumerate().rev() {
            *slot = end;
            end = if glued.is_sentence_end(idx) { idx } else { end };
        }
        Self { begins, ends }
    }

    /// First and last of the sentence that the joint before `idx` is in.
    fn around(&self, idx: usize) -> (usize, usize) {
        let begin = idx.checked_sub(1).and_then(|last| self.begins.get(last)).copied().unwrap_or(0);
        (begin, self.ends.get(idx).copied().unwrap_or(self.ends.len()))
    }

    /// Six features of a joint: length, Hangul and signs of code of the sentence's parts on both sides. The lists count up to each character.
    pub(super) fn features(&self, idx: usize, n_hangul: &[u32], n_code: &[u32], to: &mut Vec<u8>) {
        let at = |list: &[u32], idx: usize| list.get(idx).copied().unwrap_or(0);
        let (begin, end) = self.around(idx);
        for (lo, hi) in [(begin, idx), (idx, end)] {
            to.push(log(hi - lo));
            to.push(share(at(n_hangul, hi) - at(n_hangul, lo), hi - lo));
            to.push(share(at(n_code, hi) - at(n_code, lo), hi - lo));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Glued, Sentences};

    #[test]
    fn a_joint_knows_the_sentence_around_it() {
        let sentences = Sentences::new(&Glued::new("가다. ls -l 나다. 다"));
        let around = |idx| sentences.around(idx);
        assert_eq!(around(5), (3, 10));
        // At a sentence end, one sentence is on each side.
        assert_eq!(around(3), (0, 10));
        assert_eq!((around(0), around(10)), ((0, 3), (3, 11)));
    }
}
