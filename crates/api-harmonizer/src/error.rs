//! How errors reach the client: the one place that knows which status an error has.
//!
//! A handler returns an [`ApiError`]; it travels to the outer layers as a value inside the response and is written
//! by [`write_errors`], which knows the request's id and whether the client is to be told anything at all.

use std::borrow::Cow;
use std::error::Error as _;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::{CONNECTION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use o2s_framework_core::error::{Error, ErrorKind, PaymentAction, Violation};
use serde::Serialize;
use utoipa::ToSchema;

use crate::context::RequestId;
use crate::reply;

/// What a client is told about an error.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ErrorBody {
    /// The HTTP status again, for clients that see the body alone.
    #[schema(example = 404)]
    status_code: u16,
    /// The name of the status.
    #[schema(example = "Not Found")]
    error: String,
    /// What is wrong, in words for developers.
    #[schema(example = "No cart has this id")]
    message: String,
    /// What is wrong, for programs: stable.
    #[schema(example = "cart.not_found")]
    code: String,
    /// The request's id: the logs have more under it.
    #[schema(example = "5b0c8c0e-6a3d-4a5e-9f0e-0d7d1a3c9a51")]
    request_id: String,
    /// What is wrong with the request, one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    violations: Vec<Violation>,
    /// What the customer has to do before the payment can go on (402).
    #[serde(flatten)]
    payment_action: Option<PaymentAction>,
}

/// An error on its way to the client.
#[derive(Debug)]
pub(crate) struct ApiError(Box<Parts>);

#[derive(Debug)]
struct Parts {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    violations: Vec<Violation>,
    payment_action: Option<PaymentAction>,
    retry_after: Option<Duration>,
    /// Whether the connection is of no more use: a body that nobody read is still on it.
    close: bool,
    cause: Option<Error>,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Parts {
            status,
            code,
            message: message.into(),
            violations: Vec::new(),
            payment_action: None,
            retry_after: None,
            close: false,
            cause: None,
        }))
    }

    /// 400 with everything that is wrong.
    pub(crate) fn violations(violations: Vec<Violation>) -> Self {
        Error::violations(violations).into()
    }

    /// 400: a part of the request that cannot even be read.
    pub(crate) fn unreadable(part: &str, message: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(StatusCode::BAD_REQUEST, "request.invalid", message);
        error.0.violations = vec![Violation::new(part, error.0.message.clone())];
        error
    }

    /// 404: no such route, or not with this method.
    pub(crate) fn no_route(method: &Method, path: &str) -> Self {
        let path: String = path.chars().take(200).collect();
        Self::new(StatusCode::NOT_FOUND, "route.not_found", format!("Cannot {method} {path}"))
    }

    /// 408: the body did not come in time.
    pub(crate) fn body_too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "request.timeout", "The body took too long to arrive").closing()
    }

    /// 413: the body is longer than is taken.
    pub(crate) fn body_too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "request.too_large", "request entity too large").closing()
    }

    /// 415: the body is something else than JSON.
    pub(crate) fn not_json() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "request.unsupported_media_type",
            "Send the body as JSON, with the header Content-Type: application/json",
        )
    }

    /// 503: as many requests as are taken at once are being answered already.
    pub(crate) fn overloaded() -> Self {
        let message = "Too many requests at once: try again in a moment";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "request.overload", message)
    }

    /// 500: a fault of our own; `context` is for the logs.
    pub(crate) fn internal(context: impl Into<String>) -> Self {
        Error::internal(context).into()
    }

    fn closing(mut self) -> Self {
        self.0.close = true;
        self
    }

    /// What the client sees; the cause is told to the logs.
    fn write(&self, request_id: &RequestId) -> Response {
        let parts = &*self.0;
        let body = ErrorBody {
            status_code: parts.status.as_u16(),
            error: parts.status.canonical_reason().unwrap_or("Error").to_owned(),
            message: parts.message.clone().into_owned(),
            code: parts.code.to_owned(),
            request_id: request_id.as_str().to_owned(),
            violations: parts.violations.clone(),
            payment_action: parts.payment_action.clone(),
        };
        let mut response = reply::json(parts.status, &body);
        let headers = response.headers_mut();
        if parts.status == StatusCode::UNAUTHORIZED {
            let challenge = match parts.code {
                "auth.required" => "Bearer",
                _ => "Bearer error=\"invalid_token\"",
            };
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        let overloaded = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&parts.status);
        if let Some(wait) = parts.retry_after.or_else(|| overloaded.then_some(Duration::from_secs(1))) {
            let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if parts.close {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    /// Tells the logs what the client is not told.
    fn log(&self) {
        let Parts { status, code, cause, .. } = &*self.0;
        if *status >= StatusCode::INTERNAL_SERVER_ERROR && *status != StatusCode::NOT_IMPLEMENTED {
            let cause = cause.as_ref().map(told).unwrap_or_default();
            tracing::error!(status = status.as_u16(), code, cause, "the request failed");
        } else {
            // The message, and what is said of each field, quote the request.
            let fields = names(&self.0.violations);
            let cause = cause.as_ref().map(told_unquoted).unwrap_or_default();
            tracing::debug!(status = status.as_u16(), code, fields, cause, "the request was refused");
        }
    }
}

/// Which parts of a request are wrong: the first ones, as far as their names are plain. The client made some of them up.
fn names(violations: &[Violation]) -> String {
    let is_plain = |name: &&str| {
        name.len() <= 64
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'[' | b']'))
    };
    let names: Vec<&str> =
        violations.iter().take(10).map(|violation| violation.field.as_str()).filter(is_plain).collect();
    names.join(" ")
}

