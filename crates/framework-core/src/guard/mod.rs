//! What every call gets, in one place: refusal of absent operations, a deadline, a tracing span, context on errors.
//!
//! A host wraps each service in [`Guarded`] once. The wrapper knows no runtime: how to sleep is handed in as a [`Timer`].

mod services;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Instant;

use tracing::Instrument;

use crate::context::RequestContext;
use crate::error::{Effect, Error, ErrorKind, Result};
use crate::support::{Operation, Support};

/// How to sleep: the runtime's part of a deadline.
pub trait Timer: Send + Sync {
    /// Resolves at `deadline`, or at once when that has passed.
    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// A service whose every call is refused when absent, bounded by the context's deadline, traced, and whose errors
/// name operation and request.
pub struct Guarded<S: ?Sized> {
    inner: Arc<S>,
    timer: Arc<dyn Timer>,
}

impl<S: ?Sized> Guarded<S> {
    /// Wraps a service.
    pub fn new(inner: Arc<S>, timer: Arc<dyn Timer>) -> Self {
        Self { inner, timer }
    }
}

impl<S: ?Sized> fmt::Debug for Guarded<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guarded")
    }
}

/// Runs one call under the rules of the module. `call` has not begun when this is entered: a service's method
/// does nothing before its future is first polled.
async fn guard<O: Operation, T>(
    timer: &dyn Timer,
    cx: &RequestContext,
    operation: O,
    support: Support,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    let span = tracing::debug_span!(
        "operation",
        otel.name = format_args!("{}.{}", O::MODULE, operation.name()),
        module = O::MODULE.name(),
        operation = operation.name(),
        request_id = %cx.request_id,
    );
    let outcome = match support {
        Support::Absent(reason) => Err(Error::unsupported(operation, reason)),
        Support::Native | Support::Emulated(_) => until(timer, cx.deadline, operation, call).instrument(span).await,
    };
    outcome.map_err(|error| {
        error
            .with_context("operation", format!("{}.{}", O::MODULE, operation.name()))
            .with_context("request_id", cx.request_id.clone())
    })
}

/// Waits for a call until the deadline. A write that is cut off may have been done.
async fn until<O: Operation, T>(
    timer: &dyn Timer,
    deadline: Instant,
    operation: O,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    let mut call = pin!(call);
    let mut alarm = timer.sleep_until(deadline);
    poll_fn(|task| {
        if let Poll::Ready(outcome) = call.as_mut().poll(task) {
            return Poll::Ready(outcome);
        }
        alarm.as_mut().poll(task).map(|()| {
            let effect = if operation.is_read() { Effect::None } else { Effect::Unknown };
            Err(Error::new(ErrorKind::Timeout, "request.timeout", "The shop took too long to answer")
                .with_effect(effect))
        })
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::ids::CartId;
    use crate::resources::{AbsentResources, ResourcesService, WindowQuery};
    use crate::support::Module;

    struct TokioTimer;

    impl Timer for TokioTimer {
        fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(tokio::time::sleep_until(deadline.into()))
        }
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Op {
        Read,
        Write,
    }

    impl Operation for Op {
        const MODULE: Module = Module::Carts;
        const ALL: &'static [Self] = &[Self::Read, Self::Write];

        fn name(self) -> &'static str {
            if self == Self::Read { "read" } else { "write" }
        }

        fn is_read(self) -> bool {
            self == Self::Read
        }
    }

    async fn run(operation: Op, support: Support, call: impl Future<Output = Result<CartId>>) -> Result<CartId> {
        let cx = RequestContext::guest("r-7", Duration::from_millis(20));
        guard(&TokioTimer, &cx, operation, support, call).await
    }

    #[tokio::test]
    async fn an_absent_operation_is_refused_and_its_call_never_begins() {
        let call = async { panic!("the call was made") };
        let error = run(Op::Write, Support::Absent("no such thing"), call).await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert_eq!(error.message(), "carts.write is not available here: no such thing");
        assert!(error.context().contains(&("request_id", "r-7".to_owned())));
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_waits_longer_than_the_deadline() {
        let read = run(Op::Read, Support::Native, std::future::pending()).await.expect_err("cut off");
        assert_eq!((read.kind(), read.effect()), (ErrorKind::Timeout, Effect::None));
        let write = run(Op::Write, Support::Native, std::future::pending()).await.expect_err("cut off");
        assert_eq!((write.kind(), write.effect()), (ErrorKind::Timeout, Effect::Unknown));
        assert!(write.context().contains(&("operation", "carts.write".to_owned())));
    }

    #[tokio::test]
    async fn an_answer_passes_through() {
        let id = CartId::new("cart_1").expect("an id");
        assert_eq!(run(Op::Read, Support::Native, async { Ok(id.clone()) }).await.expect("an answer"), id);
    }

    #[tokio::test]
    async fn a_guarded_service_is_a_service() {
        let inner: Arc<dyn ResourcesService> = Arc::new(AbsentResources { reason: "none here" });
        let guarded: Arc<dyn ResourcesService> = Arc::new(Guarded::new(inner, Arc::new(TokioTimer)));
        let cx = RequestContext::guest("r-8", Duration::from_secs(1));
        let error = guarded.list_featured_services(&cx, &WindowQuery::default()).await.expect_err("refused");
        assert_eq!(error.code(), "operation.unsupported");
    }
}
