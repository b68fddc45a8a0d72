//! `story-home import`: stories in any form to story files, again and again without harm.
//!
//! A file that nobody edited follows its source; one that the publisher edited stays; when both changed, the publisher decides.
//! [`crate::stamp`] tells these apart, [`crate::shelf`] finds the file of a story.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use corpus::{Problem, Severity};
use import::{Draft, Imported, Options, markdown};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    explain, original,
    report::{self, JsonProblem, Tally},
    shelf::Shelf,
    source::{self, Source},
    stamp::{self, Verdict},
};

/// Documents that are read at a time, in number and bytes. More keeps all cores busier, less needs less memory.
const BATCH: (usize, usize) = (64, 32 << 20);

/// Pictures that are copied, by extension. Others, such as SVG, may hold scripts.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "bmp"];

/// What to do with a story file that was edited and whose source has changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Existing {
    /// Leave it alone and say so.
    Keep,
    /// Write over it.
    Overwrite,
}

/// Whether anything is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Files are written.
    Write,
    /// Nothing is touched.
    DryRun,
}

/// What an import is asked to do.
pub(crate) struct Request<'a> {
    pub(crate) sources: &'a [PathBuf],
    pub(crate) out: &'a Path,
    pub(crate) existing: Existing,
    pub(crate) mode: Mode,
    pub(crate) telling: Telling,
    pub(crate) options: Options,
}

/// What became of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    New,
    Unchanged,
    /// The source has changed and nobody had edited the file.
    Updated,
    /// The publisher's edit stays; the source has not changed.
    Edited,
    Overwritten,
    /// Edited and changed: left alone, an error.
    Conflict,
}

/// A story and what became of it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    pub(crate) file: String,
    pub(crate) source: String,
    pub(crate) outcome: Outcome,
    pub(crate) pictures: usize,
    /// See [`Draft::glued`]; kept only to be explained.
    #[serde(skip)]
    pub(crate) glued: Vec<String>,
}

#[derive(Serialize)]
struct JsonReport<'a> {
    dry_run: bool,
    stories: &'a [Line],
    findings: Vec<JsonProblem<'a>>,
}

/// How the outcome is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// Findings and a line of counts.
    Plain,
    /// The same, and why each recovered block begins where it does.
    Explained,
    /// For machines.
    Json,
}

/// Imports and tells; fails if there was any error, after writing what came out.
pub(crate) fn run(request: &Request<'_>) -> Result<ExitCode> {
    let (lines, problems) = import(request)?;
    let tally = Tally::of(&problems);
    if request.telling == Telling::Explained {
        print!("{}", explain::text(lines.iter().map(|line| (line.file.as_str(), line.glued.as_slice()))));
    }
    if request.telling == Telling::Json {
        let findings = problems.iter().map(JsonProblem::from).collect();
        report::print_json(&JsonReport { dry_run: request.mode == Mode::DryRun, stories: &lines, findings })?;
        return Ok(tally.exit_code());
    }
    report::print(&problems);
    let count = |outcome| lines.iter().filter(|line| line.outcome == outcome).count();
    let would = if request.mode == Mode::DryRun { "dry run, nothing was written: " } else { "" };
    println!(
        "{would}{} in {}: {} new, {} unchanged, {} updated, {} edited by you and kept, {} overwritten, {} left alone; {}",
        report::counted(lines.len(), "story"),
        request.out.display(),
        count(Outcome::New),
        count(Outcome::Unchanged),
        count(Outcome::Updated),
        count(Outcome::Edited),
        count(Outcome::Overwritten),
        count(Outcome::Conflict),
        report::summary(&tally)
    );
    Ok(tally.exit_code())
}

/// The work of [`run`], without telling.
///
/// # Errors
/// If a source cannot be opened, or a story file cannot be read or written.
pub(crate) fn import(request: &Request<'_>) -> Result<(Vec<Line>, Vec<Problem>)> {
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    for path in request.sources {
        sources.push(source::open(path, &mut problems)?);
    }
    let n_documents: usize = sources.iter().map(Source::len).sum();
    if n_documents == 0 && !problems.iter().any(|problem| problem.severity == Severity::Error) {
        bail!("nothing to import; give saved pages, feeds, exports, HTML or Markdown files, or a folder or zip of them");
    }
    if request.mode == Mode::Write {
        fs::create_dir_all(request.out).with_context(|| format!("making the folder {}", request.out.display()))?;
    }
    let mut work = Work { request, shelf: Shelf::open(request.out)?, lines: Vec::new(), problems };
    // Hidden where nobody looks: in files, pipes and tests.
    let bar = ProgressBar::new(n_documents as u64);
    if let Ok(style) = ProgressStyle::with_template("{pos}/{len} files {wide_bar} {eta}") {
        bar.set_style(style);
    }
    for source in &mut sources {
        work.source(source, &bar)?;
    }
    bar.finish_and_clear();
    Ok((work.lines, work.problems))
}

