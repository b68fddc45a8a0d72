//! The cover of a story in pixels: reads the few elements that `corpus::cover_svg` writes, so that the picture in a chat is the one in the list.

use anyhow::{Context, Result, bail};
use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, PixmapPaint, Rect, Stroke, Transform};

use super::font::Font;
use crate::publish::tag::{Tag, tags};

/// What a picture takes over from its cover.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colours {
    /// Behind the pattern.
    pub(super) ground: Color,
    /// Of the letter.
    pub(super) letter: Color,
}

/// Draws a cover onto `canvas`, mapped by `place`.
///
/// # Errors
/// If the cover has something that this file does not know.
pub(super) fn draw(svg: &str, font: &Font<'_>, canvas: &mut Pixmap, place: Transform) -> Result<Colours> {
    let mut ground = None;
    // A group is one picture that is laid over the ground as a whole.
    let mut layer = Pixmap::new(canvas.width(), canvas.height()).context("a picture without size")?;
    let mut opacity = 1.0;
    for tag in tags(svg) {
        match tag.name {
            "svg" => {}
            "g" => opacity = number(&tag, "opacity")?,
            "rect" if ground.is_none() => {
                ground = Some(colour(&tag, "fill")?);
                draw_shape(&tag, canvas, place)?;
            }
            "rect" | "circle" | "path" => draw_shape(&tag, &mut layer, place)?,
            "text" => {
                let paint = PixmapPaint { opacity, ..PixmapPaint::default() };
                canvas.draw_pixmap(0, 0, layer.as_ref(), &paint, Transform::identity(), None);
                let letter = colour(&tag, "fill")?;
                let text = svg.get(tag.end..).and_then(|rest| rest.split('<').next()).unwrap_or_default();
                draw_letter(&tag, text, font, letter, canvas, place)?;
                return Ok(Colours { ground: ground.context("a cover without ground")?, letter });
            }
            other => bail!("a cover has a <{other}>, which pictures do not know"),
        }
    }
    bail!("a cover without a letter")
}

fn draw_shape(tag: &Tag<'_>, canvas: &mut Pixmap, place: Transform) -> Result<()> {
    let turned = match tag.attribute("transform") {
        Some(text) => place.pre_concat(rotation(text).with_context(|| format!("a cover is turned by {text}"))?),
        None => place,
    };
    let Some(path) = shape(tag)? else { return Ok(()) };
    match tag.attribute("stroke") {
        Some(_) => {
            let stroke = Stroke { width: number(tag, "stroke-width")?, ..Stroke::default() };
            canvas.stroke_path(&path, &solid(colour(tag, "stroke")?), &stroke, turned, None);
        }
        None => canvas.fill_path(&path, &solid(colour(tag, "fill")?), FillRule::Winding, turned, None),
    }
    Ok(())
}

fn draw_letter(tag: &Tag<'_>, text: &str, font: &Font<'_>, colour: Color, canvas: &mut Pixmap, place: Transform) -> Result<()> {
    let size = number(tag, "font-size")?;
    let x = number(tag, "x")? - font.width(text, size) / 2.0;
    if let Some(outline) = font.outline(text, size, x, number(tag, "y")?) {
        canvas.fill_path(&outline, &solid(colour), FillRule::Winding, place, None);
    }
    Ok(())
}

/// A shape's outline; `None` where there is nothing to see of it.
fn shape(tag: &Tag<'_>) -> Result<Option<Path>> {
    // Coordinates that are left out are zero.
    let or_zero = |key: &str| if tag.attribute(key).is_some() { number(tag, key) } else { Ok(0.0) };
    Ok(match tag.name {
        "rect" => Rect::from_xywh(or_zero("x")?, or_zero("y")?, number(tag, "width")?, number(tag, "height")?).map(PathBuilder::from_rect),
        "circle" => PathBuilder::from_circle(or_zero("cx")?, or_zero("cy")?, number(tag, "r")?),
        _ => {
            let d = tag.attribute("d").unwrap_or_default();
            outline(d).with_context(|| format!("a cover has the path `{d}`"))?.finish()
        }
    })
}

