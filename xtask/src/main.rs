//! `cargo xtask …`: everything that a developer or CI runs, in one place. `--help` lists the commands.
//!
//! Leaves to others: how the app is bundled (trunk, see `Trunk.toml` and `index.html`), how stories become data (`crates/cli`) and
//! what the browser suite asks of a page (`e2e/`).

mod args;
mod bench;
mod corpus;
mod cut;
mod dist;
mod finish;
mod generate;
mod large;
mod process;
mod project;
mod shots;
mod site;
mod size;
mod suite;
mod tidy;
mod tools;
mod train;

use std::process::ExitCode;

use anyhow::Result;

use crate::{args::Command, project::Project};

fn main() -> ExitCode {
    let command = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(message) => {
            eprintln!("error: {message}\n\n{}", args::HELP);
            return ExitCode::from(2);
        }
    };
    run(command).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(command: Command) -> Result<ExitCode> {
    if let Command::Help(text) = command {
        println!("{text}");
        return Ok(ExitCode::SUCCESS);
    }
    let project = Project::discover()?;
    match command {
        Command::Help(_) => {}
        Command::Serve(options) => site::serve(&project, &options)?,
        Command::Build(options) => site::build(&project, &options)?,
        Command::Dist(options) => dist::run(&project, &options)?,
        Command::Corpus => corpus::run(&project)?,
        Command::FinishSite => finish::run()?,
        Command::Test(options) => return suite::run(&project, &options),
        Command::SizeByFeature => size::run_by_feature(&project)?,
        Command::Size { site } => return size::run(&site.unwrap_or_else(|| project.test_site())),
        Command::Shots(options) => shots::run(&project, &options)?,
        Command::Bench(bench) => return bench::run(&project, &bench),
        Command::Tidy => return tidy::run(&project),
        Command::Train(options) => train::run(&project, &options)?,
        Command::Tools { print_path } => tools::run(&project, print_path)?,
    }
    Ok(ExitCode::SUCCESS)
}
