//! What each feature of the app costs: the bytes of its functions in the optimised program, by the modules they come from.
//!
//! The published program has no names, so the one before wasm-bindgen and wasm-opt goes through both again, keeping them. A function that was
//! inlined counts for its caller, and code of Leptos that was compiled for our types counts for Leptos; so this is a lower bound of what
//! leaving a feature out would save.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{
    cut::optimiser_options,
    process::run as run_command,
    project::Project,
    tools::{Need, Toolbox},
};

/// What a reader would call a feature, and the modules of the app or the crates that make it. The first that fits counts.
const FEATURES: [(&str, &[&str]); 13] = [
    ("search engine", &["search"]),
    (
        "shelf: board, history, notes, files",
        &[
            "shelf",
            "dom::idb",
            "dom::channel",
            "dom::drag",
            "dom::file",
            "page::shelf",
            "page::notes",
            "component::shelf",
            "component::note",
            "copy::shelf",
        ],
    ),
    ("reading without a network", &["offline", "dom::offline", "component::offline", "copy::offline"]),
    (
        "passages: select, link, quote, highlight",
        &["dom::passage", "component::passage", "component::color", "component::story_shelf", "component::story_notes"],
    ),
    (
        "reading: contents, progress, find, focus, listening",
        &[
            "outline",
            "dom::progress",
            "dom::reading",
            "dom::speech",
            "component::reading",
            "component::find",
            "component::toc",
            "component::sheet",
            "component::listen",
            "component::match_bar",
            "dom::matches",
        ],
    ),
    ("a story's blocks", &["component::block_view", "component::inline_view", "component::code_block", "page::story", "component::story"]),
    (
        "searching: field, suggestions, marks",
        &["finding", "suggest", "recent", "component::suggestions", "component::search_box", "component::marked"],
    ),
    (
        "lists: filters, sorting, topic pages, ways out",
        &[
            "listing",
            "facet",
            "order",
            "way_on",
            "page::list",
            "component::facet",
            "component::filter",
            "component::topic",
            "component::empty",
            "component::sort",
        ],
    ),
    ("looks, settings, shortcuts", &["prefs", "component::settings", "component::shortcuts", "component::density", "page::design"]),
    ("words of the interface", &["copy", "format"]),
    ("stories, cards and covers", &["corpus"]),
    ("Korean: jamo, layouts, particles", &["hangul"]),
    ("the rest of the app: frame, URLs, loading, browser", &["story_home"]),
];

/// `cargo xtask size --by-feature`: builds nothing; looks at the last release build.
pub(crate) fn run(project: &Project) -> Result<()> {
    let program = project.target.join("wasm32-unknown-unknown/wasm-release/story-home.wasm");
    if !program.is_file() {
        bail!("{} is not there; `cargo xtask test --only build` makes it", program.display());
    }
    let toolbox = Toolbox::prepare(project, &[Need::Bundler, Need::WasmOpt])?;
    let folder = project.target.join("size");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let mut bindgen = toolbox.command("wasm-bindgen")?;
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "app", "--out-dir"]).arg(&folder).arg(&program);
    run_command(&mut bindgen)?;
    let optimised = folder.join("named.wasm");
    let mut wasm_opt = toolbox.command("wasm-opt")?;
    wasm_opt.args(["-Oz", "-g"]).args(optimiser_options(project)?);
    run_command(wasm_opt.arg(folder.join("app_bg.wasm")).arg("-o").arg(&optimised))?;
    let bytes = fs::read(&optimised).with_context(|| format!("reading {}", optimised.display()))?;
    let functions = functions(&bytes).with_context(|| format!("reading {}", optimised.display()))?;
    print!("{}", table(&functions));
    Ok(())
}

/// One function: its name and the bytes of its body.
type Function = (String, usize);

fn table(functions: &[Function]) -> String {
    let total: usize = functions.iter().map(|(_, bytes)| bytes).sum();
    let mut sums = [0_usize; FEATURES.len()];
    for (name, bytes) in functions {
        let path = module_path(name);
        let feature = path.and_then(|path| FEATURES.iter().position(|(_, modules)| modules.iter().any(|module| is_in(&path, module))));
        if let Some(sum) = feature.and_then(|feature| sums.get_mut(feature)) {
            *sum += bytes;
        }
    }
    let ours: usize = sums.iter().sum();
    let share = |bytes: usize| 100.0 * bytes as f64 / total.max(1) as f64;
    let row = |what: &str, bytes: usize| format!("| {what} | {} kB | {:.1} % |\n", bytes.div_ceil(1000), share(bytes));
    let mut rows: Vec<(&str, usize)> = FEATURES.iter().map(|(what, _)| *what).zip(sums).collect();
    rows.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let mut text = "| feature | code | share |\n| --- | ---: | ---: |\n".to_owned();
    text.extend(rows.iter().map(|(what, bytes)| row(what, *bytes)));
    text += &row("Leptos, the router, the standard library", total - ours);
    text += &row("all functions", total);
    text
}

/// Whether a path stands in a module; `component::note` holds `component::note_item` too.
fn is_in(path: &str, module: &str) -> bool {
    let inner = path.strip_prefix("story_home::");
    match (module, inner) {
        ("story_home", _) => path == "story_home" || inner.is_some(),
        ("search" | "corpus" | "hangul", _) => path == module || path.starts_with(&format!("{module}::")),
        (_, Some(inner)) => inner.starts_with(module),
        _ => false,
    }
}

