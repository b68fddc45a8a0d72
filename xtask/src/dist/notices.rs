//! `LICENSE-THIRD-PARTY`: the licences of every crate that is linked into the program or the app that it carries, as most of them ask of whoever
//! passes them on. The texts are those in the crates' own folders; crates with the same text stand above it together.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    process::{command, output},
    project::Project,
};

/// A manifest, the package in it that is built, and for which target if for one only.
type Root<'a> = (PathBuf, &'a str, Option<&'a str>);

/// A crate of others that is linked in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Crate {
    name: String,
    version: String,
    /// As its manifest says, in SPDX's words.
    licence: String,
    folder: PathBuf,
}

/// The notices of the program for a target, or for all, with the app and the renderer in it.
///
/// # Errors
/// If cargo cannot say what is linked, or a crate's folder cannot be read.
pub(super) fn notices(project: &Project, target: Option<&str>) -> Result<String> {
    let own = project.root.join("Cargo.toml");
    let roots: [Root<'_>; 3] = [
        (own.clone(), "story-home-cli", target),
        (own, "story-home", Some("wasm32-unknown-unknown")),
        (project.root.join("prerender/Cargo.toml"), "prerender", target),
    ];
    let mut crates = BTreeSet::new();
    for (manifest, package, target) in roots {
        let mut cargo = command("cargo");
        cargo.current_dir(&project.root).args(["metadata", "--format-version", "1", "--locked", "--manifest-path"]).arg(&manifest);
        if let Some(target) = target {
            cargo.args(["--filter-platform", target]);
        }
        let text = output(&mut cargo)?;
        let metadata = serde_json::from_str(&text).context("reading the answer of cargo metadata")?;
        crates.extend(linked(&metadata, package)?);
    }
    let with_texts = crates.into_iter().map(|own| {
        let texts = texts(&own.folder)?;
        Ok((own, texts))
    });
    Ok(write(&with_texts.collect::<Result<Vec<_>>>()?))
}

/// The crates of others that a package is linked with: not what only builds or tests it, and not what its macros ran.
fn linked(metadata: &Value, package: &str) -> Result<Vec<Crate>> {
    let list =
        |pointer: &str| metadata.pointer(pointer).and_then(Value::as_array).with_context(|| format!("cargo metadata has no {pointer}"));
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let packages: BTreeMap<String, &Value> = list("/packages")?.iter().map(|package| (text(package, "id"), package)).collect();
    let nodes: BTreeMap<String, &Value> = list("/resolve/nodes")?.iter().map(|node| (text(node, "id"), node)).collect();
    let is_macro = |package: &Value| package.pointer("/targets/0/kind/0").and_then(Value::as_str) == Some("proc-macro");
    let root = packages.iter().find(|(_, value)| text(value, "name") == package && value.get("source").is_none_or(Value::is_null));
    let mut to_do = vec![root.with_context(|| format!("cargo metadata has no package {package}"))?.0.clone()];
    let mut seen = BTreeSet::from_iter(to_do.clone());
    let mut crates = Vec::new();
    while let Some(id) = to_do.pop() {
        let Some(package) = packages.get(&id).filter(|package| !is_macro(package)) else { continue };
        if package.get("source").is_some_and(Value::is_string) {
            let manifest = PathBuf::from(text(package, "manifest_path"));
            crates.push(Crate {
                name: text(package, "name"),
                version: text(package, "version"),
                licence: text(package, "license"),
                folder: manifest.parent().map(Path::to_owned).unwrap_or_default(),
            });
        }
        let dependencies = nodes.get(&id).and_then(|node| node.get("deps")?.as_array()).into_iter().flatten();
        for dependency in dependencies {
            let mut kinds = dependency.get("dep_kinds").and_then(Value::as_array).into_iter().flatten();
            let id = text(dependency, "pkg");
            // A kind of null is an ordinary dependency.
            if kinds.any(|kind| kind.get("kind").is_none_or(Value::is_null)) && seen.insert(id.clone()) {
                to_do.push(id);
            }
        }
    }
    Ok(crates)
}

