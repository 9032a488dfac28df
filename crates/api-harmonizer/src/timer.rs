use std::future::Future;
use std::pin::Pin;
use std::time::Instant;

use o2s_framework_core::guard::Timer;

/// Sleeps on tokio's clock.
pub(crate) struct TokioTimer;

impl Timer for TokioTimer {
    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep_until(deadline.into()))
    }
}
