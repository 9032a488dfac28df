//! The conformance suite on recorded answers of a real Medusa 2.

#![allow(clippy::expect_used, reason = "a test breaks loudly")]

use std::process::ExitCode;
use std::sync::Arc;

use o2s_integration_testkit::scenarios;
use o2s_tests::recorded::{Recorded, WithoutAdminKey, folder};
use o2s_tests::suite;

fn main() -> ExitCode {
    let stage = || Recorded::new(folder()).expect("the facts of the recordings");
    let runtime = suite::runtime();
    let mut trials = suite::trials(&Arc::new(stage()), &runtime, scenarios());
    let needs_admin_key = |operations: &[&str]| {
        ["carts.list_carts", "carts.get_current_cart"].iter().any(|operation| operations.contains(operation))
    };
    let without = scenarios().into_iter().filter(|scenario| needs_admin_key(scenario.operations));
    let without = suite::trials(&Arc::new(WithoutAdminKey(stage())), &runtime, without);
    trials.extend(without.into_iter().map(|trial| trial.with_kind("no admin key")));
    suite::conclude(trials)
}