/// The first path of one of our crates in a function's name, down to two modules: `story_home::component::toc`. wasm-bindgen has written the
/// names out.
fn module_path(name: &str) -> Option<String> {
    const CRATES: [&str; 4] = ["story_home::", "search::", "corpus::", "hangul::"];
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    // Not in the middle of another crate's path.
    let begins = |at: usize| !name.get(..at).is_some_and(|before| before.ends_with(|c: char| is_word(c) || c == ':'));
    let found = CRATES.iter().flat_map(|of| name.match_indices(of)).map(|(at, _)| at).filter(|at| begins(*at));
    let path = name.get(found.min()?..)?;
    let end = path.find(|c: char| !is_word(c) && c != ':').unwrap_or(path.len());
    Some(path.get(..end)?.split("::").take(3).collect::<Vec<_>>().join("::"))
}

/// The functions of a wasm module with their names. Sections: <https://webassembly.github.io/spec/core/binary/modules.html>.
fn functions(module: &[u8]) -> Result<Vec<Function>> {
    let mut input = Input(module);
    if input.take(8)? != b"\0asm\x01\0\0\0" {
        bail!("no WebAssembly of version 1");
    }
    let (mut n_imported, mut bodies, mut names) = (0, Vec::new(), Vec::new());
    while !input.0.is_empty() {
        let id = input.take(1)?.first().copied();
        let length = input.number()?;
        let mut section = Input(input.take(length)?);
        match id {
            Some(2) => n_imported = imported_functions(&mut section)?,
            Some(10) => {
                for _ in 0..section.number()? {
                    let length = section.number()?;
                    section.take(length)?;
                    bodies.push(length);
                }
            }
            Some(0) if section.name()? == "name" => names = function_names(&mut section)?,
            _ => {}
        }
    }
    let name_of = |index: usize| names.iter().find(|(of, _)| *of == index).map(|(_, name)| name.clone()).unwrap_or_default();
    Ok(bodies.iter().enumerate().map(|(index, bytes)| (name_of(index + n_imported), *bytes)).collect())
}

/// How many functions are imported: their numbers come first.
fn imported_functions(section: &mut Input<'_>) -> Result<usize> {
    let mut n = 0;
    for _ in 0..section.number()? {
        section.name()?;
        section.name()?;
        match section.take(1)?.first() {
            Some(0) => {
                section.number()?;
                n += 1;
            }
            other => bail!("an import of kind {other:?}, which wasm-bindgen does not write"),
        }
    }
    Ok(n)
}

/// Numbers and names of functions, from the section of names.
fn function_names(section: &mut Input<'_>) -> Result<Vec<(usize, String)>> {
    let mut names = Vec::new();
    while !section.0.is_empty() {
        let id = section.take(1)?.first().copied();
        let length = section.number()?;
        let mut part = Input(section.take(length)?);
        if id == Some(1) {
            for _ in 0..part.number()? {
                names.push((part.number()?, part.name()?));
            }
        }
    }
    Ok(names)
}

/// Bytes that are left to read.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n).context("the file ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0_usize;
        for shift in (0..35).step_by(7) {
            let byte = self.take(1)?.first().copied().unwrap_or_default();
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number of more than 32 bits")
    }

    fn name(&mut self) -> Result<String> {
        let length = self.number()?;
        Ok(String::from_utf8_lossy(self.take(length)?).into_owned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn finds_the_module_of_a_function() {
        for (name, path) in [
            ("story_home::shelf::model::Model::note::h0123456789abcdef", Some("story_home::shelf::model")),
            ("core::ptr::drop_in_place<story_home::component::toc::Entry>::h0", Some("story_home::component::toc")),
            ("<alloc::vec::Vec<T> as core::ops::Drop<search::index::Index>>::drop", Some("search::index::Index")),
            ("core::str::search::find::h0", None),
            ("tachys::view::View::build::h0", None),
        ] {
            assert_eq!(module_path(name).as_deref(), path, "{name}");
        }
    }

    #[test]
    fn a_module_counts_for_the_first_feature_that_names_it() {
        assert!(is_in("story_home::component::note_item", "component::note"));
        assert!(is_in("story_home", "story_home") && is_in("story_home::nav", "story_home"));
        assert!(!is_in("search::index", "shelf") && is_in("search::index", "search"));
        // The app's module of that name is no part of the engine.
        assert!(!is_in("story_home::search_box", "search"));
    }

    #[test]
    fn adds_up_functions_by_name() {
        // Two imports, two functions of 3 and 2 bytes, and the names of all four.
        let module = [
            b"\0asm\x01\0\0\0".as_slice(),
            &[2, 13, 2, 1, b'a', 1, b'b', 0, 0, 1, b'a', 1, b'c', 0, 0],
            &[10, 8, 2, 3, 0, 0, 11, 2, 0, 11, 0],
        ];
        let mut module = module.concat();
        // The last byte above is the id of a custom section.
        let names = [b"\x04name".as_slice(), &[1, 9, 2, 2, 2, b's', b'f', 3, 2, b't', b'g']].concat();
        module.push(names.len() as u8);
        module.extend(names);
        assert_eq!(functions(&module).unwrap(), [("sf".to_owned(), 3), ("tg".to_owned(), 2)]);
        assert!(functions(&module[..module.len() - 1]).is_err());
        assert!(functions(b"\0asm\x02\0\0\0").is_err());
    }
}
