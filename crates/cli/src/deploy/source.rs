//! Where the files of a published site are asked for: a folder, answered as `serve` does, or a host on the network.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use tiny_http::Method;

use crate::serve::{Reply, answer};

/// A published site.
pub(super) enum Source {
    /// A folder.
    Folder(PathBuf),
    /// The address of a site, with a slash at the end.
    Host(String),
}

/// What was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Names in lower case. A folder has none but `content-type`.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

impl Source {
    /// What the command line names.
    pub(super) fn parse(place: &str) -> Result<Self> {
        if place.starts_with("https://") || place.starts_with("http://") {
            return Ok(Self::Host(format!("{}/", place.trim_end_matches('/'))));
        }
        let dir = PathBuf::from(place);
        if !dir.join("index.html").is_file() {
            bail!("{place} is no folder with an index.html and no address that begins with https://");
        }
        Ok(Self::Folder(dir))
    }

    /// How many paths may be asked for at the same time: enough of a folder's that all processors are busy, few enough to hold in memory.
    pub(super) fn at_once(&self) -> usize {
        match self {
            Self::Folder(_) => 256,
            Self::Host(_) => 1,
        }
    }

    /// Asks for the path of each of these, as many at the same time as may be, and makes something of each answer. In order.
    pub(super) fn each<T: Send, U: Send>(
        &self,
        all: Vec<T>,
        path: impl Fn(&T) -> &str + Sync,
        make: impl Fn(T, &Answer) -> U + Sync,
    ) -> Vec<Result<U>> {
        let ask = |one: T| self.get(path(&one)).map(|answer| make(one, &answer));
        match self {
            Self::Folder(_) => all.into_par_iter().map(ask).collect(),
            Self::Host(_) => all.into_iter().map(ask).collect(),
        }
    }

    /// Asks for a path below the site, percent-encoded as in links.
    pub(super) fn get(&self, path: &str) -> Result<Answer> {
        match self {
            Self::Folder(dir) => from_folder(dir, path),
            Self::Host(root) => from_host(&format!("{root}{path}")),
        }
    }
}

fn from_folder(dir: &Path, path: &str) -> Result<Answer> {
    let (status, file, mime) = match answer(&Method::Get, &format!("/{path}"), dir, None) {
        Reply::File { path, mime } => (200, path, mime),
        Reply::App(path) => (200, path, "text/html; charset=utf-8"),
        Reply::Missing(path) => (404, path, "text/html; charset=utf-8"),
        Reply::Status(status) => return Ok(Answer { status, ..Answer::default() }),
    };
    let body = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    Ok(Answer { status, headers: vec![("content-type".to_owned(), mime.to_owned())], body })
}

/// By curl, which every system of today has, with its certificates: no publisher needs a second copy of TLS for a check.
fn from_host(url: &str) -> Result<Answer> {
    let output = Command::new("curl").args(["--silent", "--show-error", "--http1.1", "--max-time", "30", "--include", "--", url]).output();
    let output = output.context("starting curl, which asks hosts; install it")?;
    if !output.status.success() {
        bail!("{url}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    parse(&output.stdout).with_context(|| format!("{url}: the answer is no HTTP"))
}

/// Reads what curl prints: headers, an empty line, the body.
fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    Some(Answer { status, headers, body: bytes.get(end + 4..)?.to_vec() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::parse;

    #[test]
    fn an_answer_is_read_with_its_headers() {
        let answer = parse(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nX: a:b\r\n\r\nbody\r\n\r\nmore").unwrap();
        assert_eq!((answer.status, answer.header("content-type"), answer.header("x")), (404, Some("text/html"), Some("a:b")));
        assert_eq!(answer.body, b"body\r\n\r\nmore");
        assert_eq!(parse(b"nothing"), None);
    }
}
