//! Runs scenarios as tests.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use o2s_integration_testkit::{Scenario, SubjectFactory};
use tokio::runtime::Runtime;

/// How long one scenario may take before it is called stuck.
const LIMIT: Duration = Duration::from_secs(180);

/// A shop on which the suite is played.
pub trait Stage: SubjectFactory + 'static {
    /// Called after a scenario that kept its promise.
    fn kept(&self, _: &Scenario) -> Result<(), Failed> {
        Ok(())
    }
}

/// A runtime for all scenarios, so that connections live on from one to the next.
pub fn runtime() -> Arc<Runtime> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    Arc::new(runtime.expect("a runtime"))
}

/// Each scenario as a test on the stage.
pub fn trials<S: Stage>(
    stage: &Arc<S>,
    runtime: &Arc<Runtime>,
    scenarios: impl IntoIterator<Item = Scenario>,
) -> Vec<Trial> {
    let trial = |scenario: Scenario| {
        let (stage, runtime) = (Arc::clone(stage), Arc::clone(runtime));
        Trial::test(scenario.name, move || {
            runtime.block_on(async {
                let subject = stage.subject(&scenario).await;
                let run = tokio::time::timeout(LIMIT, scenario.run(subject));
                run.await.map_err(|_| Failed::from(format!("still not done after {LIMIT:?}")))
            })?;
            stage.kept(&scenario)
        })
    };
    scenarios.into_iter().map(trial).collect()
}

/// Runs the tests that the command line asks for.
pub fn conclude(trials: Vec<Trial>) -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
