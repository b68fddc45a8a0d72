//! Building again: what has not changed is not made again, and the folder is the one that a first build would have made.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use tempfile::TempDir;

use super::{APP, STORY};
use crate::{
    build::{SiteRequest, name_hash, site},
    publish::{
        facts::Archive,
        folder::{Previous, files_below},
    },
};

/// An archive that is edited, and a renderer that says which pages it was asked for.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        desk.write("site.toml", "base_url = \"https://a.kr/\"\n");
        for name in ["하나", "둘", "셋", "넷"] {
            desk.write_story(name, "첫 문단입니다.", "개발");
        }
        for (path, text) in
            [("index.html", APP), ("a-1.css", "a{}"), ("b-2.css", "b{}"), ("app-1_bg.wasm", "3"), ("start.js", "2"), ("icon.svg", "<svg/>")]
        {
            desk.write(&format!("app/{path}"), text);
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn write_story(&self, name: &str, body: &str, tag: &str) {
        let text = STORY.replace("좋은 글", name).replace("첫 문단입니다.", &body.repeat(40)).replace("CI/CD", tag);
        self.write(&format!("stories/{name}.md"), &text);
    }

    fn build(&self, out: &str, previous: Previous) {
        let (stories, app, out) = (self.path("stories"), self.path("app"), self.path(out));
        let renderer = self.renderer();
        site(&SiteRequest { stories: &stories, data: None, app: &app, prerender: renderer.as_deref(), base: None, out: &out, previous })
            .unwrap();
    }

    /// A program that gives each page a text that depends on the whole archive and the page's own story, and a key that depends on the same.
    #[cfg(unix)]
    fn renderer(&self) -> Option<PathBuf> {
        use std::os::unix::fs::PermissionsExt;
        let program = self.path("renderer");
        if !program.is_file() {
            let script = "#!/bin/sh\nknown=$(cat)\nwhile IFS='|' read -r line page; do\n\
                 if printf '%s\\n' \"$known\" | grep -qxF -- \"$line\"; then\n\
                 printf '{\"href\":\"%s\",\"key\":\"%s\"}\\n' \"${line#* }\" \"${line%% *}\"\n\
                 else printf '%s\\n' \"$page\"; printf '%s\\n' \"$line\" >> \"$0.asked\"; fi\ndone < \"$0.pages\"\n";
            fs::write(&program, script).unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let data = self.path("data-for-renderer");
        crate::build::run(&self.path("stories"), None, &data).unwrap();
        let archive = Archive::read(&data).unwrap();
        let lines = archive.addresses().into_iter().map(|address| {
            let shown: String = match archive.story(&address) {
                Some(story) => format!("{} {}", story.title, story.summary),
                None => archive.stories.iter().map(|story| format!("{} {:?} ", story.title, story.tags)).collect(),
            };
            let (href, key) = (address.href(), name_hash(shown.as_bytes()));
            let page = serde_json::json!({ "href": href, "key": key, "title": format!("{} 쪽", href), "html": shown });
            format!("{key} {href}|{page}\n")
        });
        fs::write(self.path("renderer.pages"), lines.collect::<String>()).unwrap();
        let _ = fs::remove_file(self.path("renderer.asked"));
        Some(program)
    }

    #[cfg(not(unix))]
    fn renderer(&self) -> Option<PathBuf> {
        None
    }

    /// How many pages the renderer was asked for.
    fn n_asked(&self) -> usize {
        fs::read_to_string(self.path("renderer.asked")).unwrap_or_default().lines().count()
    }

    #[track_caller]
    fn check(&self, what: &str) {
        self.build("site", Previous::Remove);
        let again = contents(&self.path("site"));
        let _ = fs::remove_dir_all(self.path("clean"));
        self.build("clean", Previous::Remove);
        let clean = contents(&self.path("clean"));
        let differing: Vec<&String> = again.keys().chain(clean.keys()).filter(|path| again.get(*path) != clean.get(*path)).collect();
        assert!(differing.is_empty(), "after {what}: {differing:?}");
    }
}

fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    files_below(dir).into_iter().map(|path| (path.clone(), fs::read(dir.join(path)).unwrap())).collect()
}

