//! `cargo xtask test`: every check there is, part by part, with one table at the end.
//!
//! A part that fails does not stop the others; what needs the built site is not run without it. The browser suite comes last, so that
//! its runner's own last lines stand right above the table.

mod count;

use std::{
    fmt::Write as _,
    process::{Command, ExitCode},
    str::FromStr,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    args::TestOptions,
    process::{command, find_program, is_ci, run as run_command, run_heard},
    project::Project,
    site, size, tidy,
    tools::{Need, Toolbox},
};
use count::{Counts, count_by_engine, count_tests};

/// One part of the suite, in the order in which they run: the quick ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Fmt,
    Tidy,
    Clippy,
    Native,
    Build,
    Size,
    E2e,
}

impl Part {
    pub(crate) const ALL: [Self; 7] = [Self::Fmt, Self::Tidy, Self::Clippy, Self::Native, Self::Build, Self::Size, Self::E2e];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Clippy => "clippy",
            Self::Native => "native",
            Self::Build => "build",
            Self::Size => "size",
            Self::E2e => "e2e",
        }
    }

    fn purpose(self) -> &'static str {
        match self {
            Self::Fmt => "the code is formatted",
            Self::Tidy => "the house rules that no compiler knows",
            Self::Clippy => "no warning in any target",
            Self::Native => "unit, property and documentation tests",
            Self::Build => "the site as readers get it",
            Self::Size => "compressed size against the budgets",
            Self::E2e => "a reader's ways through the site, in real browsers",
        }
    }

    fn needs_site(self) -> bool {
        matches!(self, Self::Size | Self::E2e)
    }

    fn needs(self, engines: &[Engine]) -> Vec<Need> {
        match self {
            Self::Fmt => vec![Need::Rustfmt],
            Self::Clippy => vec![Need::Clippy],
            Self::Build => vec![Need::Bundler, Need::WasmOpt],
            Self::E2e => engines.iter().map(|engine| Need::Engine(*engine)).chain([Need::Axe]).collect(),
            Self::Tidy | Self::Native | Self::Size => vec![],
        }
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|part| part.name() == text).ok_or_else(|| format!("`{text}` is no part; there are {}", names()))
    }
}

/// A browser that the suite drives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }
}

impl FromStr for Engine {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|engine| engine.name() == text).ok_or_else(|| format!("`{text}` is no engine; there are {}", names()))
    }
}

/// How a part ended.
#[derive(Debug)]
struct Outcome {
    part: Part,
    /// What there is to say in the table: numbers, or what went wrong in one line.
    result: Result<String, String>,
    duration: Duration,
}

