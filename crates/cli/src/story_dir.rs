//! A folder of story files, read, checked and put in order.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use corpus::{Problem, SourceMap, Story, check_corpus, check_story};
use import::markdown;

/// What a folder holds.
pub(crate) struct StoryDir {
    /// The stories that could be read, in corpus order, with their places.
    pub(crate) stories: Vec<(SourceMap, Story)>,
    /// Every finding of the readers and checks, by file.
    pub(crate) problems: Vec<Problem>,
    /// Story files, also those that could not be read.
    pub(crate) n_files: usize,
}

/// Reads every `.md` file of the folder (not of folders in it).
///
/// # Errors
/// If the folder or a file cannot be read, or there is no story file.
pub(crate) fn read(dir: &Path) -> Result<StoryDir> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("reading the folder {}", dir.display()))? {
        let path = entry.with_context(|| format!("reading the folder {}", dir.display()))?.path();
        if path.extension().is_some_and(|extension| extension == "md") && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        bail!("{} holds no story file; story files end in .md", dir.display());
    }
    let mut read = StoryDir { stories: Vec::new(), problems: Vec::new(), n_files: paths.len() };
    for path in paths {
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let file = markdown::read(&path.to_string_lossy(), &bytes);
        let mut problems = file.problems;
        if let Some(story) = file.story {
            problems.extend(check_story(&story, &file.source));
            read.stories.push((file.source, story));
        }
        problems.sort_by_key(|problem| problem.line);
        read.problems.extend(problems);
    }
    read.stories.sort_by(|(_, a), (_, b)| order(a).cmp(&order(b)));
    read.problems.extend(check_corpus(&read.stories));
    Ok(read)
}

/// Where a story stands in the corpus: by the file and line it came from, without one behind all others, then by slug.
fn order(story: &Story) -> (bool, &str, u64, &str) {
    let source = story.source.as_deref();
    let (file, line) = source.map_or(("", 0), |source| match source.rsplit_once(':') {
        Some((file, line)) => line.parse().map_or((source, 0), |line| (file, line)),
        None => (source, 0),
    });
    (source.is_none(), file, line, story.slug.as_str())
}
