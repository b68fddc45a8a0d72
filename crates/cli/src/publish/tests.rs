//! A whole site, from a small app and two stories: what is in the folder, and what its pages say.
#![allow(clippy::unwrap_used)]

mod again;

use std::{collections::BTreeSet, fs, path::Path};

use quick_xml::{Reader, XmlVersion, events::Event};
use tempfile::TempDir;

use crate::{
    build::{SiteRequest, hash, site},
    publish::folder::{Previous, files_below},
    publish::{inline::source, policy::Inlined},
};

const STORY: &str = "---\ntitle: \"좋은 글\"\nsection: feed\ncompany: 스포카\nviews: 12\ntags: [개발, CI/CD]\nlang: ko\nsummary: \"한 문장으로 된 요약입니다.\"\n---\n\n## 소제목\n\n첫 문단입니다.\n";

const APP: &str = r#"<!doctype html><html lang="ko"><head><link rel="stylesheet" href="a-1.css"><link rel="stylesheet" href="b-2.css">
<script src="start.js"></script><script type="module">import init from './app-1.js'; init('./app-1_bg.wasm');</script></head>
<body><div id="app"><p id="starting">곧</p></div><div id="crashed" hidden></div></body></html>"#;

/// The texts of all elements of a name, in order. Fails on a document that is no XML.
pub(super) fn texts_of(xml: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut texts = Vec::new();
    let mut inside = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return texts,
            Event::Start(start) => {
                inside = start.name().as_ref() == name;
                if inside {
                    texts.push(String::new());
                }
            }
            Event::End(_) => inside = false,
            Event::Text(text) if inside => texts.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(entity) if inside => {
                let name = entity.into_inner();
                texts.last_mut().unwrap().push_str(quick_xml::escape::resolve_xml_entity(&name).unwrap());
            }
            _ => {}
        }
    }
}

/// The value of an attribute of the first element of a name.
pub(super) fn attribute_of(xml: &str, name: &str, key: &str) -> String {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => panic!("no {name}"),
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == name => {
                let attribute = tag.try_get_attribute(key).unwrap().unwrap();
                return attribute.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned();
            }
            _ => {}
        }
    }
}

/// A built site, and what it was built from.
pub(crate) struct Built {
    dir: TempDir,
}

impl Built {
    pub(crate) fn new(site_toml: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("site.toml", site_toml);
        write("stories/좋은-글.md", STORY);
        let dated = STORY.replace("좋은 글", "둘째 글").replace("lang: ko", "lang: ko\npublished: 2020-03-03").replace("feed", "interview");
        write("stories/둘째-글.md", &dated);
        for (path, text) in [
            ("index.html", APP),
            ("404.html", APP),
            ("a-1.css", "a{}"),
            ("b-2.css", "b{}"),
            ("app-1.js", "1"),
            ("app-1_bg.wasm", "3"),
            ("start.js", "2"),
            ("icon.svg", "<svg/>"),
        ] {
            write(&format!("app/{path}"), text);
        }
        write("app/data/manifest.json", "left from an earlier build");
        let built = Self { dir };
        built.build();
        built
    }

    pub(super) fn build(&self) {
        self.build_after(Previous::Remove);
    }

    fn build_after(&self, previous: Previous) {
        let path = |name: &str| self.dir.path().join(name);
        let (stories, app, out) = (path("stories"), path("app"), path("out"));
        site(&SiteRequest { stories: &stories, data: None, app: &app, prerender: None, base: None, out: &out, previous }).unwrap();
    }

