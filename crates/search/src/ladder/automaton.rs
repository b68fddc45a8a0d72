//! Ways of reading keys byte by byte, for [`Terms::walk`](crate::index::Terms::walk).

use hangul::{CHOSEONG_BASE, JONGSEONG_BASE, JUNGSEONG_BASE, OTHER, encode, encode_char, is_syllable};

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

/// At most `max` wrong, missing or additional bytes (Levenshtein); one byte is one jamo.
#[derive(Clone, Debug)]
pub(crate) struct Edits {
    key: Vec<u8>,
    max: u8,
}

/// A longer key is not corrected: its row would not fit.
pub(crate) const MAX_EDIT_KEY: usize = 47;

impl Edits {
    pub(crate) fn new(text: &str, max: u8) -> Option<Self> {
        let key = encode(text);
        (key.len() <= MAX_EDIT_KEY).then_some(Self { key, max })
    }
}

impl Automaton for Edits {
    /// One row of the distance table.
    type State = [u8; MAX_EDIT_KEY + 1];

    fn start(&self) -> Self::State {
        std::array::from_fn(|column| column as u8)
    }

    fn step(&self, row: &Self::State, byte: u8) -> Option<Self::State> {
        let mut next = *row;
        let mut diagonal = row[0];
        next[0] = row[0].saturating_add(1);
        let mut least = next[0];
        for (column, wanted) in self.key.iter().enumerate() {
            let above = row[column + 1];
            let changed = diagonal + u8::from(*wanted != byte);
            next[column + 1] = changed.min(above.min(next[column]).saturating_add(1));
            least = least.min(next[column + 1]);
            diagonal = above;
        }
        (least <= self.max).then_some(next)
    }

    fn rank(&self, row: &Self::State) -> Option<u8> {
        let distance = row[self.key.len().min(MAX_EDIT_KEY)];
        (distance <= self.max).then_some(distance)
    }
}

/// The byte classes in one place, for rules on whole syllables of a key.
pub(crate) fn is_one_syllable(key: &[u8]) -> bool {
    match *key {
        [first, vowel] => is_open(first, vowel),
        [first, vowel, final_] => is_open(first, vowel) && (JONGSEONG_BASE..OTHER).contains(&final_),
        _ => false,
    }
}

fn is_open(first: u8, vowel: u8) -> bool {
    (CHOSEONG_BASE..JUNGSEONG_BASE).contains(&first) && (JUNGSEONG_BASE..JONGSEONG_BASE).contains(&vowel)
}
