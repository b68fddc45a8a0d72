//! `import` as a publisher meets it: once, again, after edits, after the source has changed.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
};

use corpus::decode_story;
use encoding_rs::EUC_KR;
use expect_test::expect;
use import::Options;
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    build,
    check::{Fixing, check},
    import::{Existing, Mode, Outcome, Request, Telling, import},
};

const PAGE: &str = "스토리 홈\n\n조회수 1,082\n\n첫 글\n\n끝났다.시작이다.#개발 #node.js\n조회수 3\n\n본문 없는 글\n\n조회수 7\n\n둘째 글\n\n글입니다.\n\n기업문화 엿볼 때, 더팀스\n\n로그인\n\n/";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    dir
}

/// Imports into `stories` of the folder, and gives each story's file and outcome, then each error.
fn run(dir: &Path, sources: &[&str], existing: Existing, mode: Mode) -> Vec<String> {
    let sources: Vec<PathBuf> = sources.iter().map(|source| dir.join(source)).collect();
    let out = dir.join("stories");
    let (lines, problems) =
        import(&Request { sources: &sources, out: &out, existing, mode, telling: Telling::Plain, options: Options::default() }).unwrap();
    let told = problems.iter().filter(|problem| problem.severity == corpus::Severity::Error).map(ToString::to_string);
    let told = told.map(|line| line.replace(&format!("{}/", out.display()), ""));
    lines.iter().map(|line| format!("{} {:?}", line.file, line.outcome)).chain(told).collect()
}

fn again(dir: &Path, sources: &[&str]) -> Vec<String> {
    run(dir, sources, Existing::Keep, Mode::Write)
}

