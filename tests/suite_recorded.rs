//! The conformance suite on recorded answers of a real Medusa 2, and the number of calls that operations make to it.

#![allow(clippy::expect_used, reason = "a test breaks loudly")]

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::Trial;
use o2s_integration_testkit::scenarios;
use o2s_tests::recorded::{Recorded, WithoutAdminKey, folder};
use o2s_tests::{suite, upstream};

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
    let recorded = stage();
    trials.push(Trial::test(upstream::NAME, move || {
        let shop = recorded.shop(upstream::NAME)?;
        Ok(runtime.block_on(upstream::walk(&shop))?)
    }));
    suite::conclude(trials)
}
