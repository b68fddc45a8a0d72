//! Cuts the program into what a first look at a list needs, and parts that it fetches when a reader is about to need them (`src/later.rs` and
//! `src/engine.rs` mark the cuts). trunk cannot do that: cuts are made before wasm-bindgen, and trunk has no hook there. So the last hook makes
//! all files from the program as cargo left it, and they take the place of trunk's.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{
    process::run,
    project::Project,
    tools::{Need, Toolbox, fingerprint},
};

/// The name that every step gives its files, until they are named by their content.
const NAME: &str = "story-home";

/// What the cutter calls the script that fetches the parts, and the program imports it as.
const LINK: &str = "__wasm_split.js";

/// How the name of the first part ends; the others' do not.
pub(crate) const FIRST_ENDING: &str = "_bg.wasm";

/// Replaces trunk's program in `site` by its parts, and gives the page that loads them.
///
/// # Errors
/// A tool that fails, or a program without the mark.
pub(crate) fn cut(project: &Project, site: &Path, page: &str) -> Result<String> {
    let toolbox = Toolbox::prepare(project, &[Need::Bundler, Need::WasmOpt, Need::Cutter])?;
    let whole = project.target.join(format!("wasm32-unknown-unknown/wasm-release/{NAME}.wasm"));
    let folder = project.target.join("cut");
    make_empty(&folder)?;
    run(toolbox.command("wasm-split-cli")?.arg(&whole).arg(&folder).args(["--target", "web", "--out-name", NAME]))?;
    let bound = folder.join("bound");
    let mut bindgen = toolbox.command("wasm-bindgen")?;
    // The later part shares the first one's table of functions.
    bindgen.args(["--keep-lld-exports", "--target", "web", "--no-typescript", "--out-name", NAME, "--out-dir"]).arg(&bound);
    run(bindgen.arg(folder.join(format!("{NAME}.wasm"))))?;
    let first = optimise(project, &toolbox, &bound.join(format!("{NAME}_bg.wasm")))?;
    let later = |name: String| Ok((name.clone(), optimise(project, &toolbox, &folder.join(name))?));
    let later = later_parts(&folder)?.into_iter().map(later).collect::<Result<Vec<NamedFile>>>()?;
    let read = |file: PathBuf| fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()));
    let parts = Parts { first, later, script: read(bound.join(format!("{NAME}.js")))?, link: read(folder.join(LINK))? };
    let (files, stem) = parts.named()?;
    let old = stem_of(page)?;
    for name in [format!("{old}.js"), format!("{old}{FIRST_ENDING}")] {
        fs::remove_file(site.join(&name)).with_context(|| format!("removing {name}"))?;
    }
    for (name, content) in &files {
        fs::write(site.join(name), content).with_context(|| format!("writing {name}"))?;
    }
    loading(page, &old, &stem)
}

/// The options of index.html for wasm-opt, which trunk uses.
pub(crate) fn optimiser_options(project: &Project) -> Result<Vec<String>> {
    let page = fs::read_to_string(project.root.join("index.html")).context("reading index.html")?;
    let params = page.split_once("data-wasm-opt-params=\"").and_then(|(_, rest)| rest.split_once('"'));
    let (params, _) = params.context("index.html has no data-wasm-opt-params")?;
    Ok(params.split_whitespace().map(str::to_owned).collect())
}

fn optimise(project: &Project, toolbox: &Toolbox, file: &Path) -> Result<Vec<u8>> {
    let to = file.with_extension("small.wasm");
    let mut wasm_opt = toolbox.command("wasm-opt")?;
    wasm_opt.args(["-Oz", "--strip-debug", "--strip-producers"]).args(optimiser_options(project)?);
    run(wasm_opt.arg(file).arg("-o").arg(&to))?;
    fs::read(&to).with_context(|| format!("reading {}", to.display()))
}

/// The files of the later parts, as the cutter named them: `split_later.wasm`, and `chunk_3.wasm` for what several share.
fn later_parts(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<std::io::Result<Vec<_>>>()?;
    let mut names: Vec<String> =
        names.into_iter().filter(|name| name.ends_with(".wasm") && (name.starts_with("split_") || name.starts_with("chunk_"))).collect();
    if names.is_empty() {
        bail!("the program has no mark where to cut it; was it built with the feature `split`?");
    }
    names.sort_unstable();
    Ok(names)
}

/// A file's name and content.
type NamedFile = (String, Vec<u8>);

/// What the program consists of.
struct Parts {
    /// The wasm of the first part, and the script around it.
    first: Vec<u8>,
    script: String,
    /// The wasm of the later parts, and the script that fetches them.
    later: Vec<NamedFile>,
    link: String,
}

impl Parts {
    /// The files by name, and the beginning that all names share: it changes when any of the files does.
    fn named(self) -> Result<(Vec<NamedFile>, String)> {
        let mut all = [self.first.as_slice(), self.script.as_bytes(), self.link.as_bytes()].concat();
        self.later.iter().for_each(|(_, content)| all.extend(content));
        let stem = format!("{NAME}-{}", fingerprint(&all));
        let script = without_comments(&self.script);
        let script = replaced(&script, &format!("from \"./{LINK}\""), &format!("from \"./{stem}-link.js\""))?;
        let script = replaced(&script, &format!("{NAME}{FIRST_ENDING}"), &format!("{stem}{FIRST_ENDING}"))?;
        let mut link = replaced(&self.link, &format!("./{NAME}.js"), &format!("./{stem}.js"))?;
        // The page says what it could not load, with a way to try again; a fetch that ends because its reader has left is no error at all.
        link = replaced(&link, "console.error(e)", "console.warn(e)")?;
        let mut files = vec![(format!("{stem}{FIRST_ENDING}"), self.first), (format!("{stem}.js"), script.into_bytes())];
        for (name, content) in self.later {
            let new = format!("{stem}-{}", name.trim_start_matches("split_").replace('_', "-"));
            link = replaced(&link, &format!("./{name}"), &format!("./{new}"))?;
            files.push((new, content));
        }
        files.push((format!("{stem}-link.js"), link.into_bytes()));
        Ok((files, stem))
    }
}