/// `cargo xtask test`. The exit code says whether every part that was asked for passed.
pub(crate) fn run(project: &Project, options: &TestOptions) -> Result<ExitCode> {
    let start = Instant::now();
    let engines = if options.engines.is_empty() { Engine::ALL.to_vec() } else { sorted(&options.engines) };
    let parts = plan(&options.only, site::is_test_site_current(project));
    // Everything at once and first of all, so that nobody finds out after half an hour that a password is needed. What fails here
    // fails again in the part that needs it; the others go on.
    let needs: Vec<Need> = parts.iter().flat_map(|part| part.needs(&engines)).collect();
    if let Err(error) = Toolbox::prepare(project, &needs) {
        println!("Not every tool is there: {error:#}");
    }
    let mut outcomes: Vec<Outcome> = Vec::new();
    for part in parts {
        println!("\n== {}: {} ==", part.name(), part.purpose());
        let start = Instant::now();
        let lacks_site = part.needs_site() && outcomes.iter().any(|outcome| outcome.part == Part::Build && outcome.result.is_err());
        let result =
            if lacks_site { Err(anyhow::anyhow!("not run: there is no site")) } else { run_part(part, project, &engines, options) };
        let result = result.map_err(|error| format!("{error:#}"));
        let duration = start.elapsed();
        match &result {
            Ok(_) => println!("-- {}: ok, {} s", part.name(), duration.as_secs()),
            Err(message) => println!("-- {}: FAILED, {} s: {message}", part.name(), duration.as_secs()),
        }
        outcomes.push(Outcome { part, result, duration });
    }
    println!("\n{}", table(&outcomes, start.elapsed()));
    let is_ok = outcomes.iter().all(|outcome| outcome.result.is_ok());
    Ok(if is_ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The parts to run: those asked for, or all; and the site if one of them looks at it and it is not there as the sources are now.
fn plan(only: &[Part], has_site: bool) -> Vec<Part> {
    if only.is_empty() {
        return Part::ALL.to_vec();
    }
    let mut parts = sorted(only);
    if !has_site && !parts.contains(&Part::Build) && parts.iter().any(|part| part.needs_site()) {
        parts.push(Part::Build);
    }
    sorted(&parts)
}

fn sorted<T: Copy + Ord>(items: &[T]) -> Vec<T> {
    let mut items = items.to_vec();
    items.sort_unstable();
    items.dedup();
    items
}

fn run_part(part: Part, project: &Project, engines: &[Engine], options: &TestOptions) -> Result<String> {
    let toolbox = Toolbox::prepare(project, &part.needs(engines))?;
    let cargo = |args: &[&str]| {
        let mut cargo = command("cargo");
        cargo.current_dir(&project.root).args(args);
        cargo
    };
    match part {
        // rustfmt does not read NO_COLOR.
        Part::Fmt if is_ci() => run_command(&mut cargo(&["fmt", "--all", "--check", "--", "--color", "never"]))?,
        Part::Fmt => run_command(&mut cargo(&["fmt", "--all", "--check"]))?,
        Part::Tidy => require(tidy::run(project)?, "see above")?,
        // The browser suite is no test target of `--all-targets`, because nothing else may run it by accident.
        Part::Clippy => {
            run_command(&mut cargo(&["clippy", "--workspace", "--all-targets", "--test", "suite", "--", "-D", "warnings"]))?;
            run_command(cargo(&["clippy", "--all-targets"]).args(site::renderer(project)).args(["--", "-D", "warnings"]))?;
        }
        Part::Native => return native(project, cargo, options),
        Part::Build => site::build_for_tests(project, &toolbox)?,
        Part::Size => require(size::run(&project.test_site())?, "over budget, see above")?,
        Part::E2e => {
            // `--workspace` and not `--package e2e`: with the features that `native` has compiled everything with.
            let mut suite = cargo(&["test", "--workspace", "--test", "suite", "--"]);
            suite.args(&options.runner_args);
            suite.env("E2E_SITE", project.test_site()).env("E2E_AXE", toolbox.axe()?);
            suite.env("E2E_ENGINES", engines.iter().map(|engine| engine.name()).collect::<Vec<_>>().join(","));
            if engines.contains(&Engine::Firefox) {
                suite.env("E2E_GECKODRIVER", toolbox.geckodriver()?);
            }
            return e2e(&mut suite, engines, options);
        }
    }
    Ok(String::new())
}

fn require(code: ExitCode, message: &'static str) -> Result<()> {
    if code != ExitCode::SUCCESS {
        bail!(message);
    }
    Ok(())
}

/// Unit, integration and property tests, by nextest where it is; documentation tests, which it does not run, by cargo.
fn native(project: &Project, cargo: impl Fn(&[&str]) -> Command, options: &TestOptions) -> Result<String> {
    let runs: &[&[&str]] = match find_program("cargo-nextest", &[]) {
        Some(_) => {
            &[&["nextest", "run", "--workspace", "--no-fail-fast", "--no-tests=pass"], &["test", "--workspace", "--doc", "--no-fail-fast"]]
        }
        None => &[&["test", "--workspace", "--no-fail-fast"]],
    };
    let mut total = Counts::default();
    let mut failed = false;
    for args in runs {
        let mut tests = cargo(args);
        if !options.runner_args.is_empty() {
            tests.arg("--").args(&options.runner_args);
        }
        let (status, printed) = run_heard(&mut tests)?;
        total += count_tests(&printed);
        failed |= !status.success();
    }
    let (status, printed) = run_heard(cargo(&["test"]).args(site::renderer(project)).arg("--").args(&options.runner_args))?;
    total += count_tests(&printed);
    failed |= !status.success();
    if failed {
        bail!("{total}");
    }
    // A filter that selects nothing is the caller's wish; otherwise something is wrong with the run itself.
    if total.passed == 0 && options.runner_args.is_empty() {
        bail!("no test ran");
    }
    Ok(total.to_string())
}

fn e2e(suite: &mut Command, engines: &[Engine], options: &TestOptions) -> Result<String> {
    let (status, printed) = run_heard(suite)?;
    let by_engine: Vec<(Engine, Counts)> = engines.iter().map(|engine| (*engine, count_by_engine(&printed, *engine))).collect();
    let text = by_engine.iter().map(|(engine, counts)| format!("{} {counts}", engine.name())).collect::<Vec<_>>().join("; ");
    if !status.success() {
        bail!("{text}");
    }
    // As above: a suite that runs nothing would pass.
    if let Some((engine, _)) = by_engine.iter().find(|(_, counts)| counts.passed == 0 && options.runner_args.is_empty()) {
        bail!("no test ran in {}; {text}", engine.name());
    }
    Ok(text)
}

fn table(outcomes: &[Outcome], total: Duration) -> String {
    let mut text = format!("{:<8} {:<7} {:>8}  tests\n", "part", "result", "seconds");
    for Outcome { part, result, duration } in outcomes {
        let (word, detail) = match result {
            Ok(detail) => ("ok", detail.as_str()),
            Err(message) => ("FAILED", message.lines().next().unwrap_or_default()),
        };
        let _ = writeln!(text, "{:<8} {word:<7} {:>8}  {detail}", part.name(), duration.as_secs());
    }
    let _ = writeln!(text, "{:<8} {:<7} {:>8}", "all", "", total.as_secs());
    let failed: Vec<&str> = outcomes.iter().filter(|outcome| outcome.result.is_err()).map(|outcome| outcome.part.name()).collect();
    if failed.is_empty() {
        text.push_str("Everything passed.");
    } else {
        let again = failed.iter().map(|part| format!(" --only {part}")).collect::<String>();
        let _ = write!(text, "Failed: {}. Again: cargo xtask test{again}", failed.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_everything_by_default() {
        assert_eq!(plan(&[], true), Part::ALL);
        assert_eq!(plan(&[], false), Part::ALL);
    }

    #[test]
    fn plans_what_is_asked_for_in_order_and_once() {
        assert_eq!(plan(&[Part::Native, Part::Fmt, Part::Native], false), [Part::Fmt, Part::Native]);
    }

    #[test]
    fn builds_the_site_only_if_it_is_looked_at_and_stale() {
        assert_eq!(plan(&[Part::E2e], false), [Part::Build, Part::E2e]);
        assert_eq!(plan(&[Part::E2e], true), [Part::E2e]);
        assert_eq!(plan(&[Part::Size, Part::Build], true), [Part::Build, Part::Size]);
    }

    fn outcome(part: Part, result: Result<&str, &str>) -> Outcome {
        Outcome { part, result: result.map(Into::into).map_err(Into::into), duration: Duration::from_millis(2900) }
    }

    #[test]
    fn table_says_what_failed_and_how_to_run_it_alone() {
        let outcomes = [outcome(Part::Fmt, Ok("")), outcome(Part::Native, Err("3 passed, 1 failed\nmore")), outcome(Part::E2e, Err("no"))];
        let text = table(&outcomes, Duration::from_secs(9));
        let expected = "\
part     result   seconds  tests
fmt      ok             2  
native   FAILED         2  3 passed, 1 failed
e2e      FAILED         2  no
all                     9
Failed: native, e2e. Again: cargo xtask test --only native --only e2e";
        assert_eq!(text, expected);
    }

    #[test]
    fn table_of_success_names_nothing_to_repeat() {
        let text = table(&[outcome(Part::E2e, Ok("chromium 25 passed"))], Duration::ZERO);
        assert!(text.ends_with("Everything passed.") && text.contains("chromium 25 passed"), "{text}");
    }
}
