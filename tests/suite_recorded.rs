//! The conformance suite on recorded answers of a real Medusa 2 and a real Medusa 1, and the number of calls that
//! operations make to each.

#![allow(clippy::expect_used, reason = "a test breaks loudly")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::Trial;
use o2s_integration_testkit::scenarios;
use o2s_medusa_client::testing::Exchange;
use o2s_tests::recorded::{self, Recorded, WithoutAdminKey, folder, folder_v1};
use o2s_tests::with_plugin::{self, RecordedPlugin};
use o2s_tests::{identity, suite, upstream};

/// Where recordings are.
fn folders() -> [PathBuf; 4] {
    [folder(), folder_v1(), with_plugin::folder(), identity::folder()]
}

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
    let plugin = RecordedPlugin::new().expect("the facts of the recordings with the plugin");
    let plugin = suite::trials(&Arc::new(plugin), &runtime, with_plugin::plugin_scenarios());
    trials.extend(plugin.into_iter().map(|trial| trial.with_kind("plugin")));
    trials.extend(identity::recorded_trials(&runtime).expect("the facts of the recordings of identities"));
    let v1 = || Recorded::new_v1(folder_v1()).expect("the facts of the recordings of Medusa 1");
    let of_v1 = suite::trials(&Arc::new(v1()), &runtime, scenarios());
    trials.extend(of_v1.into_iter().map(|trial| trial.with_kind("medusa 1")));
    let (recorded, recorded_v1) = (stage(), v1());
    trials.push(Trial::test(upstream::NAME, move || {
        let walked = |recorded: &Recorded| runtime.block_on(upstream::walk(&recorded.shop(upstream::NAME)?));
        Ok(upstream::page_is_fresh(&walked(&recorded)?, &walked(&recorded_v1)?)?)
    }));
    trials.push(Trial::test("recordings::hold_no_secrets", || Ok(hold_no_secrets()?)));
    trials.push(Trial::test("recordings::the_admin_key_reads_carts_returns_and_claims_and_does_nothing_else", || {
        Ok(admin_key_reads()?)
    }));
    let names: Vec<String> = trials.iter().map(|trial| trial.name().to_owned()).collect();
    trials.push(Trial::test("recordings::each_is_played", move || Ok(each_is_played(&names)?)));
    suite::conclude(trials)
}

/// A scenario that was renamed or dropped leaves its recording behind.
fn each_is_played(names: &[String]) -> anyhow::Result<()> {
    for folder in folders() {
        let known: BTreeSet<_> = names.iter().map(|name| recorded::file(&folder, identity::file_name(name))).collect();
        for (path, _) in recordings(&folder)? {
            let other = path == folder.join("facts.json");
            anyhow::ensure!(other || known.contains(&path), "{} is of no scenario: delete it", path.display());
        }
    }
    Ok(())
}

/// Keys, tokens, passwords and the addresses of a run's customers: none may be in a file that is kept.
fn hold_no_secrets() -> anyhow::Result<()> {
    for folder in folders() {
        for (path, text) in recordings(&folder)? {
            for secret in ["pk_", "sk_", "eyJhbGciOi", "suite.example", "Suite-pass", "\"authorization\""] {
                anyhow::ensure!(!text.contains(secret), "{} holds {secret:?}", path.display());
            }
        }
    }
    Ok(())
}

/// The admin key stands for the shop: it may read a customer's carts, the returns of a customer's order and who asked for
/// an order, for that customer, and nothing else.
fn admin_key_reads() -> anyhow::Result<()> {
    let mut seen = 0;
    for (path, text) in recordings(&folder())? {
        if path.ends_with("facts.json") {
            continue;
        }
        for Exchange { request, .. } in serde_json::from_str::<Vec<Exchange>>(&text)? {
            let by_admin = request.caller.as_deref() == Some("admin");
            let for_a_customer = ["/admin/customers/", "/admin/returns?order_id="];
            let reads = for_a_customer.iter().any(|path| request.path.starts_with(path))
                || request.path.starts_with("/admin/orders/")
                    && request.path.contains("/changes?status=requested&change_type=transfer");
            let reads = request.method == "GET" && reads;
            anyhow::ensure!(
                by_admin == reads && by_admin == request.path.starts_with("/admin/"),
                "{} {} with the admin key: {by_admin}, in {}",
                request.method,
                request.path,
                path.display()
            );
            seen += u32::from(by_admin);
        }
    }
    anyhow::ensure!(seen > 0, "no recording has the key");
    Ok(())
}

/// Every file of a folder and of the folders in it, with its text.
fn recordings(folder: &Path) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(recordings(&path)?);
        } else {
            found.push((path.clone(), std::fs::read_to_string(&path)?));
        }
    }
    Ok(found)
}
