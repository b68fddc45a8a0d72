//! `cargo xtask bench ui`: how long a reader waits for the interface, on the bundled stories and on many generated ones.
//!
//! `e2e`'s program `bench_ui` drives Chromium and measures; [`crate::generate`] writes stories, of which `story-home build` makes data; [`report`]
//! holds the figures against the targets.

mod report;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{
    keep,
    machine::Machine,
    options::{UiCorpus, UiOptions},
    search::browser,
    work_folder,
};
use crate::{
    generate,
    process::{command, run as run_command, run_logged},
    project::Project,
    site,
    suite::Engine,
    tools::{Need, Toolbox},
};

pub(super) fn run(project: &Project, options: &UiOptions) -> Result<ExitCode> {
    Toolbox::prepare(project, &[Need::Engine(Engine::Chromium)])?;
    let site = site::built_site(project, options.site.as_deref())?;
    let work = work_folder(project)?.join("ui");
    fs::create_dir_all(&work).with_context(|| format!("making {}", work.display()))?;
    let does = |corpus| options.corpora.is_empty() || options.corpora.contains(&corpus);
    let mut sites: Vec<(&str, PathBuf)> = Vec::new();
    if does(UiCorpus::Bundled) {
        sites.push(("bundled", site.clone()));
    }
    if does(UiCorpus::Generated) {
        sites.push(("generated", generated_site(project, &site, &work, options)?));
    }
    let machine = Machine::observe(vec![browser()?])?;
    let measured = work.join("measured.json");
    let mut bench = command("cargo");
    bench
        .current_dir(&project.root)
        .args(["run", "--quiet", "--package", "e2e", "--bin", "bench_ui", "--"])
        .arg(&measured)
        .arg(options.n_reps.to_string());
    for (name, site) in sites {
        bench.arg(format!("{name}={}", site.display()));
    }
    run_command(&mut bench)?;
    let text = fs::read_to_string(&measured).with_context(|| format!("reading {}", measured.display()))?;
    let figures: Value = serde_json::from_str(&text).context("reading what was measured")?;
    println!("\n{machine}.\n\n{}", report::whole(&figures));
    keep(project, "ui", &machine.date, &json!({ "date": machine.date, "machine": machine.to_json(), "measured": figures }))?;
    Ok(ExitCode::SUCCESS)
}

/// The app of `site` with data of so many generated stories, made anew when the generator or the programs that make data have changed.
fn generated_site(project: &Project, app: &Path, work: &Path, options: &UiOptions) -> Result<PathBuf> {
    let name = format!("{}-v{}", options.n_stories, generate::VERSION);
    let (site, finished) = (work.join(format!("site-{name}")), work.join(format!("data-{name}.finished")));
    let is_usable = site::is_newer_than(project, &finished, &["crates"]) || (options.keep && finished.is_file());
    if !is_usable {
        println!("Writing and indexing {} stories: some minutes for 100,000 …", options.n_stories);
        let started = work.join("data.started");
        fs::write(&started, "").with_context(|| format!("writing {}", started.display()))?;
        let stories = work.join(format!("stories-{name}"));
        if !stories.is_dir() {
            // Under another name until all are there.
            let begun = work.join("stories.begun");
            generate::write(&begun, options.n_stories)?;
            fs::rename(&begun, &stories).with_context(|| format!("renaming {}", begun.display()))?;
        }
        let mut cli = command("cargo");
        cli.current_dir(&project.root).args(["run", "--quiet", "--release", "--package", "story-home-cli", "--", "build", "--stories"]);
        let log = work.join("build.log");
        run_logged(cli.arg(&stories).arg("--out").arg(site.join("data")), &log).context("making data of the generated stories")?;
        fs::rename(&started, &finished).context("noting when the data was made")?;
    }
    replace_app(app, &site)?;
    Ok(site)
}

/// Makes all of `site` but its data a copy of `app`.
fn replace_app(app: &Path, site: &Path) -> Result<()> {
    for entry in entries(site)?.iter().filter(|entry| !entry.ends_with("data")) {
        let removed = if entry.is_dir() { fs::remove_dir_all(entry) } else { fs::remove_file(entry) };
        removed.with_context(|| format!("removing {}", entry.display()))?;
    }
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let to = site.join(&folder);
        fs::create_dir_all(&to).with_context(|| format!("making {}", to.display()))?;
        for entry in entries(&app.join(&folder))? {
            let below = folder.join(entry.file_name().unwrap_or_default());
            if entry.is_dir() && below != Path::new("data") {
                folders.push(below);
            } else if entry.is_file() {
                fs::copy(&entry, site.join(&below)).with_context(|| format!("copying {}", entry.display()))?;
            }
        }
    }
    Ok(())
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let reading = || format!("reading {}", dir.display());
    fs::read_dir(dir).with_context(reading)?.map(|entry| Ok(entry.with_context(reading)?.path())).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn app_is_replaced_and_data_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let write = |file: &str, text: &str| {
            fs::create_dir_all(path(file).parent().unwrap()).unwrap();
            fs::write(path(file), text).unwrap();
        };
        for (file, text) in [
            ("app/index.html", "new"),
            ("app/font/a.woff2", "font"),
            ("app/data/manifest.json", "few"),
            ("site/data/manifest.json", "many"),
        ] {
            write(file, text);
        }
        write("site/old-1234.wasm", "old");
        write("site/font/old.woff2", "old");
        replace_app(&path("app"), &path("site")).unwrap();
        let read = |file: &str| fs::read_to_string(path(file)).unwrap();
        assert_eq!(
            (read("site/index.html"), read("site/font/a.woff2"), read("site/data/manifest.json")),
            ("new".into(), "font".into(), "many".into())
        );
        assert!(!path("site/old-1234.wasm").exists() && !path("site/font/old.woff2").exists());
    }
}
