//! What can be asked of `cargo xtask bench`, and the help that says so.

mod values;

use std::path::PathBuf;

use lexopt::{
    Arg::{Long, Value},
    Parser, ValueExt,
};

use values::absolute;
pub(super) use values::{Corpus, Peer, Step, UiCorpus};

/// Shown by `bench --help`.
pub(crate) const HELP: &str = "\
Measures what we made beside what others made, in one run, and prints Markdown tables with our targets.

Usage: cargo xtask bench search [OPTIONS]
       cargo xtask bench structure [OPTIONS]
       cargo xtask bench site [OPTIONS]
       cargo xtask bench ui [OPTIONS]

`search` and `structure` read the folder `shared` beside the checkout, or the one that STORY_HOME_SHARED names (eval/search, eval/structure), write nothing
there, and keep every figure in target/bench/NAME-DATE.json. A missed target does not fail the command; an engine of ours that cannot
be measured does. Times are those of this machine while it runs: close other programs, compare ratios.

  search      Size, readiness, latency, memory, build time and quality of our search engine and of the others, in headless Chromium.
              The others come from npm at the versions of bench/search/peers/package.json, once for all checkouts. With everything:
              over an hour on two cores.
                --corpus NAME|FILE   ko-1k, ko-10k, ko-100k or a FILE.jsonl.gz of {id, title, body, tags}; may be repeated; default: the three
                --queries FILE       judged queries for that one corpus: FILE.jsonl of {q, category, relevant}
                --engine A,B         default: all for ko-1k and files, the faster ones for larger corpora; `ours` is our adapter
                --steps A,B          of build, size, load, latency, quality; default all
                --reps N             page loads for readiness, of which the median counts; default 5
                --cap SECONDS        of typing into one engine; default 60
                --keep               do not rebuild the others' indexes when they are there; their build times are then of that run
                --readme             put the tables, the date and the machine between the marks in README.md
  structure   Blocks recovered from glued posts, each by weights that never saw its author; nothing lost; speed and memory.
                --predictions FILE   score these out-of-fold predictions instead of learning anew (10 minutes)
                --steps A,B          of score, loss, speed; default all
                --readme             put the targets, the date and the machine between the marks in README.md
  site        A built folder in Lighthouse, as a phone behind a slow network meets it, beside sites that VitePress and Starlight with Pagefind
              make of the same bundled stories: first paint, blocking, shifts, categories, bytes, and how long until a search is answered.
              They come from npm at the versions of bench/site/peers/package-lock.json. Some minutes.
                --site DIR           any built site of the bundled stories; default: the one that `test` builds, built first if it is stale
                --peer A,B           of vitepress, starlight; `none` for ours alone; default both
                --reps N             visits, of which the middle one counts; default 3
                --readme             put the tables, the date and the machine between the marks in README.md
  ui          What a reader waits for on a processor four times slower, in headless Chromium: filtering, sorting, opening, typing,
              scrolling; layout shifts, readiness, memory. On the bundled stories and on generated ones, of which 100,000 are written
              and indexed once (some minutes, 2 GB below target/).
                --corpus A,B         of bundled, generated; default both
                --stories N          so many generated stories; default 100000
                --reps N             how often each is done, of which the middle one counts; default 3
                --site DIR           any built site; default: the one that `test` builds, built first if it is stale
                --keep               use generated data that an older program wrote

Examples:
  cargo xtask bench search --corpus ko-1k --engine ours,minisearch,pagefind --reps 2
  cargo xtask bench search --corpus my-pages.jsonl.gz --queries my-queries.jsonl
  cargo xtask bench structure --steps speed
  cargo xtask bench site --peer none --reps 5
  cargo xtask bench ui --stories 1000 --site dist";

/// What to measure.
#[derive(Debug, PartialEq)]
pub(crate) enum Bench {
    Search(SearchOptions),
    Structure(StructureOptions),
    Site(SiteOptions),
    Ui(UiOptions),
}

/// Options of `bench search`. Empty lists mean the default.
#[derive(Debug, PartialEq)]
pub(crate) struct SearchOptions {
    pub(super) corpora: Vec<Corpus>,
    pub(super) queries: Option<PathBuf>,
    pub(super) engines: Vec<String>,
    pub(super) steps: Vec<String>,
    pub(super) reps: u32,
    /// Seconds of typing into one engine.
    pub(super) cap: u32,
    pub(super) keep: bool,
    pub(super) readme: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        let (corpora, engines, steps) = (vec![], vec![], vec![]);
        Self { corpora, queries: None, engines, steps, reps: 5, cap: 60, keep: false, readme: false }
    }
}

/// Options of `bench structure`.
#[derive(Debug, PartialEq, Default)]
pub(crate) struct StructureOptions {
    pub(super) predictions: Option<PathBuf>,
    pub(super) steps: Vec<Step>,
    pub(super) readme: bool,
}

/// Options of `bench site`.
#[derive(Debug, PartialEq)]
pub(crate) struct SiteOptions {
    pub(super) site: Option<PathBuf>,
    pub(super) peers: Vec<Peer>,
    pub(super) n_reps: u32,
    pub(super) readme: bool,
}

impl Default for SiteOptions {
    fn default() -> Self {
        Self { site: None, peers: Peer::ALL.to_vec(), n_reps: 3, readme: false }
    }
}

