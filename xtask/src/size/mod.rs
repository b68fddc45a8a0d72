//! What a reader downloads, part by part, against the budgets of DESIGN.md. Sizes are those of brotli at quality 11, as a static host
//! serves files that were compressed beforehand.

mod profile;

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Mutex,
    thread,
};

use anyhow::{Context, Result};

pub(crate) use profile::run as run_by_feature;

use crate::cut::FIRST_ENDING;

/// Quality and window of the compression, the encoder's own defaults for files that are compressed once and served often.
const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW: i32 = 22;

/// What a file is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Wasm,
    JavaScript,
    Css,
    Html,
    Manifest,
    Cards,
    SearchIndex,
    Stories,
    LaterCode,
    Other,
}

impl Part {
    const ALL: [Self; 10] = [
        Self::Wasm,
        Self::JavaScript,
        Self::Css,
        Self::Html,
        Self::Manifest,
        Self::Cards,
        Self::SearchIndex,
        Self::Stories,
        Self::LaterCode,
        Self::Other,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Wasm => "wasm",
            Self::JavaScript => "JavaScript",
            Self::Css => "CSS",
            Self::Html => "HTML",
            Self::Manifest => "manifest",
            Self::Cards => "cards",
            Self::SearchIndex => "search index",
            Self::Stories => "stories",
            Self::LaterCode => "code loaded later",
            Self::Other => "icons and the like",
        }
    }
}

/// A sum that must not grow beyond a number.
struct Budget {
    what: &'static str,
    parts: &'static [Part],
    /// Bytes after compression.
    max: usize,
    why: &'static str,
}

/// Raising a number is a decision about readers, not a repair: say in the commit what it buys.
const BUDGETS: [Budget; 5] = [
    Budget {
        what: "code of a first visit",
        parts: &[Part::Wasm, Part::JavaScript],
        // Lists, filters, settings, the field of the search. The aim is 190 kB.
        max: 220_000,
        why: "a slow phone runs nothing before all of it is there; 220 kB is the most it may ever be",
    },
    Budget {
        what: "all code",
        parts: &[Part::Wasm, Part::JavaScript, Part::LaterCode],
        // What comes later: the search engine; a story's page with its tools, the shelf, the notes, the design page, saving for offline.
        max: 360_000,
        why: "whoever searches, or opens a story or the shelf, waits for more of this, once",
    },
    Budget {
        what: "data of a first visit",
        parts: &[Part::Manifest, Part::Cards, Part::SearchIndex],
        max: 60_000,
        why: "lists and search work from these alone",
    },
    Budget { what: "style sheets", parts: &[Part::Css], max: 14_000, why: "they block the first paint and fit one round trip of TCP" },
    Budget { what: "page and style sheets", parts: &[Part::Html, Part::Css], max: 30_000, why: "what stands before the app runs" },
];

/// One file of the site.
#[derive(Debug)]
struct Measured {
    part: Part,
    raw: usize,
    compressed: usize,
}

/// `cargo xtask size`: prints every part and each budget; fails above one.
pub(crate) fn run(site: &Path) -> Result<ExitCode> {
    let files = measure(site)?;
    println!("{:<20} {:>6} {:>12} {:>12}", "part", "files", "raw", "brotli");
    for part in Part::ALL {
        let of_part: Vec<&Measured> = files.iter().filter(|file| file.part == part).collect();
        let raw: usize = of_part.iter().map(|file| file.raw).sum();
        println!("{:<20} {:>6} {:>12} {:>12}", part.label(), of_part.len(), kilobytes(raw), kilobytes(sum(&files, &[part])));
    }
    println!("\n{:<24} {:>12} {:>12}", "budget", "brotli", "at most");
    let mut code = ExitCode::SUCCESS;
    for budget in &BUDGETS {
        let bytes = sum(&files, budget.parts);
        println!("{:<24} {:>12} {:>12}  {}", budget.what, kilobytes(bytes), kilobytes(budget.max), verdict(bytes, budget));
        if budget.max < bytes {
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

fn verdict(bytes: usize, budget: &Budget) -> String {
    if bytes <= budget.max {
        return "ok".into();
    }
    format!("OVER by {}: {}", kilobytes(bytes - budget.max), budget.why)
}

fn sum(files: &[Measured], parts: &[Part]) -> usize {
    files.iter().filter(|file| parts.contains(&file.part)).map(|file| file.compressed).sum()
}

/// Thousands of bytes with one decimal, rounded up: a budget is never met by rounding.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

fn measure(site: &Path) -> Result<Vec<Measured>> {
    let layout = Layout::read(site)?;
    let mut todo = Vec::new();
    list_files(site, Path::new(""), &mut todo)?;
    // 404.html is a copy of index.html for deep links; a visit loads one of the two.
    todo.retain(|path| path != "404.html" && !path.ends_with(".br") && !path.ends_with(".gz") && !path.starts_with('.'));
    let (todo, done) = (Mutex::new(todo), Mutex::new(Vec::new()));
    let work = || -> Result<()> {
        loop {
            // In a statement of its own, or the lock would be held while compressing.
            let next = todo.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).pop();
            let Some(path) = next else { return Ok(()) };
            let bytes = fs::read(site.join(&path)).with_context(|| format!("reading {path}"))?;
            let compressed = compress(&bytes).with_context(|| format!("compressing {path}"))?.len();
            let measured = Measured { part: layout.part_of(&path), raw: bytes.len(), compressed };
            done.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(measured);
        }
    };
    let n_threads = thread::available_parallelism().map_or(1, |n| n.get());
    thread::scope(|scope| {
        let helpers: Vec<_> = (1..n_threads).map(|_| scope.spawn(work)).collect();
        let own = work();
        let results = helpers.into_iter().map(|helper| helper.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a thread stopped"))));
        std::iter::once(own).chain(results).collect::<Result<()>>()
    })?;
    Ok(done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()))
}

fn compress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let params =
        brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, lgwin: BROTLI_WINDOW, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)?;
    Ok(compressed)
}

