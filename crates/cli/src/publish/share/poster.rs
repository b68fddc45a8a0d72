//! One picture: the cover at the left, at full height, and the title beside it on paper.

use anyhow::{Context, Result};
use tiny_skia::{Color, FillRule, IntSize, Paint, Pixmap, PixmapPaint, Rect, Transform};

use super::{
    cover::{self, solid},
    font::Font,
    png,
    wrap::wrap,
};

/// Raise it when pictures of the same facts are to look different: their files get other names and are drawn anew.
pub(super) const VERSION: u32 = 1;

/// The size that those who show shared links ask for, in pixels.
pub(crate) const WIDTH: u32 = 1200;
pub(crate) const HEIGHT: u32 = 630;

/// How much of the picture is cover; the cover is a square, cut at both sides.
const COVER: u32 = 456;

/// Side of the square that covers are drawn in.
pub(super) const COVER_UNITS: f32 = 160.0;

/// Where text begins, and how wide it may be.
const LEFT: f32 = 528.0;
const ROOM: f32 = 608.0;

/// Sizes of the small lines, and where their base lines are.
const OWNER_SIZE: f32 = 31.0;
const SITE_SIZE: f32 = 27.0;
const SITE_BASE: f32 = 562.0;

/// The title's lines: their distance in sizes, and the height that their middle is at.
const LEADING: f32 = 1.32;
const MIDDLE: f32 = 286.0;

/// The colours of the app's light theme: paper, ink, softer ink, edge.
const PAPER: [u8; 3] = [0xfc, 0xfa, 0xf6];
const INK: [u8; 3] = [0x2a, 0x23, 0x1d];
const SOFT: [u8; 3] = [0x66, 0x5c, 0x54];
const EDGE: [u8; 3] = [0xdd, 0xd7, 0xcd];

/// What a picture says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Poster {
    /// The cover as SVG.
    pub(super) cover: String,
    pub(super) title: String,
    /// The line above the title: a company, or what the site is about.
    pub(super) owner: Option<String>,
    /// The site's name, below.
    pub(super) site: String,
}

impl Poster {
    /// Everything that stands in it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [self.title.as_str(), &self.site].into_iter().chain(self.owner.as_deref())
    }

    /// The file of the picture. Deterministic.
    ///
    /// # Errors
    /// If the cover is none that `corpus` draws.
    pub(super) fn draw(&self, font: &Font<'_>) -> Result<Vec<u8>> {
        let size = IntSize::from_wh(WIDTH, HEIGHT).context("a picture without size")?;
        let mut canvas = Pixmap::new(size.width(), size.height()).context("a picture without size")?;
        canvas.fill(colour(PAPER));
        let mut cover = Pixmap::new(COVER, HEIGHT).context("a picture without size")?;
        let scale = HEIGHT as f32 / COVER_UNITS;
        let place = Transform::from_scale(scale, scale).post_translate((COVER as f32 - HEIGHT as f32) / 2.0, 0.0);
        let colours = cover::draw(&self.cover, font, &mut cover, place)?;
        canvas.draw_pixmap(0, 0, cover.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
        // One of the two is dark, whichever way round the cover is.
        let dark = if luminance(colours.ground) < luminance(colours.letter) { colours.ground } else { colours.letter };
        let mut page = Page { canvas, font };
        let title = wrap(&font.shown(&self.title), ROOM, |text, size| font.width(text, size));
        let leading = title.size * LEADING;
        let n_more = title.lines.len().saturating_sub(1) as f32;
        // Letters reach some seven tenths of their size above the base line.
        let first = MIDDLE + title.size * 0.36 - n_more * leading / 2.0;
        if let Some(owner) = &self.owner {
            page.line(owner, OWNER_SIZE, first - title.size * 0.72 - OWNER_SIZE * 1.15, &solid(dark));
        }
        for (line, n) in title.lines.iter().zip(0_u8..) {
            page.line(line, title.size, first + f32::from(n) * leading, &solid(colour(INK)));
        }
        page.rule(SITE_BASE - SITE_SIZE * 1.9);
        page.line(&self.site, SITE_SIZE, SITE_BASE, &solid(colour(SOFT)));
        png::encode(&page.canvas)
    }
}

/// The half with words.
struct Page<'a> {
    canvas: Pixmap,
    font: &'a Font<'a>,
}

impl Page<'_> {
    /// A line of text, cut where there is no more room.
    fn line(&mut self, text: &str, size: f32, base: f32, paint: &Paint<'_>) {
        let mut shown = self.font.shown(text);
        if self.font.width(&shown, size) > ROOM {
            while self.font.width(&format!("{shown}…"), size) > ROOM && shown.pop().is_some() {}
            shown = format!("{}…", shown.trim_end());
        }
        if let Some(outline) = self.font.outline(&shown, size, LEFT, base) {
            self.canvas.fill_path(&outline, paint, FillRule::Winding, Transform::identity(), None);
        }
    }

    /// A thin line from where text begins to where it ends.
    fn rule(&mut self, y: f32) {
        if let Some(rect) = Rect::from_xywh(LEFT, y.round(), ROOM, 2.0) {
            self.canvas.fill_rect(rect, &solid(colour(EDGE)), Transform::identity(), None);
        }
    }
}

fn colour([r, g, b]: [u8; 3]) -> Color {
    Color::from_rgba8(r, g, b, 255)
}

/// How bright a colour is, roughly.
fn luminance(colour: Color) -> f32 {
    0.2 * colour.red() + 0.7 * colour.green() + 0.1 * colour.blue()
}
