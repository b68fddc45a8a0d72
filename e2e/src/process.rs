//! Child processes that never outlive the suite, however it ends.

use std::{
    fs::File,
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context, Result};

/// Starts the program, then waits for its own standard input to end and stops everything in its process group.
///
/// The input is a pipe that the suite holds: it ends when the value is dropped, and also when the suite panics, is aborted or is killed.
/// Browsers stay in the group of their driver, so they go with it. The second signal is for one that ignores the first.
const SUPERVISOR: &str = r#"
"$@" </dev/null &
read -r _
trap '' TERM
kill -s TERM -- "-$$"
for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 $! 2>/dev/null || break; sleep 0.1; done
kill -s KILL -- "-$$"
"#;

/// A program, and everything it started.
#[derive(Debug)]
pub struct Supervised {
    supervisor: Child,
    lifeline: Option<ChildStdin>,
}

impl Supervised {
    /// Starts `program`; what it says goes to the file `log`.
    ///
    /// # Errors
    /// The log cannot be written, or the shell cannot be started.
    pub fn start(program: &Path, arguments: &[String], display: Option<&str>, log: &Path) -> Result<Self> {
        Self::start_with(program, arguments, display, Stdio::from(create_log(log)?), log).map(|(process, _)| process)
    }

    /// Starts `program` and hands out its standard output.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_talking(program: &Path, arguments: &[String], log: &Path) -> Result<(Self, ChildStdout)> {
        let (process, stdout) = Self::start_with(program, arguments, None, Stdio::piped(), log)?;
        Ok((process, stdout.context("the program's output was asked for")?))
    }

    fn start_with(
        program: &Path,
        arguments: &[String],
        display: Option<&str>,
        stdout: Stdio,
        log: &Path,
    ) -> Result<(Self, Option<ChildStdout>)> {
        let mut command = Command::new("sh");
        command.args(["-c", SUPERVISOR, "sh"]).arg(program).args(arguments);
        command.process_group(0).stdin(Stdio::piped()).stdout(stdout).stderr(create_log(log)?);
        if let Some(display) = display {
            command.env("DISPLAY", display).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
            // WebKit's wasm compiler, where it replaces a function while it runs, reads beside the memory now and then on Linux
            // (WebKit bug 289009): pages stop with "Out of bounds memory access". Safari is not concerned.
            command.env("JSC_useWasmOSR", "0");
        }
        let mut supervisor = command.spawn().with_context(|| format!("starting {}", program.display()))?;
        let lifeline = supervisor.stdin.take();
        let stdout = supervisor.stdout.take();
        Ok((Self { supervisor, lifeline }, stdout))
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // An error means that it is gone already.
        let _ = self.supervisor.wait();
    }
}

fn create_log(log: &Path) -> Result<File> {
    File::options().create(true).append(true).open(log).with_context(|| format!("writing {}", log.display()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::{BufRead, BufReader, Read};

    use super::*;

    // Debian's shell refuses `kill -TERM -- -1`, and all drivers outlived the suite.
    #[test]
    fn nothing_outlives_its_supervisor() {
        let log = std::env::temp_dir().join(format!("e2e-process-{}.log", std::process::id()));
        let stubborn = "trap '' TERM; (sleep 30; echo survived) & echo started; wait".to_owned();
        let (process, stdout) = Supervised::start_talking(Path::new("/bin/sh"), &["-c".into(), stubborn], &log).unwrap();
        let mut stdout = BufReader::new(stdout);
        let mut said = String::new();
        stdout.read_line(&mut said).unwrap();
        drop(process);
        // The pipe ends when the last process that holds it has ended.
        stdout.read_to_string(&mut said).unwrap();
        assert_eq!(said, "started\n");
        std::fs::remove_file(log).unwrap();
    }
}
