//! Where the parts of a story stand in the file it was read from, so that findings can point at lines.

use std::collections::BTreeMap;

/// The file a story was read from and the lines of its parts.
///
/// Readers fill it; a story from a source without lines (JSON, tests) has an empty one, and every finding is on line 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    file: String,
    fields: BTreeMap<String, usize>,
    blocks: Vec<usize>,
}

impl SourceMap {
    /// A map that knows the file only.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// Notes the 1-based line of a front-matter field such as `title`.
    pub fn add_field(&mut self, name: &str, line: usize) {
        self.fields.insert(name.to_owned(), line);
    }

    /// Notes the 1-based first line of the next block of the body.
    pub fn push_block(&mut self, line: usize) {
        self.blocks.push(line);
    }

    /// The file, as the reader's caller named it.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line of a field; 1 when unknown.
    pub fn field(&self, name: &str) -> usize {
        self.fields.get(name).copied().unwrap_or(1)
    }

    /// The first line of a top-level block; 1 when unknown.
    pub fn block(&self, block_idx: usize) -> usize {
        self.blocks.get(block_idx).copied().unwrap_or(1)
    }
}
