//! A picture as PNG with a palette: flat colours and their edges, which is all that covers and letters are, in a tenth of the bytes.

use std::{collections::BTreeMap, io::Write};

use anyhow::{Context, Result};
use flate2::{Compression, Crc, write::ZlibEncoder};
use tiny_skia::Pixmap;

/// How many colours a palette may hold, by the format.
const MAX_COLOURS: usize = 256;

/// What every PNG begins and ends with.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
pub(super) const END: &[u8] = b"\0\0\0\0IEND\xaeB`\x82";

type Rgb = [u8; 3];

/// The bytes of the file. The same picture gives the same bytes. What is transparent becomes black.
pub(super) fn encode(picture: &Pixmap) -> Result<Vec<u8>> {
    let (palette, indices) = palette(&runs(picture));
    let mut header = Vec::new();
    header.extend(picture.width().to_be_bytes());
    header.extend(picture.height().to_be_bytes());
    // Eight bits a pixel, a palette, nothing else out of the ordinary.
    header.extend([8, 3, 0, 0, 0]);
    let mut data = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in indices.chunks(picture.width() as usize) {
        // No filter: neighbours in a palette are strangers.
        data.write_all(&[0]).and_then(|()| data.write_all(row)).context("compressing a picture")?;
    }
    let mut out = SIGNATURE.to_vec();
    chunk(&mut out, b"IHDR", &header)?;
    chunk(&mut out, b"PLTE", &palette.concat())?;
    chunk(&mut out, b"IDAT", &data.finish().context("compressing a picture")?)?;
    out.extend(END);
    Ok(out)
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) -> Result<()> {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    out.extend(u32::try_from(data.len()).context("a picture larger than the format allows")?.to_be_bytes());
    out.extend(kind);
    out.extend(data);
    out.extend(sum.sum().to_be_bytes());
    Ok(())
}

/// Colours and how many pixels in a row have them: most of a picture is long runs.
fn runs(picture: &Pixmap) -> Vec<(Rgb, usize)> {
    let mut runs = Vec::new();
    let mut rest = picture.pixels();
    while let Some(first) = rest.first() {
        let n = rest.iter().position(|pixel| pixel != first).unwrap_or(rest.len());
        runs.push(([first.red(), first.green(), first.blue()], n));
        rest = rest.get(n..).unwrap_or_default();
    }
    runs
}

/// The commonest colours, and each pixel as the nearest of them.
fn palette(runs: &[(Rgb, usize)]) -> (Vec<Rgb>, Vec<u8>) {
    let mut counts: BTreeMap<Rgb, usize> = BTreeMap::new();
    for (colour, n) in runs {
        *counts.entry(*colour).or_default() += n;
    }
    let mut by_count: Vec<(usize, Rgb)> = counts.iter().map(|(colour, count)| (*count, *colour)).collect();
    by_count.sort_unstable_by(|a, b| b.cmp(a));
    let palette: Vec<Rgb> = by_count.iter().take(MAX_COLOURS).map(|(_, colour)| *colour).collect();
    let indices_of: BTreeMap<Rgb, u8> = counts.into_keys().map(|colour| (colour, nearest(&palette, colour))).collect();
    let mut indices = Vec::new();
    for (colour, n) in runs {
        indices.resize(indices.len() + n, indices_of.get(colour).copied().unwrap_or_default());
    }
    (palette, indices)
}

fn nearest(palette: &[Rgb], [r, g, b]: Rgb) -> u8 {
    let mut best = (0, u32::MAX);
    for (other, index) in palette.iter().zip(0_u8..=u8::MAX) {
        let (dr, dg, db) = (other[0].abs_diff(r), other[1].abs_diff(g), other[2].abs_diff(b));
        let distance = u32::from(dr).pow(2) + u32::from(dg).pow(2) + u32::from(db).pow(2);
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Read;

    use tiny_skia::{Color, Pixmap};

    use super::{END, SIGNATURE, encode, palette};

    #[test]
    fn a_picture_keeps_its_size_and_colours() {
        let mut picture = Pixmap::new(3, 2).unwrap();
        picture.fill(Color::from_rgba8(1, 2, 3, 255));
        let png = encode(&picture).unwrap();
        assert!(png.starts_with(SIGNATURE) && png.ends_with(END));
        assert_eq!(&png[16..24], [0, 0, 0, 3, 0, 0, 0, 2]);
        // Header chunk: 8 + 25 bytes; then a palette of one colour, then the data.
        assert_eq!(&png[33..44], [0, 0, 0, 3, b'P', b'L', b'T', b'E', 1, 2, 3]);
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&png[56..]).read_to_end(&mut rows).unwrap();
        assert_eq!(rows, [0; 8]);
    }

    #[test]
    fn rare_colours_become_the_nearest_common_one() {
        let mut runs: Vec<([u8; 3], usize)> = (0..=255).map(|n| ([n, 0, 0], 2)).collect();
        runs.push(([10, 1, 0], 1));
        let (palette, indices) = palette(&runs);
        assert_eq!(palette.len(), 256);
        assert_eq!(palette[usize::from(*indices.last().unwrap())], [10, 0, 0]);
    }
}