/// A script of wasm-bindgen without what is for readers of it, a kilobyte of each first visit. It writes one statement a line, no text that goes
/// over several lines, and comments on lines of their own.
fn without_comments(script: &str) -> String {
    let mut is_inside = false;
    let is_code = |line: &&str| {
        let is_comment = is_inside || line.starts_with("/*");
        is_inside = is_comment && !line.ends_with("*/");
        !is_comment && !line.is_empty() && !line.starts_with("//")
    };
    script.lines().map(str::trim).filter(is_code).flat_map(|line| [line, "\n"]).collect()
}

fn replaced(text: &str, old: &str, new: &str) -> Result<String> {
    if !text.contains(old) {
        bail!("a tool writes its scripts in another way than this program knows: there is no `{old}`");
    }
    Ok(text.replace(old, new))
}

/// The name, with hash, that trunk gave the program.
fn stem_of(page: &str) -> Result<String> {
    let begin = format!("{NAME}-");
    let names = page.match_indices(&begin).filter_map(|(at, _)| page.get(at..)?.split_once(FIRST_ENDING));
    let stem = names.map(|(stem, _)| stem).find(|stem| stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    stem.map(str::to_owned).context("index.html names no program")
}

/// The page with the new names. The link is fetched together with the script that imports it, not after it.
fn loading(page: &str, old: &str, stem: &str) -> Result<String> {
    let page = page.replace(old, stem);
    let (before, after) = page.split_once("</head>").context("index.html has no </head>")?;
    Ok(format!("{before}<link rel=\"modulepreload\" href=\"./{stem}-link.js\"></head>{after}"))
}

fn make_empty(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parts() -> Parts {
        Parts {
            first: b"first".to_vec(),
            later: vec![("chunk_3.wasm".into(), b"shared".to_vec()), ("split_later.wasm".into(), b"later".to_vec())],
            script: "import * as import1 from \"./__wasm_split.js\"\n\"./__wasm_split.js\": import1, new URL('story-home_bg.wasm')".into(),
            link: "import { initSync } from \"./story-home.js\"; new URL(\"./split_later.wasm\", import.meta.url); new URL(\"./chunk_3.wasm\"); console.error(e)".into(),
        }
    }

    #[test]
    fn files_share_one_name_and_refer_to_each_other() {
        let (files, stem) = parts().named().unwrap();
        let text = |name: &str| {
            let file = files.iter().find(|(of, _)| *of == format!("{stem}{name}")).unwrap();
            String::from_utf8(file.1.clone()).unwrap()
        };
        let script = text(".js");
        // The program imports the link under the name that the cutter gave it.
        assert!(script.contains(&format!("from \"./{stem}-link.js\"")) && script.contains("\"./__wasm_split.js\": import1"));
        assert!(script.contains(&format!("{stem}_bg.wasm")), "{script}");
        let link = text("-link.js");
        assert!(link.contains(&format!("\"./{stem}.js\"")) && link.contains(&format!("\"./{stem}-later.wasm\"")), "{link}");
        assert!(link.contains(&format!("\"./{stem}-chunk-3.wasm\"")), "{link}");
        let wasm = ["_bg.wasm", "-later.wasm", "-chunk-3.wasm"].map(text);
        assert_eq!(wasm.each_ref().map(String::as_str), ["first", "later", "shared"]);
    }

    #[test]
    fn comments_go_and_nothing_else() {
        let script = "// a\n/**\n * @returns {number}\n *\n */\nfunction f(a) {\n    // b\n    return a\n        * 2; // c\n}\n";
        assert_eq!(without_comments(script), "function f(a) {\nreturn a\n* 2; // c\n}\n");
    }

    #[test]
    fn another_part_is_another_name() {
        let (_, stem) = parts().named().unwrap();
        let (_, other) = Parts { later: vec![("split_later.wasm".into(), b"other".to_vec())], ..parts() }.named().unwrap();
        assert_ne!(stem, other);
    }

    #[test]
    fn scripts_that_are_written_in_another_way_are_an_error() {
        assert!(Parts { link: String::new(), ..parts() }.named().is_err());
    }

    #[test]
    fn page_loads_the_parts_instead_of_the_whole() {
        let page = "<head><link href=./story-home-0a1b.js></head><script>init('./story-home-0a1b_bg.wasm')</script>";
        assert_eq!(stem_of(page).unwrap(), "story-home-0a1b");
        let expected = "<head><link href=./story-home-9f.js><link rel=\"modulepreload\" href=\"./story-home-9f-link.js\"></head><script>init('./story-home-9f_bg.wasm')</script>";
        assert_eq!(loading(page, "story-home-0a1b", "story-home-9f").unwrap(), expected);
        assert!(stem_of("<head></head>").is_err());
    }
}
