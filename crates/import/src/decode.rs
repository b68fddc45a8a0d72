//! From the bytes of a file to text: encoding found and converted, byte order mark dropped, line ends as `\n`, Hangul precomposed.
//!
//! Nothing is guessed where text could be lost: bytes that no known encoding explains are an error, never replaced.

use corpus::Problem;
use encoding_rs::{EUC_KR, Encoding, UTF_16BE, UTF_16LE};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text of a file and what was done to get it.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// NFC, with `\n` as its only line end.
    pub text: String,
    /// What was changed, one note a change; empty for UTF-8 in NFC without a mark.
    pub notes: Vec<Problem>,
}

/// How far into a file a page or feed may name its encoding, in bytes. Browsers look at 1024.
const DECLARED_WITHIN: usize = 1024;

/// Reads the bytes as UTF-8, UTF-16 or EUC-KR / CP949, or as the encoding that the page itself names.
///
/// # Errors
/// A [`Problem`] when the bytes are no text in any of them.
pub fn decode(file: &str, bytes: &[u8]) -> Result<Decoded, Problem> {
    let mut notes = Vec::new();
    let without_mark = bytes.strip_prefix(b"\xEF\xBB\xBF");
    if without_mark.is_some() {
        notes.push(converted(file, "the file began with a byte order mark"));
    }
    let bytes = without_mark.unwrap_or(bytes);
    let text = if let Some(encoding) = utf16(bytes) {
        notes.push(converted(file, &format!("the file was {}", encoding.name())));
        strict(encoding, bytes).ok_or_else(|| binary(file, 1))?
    } else {
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                let (encoding, text) = other_encoding(bytes).ok_or_else(|| binary(file, line_at(bytes, error.valid_up_to())))?;
                let name = if encoding == EUC_KR { "EUC-KR / CP949" } else { encoding.name() };
                notes.push(converted(file, &format!("the file was {name}")));
                text
            }
        }
    };
    if let Some(idx) = text.bytes().position(|byte| byte == 0) {
        return Err(binary(file, line_at(text.as_bytes(), idx)));
    }
    if !is_nfc(&text) {
        notes.push(converted(file, "the file held decomposed letters (NFD)"));
    }
    Ok(Decoded { text: normalise(&text), notes })
}

/// Line ends as `\n`, everything composed.
pub(crate) fn normalise(text: &str) -> String {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

fn converted(file: &str, message: &str) -> Problem {
    Problem::note(file, 1, message, "it was converted, nothing needs to be done")
}

fn binary(file: &str, line: usize) -> Problem {
    Problem::error(file, line, "the file holds bytes that are no text", "give a text file in UTF-8, UTF-16 or EUC-KR")
}

fn line_at(bytes: &[u8], end: usize) -> usize {
    1 + bytes.iter().take(end).filter(|&&byte| byte == b'\n').count()
}

/// The text, if every byte has a meaning.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let bytes = match bytes {
        [0xFF, 0xFE, rest @ ..] if encoding == UTF_16LE => rest,
        [0xFE, 0xFF, rest @ ..] if encoding == UTF_16BE => rest,
        _ => bytes,
    };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// By the mark, or by the zero bytes that UTF-16 puts beside every line end and space.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    if bytes.len() < 4 || bytes.len() % 2 == 1 {
        return None;
    }
    let (units, _) = bytes.as_chunks::<2>();
    let n_ascii = |is_ascii: fn(&[u8; 2]) -> bool| units.iter().filter(|unit| is_ascii(unit)).count();
    let little = n_ascii(|[lo, hi]| *hi == 0 && matches!(lo, b' ' | b'\n'));
    let big = n_ascii(|[hi, lo]| *hi == 0 && matches!(lo, b' ' | b'\n'));
    let other_zeros = units.iter().filter(|unit| **unit == [0, 0]).count();
    // A binary file has both, or zeros in pairs.
    match (little, big, other_zeros) {
        (1.., 0, 0) if units.len() <= little * 200 => Some(UTF_16LE),
        (0, 1.., 0) if units.len() <= big * 200 => Some(UTF_16BE),
        _ => None,
    }
}

