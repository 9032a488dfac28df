//! The seam between what is said to a backend and how it gets there.
//!
//! A [`Transport`] carries one request to the one backend it leads to. [`HttpTransport`] is the real
//! one; with the feature `testing` there are a recording, a replaying and a fault-injecting one.
//! Deadlines, retries and decoding are not its business, except that it stops at the request's
//! deadline and says truthfully whether the request may have been sent.

mod http_transport;

use std::fmt;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};

pub use http_transport::{HttpConfig, HttpTransport};

use crate::error::BoxedSource;

/// Carries requests to one backend.
#[async_trait]
pub trait Transport: Send + Sync + fmt::Debug {
    /// Sends one request and reads the whole answer, whatever its status.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;
}

/// One attempt at a request.
#[derive(Clone)]
pub struct HttpRequest {
    /// The HTTP method.
    pub method: Method,
    /// The route template (`/store/carts/{id}`), for metrics and for choosing requests in tests.
    pub route: &'static str,
    /// Path and query as they are sent, encoded, without the backend's address.
    pub target: String,
    /// All headers but those that the transport adds itself (host, length, user agent).
    pub headers: HeaderMap,
    /// The body; `None` when there is none.
    pub body: Option<Bytes>,
    /// When this attempt must be over.
    pub deadline: Instant,
}

impl HttpRequest {
    /// What is left until the deadline; zero when it has passed.
    pub fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(crate::backend::now())
    }
}

impl fmt::Debug for HttpRequest {
    /// Method and route: targets hold ids and search words, headers and bodies hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest").field("method", &self.method).field("route", &self.route).finish_non_exhaustive()
    }
}

/// A complete answer.
#[derive(Clone)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl fmt::Debug for HttpResponse {
    /// Status and size: bodies hold customers' data and tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Whether a request that got no answer may have reached the backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Certainly not.
    No,
    /// It may have, wholly or in part.
    Maybe,
}

/// Why there is no complete answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportErrorKind {
    /// The transport would not send this request.
    Rejected,
    /// There was no connection: unknown host, refused, handshake failed, connecting took too long.
    Connect,
    /// The request's deadline passed.
    Timeout,
    /// The connection broke after it was there.
    Interrupted,
    /// The answer is longer than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
}

/// No complete answer, why, and whether the request may have been sent.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<BoxedSource>,
}

impl TransportError {
    /// An error of a kind, with its cause.
    pub fn new(kind: TransportErrorKind, source: Option<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { kind, source }
    }

    /// Why there is no complete answer.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the request may have reached the backend.
    pub fn sent(&self) -> Sent {
        match self.kind {
            TransportErrorKind::Rejected | TransportErrorKind::Connect => Sent::No,
            TransportErrorKind::Timeout | TransportErrorKind::Interrupted | TransportErrorKind::TooLarge { .. } => {
                Sent::Maybe
            }
        }
    }

    pub(crate) fn into_source(self) -> Option<BoxedSource> {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TransportErrorKind::Rejected => f.write_str("the transport refused the request"),
            TransportErrorKind::Connect => f.write_str("no connection"),
            TransportErrorKind::Timeout => f.write_str("no answer before the deadline"),
            TransportErrorKind::Interrupted => f.write_str("the connection broke"),
            TransportErrorKind::TooLarge { limit } => write!(f, "an answer above {limit} bytes"),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// A client, transport or credential that cannot be made from what was configured.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A key or token that cannot be sent.
    #[error("the {name} cannot be used: {reason}")]
    Credential {
        /// Which credential.
        name: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A base address that is not one.
    #[error("the base address of the backend cannot be used: {reason}")]
    BaseUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// TLS could not be set up, for instance because the system has no certificates.
    #[error("TLS cannot be set up from the system's certificates")]
    Tls(#[source] rustls::Error),
    /// The HTTP client could not be made.
    #[error("the HTTP client cannot be set up")]
    HttpClient(#[source] BoxedSource),
}
