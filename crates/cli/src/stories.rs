//! Reading a folder of Markdown stories.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use corpus::{Problem, SourceMap, Story, check_corpus, check_story};
use rayon::prelude::*;

use crate::original::{self, Originals};

/// What a folder or a file holds: the stories that could be read, in corpus order, and everything that was found.
#[derive(Default)]
pub(crate) struct Folder {
    /// Stories and where their parts stand.
    pub(crate) stories: Vec<(SourceMap, Story)>,
    /// Every file that was read.
    pub(crate) files: Vec<String>,
    /// The texts that stories were recovered from.
    pub(crate) originals: Originals,
    /// Findings of the reader and of the checks, by file and line.
    pub(crate) problems: Vec<Problem>,
}

/// Reads every `.md` file directly in the folder and checks what it reads.
///
/// # Errors
/// If the folder cannot be read or holds no story file; a fault inside a file is a finding.
pub(crate) fn read_folder(dir: &Path) -> Result<Folder> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("reading the folder {}", dir.display()))? {
        let path = entry.with_context(|| format!("reading the folder {}", dir.display()))?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("{} holds no .md file; name the folder of your stories with --stories DIR", dir.display());
    }
    // The file system's order is not the same everywhere.
    files.sort();
    let mut folder = Folder::default();
    for read in files.par_iter().map(|file| read_file(file)).collect::<Result<Vec<_>>>()? {
        folder.stories.extend(read.stories);
        folder.files.extend(read.files);
        folder.originals.extend(read.originals);
        folder.problems.extend(read.problems);
    }
    folder.stories.sort_by_cached_key(|(_, story)| order_key(story));
    folder.problems.extend(check_corpus(&folder.stories));
    folder.problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(folder)
}

fn read_file(file: &Path) -> Result<Folder> {
    let mut folder = Folder::default();
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let name = file.to_string_lossy().into_owned();
    let read = import::markdown::read(&name, &bytes);
    folder.files.push(name);
    folder.problems.extend(read.problems);
    if let Some(mut story) = read.story {
        story.original = original::find(file, &mut folder.originals, &mut folder.problems)?;
        folder.problems.extend(check_story(&story, &read.source));
        folder.stories.push((read.source, story));
    }
    Ok(folder)
}

/// Stories that name their source stand as they did there: by file, then by line. The others follow, by slug.
fn order_key(story: &Story) -> (bool, String, u64, String) {
    let source = story.source.as_deref().unwrap_or_default();
    let (file, line) = match source.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?))) {
        Some((file, line)) => (file, line),
        None => (source, 0),
    };
    (source.is_empty(), file.to_owned(), line, story.slug.to_string())
}
