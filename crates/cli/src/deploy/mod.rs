//! `story-home deploy --check`: walks a published site from its first page and reports what a reader, a crawler or a cache would stumble over:
//! broken links, files without a hash or with another content than their name says, wrong types, missing headers, stale compressed files.

mod source;

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read,
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, Result};
use corpus::{Manifest, OfflineList};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

use self::source::{Answer, Source};
use crate::{
    build::name_hash,
    publish::BOOT,
    publish::{
        folder::files_below,
        offline::{LIST, WORKER},
        policy::{Inlined, content_type, headers, is_immutable},
        tag::tags,
    },
    report::counted,
};

/// How many pages are looked at. A host is asked for one after the other, and a site's pages are alike.
const MAX_PAGES: usize = 500;

/// An address at which nothing lives.
const NOWHERE: &str = "nothing-lives-here-0";

/// Checks a folder or the address of a site. Exit code 1 if something was found.
pub(crate) fn check(place: &str) -> Result<ExitCode> {
    let source = Source::parse(place)?;
    let (findings, n_pages) = find(&source)?;
    for finding in &findings {
        println!("{finding}");
    }
    println!("{} looked at, {}", counted(n_pages, "page"), counted(findings.len(), "finding"));
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is wrong, a line each, and how many pages were looked at.
fn find(source: &Source) -> Result<(Vec<String>, usize)> {
    let mut walk = Walk { source, findings: Vec::new(), answers: BTreeMap::new() };
    let n_pages = walk.pages()?;
    walk.data()?;
    walk.offline()?;
    match source {
        Source::Folder(dir) => walk.folder(dir)?,
        Source::Host(_) => walk.host()?,
    }
    Ok((walk.findings, n_pages))
}

struct Walk<'a> {
    source: &'a Source,
    findings: Vec<String>,
    /// By path, the status and type of what was asked for.
    answers: BTreeMap<String, (u16, String)>,
}

