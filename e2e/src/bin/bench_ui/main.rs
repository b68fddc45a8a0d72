//! How quickly the app answers somebody who filters, sorts, opens, types and scrolls on a slow processor.
//!
//! `bench_ui OUT.json REPS NAME=SITE…`, started by `cargo xtask bench ui`, which judges the figures. [`journey`] acts, with real input only, so
//! that Chromium counts it; `recorder.js` writes down what the browser says of it; [`figures`] and [`frames`] make numbers of that, [`probe`]
//! fetches both.

mod figures;
mod frames;
mod journey;
mod probe;

use std::{env, fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, bail};
use e2e::{Engine, Visit, archive::Archive, browser::Browser};
use serde_json::{Value, json};

use figures::Kind;
use probe::Probe;

/// The laptop that the journeys are made for; narrower ones have their filters behind a button.
const VIEWPORT: (u32, u32) = (1440, 900);

/// The part of the processor that the page is left: one in so many. The figure that field measurements of middling phones are compared with.
const SLOWDOWN: u32 = 4;

/// Page loads of which the middle one counts.
const N_LOADS: usize = 3;

fn main() -> ExitCode {
    match run(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let [out, n_reps, sites @ ..] = arguments else {
        bail!("usage: bench_ui OUT.json REPS NAME=SITE…; run it as `cargo xtask bench ui`");
    };
    let n_reps: usize = n_reps.parse().with_context(|| format!("{n_reps:?} is no number of repetitions"))?;
    let mut corpora = Vec::new();
    for site in sites {
        let (name, site) = site.split_once('=').with_context(|| format!("{site:?} is no NAME=SITE"))?;
        corpora.push(measure(name, Path::new(site), n_reps, Path::new(out))?);
    }
    let figures = json!({ "slowdown": SLOWDOWN, "corpora": corpora });
    fs::write(out, format!("{figures:#}\n")).with_context(|| format!("writing {out}"))
}

/// Everything about one site, in a browser of its own, so that its memory is this site's alone.
fn measure(name: &str, site: &Path, n_reps: usize, out: &Path) -> Result<Value> {
    let archive = Archive::read(site).with_context(|| format!("reading the stories of {name}"))?;
    println!("{name}: {} stories", archive.cards.len());
    let browser = Browser::start(Engine::Chromium, out.parent().unwrap_or(Path::new(".")))?;
    let visit = Visit::begin(&browser.session, Engine::Chromium, site, "/", &archive)?;
    let probe = Probe::attach(&visit)?;
    visit.page.session().set_viewport(VIEWPORT.0, VIEWPORT.1)?;
    let before = probe.calibrate()?;
    visit.page.session().slow_down(SLOWDOWN)?;
    let slowdown = probe.calibrate()? / before;

    let mut loads = (0..N_LOADS).map(|_| probe.load("")).collect::<Result<Vec<f64>>>()?;
    loads.sort_by(f64::total_cmp);
    let load_moves = probe.take()?.moves();
    let memory = probe.memory()?;
    let mut kinds: Vec<Kind> = Vec::new();
    for journey in journey::ALL {
        let mut runs: Vec<Kind> = Vec::new();
        for _ in 0..n_reps {
            // Each from the beginning, so that one that fails does not spoil the next.
            probe.load("")?;
            probe.take()?;
            runs.push(match (journey.go)(&visit, &probe) {
                Ok(n_acts) => Kind::of(journey.name, n_acts, &probe.take()?),
                Err(error) => Kind::failed(journey.name, &format!("{error:#}")),
            });
        }
        let kind = Kind::middle(runs).context("no repetition")?;
        println!("  {kind}");
        kinds.push(kind);
    }
    probe.load("")?;
    probe.take()?;
    let frames = journey::scroll(&visit, &probe);
    if let Err(error) = &frames {
        println!("  scrolling failed: {error:#}");
    }
    let scroll_moves = probe.take()?.moves();
    let memory_after = probe.memory()?;
    Ok(json!({
        "name": name,
        "n_stories": archive.cards.len(),
        "measured_slowdown": slowdown,
        "usable_ms": loads.get(loads.len() / 2),
        "load_moves": load_moves,
        "memory": memory,
        "memory_after": memory_after,
        "kinds": kinds,
        "scroll": frames.ok(),
        "scroll_moves": scroll_moves,
    }))
}
