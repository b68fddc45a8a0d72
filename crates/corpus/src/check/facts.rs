//! Checks of a story's facts: everything but the body.

use crate::{Problem, SourceMap, Story};

/// Longest summary that a card shows without cutting it, in characters. More lets cards grow unevenly; the story format asks for
/// 60 to 120, so 160 leaves room before anyone is told.
const MAX_SUMMARY_CHARS: usize = 160;

pub(super) fn check(story: &Story, source: &SourceMap) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, text) in [("title", &story.title), ("summary", &story.summary)] {
        if text.trim().is_empty() {
            problems.push(Problem::error(source.file(), source.field(name), format!("{name} is empty"), format!("write a {name}")));
        }
    }
    for (name, text) in [("company", &story.company), ("author", &story.author), ("source", &story.source)] {
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            problems.push(Problem::error(source.file(), source.field(name), format!("{name} is empty"), "leave the line out"));
        }
    }
    let n_chars = story.summary.chars().count();
    if MAX_SUMMARY_CHARS < n_chars {
        let message = format!("summary has {n_chars} characters");
        problems.push(Problem::warning(source.file(), source.field("summary"), message, "shorten it to 60 to 120 characters"));
    }
    if let Some(series) = &story.series
        && series.name.trim().is_empty()
    {
        problems.push(Problem::error(source.file(), source.field("series"), "series has no name", "name it or leave the line out"));
    }
    if let Some(date) = &story.published
        && !is_date(date)
    {
        let message = format!("published `{date}` is no date");
        problems.push(Problem::error(source.file(), source.field("published"), message, "write it as YYYY-MM-DD"));
    }
    if !is_language(&story.lang) {
        let message = format!("lang `{}` is no language tag", story.lang);
        problems.push(Problem::error(source.file(), source.field("lang"), message, "write a BCP 47 tag such as `ko` or `en`"));
    }
    check_tags(&story.tags, source, &mut problems);
    problems
}

fn check_tags(tags: &[String], source: &SourceMap, problems: &mut Vec<Problem>) {
    let line = source.field("tags");
    for (idx, tag) in tags.iter().enumerate() {
        if tag.trim().is_empty() {
            problems.push(Problem::error(source.file(), line, "a tag is empty", "remove it"));
        } else if tag.starts_with('#') {
            let fix = format!("write `{}`", tag.trim_start_matches('#'));
            problems.push(Problem::error(source.file(), line, format!("tag `{tag}` begins with #"), fix));
        } else if tag.contains(char::is_whitespace) {
            let fix = format!("write `{}` or divide it", tag.split_whitespace().collect::<String>());
            problems.push(Problem::error(source.file(), line, format!("tag `{tag}` holds a space"), fix));
        }
        let folded = tag.to_lowercase();
        if let Some(earlier) = tags.iter().take(idx).find(|earlier| earlier.to_lowercase() == folded) {
            let message = format!("tag `{tag}` stands beside `{earlier}`");
            problems.push(Problem::warning(source.file(), line, message, "keep one of them"));
        }
    }
}

/// `YYYY-MM-DD` of a day that exists in the Gregorian calendar.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<u32>(), month.parse::<u32>(), day.parse::<u32>()) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let n_days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    1 <= day && day <= n_days
}

/// The shape of a BCP 47 tag: two or three letters, then subtags of up to eight letters or digits.
fn is_language(text: &str) -> bool {
    text.split('-').enumerate().all(|(idx, subtag)| {
        let (lo, hi) = if idx == 0 { (2, 3) } else { (1, 8) };
        lo <= subtag.len()
            && subtag.len() <= hi
            && subtag.bytes().all(|byte| byte.is_ascii_alphabetic() || (0 < idx && byte.is_ascii_digit()))
    })
}
