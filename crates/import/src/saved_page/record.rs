//! The records of a page: lines to views, title and body.

use corpus::Problem;

/// One complete record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// 1-based line of its 조회수.
    pub(super) line: usize,
    /// Absent when the page holds no readable number.
    pub(super) views: Option<u64>,
    pub(super) title: &'a str,
    /// The lines of the body, one in the pages as they are saved; never empty.
    pub(super) body: Vec<&'a str>,
}

/// The word before a count of views.
pub(crate) const VIEWS: &str = "조회수";
/// How the footer begins.
pub(crate) const FOOTER: &str = "기업문화 엿볼 때";
/// Lines of navigation and footer.
const CHROME: [&str; 6] = ["스토리 홈", "인터뷰", "피드", "뉴스", "로그인", "/"];
/// Longest count that is taken for a broken one, in characters, so that a body that begins with the word 조회수 stays a body.
const MAX_COUNT_CHARS: usize = 16;

/// The records that are complete; what is missing from others is a problem.
pub(super) fn records<'a>(file: &str, text: &'a str, problems: &mut Vec<Problem>) -> Vec<Record<'a>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut records = Vec::new();
    let mut open: Option<Record<'a>> = None;
    let mut found = false;
    for (line_idx, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let line_number = line_idx + 1;
        if let Some(count) = head(&lines, line_idx) {
            found = true;
            finish(file, open.take(), &mut records, problems);
            let views = parse_count(count);
            if views.is_none() {
                let message = format!("the view count `{count}` is no number, so the story has none");
                problems.push(Problem::error(file, line_number, message, format!("write it as `{VIEWS} 1234`")));
            }
            open = Some(Record { line: line_number, views, title: "", body: Vec::new() });
        } else if line.starts_with(FOOTER) {
            finish(file, open.take(), &mut records, problems);
        } else if let Some(record) = &mut open {
            if record.title.is_empty() { record.title = line } else { record.body.push(line) }
        } else if !CHROME.contains(line) {
            let shown: String = line.chars().take(20).collect();
            let message = format!("`{shown}…` stands outside every record and is left out");
            problems.push(Problem::warning(file, line_number, message, format!("put `{VIEWS} N` and a title before it if it is a story")));
        }
    }
    finish(file, open, &mut records, problems);
    if !found {
        let fix = format!("give a saved page of a story list: `{VIEWS} N`, a title and a body for each story");
        problems.push(Problem::error(file, 1, "no record was found", fix));
    }
    problems.sort_by_key(|problem| problem.line);
    records
}

fn finish<'a>(file: &str, open: Option<Record<'a>>, records: &mut Vec<Record<'a>>, problems: &mut Vec<Problem>) {
    let Some(record) = open else { return };
    if !record.body.is_empty() {
        return records.push(record);
    }
    let (missing, fix) = match record.title {
        "" => ("title and body", "add them or remove the line"),
        // One long line is the body.
        text if MAX_TITLE_CHARS < text.chars().count() => ("title", "add it above the body"),
        _ => ("body", "add it below the title, or remove the record"),
    };
    problems.push(Problem::error(file, record.line, format!("the record has no {missing}, so it is left out"), fix));
}

/// Longest line that is taken for a title when a record has only one, in characters; the sample titles have up to 44.
const MAX_TITLE_CHARS: usize = 150;

/// The count, if the line begins a record: 조회수 and a number, or something short that stands like one, between other records' ends
/// and an empty line.
fn head<'a>(lines: &[&'a str], line_idx: usize) -> Option<&'a str> {
    let count = lines.get(line_idx)?.strip_prefix(VIEWS)?;
    let count = count.trim_start().trim_start_matches(':').trim_start();
    let is_like_a_count = count.chars().count() <= MAX_COUNT_CHARS && lines.get(line_idx + 1).is_none_or(|next| next.is_empty());
    let is_number = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    (is_number || is_like_a_count).then_some(count)
}

/// Digits, with or without thousands separators.
pub(crate) fn parse_count(count: &str) -> Option<u64> {
    let mut groups = count.split(',');
    let first = groups.next()?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.is_empty() || first.len() <= 3;
    if !is_number(first) || !is_grouped || !rest.iter().all(|group| group.len() == 3 && is_number(group)) {
        return None;
    }
    count.replace(',', "").parse().ok()
}
