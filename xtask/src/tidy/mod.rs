//! `cargo xtask tidy`: house rules that the compiler and clippy do not know. Textual and quick; what clippy can check is left to it.
//!
//! One module a kind of file: [`edges`] between packages, [`rust`] sources, [`css`], and [`paths`] in any text.

mod css;
mod edges;
mod paths;
mod rust;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};

use crate::project::Project;

/// A broken rule.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    /// Relative to the checkout, with slashes.
    file: String,
    /// From 1; 0 is the whole file.
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line.max(1), self.message)
    }
}

/// Folders that hold what is made or fetched, by name or by path in the checkout.
const NOT_OURS: [&str; 8] = [".git", "target", "dist", "node_modules", "public/data", "public/og", "fuzz/corpus", "fuzz/artifacts"];

/// Stories may say anything; the rest is ours.
const STORIES: &str = "stories/";

/// Prints every finding; succeeds when there is none.
pub(crate) fn run(project: &Project) -> Result<ExitCode> {
    let findings = check(project)?;
    for finding in &findings {
        println!("{finding}");
    }
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check(project: &Project) -> Result<Vec<Finding>> {
    let mut findings = edges::check(&edges::read(&project.root)?);
    let mut files = Vec::new();
    list_files(&project.root, Path::new(""), &mut files)?;
    files.sort();
    for file in files.iter().filter(|file| !file.starts_with(STORIES)) {
        let path = project.root.join(file);
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let Ok(text) = String::from_utf8(bytes) else { continue };
        findings.extend(check_text(file, &text));
    }
    Ok(findings)
}

fn check_text(file: &str, text: &str) -> Vec<Finding> {
    let mut findings = paths::check(file, text);
    if file.ends_with(".rs") {
        findings.extend(rust::check(file, text));
    }
    if file.starts_with("style/") && file.ends_with(".css") {
        findings.extend(css::check(file, text));
    }
    findings
}

fn list_files(root: &Path, folder: &Path, files: &mut Vec<String>) -> Result<()> {
    let full = root.join(folder);
    for entry in fs::read_dir(&full).with_context(|| format!("reading {}", full.display()))? {
        let entry = entry.with_context(|| format!("reading {}", full.display()))?;
        let path: PathBuf = folder.join(entry.file_name());
        let name = path.to_string_lossy().replace('\\', "/");
        let is_ours = !NOT_OURS.iter().any(|skip| name == *skip || name.rsplit('/').next() == Some(skip));
        let kind = entry.file_type().with_context(|| format!("reading {name}"))?;
        if kind.is_dir() && is_ours {
            list_files(root, &path, files)?;
        } else if kind.is_file() && is_ours && has_text(&path) {
            files.push(name);
        }
    }
    Ok(())
}

/// Pictures and fonts are not read; a file without extension is a script.
fn has_text(path: &Path) -> bool {
    let Some(extension) = path.extension().and_then(|extension| extension.to_str()) else { return true };
    ["rs", "toml", "md", "css", "html", "js", "mjs", "json", "sh", "yml", "yaml", "svg", "txt"].contains(&extension)
}

/// Makes findings for lines of one file, for the rule modules.
fn finding(file: &str, line: usize, message: impl Into<String>) -> Finding {
    Finding { file: file.to_owned(), line, message: message.into() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn lists_sources_and_nothing_that_is_made() {
        let dir = tempfile::tempdir().unwrap();
        for file in
            ["src/a.rs", "target/b.rs", "crates/x/target/c.rs", "public/data/d.json", "public/e.svg", "f.png", "fuzz/corpus/g", ".ci/run"]
        {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let mut files = Vec::new();
        list_files(dir.path(), Path::new(""), &mut files).unwrap();
        files.sort();
        assert_eq!(files, [".ci/run", "public/e.svg", "src/a.rs"]);
        // A second working tree of a repository has a file there, which names the first.
        fs::write(dir.path().join(".git"), "gitdir: elsewhere\n").unwrap();
        let mut again = Vec::new();
        list_files(dir.path(), Path::new(""), &mut again).unwrap();
        assert_eq!(again.len(), files.len(), "{again:?}");
    }

    #[test]
    fn style_rules_are_for_style_sheets_of_the_site() {
        let css = ".a { margin-left: 1em; }";
        assert_eq!(check_text("style/a.css", css).len(), 1);
        assert!(check_text("docs/a.css", css).is_empty());
    }

    #[test]
    fn findings_are_shown_where_an_editor_can_follow() {
        assert_eq!(finding("src/a.rs", 7, "why").to_string(), "src/a.rs:7: why");
        assert_eq!(finding("src/a.rs", 0, "why").to_string(), "src/a.rs:1: why");
    }

    #[test]
    fn this_checkout_is_tidy_where_this_package_decides() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut files = Vec::new();
        list_files(root, Path::new("xtask"), &mut files).unwrap();
        let findings: Vec<_> = files.iter().flat_map(|file| check_text(file, &fs::read_to_string(root.join(file)).unwrap())).collect();
        assert_eq!(findings, []);
        assert!(10 < files.len(), "{files:?}");
    }
}
