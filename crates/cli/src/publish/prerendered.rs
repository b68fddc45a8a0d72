//! The pages as the app's own components render them. A program beside the app does it, because the app is compiled for the browser and
//! cannot be linked in here; it says one page a line, and nothing but its key of a page that is as it was.

use std::{
    io::{BufRead, BufReader, BufWriter, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::Deserialize;

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Page {
    /// The address, as links have it.
    pub(super) href: String,
    /// The same as long as what is rendered is; absent where the program cannot tell.
    #[serde(default)]
    pub(super) key: Option<String>,
    /// What was rendered; nothing for a page that was known.
    #[serde(flatten)]
    pub(super) rendered: Option<Rendered>,
}

/// What was rendered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Rendered {
    /// What the tab shows.
    pub(super) title: String,
    /// The content of `#app`.
    pub(super) html: String,
}

/// The program at work. It finds out what there is to render while the caller finds out what need not be.
pub(super) struct Renderer<'a> {
    program: &'a Path,
    child: Child,
}

impl<'a> Renderer<'a> {
    /// Starts it. The data of the site are there.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(super) fn start(program: &'a Path, site: &Path, base: &str) -> Result<Self> {
        let mut command = Command::new(program);
        command.arg(site).arg(base).arg("--known").stdin(Stdio::piped()).stdout(Stdio::piped());
        let child = command.spawn().with_context(|| format!("running {}", program.display()))?;
        Ok(Self { program, child })
    }

    /// Has the pages rendered, but for those in `known`, `KEY HREF` each. `take` is called for each page as it comes, on all cores; pages that
    /// were not taken yet are not kept in memory.
    ///
    /// # Errors
    /// If the program says something else than pages, or fails; or the first error of `take`.
    pub(super) fn render(mut self, known: &[String], take: impl Fn(Page) -> Result<()> + Send + Sync) -> Result<()> {
        let named = || format!("running {}", self.program.display());
        // It reads to the end before it says anything.
        let told = self.child.stdin.take().map_or(Ok(()), |input| tell(input, known));
        let output = self.child.stdout.take().with_context(named)?;
        let taken = read(BufReader::new(output), take);
        let status = self.child.wait().with_context(named)?;
        if !status.success() && taken.is_ok() {
            bail!("{} ended with {status}; it has said why above", self.program.display());
        }
        taken.and_then(|()| told.context("telling it which pages are known")).with_context(named)
    }
}

fn tell(input: ChildStdin, known: &[String]) -> std::io::Result<()> {
    let mut input = BufWriter::new(input);
    known.iter().try_for_each(|line| writeln!(input, "{line}"))?;
    input.flush()
}

fn read(lines: impl BufRead + Send, take: impl Fn(Page) -> Result<()> + Send + Sync) -> Result<()> {
    lines.lines().par_bridge().try_for_each(|line| take(serde_json::from_str(&line?).context("a line is no page")?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Mutex;

    use super::read;

    #[test]
    fn a_page_a_line() {
        let pages = Mutex::new(Vec::new());
        let take = |page| {
            pages.lock().unwrap().push(page);
            Ok(())
        };
        read(&b"{\"href\":\"./\",\"key\":\"1\",\"title\":\"t\",\"html\":\"<p>1</p>\"}\n{\"href\":\"feed\",\"key\":\"2\"}\n"[..], take)
            .unwrap();
        let mut pages = pages.into_inner().unwrap();
        pages.sort_by(|a, b| a.href.cmp(&b.href));
        assert_eq!(pages.iter().map(|page| page.href.as_str()).collect::<Vec<_>>(), ["./", "feed"]);
        assert_eq!((pages[0].rendered.as_ref().unwrap().html.as_str(), &pages[1].rendered), ("<p>1</p>", &None));
        assert!(read(&b"panicked\n"[..], |_| Ok(())).is_err());
    }
}
