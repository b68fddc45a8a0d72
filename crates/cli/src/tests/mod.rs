//! What a publisher meets: folders in, files, messages and exit codes out.
#![allow(clippy::unwrap_used)]

mod import;

use std::{fs, path::Path};

use corpus::{decode_cards, decode_manifest, decode_story};
use expect_test::{Expect, expect};
use tempfile::TempDir;

use crate::{build, recover::recover, stories::read_folder};

const GOOD: &str = "---\ntitle: \"좋은 글\"\nsection: feed\ncompany: 스포카\nviews: 12\ntags: [개발]\nlang: ko\nsummary: \"한 문장으로 된 요약입니다.\"\nsource: \"page.txt:9\"\n---\n\n## 소제목\n\n첫 문단입니다.\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(dir.path().join(name), content).unwrap();
    }
    dir
}

#[track_caller]
fn check_findings(files: &[(&str, &str)], expected: Expect) {
    let dir = folder(files);
    let prefix = format!("{}/", dir.path().display());
    let found: Vec<String> =
        read_folder(dir.path()).unwrap().problems.iter().map(|problem| problem.to_string().replace(&prefix, "")).collect();
    expected.assert_eq(&found.join("\n"));
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_good_folder_has_no_findings() {
    check_findings(&[("좋은-글.md", GOOD)], expect![[""]]);
}

#[test]
fn a_fault_is_named_with_file_line_and_fix() {
    check_findings(
        &[("좋은-글.md", &GOOD.replace("section: feed", "section: blog"))],
        expect!["좋은-글.md:3: error: unknown section `blog`; use one of interview, feed, news"],
    );
}

#[test]
fn builds_what_the_app_reads_and_removes_what_it_no_longer_names() {
    let second = GOOD.replace("좋은 글", "둘째 글").replace("page.txt:9", "page.txt:14");
    let dir = folder(&[("좋은-글.md", GOOD), ("둘째-글.md", &second)]);
    let out = tempfile::tempdir().unwrap();
    let data = out.path().join("data");
    build::run(dir.path(), None, &data).unwrap();

    let manifest = decode_manifest(&fs::read_to_string(data.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest.n_stories, 2);
    let cards = decode_cards(&fs::read_to_string(data.join(&manifest.cards[0].path)).unwrap()).unwrap();
    assert_eq!(cards.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(), ["좋은 글", "둘째 글"]);
    let story = decode_story(&fs::read_to_string(data.join(format!("story/{}.json", cards[0].file))).unwrap()).unwrap();
    assert_eq!(story.title, "좋은 글");
    let index = search::Index::open(fs::read(data.join(&manifest.search[0].path)).unwrap()).unwrap();
    assert_eq!(index.n_docs(), 2);
    assert_eq!(names(&data.join("schema")).len(), 3);

    fs::remove_file(dir.path().join("둘째-글.md")).unwrap();
    build::run(dir.path(), None, &data).unwrap();
    assert_eq!(names(&data.join("story")), [format!("{}.json", cards[0].file)]);
    assert_eq!(names(&data).len(), 5);
}

#[test]
fn the_same_stories_give_the_same_bytes() {
    let dir = folder(&[("좋은-글.md", GOOD)]);
    let out = tempfile::tempdir().unwrap();
    let read_all = |name: &str| {
        let data = out.path().join(name);
        build::run(dir.path(), None, &data).unwrap();
        names(&data).into_iter().filter(|file| file.contains('.')).map(|file| fs::read(data.join(file)).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(read_all("a"), read_all("b"));
}

#[test]
fn refuses_a_folder_with_other_files_and_stories_with_errors() {
    let dir = folder(&[("좋은-글.md", GOOD)]);
    let foreign = folder(&[("holiday.jpg", "x")]);
    let error = build::run(dir.path(), None, foreign.path()).unwrap_err();
    assert!(error.to_string().ends_with("holds files that no build has written; name an empty or new folder with --out DIR"), "{error}");
    assert_eq!(names(foreign.path()), ["holiday.jpg"]);

    let broken = folder(&[("좋은-글.md", &GOOD.replace("section: feed\n", ""))]);
    let out = tempfile::tempdir().unwrap();
    let error = build::run(broken.path(), None, &out.path().join("data")).unwrap_err();
    assert_eq!(error.to_string(), "nothing was built because of 1 error; mend the lines above and build again");
    assert!(!out.path().join("data").exists());
}

#[test]
fn an_empty_folder_is_an_error_that_says_what_to_do() {
    let dir = folder(&[]);
    let error = read_folder(dir.path()).err().unwrap();
    assert!(error.to_string().ends_with("holds no .md file; name the folder of your stories with --stories DIR"), "{error}");
}

#[test]
fn recovers_a_line_for_each_line() {
    let dir = folder(&[
        ("a.jsonl", "{\"id\":\"1\",\"flat\":\"끝났다.시작이다.#개발 #꿀팁\"}\n{\"id\":\"2\",\"flat\":\"\"}\n"),
        ("b.jsonl", "[]\n"),
    ]);
    let mut out = Vec::new();
    recover(&dir.path().join("a.jsonl"), &mut out).unwrap();
    expect![[r##"
        {"id":"1","blocks":[{"type":"paragraph","text":"끝났다."},{"type":"paragraph","text":"시작이다."},{"type":"hashtags","text":"#개발 #꿀팁"}]}
        {"id":"2","blocks":[]}
    "##]]
    .assert_eq(std::str::from_utf8(&out).unwrap());
    let error = recover(&dir.path().join("b.jsonl"), &mut out).unwrap_err();
    assert!(format!("{error:#}").contains("b.jsonl:1: expected a JSON object with `id` and `flat`"), "{error:#}");
}
