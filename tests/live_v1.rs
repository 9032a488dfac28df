//! The conformance suite on a running Medusa 1: the one that `MEDUSA_V1_ENV` names. With `RECORD_DIR`, what passes is
//! recorded there.

#![allow(clippy::print_stderr, clippy::expect_used, reason = "a test says what it did not run, and breaks loudly")]

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::Trial;
use o2s_integration_testkit::scenarios;
use o2s_tests::live_v1::LiveV1;
use o2s_tests::upstream::{self, Column};
use o2s_tests::{live, only_v1, seeded, suite};

fn main() -> ExitCode {
    let Some(path) = std::env::var_os("MEDUSA_V1_ENV") else {
        eprintln!(
            "\n!!! LIVE SUITE NOT RUN: MEDUSA_V1_ENV names no running Medusa 1 (`cargo xtask test` starts one)\n"
        );
        return suite::conclude(Vec::new());
    };
    let env = seeded::load(Path::new(&path)).expect("the file that MEDUSA_V1_ENV names");
    let runtime = suite::runtime();
    let stage = Arc::new(LiveV1::new(env, live::record_to()).expect("a running, seeded Medusa 1"));
    let mut trials = suite::trials(&stage, &runtime, scenarios());
    trials.extend(only_v1::trials(&stage, &runtime));
    trials.push(Trial::test(upstream::NAME, move || {
        runtime.block_on(async {
            let shop = stage.shop(upstream::NAME, true).await?;
            let steps = upstream::walk(&shop).await?;
            if stage.recordings.are_kept() {
                // The page follows the recordings.
                return Ok(stage.recordings.keep(upstream::NAME)?);
            }
            Ok(upstream::agree_with_the_page(&steps, Column::V1)?)
        })
    }));
    suite::conclude(trials)
}
