//! What the options of `bench` choose among, by the names that a user types.

use std::{env, fmt, path::PathBuf, str::FromStr};

/// The value of this name; else words that say `what` the name is not, and which names there are.
fn one_of<T: Copy>(text: &str, what: &str, named: &[(&str, T)]) -> Result<T, String> {
    let value = named.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    let names = || named.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    value.ok_or_else(|| format!("`{text}` is no {what}; there are {}", names()))
}

/// Another generator that makes a site of the same stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peer {
    VitePress,
    Starlight,
}

impl Peer {
    pub(crate) const ALL: [Self; 2] = [Self::VitePress, Self::Starlight];
}

impl FromStr for Peer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        one_of(text, "site generator that is measured", &[("vitepress", Self::VitePress), ("starlight", Self::Starlight)])
    }
}

/// Stories that `bench ui` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UiCorpus {
    Bundled,
    Generated,
}

impl FromStr for UiCorpus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        one_of(text, "corpus of the interface", &[("bundled", Self::Bundled), ("generated", Self::Generated)])
    }
}

/// A part of `bench structure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Score,
    Loss,
    Speed,
}

impl FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        one_of(text, "step", &[("score", Self::Score), ("loss", Self::Loss), ("speed", Self::Speed)])
    }
}

/// Documents to search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Corpus {
    Ko1k,
    Ko10k,
    Ko100k,
    /// Absolute.
    File(PathBuf),
}

impl Corpus {
    pub(crate) const NAMED: [Self; 3] = [Self::Ko1k, Self::Ko10k, Self::Ko100k];

    /// As the harness calls it in its folders and files: a file's name up to the first character that is no letter, digit or underscore.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Ko1k => "ko-1k".into(),
            Self::Ko10k => "ko-10k".into(),
            Self::Ko100k => "ko-100k".into(),
            Self::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default().to_owned()
            }
        }
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl FromStr for Corpus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(named) = Self::NAMED.into_iter().find(|corpus| corpus.name() == text) {
            return Ok(named);
        }
        let path = absolute(text)?;
        let corpus = Self::File(path);
        if !text.ends_with(".jsonl.gz") {
            return Err(format!("`{text}` is no corpus; there are ko-1k, ko-10k, ko-100k and files that end in .jsonl.gz"));
        }
        if corpus.name().is_empty() {
            return Err(format!("the file name `{text}` must begin with an ASCII letter or digit"));
        }
        Ok(corpus)
    }
}

/// Measuring happens in other folders than the one that the user stands in.
pub(super) fn absolute(path: &str) -> Result<PathBuf, String> {
    let here = env::current_dir().map_err(|error| format!("reading the current folder: {error}"))?;
    Ok(here.join(path))
}
