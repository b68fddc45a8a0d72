//! `cargo xtask bench search`: runs the harness once for each corpus and engine, then prints what it measured.
//!
//! The harness (`shared/eval/search/run.mjs`) builds an index, serves it, measures it in headless Chromium and writes a JSON file. It finds
//! adapters beside itself and we write nothing into `shared`, so it runs from a copy that has ours among them. [`record`] reads
//! its files, [`target`] has the figures to reach, [`report`] the tables.

mod record;
mod report;
mod target;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::{
    folder::{copy_folder, link, remove},
    keep,
    machine::Machine,
    markdown::write_readme,
    options::{Corpus, SearchOptions},
    shared_folder, work_folder,
};
use crate::{
    process::{command, run as run_command, run_logged},
    project::Project,
    tools::{Need, Toolbox},
};
use record::{LOADED, OURS, Record};

/// The browser that the harness starts; Debian's package puts it there.
pub(super) const CHROMIUM: &str = "/usr/bin/chromium";

/// The judged queries that the harness has; they belong to ko-1k, and typing them is what latency is measured with everywhere.
const QUERIES: &str = "queries/ko-1k.jsonl";

/// Engines measured by default on ko-10k: the best and the quickest on ko-1k, the sharded one, and the floor. The others need minutes
/// each, up to gigabytes, and are no better.
const AT_10K: [&str; 6] = [OURS, "flexsearch", "minisearch", "minisearch-bigram", "pagefind", "scan"];
/// The same on ko-100k, where FlexSearch's index no longer fits a browser's heap.
const AT_100K: [&str; 5] = [OURS, "minisearch", "minisearch-bigram", "pagefind", "scan"];

/// What was measured on one corpus, ours first.
pub(super) struct Measured {
    corpus: Corpus,
    records: Vec<Record>,
}