    pub(crate) fn out(&self) -> std::path::PathBuf {
        self.dir.path().join("out")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.out().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

fn plain_files(dir: &Path) -> BTreeSet<String> {
    files_below(dir).into_iter().filter(|path| !path.ends_with(".br") && !path.ends_with(".gz") && !path.starts_with("data/")).collect()
}

#[test]
fn every_address_has_a_page_and_every_page_is_of_one_frame() {
    let built = Built::new("title = \"우리 글\"\nbase_url = \"https://a.kr/repo\"\n");
    let files = plain_files(&built.out());
    for page in [
        "index",
        "feed",
        "interview",
        "news",
        "story/좋은-글",
        "story/둘째-글",
        "tag/개발",
        "tag/CI/CD",
        "company/스포카",
        "shelf",
        "notes",
        "404",
    ] {
        assert!(files.contains(&format!("{page}.html")), "{page}: {files:?}");
        let html = built.read(&format!("{page}.html"));
        assert!(html.contains("<base href=\"/repo/\">") && html.contains("<html lang=\"ko\">"), "{page}");
        // Nothing inline runs but what the policy names.
        for script in html.split("<script").skip(1) {
            let is_named = script.contains(" src=")
                || script.starts_with(" type=\"application/ld+json\"")
                || script.starts_with(" data-file=\"start-")
                || script.starts_with(" data-file=\"boot.js\" data-wasm=\"app-1_bg.wasm\"");
            assert!(is_named, "{page}: {script}");
        }
        let inside = html.split("<script data-file=").skip(1).filter_map(|script| script.split_once('>')?.1.split_once("</script>"));
        let hashes: Vec<String> = inside.map(|(inside, _)| source(inside)).collect();
        assert_eq!(hashes.len(), 2, "{page}");
        assert_eq!(Inlined::of_page(&html).scripts, hashes, "{page}");
        assert!(hashes.iter().all(|hash| built.read("_headers").contains(hash)), "{page}");
        assert!(!html.contains("style="), "{page}");
    }
    let hashed = |stem: &str, ending: &str| files.iter().any(|path| path.starts_with(&format!("{stem}-")) && path.ends_with(ending));
    assert!(hashed("style", ".css") && hashed("start", ".js") && files.contains("boot.js"), "{files:?}");
    assert!(!files.contains("a-1.css") && !files.contains("start.js"));
}

#[test]
fn the_site_can_be_put_on_a_home_screen() {
    let built = Built::new("title = \"우리 글\"\n");
    let manifest: serde_json::Value = serde_json::from_str(&built.read("manifest.webmanifest")).unwrap();
    let icons: Vec<_> = manifest["icons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|icon| (icon["sizes"].as_str().unwrap(), icon["purpose"].as_str().unwrap()))
        .collect();
    assert_eq!(icons, [("any", "any"), ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")]);
    let offline = built.read("offline.json");
    for icon in manifest["icons"].as_array().unwrap() {
        let path = icon["src"].as_str().unwrap();
        assert!(built.out().join(path).is_file() && offline.contains(path), "{path}");
    }
    assert!(built.read("story/좋은-글.html").contains("<link rel=\"apple-touch-icon\" href=\"apple-touch-icon.png\">"));
    assert!(built.out().join("apple-touch-icon.png").is_file());
    // Another title has another letter.
    let other = Built::new("title = \"남의 글\"\n");
    let icon = |built: &Built| fs::read(built.out().join("icon-192.png")).unwrap();
    assert_ne!(icon(&built), icon(&other));
}

#[test]
fn heads_say_what_is_known() {
    let built = Built::new("title = \"우리 글\"\nbase_url = \"https://a.kr/repo\"\n");
    let story = built.read("story/좋은-글.html");
    assert!(story.contains("<title>좋은 글 · 우리 글</title>"));
    assert!(story.contains("content=\"한 문장으로 된 요약입니다.\""));
    assert!(story.contains("rel=\"canonical\" href=\"https://a.kr/repo/story/%EC%A2%8B%EC%9D%80-%EA%B8%80\""), "{story}");
    assert!(!story.contains("article:published_time") && built.read("story/둘째-글.html").contains("content=\"2020-03-03\""));
    assert!(built.read("404.html").contains("noindex") && !built.read("404.html").contains("canonical"));
}

#[test]
fn feeds_and_sitemap_lead_to_the_pages() {
    let built = Built::new("base_url = \"https://a.kr/repo/\"\n");
    let urls = texts_of(&built.read("sitemap.xml"), "loc");
    assert_eq!(urls.len(), 9, "{urls:?}");
    for url in &urls {
        let below = url.strip_prefix("https://a.kr/repo/").unwrap();
        let path = percent_encoding::percent_decode_str(below).decode_utf8().unwrap();
        let file = if path.is_empty() { "index.html".to_owned() } else { format!("{path}.html") };
        assert!(built.out().join(&file).is_file(), "{file}");
    }
    assert_eq!(texts_of(&built.read("rss.xml"), "link").len(), 3);
    assert_eq!(texts_of(&built.read("tag/CI/CD.rss.xml"), "title"), ["#CI/CD · 스토리 홈", "둘째 글", "좋은 글"]);
    assert_eq!(texts_of(&built.read("atom.xml"), "title"), ["스토리 홈", "둘째 글"]);
    assert!(!built.out().join("feed.atom.xml").exists() && built.out().join("interview.atom.xml").exists());
    assert!(built.read("robots.txt").contains("https://a.kr/repo/sitemap.xml"));
}

#[test]
fn a_site_that_does_not_know_its_address_has_no_feeds() {
    let built = Built::new("");
    let files = plain_files(&built.out());
    assert!(!files.iter().any(|path| path.ends_with(".xml") || path.ends_with("feed.json")), "{files:?}");
    assert!(!built.read("index.html").contains("opensearch"));
}

#[test]
fn everything_that_reading_offline_takes_is_listed_as_it_is() {
    let built = Built::new("base_url = \"https://a.kr/repo\"\n");
    let list: corpus::OfflineList = serde_json::from_str(&built.read("offline.json")).unwrap();
    for file in &list.files {
        let content = fs::read(built.out().join(&file.path)).unwrap();
        assert_eq!((content.len() as u64, hash(&content)), (file.bytes, file.sha256.clone()), "{}", file.path);
    }
    assert_eq!(list.n_stories(), 2);
    let shell: Vec<&str> = list.files.iter().filter(|file| file.shell).map(|file| file.path.as_str()).collect();
    for stem in ["style-", "start-", "boot.js", "data/cards-", "icon.svg", "manifest.webmanifest"] {
        assert!(shell.iter().any(|path| path.starts_with(stem)), "{stem}: {shell:?}");
    }
    assert_eq!(shell.last(), Some(&"offline.html"));
    assert!(!list.files.iter().any(|file| file.path.contains("sw") && file.path.ends_with(".js")));
    // The page for every address holds none of them.
    let page = built.read("offline.html");
    assert!(page.contains("<base href=\"/repo/\">") && page.contains("noindex") && !page.contains("data-prerendered"), "{page}");
    assert!(built.read("sw.js").contains("offline.html") && built.read("sw-off.js").contains("unregister"));
}

#[test]
fn the_same_stories_give_the_same_bytes() {
    let built = Built::new("base_url = \"https://a.kr/\"\n");
    let bytes = |dir: &Path| files_below(dir).into_iter().map(|path| (fs::read(dir.join(&path)).unwrap(), path)).collect::<Vec<_>>();
    let first = bytes(&built.out());
    fs::remove_dir_all(built.out()).unwrap();
    built.build();
    assert!(first == bytes(&built.out()));
    built.build();
    assert!(first == bytes(&built.out()));
}
