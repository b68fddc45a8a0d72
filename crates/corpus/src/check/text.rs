//! Text that went through the wrong decoder, and addresses.

/// What in a text no writer typed: characters that stand for lost bytes, or UTF-8 that was read as something else.
pub(super) fn broken(text: &str) -> Option<&'static str> {
    if text.contains('\u{FFFD}') {
        return Some("signs for bytes that were lost (�)");
    }
    // What U+FFFD looks like once its bytes were read as CP949.
    if text.contains("占쏙옙") {
        return Some("the remains of lost bytes (占쏙옙)");
    }
    let mut n_pairs = 0;
    let mut previous = ' ';
    for c in text.chars() {
        // Hangul in UTF-8 begins with EA to ED, which Latin-1 shows as ê to í; what follows is no letter there.
        let follows = matches!(c, '\u{80}'..='\u{BF}' | '\u{2013}'..='\u{203A}' | '\u{20AC}' | '\u{152}' | '\u{153}' | '\u{160}' | '\u{161}' | '\u{178}' | '\u{17D}' | '\u{17E}' | '\u{2122}' | '\u{2C6}' | '\u{2DC}');
        n_pairs += usize::from(('ê'..='í').contains(&previous) && follows);
        previous = c;
    }
    (3 <= n_pairs).then_some("Hangul that was read as Latin letters")
}

/// Percent signs of an address resolved; as it is if that is no text.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        if let (b'%', [hi, lo, after @ ..]) = (first, tail)
            && let (Some(hi), Some(lo)) = (hex(*hi), hex(*lo))
        {
            bytes.push(hi * 16 + lo);
            rest = after;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{broken, percent_decoded};

    #[test]
    fn wrongly_decoded_text_is_seen() {
        let as_latin: String = "안녕하세요".bytes().map(char::from).collect();
        for text in [as_latin.as_str(), "끝이 \u{FFFD}다", "占쏙옙占쏙옙"] {
            assert!(broken(text).is_some(), "{text}");
        }
        for text in ["안녕하세요", "déjà vu, crêpe, naïve", "«él»", "人사이드 👀"] {
            assert_eq!(broken(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_decoded() {
        assert_eq!(percent_decoded("%EA%B0%80-b"), "가-b");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%FF"), "%FF");
    }
}
