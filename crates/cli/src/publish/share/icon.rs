//! The site's icons as PNG, for home screens and installers that take no SVG: the site's cover, which carries the first letter of its title.

use anyhow::{Context, Result};
use rayon::prelude::*;
use tiny_skia::{Pixmap, Transform};

use super::{cover, font::Font, png, poster::COVER_UNITS};

/// One icon.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Icon {
    /// Below the site. Not named by its content: home screens ask for it again years later.
    pub(crate) path: &'static str,
    /// Side in pixels.
    pub(crate) side: u32,
    /// How the manifest says what it is for; nothing for the one that pages name.
    pub(crate) purpose: Option<&'static str>,
}

/// The one that iOS puts on its home screen.
pub(crate) const APPLE: &str = "apple-touch-icon.png";

/// All of them.
pub(crate) const ICONS: [Icon; 4] = [
    Icon { path: "icon-192.png", side: 192, purpose: Some("any") },
    Icon { path: "icon-512.png", side: 512, purpose: Some("any") },
    // Whatever shape a home screen cuts out of it: the whole cover, whose letter lies well within the inner four fifths.
    Icon { path: "icon-maskable-512.png", side: 512, purpose: Some("maskable") },
    Icon { path: APPLE, side: 180, purpose: None },
];

/// How much nearer the cover is where nothing is cut off: the letter is what is told apart on a crowded screen.
const NEARER: f32 = 1.45;

/// The files of all icons. `svg` is the site's cover. Deterministic.
///
/// # Errors
/// If the cover is none that `corpus` draws.
pub(super) fn draw(svg: &str, font: &Font<'_>) -> Result<Vec<(&'static str, Vec<u8>)>> {
    ICONS.par_iter().map(|icon| Ok((icon.path, draw_one(icon, svg, font)?))).collect()
}

fn draw_one(icon: &Icon, svg: &str, font: &Font<'_>) -> Result<Vec<u8>> {
    let mut canvas = Pixmap::new(icon.side, icon.side).context("a picture without size")?;
    let nearer = if icon.purpose == Some("maskable") { 1.0 } else { NEARER };
    let scale = icon.side as f32 / COVER_UNITS * nearer;
    let shift = icon.side as f32 * (1.0 - nearer) / 2.0;
    cover::draw(svg, font, &mut canvas, Transform::from_scale(scale, scale).post_translate(shift, shift))?;
    png::encode(&canvas)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use corpus::{CoverFacts, cover_svg};

    use super::{super::font, ICONS, draw};

    #[test]
    fn every_icon_has_its_size_and_is_small() {
        let file = font::unpacked().unwrap();
        let font = font::Font::new(&file).unwrap();
        for title in ["스토리 홈", "人", ""] {
            let svg = cover_svg(&CoverFacts { company: None, title, tags: &[], n_chars: 0 });
            let drawn = draw(&svg, &font).unwrap();
            assert_eq!(drawn, draw(&svg, &font).unwrap());
            for ((path, png), icon) in drawn.iter().zip(ICONS) {
                assert_eq!(*path, icon.path);
                assert_eq!(&png[16..24], [[0, 0], icon.side.to_be_bytes()[2..].try_into().unwrap()].concat().repeat(2), "{path}");
                assert!(png.len() < 30_000, "{path}: {} bytes", png.len());
            }
        }
    }
}
