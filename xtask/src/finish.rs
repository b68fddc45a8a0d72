//! The last step of every build, run by trunk's `post_build` hook: the sub-path, the web font, and the page
//! that static hosts show for deep links.
//!
//! Touches `index.html` only: the other files are named by their content.

use std::{
    env, fs,
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::{Context, Result, bail};

/// Where a web font lies in the site, and the name of its style sheet there.
const FONTS: &str = "font";
const FONT_SHEET: &str = "web-font.css";

/// Where a site is served: begins and ends with a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BasePath(String);

impl BasePath {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BasePath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let inner = text.trim_matches('/');
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~%/".contains(c);
        if !inner.chars().all(is_plain) || inner.contains("//") {
            return Err(format!("`{text}` is no base path; write it as a URL has it, e.g. /repo/"));
        }
        Ok(Self(if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") }))
    }
}

/// `cargo xtask finish-site`: finishes the site in `TRUNK_STAGING_DIR`, under `STORY_HOME_BASE` if that is set.
pub(crate) fn run() -> Result<()> {
    let site =
        env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).context("TRUNK_STAGING_DIR is not set; trunk's post_build hook runs this")?;
    let index = site.join("index.html");
    let mut html = fs::read_to_string(&index).with_context(|| format!("reading {}", index.display()))?;
    if let Some(base) = env::var_os("STORY_HOME_BASE") {
        let base: BasePath = base.to_string_lossy().parse().map_err(anyhow::Error::msg).context("STORY_HOME_BASE")?;
        html = with_base(&html, &base)?;
    }
    if let Some(font) = env::var_os("STORY_HOME_FONT") {
        copy_font(Path::new(&font), &site.join(FONTS)).context("STORY_HOME_FONT")?;
        html = with_font(&html)?;
    }
    fs::write(&index, &html).with_context(|| format!("writing {}", index.display()))?;
    let copy = site.join("404.html");
    fs::write(&copy, html).with_context(|| format!("writing {}", copy.display()))
}

/// Copies a style sheet of `@font-face` rules and the folder of files that it names, which lies beside it.
fn copy_font(sheet: &Path, to: &Path) -> Result<()> {
    const FILES: &str = "woff2-dynamic-subset";
    let from = sheet.with_file_name(FILES);
    let to_files = to.join(FILES);
    fs::create_dir_all(&to_files).with_context(|| format!("making the folder {}", to_files.display()))?;
    fs::copy(sheet, to.join(FONT_SHEET)).with_context(|| format!("copying {}", sheet.display()))?;
    for entry in fs::read_dir(&from).with_context(|| format!("reading the folder {}", from.display()))? {
        let file = entry.with_context(|| format!("reading the folder {}", from.display()))?;
        fs::copy(file.path(), to_files.join(file.file_name())).with_context(|| format!("copying {}", file.path().display()))?;
    }
    Ok(())
}

/// The page whose `<html>` names the style sheet of the web font, where `start.js` looks for it.
fn with_font(html: &str) -> Result<String> {
    let Some((before, after)) = html.split_once("<html") else { bail!("index.html has no <html> to note the web font in") };
    Ok(format!("{before}<html data-web-font=\"{FONTS}/{FONT_SHEET}\"{after}"))
}

/// The page with `<base href>` set to `base`. Knows both spellings of the tag: as written and as trunk's minifier leaves it.
fn with_base(html: &str, base: &BasePath) -> Result<String> {
    let Some(start) = find_base_tag(html) else { bail!("index.html has no <base href>, so it cannot be served below a path") };
    let (before, tag_on) = html.split_at(start);
    let Some((_, after)) = tag_on.split_once('>') else { bail!("index.html: the <base> tag does not end") };
    Ok(format!("{before}<base href=\"{}\">{after}", base.as_str()))
}

/// Where the first `<base` outside comments begins.
fn find_base_tag(html: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = html.get(at..)?;
        let open = rest.find('<')?;
        let tag = rest.get(open..)?;
        if tag.starts_with("<!--") {
            at += open + tag.find("-->")?;
        } else if tag.starts_with("<base ") || tag.starts_with("<base\n") {
            return Some(at + open);
        } else {
            at += open + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[track_caller]
    fn check_base(html: &str, expected: &str) {
        assert_eq!(with_base(html, &"repo".parse().unwrap()).unwrap(), expected);
    }

    #[test]
    fn sets_base_in_either_spelling() {
        check_base("<head>\n<base href=\"/\" />\n<p>", "<head>\n<base href=\"/repo/\">\n<p>");
        check_base("<html><base href=/><title>", "<html><base href=\"/repo/\"><title>");
        check_base("<base\n  href='/'\n><a href=/x>", "<base href=\"/repo/\"><a href=/x>");
    }

    #[test]
    fn web_font_lies_beside_the_app_and_is_noted_in_the_page() {
        let dir = tempfile::tempdir().unwrap();
        let sheet = dir.path().join("some.css");
        fs::create_dir(dir.path().join("woff2-dynamic-subset")).unwrap();
        fs::write(&sheet, "@font-face{}").unwrap();
        fs::write(dir.path().join("woff2-dynamic-subset/a.woff2"), "a").unwrap();
        let to = dir.path().join("site/font");
        copy_font(&sheet, &to).unwrap();
        assert!(to.join("web-font.css").is_file() && to.join("woff2-dynamic-subset/a.woff2").is_file());
        assert_eq!(
            with_font("<!doctype html><html lang=ko>").unwrap(),
            "<!doctype html><html data-web-font=\"font/web-font.css\" lang=ko>"
        );
        assert!(with_font("<p>").is_err());
    }

    #[test]
    fn leaves_comments_alone() {
        let comment = "<!-- the <base href> decides the path -->";
        check_base(&format!("{comment}<base href=\"/\">"), &format!("{comment}<base href=\"/repo/\">"));
    }

    #[test]
    fn page_without_base_is_an_error() {
        let base = "/".parse().unwrap();
        for html in ["", "<basefont>", "<!-- <base href=/> -->", "<!-- open <base href=/>", "<base href=/"] {
            assert!(with_base(html, &base).is_err(), "{html}");
        }
    }

    #[test]
    fn base_paths_get_their_slashes() {
        for (text, expected) in [("", "/"), ("/", "/"), ("repo", "/repo/"), ("/a/b", "/a/b/"), ("/%ED%99%88/", "/%ED%99%88/")] {
            assert_eq!(text.parse::<BasePath>().unwrap().as_str(), expected);
        }
    }

    #[test]
    fn base_paths_are_paths() {
        for text in ["https://example.org/", "/a\"b/", "/a b/", "/a//b/", "/<x>/", "/?q"] {
            assert!(text.parse::<BasePath>().is_err(), "{text}");
        }
    }
}
