//! Particles behind final punctuation: `왜 안 될까?라는 물음`, `가자!를 외쳤다`. The sentence around goes on, so no block begins there.

use super::glued::{Gap, Glued, HANGUL, MARK, STOP};

/// Words that nothing begins with. `이`, `가`, `도`, `만`, `하고` and `같은` are words of their own too, so they are not among them.
const PARTICLES: [&str; 24] = [
    "를",
    "을",
    "는",
    "은",
    "로",
    "으로",
    "와",
    "과",
    "의",
    "에",
    "란",
    "라는",
    "라고",
    "라며",
    "라면서",
    "라든지",
    "라거나",
    "이다",
    "이며",
    "이라는",
    "이라며",
    "입니다",
    "에서",
    "처럼",
];

/// Whether a particle stands at a visible character, glued to final punctuation.
pub(super) fn is_at(glued: &Glued, idx: usize) -> bool {
    let is_glued = glued.gap(idx) == Gap::None && idx.checked_sub(1).is_some_and(|last| matches!(glued.class(last), STOP | MARK));
    is_glued && PARTICLES.iter().any(|particle| is_word(glued, idx, particle))
}

/// Whether a word, and nothing more than it, begins at a visible character.
fn is_word(glued: &Glued, idx: usize, word: &str) -> bool {
    let mut end = idx;
    for c in word.chars() {
        if glued.chars.get(end) != Some(&c) || (end != idx && glued.gap(end) != Gap::None) {
            return false;
        }
        end += 1;
    }
    glued.gap(end) != Gap::None || glued.class(end) != HANGUL
}

#[cfg(test)]
mod tests {
    use super::{Glued, is_at};

    #[test]
    fn a_particle_behind_punctuation_goes_on() {
        let found = |flat: &str| -> Vec<usize> {
            let glued = Glued::new(flat);
            (0..glued.len()).filter(|&idx| is_at(&glued, idx)).collect()
        };
        assert_eq!(found("왜?라는 물음, 자!를 외쳤다"), [2, 9]);
        assert_eq!(found("왜? 라는 물음.의미가 있다.은행에 갔다."), [0; 0]);
    }
}