/// Options of `bench ui`.
#[derive(Debug, PartialEq)]
pub(crate) struct UiOptions {
    pub(super) site: Option<PathBuf>,
    /// Empty: all.
    pub(super) corpora: Vec<UiCorpus>,
    pub(super) n_stories: u32,
    /// How often each journey is made.
    pub(super) n_reps: u32,
    pub(super) keep: bool,
}

impl Default for UiOptions {
    fn default() -> Self {
        Self { site: None, corpora: vec![], n_stories: 100_000, n_reps: 3, keep: false }
    }
}

/// The steps of the search harness, in its words.
const SEARCH_STEPS: [&str; 5] = ["build", "size", "load", "latency", "quality"];

/// Reads what follows the word `bench`.
///
/// # Errors
/// One line that names the argument that is wrong.
pub(crate) fn parse(parser: &mut Parser) -> Result<Bench, lexopt::Error> {
    let what = match parser.next()? {
        Some(Value(what)) => what.string()?,
        Some(arg) => return Err(arg.unexpected()),
        None => return Err("bench what? There are `search`, `structure`, `site` and `ui`".into()),
    };
    match what.as_str() {
        "search" => parse_search(parser).map(Bench::Search),
        "structure" => parse_structure(parser).map(Bench::Structure),
        "site" => parse_site(parser).map(Bench::Site),
        "ui" => parse_ui(parser).map(Bench::Ui),
        _ => Err(format!("there is no bench `{what}`, only `search`, `structure`, `site` and `ui`").into()),
    }
}

fn parse_search(parser: &mut Parser) -> Result<SearchOptions, lexopt::Error> {
    let mut options = SearchOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("corpus") => options.corpora.push(parser.value()?.parse()?),
            Long("queries") => options.queries = Some(absolute(&parser.value()?.string()?)?),
            Long("engine") => options.engines.extend(words(&parser.value()?.string()?)),
            Long("steps") => options.steps.extend(words(&parser.value()?.string()?)),
            Long("reps") => options.reps = parser.value()?.parse()?,
            Long("cap") => options.cap = parser.value()?.parse()?,
            Long("keep") => options.keep = true,
            Long("readme") => options.readme = true,
            _ => return Err(arg.unexpected()),
        }
    }
    if let Some(step) = options.steps.iter().find(|step| !SEARCH_STEPS.contains(&step.as_str())) {
        return Err(format!("`{step}` is no step; there are {}", SEARCH_STEPS.join(", ")).into());
    }
    if options.reps == 0 || options.cap == 0 {
        return Err("--reps and --cap are at least 1".into());
    }
    if options.queries.is_some() && options.corpora.len() != 1 {
        return Err("--queries belongs to one --corpus".into());
    }
    let is_partial = !options.steps.is_empty() || options.corpora.iter().any(|corpus| matches!(corpus, Corpus::File(_)));
    if options.readme && is_partial {
        return Err("--readme shows whole measurements of corpora that everyone has: leave out --steps and --corpus FILE".into());
    }
    Ok(options)
}

fn parse_structure(parser: &mut Parser) -> Result<StructureOptions, lexopt::Error> {
    let mut options = StructureOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("predictions") => options.predictions = Some(absolute(&parser.value()?.string()?)?),
            Long("steps") => {
                for word in words(&parser.value()?.string()?) {
                    options.steps.push(word.parse()?);
                }
            }
            Long("readme") => options.readme = true,
            _ => return Err(arg.unexpected()),
        }
    }
    if options.readme && !options.steps.is_empty() {
        return Err("--readme shows a whole measurement: leave out --steps".into());
    }
    Ok(options)
}

fn parse_site(parser: &mut Parser) -> Result<SiteOptions, lexopt::Error> {
    let mut options = SiteOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("site") => options.site = Some(absolute(&parser.value()?.string()?)?),
            Long("peer") => {
                let names = words(&parser.value()?.string()?);
                let wanted = names.iter().filter(|name| *name != "none");
                options.peers = wanted.map(|name| name.parse()).collect::<Result<_, String>>()?;
            }
            Long("reps") => options.n_reps = parser.value()?.parse()?,
            Long("readme") => options.readme = true,
            _ => return Err(arg.unexpected()),
        }
    }
    if options.n_reps == 0 {
        return Err("--reps is at least 1".into());
    }
    if options.readme && options.peers != Peer::ALL {
        return Err("--readme shows ours beside all others: leave out --peer".into());
    }
    Ok(options)
}

fn parse_ui(parser: &mut Parser) -> Result<UiOptions, lexopt::Error> {
    let mut options = UiOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Long("site") => options.site = Some(absolute(&parser.value()?.string()?)?),
            Long("corpus") => {
                for word in words(&parser.value()?.string()?) {
                    options.corpora.push(word.parse()?);
                }
            }
            Long("stories") => options.n_stories = parser.value()?.parse()?,
            Long("reps") => options.n_reps = parser.value()?.parse()?,
            Long("keep") => options.keep = true,
            _ => return Err(arg.unexpected()),
        }
    }
    // Fewer, and there is nothing to scroll.
    if options.n_stories < 100 || options.n_reps == 0 {
        return Err("--stories is at least 100, --reps at least 1".into());
    }
    Ok(options)
}

fn words(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
