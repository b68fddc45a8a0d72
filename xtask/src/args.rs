//! The command line: what can be asked for, and the help that says so. Leaves the doing to the other modules.

use std::{ffi::OsString, path::PathBuf};

use lexopt::{
    Arg::{Long, Short, Value},
    Parser, ValueExt,
};

use crate::{
    bench::{self, Bench},
    finish::BasePath,
    suite::{Engine, Part},
};

/// Shown by `--help` and after a usage error.
pub(crate) const HELP: &str = "\
Story Home: everything a developer or CI runs.

Usage: cargo xtask COMMAND [OPTIONS]

  serve       Install what is missing, then show the archive and rebuild it on every change. Ctrl-C ends it.
                --release        the optimised app, as a reader gets it
                --port N         default 8080, or the next free one
                --corpus DIR     Markdown stories, or a built data folder (one with manifest.json); default stories/
  build       Make the site as plain files for any static host.
                --release        optimised; what you upload
                --base /PATH/    the sub-path that it will be served under; default /
                --out DIR        default dist/
                --corpus DIR     as for serve
                --font pretendard  publish this typeface beside the app, for readers who choose it (3 MB; they load what they read)
  dist        Make the one program that a publisher needs: `story-home` with the app and the renderer of pages inside.
                --target TRIPLE  what it is to run on; default this machine, on Linux without needing any library
                --out DIR        default target/dist
  test        Install what tests need, run every part, print a table; exit code 1 if a part failed.
                --only PART      fmt, tidy, clippy, native, build, size or e2e; may be repeated
                --engine NAME    chromium, firefox or webkit; may be repeated; default all three
                -- ARGS          handed to the test runners of native and e2e, e.g. `-- --nocapture search`
  size        Compressed size of each part of a built site against the budgets.
                --site DIR       default: the site that `test` built
                --by-feature     which features of the app its code is made of, from the last release build
  shots       Pictures of every screen at 360, 768 and 1440 pixels, light and dark, with an index.html to look through them.
              In Chromium, of the site that `test` builds, built first if it is not there as the sources are now.
                --out DIR        default target/shots
                --site DIR       any other built site, e.g. dist
                --only NAME      scenes whose name begins like this, e.g. story; may be repeated
  bench       Measure search, structure recovery or the interface; `bench --help` has its options.
  tidy        Rules that the compiler does not know: dependency edges, module docs, file length, style sheets.
  train       Learn weights anew: `train structure` for the recovery of lost structure, about ten minutes on two cores.
                --posts DIR      dev.jsonl.gz and train-extra.jsonl.gz; default ../shared/eval/structure
                --out FILE       default: the weights that import uses
                --predictions FILE  also write out-of-fold predictions for dev.jsonl.gz, as `story-home recover` would print them
  tools       Install the pinned tools that trunk needs and print the PATH line with which `trunk serve` works alone.
                --path           print only the folders, as PATH takes them; installs nothing

Run by trunk, by hand only to look for a fault:

  corpus      Bring public/data up to date with the stories (or with the folder in STORY_HOME_CORPUS).
  finish-site In TRUNK_STAGING_DIR: write STORY_HOME_BASE into <base href>, add STORY_HOME_FONT, copy index.html to 404.html.

Tools are kept in STORY_HOME_CACHE, else XDG_CACHE_HOME/story-home, else ~/.cache/story-home, for every checkout of this user.";

/// One thing to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    /// Show this.
    Help(&'static str),
    Serve(ServeOptions),
    Build(BuildOptions),
    Dist(DistOptions),
    Corpus,
    FinishSite,
    Test(TestOptions),
    Size {
        site: Option<PathBuf>,
    },
    SizeByFeature,
    Shots(ShotsOptions),
    Bench(Bench),
    Tidy,
    Train(TrainOptions),
    Tools {
        print_path: bool,
    },
}

/// Options of `serve`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct ServeOptions {
    pub(crate) release: bool,
    pub(crate) port: Option<u16>,
    pub(crate) corpus: Option<PathBuf>,
}

/// Options of `build`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct BuildOptions {
    pub(crate) release: bool,
    pub(crate) base: Option<BasePath>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) corpus: Option<PathBuf>,
    pub(crate) web_font: bool,
}

/// Options of `dist`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct DistOptions {
    pub(crate) target: Option<String>,
    pub(crate) out: Option<PathBuf>,
}

/// Options of `test`. Empty lists mean all.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct TestOptions {
    pub(crate) only: Vec<Part>,
    pub(crate) engines: Vec<Engine>,
    pub(crate) runner_args: Vec<OsString>,
}

/// Options of `shots`. No names mean all scenes.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct ShotsOptions {
    pub(crate) out: Option<PathBuf>,
    pub(crate) site: Option<PathBuf>,
    pub(crate) only: Vec<String>,
}

