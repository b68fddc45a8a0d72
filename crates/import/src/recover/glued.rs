//! A glued body as the recogniser sees it: its visible characters, what white space stood before each, and what the body says about
//! its own words.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::anchor;

/// Counts by key. The keys are hashes or spread characters already, and this is half of the time of recovery: no second, slow hash.
pub(crate) type Counts = HashMap<u64, u32, BuildHasherDefault<KeyHasher>>;

/// One multiplication.
#[derive(Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = (self.0 ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// White space before a visible character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    None,
    Space,
    /// Holds a NO-BREAK SPACE.
    NoBreak,
}

/// Kind of a character. The numbers are part of what was learned: changing them needs new weights.
pub(crate) type Class = u8;

pub(crate) const HANGUL: Class = 0;
pub(crate) const LOWER: Class = 1;
pub(crate) const UPPER: Class = 2;
pub(crate) const DIGIT: Class = 3;
pub(crate) const STOP: Class = 4;
pub(crate) const MARK: Class = 6;
pub(crate) const OPEN: Class = 7;
pub(crate) const CLOSE: Class = 8;
pub(crate) const CODE: Class = 11;
pub(crate) const BULLET: Class = 17;

/// Whether code has many of this class: brackets, quotes, signs.
pub(crate) fn is_sign(class: Class) -> bool {
    matches!(class, OPEN | CLOSE | 9 | CODE | 12..=14)
}

/// A visible character of a body.
pub(crate) struct Visible {
    /// Byte offset in the body.
    offset: usize,
    pub(crate) c: char,
    pub(crate) gap: Gap,
}

/// The visible characters of a body, in order.
fn visible(flat: &str) -> Vec<Visible> {
    let mut gap = Gap::None;
    let mut chars = Vec::new();
    for (offset, c) in flat.char_indices() {
        if is_blank(c) {
            gap = if c == '\u{a0}' || gap == Gap::NoBreak { Gap::NoBreak } else { Gap::Space };
            continue;
        }
        chars.push(Visible { offset, c, gap });
        gap = Gap::None;
    }
    chars
}

/// A body, visible character by visible character, without the anchors of its headings.
pub(crate) struct Glued {
    pub(crate) chars: Vec<char>,
    pub(crate) classes: Vec<Class>,
    pub(crate) gaps: Vec<Gap>,
    /// Byte offset of each character in the body.
    pub(crate) offsets: Vec<usize>,
    /// The characters with single spaces between words, and where each visible one stands in it.
    pub(crate) spaced: Vec<u32>,
    pub(crate) places: Vec<usize>,
    /// How often a few characters begin a word, end a word, or stand inside one.
    pub(crate) starts: Counts,
    pub(crate) ends: Counts,
    pub(crate) insides: Counts,
    /// Visible characters since the last sure joint and up to the next.
    pub(crate) since_joint: Vec<u32>,
    pub(crate) to_joint: Vec<u32>,
    /// Numbers that stand as `N.` or `N)`, and how often.
    pub(crate) numbers: HashMap<u32, u32>,
    /// Share of sentence ends that are glued, in tenths: high in bodies whose every joint is glued.
    pub(crate) glued_tenths: u32,
    /// Whether each character stands in brackets.
    pub(crate) bracketed: Vec<bool>,
    /// Up to each character and behind the last: Hangul, signs of code, gaps, sentence ends before a gap.
    pub(crate) sums: Vec<[u32; 4]>,
    /// Log odds of a space before each character, in eighths; 0 until measured.
    pub(crate) spacing: Vec<i8>,
    /// The anchors of headings, as places among all visible characters.
    anchors: Vec<usize>,
    /// The characters that stand behind them.
    pub(crate) anchored: Vec<usize>,
}

