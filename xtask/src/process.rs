//! Starting other programs: with a clean environment, a log, or an ear on what they print.

use std::{
    env,
    ffi::OsStr,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::Mutex,
    thread,
};

use anyhow::{Context, Result, bail};

/// How many lines of a failed step's log are shown. More pushes the advice off a screen, fewer hide rustc's first error.
const LOG_TAIL: usize = 20;

/// A command that asks nothing and behaves as if the user had typed it.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    // `cargo run` describes this package in the environment. A nested cargo would compare these with what build scripts saw when
    // the user calls cargo directly, and rebuild.
    for (name, _) in env::vars_os() {
        let is_ours = name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if is_ours {
            command.env_remove(name);
        }
    }
    if is_ci() {
        command.env("CARGO_TERM_COLOR", "never").env("NO_COLOR", "1");
    }
    command
}

/// Whether a machine is reading along: then no colours.
pub(crate) fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Runs with this terminal's output.
///
/// # Errors
/// When it cannot be started or ends with a failure; the message shows the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("starting {}", line(command)))?;
    check(command, status)
}

/// Runs and returns what it printed to standard output; its errors go to this terminal.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("starting {}", line(command)))?;
    check(command, output.status)?;
    String::from_utf8(output.stdout).with_context(|| format!("{} printed something that is not text", line(command)))
}

/// Whether it runs and succeeds; nothing is shown.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs with all output in `log`.
///
/// # Errors
/// When it fails: the message shows the last lines of the log and where it is.
pub(crate) fn run_logged(command: &mut Command, log: &Path) -> Result<()> {
    if let Some(dir) = log.parent() {
        fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
    }
    let file = File::create(log).with_context(|| format!("writing {}", log.display()))?;
    let errors = file.try_clone().with_context(|| format!("writing {}", log.display()))?;
    let status = command.stdout(file).stderr(errors).status().with_context(|| format!("starting {}", line(command)))?;
    if status.success() {
        return Ok(());
    }
    let text = fs::read(log).with_context(|| format!("reading {}", log.display()))?;
    bail!("{} ({status})\n{}\nthe whole log: {}", line(command), tail(&String::from_utf8_lossy(&text), LOG_TAIL), log.display());
}

/// Runs with output on this terminal as it comes, and returns it too, both streams in the order of arrival.
pub(crate) fn run_heard(command: &mut Command) -> Result<(ExitStatus, String)> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().with_context(|| format!("starting {}", line(command)))?;
    let heard = Mutex::new(String::new());
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| pass_on(stderr, io::stderr(), &heard));
        pass_on(stdout, io::stdout(), &heard);
    });
    let status = child.wait().with_context(|| format!("waiting for {}", line(command)))?;
    Ok((status, heard.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())))
}

fn pass_on(from: Option<impl Read>, mut to: impl Write, heard: &Mutex<String>) {
    let Some(from) = from else { return };
    let mut lines = BufReader::new(from);
    let mut line = Vec::new();
    // A broken pipe on either side ends the show, not the run: the exit status is what counts.
    while lines.read_until(b'\n', &mut line).is_ok_and(|n| 0 < n) {
        let _ = to.write_all(&line).and_then(|()| to.flush());
        heard.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
}

/// The first program of that name in `dirs`, else on PATH.
pub(crate) fn find_program(name: &str, dirs: &[PathBuf]) -> Option<PathBuf> {
    let on_path = env::var_os("PATH").unwrap_or_default();
    dirs.iter().cloned().chain(env::split_paths(&on_path)).map(|dir| dir.join(name)).find(|file| is_executable(file))
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}

/// The command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn check(command: &Command, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

fn tail(text: &str, n_lines: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let shown = lines.get(lines.len().saturating_sub(n_lines)..).unwrap_or_default();
    shown.iter().map(|line| format!("  | {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn tail_keeps_the_last_lines() {
        assert_eq!(tail("a\nb\nc\n", 2), "  | b\n  | c");
        assert_eq!(tail("a", 2), "  | a");
        assert_eq!(tail("", 2), "");
    }

    #[cfg(unix)]
    #[test]
    fn failed_step_shows_its_log_and_where_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("logs/step.log");
        let error = run_logged(command("sh").args(["-c", "echo one; echo two >&2; exit 3"]), &log).unwrap_err().to_string();
        assert!(error.contains("  | one\n  | two\n"), "{error}");
        assert!(error.contains(log.to_str().unwrap()), "{error}");
        assert!(error.contains("exit status: 3"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn hears_both_streams_and_the_exit_code() {
        let (status, heard) = run_heard(command("sh").args(["-c", "echo out; echo err >&2; exit 4"])).unwrap();
        assert_eq!(status.code(), Some(4));
        assert!(heard.contains("out\n") && heard.contains("err\n"), "{heard}");
    }

    #[cfg(unix)]
    #[test]
    fn finds_programs_in_given_folders_first() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("sh");
        fs::write(&file, "").unwrap();
        let dirs = [dir.path().to_path_buf()];
        assert_ne!(find_program("sh", &dirs), Some(file.clone()), "not executable");
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(find_program("sh", &dirs), Some(file));
    }

    #[test]
    fn shows_commands_without_the_folder_of_the_program() {
        assert_eq!(line(command("/somewhere/bin/npm").args(["install", "x"])), "npm install x");
    }
}