/// The texts of a crate's licences, in the order of their files' names.
fn texts(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let is_licence = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        path.is_file() && ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"].iter().any(|start| name.starts_with(start))
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_licence).collect();
    paths.sort();
    let read = |path: PathBuf| fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()));
    paths.into_iter().map(read).collect()
}

/// The file: which crates have which licences, then each text once, below the crates that it came with.
fn write(crates: &[(Crate, Vec<String>)]) -> String {
    let mut out = String::from("What others wrote of this program and of the sites that it makes, and under which licences.\n\n");
    // By its words: line ends and indents differ from crate to crate.
    let mut by_text: BTreeMap<Vec<&str>, (&str, Vec<&Crate>)> = BTreeMap::new();
    for (own, texts) in crates {
        let _ = writeln!(out, "- {} {}: {}", own.name, own.version, own.licence);
        for text in texts {
            by_text.entry(text.split_whitespace().collect()).or_insert((text, Vec::new())).1.push(own);
        }
    }
    let mut groups: Vec<(&str, Vec<&Crate>)> = by_text.into_values().collect();
    groups.sort_by(|(_, a), (_, b)| a.cmp(b));
    for (text, crates) in groups {
        let names: Vec<String> = crates.iter().map(|own| format!("{} {}", own.name, own.version)).collect();
        let _ = write!(out, "\n\n==== {} ====\n\n{}\n", names.join(", "), text.trim());
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_linked_is_named_and_what_only_builds_is_not() {
        let package = |name: &str, source: Value, kind: &str| {
            json!({"id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": source, "manifest_path": format!("/r/{name}/Cargo.toml"),
                "targets": [{"kind": [kind]}]})
        };
        let uses = |name: &str, kind: Value| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let metadata = json!({
            "packages": [package("ours", Value::Null, "bin"), package("a", json!("registry"), "lib"), package("b", json!("registry"), "lib"),
                package("builds", json!("registry"), "lib"), package("macro", json!("registry"), "proc-macro"), package("in-macro", json!("registry"), "lib")],
            "resolve": {"nodes": [
                {"id": "ours", "deps": [uses("a", Value::Null), uses("builds", json!("build")), uses("macro", Value::Null)]},
                {"id": "a", "deps": [uses("b", Value::Null)]}, {"id": "b", "deps": [uses("a", Value::Null)]},
                {"id": "macro", "deps": [uses("in-macro", Value::Null)]},
            ]},
        });
        let crates = linked(&metadata, "ours").unwrap();
        let names: Vec<&str> = crates.iter().map(|own| own.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(crates[0].folder, Path::new("/r/a"));
        assert!(linked(&metadata, "theirs").is_err());
    }

    #[test]
    fn a_text_that_several_came_with_stands_once() {
        let own = |name: &str| Crate { name: name.into(), version: "1.0.0".into(), licence: "MIT".into(), folder: PathBuf::new() };
        let text = |text: &str| vec![text.to_owned()];
        let file = write(&[(own("a"), text("MIT of\nmany\n")), (own("b"), text("its own")), (own("c"), text("MIT of many"))]);
        let expected = "- a 1.0.0: MIT\n- b 1.0.0: MIT\n- c 1.0.0: MIT\n\n\n==== a 1.0.0, c 1.0.0 ====\n\nMIT of\nmany\n\n\n==== b 1.0.0 ====\n\nits own\n";
        assert!(file.ends_with(expected), "{file}");
    }

    #[test]
    fn licences_are_known_by_the_names_of_their_files() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["LICENSE-MIT", "LICENSE-APACHE", "README.md", "Copying.txt"] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        assert_eq!(texts(dir.path()).unwrap(), ["Copying.txt", "LICENSE-APACHE", "LICENSE-MIT"]);
    }
}