impl Glued {
    pub(crate) fn new(flat: &str) -> Self {
        let mut glued = Self {
            chars: Vec::new(),
            classes: Vec::new(),
            gaps: Vec::new(),
            offsets: Vec::new(),
            spaced: Vec::new(),
            places: Vec::new(),
            starts: Counts::default(),
            ends: Counts::default(),
            insides: Counts::default(),
            since_joint: Vec::new(),
            to_joint: Vec::new(),
            numbers: HashMap::new(),
            glued_tenths: 0,
            bracketed: Vec::new(),
            sums: Vec::new(),
            spacing: Vec::new(),
            anchors: Vec::new(),
            anchored: Vec::new(),
        };
        let chars = visible(flat);
        glued.anchors = anchor::places(&chars);
        let mut anchors = glued.anchors.iter().peekable();
        for (idx, Visible { offset, c, gap }) in chars.into_iter().enumerate() {
            if anchors.next_if_eq(&&idx).is_some() {
                continue;
            }
            if gap != Gap::None && !glued.chars.is_empty() {
                glued.spaced.push(u32::from(' '));
            }
            glued.places.push(glued.spaced.len());
            glued.spaced.push(u32::from(c));
            glued.chars.push(c);
            glued.classes.push(class(c));
            glued.gaps.push(gap);
            glued.offsets.push(offset);
        }
        glued.anchored = glued.anchors.iter().map(|&anchor| glued.place_of(anchor)).collect();
        glued.add_up();
        glued.count_words();
        glued.measure_joints();
        glued.find_numbers();
        glued
    }

    /// Visible characters.
    pub(crate) fn len(&self) -> usize {
        self.chars.len()
    }

    /// Where a character stands here, from its place among all visible characters.
    pub(crate) fn place_of(&self, visible: usize) -> usize {
        visible - self.anchors.partition_point(|&anchor| anchor < visible)
    }

    pub(crate) fn class(&self, idx: usize) -> Class {
        self.classes.get(idx).copied().unwrap_or(31)
    }

    pub(crate) fn gap(&self, idx: usize) -> Gap {
        self.gaps.get(idx).copied().unwrap_or(Gap::Space)
    }

    /// Log odds of a space before the character, in eighths.
    pub(crate) fn spacing(&self, idx: usize) -> i8 {
        self.spacing.get(idx).copied().unwrap_or(0)
    }

    /// The character `back` places before `idx`, as a number; 0 before the body.
    pub(crate) fn before(&self, idx: usize, back: usize) -> u64 {
        idx.checked_sub(back).and_then(|idx| self.chars.get(idx)).map_or(0, |&c| u64::from(u32::from(c)))
    }

    /// The character `ahead` places after `idx`; 0 behind the body.
    pub(crate) fn after(&self, idx: usize, ahead: usize) -> u64 {
        self.chars.get(idx + ahead).map_or(0, |&c| u64::from(u32::from(c)))
    }

    /// Key of the two or three characters that begin at `idx`.
    pub(crate) fn start_key(&self, idx: usize, n: usize) -> u64 {
        (0..n).fold(n as u64, |key, ahead| (key << 21) ^ self.after(idx, ahead))
    }

    /// Key of the two or three characters that end before `idx`.
    pub(crate) fn end_key(&self, idx: usize, n: usize) -> u64 {
        (1..=n).fold(n as u64, |key, back| (key << 21) ^ self.before(idx, back))
    }

    /// Key of the characters on both sides of the joint before `idx`, `n` on each.
    pub(crate) fn inside_key(&self, idx: usize, n: usize) -> u64 {
        self.start_key(idx, n).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ self.end_key(idx, n)
    }

    fn add_up(&mut self) {
        let mut sums = [0; 4];
        self.sums.push(sums);
        for idx in 0..self.len() {
            let (class, has_gap) = (self.class(idx), self.gap(idx) != Gap::None);
            let is_end = has_gap && idx.checked_sub(1).is_some_and(|before| self.class(before) == STOP);
            for (sum, is) in sums.iter_mut().zip([class == HANGUL, is_sign(class), has_gap, is_end]) {
                *sum += u32::from(is);
            }
            self.sums.push(sums);
        }
    }

    /// What [`Self::sums`] counts, from one character up to another.
    pub(crate) fn counts(&self, lo: usize, hi: usize) -> [u32; 4] {
        let at = |idx: usize| self.sums.get(idx).or(self.sums.last()).copied().unwrap_or_default();
        let mut counts = at(hi);
        counts.iter_mut().zip(at(lo)).for_each(|(count, before)| *count = count.saturating_sub(before));
        counts
    }

