//! Numbers as readers write them.

/// `7458` as `7,458`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `11240` as `1.1만`, `20000` as `2만`; below ten thousand as [`grouped`]. For places where the order of magnitude is what counts.
pub(crate) fn short(number: u64) -> String {
    let (tens, rest) = (number / 10_000, number % 10_000 / 1000);
    match (tens, rest) {
        (0, _) => grouped(number),
        (1..100, 1..) => format!("{tens}.{rest}만"),
        _ => format!("{}만", grouped(tens)),
    }
}

/// `990587` as `1.0 MB`. Rounded up: nobody is to get more than they were told.
pub(crate) fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", grouped(tenths / 10), tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{grouped, megabytes, short};

    #[test]
    fn sizes_are_rounded_up() {
        let cases = [(0, "0.0 MB"), (1, "0.1 MB"), (990_587, "1.0 MB"), (1_000_000, "1.0 MB"), (1_234_567_890, "1,234.6 MB")];
        for (bytes, expected) in cases {
            assert_eq!(megabytes(bytes), expected);
        }
    }

    #[test]
    fn groups_by_three() {
        for (number, text) in [(0, "0"), (254, "254"), (1082, "1,082"), (12_236, "12,236"), (1_000_000, "1,000,000")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn shortens_by_ten_thousands() {
        for (number, text) in
            [(999, "999"), (9999, "9,999"), (10_000, "1만"), (11_240, "1.1만"), (1_234_567, "123만"), (123_456_789, "12,345만")]
        {
            assert_eq!(short(number), text);
        }
    }
}