impl Walk<'_> {
    fn find(&mut self, place: &str, what: impl AsRef<str>) {
        let place = if place.is_empty() { "/" } else { place };
        self.findings.push(format!("{place}: {}", what.as_ref()));
    }

    fn get(&mut self, path: &str) -> Result<Answer> {
        let answer = self.source.get(path)?;
        let kind = answer.header("content-type").unwrap_or_default().to_owned();
        self.answers.insert(path.to_owned(), (answer.status, kind));
        Ok(answer)
    }

    /// Follows the links of every page that can be reached.
    fn pages(&mut self) -> Result<usize> {
        let mut to_do = vec![String::new()];
        let mut seen = BTreeSet::from([String::new()]);
        let mut n_pages = 0;
        let mut base = None;
        while let Some(path) = to_do.pop() {
            if MAX_PAGES <= n_pages {
                break;
            }
            let answer = self.get(&path)?;
            let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
            self.check_answer(&path, &answer);
            if answer.status != 200 {
                continue;
            }
            // The others name what they import by names that are no files.
            if path == BOOT {
                to_do.extend(imports(&String::from_utf8_lossy(&answer.body)).into_iter().filter(|import| seen.insert(import.clone())));
            }
            if !is_page {
                continue;
            }
            n_pages += 1;
            let html = String::from_utf8_lossy(&answer.body);
            let base = base.get_or_insert_with(|| base_of(&html));
            for (kind, link) in links(&html, base) {
                if kind == Link::Code && !is_immutable(&link) && link != BOOT {
                    self.find(&path, format!("{link} has no hash in its name: a cache may hand out an old one"));
                }
                if seen.insert(link.clone()) {
                    let answer = self.source.get(&link)?;
                    if answer.status == 200 {
                        to_do.push(link);
                    } else {
                        self.find(&path, format!("the link to {link} is answered with {}", answer.status));
                    }
                }
            }
        }
        Ok(n_pages)
    }

    /// Type, and the hash in the name.
    fn check_answer(&mut self, path: &str, answer: &Answer) {
        if answer.status != 200 {
            return self.find(path, format!("answered with {}", answer.status));
        }
        let name = percent_decode_str(path).decode_utf8_lossy();
        let has_known_type = content_type(&name) != "application/octet-stream";
        let expected = content_type(&name).split(';').next().unwrap_or_default();
        let actual = answer.header("content-type").unwrap_or_default();
        // Scripts have an older name that is as good.
        let is_script = expected == "text/javascript" && actual.starts_with("application/javascript");
        if is_immutable(&name) && has_known_type && !actual.starts_with(expected) && !is_script {
            self.find(path, format!("is sent as {actual:?} instead of {expected}"));
        }
        let is_named_by_us = ["style-", "start-", "data/cards-", "data/search-", "data/story/"];
        if is_named_by_us.iter().any(|stem| name.starts_with(stem)) && !name.contains(&name_hash(&answer.body)) {
            self.find(path, "holds something else than the hash in its name says: it is of another build, or damaged");
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
            } else if sha256(&answer.body) != file.sha256 {
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
        for file in list.files.iter().filter(|file| is_folder || file.shell) {
            let answer = self.get(&file.path)?;
            if answer.status != 200 || sha256(&answer.body) != file.sha256 {
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
        for path in files_below(dir) {
            let Some((plain, ending)) = path.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "br" | "gz")) else { continue };
            let read = |path: &str| std::fs::read(dir.join(path)).with_context(|| format!("reading {path}"));
            let original = std::fs::read(dir.join(plain)).ok();
            if original.is_none() || original != unpacked(&read(&path)?, ending) {
                self.find(&path, format!("does not hold what {plain} does: build again, or remove it"));
            }
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
        let seen: Vec<String> = self.answers.keys().cloned().collect();
        let of_kind = |kind: &str| seen.iter().find(|path| path.ends_with(kind)).cloned();
        let story = seen.iter().find(|path| path.starts_with("story/")).cloned();
        let home = self.get("")?;
        let headers = headers(&Inlined::of_page(&String::from_utf8_lossy(&home.body)));
        let samples =
            [Some(String::new()), story, of_kind(".css"), of_kind(".js"), Some("data/manifest.json".to_owned()), Some(WORKER.to_owned())];
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

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// A script or a style sheet.
    Code,
    /// Anything else of the site.
    Other,
}

/// The path that a page says the site lives under.
fn base_of(html: &str) -> String {
    tags(html).find(|tag| tag.name == "base").and_then(|tag| tag.attribute("href")).unwrap_or("/").to_owned()
}

/// The links of a page that lead into the site, as paths below it.
fn links(html: &str, base: &str) -> Vec<(Link, String)> {
    let mut out = Vec::new();
    for tag in tags(html) {
        let (keys, kind): (&[&str], _) = match tag.name {
            "a" => (&["href"], Link::Other),
            "img" | "source" => (&["src"], Link::Other),
            "meta" if tag.attribute("property") == Some("og:image") => (&["content"], Link::Other),
            // What stands in a page is a file as well.
            "script" => (&["src", "data-file"], Link::Code),
            "link" if tag.attribute("rel") == Some("stylesheet") => (&["href"], Link::Code),
            "link" if tag.attribute("rel") != Some("canonical") => (&["href"], Link::Other),
            _ => continue,
        };
        out.extend(keys.iter().filter_map(|key| Some((kind, below(tag.attribute(key)?, tag.name, base)?))));
    }
    out
}

/// The path below the site that a link leads to; `None` if it leads elsewhere.
fn below(link: &str, element: &str, base: &str) -> Option<String> {
    // Pictures for those who share a page are named by their whole address.
    let link = if element == "meta" { path_of(link) } else { link };
    let link = link.split(['#', '?']).next().unwrap_or_default();
    let has_scheme = link.split('/').next().is_some_and(|first| first.contains(':'));
    let below = match link.strip_prefix(base) {
        _ if has_scheme || link.starts_with("//") || link.is_empty() => return None,
        Some(below) => below,
        None if link.starts_with('/') => return None,
        None => link.trim_start_matches("./"),
    };
    Some(below.replace("&amp;", "&"))
}

/// An address without scheme and host.
fn path_of(url: &str) -> &str {
    let below = url.split_once("://").map_or(url, |(_, rest)| rest);
    below.find('/').and_then(|at| below.get(at..)).unwrap_or_default()
}

/// The files that a script of ours loads: what it names in quotes as `./NAME`, or by its content.
fn imports(script: &str) -> Vec<String> {
    let quoted = script.split(['"', '\'', '`']).filter_map(|text| text.strip_prefix("./").or_else(|| is_immutable(text).then_some(text)));
    quoted.filter(|name| [".js", ".mjs", ".wasm", ".css"].iter().any(|ending| name.ends_with(ending))).map(str::to_owned).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
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

    use std::{fs, path::Path};

    use super::{Link, Source, find, imports, links};
    use crate::publish::tests::Built;

    fn findings(dir: &Path) -> Vec<String> {
        find(&Source::Folder(dir.to_owned())).unwrap().0
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
        let script = "import init from './a-1.js'; import(\"./b.mjs\"); init('./a-1_bg.wasm', x ? './data' : y)";
        assert_eq!(imports(script), ["a-1.js", "b.mjs", "a-1_bg.wasm"]);
        let built = Built::new("");
        fs::remove_file(built.out().join("app-1.js")).unwrap();
        assert_eq!(findings(&built.out()), ["app-1.js: answered with 404"]);
    }

    #[test]
    fn only_links_into_the_site_are_followed() {
        let html = r##"<base href="/r/"><a href="feed?tag=a&amp;b"><a href="/r/story/x#y"><a href="/other"><a href="https://a.kr/"><a href="#content">
            <a href="mailto:a@b.kr"><img src="data:image/png,x"><link rel="canonical" href="https://a.kr/r/"><link rel="stylesheet" href="s.css">
            <meta property="og:image" content="https://a.kr/r/share/x.png">"##;
        let expected = [(Link::Other, "feed"), (Link::Other, "story/x"), (Link::Code, "s.css"), (Link::Other, "share/x.png")]
            .map(|(kind, link)| (kind, link.to_owned()));
        assert_eq!(links(html, "/r/"), expected);
    }
}
