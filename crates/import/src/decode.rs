//! From the bytes of a file to text: UTF-8 checked, byte order mark dropped, line ends as `\n`, Hangul precomposed.
//!
//! Other encodings are named, not converted.

use corpus::Problem;
use encoding_rs::EUC_KR;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The text of a file, NFC, with `\n` as its only line end.
///
/// # Errors
/// A [`Problem`] that names the encoding when it is UTF-16 or EUC-KR / CP949, or says that the file holds no text.
pub fn decode(file: &str, bytes: &[u8]) -> Result<String, Problem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(encoding) = utf16(bytes) {
        return Err(wrong_encoding(file, 1, encoding));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => match text.bytes().position(|byte| byte == 0) {
            Some(idx) => Err(binary(file, line_at(bytes, idx))),
            None => Ok(normalise(text)),
        },
        Err(error) => {
            let line = line_at(bytes, error.valid_up_to());
            Err(if is_euc_kr(bytes) { wrong_encoding(file, line, "CP949") } else { binary(file, line) })
        }
    }
}

/// Line ends as `\n`, everything composed.
pub(crate) fn normalise(text: &str) -> String {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

fn wrong_encoding(file: &str, line: usize, encoding: &str) -> Problem {
    let name = if encoding == "CP949" { "EUC-KR / CP949" } else { encoding };
    let fix = format!("save it as UTF-8, for example with `iconv -f {encoding} -t UTF-8`");
    Problem::error(file, line, format!("the file is not UTF-8 but {name}"), fix)
}

fn binary(file: &str, line: usize) -> Problem {
    Problem::error(file, line, "the file holds bytes that are no text", "give a text file in UTF-8")
}

fn line_at(bytes: &[u8], end: usize) -> usize {
    1 + bytes.iter().take(end).filter(|&&byte| byte == b'\n').count()
}

/// By the mark, or by the zero bytes that UTF-16 puts beside every line end and space.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some("UTF-16LE"),
        [0xFE, 0xFF, ..] => return Some("UTF-16BE"),
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
        (1.., 0, 0) if units.len() <= little * 200 => Some("UTF-16LE"),
        (0, 1.., 0) if units.len() <= big * 200 => Some("UTF-16BE"),
        _ => None,
    }
}

/// Decodes without a fault, and most of what is not ASCII is Hangul.
fn is_euc_kr(bytes: &[u8]) -> bool {
    let Some(text) = EUC_KR.decode_without_bom_handling_and_without_replacement(bytes) else { return false };
    let n_hangul = text.chars().filter(|c| ('가'..='힣').contains(c)).count();
    let n_foreign = text.chars().filter(|c| !c.is_ascii()).count();
    let n_control = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    n_control == 0 && n_foreign < 2 * n_hangul
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use encoding_rs::EUC_KR;

    use super::decode;

    #[track_caller]
    fn check_refused(bytes: &[u8], message: &str) {
        assert_eq!(decode("a.txt", bytes).unwrap_err().to_string(), message);
    }

    #[test]
    fn mark_line_ends_and_decomposed_hangul_are_normalised() {
        assert_eq!(decode("a.txt", "\u{FEFF}\u{1112}\u{1161}\u{11AB}\r\n글\r끝".as_bytes()).unwrap(), "한\n글\n끝");
    }

    #[test]
    fn other_encodings_are_named() {
        let korean = "첫 줄\n조회수 3\n";
        let (bytes, _, _) = EUC_KR.encode(korean);
        let fix = "save it as UTF-8, for example with";
        check_refused(&bytes, &format!("a.txt:1: error: the file is not UTF-8 but EUC-KR / CP949; {fix} `iconv -f CP949 -t UTF-8`"));
        let (mixed, _, _) = EUC_KR.encode("title\n첫 줄\n");
        check_refused(&mixed, &format!("a.txt:2: error: the file is not UTF-8 but EUC-KR / CP949; {fix} `iconv -f CP949 -t UTF-8`"));
        let little: Vec<u8> = korean.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check_refused(&little, &format!("a.txt:1: error: the file is not UTF-8 but UTF-16LE; {fix} `iconv -f UTF-16LE -t UTF-8`"));
        let big: Vec<u8> = [0xFEFF].into_iter().chain(korean.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        check_refused(&big, &format!("a.txt:1: error: the file is not UTF-8 but UTF-16BE; {fix} `iconv -f UTF-16BE -t UTF-8`"));
    }

    #[test]
    fn binary_is_refused() {
        let message = "error: the file holds bytes that are no text; give a text file in UTF-8";
        check_refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &format!("a.txt:1: {message}"));
        check_refused(b"some text\n\0more", &format!("a.txt:2: {message}"));
    }
}
