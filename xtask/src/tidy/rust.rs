//! Rust sources: what each module says first, how long it is, what may be called where.
//!
//! Clippy forbids the same calls and knows the language; the rules here also hold in code that a build leaves out.

use super::{Finding, finding};

/// More than this needs a reason at the top.
const MAX_LINES: usize = 400;

/// How that reason begins, in the module's documentation.
const LENGTH_REASON: &str = "//! Over 400 lines: ";

/// Calls that end the program or say that it is unfinished. In pieces, so that this list does not find itself.
const FORBIDDEN: [&str; 4] = [concat!(".unw", "rap()"), concat!("to", "do!("), concat!("unimple", "mented!("), concat!("db", "g!(")];

/// What only some files of the app may use, so that the rest runs and is tested natively.
const CONFINED: [(&str, &[&str]); 2] =
    [(concat!("web_", "sys"), &["src/dom.rs", "src/dom/", "src/data/fetch.rs"]), (concat!("gloo_", "net"), &["src/data/fetch.rs"])];

pub(super) fn check(file: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !text.trim_start().starts_with("//!") {
        findings.push(finding(file, 1, "a module starts with `//!`: its purpose, and what it leaves to others"));
    }
    let n_lines = text.lines().count();
    let mut module_docs = text.lines().take_while(|line| line.starts_with("//!"));
    if MAX_LINES < n_lines && !module_docs.any(|line| line.starts_with(LENGTH_REASON)) {
        findings.push(finding(file, 0, format!("{n_lines} lines; split it, or give the reason in a line `{LENGTH_REASON}…` at the top")));
    }
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        // Tests stand last in a file, and may do what they like.
        if is_test_file(file) || line.trim() == "#[cfg(test)]" {
            break;
        }
        if let Some(call) = FORBIDDEN.iter().find(|call| line.contains(**call)) {
            findings.push(finding(file, i + 1, format!("`{call}` outside tests")));
        }
        for (name, places) in CONFINED {
            let is_app = file.starts_with("src/");
            if is_app && line.contains(name) && !places.iter().any(|place| file.starts_with(place)) {
                findings.push(finding(file, i + 1, format!("`{name}` belongs in {}", places.join(" or "))));
            }
        }
    }
    findings
}

fn is_test_file(file: &str) -> bool {
    file.ends_with("/tests.rs") || file.split('/').any(|part| part == "tests" || part == "benches")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_lines(file: &str, text: &str, expected: &[usize]) {
        let findings = check(file, text);
        assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), expected, "{findings:?}");
    }

    fn call(at: usize) -> String {
        format!("//! Doc.\nfn f() {{ {}x) }}\n", FORBIDDEN[at])
    }

    #[test]
    fn module_says_first_what_it_is_for() {
        check_lines("src/a.rs", "//! Doc.\nfn f() {}\n", &[]);
        check_lines("src/a.rs", "\n//! Doc.\n", &[]);
        check_lines("src/a.rs", "// Doc.\nfn f() {}\n", &[1]);
        check_lines("src/a.rs", "use std::fs;\n//! Doc.\n", &[1]);
        check_lines("crates/x/tests/it/main.rs", "mod a;\n", &[1]);
    }

    #[test]
    fn long_files_say_why() {
        let lines = "fn f() {}\n".repeat(MAX_LINES);
        check_lines("src/a.rs", &format!("//! Doc.\n{lines}"), &[0]);
        check_lines("src/a.rs", &format!("//! Doc.\n//!\n{LENGTH_REASON}a table.\n{lines}"), &[]);
        check_lines("src/a.rs", &format!("//! Doc.\nfn f() {{}}\n{LENGTH_REASON}too late.\n{lines}"), &[0]);
        check_lines("src/a.rs", &format!("//! Doc.\n{}", "fn f() {}\n".repeat(MAX_LINES - 1)), &[]);
    }

    #[test]
    fn nothing_panics_or_is_unfinished_outside_tests() {
        for at in 0..FORBIDDEN.len() {
            check_lines("crates/x/src/a.rs", &call(at), &[2]);
            check_lines("crates/x/src/a/tests.rs", &call(at), &[]);
            check_lines("crates/x/tests/it/a.rs", &call(at), &[]);
        }
    }

    #[test]
    fn comments_and_test_modules_may_name_everything() {
        check_lines("src/a.rs", &format!("//! Doc.\n    // no {} here\n", FORBIDDEN[0]), &[]);
        check_lines("src/a.rs", &format!("//! Doc.\n#[cfg(test)]\nmod tests {{ fn f() {{ x{}; }} }}\n", FORBIDDEN[0]), &[]);
    }

    #[test]
    fn browser_apis_stay_in_their_rooms() {
        for (name, places) in CONFINED {
            let text = format!("//! Doc.\nuse {name}::Window;\n");
            check_lines("src/page/home.rs", &text, &[2]);
            check_lines("crates/x/src/lib.rs", &text, &[]);
            for place in places {
                let file = if place.ends_with('/') { format!("{place}a.rs") } else { place.to_string() };
                check_lines(&file, &text, &[]);
            }
        }
        check_lines("src/dom/scroll.rs", &format!("//! Doc.\nuse {}::http;\n", CONFINED[1].0), &[2]);
    }
}
