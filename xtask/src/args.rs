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
  test        Install what tests need, run every part, print a table; exit code 1 if a part failed.
                --only PART      fmt, tidy, clippy, native, build, size or e2e; may be repeated
                --engine NAME    chromium, firefox or webkit; may be repeated; default all three
                -- ARGS          handed to the test runners of native and e2e, e.g. `-- --nocapture search`
  size        Compressed size of each part of a built site against the budgets.
                --site DIR       default: the site that `test` built
                --by-feature     which features of the app its code is made of, from the last release build
  bench       Measure search or structure recovery beside what others made; `bench --help` has its options.
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
    Corpus,
    FinishSite,
    Test(TestOptions),
    Size {
        site: Option<PathBuf>,
    },
    SizeByFeature,
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

/// Options of `test`. Empty lists mean all.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct TestOptions {
    pub(crate) only: Vec<Part>,
    pub(crate) engines: Vec<Engine>,
    pub(crate) runner_args: Vec<OsString>,
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
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse_words(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[track_caller]
    fn refuses(line: &str, because: &str) {
        let message = parse_words(line).unwrap_err();
        assert!(message.contains(because), "`{line}` said: {message}");
    }

    #[test]
    fn reads_options_of_serve() {
        let expected = ServeOptions { release: true, port: Some(9000), corpus: Some("my/stories".into()) };
        assert_eq!(parse_words("serve --release --port 9000 --corpus my/stories"), Ok(Command::Serve(expected)));
        assert_eq!(parse_words("serve"), Ok(Command::Serve(ServeOptions::default())));
    }

    #[test]
    fn reads_options_of_build() {
        let Command::Build(options) = parse_words("build --release --base repo --out=site --font pretendard").unwrap() else {
            unreachable!()
        };
        assert!(options.web_font);
        assert_eq!(options.base.unwrap().as_str(), "/repo/");
        assert_eq!(options.out, Some("site".into()));
    }

    #[test]
    fn collects_repeated_parts_and_engines() {
        let expected = TestOptions {
            only: vec![Part::Fmt, Part::E2e],
            engines: vec![Engine::Firefox, Engine::Webkit],
            runner_args: vec!["--nocapture".into(), "search".into()],
        };
        let line = "test --only fmt --only e2e --engine firefox --engine webkit -- --nocapture search";
        assert_eq!(parse_words(line), Ok(Command::Test(expected)));
    }

    #[test]
    fn reads_options_of_train() {
        let expected = TrainOptions { posts: Some("posts".into()), out: None, predictions: Some("p.jsonl".into()) };
        assert_eq!(parse_words("train structure --posts posts --predictions p.jsonl"), Ok(Command::Train(expected)));
        refuses("train", "train what");
        refuses("train search", "search");
    }

    #[test]
    fn help_wins_wherever_it_stands() {
        for line in ["--help", "-h", "help", "serve --help", "test --only nonsense --help"] {
            assert_eq!(parse_words(line), Ok(Command::Help(HELP)), "{line}");
        }
        assert_eq!(parse_words("bench --help"), Ok(Command::Help(bench::HELP)));
        assert_eq!(parse_words("bench search --reps none -h"), Ok(Command::Help(bench::HELP)));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        refuses("", "which command");
        refuses("sreve", "no command `sreve`");
        refuses("serve --fast", "--fast");
        refuses("serve --port many", "many");
        refuses("test --only lint", "lint");
        refuses("test --engine ie", "ie");
        refuses("tidy extra", "extra");
        refuses("bench", "bench what");
        refuses("bench search --corpus ko-2k", "ko-2k");
        refuses("serve -- --open", "only `test`");
        refuses("build --base /a\"b/", "base");
        refuses("build --font batang", "pretendard");
    }

    #[test]
    fn help_names_every_part_and_engine() {
        for part in Part::ALL {
            assert!(HELP.contains(part.name()), "{}", part.name());
        }
        for engine in Engine::ALL {
            assert!(HELP.contains(engine.name()), "{}", engine.name());
        }
    }
}