/// Options of `train structure`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct TrainOptions {
    pub(crate) posts: Option<PathBuf>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) predictions: Option<PathBuf>,
}

/// Reads the arguments after the program's name.
///
/// # Errors
/// One line that names the argument that is wrong.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    // Everything after `--` belongs to the test runner, options included, so lexopt must not see it.
    let mut args: Vec<OsString> = args.into_iter().collect();
    let runner_args = match args.iter().position(|arg| arg == "--") {
        Some(at) => args.split_off(at).split_off(1),
        None => Vec::new(),
    };
    if args.iter().any(|arg| arg == "--help" || arg == "-h") {
        let is_of_bench = args.first().is_some_and(|command| command == "bench");
        return Ok(Command::Help(if is_of_bench { bench::HELP } else { HELP }));
    }
    let mut parser = Parser::from_args(args);
    let command = parse_command(&mut parser, &runner_args).map_err(|error| error.to_string())?;
    if !runner_args.is_empty() && !matches!(command, Command::Test(_)) {
        return Err("only `test` takes arguments after `--`".into());
    }
    Ok(command)
}

fn parse_command(parser: &mut Parser, runner_args: &[OsString]) -> Result<Command, lexopt::Error> {
    let name = match parser.next()? {
        None => return Err("which command?".into()),
        Some(Value(name)) => name.string()?,
        Some(arg) => return Err(arg.unexpected()),
    };
    let command = match name.as_str() {
        "help" => Command::Help(HELP),
        "serve" => {
            let mut options = ServeOptions::default();
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("release") => options.release = true,
                    Short('p') | Long("port") => options.port = Some(parser.value()?.parse()?),
                    Long("corpus") => options.corpus = Some(parser.value()?.into()),
                    _ => return Err(arg.unexpected()),
                }
            }
            Command::Serve(options)
        }
        "build" => {
            let mut options = BuildOptions::default();
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("release") => options.release = true,
                    Long("base") => options.base = Some(parser.value()?.parse()?),
                    Long("out") => options.out = Some(parser.value()?.into()),
                    Long("corpus") => options.corpus = Some(parser.value()?.into()),
                    Long("font") => {
                        if parser.value()? != "pretendard" {
                            return Err("the only typeface there is: --font pretendard".into());
                        }
                        options.web_font = true;
                    }
                    _ => return Err(arg.unexpected()),
                }
            }
            Command::Build(options)
        }
        "dist" => {
            let mut options = DistOptions::default();
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("target") => options.target = Some(parser.value()?.string()?),
                    Long("out") => options.out = Some(parser.value()?.into()),
                    _ => return Err(arg.unexpected()),
                }
            }
            Command::Dist(options)
        }
        "test" => {
            let mut options = TestOptions { runner_args: runner_args.to_vec(), ..TestOptions::default() };
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("only") => options.only.push(parser.value()?.parse()?),
                    Long("engine") => options.engines.push(parser.value()?.parse()?),
                    _ => return Err(arg.unexpected()),
                }
            }
            Command::Test(options)
        }
        "size" => {
            let (mut site, mut by_feature) = (None, false);
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("site") => site = Some(parser.value()?.into()),
                    Long("by-feature") => by_feature = true,
                    _ => return Err(arg.unexpected()),
                }
            }
            if by_feature { Command::SizeByFeature } else { Command::Size { site } }
        }
        "shots" => {
            let mut options = ShotsOptions::default();
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("out") => options.out = Some(parser.value()?.into()),
                    Long("site") => options.site = Some(parser.value()?.into()),
                    Long("only") => options.only.push(parser.value()?.string()?),
                    _ => return Err(arg.unexpected()),
                }
            }
            Command::Shots(options)
        }
        "train" => {
            match parser.next()? {
                Some(Value(what)) if what == "structure" => {}
                Some(arg) => return Err(arg.unexpected()),
                None => return Err("train what? `train structure`".into()),
            }
            let mut options = TrainOptions::default();
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("posts") => options.posts = Some(parser.value()?.into()),
                    Long("out") => options.out = Some(parser.value()?.into()),
                    Long("predictions") => options.predictions = Some(parser.value()?.into()),
                    _ => return Err(arg.unexpected()),
                }
            }
            Command::Train(options)
        }
        "tools" => {
            let mut print_path = false;
            while let Some(arg) = parser.next()? {
                match arg {
                    Long("path") => print_path = true,
                    _ => return Err(arg.unexpected()),
                }
            }
            Command::Tools { print_path }
        }
        "bench" => Command::Bench(bench::parse(parser)?),
        "corpus" => Command::Corpus,
        "finish-site" => Command::FinishSite,
        "tidy" => Command::Tidy,
        _ => return Err(format!("there is no command `{name}`").into()),
    };
    // Commands without options come here with whatever was written behind them.
    match parser.next()? {
        Some(arg) => Err(arg.unexpected()),
        None => Ok(command),
    }
}

#[cfg(test)]
mod tests;
