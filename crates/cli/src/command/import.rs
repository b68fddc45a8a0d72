//! `story-home import`: saved pages to story files.

use std::{fs, io::ErrorKind, path::Path};

use anyhow::{Context, Result};
use corpus::{Problem, Story};
use import::{markdown, saved_page};

use crate::{args::ImportArgs, report};

/// What became of the story files.
#[derive(Default)]
struct Written {
    n_new: usize,
    n_unchanged: usize,
    n_overwritten: usize,
}

pub(crate) fn run(args: &ImportArgs) -> Result<bool> {
    let (mut stories, mut problems) = (Vec::new(), Vec::new());
    for path in &args.pages {
        let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        // The file's name, not where it lies on this machine, goes into the stories.
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let page = saved_page::read(&name, &bytes);
        println!("{name}: {}", report::count(page.stories.len(), "story"));
        stories.extend(page.stories);
        problems.extend(page.problems);
    }
    saved_page::make_slugs_unique(&mut stories);
    fs::create_dir_all(&args.out).with_context(|| format!("making {}", args.out.display()))?;
    let mut written = Written::default();
    for story in &stories {
        write_story(&args.out, story, args.force, &mut written, &mut problems)?;
    }
    report::print(&problems);
    println!(
        "{} in {}: {} new, {} unchanged, {} overwritten; {}",
        report::count(stories.len(), "story"),
        args.out.display(),
        written.n_new,
        written.n_unchanged,
        written.n_overwritten,
        report::summary(&problems)
    );
    Ok(report::n_errors(&problems) == 0)
}

fn write_story(dir: &Path, story: &Story, force: bool, written: &mut Written, problems: &mut Vec<Problem>) -> Result<()> {
    let path = dir.join(format!("{}.md", story.slug));
    let markdown = markdown::write(story);
    let counter = match fs::read(&path) {
        Ok(bytes) if bytes == markdown.as_bytes() => {
            written.n_unchanged += 1;
            return Ok(());
        }
        Ok(_) if force => &mut written.n_overwritten,
        Ok(_) => {
            let fix = "keep it, or import with --force to overwrite it";
            problems.push(Problem::error(path.to_string_lossy(), 1, "the file is there and differs, so it was left alone", fix));
            return Ok(());
        }
        Err(error) if error.kind() == ErrorKind::NotFound => &mut written.n_new,
        Err(error) => return Err(error).with_context(|| format!("reading {}", path.display())),
    };
    fs::write(&path, markdown).with_context(|| format!("writing {}", path.display()))?;
    *counter += 1;
    Ok(())
}