    fn count_words(&mut self) {
        for idx in 0..self.len() {
            if self.gap(idx) == Gap::None && idx != 0 {
                for n in [1, 2] {
                    *self.insides.entry(self.inside_key(idx, n)).or_insert(0) += 1;
                }
                continue;
            }
            for n in [2, 3] {
                *self.starts.entry(self.start_key(idx, n)).or_insert(0) += 1;
                *self.ends.entry(self.end_key(idx, n)).or_insert(0) += 1;
            }
        }
    }

    /// A sentence end and, without a space, a letter: the joints that are nearly always true.
    pub(crate) fn is_sure_joint(&self, idx: usize) -> bool {
        idx != 0 && self.gap(idx) == Gap::None && self.is_sentence_end(idx) && matches!(self.class(idx), HANGUL | UPPER | LOWER)
    }

    /// Whether a Korean sentence ends before `idx`.
    pub(crate) fn is_sentence_end(&self, idx: usize) -> bool {
        let Some(last) = idx.checked_sub(1) else { return false };
        matches!(self.class(last), STOP | MARK) && last.checked_sub(1).is_some_and(|before| self.class(before) == HANGUL)
    }

    fn measure_joints(&mut self) {
        let n = self.len();
        let (mut n_glued, mut n_ends) = (0, 0);
        let joints: Vec<bool> = (0..n).map(|idx| self.is_sure_joint(idx)).collect();
        for (idx, &joint) in joints.iter().enumerate() {
            n_glued += u32::from(joint);
            n_ends += u32::from(self.is_sentence_end(idx));
        }
        self.glued_tenths = (10 * n_glued).checked_div(n_ends).unwrap_or(0);
        let mut distance = 0;
        for &joint in &joints {
            distance = if joint { 0 } else { distance + 1 };
            self.since_joint.push(distance);
        }
        distance = 0;
        self.to_joint = vec![0; n];
        for (to_joint, &joint) in self.to_joint.iter_mut().zip(&joints).rev() {
            *to_joint = distance;
            distance = if joint { 1 } else { distance + 1 };
        }
        let mut depth = 0_u32;
        for &c in &self.chars {
            match c {
                ')' | ']' | '}' | '”' | '’' | '」' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.bracketed.push(0 < depth && depth < 4);
            if matches!(c, '(' | '[' | '{' | '“' | '‘' | '「') {
                depth += 1;
            }
        }
    }

    fn find_numbers(&mut self) {
        for idx in 0..self.len() {
            if let Some(number) = self.number_at(idx) {
                *self.numbers.entry(number).or_insert(0) += 1;
            }
        }
    }

    /// The number that begins at `idx` and ends with a full stop or bracket, as list marks do.
    pub(crate) fn number_at(&self, idx: usize) -> Option<u32> {
        let rest = self.chars.get(idx..)?;
        let n_digits = rest.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let before_is_digit = idx.checked_sub(1).is_some_and(|before| self.class(before) == DIGIT && self.gap(idx) == Gap::None);
        if n_digits == 0 || 2 < n_digits || before_is_digit || !matches!(rest.get(n_digits), Some('.' | ')')) {
            return None;
        }
        rest.iter().take(n_digits).try_fold(0, |number, c| Some(number * 10 + c.to_digit(10)?))
    }
}

/// White space, and what has no width.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2060}' | '\u{200d}' | '\u{fe0f}' | '\u{1c}'..='\u{1f}')
}

fn class(c: char) -> Class {
    match c {
        '가'..='힣' => HANGUL,
        'a'..='z' => LOWER,
        'A'..='Z' => UPPER,
        '0'..='9' => DIGIT,
        '.' | '。' => STOP,
        ',' => 5,
        '?' | '!' | '…' => MARK,
        '(' | '[' | '「' | '“' | '‘' | '《' | '<' => OPEN,
        ')' | ']' | '」' | '”' | '’' | '》' | '>' => CLOSE,
        '"' | '\'' => 9,
        'ㄱ'..='ㆎ' => 10,
        '{' | '}' | '=' | ';' | '/' | '\\' | '$' | '_' | '|' | '&' | '@' | '+' | '%' | '`' => CODE,
        '#' => 12,
        ':' => 13,
        '-' | '–' | '—' => 14,
        '*' | '~' | '^' => 18,
        '·' | '•' | '■' | '▶' | '●' | '○' | '◦' | '※' | '①'..='⑳' | '➀'..='➓' => BULLET,
        c if c.is_alphabetic() => 15,
        _ => 16,
    }
}
