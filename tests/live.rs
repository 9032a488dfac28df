//! The conformance suite on a running Medusa 2: the one that `MEDUSA_ENV` names. With `RECORD_DIR`, what passes is
//! recorded there.

#![allow(clippy::print_stderr, clippy::expect_used, reason = "a test says what it did not run, and breaks loudly")]

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::Trial;
use o2s_integration_testkit::scenarios;
use o2s_tests::upstream::{self, Column};
use o2s_tests::{identity, live, seeded, suite, with_plugin};

fn main() -> ExitCode {
    let Some(path) = std::env::var_os("MEDUSA_ENV") else {
        eprintln!("\n!!! LIVE SUITE NOT RUN: MEDUSA_ENV names no running Medusa (`cargo xtask test` starts one)\n");
        return suite::conclude(Vec::new());
    };
    let env = seeded::load(Path::new(&path)).expect("the file that MEDUSA_ENV names");
    let runtime = suite::runtime();
    let stage = Arc::new(live::Live::new(env, live::record_to()).expect("a running, seeded Medusa"));
    let mut trials = suite::trials(&stage, &runtime, scenarios());
    let plugin = runtime.block_on(with_plugin::LivePlugin::new(Arc::clone(&stage))).expect("the seed's customers");
    let plugin = suite::trials(&Arc::new(plugin), &runtime, with_plugin::plugin_scenarios());
    trials.extend(plugin.into_iter().map(|trial| trial.with_kind("plugin")));
    trials.extend(identity::live_trials(&stage, &runtime).expect("recordings of identities"));
    trials.push(Trial::test(upstream::NAME, move || {
        runtime.block_on(async {
            let shop = stage.shop(upstream::NAME, true).await?;
            let steps = upstream::walk(&shop).await?;
            if stage.recordings.are_kept() {
                // The page follows the recordings.
                return Ok(stage.recordings.keep(upstream::NAME)?);
            }
            Ok(upstream::agree_with_the_page(&steps, Column::V2)?)
        })
    }));
    suite::conclude(trials)
}
