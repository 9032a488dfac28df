//! A running Medusa 1: the one that `MEDUSA_V1_ENV` names.

#![allow(
    clippy::print_stderr,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test says what it did not run, and breaks loudly"
)]

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use o2s_medusa_client::transport::{HttpConfig, HttpRequest, HttpTransport, Transport};
use o2s_tests::suite;
use serde_json::Value;

fn main() -> ExitCode {
    let Some(env_file) = std::env::var_os("MEDUSA_V1_ENV") else {
        eprintln!(
            "\n!!! LIVE SUITE NOT RUN: MEDUSA_V1_ENV names no running Medusa 1 (`cargo xtask test` starts one)\n"
        );
        return suite::conclude(Vec::new());
    };
    let runtime = suite::runtime();
    let lists_regions = move || Ok(runtime.block_on(lists_regions(&env_file))?);
    suite::conclude(vec![Trial::test("lists_the_regions_of_the_seed", lists_regions)])
}

async fn lists_regions(env_file: &OsString) -> anyhow::Result<()> {
    let env: Value = serde_json::from_slice(&std::fs::read(env_file)?)?;
    let base_url = env["baseUrl"].as_str().expect("an address");
    let seeded = env["regionIds"].as_object().expect("regions");
    let request = HttpRequest {
        method: http::Method::GET,
        route: "/store/regions",
        target: "/store/regions".to_owned(),
        headers: http::HeaderMap::new(),
        body: None,
        deadline: Instant::now() + Duration::from_secs(30),
    };
    let answer = HttpTransport::new(base_url, &HttpConfig::default())?.send(request).await?;
    anyhow::ensure!(answer.status == 200, "{}", answer.status);
    let answer: Value = serde_json::from_slice(&answer.body)?;
    let listed: Vec<_> = answer["regions"].as_array().expect("a list").iter().map(|region| &region["id"]).collect();
    for (name, id) in seeded {
        anyhow::ensure!(listed.contains(&id), "{name} is not among {listed:?}");
    }
    Ok(())
}
