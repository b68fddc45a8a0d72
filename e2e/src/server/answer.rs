//! What goes out for a path: a file of the site, the app's page for an address of the app, or one of the suite's own.

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::policy;
use crate::console;

/// Where the suite's own files lie below the base.
const OWN: &str = "__e2e__/";

/// One response.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
    pub(super) location: Option<String>,
    /// Whether a scenario asked for this failure.
    pub(super) is_fault: bool,
}

impl Answer {
    pub(super) fn ok(content_type: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, content_type, body, location: None, is_fault: false }
    }

    pub(super) fn not_found() -> Self {
        Self { status: 404, ..Self::ok("text/plain; charset=utf-8", b"not found".to_vec()) }
    }

    pub(super) fn moved(location: String) -> Self {
        Self { status: 301, location: Some(location), ..Self::ok("text/plain; charset=utf-8", Vec::new()) }
    }

    pub(super) fn reason(&self) -> &'static str {
        match self.status {
            200 => "OK",
            301 => "Moved Permanently",
            404 => "Not Found",
            _ => "Internal Server Error",
        }
    }

    /// The file at `below`; for an address that looks like one of the app (no extension), the page that the site has for it, else its start page.
    pub(super) fn file(site: &Path, below: &str, prefix: &str) -> Self {
        let relative = Path::new(below);
        if relative.components().any(|part| !matches!(part, Component::Normal(_))) && !below.is_empty() {
            return Self::not_found();
        }
        let file = site.join(relative);
        let mut page = file.clone().into_os_string();
        page.push(".html");
        let own: [PathBuf; 3] = [file.clone(), PathBuf::from(page), file.join("index.html")];
        // Where pages are not prerendered, the app's page answers for its addresses.
        let for_others = match relative.extension() {
            _ if policy::is_shipped(site) => Some((404, site.join("404.html"))),
            None => Some((200, site.join("index.html"))),
            Some(_) => None,
        };
        let candidates = own.map(|path| (200, path)).into_iter().chain(for_others);
        candidates.into_iter().find_map(|(status, path)| Self::read(status, &path, prefix)).unwrap_or_else(Self::not_found)
    }

    /// The file `name` of a folder of data.
    pub(super) fn data(folder: &Path, name: &str) -> Self {
        let is_inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        let file = folder.join(name);
        match fs::read(&file) {
            Ok(body) if is_inside => Self::ok(content_type(&file), body),
            _ => Self::not_found(),
        }
    }

    fn read(status: u16, file: &Path, prefix: &str) -> Option<Self> {
        let body = fs::read(file).ok()?;
        let content_type = content_type(file);
        let body = match content_type {
            _ if content_type.starts_with("text/html") => adapt_page(&String::from_utf8_lossy(&body), prefix).into_bytes(),
            _ if file.ends_with("offline.json") => adapt_list(&body, file.parent()?, prefix)?,
            _ => body,
        };
        Some(Self { status, ..Self::ok(content_type, body) })
    }
}

/// The suite's own: the recorder, a page that gives it work, and a frame as narrow as a phone.
pub(super) fn of_the_suite(below: &str, target: &str, prefix: &str) -> Option<Answer> {
    match below.strip_prefix(OWN)? {
        "recorder.js" => Some(Answer::ok("text/javascript; charset=utf-8", console::RECORDER.into())),
        "complaining" => Some(Answer::ok("text/html; charset=utf-8", adapt_page(console::COMPLAINING_PAGE, prefix).into_bytes())),
        "frame" => {
            let (width, path) = target.split_once("?width=")?.1.split_once("&path=")?;
            let frame = |path: &str| format!("<iframe src=\"{prefix}{path}\"></iframe>");
            // A second page of the site is another tab of the same origin to the browser. It lies under the first: WebKit lets what is
            // outside of the window wait.
            let frames = path.split_once("&beside=").map_or_else(|| frame(path), |(path, other)| frame(path) + &frame(other));
            let page = format!(
                "<!doctype html><meta charset=\"utf-8\"><title>frame</title><link rel=\"icon\" href=\"data:,\"><style>body{{margin:0}}iframe{{border:0;width:{width}px;height:min(800px,100vh)}}iframe+iframe{{position:absolute;inset:0 auto auto 0;z-index:-1}}</style>{frames}"
            );
            Some(Answer::ok("text/html; charset=utf-8", page.into_bytes()))
        }
        _ => Some(Answer { is_fault: true, ..Answer::not_found() }),
    }
}

/// Moves the page below the prefix and puts the recorder before everything else in it.
///
/// A minified page may leave out quotes and the tag of its head.
fn adapt_page(page: &str, prefix: &str) -> String {
    let page = match tag(page, "<base ") {
        Some((before, after)) => format!(r#"{before}<base href="{prefix}">{after}"#),
        None => page.to_owned(),
    };
    let recorder = format!(r#"<script src="{prefix}{OWN}recorder.js"></script>"#);
    for opening in ["<head>", "<head ", "<html"] {
        if let Some((_, after)) = tag(&page, opening) {
            let before = page.get(..page.len() - after.len()).unwrap_or_default();
            return format!("{before}{recorder}{after}");
        }
    }
    page
}

/// The list of files to keep, with length and hash of pages as this host sends them.
fn adapt_list(list: &[u8], site: &Path, prefix: &str) -> Option<Vec<u8>> {
    let mut list: Value = serde_json::from_slice(list).ok()?;
    for file in list.get_mut("files")?.as_array_mut()? {
        let path = file.get("path")?.as_str()?.to_owned();
        if path.ends_with(".html") {
            let body = Answer::read(200, &site.join(path), prefix)?.body;
            let sha256: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
            let file = file.as_object_mut()?;
            file.insert("bytes".to_owned(), body.len().into());
            file.insert("sha256".to_owned(), sha256.into());
        }
    }
    serde_json::to_vec(&list).ok()
}

/// What stands before and after the first tag that begins like this.
fn tag<'a>(page: &'a str, opening: &str) -> Option<(&'a str, &'a str)> {
    let start = page.find(opening)?;
    let end = start + page.get(start..)?.find('>')? + 1;
    Some((page.get(..start)?, page.get(end..)?))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_moves_below_a_prefix_and_starts_with_the_recorder() {
        let recorder = r#"<script src="/repo/__e2e__/recorder.js"></script>"#;
        let page = adapt_page(r#"<html><head lang="ko"><base href="/" /><link href="a.css">"#, "/repo/");
        assert_eq!(page, format!(r#"<html><head lang="ko">{recorder}<base href="/repo/"><link href="a.css">"#));
        let minified =
            adapt_page("<!doctype html><html lang=ko><meta charset=utf-8><base href=/><link href=a.css><body><header>", "/repo/");
        assert_eq!(
            minified,
            format!(r#"<!doctype html><html lang=ko>{recorder}<meta charset=utf-8><base href="/repo/"><link href=a.css><body><header>"#)
        );
    }

    #[test]
    fn no_path_leaves_the_folder() {
        assert_eq!(Answer::file(Path::new("/"), "../etc/hostname", "/").status, 404);
        assert_eq!(Answer::file(Path::new("/"), "/etc/hostname", "/").status, 404);
    }
}
