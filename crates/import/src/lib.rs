//! Readers of the forms in which people keep stories: text in, stories and problems out.
//!
//! ```text
//! bytes → decode → format ┬ saved_page → recover (blocks of a glued body) ┐
//!                         ├ html: article or story list ──────────────────┤
//!                         ├ feed: RSS, Atom, WordPress; json: JSON Feed ──┼→ Draft → markdown::write → a file that a publisher edits
//!                         ├ json: stories of a built corpus ──────────────┤
//!                         └ dialect: Markdown of Jekyll, Hugo and others ─┘
//! bytes → decode → markdown::read → Story and the lines of its parts → corpus::check_story
//! ```
//!
//! Every reader collects problems with file, line and fix instead of stopping at the first. HTML never passes: whatever holds some
//! goes through `html`, which gives typed blocks. No files are opened or written here: that is `cli`'s work; [`archive`] reads what it
//! is given.

pub mod archive;
mod date;
pub mod decode;
mod dialect;
mod facts;
mod feed;
pub mod folder;
mod format;
mod html;
mod json;
pub mod markdown;
pub mod recover;
pub mod saved_page;

use corpus::{Problem, Section, Story};

pub use format::Format;

/// What a publisher knows better than the files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Section of every story; otherwise what the file says, or `feed`.
    pub section: Option<Section>,
    /// Company of stories that name none.
    pub company: Option<String>,
}

/// What came out of one file.
#[derive(Debug, Default)]
pub struct Imported {
    /// The stories, in the file's order. Slugs may repeat; see [`make_slugs_unique`].
    pub stories: Vec<Draft>,
    /// What was found, by line.
    pub problems: Vec<Problem>,
}

/// A story and what lies beside its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The story, its pictures as captions.
    pub story: Story,
    /// Pictures that the source names by a relative path.
    pub images: Vec<Image>,
    /// The lines whose blocks were [recovered](recover), as they were; none where the source still had its blocks.
    pub glued: Vec<String>,
    /// The lines of the whole body as the source has them, if any was recovered: what a reader may look at in place of the blocks.
    pub original: Vec<String>,
}

impl Draft {
    /// A story whose source had its blocks.
    pub fn new(story: Story, images: Vec<Image>) -> Self {
        Self { story, images, glued: Vec::new(), original: Vec::new() }
    }
}

/// A picture beside the source of a story.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Image {
    /// As the source names it: relative to the source's file, or to its site if it begins with `/`.
    pub path: String,
    /// 1-based line of the source that shows it.
    pub line: usize,
}

/// Reads one file in whatever form it is. `file` is named in the stories' `source` and in the findings.
pub fn read(file: &str, bytes: &[u8], options: &Options) -> Imported {
    let decode::Decoded { text, mut notes } = match decode::decode(file, bytes) {
        Ok(decoded) => decoded,
        Err(problem) => return Imported { stories: Vec::new(), problems: vec![problem] },
    };
    let mut imported = match Format::of(file, &text) {
        Format::SavedPage => {
            let page = saved_page::read_text(file, &text);
            let stories = page.stories.into_iter().zip(page.glued);
            let draft = |(story, glued): (Story, Vec<String>)| Draft { original: glued.clone(), glued, ..Draft::new(story, Vec::new()) };
            let stories = stories.map(draft).collect();
            Imported { stories, problems: page.problems }
        }
        Format::Html => html::read(file, &text, options),
        Format::Feed => feed::read(file, &text, options),
        Format::Json => json::read(file, &text, options),
        Format::Markdown => dialect::read(file, &text, options),
    };
    notes.append(&mut imported.problems);
    notes.sort_by_key(|problem| problem.line);
    Imported { problems: notes, ..imported }
}

/// Gives every story after the first of the same slug a number behind it, so that no file overwrites another.
pub fn make_slugs_unique<'a>(stories: impl IntoIterator<Item = &'a mut Story>) {
    let mut taken = std::collections::BTreeSet::new();
    for story in stories {
        let base = story.slug.clone();
        let mut number = 1;
        while !taken.insert(story.slug.clone()) {
            number += 1;
            story.slug = base.numbered(number);
        }
    }
}

/// Moves findings of a piece of a file to the lines of the file.
fn shift(problems: Vec<Problem>, by: usize) -> impl Iterator<Item = Problem> {
    problems.into_iter().map(move |problem| Problem { line: problem.line + by, ..problem })
}