struct Work<'a> {
    request: &'a Request<'a>,
    shelf: Shelf,
    lines: Vec<Line>,
    problems: Vec<Problem>,
}

impl Work<'_> {
    fn source(&mut self, source: &mut Source, bar: &ProgressBar) -> Result<()> {
        let mut next = 0;
        while next < source.len() {
            let (mut batch, mut n_bytes) = (Vec::new(), 0);
            while next < source.len() && batch.len() < BATCH.0 && n_bytes < BATCH.1 {
                if let Some((name, bytes)) = source.read(next, &mut self.problems)? {
                    n_bytes += bytes.len();
                    batch.push((name, bytes));
                }
                next += 1;
            }
            let options = &self.request.options;
            let read: Vec<Imported> = batch.par_iter().map(|(name, bytes)| import::read(name, bytes, options)).collect();
            for ((name, _), imported) in batch.iter().zip(read) {
                self.problems.extend(imported.problems);
                for draft in imported.stories {
                    self.write(draft, name, source)?;
                }
                bar.inc(1);
            }
        }
        Ok(())
    }

    fn write(&mut self, mut draft: Draft, document: &str, source: &mut Source) -> Result<()> {
        let path = self.shelf.place(&mut draft.story);
        let markdown = markdown::write(&draft.story);
        let outcome = match fs::read(&path) {
            Ok(bytes) => match stamp::compare(&String::from_utf8_lossy(&bytes), &markdown) {
                Verdict::Same => Outcome::Unchanged,
                Verdict::Outdated => Outcome::Updated,
                _ if self.request.existing == Existing::Overwrite => Outcome::Overwritten,
                Verdict::Edited => Outcome::Edited,
                Verdict::Conflict => {
                    let fix = "keep it, or import with --force to overwrite it";
                    let message = "the file is there, was edited and differs from its source, so it was left alone";
                    self.problems.push(Problem::error(path.to_string_lossy(), 1, message, fix));
                    Outcome::Conflict
                }
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Outcome::New,
            Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
        };
        let is_written = matches!(outcome, Outcome::New | Outcome::Updated | Outcome::Overwritten);
        if is_written && self.request.mode == Mode::Write {
            fs::write(&path, stamp::stamped(&markdown)).with_context(|| format!("writing {}", path.display()))?;
            original::write(&path, &draft.original)?;
        }
        let pictures = self.pictures(&draft, document, source)?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let glued = if self.request.telling == Telling::Explained { draft.glued } else { Vec::new() };
        self.lines.push(Line { file, source: draft.story.source.unwrap_or_default(), outcome, pictures, glued });
        Ok(())
    }

    /// Copies the story's pictures into a folder of its slug beside it; those that are there already stay.
    fn pictures(&mut self, draft: &Draft, document: &str, source: &mut Source) -> Result<usize> {
        let folder = self.request.out.join(draft.story.slug.as_str());
        let mut n_found = 0;
        for image in &draft.images {
            let name = image.path.rsplit(['/', '\\']).next().unwrap_or_default();
            let is_picture =
                name.rsplit_once('.').is_some_and(|(_, extension)| PICTURES.contains(&extension.to_ascii_lowercase().as_str()));
            let found = if is_picture { source.picture(document, &image.path) } else { None };
            let Some(bytes) = found else {
                let message = format!("picture `{}` is not there or no picture; its caption stays", image.path);
                self.problems.push(Problem::warning(
                    document,
                    image.line,
                    message,
                    "put it beside the source and import again if it is needed",
                ));
                continue;
            };
            n_found += 1;
            let target = folder.join(name);
            if self.request.mode == Mode::Write && fs::read(&target).ok().is_none_or(|present| present != bytes) {
                fs::create_dir_all(&folder).with_context(|| format!("making the folder {}", folder.display()))?;
                fs::write(&target, bytes).with_context(|| format!("writing {}", target.display()))?;
            }
        }
        Ok(n_found)
    }
}
