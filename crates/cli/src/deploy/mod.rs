//! `story-home deploy --check`: walks a published site from its first page and reports what a reader, a crawler or a cache would stumble over:
//! broken links, files without a hash or with another content than their name says, wrong types, missing headers, stale compressed files.

mod links;
mod pages;
mod source;

use std::{collections::BTreeSet, io::Read, path::Path, process::ExitCode};

use anyhow::{Context, Result};
use corpus::{Manifest, OfflineFile, OfflineList};
use rayon::prelude::*;

use self::{
    pages::Walked,
    source::{Answer, Source},
};
use crate::{
    build::hash,
    progress::Progress,
    publish::{
        folder::files_below,
        offline::{LIST, WORKER},
        policy::{Inlined, headers, is_immutable},
    },
    report::counted,
};

/// How many pages of a host are looked at unless more are asked for. A host is asked for one after the other, and a site's pages are alike.
const HOST_PAGES: usize = 500;

/// An address at which nothing lives.
const NOWHERE: &str = "nothing-lives-here-0";

/// Checks a folder or the address of a site, following the links of so many pages, else of all of a folder and of the first of a host.
/// Exit code 1 if something was found.
pub(crate) fn check(place: &str, max_pages: Option<usize>) -> Result<ExitCode> {
    let source = Source::parse(place)?;
    let max_pages = max_pages.unwrap_or(match source {
        Source::Folder(_) => usize::MAX,
        Source::Host(_) => HOST_PAGES,
    });
    let (findings, walked) = find(&source, max_pages)?;
    for finding in &findings {
        println!("{finding}");
    }
    println!("{} looked at, {}", counted(walked.n_pages, "page"), counted(findings.len(), "finding"));
    if 0 < walked.n_left {
        println!("{} more answered, but their links were not followed; --pages says how many are", counted(walked.n_left, "page"));
    }
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is wrong, a line each, and how many pages were looked at.
fn find(source: &Source, max_pages: usize) -> Result<(Vec<String>, Walked)> {
    let mut walk = Walk { source, findings: Vec::new(), asked: BTreeSet::new() };
    let walked = walk.pages(max_pages)?;
    // What was found so far is said, even if a host stops answering.
    if let Err(error) = walk.files() {
        walk.find("", format!("the check ended early: {error:#}"));
    }
    Ok((walk.findings, walked))
}

struct Walk<'a> {
    source: &'a Source,
    findings: Vec<String>,
    /// What was asked for.
    asked: BTreeSet<String>,
}

