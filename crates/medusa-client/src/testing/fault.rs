//! A transport that breaks things on purpose.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};

/// What goes wrong with a request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// There is no connection; the backend sees nothing.
    Refuse,
    /// The connection breaks while sending; the backend sees nothing, but nobody can know.
    ResetBefore,
    /// The backend does its work, and the connection breaks before the answer.
    ResetAfter,
    /// Nothing happens until the deadline; the backend sees nothing, but nobody can know.
    Hang,
    /// The backend does its work, and nothing happens until the deadline.
    HangAfter,
    /// The request arrives this much later.
    Delay(Duration),
    /// The backend does its work, and its answer is cut after this many bytes.
    Truncate(usize),
    /// Something in between answers instead of the backend.
    Answer {
        /// The status.
        status: StatusCode,
        /// The content type.
        content_type: &'static str,
        /// The body.
        body: &'static str,
        /// The seconds of `Retry-After`.
        retry_after: Option<u32>,
    },
}

impl Fault {
    /// A proxy answers with its own page.
    pub fn html(status: StatusCode) -> Self {
        Self::Answer {
            status,
            content_type: "text/html",
            body: "<html><head><title>Sorry</title></head><body>Sorry</body></html>",
            retry_after: None,
        }
    }

    /// Medusa answers with this JSON.
    pub fn json(status: StatusCode, body: &'static str) -> Self {
        Self::Answer { status, content_type: "application/json; charset=utf-8", body, retry_after: None }
    }
}

type Predicate = Box<dyn Fn(&HttpRequest) -> bool + Send + Sync>;

struct Rule {
    applies: Predicate,
    fault: Fault,
    left: u32,
}

/// Passes requests on to another transport, except for the faults that were ordered.
pub struct FaultTransport {
    inner: Arc<dyn Transport>,
    rules: Mutex<Vec<Rule>>,
}

impl FaultTransport {
    /// No faults yet.
    pub fn new(inner: Arc<dyn Transport>) -> Self {
        Self { inner, rules: Mutex::default() }
    }

    /// Orders a fault for the next `times` requests that `applies` picks. Of several orders that
    /// pick a request, the oldest that is not used up is taken.
    pub fn inject(&self, fault: Fault, times: u32, applies: impl Fn(&HttpRequest) -> bool + Send + Sync + 'static) {
        let rule = Rule { applies: Box::new(applies), fault, left: times };
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).push(rule);
    }

    /// Orders a fault for the next `times` requests, whatever they are.
    pub fn inject_next(&self, fault: Fault, times: u32) {
        self.inject(fault, times, |_| true);
    }

    fn fault_for(&self, request: &HttpRequest) -> Option<Fault> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let rule = rules.iter_mut().find(|rule| rule.left > 0 && (rule.applies)(request))?;
        rule.left = rule.left.saturating_sub(1);
        Some(rule.fault.clone())
    }
}

impl fmt::Debug for FaultTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultTransport").field("inner", &self.inner).finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for FaultTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let failed = |kind| Err(TransportError::new(kind, None));
        let deadline = request.deadline.into();
        match self.fault_for(&request) {
            None => self.inner.send(request).await,
            Some(Fault::Refuse) => failed(TransportErrorKind::Connect),
            Some(Fault::ResetBefore) => failed(TransportErrorKind::Interrupted),
            Some(Fault::ResetAfter) => {
                self.inner.send(request).await?;
                failed(TransportErrorKind::Interrupted)
            }
            Some(Fault::Hang) => {
                tokio::time::sleep_until(deadline).await;
                failed(TransportErrorKind::Timeout)
            }
            Some(Fault::HangAfter) => {
                self.inner.send(request).await?;
                tokio::time::sleep_until(deadline).await;
                failed(TransportErrorKind::Timeout)
            }
            Some(Fault::Delay(delay)) => {
                tokio::time::sleep(delay).await;
                self.inner.send(request).await
            }
            Some(Fault::Truncate(length)) => {
                let mut response = self.inner.send(request).await?;
                response.body.truncate(length);
                Ok(response)
            }
            Some(Fault::Answer { status, content_type, body, retry_after }) => {
                let mut headers = HeaderMap::new();
                headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
                if let Some(seconds) = retry_after {
                    headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
                }
                Ok(HttpResponse { status, headers, body: Bytes::from_static(body.as_bytes()) })
            }
        }
    }
}
