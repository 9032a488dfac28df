//! One call from end to end: prepare, send, perhaps send again, read the answer.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tracing::field::Empty;
use tracing::{Instrument, Span};

use crate::answer::{Answer, refusal};
use crate::endpoint::{Endpoint, Repeat, target};
use crate::error::{Circumstances, Error, ErrorKind, Result};
use crate::retry::{
    Collision, IDEMPOTENCY_KEY, RetryBudget, RetryPolicy, collision, may_repeat_after_answer, may_repeat_after_failure,
    retry_after,
};
use crate::transport::{
    HttpConfig, HttpRequest, HttpResponse, HttpTransport, Sent, SetupError, Transport, TransportError,
    TransportErrorKind,
};

/// One server as its clients see it: the transport that leads there, how hard to try, and the
/// retry budget that all its clients share. Cloning is cheap and shares all of it.
#[derive(Clone)]
pub struct Backend {
    shared: Arc<Shared>,
}

struct Shared {
    transport: Arc<dyn Transport>,
    policy: RetryPolicy,
    budget: RetryBudget,
}

impl Backend {
    /// A backend behind a transport.
    pub fn new(transport: Arc<dyn Transport>, policy: RetryPolicy) -> Self {
        let budget = RetryBudget::new(&policy);
        Self { shared: Arc::new(Shared { transport, policy, budget }) }
    }

    /// A backend at an address such as `http://localhost:9000`, with the default settings of
    /// [`HttpTransport`] and [`RetryPolicy`]. Connects when the first call is made.
    pub fn at(base_url: &str) -> std::result::Result<Self, SetupError> {
        let transport = HttpTransport::new(base_url, &HttpConfig::default())?;
        Ok(Self::new(Arc::new(transport), RetryPolicy::default()))
    }
}

impl fmt::Debug for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Backend")
            .field("transport", &self.shared.transport)
            .field("policy", &self.shared.policy)
            .finish_non_exhaustive()
    }
}

/// What a call is told about the request that it is part of.
#[derive(Debug, Clone, Copy)]
pub struct CallContext<'a> {
    /// When the answer must be there. All attempts and the waits between them end by then.
    pub deadline: Instant,
    /// Sent as `x-request-id`, so that the logs of both sides can be joined.
    pub request_id: Option<&'a str>,
    /// Sent as `x-medusa-locale`, such as `de-DE`.
    pub locale: Option<&'a str>,
}

impl CallContext<'_> {
    /// A context with a deadline this far from now, and nothing else.
    pub fn within(limit: Duration) -> Self {
        let now = now();
        Self {
            // A limit beyond the clock's range is a day, since `Instant` has no greatest value.
            deadline: now.checked_add(limit).unwrap_or_else(|| now + Duration::from_secs(24 * 60 * 60)),
            request_id: None,
            locale: None,
        }
    }
}

/// The present on tokio's clock, which tests can stop.
pub(crate) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LOCALE: HeaderName = HeaderName::from_static("x-medusa-locale");

/// A request that is ready to be sent, as often as need be.
struct Prepared {
    method: Method,
    route: &'static str,
    repeat: Repeat,
    target: String,
    headers: HeaderMap,
    body: Option<Bytes>,
}

impl Prepared {
    fn new<E: Endpoint>(
        context: &CallContext<'_>,
        credentials: Vec<(HeaderName, Option<HeaderValue>)>,
        endpoint: &E,
    ) -> Result<Self> {
        let refuse = |reason: String| Error::invalid_request(E::METHOD, E::ROUTE, reason);
        let target = target(endpoint).map_err(refuse)?;
        let body = endpoint.body().map_err(|error| refuse(format!("the body is not JSON: {error}")))?;

        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in [(REQUEST_ID, context.request_id), (LOCALE, context.locale)] {
            if let Some(value) = value {
                let value =
                    HeaderValue::from_str(value).map_err(|_| refuse(format!("the value of {name} cannot be sent")))?;
                headers.insert(name, value);
            }
        }
        for (name, value) in credentials {
            let value = value.ok_or_else(|| refuse(format!("the value of {name} cannot be sent")))?;
            headers.insert(name, value);
        }
        Ok(Self { method: E::METHOD, route: E::ROUTE, repeat: E::REPEAT, target, headers, body })
    }

    fn attempt(&self, deadline: Instant, key: Option<&HeaderValue>) -> HttpRequest {
        let mut headers = self.headers.clone();
        if let Some(key) = key {
            headers.insert(IDEMPOTENCY_KEY, key.clone());
        }
        HttpRequest {
            method: self.method.clone(),
            route: self.route,
            target: self.target.clone(),
            headers,
            body: self.body.clone(),
            deadline,
        }
    }

    fn is_read(&self) -> bool {
        self.method.is_safe()
    }
}

/// How far a call has come.
#[derive(Default)]
struct Progress {
    attempts: u32,
    may_have_acted: bool,
}

impl Progress {
    fn error(
        &self,
        request: &Prepared,
        kind: ErrorKind,
        retry_after: Option<Duration>,
        source: Option<crate::error::BoxedSource>,
    ) -> Error {
        let circumstances = Circumstances {
            method: request.method.clone(),
            route: request.route,
            attempts: self.attempts,
            may_have_acted: self.may_have_acted,
            retry_after,
        };
        Error::new(kind, circumstances, source)
    }
}

/// An attempt that did not succeed.
enum Failure {
    NoAnswer(TransportError),
    Answer(HttpResponse),
}

