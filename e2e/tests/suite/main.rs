//! The browser suite: each scenario is a trial in each engine, named `chromium::finds_story_by_half_typed_syllable`.
//!
//! | variable | meaning | default |
//! |---|---|---|
//! | `E2E_SITE` | the built site | `target/site` of the checkout |
//! | `E2E_ENGINES` | comma-separated: `chromium`, `firefox`, `webkit` | all three |
//! | `E2E_GECKODRIVER` | geckodriver's path | looked for on the search path |
//! | `E2E_AXE` | path of axe-core's `axe.min.js` | none: the accessibility scenarios fail and say so |
//!
//! Everything else is libtest's own: `cargo test -p e2e --test suite -- chromium:: --test-threads=1`.

mod access;
mod composition;
mod design;
mod failure;
mod filter;
mod home;
mod house;
mod keyboard;
mod large;
mod listen;
mod long_list;
mod machinery;
mod matches;
mod medium;
mod navigation;
mod notes;
mod offline;
mod order;
mod passage;
mod preferences;
mod prerendered;
mod privacy;
mod reading;
mod related;
mod run;
mod rungs;
mod scenario;
mod search;
mod shelf;
mod shelf_storage;
mod stale;
mod story;
mod subpath;
mod suggest;
mod topics;
mod width;

use std::{env, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};
use e2e::{Engine, archive::Archive};
use libtest_mimic::Arguments;

use crate::{run::Suite, scenario::Scenario};

/// Every scenario, by topic.
fn scenarios() -> Vec<Scenario> {
    [
        machinery::all(),
        home::all(),
        filter::all(),
        topics::all(),
        order::all(),
        long_list::all(),
        large::all(),
        navigation::all(),
        search::all(),
        rungs::all(),
        suggest::all(),
        matches::all(),
        composition::all(),
        keyboard::all(),
        story::all(),
        shelf::all(),
        shelf_storage::all(),
        passage::all(),
        notes::all(),
        listen::all(),
        related::all(),
        reading::all(),
        failure::all(),
        offline::all(),
        preferences::all(),
        medium::all(),
        width::all(),
        subpath::all(),
        access::all(),
        design::all(),
        privacy::all(),
        prerendered::all(),
        stale::all(),
    ]
    .concat()
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match prepare() {
        Ok(suite) => suite.run(&arguments, &scenarios()),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Looks for everything that the trials need, so that a missing piece is one line and not a hundred failures.
fn prepare() -> Result<Suite> {
    let checkout = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let site = env::var_os("E2E_SITE").map_or_else(|| checkout.join("target/site"), PathBuf::from);
    if !site.join("index.html").is_file() {
        bail!("there is no built site in {}; run: cargo xtask build --release", site.display());
    }
    let archive = Archive::read(&site).context("the built site has no readable data; run: cargo xtask build --release")?;
    let engines = match env::var("E2E_ENGINES") {
        Ok(list) => Engine::parse_list(&list)?,
        Err(_) => Engine::ALL.to_vec(),
    };
    for engine in &engines {
        engine.programs().with_context(|| format!("{} cannot run", engine.name()))?;
    }
    Ok(Suite::new(site, archive, engines, PathBuf::from(env!("CARGO_TARGET_TMPDIR"))))
}
