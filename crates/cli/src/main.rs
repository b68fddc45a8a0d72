//! `story-home`: the tool that a publisher lives in. This file knows the command line; each command is a module.
//!
//! Exit codes: 0 all is well, 1 something was found in the input or could not be done, 2 the command line was wrong.

mod build;
mod check;
mod document;
mod import;
mod recover;
mod report;
mod stats;
mod stories;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::import::Existing;

#[derive(Parser)]
#[command(
    name = "story-home",
    version,
    about = "Turns stories into an archive that is read in the browser",
    after_help = "Exit codes: 0 all is well, 1 something was found in the input or could not be done, 2 wrong command line.",
    arg_required_else_help = true
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Turns saved pages of a story list into story files that you can edit
    #[command(
        after_help = "Example:\n  story-home import page1.txt page2.txt --out my-stories\n\nEvery record of a page becomes DIR/SLUG.md. A file that is there and differs is left alone and reported, unless --force is given.\nExit codes: 0 every record came out, 1 some did not or a file was left alone (the others are written), 2 wrong command line."
    )]
    Import {
        /// Saved pages, as text in UTF-8
        #[arg(required = true, value_name = "PAGE.txt")]
        pages: Vec<PathBuf>,
        /// Folder for the story files; made if it is missing
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Overwrites story files that differ
        #[arg(long)]
        force: bool,
    },
    /// Prints the recovered structure of glued bodies, for measuring
    #[command(
        after_help = "Example:\n  story-home recover posts.jsonl.gz > recovered.jsonl\n\nReads a JSON object a line, {\"id\", \"flat\"}, and prints {\"id\", \"blocks\": [{\"type\", \"text\"}]} for each, in the same order."
    )]
    Recover {
        /// Glued bodies, one JSON object a line; may be compressed with gzip
        #[arg(value_name = "FILE.jsonl[.gz]")]
        file: PathBuf,
    },
    /// Reports every fault of a folder of stories, with file, line and fix
    #[command(after_help = "Example:\n  story-home check --stories my-stories")]
    Check {
        /// Folder of Markdown files
        #[arg(long, default_value = "stories")]
        stories: PathBuf,
        /// Prints the findings as JSON
        #[arg(long)]
        json: bool,
    },
    /// Writes the data that the app reads: manifest, cards, search index, stories, JSON Schemas
    #[command(
        after_help = "Example:\n  story-home build --stories my-stories --out public/data\n\nStories stand in the order of the `source` of their front matter (file, then line), those without one behind them by name."
    )]
    Build {
        /// Folder of Markdown files
        #[arg(long, default_value = "stories")]
        stories: PathBuf,
        /// Folder for the data; emptied of an earlier build's files, refused if it holds anything else
        #[arg(long, default_value = "site-data")]
        out: PathBuf,
    },
    /// Says what is in a folder of stories
    #[command(after_help = "Example:\n  story-home stats --stories my-stories")]
    Stats {
        /// Folder of Markdown files
        #[arg(long, default_value = "stories")]
        stories: PathBuf,
        /// Prints the figures as JSON
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().command {
        Command::Import { pages, out, force } => import::run(&pages, &out, if force { Existing::Overwrite } else { Existing::Keep }),
        Command::Recover { file } => recover::run(&file),
        Command::Check { stories, json } => check::run(&stories, json),
        Command::Build { stories, out } => build::run(&stories, &out),
        Command::Stats { stories, json } => stats::run(&stories, json),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