/// `M` and `L` with absolute, `q` and `t` with relative coordinates: all that covers use. `None` for anything else.
fn outline(d: &str) -> Option<PathBuilder> {
    let mut path = PathBuilder::new();
    let (mut at, mut control) = ((0.0, 0.0), (0.0, 0.0));
    let mut rest = d;
    while let Some(command) = rest.chars().next() {
        let after = rest.get(command.len_utf8()..)?;
        let end = after.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(after.len());
        let numbers = numbers(after.get(..end)?)?;
        rest = after.get(end..)?;
        let start = at;
        match (command, &*numbers) {
            ('M', &[x, y]) => {
                at = (x, y);
                path.move_to(x, y);
            }
            ('L', &[x, y]) => {
                at = (x, y);
                path.line_to(x, y);
            }
            ('q', &[x1, y1, x, y]) => {
                control = (start.0 + x1, start.1 + y1);
                at = (start.0 + x, start.1 + y);
                path.quad_to(control.0, control.1, at.0, at.1);
            }
            ('t', &[x, y]) => {
                control = (2.0 * start.0 - control.0, 2.0 * start.1 - control.1);
                at = (start.0 + x, start.1 + y);
                path.quad_to(control.0, control.1, at.0, at.1);
            }
            _ => return None,
        }
    }
    Some(path)
}

/// Numbers set apart by spaces, or by the sign of the next one.
fn numbers(text: &str) -> Option<Vec<f32>> {
    text.replace('-', " -").split_ascii_whitespace().map(|word| word.parse().ok()).collect()
}

/// `rotate(degrees x y)`.
fn rotation(text: &str) -> Option<Transform> {
    match *numbers(text.strip_prefix("rotate(")?.strip_suffix(')')?)? {
        [degrees, x, y] => Some(Transform::from_rotate_at(degrees, x, y)),
        _ => None,
    }
}

fn number(tag: &Tag<'_>, key: &str) -> Result<f32> {
    let value = tag.attribute(key).unwrap_or_default();
    value.parse().with_context(|| format!("a cover's <{}> has {key} = `{value}`", tag.name))
}

fn colour(tag: &Tag<'_>, key: &str) -> Result<Color> {
    let value = tag.attribute(key).unwrap_or_default();
    let number = value.strip_prefix('#').filter(|digits| digits.len() == 6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let [_, r, g, b] = number.with_context(|| format!("a cover's <{}> has the colour `{value}`", tag.name))?.to_be_bytes();
    Ok(Color::from_rgba8(r, g, b, 255))
}

/// Paint of one colour.
pub(super) fn solid(colour: Color) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(colour);
    paint
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use corpus::{CoverFacts, cover_svg};
    use tiny_skia::{Pixmap, Transform};

    use super::{super::font, draw, outline};

    #[test]
    fn every_cover_can_be_drawn() {
        let file = font::unpacked().unwrap();
        let font = font::Font::new(&file).unwrap();
        for n in 0..120 {
            let tags = [format!("태그{n}")];
            let svg = cover_svg(&CoverFacts { company: None, title: &format!("{n} <제목>"), tags: &tags, n_chars: n * 90 });
            let mut canvas = Pixmap::new(40, 40).unwrap();
            let colours = draw(&svg, &font, &mut canvas, Transform::from_scale(0.25, 0.25)).unwrap();
            assert_ne!(colours.ground, colours.letter);
            assert!(canvas.pixels().iter().all(|pixel| pixel.alpha() == 255), "{svg}");
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        let file = font::unpacked().unwrap();
        let font = font::Font::new(&file).unwrap();
        let mut canvas = Pixmap::new(4, 4).unwrap();
        let error = draw("<svg><ellipse/></svg>", &font, &mut canvas, Transform::identity()).unwrap_err();
        assert!(error.to_string().contains("<ellipse>"), "{error}");
        assert!(outline("M0 0L10 5q1 2 3 4t-5-6").is_some() && outline("M0 0C1 2 3 4 5 6").is_none());
    }
}
