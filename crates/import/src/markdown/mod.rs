//! Stories as Markdown files with YAML front matter: what a publisher writes and edits, read and written.
//!
//! The file's name is the slug. The body is CommonMark with tables and footnotes; paragraphs that begin with `Q.` or `A.` are questions
//! and answers (write `Q\.` for a text that begins so), `<figcaption>…</figcaption>` alone on its line is a caption, footnote
//! definitions become the references at the end. There is no other HTML and there are no images.
//!
//! [`read`] reports every fault with its line and repairs it as well as it can; whether the story makes sense is
//! [`corpus::check_story`]'s to say. [`write`] gives text that reads back to the same story.

mod body;
mod caption;
mod front_matter;
mod inline;
mod lines;
mod slug;
#[cfg(test)]
mod tests;
mod write;
mod write_inline;
pub(crate) mod yaml;

use corpus::{Problem, SourceMap, Story};

pub(crate) use body::count_cells;
pub use write::write;

use crate::decode::{Decoded, decode};

/// What came out of one story file.
#[derive(Debug)]
pub struct ReadStory {
    /// The story; absent when the file name or a required field is missing.
    pub story: Option<Story>,
    /// Where its parts stand.
    pub source: SourceMap,
    /// What the reader found, in reading order.
    pub problems: Vec<Problem>,
}

/// Reads one story file. `file` is its path as findings should name it; its last part is the slug and `.md`.
pub fn read(file: &str, bytes: &[u8]) -> ReadStory {
    let mut read = ReadStory { story: None, source: SourceMap::new(file), problems: Vec::new() };
    let text = match decode(file, bytes) {
        Ok(Decoded { text, notes }) => {
            read.problems.extend(notes);
            text
        }
        Err(problem) => {
            read.problems.push(problem);
            return read;
        }
    };
    let slug = slug::from_file_name(file, &mut read.problems);
    let (facts, body_start) = front_matter::read(&text, &mut read.source, &mut read.problems);
    let blocks = body::read(&text, body_start, &mut read.source, &mut read.problems);
    read.story = match (slug, facts) {
        (Some(slug), Some(facts)) => Some(Story { slug, blocks, ..facts }),
        _ => None,
    };
    read.problems.sort_by_key(|problem| problem.line);
    read
}

/// The mark of a question or answer that the text begins with, for example `Q.` or `A1)`: it ends at a space.
pub(crate) fn question_mark(text: &str) -> Option<&str> {
    let (mark, _) = text.split_once(' ')?;
    is_question_mark(mark).then_some(mark)
}

/// `Q` or `A`, up to three digits, then a full stop, colon or bracket.
pub(crate) fn is_question_mark(mark: &str) -> bool {
    let Some(rest) = mark.strip_prefix(['Q', 'A']) else { return false };
    let number = rest.trim_end_matches(['.', ':', ')']);
    rest.len() == number.len() + 1 && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit())
}