/// Which file plays which part, by what the site itself says.
struct Layout {
    /// The page, and the scripts that it starts.
    index_html: String,
    cards: BTreeSet<String>,
    search: BTreeSet<String>,
}

impl Layout {
    fn read(site: &Path) -> Result<Self> {
        let advice = || format!("{} is no built site; `cargo xtask test --only build` makes one", site.display());
        let index_html = fs::read_to_string(site.join("index.html")).with_context(advice)?;
        let manifest = fs::read_to_string(site.join("data/manifest.json")).with_context(advice)?;
        Self::new(with_scripts(site, index_html)?, &manifest).context("reading data/manifest.json")
    }

    fn new(index_html: String, manifest: &str) -> Result<Self> {
        let manifest: serde_json::Value = serde_json::from_str(manifest)?;
        let paths = |key: &str| -> Result<BTreeSet<String>> {
            let files = manifest.get(key).and_then(|files| files.as_array()).with_context(|| format!("no list `{key}`"))?;
            let path_of = |file: &serde_json::Value| Some(format!("data/{}", file.get("path")?.as_str()?));
            files.iter().map(|file| path_of(file).with_context(|| format!("`{key}` has an entry without path"))).collect()
        };
        Ok(Self { index_html, cards: paths("cards")?, search: paths("search")? })
    }

    /// Code that the page names, and the snippets that this code imports, is loaded at once; other code is not.
    fn part_of(&self, path: &str) -> Part {
        let is_named = path.starts_with("snippets/") || self.index_html.contains(path);
        match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
            _ if path == "data/manifest.json" => Part::Manifest,
            _ if self.cards.contains(path) => Part::Cards,
            _ if self.search.contains(path) => Part::SearchIndex,
            _ if path.starts_with("data/story/") || path.starts_with("data/original/") => Part::Stories,
            // Only who saves the archive for reading offline loads a worker, however often its name stands in scripts.
            _ if path.starts_with("sw") && path.ends_with(".js") => Part::LaterCode,
            // Named by the script that fetches it when it is needed.
            "wasm" if !path.ends_with(FIRST_ENDING) => Part::LaterCode,
            "wasm" if is_named => Part::Wasm,
            "js" | "mjs" if is_named => Part::JavaScript,
            "wasm" | "js" | "mjs" => Part::LaterCode,
            "css" => Part::Css,
            _ if path == "index.html" => Part::Html,
            _ => Part::Other,
        }
    }
}

/// The page and the scripts at the site's top that it names, and those that they name: a script starts the one that loads the program.
fn with_scripts(site: &Path, mut text: String) -> Result<String> {
    let mut scripts = Vec::new();
    for entry in fs::read_dir(site).with_context(|| format!("reading {}", site.display()))? {
        let name = entry.with_context(|| format!("reading {}", site.display()))?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".js") || name.ends_with(".mjs") {
            scripts.push(name);
        }
    }
    while let Some(at) = scripts.iter().position(|name| text.contains(name.as_str())) {
        let name = scripts.swap_remove(at);
        text += &fs::read_to_string(site.join(&name)).with_context(|| format!("reading {name}"))?;
    }
    Ok(text)
}

