//! The assets-and-services module of `tests/medusa/v2` beside the plugin that it stands for: on a running Medusa 2, the
//! one that `MEDUSA_ENV` names, each request of `tests/recordings/resources-plugin` must be answered as the plugin
//! answered it, and the plugin's habits must hold over the whole seed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test says what it did not run, and breaks loudly"
)]

mod habits;
mod recordings;
mod server;
mod shape;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};
use o2s_tests::{seeded, suite};

use server::Server;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Some trials count everybody's rows, and one writes.
    arguments.test_threads = Some(1);
    let mut trials = shape::trials();
    if let Some(path) = std::env::var_os("MEDUSA_ENV") {
        let env = seeded::load(Path::new(&path)).expect("the file that MEDUSA_ENV names");
        let runtime = suite::runtime();
        let server = Arc::new(runtime.block_on(Server::new(env)).expect("a running, seeded Medusa"));
        trials.extend(recordings::trials(&server, &runtime).expect("the recordings"));
        trials.extend(habits::trials(&server, &runtime));
    } else {
        eprintln!("\n!!! PLUGIN TRIALS NOT RUN: MEDUSA_ENV names no running Medusa (`cargo xtask test` starts one)\n");
    }
    trials.sort_by(|a: &Trial, b| a.name().cmp(b.name()));
    libtest_mimic::run(&arguments, trials).exit_code()
}
