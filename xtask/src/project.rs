//! Where things are: the checkout, cargo's target folder and the tools that all checkouts of a user share.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// The checkout that the command was called in.
#[derive(Debug)]
pub(crate) struct Project {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Where cargo puts what it builds.
    pub(crate) target: PathBuf,
    /// This user's tools, see [`cache_dir`].
    pub(crate) cache: PathBuf,
}

impl Project {
    /// Finds the checkout around the current folder.
    pub(crate) fn discover() -> Result<Self> {
        let here = env::current_dir().context("reading the current folder")?;
        // Not from CARGO_MANIFEST_DIR at compile time: checkouts that share a target folder would share the answer.
        let root = here
            .ancestors()
            .find(|dir| dir.join("xtask/Cargo.toml").is_file())
            .context("this is no checkout of Story Home: no folder above has xtask/Cargo.toml")?
            .to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => here.join(dir),
            None => root.join("target"),
        };
        Ok(Self { root, target, cache: cache_dir(|name| env::var_os(name))? })
    }

    /// The release site that `test` builds, measures and drives browsers over.
    pub(crate) fn test_site(&self) -> PathBuf {
        self.target.join("site")
    }
}

/// Folder for the tools of all checkouts of this user: `STORY_HOME_CACHE`, else `XDG_CACHE_HOME/story-home`, else `~/.cache/story-home`.
fn cache_dir(var: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf> {
    let absolute = |name: &str| var(name).map(PathBuf::from).filter(|dir| dir.is_absolute());
    absolute("STORY_HOME_CACHE")
        .or_else(|| absolute("XDG_CACHE_HOME").map(|dir| dir.join("story-home")))
        .or_else(|| absolute("HOME").map(|dir| dir.join(".cache/story-home")))
        .context("no folder for tools: set STORY_HOME_CACHE to an absolute path")
}

/// `path` as a person reads it: relative to `root` when it is below.
pub(crate) fn display<'a>(path: &'a Path, root: &Path) -> std::path::Display<'a> {
    path.strip_prefix(root).unwrap_or(path).display()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[track_caller]
    fn check(vars: &[(&str, &str)], expected: Option<&str>) {
        let found = cache_dir(|name| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into()));
        assert_eq!(found.ok(), expected.map(PathBuf::from));
    }

    #[test]
    fn cache_follows_the_users_wish_then_xdg_then_home() {
        check(&[("STORY_HOME_CACHE", "/a"), ("XDG_CACHE_HOME", "/b"), ("HOME", "/c")], Some("/a"));
        check(&[("XDG_CACHE_HOME", "/b"), ("HOME", "/c")], Some("/b/story-home"));
        check(&[("HOME", "/c")], Some("/c/.cache/story-home"));
    }

    #[test]
    fn cache_is_never_relative() {
        check(&[("XDG_CACHE_HOME", ""), ("HOME", "/c")], Some("/c/.cache/story-home"));
        check(&[("STORY_HOME_CACHE", "here")], None);
    }
}
