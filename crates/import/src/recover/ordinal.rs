//! Marks that count, `1.` `2)` `③` `Step4` `다섯째`: a joint before one is worth what those before its neighbours in the count are worth.
//!
//! One `3.` may be anything. Behind a heading `1.` and a heading `2.`, both found for certain, it is the third.

use super::{
    context::Scored,
    glued::Glued,
    scale::{log, odds},
};

/// The way in which a mark counts, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    way: u8,
    number: u32,
}

/// Words that count.
const WORDS: [&str; 7] = ["첫째", "둘째", "셋째", "넷째", "다섯째", "여섯째", "일곱째"];

impl Ordinal {
    /// The mark that begins at a visible character.
    pub(super) fn at(glued: &Glued, idx: usize) -> Option<Self> {
        let &first = glued.chars.get(idx)?;
        let rest = glued.chars.get(idx + 1..).unwrap_or_default();
        let digits = |rest: &[char]| -> Option<(u32, usize)> {
            let n = rest.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
            let number = rest.iter().take(n).try_fold(0, |number, c| Some(number * 10 + c.to_digit(10)?))?;
            (0 < n && n < 3).then_some((number, n))
        };
        match first {
            '0'..='9' => {
                let number = glued.number_at(idx)?;
                let bracket = glued.chars.get(idx..)?.iter().take(3).any(|&c| c == ')');
                Some(Self { way: u8::from(bracket), number })
            }
            '①'..='⑳' => Some(Self { way: 2, number: u32::from(first) - u32::from('①') + 1 }),
            '(' | '[' => {
                let (number, n) = digits(rest)?;
                matches!(rest.get(n), Some(')' | ']')).then_some(Self { way: 3, number })
            }
            '#' => digits(rest).map(|(number, _)| Self { way: 4, number }),
            'S' | 's' => {
                let is_step = rest.iter().take(3).zip("tep".chars()).filter(|(c, letter)| c.eq_ignore_ascii_case(letter)).count() == 3;
                let number = digits(rest.get(3..)?).filter(|_| is_step)?.0;
                Some(Self { way: 5, number })
            }
            '첫' | '둘' | '셋' | '넷' | '다' | '여' | '일' => {
                let is =
                    |word: &&str| word.chars().zip(glued.chars.iter().skip(idx)).filter(|(a, b)| a == *b).count() == word.chars().count();
                let place = WORDS.iter().position(is)?;
                Some(Self { way: 6, number: u32::try_from(place).ok()? + 1 })
            }
            _ => None,
        }
    }
}

/// For the two neighbours in the count of the piece that a joint is in: how long the piece is that begins there, and whether it ends as this one
/// would if it ended here. Headings that count end alike. `firm` are the numbers of the joints that count as boundaries.
pub(super) fn ends(glued: &Glued, marks: &[(usize, Ordinal)], joints: &[Scored], firm: &[usize], number: usize) -> [u8; 4] {
    let at = |number: usize| joints.get(number).map(|joint| joint.idx);
    let begin = firm.partition_point(|&firm| firm < number).checked_sub(1).and_then(|place| firm.get(place));
    let told = |other: Option<usize>| -> Option<[u8; 2]> {
        let (lo, here) = (at(other?)?, at(number)?);
        let next = firm.partition_point(|&firm| Some(firm) <= other);
        let hi = firm.get(next).and_then(|&next| at(next)).unwrap_or(glued.len());
        let same = |n: usize| u8::from(glued.end_key(hi, n) == glued.end_key(here, n));
        let same_class = u8::from(glued.class(hi.saturating_sub(1)) == glued.class(here.saturating_sub(1)));
        Some([log(hi - lo).max(1), same_class + 2 * same(1) + 4 * same(2)])
    };
    let [[a, b], [c, d]] = begin.map_or([None; 2], |&begin| neighbours(marks, begin)).map(|other| told(other).unwrap_or([0; 2]));
    [a, b, c, d]
}

/// How many features [`row`] gives.
pub(super) const N_ORDINAL_FEATURES: usize = 5;

/// The mark behind each joint, if any.
pub(super) fn all(glued: &Glued, joints: &[Scored]) -> Vec<(usize, Ordinal)> {
    joints.iter().enumerate().filter_map(|(number, joint)| Some((number, Ordinal::at(glued, joint.idx)?))).collect()
}

/// The nearest joints with the number before and the number after that of a joint.
pub(super) fn neighbours(marks: &[(usize, Ordinal)], number: usize) -> [Option<usize>; 2] {
    let Ok(place) = marks.binary_search_by_key(&number, |&(number, _)| number) else { return [None; 2] };
    let Some(&(_, own)) = marks.get(place) else { return [None; 2] };
    let before = marks.iter().take(place).rev().take(40).find(|(_, other)| other.way == own.way && other.number + 1 == own.number);
    let behind = marks.iter().skip(place + 1).take(40).find(|(_, other)| other.way == own.way && other.number == own.number + 1);
    [before, behind].map(|other| other.map(|&(number, _)| number))
}

/// Its number, then log odds and distance of the nearest joint with the number before, and of the nearest with the number after.
pub(super) fn row(marks: &[(usize, Ordinal)], joints: &[Scored], number: usize) -> [u8; N_ORDINAL_FEATURES] {
    let Ok(place) = marks.binary_search_by_key(&number, |&(number, _)| number) else { return [0; N_ORDINAL_FEATURES] };
    let Some(&(_, own)) = marks.get(place) else { return [0; N_ORDINAL_FEATURES] };
    let here = joints.get(number).map_or(0, |joint| joint.idx);
    let told = |other: Option<usize>| {
        other.and_then(|number| joints.get(number)).map_or((0, 0), |joint| (odds(joint.odds).max(1), log(joint.idx.abs_diff(here))))
    };
    let [(odds_before, far_before), (odds_behind, far_behind)] = neighbours(marks, number).map(told);
    [1 + own.number.min(20) as u8, odds_before, far_before, odds_behind, far_behind]
}

#[cfg(test)]
mod tests {
    use super::{Glued, Ordinal, Scored, all, odds, row};

    #[test]
    fn marks_count_in_their_own_way() {
        let at = |flat: &str| Ordinal::at(&Glued::new(flat), 0).map(|mark| (mark.way, mark.number));
        let marks = ["3. 가", "12)가", "③가", "(2) 가", "#1 가", "Step4", "다섯째, 가", "2024. 가", "둘", "S3", "(가)"];
        let found =
            [Some((0, 3)), Some((1, 12)), Some((2, 3)), Some((3, 2)), Some((4, 1)), Some((5, 4)), Some((6, 5)), None, None, None, None];
        assert_eq!(marks.map(at), found);
    }

    #[test]
    fn a_mark_knows_its_neighbours_in_the_count() {
        let glued = Glued::new("가1.나2.다3)라3.마");
        let joints = [(1, 4.0), (4, -1.0), (7, 3.0), (10, 2.0)].map(|(idx, odds)| Scored { idx, odds, is_sure: false });
        let marks = all(&glued, &joints);
        let told = |number| row(&marks, &joints, number);
        let [own, before, _, behind, _] = told(1);
        assert_eq!((own, before, behind), (3, odds(4.0), odds(2.0)));
        assert_eq!(told(2), [4, 0, 0, 0, 0]);
    }
}
