//! Lines of a title: broken between words only, as Korean is set, and evenly long.

/// The sizes to try, largest first. Smaller ones hold longer titles, but cannot be read in a chat's preview.
const SIZES: [f32; 6] = [72.0, 64.0, 56.0, 50.0, 45.0, 40.0];

/// How many lines a title may have.
const MAX_LINES: usize = 3;

/// A title, broken into lines at a size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Title {
    pub(super) size: f32,
    pub(super) lines: Vec<String>,
}

/// Sets a title into lines not wider than `room`. `width` measures a text at a size.
pub(super) fn wrap(title: &str, room: f32, width: impl Fn(&str, f32) -> f32) -> Title {
    let pieces = pieces(title);
    for size in SIZES {
        let measure = |text: &str| width(text.trim_end(), size);
        let lines = fill(&pieces, room, &measure);
        // Two lines of a large size are calmer than three; a third one is for titles that fit no other way.
        let max_lines = if size > 60.0 { MAX_LINES - 1 } else { MAX_LINES };
        if lines.len() <= max_lines && lines.iter().all(|line| measure(line) <= room) {
            return Title { size, lines: trimmed(balance(&pieces, room, lines, &measure)) };
        }
    }
    let size = SIZES.last().copied().unwrap_or_default();
    Title { size, lines: trimmed(cut(&pieces, room, &|text| width(text.trim_end(), size))) }
}

/// What a line may not break within, each with the space behind it: words, with the marks behind them that stand alone (`|`, `-`), and the
/// parts of long names with hyphens.
fn pieces(title: &str) -> Vec<String> {
    const LONG: usize = 12;
    let mut out: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        let is_mark = !word.chars().any(char::is_alphanumeric);
        match out.last_mut() {
            Some(before) if is_mark => *before += word,
            _ if word.chars().count() < LONG => out.push(word.to_owned()),
            _ => out.extend(word.split_inclusive('-').map(str::to_owned)),
        }
        if let Some(last) = out.last_mut() {
            last.push(' ');
        }
    }
    out
}

/// Each line as full as it gets.
fn fill(pieces: &[String], room: f32, measure: &impl Fn(&str) -> f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line}{piece}");
            if measure(&longer) <= room {
                *line = longer;
                continue;
            }
        }
        lines.push(piece.clone());
    }
    lines
}

/// As many lines, in the least room: none is left with one short word.
fn balance(pieces: &[String], room: f32, lines: Vec<String>, measure: &impl Fn(&str) -> f32) -> Vec<String> {
    const STEP: f32 = 0.04;
    let mut best = lines;
    let mut share = 1.0 - STEP;
    while share > 0.0 {
        let tighter = fill(pieces, room * share, measure);
        if tighter.len() > best.len() || tighter.iter().any(|line| measure(line) > room * share) {
            break;
        }
        best = tighter;
        share -= STEP;
    }
    best
}

/// What fits, words broken where they must be, and an ellipsis for the rest.
fn cut(pieces: &[String], room: f32, measure: &impl Fn(&str) -> f32) -> Vec<String> {
    const MORE: char = '…';
    let mut smaller: Vec<String> = Vec::new();
    for whole in pieces {
        let mut piece = String::new();
        for c in whole.chars() {
            piece.push(c);
            if measure(&piece) > room && piece.pop().is_some() {
                smaller.push(std::mem::replace(&mut piece, c.to_string()));
            }
        }
        smaller.push(piece);
    }
    let mut lines = fill(&smaller, room, measure);
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        if let Some(last) = lines.last_mut() {
            while measure(&format!("{}{MORE}", last.trim_end())) > room && last.pop().is_some() {}
            *last = format!("{}{MORE}", last.trim_end());
        }
    }
    lines
}

fn trimmed(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::wrap;

    /// Every character is as wide as the size.
    fn lines(title: &str) -> (f32, Vec<String>) {
        let title = wrap(title, 600.0, |text, size| text.chars().count() as f32 * size);
        (title.size, title.lines)
    }

    #[test]
    fn short_titles_are_large() {
        assert_eq!(lines("칸반 사용"), (72.0, vec!["칸반 사용".to_owned()]));
    }

    #[test]
    fn lines_break_between_words_and_are_even() {
        assert_eq!(lines("하나둘 셋넷 다섯 여섯일").1, ["하나둘 셋넷", "다섯 여섯일"]);
        let (size, lines) = lines("웹 플러그인 개발기 그리고 아이프레임의 재발견");
        assert!(size < 72.0 && lines.join(" ") == "웹 플러그인 개발기 그리고 아이프레임의 재발견", "{size} {lines:?}");
    }

    #[test]
    fn marks_stay_behind_their_word_and_long_names_break_at_hyphens() {
        assert_eq!(lines("하나둘셋 | 다섯여섯").1, ["하나둘셋 |", "다섯여섯"]);
        assert_eq!(lines("flake-import-order").1, ["flake-", "import-", "order"]);
    }

    #[test]
    fn what_fits_nowhere_ends_in_an_ellipsis() {
        let (size, lines) = lines(&format!("{} {}", "가".repeat(40), "나다 ".repeat(20)));
        assert_eq!((size, lines.len()), (40.0, 3));
        assert!(lines.iter().all(|line| line.chars().count() <= 15) && lines[2].ends_with('…'), "{lines:?}");
        assert!(super::wrap("", 600.0, |_, _| 0.0).lines.is_empty());
    }
}
