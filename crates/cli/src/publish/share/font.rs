//! The one typeface that pictures are set in, and lines of text as outlines: widths, pairs set closer, and which characters have no shape.

use anyhow::{Context, Result};
use tiny_skia::{Path, PathBuilder, Transform};
use ttf_parser::{
    Face, GlyphId, OutlineBuilder,
    gpos::{PairAdjustment, PositioningSubtable},
};

/// Every modern syllable, Latin and punctuation of one bold weight, packed with brotli; `crates/cli/font/README.md` says how it was made.
const PACKED: &[u8] = include_bytes!("../../../font/share-bold.otf.br");

/// The file of the typeface, unpacked: 1.3 MB, some milliseconds.
///
/// # Errors
/// If the program itself is damaged.
pub(super) fn unpacked() -> Result<Vec<u8>> {
    let mut out = Vec::new();
    ::brotli::BrotliDecompress(&mut &*PACKED, &mut out).context("unpacking the typeface of pictures")?;
    Ok(out)
}

/// A typeface, ready to set lines in.
pub(super) struct Font<'a> {
    face: Face<'a>,
}

impl<'a> Font<'a> {
    /// Reads a file of OpenType.
    ///
    /// # Errors
    /// If it is none.
    pub(super) fn new(file: &'a [u8]) -> Result<Self> {
        Ok(Self { face: Face::parse(file, 0).context("reading the typeface of pictures")? })
    }

    /// Whether a character can be drawn. Space can, what nobody sees needs no shape.
    pub(super) fn has(&self, c: char) -> bool {
        c.is_whitespace() || is_unseen(c) || self.face.glyph_index(c).is_some()
    }

    /// A text without what has no shape, and without the gaps that this leaves.
    pub(super) fn shown(&self, text: &str) -> String {
        let kept: String = text.chars().filter(|c| c.is_whitespace() || self.face.glyph_index(*c).is_some()).collect();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// How wide a line is at a size in pixels.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let mut width = 0.0;
        self.walk(text, |_, advance| width += advance);
        width * self.scale(size)
    }

    /// The outline of a line that begins at `x` on the base line `y`; `None` if nothing of it is seen.
    pub(super) fn outline(&self, text: &str, size: f32, x: f32, y: f32) -> Option<Path> {
        let scale = self.scale(size);
        let mut pen = Pen { path: PathBuilder::new(), x: 0.0 };
        self.walk(text, |glyph, advance| {
            self.face.outline_glyph(glyph, &mut pen);
            pen.x += advance;
        });
        pen.path.finish()?.transform(Transform::from_row(scale, 0.0, 0.0, -scale, x, y))
    }

    /// Each glyph with the way to the next one, in the typeface's units. Characters without a shape are left out.
    fn walk(&self, text: &str, mut step: impl FnMut(GlyphId, f32)) {
        let mut glyphs = text.chars().filter_map(|c| Some((c, self.face.glyph_index(c)?))).peekable();
        while let Some((c, glyph)) = glyphs.next() {
            let advance = i32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default());
            // Syllables are all as wide as each other and stand in no pairs.
            let next = glyphs.peek().filter(|(next, _)| c.is_ascii() && next.is_ascii());
            let pair = next.map_or(0, |(_, next)| i32::from(self.pair(glyph, *next)));
            step(glyph, (advance + pair) as f32);
        }
    }

    /// By how much the second of two glyphs stands closer to the first.
    fn pair(&self, first: GlyphId, second: GlyphId) -> i16 {
        let Some(table) = self.face.tables().gpos else { return 0 };
        for lookup in table.lookups {
            for subtable in lookup.subtables.into_iter::<PositioningSubtable<'_>>() {
                let PositioningSubtable::Pair(pairs) = subtable else { continue };
                let Some(index) = pairs.coverage().get(first) else { continue };
                let found = match pairs {
                    PairAdjustment::Format1 { sets, .. } => sets.get(index).and_then(|set| set.get(second)),
                    PairAdjustment::Format2 { classes, matrix, .. } => matrix.get((classes.0.get(first), classes.1.get(second))),
                };
                if let Some((value, _)) = found {
                    return value.x_advance;
                }
            }
        }
        0
    }

    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.face.units_per_em())
    }
}

/// Joiners and variation selectors: they change how others look, and have no look of their own.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Draws glyphs one behind the other.
struct Pen {
    path: PathBuilder,
    x: f32,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + x1, y1, self.x + x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + x1, y1, self.x + x2, y2, self.x + x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Font, unpacked};

    #[test]
    fn every_syllable_and_ascii_have_a_shape() {
        let file = unpacked().unwrap();
        let font = Font::new(&file).unwrap();
        let missing: String = ('가'..='힣').chain(' '..='~').chain("·—“”‘’…①→ㄱ".chars()).filter(|c| !font.has(*c)).collect();
        assert_eq!(missing, "");
        assert!(!font.has('人') && !font.has('😀') && font.has('\u{200d}'));
    }

    #[test]
    fn pairs_stand_closer_and_what_has_no_shape_takes_no_room() {
        let file = unpacked().unwrap();
        let font = Font::new(&file).unwrap();
        let width = |text: &str| font.width(text, 100.0);
        assert!(width("AV") < width("A") + width("V"));
        assert_eq!(font.shown("🎉 오픈소스 😀 축제\u{200d}"), "오픈소스 축제");
        assert_eq!(width("가😀나").to_bits(), width("가나").to_bits());
        assert!(font.outline("가", 40.0, 0.0, 0.0).is_some() && font.outline(" ", 40.0, 0.0, 0.0).is_none());
    }
}