impl Walk<'_> {
    fn find(&mut self, place: &str, what: impl AsRef<str>) {
        let place = if place.is_empty() { "/" } else { place };
        self.findings.push(format!("{place}: {}", what.as_ref()));
    }

    fn get(&mut self, path: &str) -> Result<Answer> {
        let answer = self.source.get(path)?;
        self.asked.insert(path.to_owned());
        Ok(answer)
    }

    /// What no page leads to.
    fn files(&mut self) -> Result<()> {
        self.data()?;
        self.offline()?;
        match self.source {
            Source::Folder(dir) => self.folder(dir),
            Source::Host(_) => self.host(),
        }
    }

    /// What the manifest promises is there, with the same bytes.
    fn data(&mut self) -> Result<()> {
        let path = "data/manifest.json";
        let answer = self.get(path)?;
        if answer.status != 200 {
            self.find(path, format!("answered with {}", answer.status));
            return Ok(());
        }
        let manifest: Manifest = match serde_json::from_slice(&answer.body) {
            Ok(manifest) => manifest,
            Err(error) => {
                self.find(path, format!("cannot be read: {error}"));
                return Ok(());
            }
        };
        for file in manifest.cards.iter().chain(&manifest.search) {
            let path = format!("data/{}", file.path);
            let answer = self.get(&path)?;
            if answer.status != 200 {
                self.find(&path, format!("the manifest names it, but it is answered with {}", answer.status));
            } else if hash(&answer.body) != file.sha256 {
                self.find(&path, "is not what the manifest says: upload the whole folder of one build");
            }
        }
        Ok(())
    }

    /// What readers keep to read offline: a file that is not what the list says can never be kept. Stories are looked at in folders only.
    fn offline(&mut self) -> Result<()> {
        let answer = self.get(LIST)?;
        let Some(list) = serde_json::from_slice::<OfflineList>(&answer.body).ok().filter(|_| answer.status == 200) else {
            self.find(LIST, format!("answered with {} and no list of files: nobody can read offline", answer.status));
            return Ok(());
        };
        let is_folder = matches!(self.source, Source::Folder(_));
        let files: Vec<_> = list.files.iter().filter(|file| is_folder || file.shell).collect();
        let progress = Progress::new("files to read offline", files.len());
        let is_damaged = |file: &OfflineFile, answer: &Answer| answer.status != 200 || hash(&answer.body) != file.sha256;
        let check = |file, answer: &Answer| {
            progress.step();
            is_damaged(file, answer).then_some(file)
        };
        for file in self.source.each(files, |file| &file.path, check) {
            if let Some(file) = file? {
                self.find(&file.path, format!("is not what {LIST} says: upload the whole folder of one build"));
            }
        }
        let worker = self.get(WORKER)?;
        if worker.status != 200 || !worker.header("content-type").unwrap_or_default().contains("javascript") {
            self.find(WORKER, "is not there as a script; to end offline reading upload sw-off.js under this name");
        }
        Ok(())
    }

    /// What only a folder shows: compressed files of an earlier build, and the files that tell hosts what to send.
    fn folder(&mut self, dir: &Path) -> Result<()> {
        let files = files_below(dir);
        let packed: Vec<_> = files
            .iter()
            .filter_map(|path| Some((path, path.rsplit_once('.')?)))
            .filter(|(_, (_, ending))| matches!(*ending, "br" | "gz"))
            .collect();
        let progress = Progress::new("compressed files", packed.len());
        let stale = packed.into_par_iter().map(|(path, (plain, ending))| {
            progress.step();
            let original = std::fs::read(dir.join(plain)).ok();
            let packed = std::fs::read(dir.join(path)).with_context(|| format!("reading {path}"))?;
            Ok((original.is_none() || original != unpacked(&packed, ending)).then_some((path, plain)))
        });
        for (path, plain) in stale.collect::<Result<Vec<_>>>()?.into_iter().flatten() {
            self.find(path, format!("does not hold what {plain} does: build again, or remove it"));
        }
        let home = std::fs::read_to_string(dir.join("index.html")).unwrap_or_default();
        let headers = headers(&Inlined::of_page(&home));
        for file in ["_headers", ".htaccess"] {
            let text = std::fs::read_to_string(dir.join(file)).unwrap_or_default();
            for (name, value) in &headers {
                if !text.contains(name) || !text.contains(value) {
                    self.find(file, format!("does not tell the host to send {name}"));
                }
            }
        }
        Ok(())
    }

    /// What only a host shows: its headers, and what it answers where nothing lives.
    fn host(&mut self) -> Result<()> {
        let asked = |is: &dyn Fn(&str) -> bool| self.asked.iter().find(|path| is(path)).cloned();
        let [style, script] = [".css", ".js"].map(|kind| asked(&|path| path.ends_with(kind)));
        let story = asked(&|path| path.starts_with("story/"));
        let samples = [Some(String::new()), story, style, script, Some("data/manifest.json".to_owned()), Some(WORKER.to_owned())];
        let home = self.get("")?;
        let headers = headers(&Inlined::of_page(&String::from_utf8_lossy(&home.body)));
        for path in samples.into_iter().flatten() {
            let answer = self.get(&path)?;
            for (name, value) in &headers {
                match answer.header(&name.to_lowercase()) {
                    Some(sent) if sent == value => {}
                    Some(sent) => self.find(&path, format!("{name} is {sent:?} instead of {value:?}")),
                    None => self.find(&path, format!("is sent without {name}")),
                }
            }
            let cache = answer.header("cache-control").unwrap_or_default();
            if is_immutable(&path) != cache.contains("immutable") {
                let should = if is_immutable(&path) { "may be kept for good" } else { "must be asked for again" };
                self.find(&path, format!("is sent with Cache-Control {cache:?}; it {should}"));
            }
        }
        let status = self.get(NOWHERE)?.status;
        if status != 404 {
            self.find(NOWHERE, format!("an address where nothing lives is answered with {status}"));
        }
        Ok(())
    }
}

