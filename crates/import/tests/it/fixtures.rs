//! Recorded files, most of them broken the way real ones are, each with what must come out of it.
//!
//! `fixtures/FORM/NAME` is read as it is; `expected/FORM/NAME.txt` holds every finding, then every story as its Markdown file.
//! `UPDATE_EXPECT=1 cargo test -p import --test it fixtures` writes the latter anew; read the difference before committing it.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use corpus::{Severity, check_story};
use import::{Options, markdown};

/// As many as issue 4 asks for.
const MIN_FIXTURES: usize = 130;

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn told(name: &str, bytes: &[u8]) -> String {
    let imported = import::read(name, bytes, &Options::default());
    let mut out = String::new();
    for problem in &imported.problems {
        out.push_str(&format!("{problem}\n"));
    }
    for draft in &imported.stories {
        let file = format!("{}.md", draft.story.slug);
        let text = markdown::write(&draft.story);
        out.push_str(&format!("\n=== {file}\n{text}"));
        for image in &draft.images {
            out.push_str(&format!("=== picture {} of line {}\n", image.path, image.line));
        }
        // Whatever went in, what comes out is a sound story file.
        let back = markdown::read(&file, text.as_bytes());
        assert_eq!(back.problems, [], "{name}");
        let errors = check_story(&draft.story, &back.source).into_iter().filter(|problem| problem.severity == Severity::Error);
        assert_eq!(errors.map(|problem| problem.to_string()).collect::<Vec<_>>(), Vec::<String>::new(), "{name}");
        let read = back.story.unwrap();
        let visible = |story: &corpus::Story| {
            story.blocks.iter().map(|block| block.text()).collect::<String>().split_whitespace().collect::<String>()
        };
        assert_eq!(visible(&read), visible(&draft.story), "{name}");
    }
    out
}

#[test]
fn fixtures_give_what_is_recorded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut fixtures = Vec::new();
    files(&root.join("fixtures"), &mut fixtures);
    fixtures.sort();
    assert!(MIN_FIXTURES <= fixtures.len(), "{} fixtures", fixtures.len());
    let is_update = env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for path in fixtures {
        let name = path.strip_prefix(root.join("fixtures")).unwrap().to_string_lossy().replace('\\', "/");
        let found = told(&name, &fs::read(&path).unwrap());
        let expected_path = root.join("expected").join(format!("{name}.txt"));
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if found == expected {
            continue;
        }
        if is_update {
            fs::create_dir_all(expected_path.parent().unwrap()).unwrap();
            fs::write(&expected_path, found).unwrap();
        } else {
            wrong.push(format!("{name}\n--- expected\n{expected}\n--- found\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{} of the fixtures differ", wrong.join("\n\n"), wrong.len());
}

#[test]
fn every_expectation_has_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut expected = Vec::new();
    files(&root.join("expected"), &mut expected);
    for path in expected {
        let name = path.strip_prefix(root.join("expected")).unwrap().to_string_lossy().into_owned();
        let fixture = root.join("fixtures").join(name.strip_suffix(".txt").unwrap());
        assert!(fixture.is_file(), "{name} is left over");
    }
}
