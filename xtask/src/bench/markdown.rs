//! Markdown tables, and their place in a file that people write too.

use std::{fmt::Write as _, fs};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// Stands for a figure that there is none of.
pub(super) const NONE: &str = "–";

/// A table whose first column is text and whose others are figures.
#[derive(Debug)]
pub(super) struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(head: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { head: head.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row; what is missing at its end stays empty.
    pub(super) fn push(&mut self, row: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(row.into_iter().map(Into::into).collect());
    }

    pub(super) fn write(&self) -> String {
        let mut text = String::new();
        let mut line = |cells: &mut dyn Iterator<Item = &str>| {
            text.push('|');
            for cell in cells {
                // A bar would begin another cell; a line break would end the table.
                let cell = cell.replace('|', "\\|").replace('\n', " ");
                let _ = write!(text, " {cell} |");
            }
            text.push('\n');
        };
        line(&mut self.head.iter().map(String::as_str));
        line(&mut (0..self.head.len()).map(|column| if column == 0 { "---" } else { "---:" }));
        for row in &self.rows {
            line(&mut (0..self.head.len()).map(|column| row.get(column).map_or("", String::as_str)));
        }
        text
    }
}

/// The marks in README.md between which a bench puts its tables.
fn marks(bench: &str) -> [String; 2] {
    let begin = format!("<!-- bench {bench}: written by `cargo xtask bench {bench} --readme`, change nothing here -->");
    [begin, format!("<!-- bench {bench}: end -->")]
}

/// Puts `tables` between the marks of a bench in README.md.
pub(super) fn write_readme(project: &Project, bench: &str, tables: &str) -> Result<()> {
    let [begin, end] = marks(bench);
    let file = project.root.join("README.md");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let text = splice(&text, &begin, &end, tables).context("README.md has no place for the tables")?;
    fs::write(&file, text).with_context(|| format!("writing {}", file.display()))
}

/// `text` with what stands between the two marks replaced by `inner`, each mark on a line of its own.
///
/// # Errors
/// When a mark is missing or there are two of it: then nobody can say what may be replaced.
fn splice(text: &str, begin: &str, end: &str, inner: &str) -> Result<String> {
    let (Some((before, rest)), 1) = (text.split_once(begin), text.matches(begin).count()) else { bail!("there must be one `{begin}`") };
    let (Some((_, after)), 1) = (rest.split_once(end), text.matches(end).count()) else {
        bail!("there must be one `{end}` behind `{begin}`")
    };
    Ok(format!("{before}{begin}\n\n{}\n\n{end}{after}", inner.trim()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn readme_has_a_place_for_the_tables_of_each_bench() {
        let readme = include_str!("../../../README.md");
        for bench in ["search", "structure", "site"] {
            let [begin, end] = marks(bench);
            assert!(splice(readme, &begin, &end, "tables").unwrap().contains("tables"));
        }
    }

    #[test]
    fn table_has_a_cell_for_each_column() {
        let mut table = Table::new(["engine", "ms"]);
        table.push(["a|b", "1"]);
        table.push(["c"]);
        assert_eq!(table.write(), "| engine | ms |\n| --- | ---: |\n| a\\|b | 1 |\n| c |  |\n");
    }

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let text = "# Title\n<!-- a -->\nold\n<!-- b -->\nrest\n";
        let once = splice(text, "<!-- a -->", "<!-- b -->", "new\n").unwrap();
        assert_eq!(once, "# Title\n<!-- a -->\n\nnew\n\n<!-- b -->\nrest\n");
        assert_eq!(splice(&once, "<!-- a -->", "<!-- b -->", "new").unwrap(), once);
    }

    #[test]
    fn unclear_marks_change_nothing() {
        for text in ["", "<!-- a -->", "<!-- b --> <!-- a -->", "<!-- a --> <!-- a --> <!-- b -->", "<!-- a --> <!-- b --> <!-- b -->"] {
            assert!(splice(text, "<!-- a -->", "<!-- b -->", "x").is_err(), "{text}");
        }
    }
}
