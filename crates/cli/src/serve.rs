//! `story-home serve`: a built folder over loopback, with the headers that hosts are told to send, for looking at it. No host for readers: it answers one request at a time.

use std::{
    fs::{self, File},
    io::{Cursor, Read},
    path::{Component, Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Result, anyhow, bail};
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use crate::publish::policy::{self, IMMUTABLE, Inlined, REVALIDATE, content_type, is_immutable};

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
        send(request, reply, site);
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
    /// The page that says that nothing lives here.
    Missing(PathBuf),
    /// Nothing: a status.
    Status(u16),
}

/// Chooses the reply as a static host does: the file, the page of the address, the folder's page; else the site's page for unknown addresses.
/// A site without prerendered pages answers addresses without extension with the app.
pub(crate) fn answer(method: &Method, url: &str, site: &Path, data: Option<&Path>) -> Reply {
    if !matches!(method, Method::Get | Method::Head) {
        return Reply::Status(405);
    }
    let Some(path) = relative(url) else { return Reply::Status(400) };
    let file = match (path.strip_prefix("data"), data) {
        (Ok(below), Some(data)) => data.join(below),
        _ => site.join(&path),
    };
    let mut page = file.clone().into_os_string();
    page.push(".html");
    let candidates = [file.clone(), PathBuf::from(page), file.join("index.html")];
    if let Some(path) = candidates.into_iter().find(|path| path.is_file()) {
        let mime = content_type(&path.to_string_lossy());
        return Reply::File { path, mime };
    }
    let missing = site.join("404.html");
    if is_prerendered(site) && missing.is_file() {
        return Reply::Missing(missing);
    }
    match path.extension() {
        Some(_) => Reply::Status(404),
        None => Reply::App(site.join("index.html")),
    }
}

/// Whether every address has a file of its own. Such a folder comes with what hosts are to say.
fn is_prerendered(site: &Path) -> bool {
    site.join("_headers").is_file()
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

fn send(request: Request, reply: Reply, site: &Path) {
    const PAGE: &str = "text/html; charset=utf-8";
    let cache = match &reply {
        Reply::File { path, .. } if path.strip_prefix(site).is_ok_and(|path| is_immutable(&path.to_string_lossy())) => IMMUTABLE,
        _ => REVALIDATE,
    };
    let (status, mime, path) = match reply {
        Reply::File { path, mime } => (200, mime, Some(path)),
        Reply::App(path) => (200, PAGE, Some(path)),
        Reply::Missing(path) => (404, PAGE, Some(path)),
        Reply::Status(status) => (status, "text/plain; charset=utf-8", None),
    };
    let opened = path.and_then(|path| Some((File::open(&path).ok()?, fs::metadata(&path).ok()?.len())));
    let (body, length): (Box<dyn Read + Send>, u64) = match opened {
        Some((file, length)) => (Box::new(file), length),
        None => (Box::new(Cursor::new(Vec::new())), 0),
    };
    let mut headers = vec![("Content-Type", mime.to_owned()), ("Cache-Control", cache.to_owned())];
    // The page that trunk leaves starts the app by a script in the page, which the policy would stop.
    if is_prerendered(site) {
        let home = fs::read_to_string(site.join("index.html")).unwrap_or_default();
        headers.extend(policy::headers(&Inlined::of_page(&home)));
    }
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
    fn a_site_to_upload_is_answered_as_a_host_does() {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("tag")).unwrap();
        for file in ["index.html", "404.html", "_headers", "feed.html", "tag/node.js.html"] {
            fs::write(site.path().join(file), "x").unwrap();
        }
        let get = |url: &str| answer(&Method::Get, url, site.path(), None);
        let page = |path: &str| Reply::File { path: site.path().join(path), mime: "text/html; charset=utf-8" };
        assert_eq!((get("/"), get("/feed"), get("/tag/node.js")), (page("index.html"), page("feed.html"), page("tag/node.js.html")));
        assert_eq!(get("/nowhere"), Reply::Missing(site.path().join("404.html")));
        assert_eq!(get("/missing.js"), Reply::Missing(site.path().join("404.html")));
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