pub(super) fn run(project: &Project, options: &SearchOptions) -> Result<ExitCode> {
    let material = shared_folder(project, "search")?;
    let toolbox = Toolbox::prepare(project, &[Need::Peers])?;
    if !Path::new(CHROMIUM).exists() {
        bail!("the harness starts {CHROMIUM}, and there is none");
    }
    let machine = Machine::observe(vec![browser()?])?;
    let harness = Harness::set_up(project, &toolbox, &material, options)?;

    let corpora = if options.corpora.is_empty() { Corpus::NAMED.to_vec() } else { options.corpora.clone() };
    // Every name is checked before anything is measured: a run takes long.
    let plan: Vec<(Corpus, Vec<String>)> =
        corpora.into_iter().map(|corpus| harness.engines(&corpus).map(|engines| (corpus, engines))).collect::<Result<_>>()?;
    let mut all = Vec::new();
    for (corpus, engines) in plan {
        harness.prepare(&corpus)?;
        let records = engines.iter().map(|engine| harness.measure(&corpus, engine)).collect::<Result<_>>()?;
        all.push(Measured { corpus, records });
    }

    println!("\n{machine}.");
    print!("{}", report::whole(&all));
    let figures = json!({
        "date": machine.date,
        "machine": machine.to_json(),
        "corpora": report::records_as_json(&all),
        "targets": report::targets_as_json(&all),
    });
    keep(project, "search", &machine.date, &figures)?;
    if options.readme {
        let tables = format!("Measured {machine}.\n\n{}", report::brief(&all));
        write_readme(project, "search", &tables)?;
    }
    let ours_failed = all.iter().flat_map(|measured| &measured.records).any(|record| record.is_ours() && !record.problems().is_empty());
    Ok(if ours_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The browser's name and version, without the distribution's behind it.
pub(super) fn browser() -> Result<String> {
    // What its start script complains of is none of ours.
    let output = command(CHROMIUM).arg("--version").output().with_context(|| format!("starting {CHROMIUM}"))?;
    let words = String::from_utf8_lossy(&output.stdout);
    Ok(words.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
}

/// A copy of the harness with our adapters in it, ready to run.
struct Harness<'a> {
    options: &'a SearchOptions,
    toolbox: &'a Toolbox,
    project: &'a Project,
    /// Where the harness keeps indexes, results and made corpora; it calls this PEERS.
    work: PathBuf,
    /// The copy.
    dir: PathBuf,
}

impl<'a> Harness<'a> {
    fn set_up(project: &'a Project, toolbox: &'a Toolbox, material: &Path, options: &'a SearchOptions) -> Result<Self> {
        let work = work_folder(project)?.join("search");
        let dir = work.join("harness");
        remove(&dir)?;
        copy_folder(material, &dir)?;
        let ours = project.root.join("bench/search");
        copy_folder(&ours.join("adapter"), &dir.join("adapters").join(OURS))?;
        copy_folder(&ours.join("loaded"), &dir.join("adapters").join(LOADED))?;
        // Typed by the adapter that has everything loaded before the clock starts; the bundler takes a .txt as a string.
        let queries = options.queries.clone().unwrap_or_else(|| dir.join(QUERIES));
        fs::copy(&queries, dir.join("adapters").join(LOADED).join("queries.txt"))
            .with_context(|| format!("copying {}", queries.display()))?;
        // The harness goes on from the results that it finds; these are to be of one run.
        remove(&work.join("results"))?;
        fs::create_dir_all(work.join("tmp")).with_context(|| format!("making {}", work.join("tmp").display()))?;
        link(&toolbox.peers()?, &work.join("node_modules"))?;
        Ok(Self { options, toolbox, project, work, dir })
    }

    /// The engines to measure on a corpus, ours first.
    fn engines(&self, corpus: &Corpus) -> Result<Vec<String>> {
        let adapters = self.dir.join("adapters");
        let mut known = Vec::new();
        for entry in fs::read_dir(&adapters).with_context(|| format!("reading {}", adapters.display()))? {
            let entry = entry.with_context(|| format!("reading {}", adapters.display()))?;
            known.push(entry.file_name().to_string_lossy().into_owned());
        }
        choose_engines(known, &self.options.engines, corpus)
    }

    /// Makes the corpus that is not stored, once.
    fn prepare(&self, corpus: &Corpus) -> Result<()> {
        let file = self.work.join("ko-100k.jsonl.gz");
        if *corpus != Corpus::Ko100k || file.exists() {
            return Ok(());
        }
        println!("Making 100,000 documents: under a minute …");
        let partial = self.work.join("partial.jsonl.gz");
        let mut node = self.toolbox.command("node")?;
        run_command(node.arg(self.dir.join("build/big.mjs")).arg(&partial))?;
        fs::rename(&partial, &file).with_context(|| format!("renaming {} to {}", partial.display(), file.display()))
    }

    /// Measures one engine. What goes wrong with it is in the record and stops nothing else.
    fn measure(&self, corpus: &Corpus, engine: &str) -> Result<Record> {
        let mut record = self.measure_once(corpus, engine, None)?;
        if engine == OURS && self.does("latency") && record.problems().is_empty() {
            record.set_loaded(self.measure_once(corpus, LOADED, Some("build,latency"))?);
        }
        Ok(record)
    }

    fn measure_once(&self, corpus: &Corpus, engine: &str, steps: Option<&str>) -> Result<Record> {
        println!("{corpus}: {engine} …");
        let start = Instant::now();
        let log = self.work.join("log").join(format!("{corpus}.{engine}.log"));
        let failure = run_logged(&mut self.command(corpus, engine, steps)?, &log).err();
        let file = self.work.join("results").join(format!("{corpus}.{engine}.json"));
        let record = match (fs::read_to_string(&file), failure) {
            (Ok(text), None) => Record::read(engine, &text).with_context(|| format!("reading {}", file.display()))?,
            (_, Some(failure)) => Record::failed(engine, &format!("{failure:#}")),
            (Err(_), None) => Record::failed(engine, &format!("the harness measured nothing; log: {}", log.display())),
        };
        println!("  done in {} s", start.elapsed().as_secs());
        for problem in record.problems() {
            println!("  {problem}");
        }
        Ok(record)
    }

    fn command(&self, corpus: &Corpus, engine: &str, steps: Option<&str>) -> Result<Command> {
        let options = self.options;
        let mut node = self.toolbox.command("node")?;
        node.env("PEERS", &self.work).env("PROJECT", &self.project.root).env("CARGO_TARGET_DIR", &self.project.target);
        node.arg(self.dir.join("run.mjs")).args(["--engine", engine, "--corpus"]);
        match corpus {
            Corpus::File(path) => node.arg(path),
            named => node.arg(named.name()),
        };
        if let Some(queries) = &options.queries {
            node.arg("--queries").arg(queries);
        }
        if let Some(steps) = steps {
            node.args(["--steps", steps]);
        } else if !options.steps.is_empty() {
            node.args(["--steps", &options.steps.join(",")]);
        }
        // Ours is what changes between two runs, and the harness cannot see that; a file may have changed under its name.
        let may_keep = options.keep && ![OURS, LOADED].contains(&engine) && !matches!(corpus, Corpus::File(_));
        if !may_keep {
            node.arg("--rebuild");
        }
        node.args(["--reps", &options.reps.to_string(), "--cap", &options.cap.to_string()]);
        Ok(node)
    }

    fn does(&self, step: &str) -> bool {
        self.options.steps.is_empty() || self.options.steps.iter().any(|asked| asked == step)
    }
}

/// The wish, or what suits the size of the corpus; ours first, then by name.
fn choose_engines(mut known: Vec<String>, wish: &[String], corpus: &Corpus) -> Result<Vec<String>> {
    known.retain(|engine| engine != LOADED);
    known.sort_by_key(|engine| (engine != OURS, engine.clone()));
    if let Some(unknown) = wish.iter().find(|engine| !known.contains(engine)) {
        bail!("there is no adapter `{unknown}`; there are {}", known.join(", "));
    }
    let is_wanted = |engine: &String| match corpus {
        _ if !wish.is_empty() => wish.contains(engine),
        Corpus::Ko1k | Corpus::File(_) => true,
        Corpus::Ko10k => AT_10K.contains(&engine.as_str()),
        Corpus::Ko100k => AT_100K.contains(&engine.as_str()),
    };
    known.retain(is_wanted);
    Ok(known)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn known() -> Vec<String> {
        ["scan", "minisearch", OURS, "fuse", LOADED].map(String::from).to_vec()
    }

    #[test]
    fn ours_is_measured_first_and_the_slow_ones_only_where_they_can() {
        assert_eq!(choose_engines(known(), &[], &Corpus::Ko1k).unwrap(), [OURS, "fuse", "minisearch", "scan"]);
        assert_eq!(choose_engines(known(), &[], &Corpus::Ko10k).unwrap(), [OURS, "minisearch", "scan"]);
        assert_eq!(choose_engines(known(), &["fuse".into()], &Corpus::Ko100k).unwrap(), ["fuse"]);
    }

    #[test]
    fn unknown_engine_is_an_error_that_names_the_others() {
        for unknown in ["lucene", LOADED] {
            let error = choose_engines(known(), &[unknown.into()], &Corpus::Ko1k).unwrap_err().to_string();
            assert!(error.contains(unknown) && error.contains("minisearch"), "{error}");
        }
    }
}
