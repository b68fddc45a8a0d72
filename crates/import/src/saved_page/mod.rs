//! Saved pages of a story list: navigation, records, footer.
//!
//! ```text
//! 스토리 홈 / 인터뷰 / 피드 / 뉴스      navigation, each followed by an empty line
//! 조회수 1,082                          a record: its views,
//! 제목                                   its title,
//! 본문 …끝.#태그 #node.js               its body in one line, tags at the very end
//! 조회수 2151                           the next record follows without an empty line
//! 기업문화 엿볼 때, … / 로그인 / /       footer
//! ```
//!
//! The page says neither section nor author nor company. A story is an interview if its title or a tag says 인터뷰, otherwise it
//! stands in the feed; company and author stay absent. The body's structure is [`crate::recover`]'s to find.

mod record;
mod story;
mod tags;
#[cfg(test)]
mod tests;

use corpus::{Problem, Story};

pub(crate) use record::{FOOTER, VIEWS, parse_count};
pub(crate) use story::summary;
pub(crate) use tags::split as split_tags;

use crate::{
    decode::{Decoded, decode},
    make_slugs_unique,
};

/// What came out of one page.
#[derive(Debug, Default)]
pub struct Page {
    /// The stories, in the page's order; slugs are unique on the page.
    pub stories: Vec<Story>,
    /// For each story, the lines of its body as the page has them.
    pub glued: Vec<Vec<String>>,
    /// What could not be read, by line.
    pub problems: Vec<Problem>,
}

/// Reads one saved page. `file` is named in the stories' `source` and in the findings.
pub fn read(file: &str, bytes: &[u8]) -> Page {
    let Decoded { text, notes } = match decode(file, bytes) {
        Ok(decoded) => decoded,
        Err(problem) => return Page { stories: Vec::new(), glued: Vec::new(), problems: vec![problem] },
    };
    let mut page = read_text(file, &text);
    page.problems.splice(..0, notes);
    page
}

/// Reads the text of a page.
pub(crate) fn read_text(file: &str, text: &str) -> Page {
    let mut problems = Vec::new();
    let records = record::records(file, text, &mut problems);
    let mut stories: Vec<Story> = records.iter().map(|record| story::story(file, record)).collect();
    make_slugs_unique(stories.iter_mut());
    let glued = records.iter().map(|record| record.body.iter().map(|line| (*line).to_owned()).collect()).collect();
    Page { stories, glued, problems }
}
