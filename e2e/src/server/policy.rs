//! The headers that the site itself tells hosts to send, from its `_headers` file: the suite runs under the policy that readers get.

use std::{fs, path::Path};

/// Where a site to upload says them.
const FILE: &str = "_headers";

/// Whether the site is one to upload, with a page for every address and headers for every file.
pub(super) fn is_shipped(site: &Path) -> bool {
    site.join(FILE).is_file()
}

/// The headers of every file, as lines of a response. Empty for a site that names none.
pub(super) fn headers(site: &Path) -> String {
    let text = fs::read_to_string(site.join(FILE)).unwrap_or_default();
    parse(&text)
}

/// The first rule is that of every path. How long files may be kept is left out: here they change under their names.
fn parse(text: &str) -> String {
    let rules = text.lines().skip(1).take_while(|line| line.starts_with(' '));
    rules.map(|line| format!("{}\r\n", line.trim())).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn only_the_rule_of_every_path_is_taken() {
        let text = "/*\n  A: 1\n  B: x y\n/a.js\n  Cache-Control: immutable\n";
        assert_eq!(parse(text), "A: 1\r\nB: x y\r\n");
    }
}
