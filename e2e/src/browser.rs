//! One running browser: its display, its driver, its session. Started when first needed, ended when dropped.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{Engine, process::Supervised, session::Session};

/// How long a driver may take until it listens.
const START_DEADLINE: Duration = Duration::from_secs(30);

/// A browser that takes commands.
#[derive(Debug)]
pub struct Browser {
    /// The session; declared first, so that it ends before its processes do.
    pub session: Session,
    _driver: Supervised,
    _display: Option<Supervised>,
}

impl Browser {
    /// Starts the engine's driver and a browser; what they say goes to files in `logs`.
    ///
    /// # Errors
    /// A missing program, or one that does not come up; the message holds the last lines of its log.
    pub fn start(engine: Engine, logs: &Path) -> Result<Self> {
        let programs = engine.programs()?;
        let log = logs.join(format!("{}.log", engine.name()));
        let display = programs.display.as_deref().map(|program| start_display(program, &log)).transpose()?;
        let port = free_port()?;
        let display_name = display.as_ref().map(|(_, name)| name.as_str());
        let driver = Supervised::start(&programs.driver, &engine.driver_arguments(port), display_name, &log)?;
        wait_for_driver(engine, port, &log)?;
        let session =
            Session::start(port, &engine.capabilities(&programs)).with_context(|| format!("starting {}{}", engine.name(), tail(&log)))?;
        Ok(Self { session, _driver: driver, _display: display.map(|(process, _)| process) })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that crashed has no session to end; its processes are stopped either way.
        let _ = self.session.end();
    }
}

/// Starts an X server on a display number that it chooses itself.
fn start_display(program: &Path, log: &Path) -> Result<(Supervised, String)> {
    let arguments = ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"].map(String::from);
    let (process, stdout) = Supervised::start_talking(program, &arguments, log)?;
    let mut number = String::new();
    BufReader::new(stdout).read_line(&mut number).context("reading the display number")?;
    if number.trim().is_empty() {
        bail!("{} did not start{}", program.display(), tail(log));
    }
    Ok((process, format!(":{}", number.trim())))
}

fn wait_for_driver(engine: Engine, port: u16, log: &Path) -> Result<()> {
    let start = Instant::now();
    while !Session::is_driver_ready(port) {
        if START_DEADLINE < start.elapsed() {
            bail!("the driver of {} does not listen on port {port}{}", engine.name(), tail(log));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// A port of the loopback interface that nobody listened on a moment ago.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).context("looking for a free port")?.local_addr()?.port())
}

/// The last lines of a log, for a message.
fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(12).collect();
    lines.into_iter().rev().fold(String::from("\nits log ends:"), |tail, line| tail + "\n  " + line)
}
