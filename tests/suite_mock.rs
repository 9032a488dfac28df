//! The conformance suite on the shop in memory.

use std::process::ExitCode;
use std::sync::Arc;

use o2s_integration_testkit::scenarios;
use o2s_tests::{mock, suite};

fn main() -> ExitCode {
    let runtime = suite::runtime();
    let stage = runtime.block_on(mock::MockStage::new());
    suite::conclude(suite::trials(&Arc::new(stage), &runtime, scenarios()))
}