/// Adds the paths of all files below `site/folder`, relative to `site`, with slashes.
fn list_files(site: &Path, folder: &Path, files: &mut Vec<String>) -> Result<()> {
    let full = site.join(folder);
    for entry in fs::read_dir(&full).with_context(|| format!("reading {}", full.display()))? {
        let entry = entry.with_context(|| format!("reading {}", full.display()))?;
        let path: PathBuf = folder.join(entry.file_name());
        if entry.path().is_dir() {
            list_files(site, &path, files)?;
        } else {
            files.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const MANIFEST: &str = r#"{"format":1,"cards":[{"path":"cards-1.json","bytes":9}],"search":[{"path":"search-2.bin"}]}"#;

    fn write_site(files: &[(&str, &str)]) -> tempfile::TempDir {
        let site = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let file = site.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        site
    }

    #[test]
    fn tells_parts_apart_by_what_the_site_says() {
        let layout =
            Layout::new("<script data-file=\"start-1.js\">import './app-1.js' … './app-1_bg.wasm' … './app-1-later.wasm'".into(), MANIFEST)
                .unwrap();
        for (path, part) in [
            ("app-1.js", Part::JavaScript),
            ("start-1.js", Part::JavaScript),
            ("app-1_bg.wasm", Part::Wasm),
            ("snippets/x/inline0.js", Part::JavaScript),
            ("import_bg.wasm", Part::LaterCode),
            ("app-1-later.wasm", Part::LaterCode),
            ("sw.js", Part::LaterCode),
            ("a-9.css", Part::Css),
            ("index.html", Part::Html),
            ("data/manifest.json", Part::Manifest),
            ("data/cards-1.json", Part::Cards),
            ("data/search-2.bin", Part::SearchIndex),
            ("data/story/5.json", Part::Stories),
            ("data/original/5.txt", Part::Stories),
            ("data/story.schema.json", Part::Other),
            ("icons/a.svg", Part::Other),
        ] {
            assert_eq!(layout.part_of(path), part, "{path}");
        }
    }

    #[test]
    fn manifest_without_its_lists_is_an_error() {
        for manifest in ["{}", r#"{"cards":[],"search":[{}]}"#, "not json"] {
            assert!(Layout::new(String::new(), manifest).is_err(), "{manifest}");
        }
    }

    #[test]
    fn measures_compressed_bytes_and_counts_the_page_once() {
        let page = "<p>이야기</p>".repeat(500);
        let site = write_site(&[("index.html", &page), ("404.html", &page), ("data/manifest.json", MANIFEST), ("data/story/1.json", "{}")]);
        let files = measure(site.path()).unwrap();
        let html: Vec<_> = files.iter().filter(|file| file.part == Part::Html).collect();
        assert_eq!((files.len(), html.len(), html[0].raw), (3, 1, page.len()));
        assert!(html[0].compressed < 60, "{}", html[0].compressed);
        assert_eq!(sum(&files, &[Part::Html]), html[0].compressed);
    }

    #[test]
    fn folder_that_is_no_site_is_an_error_with_advice() {
        let error = measure(write_site(&[("index.html", "")]).path()).unwrap_err();
        assert!(error.to_string().contains("cargo xtask test"), "{error}");
    }

    #[test]
    fn what_is_measured_is_a_whole_brotli_stream() {
        let page = "<p>이야기</p>".repeat(100);
        let stream = compress(page.as_bytes()).unwrap();
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*stream, &mut back).unwrap();
        assert_eq!(back, page.as_bytes());
    }

    #[test]
    fn budget_is_met_at_its_number_and_missed_one_byte_above() {
        let budget = Budget { what: "x", parts: &[Part::Css], max: 14_000, why: "because" };
        assert_eq!(verdict(14_000, &budget), "ok");
        assert_eq!(verdict(14_001, &budget), "OVER by 0.1 kB: because");
    }

    #[test]
    fn kilobytes_never_round_down() {
        assert_eq!(kilobytes(0), "0.0 kB");
        assert_eq!(kilobytes(1), "0.1 kB");
        assert_eq!(kilobytes(170_000), "170.0 kB");
        assert_eq!(kilobytes(170_001), "170.1 kB");
    }

    #[test]
    fn site_above_a_budget_fails() {
        // Random enough not to compress: digits of a linear congruence.
        let mut state = 1u64;
        let noise: String = (0..40_000)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                char::from(b'!' + (state >> 58) as u8)
            })
            .collect();
        let site = write_site(&[("index.html", "a.css"), ("a.css", &noise), ("data/manifest.json", MANIFEST)]);
        assert_eq!(run(site.path()).unwrap(), ExitCode::FAILURE);
        let site = write_site(&[("index.html", "a.css"), ("a.css", "p{}"), ("data/manifest.json", MANIFEST)]);
        assert_eq!(run(site.path()).unwrap(), ExitCode::SUCCESS);
    }
}
