//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

const EXIT_CODES: &str = "Exit codes: 0 done; 1 the input has errors, or a file cannot be read or written; 2 wrong usage.";

/// Makes a searchable story archive from saved pages and Markdown files.
#[derive(Parser)]
#[command(name = "story-home", version, after_help = EXIT_CODES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Turn saved pages into story files
    #[command(after_help = "Example: story-home import page1.txt page2.txt --out stories\n\nEvery record of a page becomes \
        OUT/SLUG.md: Markdown that you can edit. A file that is there and differs is left alone and reported, unless --force is \
        given.\n\nExit codes: 0 every record came out; 1 some did not, or a file was left alone; 2 wrong usage.")]
    Import(ImportArgs),
    /// Report what is wrong with story files, by file and line
    #[command(after_help = "Example: story-home check --stories stories\n\nExit codes: 0 no errors (warnings may be there); 1 errors; \
        2 wrong usage.")]
    Check(StoriesArgs),
    /// Turn story files into the data that the app reads
    #[command(after_help = "Example: story-home build --stories stories --out public/data\n\nStories stand in the order of their \
        `source` (file, then line), those without one behind them by slug. The same stories give the same bytes. Nothing is written \
        if a story has an error. Files of an earlier build that are no longer named are removed, other files in OUT are \
        not.\n\nExit codes: 0 built; 1 the stories have errors, or a file cannot be written; 2 wrong usage.")]
    Build(BuildArgs),
    /// Say what is in a folder of story files
    #[command(after_help = "Example: story-home stats --stories stories --json\n\nExit codes: 0 done; 1 a story has errors; 2 wrong usage.")]
    Stats(StoriesArgs),
}

#[derive(clap::Args)]
pub(crate) struct ImportArgs {
    /// Saved pages of a story list, as text in UTF-8
    #[arg(required = true, value_name = "PAGE.txt")]
    pub(crate) pages: Vec<PathBuf>,
    /// Folder for the story files; made if it is missing
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Overwrite story files that differ
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(clap::Args)]
pub(crate) struct StoriesArgs {
    /// Folder of story files
    #[arg(long, value_name = "DIR")]
    pub(crate) stories: PathBuf,
    /// Print JSON for machines
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(clap::Args)]
pub(crate) struct BuildArgs {
    /// Folder of story files
    #[arg(long, value_name = "DIR")]
    pub(crate) stories: PathBuf,
    /// Folder for the data
    #[arg(long, value_name = "DIR", default_value = "site-data")]
    pub(crate) out: PathBuf,
}
