//! What can be asked of `cargo xtask bench`, and the help that says so.

use std::{env, fmt, path::PathBuf, str::FromStr};

use lexopt::{
    Arg::{Long, Value},
    Parser, ValueExt,
};

/// Shown by `bench --help`.
pub(crate) const HELP: &str = "\
Measures what we made beside what others made, in one run, and prints Markdown tables with our targets.

Usage: cargo xtask bench search [OPTIONS]
       cargo xtask bench structure [OPTIONS]

Both read the folder `shared` beside the checkout, or the one that STORY_HOME_SHARED names (eval/search, eval/structure), write nothing
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

Examples:
  cargo xtask bench search --corpus ko-1k --engine ours,minisearch,pagefind --reps 2
  cargo xtask bench search --corpus my-pages.jsonl.gz --queries my-queries.jsonl
  cargo xtask bench structure --steps speed";

/// What to measure.
#[derive(Debug, PartialEq)]
pub(crate) enum Bench {
    Search(SearchOptions),
    Structure(StructureOptions),
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
}

/// A part of `bench structure`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Score,
    Loss,
    Speed,
}

impl FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "score" => Ok(Self::Score),
            "loss" => Ok(Self::Loss),
            "speed" => Ok(Self::Speed),
            _ => Err(format!("`{text}` is no step; there are score, loss, speed")),
        }
    }
}

/// The steps of the search harness, in its words.
const SEARCH_STEPS: [&str; 5] = ["build", "size", "load", "latency", "quality"];

/// Documents to search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Corpus {
    Ko1k,
    Ko10k,
    Ko100k,
    /// Absolute.
    File(PathBuf),
}

impl Corpus {
    pub(super) const NAMED: [Self; 3] = [Self::Ko1k, Self::Ko10k, Self::Ko100k];

    /// As the harness calls it in its folders and files: a file's name up to the first character that is no letter, digit or underscore.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Ko1k => "ko-1k".into(),
            Self::Ko10k => "ko-10k".into(),
            Self::Ko100k => "ko-100k".into(),
            Self::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default().to_owned()
            }
        }
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl FromStr for Corpus {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(named) = Self::NAMED.into_iter().find(|corpus| corpus.name() == text) {
            return Ok(named);
        }
        let path = absolute(text)?;
        let corpus = Self::File(path);
        if !text.ends_with(".jsonl.gz") {
            return Err(format!("`{text}` is no corpus; there are ko-1k, ko-10k, ko-100k and files that end in .jsonl.gz"));
        }
        if corpus.name().is_empty() {
            return Err(format!("the file name `{text}` must begin with an ASCII letter or digit"));
        }
        Ok(corpus)
    }
}

/// Reads what follows the word `bench`.
///
/// # Errors
/// One line that names the argument that is wrong.
pub(crate) fn parse(parser: &mut Parser) -> Result<Bench, lexopt::Error> {
    let what = match parser.next()? {
        Some(Value(what)) => what.string()?,
        Some(arg) => return Err(arg.unexpected()),
        None => return Err("bench what? There are `search` and `structure`".into()),
    };
    match what.as_str() {
        "search" => parse_search(parser).map(Bench::Search),
        "structure" => parse_structure(parser).map(Bench::Structure),
        _ => Err(format!("there is no bench `{what}`, only `search` and `structure`").into()),
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
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(options)
}

fn words(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Measuring happens in other folders than the one that the user stands in.
fn absolute(path: &str) -> Result<PathBuf, String> {
    let here = env::current_dir().map_err(|error| format!("reading the current folder: {error}"))?;
    Ok(here.join(path))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse_words(line: &str) -> Result<Bench, String> {
        parse(&mut Parser::from_args(line.split_whitespace())).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn refuses(line: &str, because: &str) {
        let message = parse_words(line).unwrap_err();
        assert!(message.contains(because), "`{line}` said: {message}");
    }

    #[test]
    fn reads_options_of_search() {
        let Ok(Bench::Search(options)) = parse_words("search --corpus ko-1k --corpus=ko-100k --engine ours,pagefind --reps 2 --keep")
        else {
            unreachable!()
        };
        assert_eq!(options.corpora, [Corpus::Ko1k, Corpus::Ko100k]);
        assert_eq!(options.engines, ["ours", "pagefind"]);
        assert_eq!((options.reps, options.cap, options.keep, options.readme), (2, 60, true, false));
        assert_eq!(parse_words("search"), Ok(Bench::Search(SearchOptions::default())));
    }

    #[test]
    fn files_are_found_from_where_the_user_stands() {
        let Ok(Bench::Search(options)) = parse_words("search --corpus other/pages.jsonl.gz --queries q.jsonl") else { unreachable!() };
        let here = env::current_dir().unwrap();
        assert_eq!(options.corpora, [Corpus::File(here.join("other/pages.jsonl.gz"))]);
        assert_eq!(options.queries, Some(here.join("q.jsonl")));
    }

    #[test]
    fn corpora_are_named_as_the_harness_names_them() {
        for (text, name) in [("ko-10k", "ko-10k"), ("a/final_2.jsonl.gz", "final_2"), ("wiki-ko.jsonl.gz", "wiki")] {
            assert_eq!(text.parse::<Corpus>().unwrap().name(), name);
        }
    }

    #[test]
    fn reads_options_of_structure() {
        let expected = StructureOptions { predictions: None, steps: vec![Step::Loss, Step::Speed] };
        assert_eq!(parse_words("structure --steps loss,speed"), Ok(Bench::Structure(expected)));
    }

    #[test]
    fn refuses_what_would_mislead() {
        refuses("", "bench what");
        refuses("ui", "no bench `ui`");
        refuses("search --corpus ko-2k", "`ko-2k` is no corpus");
        refuses("search --corpus -.jsonl.gz", "must begin");
        refuses("search --steps build,quick", "`quick` is no step");
        refuses("search --queries q.jsonl", "one --corpus");
        refuses("search --readme --steps size", "--readme");
        refuses("search --readme --corpus mine.jsonl.gz", "--readme");
        refuses("search --reps 0", "at least 1");
        refuses("search extra", "extra");
        refuses("structure --steps fast", "`fast` is no step");
        refuses("structure --readme", "--readme");
    }

    #[test]
    fn help_names_every_step() {
        for step in SEARCH_STEPS.iter().chain(&["score", "loss", "speed"]) {
            assert!(HELP.contains(step), "{step}");
        }
    }
}
