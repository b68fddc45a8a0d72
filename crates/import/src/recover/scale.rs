//! Sizes, odds, shares and endings as features of one byte, for both second looks.

/// A number by size: eight steps for each doubling.
pub(super) fn log(number: usize) -> u8 {
    (8.0 * (1.0 + number as f32).log2()).min(255.0) as u8
}

/// Log odds in eighths around 128.
pub(super) fn odds(odds: f32) -> u8 {
    (128.0 + 8.0 * odds).clamp(0.0, 255.0) as u8
}

/// A share in hundredths.
pub(super) fn share(part: u32, whole: usize) -> u8 {
    (100.0 * part as f32 / whole.max(1) as f32).min(255.0) as u8
}

/// Endings and particles that say whether a sentence, a clause or a name ends.
pub(super) fn ending(c: char) -> u8 {
    match c {
        '다' => 1,
        '요' => 2,
        '까' | '죠' | '네' | '지' => 3,
        '음' | '함' | '기' | '됨' | '임' => 4,
        '는' | '은' | '이' | '가' => 5,
        '을' | '를' => 6,
        '의' | '에' | '로' | '와' | '과' | '도' | '서' => 7,
        '고' | '며' | '면' | '한' | '할' | '된' | '될' => 8,
        '가'..='힣' => 9,
        _ => 0,
    }
}
