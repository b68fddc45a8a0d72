//! The pages as the app's own components render them. A program beside the app does it, because the app is compiled for the browser and
//! cannot be linked in here; it says one page a line.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// One rendered page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Page {
    /// The address, as links have it.
    pub(super) href: String,
    /// What the tab shows.
    pub(super) title: String,
    /// The content of `#app`.
    pub(super) html: String,
}

/// Has the program render every page of the site, by address.
///
/// # Errors
/// If it cannot be started, says something else than pages, or fails.
pub(super) fn render(program: &Path, site: &Path, base: &str) -> Result<BTreeMap<String, Page>> {
    let named = || format!("running {}", program.display());
    let mut child = Command::new(program).arg(site).arg(base).stdout(Stdio::piped()).spawn().with_context(named)?;
    let output = child.stdout.take().with_context(named)?;
    let pages = read(BufReader::new(output)).with_context(named);
    let status = child.wait().with_context(named)?;
    if !status.success() {
        bail!("{} ended with {status}; it has said why above", program.display());
    }
    pages
}

fn read(lines: impl BufRead) -> Result<BTreeMap<String, Page>> {
    let mut pages = BTreeMap::new();
    for line in lines.lines() {
        let page: Page = serde_json::from_str(&line?).context("a line is no page")?;
        pages.insert(page.href.clone(), page);
    }
    Ok(pages)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::read;

    #[test]
    fn a_page_a_line() {
        let pages =
            read(&b"{\"href\":\"./\",\"title\":\"t\",\"html\":\"<p>1</p>\"}\n{\"href\":\"feed\",\"title\":\"f\",\"html\":\"\"}\n"[..])
                .unwrap();
        assert_eq!(pages.keys().collect::<Vec<_>>(), ["./", "feed"]);
        assert_eq!(pages["./"].html, "<p>1</p>");
        assert!(read(&b"panicked\n"[..]).is_err());
    }
}
