//! `story-home`: the tool that a publisher lives in. This file knows the command line; each command is a module.
//!
//! Exit codes: 0 all is well, 1 something was found in the input or could not be done, 2 the command line was wrong.

mod build;
mod check;
mod deploy;
mod document;
mod explain;
mod fix;
mod highlight;
mod import;
mod kit;
mod new;
mod original;
mod part;
mod progress;
mod publish;
mod recover;
mod related;
mod report;
#[cfg(test)]
mod sample;
mod serve;
mod shelf;
mod site;
mod source;
mod stamp;
mod stats;
mod stories;
#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

// See Cargo.toml.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use ::import::Options;
use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use corpus::Section;

use crate::{
    build::SiteRequest,
    check::Fixing,
    import::{Existing, Mode, Request, Telling},
    kit::Kit,
    part::Share,
    publish::folder::Previous,
};

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
    /// Makes a folder to start from: site.toml and a sample story
    #[command(
        after_help = "Example:\n  story-home new my-archive\n\nExit codes: 0 made, 1 the folder is not empty or cannot be written, 2 wrong command line."
    )]
    New {
        /// Folder to make
        dir: PathBuf,
    },
    /// Turns stories in any form into story files that you can edit
    #[command(after_help = IMPORT_HELP)]
    Import {
        /// Files, folders and zip files
        #[arg(required = true, value_name = "SOURCE")]
        sources: Vec<PathBuf>,
        /// Folder for the story files; made if it is missing
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Overwrites story files that you have edited
        #[arg(long)]
        force: bool,
        /// Says what would happen and writes nothing
        #[arg(long)]
        dry_run: bool,
        /// Prints each boundary that was recovered, with its evidence and confidence; the doubtful ones once more at the end
        #[arg(long, conflicts_with = "json")]
        explain: bool,
        /// Prints the report as JSON
        #[arg(long)]
        json: bool,
        /// Section of every story: interview, feed or news; otherwise what the source says, or feed
        #[arg(long, value_parser = section)]
        section: Option<Section>,
        /// Company of stories that name none
        #[arg(long)]
        company: Option<String>,
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
    #[command(after_help = CHECK_HELP)]
    Check {
        /// Folder of Markdown files
        #[arg(long, default_value = "stories")]
        stories: PathBuf,
        /// Makes the changes that lose nothing, and says which
        #[arg(long)]
        fix: bool,
        /// Prints the findings as JSON
        #[arg(long)]
        json: bool,
    },
    /// Shows a built folder at a loopback address
    #[command(
        after_help = "Example:\n  story-home serve site --stories my-stories\n\nFor looking at it, not for publishing: upload the folder to a static host for that.\nExit codes: 0 stopped, 1 the folder has no index.html, the stories have errors or the port is taken, 2 wrong command line."
    )]
    Serve {
        /// Folder with index.html, as `cargo xtask build` or a release makes it
        dir: PathBuf,
        /// Stories to build and show instead of those in the folder
        #[arg(long, value_name = "DIR")]
        stories: Option<PathBuf>,
        /// Port at 127.0.0.1
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Builds the folder to upload: with the app that this program carries or --app names; without one only the data that the app reads
    #[command(
        after_help = "Examples:\n  story-home build\n  story-home build --stories my-stories --app app --prerender app/story-home-prerender --out site\n  story-home build --stories my-stories --data-only --out public/data\n\nA release of `cargo xtask dist` carries the app. The folder has a page for every address, feeds, sitemap, what hosts are to say about the files, everything compressed\nbeforehand. Feeds, sitemap and canonical addresses need base_url in site.toml.\nStories stand in the order of the `source` of their front matter (file, then line), those without one behind them by name."
    )]
    Build {
        /// Folder of Markdown files
        #[arg(long, default_value = "stories")]
        stories: PathBuf,
        /// Folder for the result, default `site`, or `site-data` for data; emptied of an earlier build's files, refused if it holds anything else
        #[arg(long)]
        out: Option<PathBuf>,
        /// The built app, instead of the one that this program carries
        #[arg(long, value_name = "DIR", conflicts_with = "part")]
        app: Option<PathBuf>,
        /// Only the data that the app reads
        #[arg(long, conflicts_with_all = ["app", "base", "data"])]
        data_only: bool,
        /// Program that renders pages, made beside the app; without it pages wait for the app
        #[arg(long, value_name = "PROGRAM", requires = "app")]
        prerender: Option<PathBuf>,
        /// Path that the site will live under; default: what base_url says, else /
        #[arg(long, value_name = "/PATH/", value_parser = base_path)]
        #[cfg_attr(not(kit), arg(requires = "app"))]
        base: Option<String>,
        /// Data that was built before, instead of building it from the stories
        #[arg(long, value_name = "DIR")]
        #[cfg_attr(not(kit), arg(requires = "app"))]
        data: Option<PathBuf>,
        /// Leaves the last build's hashed files for one build more, so that pages which readers have open go on working
        #[arg(long)]
        #[cfg_attr(not(kit), arg(requires = "app"))]
        keep_previous: bool,
        /// Builds only one of so many parts, e.g. 1/4, for `merge`; parts may share the folder
        #[arg(long, value_name = "I/N")]
        part: Option<Share>,
    },
    /// Joins the parts of a build, byte for byte what one build gives
    #[command(
        after_help = "Example:\n  story-home build --part 1/2 --out parts && story-home build --part 2/2 --out parts\n  story-home merge parts --out site-data\n\nExit codes: 0 done, 1 a part is missing, doubled or damaged, 2 wrong command line."
    )]
    Merge {
        /// Folders that hold the parts
        #[arg(required = true, value_name = "DIR")]
        parts: Vec<PathBuf>,
        /// Folder for the data, as for build
        #[arg(long, default_value = "site-data")]
        out: PathBuf,
    },
    /// Checks a site that is to be published, or is: links, types, headers, hashes, compressed files
    #[command(
        after_help = "Examples:\n  story-home deploy --check site\n  story-home deploy --check https://stories.example.com/ --pages 5000\n\nExit codes: 0 nothing found, 1 something was, or the site cannot be read, 2 wrong command line."
    )]
    Deploy {
        /// Folder, or address of the site
        #[arg(long, value_name = "DIR|URL", required = true)]
        check: String,
        /// How many pages have their links followed [default: all of a folder, 500 of a host]
        #[arg(long, value_name = "N")]
        pages: Option<usize>,
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

const IMPORT_HELP: &str = "\
Examples:
  story-home import page1.txt page2.txt --out my-stories    saved pages of a story list
  story-home import my-jekyll-site --out my-stories         a folder: Jekyll, Hugo, Hexo, Gatsby, Zola or plain
  story-home import blog.zip --out my-stories               the same, zipped
  story-home import feed.xml export.xml --out my-stories    RSS, Atom, JSON Feed, WordPress export
  story-home import article.html --dry-run --out my-stories one HTML page; nothing is written
  story-home import site/data --out my-stories              a built corpus, back to Markdown

UTF-8, UTF-16 and EUC-KR / CP949 are read. Every story becomes DIR/SLUG.md, its pictures DIR/SLUG/.
Importing again updates files that nobody has edited and keeps those that you have. If you have edited a file and
its source has changed too, it is left alone and reported, unless --force is given.
Exit codes: 0 every story came out, 1 some did not or a file was left alone (the others are written), 2 wrong command line.";

const CHECK_HELP: &str = "\
Example:
  story-home check --stories my-stories --fix

Reads site.toml in that folder or the one above it: names of companies, spellings of tags, the site's address.
--fix renames companies and tags and converts files to UTF-8; a finding without such a change is yours to decide.
Exit codes: 0 no errors (warnings and notes may be there), 1 errors, 2 wrong command line.";

fn section(word: &str) -> Result<Section, String> {
    Section::parse(word).ok_or_else(|| "use interview, feed or news".to_owned())
}

fn base_path(text: &str) -> Result<String, String> {
    let inner = text.trim_matches('/');
    let is_plain = inner.chars().all(|c| c.is_ascii_alphanumeric() || "-._~%/".contains(c)) && !inner.contains("//");
    match inner {
        "" => Ok("/".to_owned()),
        _ if is_plain => Ok(format!("/{inner}/")),
        _ => Err("write it as a URL has it, e.g. /repo/".to_owned()),
    }
}

fn main() -> ExitCode {
    let outcome = match CommandLine::parse().command {
        Command::New { dir } => new::run(&dir),
        Command::Import { sources, out, force, dry_run, explain, json, section, company } => {
            let existing = if force { Existing::Overwrite } else { Existing::Keep };
            let mode = if dry_run { Mode::DryRun } else { Mode::Write };
            let telling = match (explain, json) {
                (true, _) => Telling::Explained,
                (_, true) => Telling::Json,
                _ => Telling::Plain,
            };
            import::run(&Request { sources: &sources, out: &out, existing, mode, telling, options: Options { section, company } })
        }
        Command::Recover { file } => recover::run(&file),
        Command::Check { stories, fix, json } => check::run(&stories, if fix { Fixing::On } else { Fixing::Off }, json),
        Command::Build { stories, out, app, data_only, prerender, base, data, keep_previous, part } => {
            let is_site = app.is_some() || (kit::is_there() && part.is_none() && !data_only);
            let out = out.unwrap_or_else(|| if is_site { "site" } else { "site-data" }.into());
            let previous = if keep_previous { Previous::Keep } else { Previous::Remove };
            if is_site {
                site(app, prerender, |app, prerender| {
                    let (data, base) = (data.as_deref(), base.as_deref());
                    build::site(&SiteRequest { stories: &stories, data, app, prerender, base, out: &out, previous })
                })
            } else {
                build::run(&stories, part, &out)
            }
        }
        Command::Merge { parts, out } => part::merge(&parts, &out),
        Command::Serve { dir, stories, port } => serve(&dir, stories.as_deref(), port),
        Command::Deploy { check, pages } => deploy::check(&check, pages),
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

/// Builds a site with the app that is named, else with the one that this program carries.
fn site(
    app: Option<PathBuf>,
    prerender: Option<PathBuf>,
    build: impl FnOnce(&Path, Option<&Path>) -> Result<ExitCode>,
) -> Result<ExitCode> {
    if let Some(app) = app {
        return build(&app, prerender.as_deref());
    }
    let kit = Kit::unpack()?;
    build(&kit.app(), Some(&kit.renderer()))
}

/// Builds the stories where nobody else looks, and serves.
fn serve(dir: &Path, stories: Option<&Path>, port: u16) -> Result<ExitCode> {
    let Some(stories) = stories else { return serve::run(dir, None, port) };
    let data = std::env::temp_dir().join(format!("story-home-{}", std::process::id()));
    build::run(stories, None, &data)?;
    let outcome = serve::run(dir, Some(&data), port);
    std::fs::remove_dir_all(&data).with_context(|| format!("removing {}", data.display()))?;
    outcome
}
