//! Hangul as data: syllables and their jamo, initial consonants (초성), the 두벌식 keyboard, particles (조사) and endings.
//!
//! Works on NFC text and has no dependencies. What it leaves to others: which words a text has, and what they mean.

mod choseong;
mod code;
mod josa;
mod layout;
mod stem;
mod syllable;

pub use choseong::{choseong, is_choseong};
pub use code::{CHOSEONG_BASE, JONGSEONG_BASE, JUNGSEONG_BASE, OTHER, decode, encode, encode_char, encode_final};
pub use josa::{Josa, josa};
pub use layout::{from_qwerty, to_qwerty};
pub use stem::{Stem, Strength, stems, takes_particle};
pub use syllable::{Syllable, compose_jamo, is_jamo, is_syllable, parts, split_cluster};
