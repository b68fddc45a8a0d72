//! `story-home serve`: a built folder over loopback, for looking at it. No host for readers: it answers one request at a time.

use std::{
    fs::{self, File},
    io::{Cursor, Read},
    path::{Component, Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

/// Serves the folder at `port` of the loopback address until it is stopped. `data`, if given, takes the place of the folder's `data`.
///
/// # Errors
/// If the folder holds no `index.html`, or the port is taken.
pub(crate) fn run(site: &Path, data: Option<&Path>, port: u16) -> Result<ExitCode> {
    if !site.join("index.html").is_file() {
        bail!("{} holds no index.html; give the folder that `cargo xtask build` or a release has made", site.display());
    }
    let server = Server::http(("127.0.0.1", port)).map_err(|error| anyhow!("port {port}: {error}; name another with --port N"))?;
    println!("http://{}/ shows {}; Ctrl-C ends it", server.server_addr(), site.display());
    for request in server.incoming_requests() {
        let reply = answer(request.method(), request.url(), site, data);
        send(request, reply);
    }
    Ok(ExitCode::SUCCESS)
}

/// What a request gets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// A file.
    File { path: PathBuf, mime: &'static str },
    /// The app, for an address that only the app knows.
    App(PathBuf),
    /// Nothing: a status.
    Status(u16),
}

/// Chooses the reply: a file, the app for addresses without extension, or 404.
pub(crate) fn answer(method: &Method, url: &str, site: &Path, data: Option<&Path>) -> Reply {
    if !matches!(method, Method::Get | Method::Head) {
        return Reply::Status(405);
    }
    let Some(path) = relative(url) else { return Reply::Status(400) };
    let file = match (path.strip_prefix("data"), data) {
        (Ok(below), Some(data)) => data.join(below),
        _ => site.join(&path),
    };
    let file = if file.is_dir() { file.join("index.html") } else { file };
    if file.is_file() {
        let mime = mime(&file);
        return Reply::File { path: file, mime };
    }
    match path.extension() {
        Some(_) => Reply::Status(404),
        None => Reply::App(site.join("index.html")),
    }
}

/// The path of an address below the folder; `None` if it leads out of it or is no text.
fn relative(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    let path = PathBuf::from(text.trim_start_matches('/'));
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_))) && !text.contains(['\\', '\0']);
    is_inside.then_some(path)
}

/// What a browser must be told about a file; wasm is only compiled while loading if this is right.
fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn send(request: Request, reply: Reply) {
    let (status, mime, path) = match reply {
        Reply::File { path, mime } => (200, mime, Some(path)),
        Reply::App(path) => (200, "text/html; charset=utf-8", Some(path)),
        Reply::Status(status) => (status, "text/plain; charset=utf-8", None),
    };
    let opened = path.and_then(|path| Some((File::open(&path).ok()?, fs::metadata(&path).ok()?.len())));
    let (body, length): (Box<dyn Read + Send>, u64) = match opened {
        Some((file, length)) => (Box::new(file), length),
        None => (Box::new(Cursor::new(Vec::new())), 0),
    };
    let headers = [("Content-Type", mime), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")];
    let headers = headers.into_iter().filter_map(|(name, value)| Header::from_bytes(name, value).ok()).collect();
    let response = Response::new(StatusCode(status), headers, body, usize::try_from(length).ok(), None);
    // A reader who closed the page is no fault.
    drop(request.respond(response));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use tiny_http::Method;

    use super::{Reply, answer};

    #[test]
    fn files_have_types_and_other_addresses_are_the_apps() {
        let site = tempfile::tempdir().unwrap();
        let data = tempfile::tempdir().unwrap();
        for file in ["index.html", "a b.wasm"] {
            fs::write(site.path().join(file), "x").unwrap();
        }
        fs::write(data.path().join("manifest.json"), "{}").unwrap();
        let get = |url: &str| answer(&Method::Get, url, site.path(), Some(data.path()));
        assert_eq!(get("/a%20b.wasm?x"), Reply::File { path: site.path().join("a b.wasm"), mime: "application/wasm" });
        assert_eq!(get("/"), Reply::File { path: site.path().join("index.html"), mime: "text/html; charset=utf-8" });
        let manifest = Reply::File { path: data.path().join("manifest.json"), mime: "application/json; charset=utf-8" };
        assert_eq!(get("/data/manifest.json"), manifest);
        assert_eq!(get("/story/kafka"), Reply::App(site.path().join("index.html")));
        assert_eq!(get("/missing.js"), Reply::Status(404));
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let site = tempfile::tempdir().unwrap();
        fs::write(site.path().join("index.html"), "x").unwrap();
        for url in ["/../etc/hosts", "/%2e%2e/x", "/a/..%2f..%2fx", "/%ff", "/%", "//etc/hosts/../x", "/a%5c..%5cx"] {
            assert_eq!(answer(&Method::Get, url, site.path(), None), Reply::Status(400), "{url}");
        }
        assert_eq!(answer(&Method::Post, "/", site.path(), None), Reply::Status(405));
    }
}
