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

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn groups_by_three() {
        for (number, text) in [(0, "0"), (254, "254"), (1082, "1,082"), (12_236, "12,236"), (1_000_000, "1,000,000")] {
            assert_eq!(grouped(number), text);
        }
    }
}
