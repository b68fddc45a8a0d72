//! Files compressed beforehand, `.br` and `.gz` beside each, for hosts that hand them out as they are.

use std::io::Write;

use anyhow::{Context, Result};

use super::policy::is_immutable;

/// Endings of files that shrink. Pictures and fonts are compressed already.
const SHRINKING: [&str; 10] = ["html", "js", "mjs", "css", "json", "wasm", "svg", "xml", "txt", "bin"];

/// Below this a file fits one packet with its headers, and compressing it gains nothing.
const MIN_BYTES: usize = 600;

/// Whether compressing a file is worth it.
pub(super) fn is_worth(path: &str, content: &[u8]) -> bool {
    MIN_BYTES <= content.len() && path.rsplit_once('.').is_some_and(|(_, ending)| SHRINKING.contains(&ending) || ending == "webmanifest")
}

/// An archive of fewer stories is compressed as well as can be: half a megabyte a second.
const LARGE: usize = 1000;

/// How hard brotli tries, 0 to 11. In a large archive what one page alone shows is a tenth larger than it could be and made 25 times as fast;
/// what every reader loads gets more, the program all.
pub(super) fn quality(path: &str, n_stories: usize) -> i32 {
    let is_of_every_reader = |path: &str| path.starts_with("data/cards-") || path.starts_with("data/search-") || path == "index.html";
    match path {
        _ if n_stories < LARGE => 11,
        // The app lies at the top.
        _ if !path.contains('/') && is_immutable(path) => 11,
        _ if is_of_every_reader(path) => 9,
        _ => 5,
    }
}

/// Brotli.
pub(super) fn brotli(content: &[u8], quality: i32) -> Result<Vec<u8>> {
    let params = ::brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: content.len(), ..Default::default() };
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

    use super::{brotli, gzip, is_worth, quality};

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "이야기 ".repeat(200);
        let mut back = Vec::new();
        ::brotli::BrotliDecompress(&mut &*brotli(text.as_bytes(), 11).unwrap(), &mut back).unwrap();
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

    #[test]
    fn a_large_archive_spends_its_time_on_what_everybody_loads() {
        let of = |path: &str| [quality(path, 999), quality(path, 1000)];
        assert_eq!(of("story/a.html"), [11, 5]);
        assert_eq!(of("data/cards-0123456789abcdef.json"), [11, 9]);
        assert_eq!(of("style-0123456789abcdef.css"), [11, 11]);
    }
}