/// CP949 if it looks like Korean, otherwise what the page names, if that explains every byte.
fn other_encoding(bytes: &[u8]) -> Option<(&'static Encoding, String)> {
    let declared = declared(bytes).filter(|encoding| !encoding.name().starts_with("UTF-"));
    for encoding in [Some(EUC_KR), declared].into_iter().flatten() {
        if let Some(text) = strict(encoding, bytes)
            && (Some(encoding) == declared || is_korean(&text))
            && !text.chars().any(|c| c.is_control() && !c.is_whitespace())
        {
            return Some((encoding, text));
        }
    }
    None
}

/// The encoding that `<meta charset>`, `<?xml encoding?>` or a Content-Type names near the beginning.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(DECLARED_WITHIN).map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    ["charset=", "encoding="].iter().find_map(|key| {
        let (_, rest) = head.split_once(key)?;
        let name = rest.trim_start_matches(['"', '\'', ' ']);
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(name.len());
        Encoding::for_label(name.get(..end)?.as_bytes())
    })
}

/// Most of what is not ASCII is Hangul.
fn is_korean(text: &str) -> bool {
    let n_hangul = text.chars().filter(|c| ('가'..='힣').contains(c)).count();
    let n_foreign = text.chars().filter(|c| !c.is_ascii()).count();
    n_foreign < 2 * n_hangul
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use encoding_rs::EUC_KR;
    use proptest::prelude::*;

    use super::decode;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, notes: &[&str]) {
        let decoded = decode("a.txt", bytes).unwrap();
        assert_eq!(decoded.text, text);
        let found: Vec<&str> = decoded.notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(found, notes);
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], line: usize) {
        let fix = "give a text file in UTF-8, UTF-16 or EUC-KR";
        let message = format!("a.txt:{line}: error: the file holds bytes that are no text; {fix}");
        assert_eq!(decode("a.txt", bytes).unwrap_err().to_string(), message);
    }

    #[test]
    fn mark_line_ends_and_decomposed_hangul_are_normalised() {
        let bytes = "\u{FEFF}\u{1112}\u{1161}\u{11AB}\r\n글\r끝".as_bytes();
        check(bytes, "한\n글\n끝", &["the file began with a byte order mark", "the file held decomposed letters (NFD)"]);
        check("한\n글\n".as_bytes(), "한\n글\n", &[]);
    }

    #[test]
    fn other_encodings_are_converted() {
        let korean = "첫 줄\n조회수 3\n";
        // 똠 and 펲 are letters of CP949 that EUC-KR proper does not have.
        for text in [korean, "title\n첫 줄\n", "똠방각하 펲시콜라"] {
            check(&EUC_KR.encode(text).0, text, &["the file was EUC-KR / CP949"]);
        }
        let little: Vec<u8> = korean.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&little, korean, &["the file was UTF-16LE"]);
        let big: Vec<u8> = [0xFEFF].into_iter().chain(korean.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        check(&big, korean, &["the file was UTF-16BE"]);
    }

    #[test]
    fn an_encoding_that_the_page_names_counts() {
        let page = "<meta charset=\"windows-1252\"><p>Caf\u{e9} \u{2013} d\u{e9}j\u{e0} vu</p>";
        let bytes: Vec<u8> = page.chars().map(|c| if c == '\u{2013}' { 0x96 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
        check(&bytes, page, &["the file was windows-1252"]);
    }

    #[test]
    fn binary_is_refused() {
        check_refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1);
        check_refused(b"some text\n\0more", 2);
        // Half a letter of CP949 at the end, and half a unit of UTF-16.
        check_refused(&[EUC_KR.encode("글").0.as_ref(), b"\n\xB1"].concat(), 1);
        check_refused(b"\xFF\xFEa\0b", 1);
    }

    proptest! {
        #[test]
        fn korean_in_cp949_comes_back(text in "[가-힣]{2,40}[ a-z가-힣.\n]{0,40}") {
            let (bytes, _, lossy) = EUC_KR.encode(&text);
            prop_assert!(!lossy);
            // Rarely the bytes are UTF-8 or UTF-16 too; then nothing tells them apart.
            if std::str::from_utf8(&bytes).is_err() && super::utf16(&bytes).is_none() {
                prop_assert_eq!(decode("a.txt", &bytes).unwrap().text, text);
            }
        }

        #[test]
        fn any_bytes_are_text_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(decoded) = decode("a.txt", &bytes) {
                prop_assert!(!decoded.text.contains(['\r', '\0']));
            }
        }
    }
}
