//! `story-home import`: saved pages to story files.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use corpus::{Problem, Story};
use import::{markdown, saved_page};

use crate::report::{self, Tally};

/// What to do with a story file that is there and differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// Leave it alone and say so: a publisher may have edited it.
    Keep,
    /// Write over it.
    Overwrite,
}

/// What became of the stories.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) n_new: usize,
    pub(crate) n_unchanged: usize,
    pub(crate) n_overwritten: usize,
    pub(crate) n_kept: usize,
}

/// Reads the pages and writes a file for each story; fails if there was any error, after writing what came out.
pub(crate) fn run(pages: &[PathBuf], out: &Path, existing: Existing) -> Result<ExitCode> {
    let (written, problems) = import(pages, out, existing)?;
    report::print(&problems);
    let Written { n_new, n_unchanged, n_overwritten, n_kept } = written;
    let counted = report::counted(n_new + n_unchanged + n_overwritten + n_kept, "story");
    let tally = Tally::of(&problems);
    println!(
        "{counted} in {}: {n_new} new, {n_unchanged} unchanged, {n_overwritten} overwritten, {n_kept} left alone; {}",
        out.display(),
        report::summary(&tally)
    );
    Ok(tally.exit_code())
}

/// The work of [`run`], without telling.
///
/// # Errors
/// If a page cannot be opened, or a story file cannot be read or written.
pub(crate) fn import(pages: &[PathBuf], out: &Path, existing: Existing) -> Result<(Written, Vec<Problem>)> {
    let (mut stories, mut problems) = (Vec::new(), Vec::new());
    for path in pages {
        let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        // Stories say which file they come from, not where it lies on this machine.
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let page = saved_page::read(&name, &bytes);
        println!("{name}: {}", report::counted(page.stories.len(), "story"));
        stories.extend(page.stories);
        problems.extend(page.problems);
    }
    saved_page::make_slugs_unique(&mut stories);
    fs::create_dir_all(out).with_context(|| format!("making the folder {}", out.display()))?;
    let mut written = Written::default();
    for story in &stories {
        write_story(story, out, existing, &mut written, &mut problems)?;
    }
    Ok((written, problems))
}

fn write_story(story: &Story, out: &Path, existing: Existing, written: &mut Written, problems: &mut Vec<Problem>) -> Result<()> {
    let path = out.join(format!("{}.md", story.slug));
    let markdown = markdown::write(story);
    let counter = match fs::read(&path) {
        Ok(bytes) if bytes == markdown.as_bytes() => {
            written.n_unchanged += 1;
            return Ok(());
        }
        Ok(_) if existing == Existing::Keep => {
            let fix = "keep it, or import with --force to overwrite it";
            problems.push(Problem::error(path.to_string_lossy(), 1, "the file is there and differs, so it was left alone", fix));
            written.n_kept += 1;
            return Ok(());
        }
        Ok(_) => &mut written.n_overwritten,
        Err(error) if error.kind() == ErrorKind::NotFound => &mut written.n_new,
        Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
    };
    fs::write(&path, markdown).with_context(|| format!("writing {}", path.display()))?;
    *counter += 1;
    Ok(())
}