#[test]
fn imports_a_page_once_and_leaves_edited_files_alone() {
    let dir = folder(&[("page.txt", PAGE.as_bytes())]);
    let dir = dir.path();
    let missing = "page.txt:8: error: the record has no body, so it is left out; add it below the title, or remove the record";
    assert_eq!(run(dir, &["page.txt"], Existing::Keep, Mode::DryRun), ["첫-글.md New", "둘째-글.md New", missing]);
    assert!(!dir.join("stories").exists());
    assert_eq!(again(dir, &["page.txt"]), ["첫-글.md New", "둘째-글.md New", missing]);
    let first = dir.join("stories/첫-글.md");
    let text = fs::read_to_string(&first).unwrap();
    let mark = text.lines().find(|line| line.starts_with("imported: ")).unwrap();
    let unmarked = text.replace(mark, "imported: HASH");
    expect![[r#"
        ---
        title: "첫 글"
        section: feed
        views: 1082
        tags: [개발, node.js]
        lang: ko
        summary: "끝났다. 시작이다."
        source: "page.txt:3"
        imported: HASH
        ---

        끝났다.

        시작이다.
    "#]]
    .assert_eq(&unmarked);
    assert_eq!(again(dir, &["page.txt"]), ["첫-글.md Unchanged", "둘째-글.md Unchanged", missing]);

    // Edited here: stays, and nobody is bothered.
    fs::write(&first, text.replace("시작이다.\n", "내가 고쳤다.\n")).unwrap();
    assert_eq!(again(dir, &["page.txt"]), ["첫-글.md Edited", "둘째-글.md Unchanged", missing]);
    // The source changes: what nobody edited follows, what was edited is asked about.
    fs::write(dir.join("page.txt"), PAGE.replace("끝났다.", "끝이 났다.").replace("글입니다.", "새 글입니다.")).unwrap();
    let left_alone = "첫-글.md:1: error: the file is there, was edited and differs from its source, so it was left alone; keep it, or import with --force to overwrite it";
    assert_eq!(again(dir, &["page.txt"]), ["첫-글.md Conflict", "둘째-글.md Updated", missing, left_alone]);
    assert!(fs::read_to_string(&first).unwrap().contains("내가 고쳤다."));
    assert_eq!(run(dir, &["page.txt"], Existing::Overwrite, Mode::Write), ["첫-글.md Overwritten", "둘째-글.md Unchanged", missing]);

    build::run(&dir.join("stories"), None, &dir.join("data")).unwrap();
}

#[test]
fn stories_of_one_title_keep_their_files_apart() {
    let post = |text: &str| format!("<html><body><article><h1>같은 제목</h1><p>{}</p></article>", text.repeat(20));
    let dir = folder(&[("a.html", post("첫 글입니다. ").as_bytes()), ("b.html", post("다른 글입니다. ").as_bytes())]);
    let dir = dir.path();
    assert_eq!(again(dir, &["a.html"]), ["같은-제목.md New"]);
    assert_eq!(again(dir, &["b.html"]), ["같은-제목-2.md New"]);
    assert_eq!(again(dir, &["b.html", "a.html"]), ["같은-제목-2.md Unchanged", "같은-제목.md Unchanged"]);
    // A new title at the same address is the same story.
    fs::write(dir.join("a.html"), post("첫 글입니다. ").replace("같은 제목", "새 제목")).unwrap();
    assert_eq!(again(dir, &["a.html"]), ["같은-제목.md Updated"]);
}

const JEKYLL: &str = "---\ntitle: 카프카\ntags: [Kafka]\n---\n\n![그래프](/assets/a.png)\n\n![없는 것](b.png)\n\n본문입니다.\n";

#[test]
fn a_folder_and_its_zip_give_the_same_stories() {
    let files: [(&str, &[u8]); 5] = [
        ("blog/_posts/2020-03-03-kafka.md", JEKYLL.as_bytes()),
        ("blog/assets/a.png", b"\x89PNG"),
        ("blog/_drafts/b.md", b"---\ntitle: b\n---\nb\n"),
        ("blog/README.md", b"about"),
        ("blog/_layouts/post.html", b"<html>{{ content }}"),
    ];
    let dir = folder(&files);
    let dir = dir.path();
    assert_eq!(again(dir, &["blog"]), ["kafka.md New"]);
    assert_eq!(fs::read(dir.join("stories/kafka/a.png")).unwrap(), b"\x89PNG");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name.strip_prefix("blog/").unwrap(), SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    fs::write(dir.join("blog.zip"), zip.finish().unwrap().into_inner()).unwrap();
    assert_eq!(again(dir, &["blog.zip"]), ["kafka.md Unchanged"]);
}

#[test]
fn a_built_corpus_goes_back_to_markdown() {
    let dir = folder(&[("page.txt", PAGE.as_bytes())]);
    again(dir.path(), &["page.txt"]);
    let out = dir.path().join("data");
    build::run(&dir.path().join("stories"), None, &out).unwrap();
    let back = dir.path().join("back");
    let request = Request {
        sources: &[out],
        out: &back,
        existing: Existing::Keep,
        mode: Mode::Write,
        telling: Telling::Plain,
        options: Options::default(),
    };
    let (lines, problems) = import(&request).unwrap();
    assert_eq!(problems, []);
    assert!(lines.iter().all(|line| line.outcome == Outcome::New) && lines.len() == 2);
    for name in ["첫-글.md", "둘째-글.md"] {
        assert_eq!(fs::read(back.join(name)).unwrap(), fs::read(dir.path().join("stories").join(name)).unwrap());
    }
}

#[test]
fn a_page_in_euc_kr_becomes_searchable() {
    let dir =
        folder(&[("old.html", &EUC_KR.encode("<meta charset=euc-kr><title>옛 글</title><body><p>오래된 홈페이지에 있던 글입니다.</p>").0)]);
    assert_eq!(again(dir.path(), &["old.html"]), ["옛-글.md New"]);
    build::run(&dir.path().join("stories"), None, &dir.path().join("data")).unwrap();
}

#[test]
fn fixing_renames_converts_and_says_so() {
    let story =
        "---\ntitle: \"하나\"\nsection: feed\ncompany: 와탭\ntags: [DevOPS]\nlang: ko\nsummary: \"요약입니다.\"\n---\n\n와탭의 글입니다.\n";
    let other = story.replace("하나", "둘").replace("와탭의 글", "다른 곳의 이야기").replace("DevOPS", "DevOps");
    let third = other.replace("둘", "셋").replace("다른 곳의 이야기", "세 번째");
    let site = "[company_aliases]\n\"와탭랩스\" = [\"와탭\"]\n";
    let files: [(&str, &[u8]); 4] = [
        ("site.toml", site.as_bytes()),
        ("stories/하나.md", &EUC_KR.encode(story).0),
        ("stories/둘.md", other.as_bytes()),
        ("stories/셋.md", third.as_bytes()),
    ];
    let dir = folder(&files);
    let stories = dir.path().join("stories");
    let prefix = format!("{}/", stories.display());
    let checked = check(&stories, Fixing::On).unwrap();
    let fixed: Vec<String> = checked.fixed.iter().map(|line| line.replace(&prefix, "")).collect();
    assert_eq!(
        fixed,
        [
            "둘.md: company `와탭` is now `와탭랩스`",
            "셋.md: company `와탭` is now `와탭랩스`",
            "하나.md: the file was EUC-KR / CP949, now it is UTF-8",
            "하나.md: company `와탭` is now `와탭랩스`",
            "하나.md: tag `DevOPS` is now `DevOps`",
        ]
    );
    let text = fs::read_to_string(stories.join("하나.md")).unwrap();
    assert_eq!(text, story.replace("company: 와탭", "company: 와탭랩스").replace("DevOPS", "DevOps"));
    assert!(check(&stories, Fixing::On).unwrap().fixed.is_empty());
}

#[test]
fn a_new_folder_has_no_findings() {
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path().join("archive");
    crate::new::run(&archive).unwrap();
    let problems = check(&archive.join("stories"), Fixing::Off).unwrap().problems;
    assert!(problems.iter().all(|problem| problem.severity == corpus::Severity::Note), "{problems:?}");
    build::run(&archive.join("stories"), None, &dir.path().join("data")).unwrap();
    assert!(crate::new::run(&archive).is_err());
}

#[test]
fn the_original_of_a_recovered_story_is_kept_and_published() {
    let dir = folder(&[("page.txt", PAGE.as_bytes())]);
    let dir = dir.path();
    again(dir, &["page.txt"]);
    let original = dir.join("stories/첫-글.original.txt");
    assert_eq!(fs::read_to_string(&original).unwrap(), "끝났다.시작이다.#개발 #node.js\n");

    let data = dir.join("data");
    let names = || {
        build::run(&dir.join("stories"), None, &data).unwrap();
        let mut names: Vec<String> =
            fs::read_dir(data.join("original")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let published = names();
    assert_eq!(published.len(), 2);
    let stories = fs::read_dir(data.join("story")).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let mut named: Vec<String> = stories.map(|json| format!("{}.txt", decode_story(&json).unwrap().original.unwrap())).collect();
    named.sort();
    assert_eq!(named, published);

    // A publisher who does not want it deletes it, and an import of the same page leaves it so.
    fs::remove_file(&original).unwrap();
    again(dir, &["page.txt"]);
    assert!(!original.exists());
    assert_eq!(names().len(), 1);
}
