//! No file names a folder of one machine or one person: it would be wrong everywhere else.

use super::{Finding, finding};

/// Where people and machines keep their own things. In pieces, so that this list does not find itself.
const FOLDERS: [&str; 6] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Use", "rs/"),
    concat!("/wo", "rk/"),
    concat!("/tm", "p/"),
    concat!("\\Use", "rs\\"),
];

/// The X server's sockets and locks have their fixed place for everyone.
const X_SERVER: &str = concat!("/tm", "p/.X");

pub(super) fn check(file: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if let Some(folder) = FOLDERS.iter().find(|folder| names(line, folder)) {
            findings.push(finding(file, i + 1, format!("`{folder}` is a path of one machine")));
        }
    }
    findings
}

/// Whether a path in the line begins with `folder`. Behind a letter or a dot it is the middle of an address or of another path.
fn names(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let begins = before.is_none_or(|c| !(c.is_alphanumeric() || "._-/~}".contains(c))) || folder.starts_with('\\');
        begins && !line.get(at..).is_some_and(|path| path.starts_with(X_SERVER))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_paths_of_one_machine() {
        for (start, folder) in [("cd ", FOLDERS[0]), ("\"", FOLDERS[1]), ("", FOLDERS[3]), ("(", FOLDERS[4]), ("C:", FOLDERS[5])] {
            let findings = check("README.md", &format!("fine\n{start}{folder}x"));
            assert_eq!(findings.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2], "{start}{folder}");
        }
    }

    #[test]
    fn leaves_addresses_and_system_paths_alone() {
        let x_server = format!("{X_SERVER}11-unix/X9");
        for line in ["https://example.org/home/x", "src/work/a.rs", "/usr/lib/x", "~/.cache", "the home/work split", &x_server] {
            assert_eq!(check("a.md", line), [], "{line}");
        }
    }
}
