//! A story's cover: a small picture drawn from its own facts, because no images come with the stories.
//!
//! The company picks the colours and gives its first letter, the first tag picks the pattern, the length says how dense it is, and the
//! title where it begins; so a company's stories look like one shelf, and no two of them alike. The same facts give the same picture.

use std::fmt::Write;

/// Ground, first and second colour of the pattern, letter: muted enough to stand beside text, and the letter at least 4.5 to 1 on its ground.
const PALETTES: [[&str; 4]; 12] = [
    ["#7c3a2d", "#a5573f", "#c98a63", "#fbeee0"],
    ["#2f4a43", "#47695d", "#8fae94", "#eef4e9"],
    ["#33415c", "#4d5f82", "#93a5c4", "#eef2fa"],
    ["#5a3a52", "#7d5673", "#b997ad", "#f8edf5"],
    ["#5c4a1f", "#80692f", "#bfa560", "#fbf4dd"],
    ["#23495a", "#38677c", "#86b0bf", "#e7f4f7"],
    ["#4a4a46", "#696862", "#a9a79c", "#f5f3ec"],
    ["#6b2f3f", "#91495a", "#c58e98", "#fbecee"],
    ["#3b5230", "#587247", "#a2b588", "#f1f6e6"],
    ["#3d3866", "#5a548a", "#a19ccb", "#f0eefa"],
    ["#72431c", "#97602f", "#cfa06a", "#fcf0df"],
    ["#1f4f4f", "#357070", "#88b8b3", "#e6f5f2"],
];

/// Side of the square picture.
const SIDE: u32 = 160;

/// What a cover is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct CoverFacts<'a> {
    /// The company; without one the title stands in for it.
    pub company: Option<&'a str>,
    /// The title.
    pub title: &'a str,
    /// The tags, the most telling first.
    pub tags: &'a [String],
    /// Length in characters.
    pub n_chars: u32,
}

/// Draws a cover as an SVG document of its own, 160 by 160 units. Deterministic; a few hundred bytes, at most 2 kB.
pub fn cover_svg(facts: &CoverFacts<'_>) -> String {
    let owner = facts.company.unwrap_or(facts.title);
    let [ground, first, second, letter] = pick(&PALETTES, hash(owner));
    let seed = hash(facts.title);
    // Longer stories have denser patterns: 4 strokes for a note, 9 for a long read.
    let n_strokes = 4 + (facts.n_chars / 1500).min(5);
    let mut shapes = String::new();
    let pattern = hash(facts.tags.first().map_or(facts.title, String::as_str)).wrapping_add(seed % 2);
    for stroke in 0..n_strokes {
        let colour = if (stroke + seed).is_multiple_of(3) { second } else { first };
        draw(&mut shapes, pattern % 6, stroke, n_strokes, seed, colour);
    }
    let initial = owner.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {SIDE} {SIDE}'><rect width='{SIDE}' height='{SIDE}' fill='{ground}'/>{shapes}\
         <text x='80' y='104' text-anchor='middle' font-family='serif' font-weight='700' font-size='68' fill='{letter}'>{initial}</text></svg>"
    )
}

/// One stroke of a pattern.
fn draw(out: &mut String, pattern: u32, stroke: u32, n_strokes: u32, seed: u32, colour: &str) {
    let step = SIDE / n_strokes;
    let jitter = (seed >> (stroke % 8 * 3)) % 16;
    let at = stroke * step;
    // Writing into a string cannot fail.
    let _ = match pattern {
        // Rings around a corner.
        0 => {
            let (x, y) = if seed % 4 < 2 { (0, 160) } else { (160, 0) };
            let radius = SIDE + 40 - at;
            write!(out, "<circle cx='{x}' cy='{y}' r='{radius}' fill='none' stroke='{colour}' stroke-width='{}'/>", 3 + jitter / 2)
        }
        // Slanted lines.
        1 => write!(out, "<path d='M{} -10L{} 170' stroke='{colour}' stroke-width='{}'/>", at + step, at + jitter, 4 + jitter),
        // Columns, as tall as chance has it.
        2 => {
            let height = 30 + (seed >> (stroke % 5)) % 100 + jitter;
            write!(out, "<rect x='{at}' y='{}' width='{}' height='{height}' fill='{colour}'/>", SIDE.saturating_sub(height), step - 3)
        }
        // Waves.
        3 => {
            let (y, swing) = (at + step / 2, 12 + jitter);
            write!(
                out,
                "<path d='M-10 {y}q22 -{swing} 45 0t45 0t45 0t45 0' fill='none' stroke='{colour}' stroke-width='{}'/>",
                4 + jitter / 3
            )
        }
        // Dots, row after row.
        4 => (0..n_strokes).try_for_each(|column| {
            let radius = 2 + (seed.rotate_left(stroke * 5 + column * 3) % 8) * step / 16;
            write!(out, "<circle cx='{}' cy='{}' r='{radius}' fill='{colour}'/>", column * step + step / 2, at + step / 2)
        }),
        // Sheets of paper, one over the other.
        _ => write!(
            out,
            "<rect x='{}' y='{}' width='110' height='110' fill='none' stroke='{colour}' stroke-width='3' transform='rotate({} 80 80)'/>",
            20 + jitter,
            30,
            (stroke * 90 / n_strokes + jitter) as i32 - 40
        ),
    };
}

fn pick<T: Copy + Default, const N: usize>(items: &[T; N], number: u32) -> T {
    items.get(number as usize % N).copied().unwrap_or_default()
}

/// FNV-1a with a last stir, so that names that differ in one letter differ in the lowest bits too.
fn hash(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    hash ^ (hash >> 13)
}

#[cfg(test)]
mod tests {
    use super::{CoverFacts, cover_svg};

    fn draw(company: Option<&str>, title: &str, tags: &[&str], n_chars: u32) -> String {
        let tags: Vec<String> = tags.iter().map(|&tag| tag.into()).collect();
        cover_svg(&CoverFacts { company, title, tags: &tags, n_chars })
    }

    #[test]
    fn the_same_facts_give_the_same_cover_and_other_titles_another() {
        let one = draw(Some("와탭"), "모니터링", &["DevOps"], 3000);
        assert_eq!(one, draw(Some("와탭"), "모니터링", &["DevOps"], 3000));
        assert_ne!(one, draw(Some("와탭"), "모니터링 2", &["DevOps"], 3000));
        assert_ne!(one, draw(Some("스포카"), "모니터링", &["DevOps"], 3000));
    }

    #[test]
    fn a_cover_has_the_letter_of_its_company_or_of_its_title() {
        assert!(draw(Some("8퍼센트"), "가", &[], 0).contains(">8</text>"));
        assert!(draw(None, "“kafka” 이야기", &[], 0).contains(">K</text>"));
    }

    #[test]
    fn covers_are_small_and_hold_no_text_that_could_end_them() {
        for n in 0..200 {
            let svg = draw(Some("<&'\">"), &format!("제목 {n}"), &[&format!("태그{n}")], n * 400);
            assert!(svg.len() < 6000, "{} bytes", svg.len());
            assert!(!svg.contains("<&") && !svg.contains('"'));
        }
    }
}