/// An error with all that is underneath.
pub(crate) fn told(error: &Error) -> String {
    format!("{error}{}", underneath(error))
}

/// A refusal with all that is underneath, but its message.
fn told_unquoted(error: &Error) -> String {
    let context: Vec<String> = error.context().iter().map(|(key, value)| format!("{key}={value}")).collect();
    format!("{}{}", context.join(", "), underneath(error))
}

fn underneath(error: &Error) -> String {
    let mut text = String::new();
    let mut source = error.source();
    while let Some(error) = source {
        let refusal = error.downcast_ref::<Error>().or_else(|| error.downcast_ref::<Arc<Error>>().map(AsRef::as_ref));
        // Messages of refusals name what was asked for.
        let _ = match refusal {
            Some(refusal) => write!(text, ": {}", refusal.code()),
            None => write!(text, ": {error}"),
        };
        source = error.source();
    }
    text
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        let (status, message) = match error.kind() {
            ErrorKind::Invalid => (StatusCode::BAD_REQUEST, None),
            ErrorKind::Unauthenticated => (StatusCode::UNAUTHORIZED, None),
            ErrorKind::PaymentRequired => (StatusCode::PAYMENT_REQUIRED, None),
            ErrorKind::Forbidden => (StatusCode::FORBIDDEN, None),
            ErrorKind::NotFound => (StatusCode::NOT_FOUND, None),
            ErrorKind::Conflict => (StatusCode::CONFLICT, None),
            ErrorKind::Unprocessable => (StatusCode::UNPROCESSABLE_ENTITY, None),
            ErrorKind::RateLimited => (StatusCode::TOO_MANY_REQUESTS, None),
            ErrorKind::Unsupported => (StatusCode::NOT_IMPLEMENTED, None),
            // What goes wrong behind the scenes is not the client's business: fixed texts.
            ErrorKind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, Some("Something went wrong on our side")),
            ErrorKind::Backend => (StatusCode::BAD_GATEWAY, Some("The shop's backend failed")),
            ErrorKind::Unavailable => {
                (StatusCode::SERVICE_UNAVAILABLE, Some("The shop cannot be reached now: try again later"))
            }
            ErrorKind::Timeout => (StatusCode::GATEWAY_TIMEOUT, Some("The shop took too long to answer")),
        };
        let message = message.map_or_else(|| Cow::Owned(error.message().to_owned()), Cow::Borrowed);
        let mut answer = Self::new(status, error.code(), message);
        answer.0.violations = error.violation_list().to_vec();
        answer.0.payment_action = error.payment_action().cloned();
        answer.0.retry_after = error.retry_after();
        answer.0.cause = Some(error);
        answer
    }
}