fn unpacked(bytes: &[u8], ending: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    match ending {
        "br" => brotli::BrotliDecompress(&mut &*bytes, &mut out).ok()?,
        _ => flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).map(drop).ok()?,
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::{
        fs,
        io::{Read, Write},
        net::TcpListener,
        path::Path,
        process::Command,
    };

    use super::{Source, Walked, find};
    use crate::publish::tests::Built;

    fn findings(dir: &Path) -> Vec<String> {
        find(&Source::Folder(dir.to_owned()), usize::MAX).unwrap().0
    }

    #[test]
    fn a_built_site_has_no_findings() {
        for site in ["", "base_url = \"https://a.kr/repo\"\n"] {
            let built = Built::new(site);
            assert_eq!(findings(&built.out()), Vec::<String>::new());
        }
    }

    #[test]
    fn what_was_damaged_on_the_way_is_found() {
        #[track_caller]
        fn check(damage: impl Fn(&Path), expected: &str) {
            let built = Built::new("");
            damage(&built.out());
            let found = findings(&built.out());
            assert!(found.iter().any(|line| line.contains(expected)), "{found:?}");
        }
        let change = |dir: &Path, path: &str, to: &str| fs::write(dir.join(path), to).unwrap();
        check(|dir| fs::remove_file(dir.join("apple-touch-icon.png")).unwrap(), "the link to apple-touch-icon.png is answered with 404");
        check(|dir| change(dir, "_headers", ""), "does not tell the host to send Content-Security-Policy");
        check(|dir| change(dir, "data/manifest.json.br", "old"), "data/manifest.json.br: does not hold what data/manifest.json does");
        let first =
            |dir: &Path, stem: &str| crate::publish::folder::files_below(dir).into_iter().find(|path| path.starts_with(stem)).unwrap();
        check(|dir| change(dir, &first(dir, "data/cards-"), "[]"), "is not what the manifest says");
        check(|dir| fs::remove_file(dir.join("sw.js")).unwrap(), "sw.js: is not there as a script");
        check(|dir| change(dir, "offline.json", "{}"), "nobody can read offline");
        check(|dir| change(dir, &first(dir, "data/story/"), "{}"), "is not what offline.json says");
        check(|dir| change(dir, &first(dir, "style-"), "p{}"), "holds something else than the hash in its name says");
        check(|dir| change(dir, "index.html", "<base href=\"/\"><script src=\"start.js\"></script>"), "start.js has no hash");
    }

    #[test]
    fn what_scripts_load_is_looked_at() {
        let built = Built::new("");
        fs::remove_file(built.out().join("app-1.js")).unwrap();
        assert_eq!(findings(&built.out()), ["boot.js: the link to app-1.js is answered with 404"]);
    }

    #[test]
    fn beyond_the_pages_asked_for_links_are_not_followed_but_counted() {
        let built = Built::new("");
        let page = |name: &str, html: &str| fs::write(built.out().join(name), html).unwrap();
        page("index.html", "<base href=\"/\"><a href=\"a\"></a>");
        page("a.html", "<a href=\"b\"></a>");
        page("b.html", "<a href=\"gone.html\"></a>");
        let walk = |max_pages| {
            let (findings, walked) = find(&Source::Folder(built.out()), max_pages).unwrap();
            (findings.contains(&"b: the link to gone.html is answered with 404".to_owned()), walked)
        };
        assert_eq!(walk(usize::MAX), (true, Walked { n_pages: 3, n_left: 0 }));
        assert_eq!(walk(2), (false, Walked { n_pages: 2, n_left: 1 }));
    }

    #[test]
    fn what_was_found_is_said_when_a_host_stops_answering() {
        if Command::new("curl").arg("--version").output().is_err() {
            eprintln!("skipped: hosts are asked by curl, which is not here");
            return;
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        // One page, then nothing but closed connections.
        std::thread::spawn(move || {
            let (mut first, _) = listener.accept().unwrap();
            let _ = first.read(&mut [0; 1024]);
            let page = "<base href=\"/\"><a href=\"a\"></a>";
            let _ = write!(first, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}", page.len());
        });
        let (findings, walked) = find(&Source::parse(&address).unwrap(), 9).unwrap();
        assert_eq!((findings.len(), walked.n_pages), (2, 1), "{findings:?}");
        assert!(findings[0].contains("/a: curl"), "{findings:?}");
        assert!(findings[1].starts_with("/: the check ended early: "), "{findings:?}");
        // A host that never answered is no site with findings.
        assert!(find(&Source::parse(&address).unwrap(), 9).is_err());
    }
}
