//! A finding about input: where, what, and what to do about it.

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something the publisher may want to know; nothing is wrong.
    Note,
    /// The corpus can be published, a reader might notice.
    Warning,
    /// The story or file cannot be published as it is.
    Error,
}

/// One finding. Readers and checks collect these instead of stopping at the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// File it is in, as given by the caller.
    pub file: String,
    /// 1-based line; 1 when the whole file is meant.
    pub line: usize,
    /// How bad it is.
    pub severity: Severity,
    /// What was found, without a full stop.
    pub message: String,
    /// What to do about it, without a full stop.
    pub fix: String,
}

impl Problem {
    /// A finding that keeps the file from being published.
    pub fn error(file: impl Into<String>, line: usize, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { file: file.into(), line, severity: Severity::Error, message: message.into(), fix: fix.into() }
    }

    /// A finding that should be looked at.
    pub fn warning(file: impl Into<String>, line: usize, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, line, message, fix) }
    }

    /// A finding that nothing needs to be done about.
    pub fn note(file: impl Into<String>, line: usize, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(file, line, message, fix) }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}; {}", self.file, self.line, self.severity, self.message, self.fix)
    }
}