impl Failure {
    fn may_have_acted(&self, request: &Prepared) -> bool {
        if request.is_read() {
            return false;
        }
        match self {
            Self::NoAnswer(error) => error.sent() == Sent::Maybe,
            // A refusal (4xx) is made before anything is done. With 5xx one cannot know.
            Self::Answer(response) => response.status.is_server_error(),
        }
    }

    fn may_repeat(&self, repeat: Repeat) -> bool {
        match self {
            Self::NoAnswer(error) => may_repeat_after_failure(repeat, error),
            Self::Answer(response) => may_repeat_after_answer(repeat, response) || collision(response).is_some(),
        }
    }

    /// The key under which the request goes on that gave way to another one.
    fn key(&self) -> Option<HeaderValue> {
        match self {
            Self::Answer(response) => match collision(response)? {
                Collision::Under(key) => Some(key),
                Collision::Untouched => None,
            },
            Self::NoAnswer(_) => None,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::NoAnswer(_) => None,
            Self::Answer(response) => retry_after(&response.headers),
        }
    }

    fn into_error(self, request: &Prepared, progress: &Progress) -> Error {
        let retry_after = self.retry_after();
        match self {
            Self::Answer(response) => progress.error(request, refusal(&response), retry_after, None),
            Self::NoAnswer(error) => {
                let kind = match error.kind() {
                    TransportErrorKind::Rejected => ErrorKind::InvalidRequest {
                        reason: std::error::Error::source(&error)
                            .map_or_else(|| error.to_string(), ToString::to_string),
                    },
                    TransportErrorKind::Connect => ErrorKind::Connect,
                    TransportErrorKind::Timeout => ErrorKind::Timeout,
                    TransportErrorKind::Interrupted => ErrorKind::Interrupted,
                    TransportErrorKind::TooLarge { limit } => ErrorKind::TooLarge { limit },
                };
                progress.error(request, kind, retry_after, error.into_source())
            }
        }
    }
}

impl Backend {
    /// Makes one call with these credentials.
    pub(crate) async fn call<E: Endpoint>(
        &self,
        context: &CallContext<'_>,
        credentials: Vec<(HeaderName, Option<HeaderValue>)>,
        endpoint: &E,
    ) -> Result<E::Response> {
        self.call_for(context, credentials, endpoint).await
    }

    /// As [`Backend::call`], with the answer read as more than the endpoint's own.
    pub(crate) async fn call_for<E: Endpoint, A: Answer>(
        &self,
        context: &CallContext<'_>,
        credentials: Vec<(HeaderName, Option<HeaderValue>)>,
        endpoint: &E,
    ) -> Result<A> {
        let request = Prepared::new(context, credentials, endpoint)?;
        let span = tracing::info_span!(
            "medusa.call",
            otel.kind = "client",
            http.request.method = %request.method,
            url.template = request.route,
            http.response.status_code = Empty,
            http.request.attempts = Empty,
            error = Empty,
        );
        let deadline = context.deadline;
        async {
            let mut progress = Progress::default();
            let result = match self.exchange(&request, deadline, &mut progress).await {
                Ok(response) => A::read(&response).map_err(|kind| {
                    progress.may_have_acted |= !request.is_read();
                    progress.error(&request, kind, None, None)
                }),
                Err(error) => Err(error),
            };
            let span = Span::current();
            span.record("http.request.attempts", progress.attempts);
            if let Err(error) = &result {
                span.record("error", tracing::field::display(error));
            }
            result
        }
        .instrument(span)
        .await
    }

    /// Sends a request until it succeeds, fails for good, or time, attempts or budget run out.
    async fn exchange(&self, request: &Prepared, deadline: Instant, progress: &mut Progress) -> Result<HttpResponse> {
        let Shared { transport, policy, budget } = &*self.shared;
        budget.deposit();
        let mut delays = policy.delays();
        let mut key = None;
        loop {
            let now = self::now();
            if now >= deadline {
                return Err(progress.error(request, ErrorKind::Timeout, None, None));
            }
            let attempt_ends = now.checked_add(policy.attempt_timeout).map_or(deadline, |end| end.min(deadline));
            progress.attempts = progress.attempts.saturating_add(1);

            let attempt = transport.send(request.attempt(attempt_ends, key.as_ref()));
            let answer = tokio::time::timeout_at(attempt_ends.into(), attempt)
                .await
                .unwrap_or_else(|_| Err(TransportError::new(TransportErrorKind::Timeout, None)));
            let failure = match answer {
                Ok(response) => {
                    Span::current().record("http.response.status_code", response.status.as_u16());
                    if response.status.is_success() {
                        return Ok(response);
                    }
                    Failure::Answer(response)
                }
                Err(error) => Failure::NoAnswer(error),
            };
            progress.may_have_acted |= failure.may_have_acted(request);

            let Some(delay) = self.delay_before_retry(request, &failure, deadline, &mut delays) else {
                return Err(failure.into_error(request, progress));
            };
            tracing::debug!(
                attempt = progress.attempts,
                delay_ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
                "trying again"
            );
            key = failure.key().or(key);
            tokio::time::sleep(delay).await;
        }
    }

    /// How long to wait before the next attempt; `None` when there is to be none.
    fn delay_before_retry(
        &self,
        request: &Prepared,
        failure: &Failure,
        deadline: Instant,
        delays: &mut impl Iterator<Item = Duration>,
    ) -> Option<Duration> {
        if !failure.may_repeat(request.repeat) {
            return None;
        }
        let delay = delays.next()?.max(failure.retry_after().unwrap_or_default());
        // Waiting only to time out would keep the caller from an answer that is known already.
        if now().checked_add(delay)? >= deadline {
            return None;
        }
        self.shared.budget.withdraw().then_some(delay)
    }
}