#[test]
fn building_again_gives_what_a_first_build_gives() {
    let desk = Desk::new();
    desk.check("the first build");
    desk.check("nothing");
    desk.write_story("둘", "다른 문단입니다.", "개발");
    desk.check("an edited body");
    desk.write_story("다섯", "새 문단입니다.", "새것");
    desk.check("a story more, with a new tag");
    fs::remove_file(desk.path("stories/다섯.md")).unwrap();
    desk.check("a story less");
    desk.write("site.toml", "title = \"우리 글\"\nbase_url = \"https://b.kr/r/\"\n");
    desk.check("another address");
    desk.write("app/b-2.css", "b{color:red}");
    desk.check("another app");
    desk.write("site/story/하나.html", "somebody else's");
    fs::remove_file(desk.path("site/story/셋.html.br")).unwrap();
    fs::write(desk.path("site/index.html.gz"), "short").unwrap();
    desk.check("somebody else in the folder");
    fs::remove_file(desk.path(".site.story-home.json")).unwrap();
    desk.check("a lost record");
    desk.write(".site.story-home.json", "{}");
    desk.check("a record of somebody else");
}

/// Edits at random, the same ones every time.
#[test]
fn any_edits_give_what_a_first_build_gives() {
    let desk = Desk::new();
    let mut state = 7_u64;
    let mut roll = |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    for step in 0..6 {
        for _ in 0..=roll(2) {
            let name = ["하나", "둘", "셋", "넷", "다섯", "여섯"][roll(6) as usize];
            match roll(3) {
                0 if name != "하나" => drop(fs::remove_file(desk.path(&format!("stories/{name}.md")))),
                n => desk.write_story(name, ["가.", "나.", "다."][n as usize], ["개발", "문화"][roll(2) as usize]),
            }
        }
        desk.check(&format!("step {step}"));
    }
}

#[cfg(unix)]
#[test]
fn what_has_not_changed_is_not_made_again() {
    let desk = Desk::new();
    desk.build("site", Previous::Remove);
    assert!(10 < desk.n_asked());
    let time = |path: &str| fs::metadata(desk.path(path)).unwrap().modified().unwrap();
    let times = |_: ()| -> Vec<SystemTime> { ["site/story/셋.html", "site/story/셋.html.br", "site/index.html.gz"].map(time).into() };
    let before = times(());
    desk.build("site", Previous::Remove);
    assert_eq!((desk.n_asked(), times(())), (0, before.clone()));
    // The renderer's pages of stories show title and summary.
    desk.write_story("둘", "다른 문단입니다.", "개발");
    desk.build("site", Previous::Remove);
    assert_eq!((desk.n_asked(), times(())), (0, before));
    fs::remove_file(desk.path("site/story/하나.html.br")).unwrap();
    desk.build("site", Previous::Remove);
    assert_eq!(desk.n_asked(), 1);
}

#[test]
fn hashed_files_stay_for_one_build_more_on_request() {
    let desk = Desk::new();
    desk.build("site", Previous::Remove);
    let first = contents(&desk.path("site"));
    let story = |all: &BTreeMap<String, Vec<u8>>, name: &str| {
        let is_it = |(path, bytes): &(&String, &Vec<u8>)| {
            path.starts_with("data/story/") && path.ends_with(".json") && String::from_utf8_lossy(bytes).contains(&format!("\"{name}\""))
        };
        all.iter().find(is_it).unwrap().0.clone()
    };
    let old = story(&first, "둘");
    desk.write_story("둘", "다른 문단입니다.", "개발");
    desk.write("app/b-2.css", "b{color:red}");
    desk.build("site", Previous::Keep);
    let second = contents(&desk.path("site"));
    let gone: Vec<&String> = first.keys().filter(|path| !second.contains_key(*path)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    let new = story(&second.iter().filter(|(path, _)| **path != old).map(|(path, bytes)| (path.clone(), bytes.clone())).collect(), "둘");
    // One build later the first build's files are gone, the second's are there.
    desk.write_story("둘", "셋째 문단입니다.", "개발");
    desk.build("site", Previous::Keep);
    let third = contents(&desk.path("site"));
    assert!(!third.contains_key(&old) && third.contains_key(&new) && third.contains_key(&format!("{new}.br")));
    desk.build("site", Previous::Remove);
    assert!(!contents(&desk.path("site")).contains_key(&new));
    desk.check("files that were kept");
}
