//! The project's own tasks: `cargo xtask --help` lists them.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the tasks talk to the person at the terminal")]

mod cargo;
mod checkout;
mod files;
mod http;
mod medusa;
mod openapi;
mod process;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::Parser;

/// The project's own tasks
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Check and test everything
    ///
    /// Format, lints, the project's own rules, the generated API description, all tests without a server, then the
    /// suites on a real Medusa 2 and a real Medusa 1, which are brought up and taken down for them. Stops at the first
    /// failure and ends with a summary. Without Node.js the last part is left out with a note; where CI is set that is
    /// a failure.
    Test(test::Options),
    /// Start, stop or look at a real Medusa to test against
    #[command(subcommand)]
    Medusa(medusa::Action),
    /// Record a real Medusa's answers for the suite that runs without one
    ///
    /// Brings up a fresh Medusa, runs the live suite on it and writes the scrubbed exchanges to tests/recordings:
    /// medusa-2, medusa-2-plugin and medusa-2-identity, or medusa-1.
    Record {
        /// Which Medusa; one after the other if not given
        #[arg(long, value_enum)]
        api: Option<medusa::Api>,
    },
    /// Check the project's own rules: what depends on what, where wire types and credentials may be, docs and links
    Tidy {
        /// Write the README's support matrix anew instead of comparing it
        #[arg(long)]
        write: bool,
    },
    /// Measure the mapping of Medusa's answers
    Bench {
        /// Passed on, for example the name of a benchmark
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Write docs/reference/openapi.json from the code
    Openapi {
        /// Only compare, and fail when it differs
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let task = Task::parse();
    match run(&task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does the task. Answers whether the exit code is 0.
fn run(task: &Task) -> anyhow::Result<bool> {
    process::end_in_good_order()?;
    let root = checkout::root()?;
    match task {
        Task::Test(options) => Ok(test::run(&root, options)),
        Task::Medusa(action) => medusa::act(&root, action),
        Task::Record { api } => test::record(&root, *api).map(|()| true),
        Task::Tidy { write } => tidy::run(&root, *write).map(|()| true),
        Task::Bench { arguments } => {
            let mut command = cargo::cargo(&root);
            command.args(["bench", "-p", "o2s-medusa-integration", "--"]).args(arguments);
            process::run_shown("cargo bench", &mut command).map(|()| true)
        }
        Task::Openapi { check } => openapi::run(&root, *check).map(|()| true),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Task::command().debug_assert();
    }
}
