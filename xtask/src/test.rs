//! `cargo xtask test` and `cargo xtask record`: everything, step by step.

use std::env;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use clap::Args;

use crate::cargo::{self, cargo};
use crate::medusa::{Api, Medusa, Purpose, check_node};
use crate::{openapi, process, tidy};

/// What to leave out, and what to leave running.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Leave out the suites on a real Medusa: Node.js is not needed then
    #[arg(long)]
    no_live: bool,
    /// Leave the Medusa servers up; `cargo xtask medusa down` stops them
    #[arg(long)]
    keep: bool,
}

/// The name of the step that plays the suite on a real Medusa.
fn suite(api: Api) -> &'static str {
    match api {
        Api::V1 => "suite on a real Medusa 1",
        Api::V2 => "suite on a real Medusa 2",
    }
}

/// How one step ended.
#[derive(Debug)]
enum Outcome {
    Passed,
    Failed,
    /// Not run, and why.
    NotRun(String),
}

/// One line of the summary.
#[derive(Debug)]
struct Line {
    step: &'static str,
    outcome: Outcome,
    time: Duration,
}

/// The steps so far.
#[derive(Debug, Default)]
struct Report {
    lines: Vec<Line>,
}

impl Report {
    /// Runs a step under its heading; after a failed one, no more are run.
    fn step(&mut self, step: &'static str, work: impl FnOnce() -> Result<()>) {
        if !self.passed() {
            self.not_run(step, "an earlier step failed");
            return;
        }
        println!("\n=== {step} ===");
        let start = Instant::now();
        let result = process::check_interrupt().and_then(|()| work());
        if let Err(error) = &result {
            eprintln!("error: {error:#}");
        }
        let outcome = if result.is_ok() { Outcome::Passed } else { Outcome::Failed };
        self.lines.push(Line { step, outcome, time: start.elapsed() });
    }

    fn not_run(&mut self, step: &'static str, reason: &str) {
        self.lines.push(Line { step, outcome: Outcome::NotRun(reason.to_owned()), time: Duration::ZERO });
    }

    fn passed(&self) -> bool {
        !self.lines.iter().any(|line| matches!(line.outcome, Outcome::Failed))
    }

    /// What the user reads last.
    fn summary(&self, total: Duration) -> String {
        let width = self.lines.iter().map(|line| line.step.len()).max().unwrap_or_default();
        let mut text = vec!["\n=== summary ===".to_owned()];
        text.extend(self.lines.iter().map(|line| {
            let result = match &line.outcome {
                Outcome::Passed => format!("ok       {:7.1} s", line.time.as_secs_f64()),
                Outcome::Failed => format!("FAILED   {:7.1} s", line.time.as_secs_f64()),
                Outcome::NotRun(reason) => format!("NOT RUN  {reason}"),
            };
            format!("{:width$}  {result}", line.step)
        }));
        let verdict = match (self.passed(), self.lines.iter().any(|line| matches!(line.outcome, Outcome::NotRun(_)))) {
            (false, _) => "failed",
            (true, true) => "passed, but not everything was run",
            (true, false) => "everything passed",
        };
        text.push(format!("{verdict} in {:.1} s", total.as_secs_f64()));
        text.join(
            "
",
        )
    }
}

/// What becomes of the suites on a real Medusa.
#[derive(Debug, PartialEq, Eq)]
enum Live {
    Run,
    Skip(String),
    Fail(String),
}

/// Without Node.js the live suites cannot run: bad luck at home, a broken set-up in CI.
fn live(no_live: bool, node: Result<()>, ci: bool) -> Live {
    match node {
        _ if no_live => Live::Skip("left out with --no-live".to_owned()),
        Ok(()) => Live::Run,
        Err(error) if ci => Live::Fail(format!("{error:#}; CI must run these suites")),
        Err(error) => Live::Skip(format!("{error:#}")),
    }
}

/// Runs everything. Answers whether all of it passed.
pub(crate) fn run(root: &Path, options: &Options) -> bool {
    let start = Instant::now();
    let mut report = Report::default();
    let live = live(options.no_live, check_node(), is_ci());
    if let Live::Fail(reason) = &live {
        report.step(suite(Api::V2), || Err(anyhow!("{reason}")));
    }
    // npm and the seeds mostly wait, so they go well beside the compiler.
    let preparations = matches!(live, Live::Run).then(|| {
        Api::ALL.map(|api| {
            let root = root.to_owned();
            let prepare = move || {
                let medusa = Medusa::new(&root, api, Purpose::Test)?;
                medusa.prepare()?;
                Ok(medusa)
            };
            (api, thread::spawn(prepare))
        })
    });
    without_server(root, &mut report);
    for (api, preparation) in preparations.into_iter().flatten() {
        match preparation.join().unwrap_or_else(|_| Err(anyhow!("preparing Medusa ended early"))) {
            Ok(medusa) => on_server(root, &mut report, &medusa, api, options.keep),
            Err(error) => report.step(suite(api), || Err(error)),
        }
    }
    if let Live::Skip(reason) = live {
        for api in Api::ALL {
            report.not_run(suite(api), &reason);
        }
    }
    println!("{}", report.summary(start.elapsed()));
    report.passed()
}

fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

fn without_server(root: &Path, report: &mut Report) {
    report.step("format", || {
        process::run_shown("cargo fmt --all --check", cargo(root).args(["fmt", "--all", "--check"]))
    });
    report.step("lints", || {
        let arguments = ["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"];
        process::run_shown("cargo clippy", cargo(root).args(arguments))
    });
    report.step("tidy", || tidy::run(root, false));
    report.step("API description", || {
        let metadata = cargo::metadata(root)?;
        if cargo::has_harmonizer(&metadata) { openapi::run(root, true) } else { Ok(()) }
    });
    // Without these variables the live suites among them run nothing and say so.
    report.step("tests without a server", || {
        let mut command = cargo(root);
        command.args(["test", "--workspace"]).env_remove("MEDUSA_ENV").env_remove("MEDUSA_V1_ENV");
        process::run_shown("cargo test --workspace", &mut command)
    });
}

/// The steps that need a real Medusa.
fn on_server(root: &Path, report: &mut Report, medusa: &Medusa, api: Api, keep: bool) {
    if api == Api::V2 {
        report.step("plugin for Medusa", || medusa.test_plugin());
    }
    report.step(suite(api), || with_server(medusa, keep, |env_file| test_live(root, api, env_file, None)));
}

/// Brings up a fresh server for `work` and takes it down again, also when the work fails.
fn with_server(medusa: &Medusa, keep: bool, work: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let _turn = medusa.turn()?;
    let log = medusa.log();
    let result = medusa
        .up(true)
        .and_then(|env_file| work(&env_file).with_context(|| format!("the server's log is {}", log.display())));
    if !keep {
        medusa.down()?;
    }
    result
}

/// Runs the live suite. With `record`, it writes down what the server answers, and what a Medusa 2 answers with the plugin
/// and to customers of an identity provider into the folders beside.
fn test_live(root: &Path, api: Api, env_file: &Path, record: Option<&Path>) -> Result<()> {
    let mut command = cargo(root);
    let (binary, variable) = match api {
        Api::V1 => ("live_v1", "MEDUSA_V1_ENV"),
        Api::V2 => ("live", "MEDUSA_ENV"),
    };
    // The whole workspace is selected, so that the crates are built with the same features as for the other tests.
    command.args(["test", "--workspace", "--test", binary]).env(variable, env_file);
    if let Some(folder) = record {
        command.env("RECORD_DIR", folder);
    } else if api == Api::V2 {
        command.args(["--test", "plugin"]);
    }
    process::run_shown("the live suite", &mut command)
}

/// Runs the live suite on a fresh server (of each API if none is named) and records the server's answers for the suite
/// on recordings.
pub(crate) fn record(root: &Path, api: Option<Api>) -> Result<()> {
    check_node()?;
    let folder = root.join("tests/recordings");
    for api in Api::wanted(api) {
        let own = folder.join(match api {
            Api::V1 => "medusa-1",
            Api::V2 => "medusa-2",
        });
        let medusa = Medusa::new(root, api, Purpose::Test)?;
        with_server(&medusa, false, |env_file| test_live(root, api, env_file, Some(&own)))?;
    }
    println!("recorded into {}; look through the changes before you commit them", folder.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_at_the_first_failure_and_says_what_was_not_run() {
        let mut report = Report::default();
        report.step("one", || Ok(()));
        report.step("two", || Err(anyhow!("broken")));
        report.step("three", || panic!("must not be run"));
        assert!(!report.passed());
        let text = report.summary(Duration::from_secs(2));
        for part in ["one    ok", "two    FAILED", "three  NOT RUN  an earlier step failed", "failed in 2.0 s"] {
            assert!(text.contains(part), "{part:?} is missing in: {text}");
        }
    }

    #[test]
    fn the_verdict_tells_all_from_some() {
        let mut report = Report::default();
        report.step("one", || Ok(()));
        assert!(report.summary(Duration::ZERO).contains("everything passed"));
        report.not_run(suite(Api::V2), "no Node.js");
        assert!(report.passed());
        assert!(report.summary(Duration::ZERO).contains("passed, but not everything was run"));
    }

    #[test]
    fn without_node_the_live_suite_is_skipped_at_home_and_fails_in_ci() {
        let none = || Err(anyhow!("node was not found"));
        assert_eq!(live(false, Ok(()), true), Live::Run);
        assert_eq!(live(false, none(), false), Live::Skip("node was not found".to_owned()));
        assert_eq!(live(false, none(), true), Live::Fail("node was not found; CI must run these suites".to_owned()));
        assert_eq!(live(true, none(), true), Live::Skip("left out with --no-live".to_owned()));
    }
}
