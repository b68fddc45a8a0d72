//! `cargo xtask shots`: pictures of every screen. The browser is driven by `e2e`'s program of the same name; this module sees that there is
//! a site to look at and a browser to look with.

use std::env;

use anyhow::{Context, Result};

use crate::{
    args::ShotsOptions,
    process::{command, run as run_command},
    project::Project,
    site,
    suite::Engine,
    tools::{Need, Toolbox},
};

pub(crate) fn run(project: &Project, options: &ShotsOptions) -> Result<()> {
    Toolbox::prepare(project, &[Need::Engine(Engine::Chromium)])?;
    let site = site::built_site(project, options.site.as_deref())?;
    let out = match &options.out {
        Some(dir) => env::current_dir().context("reading the current folder")?.join(dir),
        None => project.target.join("shots"),
    };
    let mut shots = command("cargo");
    shots.current_dir(&project.root).args(["run", "--quiet", "--package", "e2e", "--bin", "shots", "--"]);
    run_command(shots.arg(site).arg(out).args(&options.only))
}
