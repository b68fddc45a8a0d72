//! Why a file of the archive is not there.

use std::fmt;

/// Why loading failed. Shown by `LoadErrorPanel` with a way to try again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LoadError {
    /// The request did not get an answer.
    Network {
        /// Path below the site.
        file: String,
    },
    /// The server answered with another status than 200.
    Status {
        /// Path below the site.
        file: String,
        /// HTTP status.
        status: u16,
    },
    /// The answer is not what the file should hold.
    Content {
        /// Path below the site.
        file: String,
        /// What is wrong with it.
        detail: String,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network { file } => write!(f, "{file} could not be reached"),
            Self::Status { file, status } => write!(f, "{file} was answered with status {status}"),
            Self::Content { file, detail } => write!(f, "{file} could not be read: {detail}"),
        }
    }
}

impl std::error::Error for LoadError {}