/// An error inside a response, until [`write_errors`] takes it out.
#[derive(Clone)]
struct Unwritten(Arc<ApiError>);

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(Unwritten(Arc::new(self)));
        response
    }
}

/// Writes the error that a response holds, if it holds one, and tells the logs.
pub(crate) async fn write_errors(request: Request, next: Next) -> Response {
    let request_id = RequestId::of(request.extensions());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Unwritten>() {
        Some(Unwritten(error)) => {
            error.log();
            let mut written = error.write(&request_id);
            // What inner layers said in headers still holds.
            for (name, value) in response.headers() {
                written.headers_mut().entry(name).or_insert_with(|| value.clone());
            }
            written
        }
        None => response,
    }
}

/// Turns a panic into a 500. What the panic said is told to the logs by the panic hook.
pub(crate) fn after_panic(_: Box<dyn std::any::Any + Send>) -> Response {
    ApiError::internal("a panic").into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    async fn written(error: impl Into<ApiError>) -> (Response, serde_json::Value) {
        let response = error.into().write(&RequestId::given("r-1"));
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        (Response::from_parts(head, axum::body::Body::empty()), serde_json::from_slice(&body).unwrap())
    }

    #[tokio::test]
    async fn what_went_wrong_behind_the_scenes_stays_there() {
        let error = Error::backend("backend.error", "SQL state 23505 at db.internal")
            .with_context("url", "http://db.internal")
            .with_source(std::io::Error::other("connection reset"));
        assert_eq!(
            told(&error),
            "backend.error: SQL state 23505 at db.internal, url=http://db.internal: connection reset"
        );
        let (response, body) = written(error).await;
        assert_eq!(response.status(), 502);
        assert_eq!(
            body,
            serde_json::json!({
                "statusCode": 502, "error": "Bad Gateway", "message": "The shop's backend failed",
                "code": "backend.error", "requestId": "r-1"
            })
        );
    }

    #[tokio::test]
    async fn a_payment_that_needs_another_step_says_which() {
        let action = PaymentAction { redirect_url: Some("https://pay.example".to_owned()), client_secret: None };
        let error = Error::new(ErrorKind::PaymentRequired, "payment.action_required", "Confirm the payment")
            .with_payment_action(action);
        let (response, body) = written(error).await;
        assert_eq!(response.status(), 402);
        assert_eq!(body["redirectUrl"], "https://pay.example");
        assert!(body.get("clientSecret").is_none() && body.get("violations").is_none());
    }

    #[tokio::test]
    async fn headers_say_what_to_do_next() {
        let (response, _) = written(Error::sign_in_required()).await;
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        let (response, _) = written(Error::invalid_token()).await;
        assert_eq!(response.headers()["www-authenticate"], "Bearer error=\"invalid_token\"");
        let busy = Error::new(ErrorKind::Unavailable, "backend.unavailable", "busy");
        let (response, _) = written(busy.with_retry_after(Duration::from_millis(1500))).await;
        assert_eq!(response.headers()["retry-after"], "2");
        let (response, _) = written(Error::new(ErrorKind::RateLimited, "backend.rate_limited", "slow down")).await;
        assert_eq!(response.headers()["retry-after"], "1");
    }

    #[tokio::test]
    async fn a_part_that_cannot_be_read_is_named() {
        let (_, body) = written(ApiError::unreadable("x-locale", "Unsupported locale.")).await;
        assert_eq!(body["message"], "Unsupported locale.");
        assert_eq!(body["violations"], serde_json::json!([{"field": "x-locale", "message": "Unsupported locale."}]));
    }
}
