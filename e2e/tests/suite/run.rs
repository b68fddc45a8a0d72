//! Runs scenarios as trials: one browser an engine, started when first needed, kept while it behaves, replaced after a failure.
//!
//! A scenario that fails is run once more, in a browser of its own: on a machine that does other work too, a driver loses a click in one of a
//! few thousand. What passes only then is named at the end with what went wrong at first; more than [`MAX_UNSTEADY`] of them in an engine fail.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    process::ExitCode,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Result, anyhow, ensure};
use e2e::{Engine, Visit, archive::Archive, browser::Browser};
use libtest_mimic::{Arguments, Failed, Trial};

use crate::scenario::Scenario;

/// How many scenarios of an engine may need their second run. A fault of the archive that shows every other time makes more.
const MAX_UNSTEADY: usize = 3;

/// What all trials share.
pub(crate) struct Suite {
    site: PathBuf,
    archive: Archive,
    seats: Vec<Seat>,
    artefacts: PathBuf,
}

/// The place of one engine: its browser, if it runs, and its score.
struct Seat {
    engine: Engine,
    browser: Mutex<Option<Browser>>,
    n_trials: AtomicUsize,
    n_passed: AtomicUsize,
    n_failed: AtomicUsize,
    /// What passed only the second time, with the first error.
    unsteady: Mutex<Vec<String>>,
}

impl Suite {
    pub(crate) fn new(site: PathBuf, archive: Archive, engines: Vec<Engine>, artefacts: PathBuf) -> Self {
        let seat = |engine| Seat {
            engine,
            browser: Mutex::default(),
            n_trials: AtomicUsize::new(0),
            n_passed: AtomicUsize::new(0),
            n_failed: AtomicUsize::new(0),
            unsteady: Mutex::default(),
        };
        Self { site, archive, seats: engines.into_iter().map(seat).collect(), artefacts }
    }

    /// Runs what the arguments select, prints the score of each engine and stops the browsers.
    pub(crate) fn run(self, arguments: &Arguments, scenarios: &[Scenario]) -> ExitCode {
        let suite = Arc::new(self);
        // Engines alternate, so that two test threads mostly work in two browsers instead of waiting for one.
        let pairs = scenarios.iter().flat_map(|scenario| (0..suite.seats.len()).map(move |seat| (*scenario, seat)));
        let trials: Vec<Trial> = pairs.filter_map(|(scenario, seat)| suite.trial(scenario, seat)).collect();
        for seat in &suite.seats {
            let prefix = format!("{}::", seat.engine.name());
            let is_selected = |trial: &&Trial| trial.name().starts_with(&prefix) && !arguments.is_filtered_out(trial);
            seat.n_trials.store(trials.iter().filter(is_selected).count(), Ordering::SeqCst);
        }
        let conclusion = libtest_mimic::run(arguments, trials);
        for seat in &suite.seats {
            drop(seat.browser.lock().unwrap_or_else(PoisonError::into_inner).take());
            if !arguments.list {
                println!("{}", seat.score());
            }
        }
        conclusion.exit_code()
    }

    fn trial(self: &Arc<Self>, scenario: Scenario, seat: usize) -> Option<Trial> {
        let name = format!("{}::{}", self.seats.get(seat)?.engine.name(), scenario.name);
        let suite = Arc::clone(self);
        Some(Trial::test(name, move || suite.attempt(scenario, seat).map_err(|error| Failed::from(format!("{error:#}")))))
    }

    fn attempt(&self, scenario: Scenario, seat: usize) -> Result<()> {
        let seat = self.seats.get(seat).ok_or_else(|| anyhow!("no engine at {seat}"))?;
        let outcome = match self.attempt_once(scenario, seat) {
            Ok(()) => Ok(()),
            Err(first) => self.attempt_once(scenario, seat).and_then(|()| seat.note_unsteady(scenario, &first)),
        };
        let counter = if outcome.is_ok() { &seat.n_passed } else { &seat.n_failed };
        counter.fetch_add(1, Ordering::SeqCst);
        outcome
    }

    fn attempt_once(&self, scenario: Scenario, seat: &Seat) -> Result<()> {
        let mut place = seat.browser.lock().unwrap_or_else(PoisonError::into_inner);
        let browser = match place.take() {
            Some(browser) => browser,
            None => Browser::start(seat.engine, &self.artefacts)?,
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| self.visit(scenario, seat.engine, &browser)));
        let outcome = outcome.unwrap_or_else(|panic| Err(anyhow!("the scenario panicked: {}", words_of(panic.as_ref()))));
        // A browser in which something went wrong is not trusted with the next scenario.
        *place = outcome.is_ok().then_some(browser);
        outcome
    }

    fn visit(&self, scenario: Scenario, engine: Engine, browser: &Browser) -> Result<()> {
        let visit = Visit::begin(&browser.session, engine, &self.site, scenario.prefix, &self.archive)?;
        let picture = self.artefacts.join(format!("{}-{}.png", engine.name(), scenario.name));
        // One of an earlier run would pass for this one's.
        let _ = fs::remove_file(&picture);
        let outcome = (scenario.run)(&visit);
        let verdict = visit.end();
        let error = match (outcome, verdict) {
            (Ok(()), Ok(())) => return Ok(()),
            (Ok(()), Err(error)) | (Err(error), Ok(())) => error,
            (Err(error), Err(complaints)) => anyhow!("{error:#}\n  {complaints:#}"),
        };
        Err(match visit.save_picture(&picture) {
            Ok(()) => anyhow!("{error:#}\n  the page looked like {}", picture.display()),
            Err(no_picture) => anyhow!("{error:#}\n  no picture of it: {no_picture:#}"),
        })
    }
}

impl Seat {
    fn score(&self) -> String {
        let [n_trials, n_passed, n_failed] = [&self.n_trials, &self.n_passed, &self.n_failed].map(|count| count.load(Ordering::SeqCst));
        let n_skipped = n_trials.saturating_sub(n_passed + n_failed);
        let unsteady = self.unsteady.lock().unwrap_or_else(PoisonError::into_inner);
        let at_first: String = unsteady.iter().map(|error| format!("\n  only at the second try: {error}")).collect();
        format!("{}: {n_passed} passed, {n_failed} failed, {n_skipped} skipped{at_first}", self.engine.name())
    }

    /// Notes what passed only the second time.
    ///
    /// # Errors
    /// There are too many of them to blame the machine.
    fn note_unsteady(&self, scenario: Scenario, first: &anyhow::Error) -> Result<()> {
        let mut unsteady = self.unsteady.lock().unwrap_or_else(PoisonError::into_inner);
        let begin = format!("{first:#}").lines().take(2).map(str::trim).collect::<Vec<_>>().join(" ");
        unsteady.push(format!("{}: {begin}", scenario.name));
        ensure!(unsteady.len() <= MAX_UNSTEADY, "it passed at the second try, as {MAX_UNSTEADY} before it did; at first: {first:#}");
        Ok(())
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".into())
}
