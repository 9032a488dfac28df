//! Starting programs, and ending those that we started.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::files;

/// How often a wait looks again.
pub(crate) const POLL: Duration = Duration::from_millis(50);

/// Lines of a log that an error shows.
pub(crate) const SHOWN_LINES: usize = 15;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C (and SIGTERM) end what runs in good order: the running command gets the signal from the terminal and
/// ends, we then fail like after any other failure and clean up.
pub(crate) fn end_in_good_order() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed)).context("Ctrl-C cannot be caught")
}

/// An error once Ctrl-C was pressed.
pub(crate) fn check_interrupt() -> Result<()> {
    if INTERRUPTED.load(Ordering::Relaxed) {
        bail!("interrupted");
    }
    Ok(())
}

/// Runs a command to its end, its output going to `log`. The error names the log and shows its last lines.
pub(crate) fn run_logged(what: &str, command: &mut Command, log: &Path) -> Result<()> {
    send_output_to(command, log)?;
    let status = command.status().map_err(|error| cannot_start(what, command, &error))?;
    check_interrupt()?;
    if status.success() {
        return Ok(());
    }
    bail!(
        "{what} failed ({status}). The log is {}; its last lines:\n{}",
        log.display(),
        files::last_lines(log, SHOWN_LINES)
    );
}

/// Points standard output and error of `command` to a fresh `log`, and its input to nothing.
pub(crate) fn send_output_to(command: &mut Command, log: &Path) -> Result<()> {
    let failed = || format!("the log {} cannot be written", log.display());
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).with_context(failed)?;
    }
    let file = File::create(log).with_context(failed)?;
    let copy = file.try_clone().with_context(failed)?;
    command.stdin(Stdio::null()).stdout(file).stderr(copy);
    Ok(())
}

/// Runs a command in the terminal, its output visible.
pub(crate) fn run_shown(what: &str, command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| cannot_start(what, command, &error))?;
    check_interrupt()?;
    if status.success() { Ok(()) } else { bail!("{what} failed ({status})") }
}

/// Runs a command and answers what it printed; its errors go to the terminal.
pub(crate) fn output_of(what: &str, command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| cannot_start(what, command, &error))?;
    if !output.status.success() {
        bail!("{what} failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("{what} printed something that is not UTF-8"))
}

/// The error for a program that did not start.
pub(crate) fn cannot_start(what: &str, command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy().into_owned();
    if error.kind() == ErrorKind::NotFound {
        anyhow!("{what}: {program} was not found; is it installed, and on the PATH?")
    } else {
        anyhow!("{what}: {program} could not be started: {error}")
    }
}

/// Whether `pid` is alive and its command line holds `marker`: a process id alone may have been given to a stranger.
pub(crate) fn is_ours(pid: u32, marker: &str) -> bool {
    command_line(pid).is_some_and(|line| line.contains(marker))
}

/// The command line of a process; `None` when there is none, or it has ended and nobody has asked for its status yet.
fn command_line(pid: u32) -> Option<String> {
    if let Ok(bytes) = fs::read(format!("/proc/{pid}/cmdline")) {
        return (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).replace('\0', " "));
    }
    if Path::new("/proc/self").exists() {
        return None;
    }
    let output = Command::new("ps").args(["-ww", "-o", "command=", "-p", &pid.to_string()]).output().ok()?;
    let line = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !line.is_empty()).then_some(line)
}

/// Ends a process of ours: asks with `polite` first, and kills it when it is still there after `patience`. Anything else with that
/// id is left alone. Answers whether there was something to end.
pub(crate) fn stop(pid: u32, marker: &str, polite: Signal, patience: Duration) -> Result<bool> {
    if !is_ours(pid, marker) {
        return Ok(false);
    }
    signal(pid, polite);
    if ends_within(pid, marker, patience) {
        return Ok(true);
    }
    signal(pid, Signal::KILL);
    if ends_within(pid, marker, Duration::from_secs(5)) {
        return Ok(true);
    }
    bail!("process {pid} does not end, even when killed");
}

fn ends_within(pid: u32, marker: &str, patience: Duration) -> bool {
    let start = Instant::now();
    while is_ours(pid, marker) {
        if start.elapsed() > patience {
            return false;
        }
        thread::sleep(POLL);
    }
    true
}

/// Sends a signal. That the process has just ended by itself is what we want, so the answer does not matter.
fn signal(pid: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::io::Read;

    use super::*;

    #[test]
    fn knows_its_own_processes_by_their_command_line() {
        // Waits for input that never comes; its first output says that the program has replaced our copy of ourselves.
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo ready; read line", "the-marker"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = shell.spawn().unwrap();
        let mut ready = [0; 6];
        child.stdout.as_mut().unwrap().read_exact(&mut ready).unwrap();
        assert!(is_ours(child.id(), "the-marker"));
        assert!(!is_ours(child.id(), "another-marker"));
        assert!(
            !stop(child.id(), "another-marker", Signal::TERM, Duration::from_secs(1)).unwrap(),
            "a stranger is left alone"
        );
        assert!(stop(child.id(), "the-marker", Signal::TERM, Duration::from_secs(5)).unwrap());
        assert!(!stop(child.id(), "the-marker", Signal::TERM, Duration::from_secs(5)).unwrap(), "twice is fine");
        child.wait().unwrap();
    }

    #[test]
    fn a_failed_command_shows_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("logs/step.log");
        let error = run_logged("the step", Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]), &log)
            .unwrap_err()
            .to_string();
        for part in ["the step failed", "step.log", "    out", "    err"] {
            assert!(error.contains(part), "{part:?} is missing in: {error}");
        }
    }

    #[test]
    fn a_missing_program_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = run_logged("the step", &mut Command::new("no-such-program-here"), &folder.path().join("log"))
            .unwrap_err()
            .to_string();
        assert!(error.contains("no-such-program-here was not found"), "{error}");
    }
}
