//! Which package may depend on which: the table of DESIGN.md, and nothing else.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Finding, finding};
use crate::process::{command, output};

/// Every package of the workspace and the packages of ours that it may use, for tests too. A new edge is the most reviewed kind of
/// change: it is written here and in DESIGN.md, or it does not exist.
const EDGES: [(&str, &[&str]); 9] = [
    ("hangul", &[]),
    ("corpus", &[]),
    ("search", &["hangul"]),
    ("import", &["hangul", "corpus"]),
    ("story-home-cli", &["corpus", "search", "import"]),
    ("story-home", &["corpus", "search"]),
    ("xtask", &[]),
    ("e2e", &["corpus"]),
    // Learns the weights of structure recovery; nothing depends on it.
    ("train", &["import"]),
];

/// A package and the packages of ours that it depends on, with the manifest that says so.
#[derive(Debug)]
pub(super) struct Package {
    name: String,
    manifest: String,
    uses: Vec<String>,
}

/// Asks cargo.
pub(super) fn read(root: &Path) -> Result<Vec<Package>> {
    let text = output(command("cargo").current_dir(root).args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let root = root.to_string_lossy();
    parse(&text, &root).context("reading the answer of cargo metadata")
}

fn parse(metadata: &str, root: &str) -> Result<Vec<Package>> {
    let metadata: Value = serde_json::from_str(metadata)?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().with_context(|| format!("no `{key}`"));
    let mut packages = Vec::new();
    for package in list(&metadata, "packages")? {
        let name = text(&package, "name").context("a package without name")?;
        let manifest = text(&package, "manifest_path").context("a package without manifest")?;
        let manifest = manifest.strip_prefix(root).unwrap_or(&manifest).trim_start_matches('/').to_owned();
        // Ours are those with a path; the others come from a registry.
        let ours = list(&package, "dependencies")?.into_iter().filter(|dependency| text(dependency, "path").is_some());
        let uses = ours.filter_map(|dependency| text(&dependency, "name")).collect();
        packages.push(Package { name, manifest, uses });
    }
    Ok(packages)
}

/// Every edge and package that the table does not have.
pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for Package { name, manifest, uses } in packages {
        let Some((_, allowed)) = EDGES.iter().find(|(package, _)| package == name) else {
            findings.push(finding(manifest, 0, format!("package `{name}` is not in the table of xtask/src/tidy/edges.rs")));
            continue;
        };
        for used in uses.iter().filter(|used| !allowed.contains(&used.as_str())) {
            findings.push(finding(manifest, 0, format!("`{name}` may not depend on `{used}` (DESIGN.md lists every edge)")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[track_caller]
    fn check_edges(name: &str, dependencies: &str, expected: &[&str]) {
        let metadata = format!(
            r#"{{"packages":[{{"name":"{name}","manifest_path":"/r/crates/{name}/Cargo.toml","dependencies":[{dependencies}]}}]}}"#
        );
        let findings = check(&parse(&metadata, "/r").unwrap());
        assert_eq!(findings.iter().map(Finding::to_string).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn edges_of_the_design_pass() {
        check_edges("search", r#"{"name":"hangul","path":"/r/crates/hangul"},{"name":"fst","path":null},{"name":"serde"}"#, &[]);
        check_edges("hangul", "", &[]);
    }

    #[test]
    fn other_edges_are_named() {
        check_edges(
            "search",
            r#"{"name":"corpus","path":"/r/crates/corpus","kind":"dev"}"#,
            &["crates/search/Cargo.toml:1: `search` may not depend on `corpus` (DESIGN.md lists every edge)"],
        );
    }

    #[test]
    fn new_packages_are_named() {
        check_edges("extra", "", &["crates/extra/Cargo.toml:1: package `extra` is not in the table of xtask/src/tidy/edges.rs"]);
    }

    #[test]
    fn answer_of_another_shape_is_an_error() {
        assert!(parse("{}", "").is_err());
        assert!(parse(r#"{"packages":[{"name":"x"}]}"#, "").is_err());
    }

    #[test]
    fn table_has_no_cycle() {
        // A package may only use packages whose own row is satisfied before it.
        let mut done: Vec<&str> = Vec::new();
        while done.len() < EDGES.len() {
            let ready = EDGES.iter().find(|(name, uses)| !done.contains(name) && uses.iter().all(|used| done.contains(used)));
            done.push(ready.unwrap().0);
        }
    }
}
