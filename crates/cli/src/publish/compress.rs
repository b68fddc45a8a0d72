//! Files compressed beforehand, `.br` and `.gz` beside each, for hosts that hand them out as they are.

use std::io::Write;

use anyhow::{Context, Result};

/// Endings of files that shrink. Pictures and fonts are compressed already.
const SHRINKING: [&str; 10] = ["html", "js", "mjs", "css", "json", "wasm", "svg", "xml", "txt", "bin"];

/// Below this a file fits one packet with its headers, and compressing it gains nothing.
const MIN_BYTES: usize = 600;

/// Whether compressing a file is worth it.
pub(super) fn is_worth(path: &str, content: &[u8]) -> bool {
    MIN_BYTES <= content.len() && path.rsplit_once('.').is_some_and(|(_, ending)| SHRINKING.contains(&ending) || ending == "webmanifest")
}

/// Brotli at its best quality.
pub(super) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let params = ::brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut out = Vec::new();
    ::brotli::BrotliCompress(&mut &*content, &mut out, &params).context("compressing with brotli")?;
    Ok(out)
}

/// gzip at its best level, without a time in its header: the same content gives the same bytes.
pub(super) fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::GzBuilder::new().mtime(0).write(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).and_then(|()| encoder.finish()).context("compressing with gzip")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Read;

    use super::{brotli, gzip, is_worth};

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "이야기 ".repeat(200);
        let mut back = Vec::new();
        ::brotli::BrotliDecompress(&mut &*brotli(text.as_bytes()).unwrap(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        let mut back = String::new();
        flate2::read::GzDecoder::new(&*gzip(text.as_bytes()).unwrap()).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        assert_eq!(gzip(text.as_bytes()).unwrap(), gzip(text.as_bytes()).unwrap());
    }

    #[test]
    fn small_files_and_pictures_are_left() {
        assert!(is_worth("a.html", &[b' '; 600]) && is_worth("data/search-1.bin", &[0; 9000]));
        assert!(!is_worth("a.html", b"small") && !is_worth("a.png", &[0; 9000]) && !is_worth("LICENSE", &[0; 9000]));
    }
}
