//! The one error of the contract.
//!
//! An [`Error`] says what a program should do about it ([`ErrorKind`]), what a front end can switch on
//! ([`Error::code`]), the only text that a client may see ([`Error::message`]), and, for logs alone, context and source.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::support::Operation;

/// The result of an operation.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a program does about an error. Hosts match on it exhaustively.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The request is wrong as it stands: mend it, do not repeat it. HTTP 400.
    Invalid,
    /// No valid identity: sign in (again). HTTP 401.
    Unauthenticated,
    /// The payment needs another step of the customer; see [`Error::payment_action`]. HTTP 402.
    PaymentRequired,
    /// The identity is known and may not do this. HTTP 403.
    Forbidden,
    /// It does not exist, or it is somebody else's. HTTP 404.
    NotFound,
    /// It collides with the state of things: sold out, already completed, changed meanwhile. HTTP 409.
    Conflict,
    /// Understood and refused: an idempotency key used for something else. HTTP 422.
    Unprocessable,
    /// Too many requests: wait as [`Error::retry_after`] says. HTTP 429.
    RateLimited,
    /// Our own fault. HTTP 500.
    Internal,
    /// No integration of this composition can do it. HTTP 501.
    Unsupported,
    /// The backend failed or answered what we cannot read. HTTP 502.
    Backend,
    /// The backend cannot be reached, or load is being shed. HTTP 503.
    Unavailable,
    /// The deadline passed first. HTTP 504.
    Timeout,
}

/// Whether the backend may have acted on a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing was changed.
    None,
    /// It cannot be told: look before repeating.
    Unknown,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Violation {
    /// Where: a path into the body such as `shippingAddress.country`, or the name of a parameter.
    pub field: String,
    /// What is wrong there, and what would be right.
    pub message: String,
}

impl Violation {
    /// A violation at `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// What the customer has to do before a payment can go on.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentAction {
    /// Where to send the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_url: Option<String>,
    /// The secret for the provider's own script in the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
}

impl fmt::Debug for PaymentAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PaymentAction")
    }
}

/// An error of an operation. Small to move: the parts are boxed.
pub struct Error(Box<Parts>);

struct Parts {
    kind: ErrorKind,
    code: &'static str,
    message: Cow<'static, str>,
    violations: Vec<Violation>,
    payment_action: Option<PaymentAction>,
    retry_after: Option<Duration>,
    effect: Effect,
    context: Vec<(&'static str, String)>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a stable code such as `cart.not_found` and the text that a client may see.
    pub fn new(kind: ErrorKind, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Parts {
            kind,
            code,
            message: message.into(),
            violations: Vec::new(),
            payment_action: None,
            retry_after: None,
            effect: Effect::None,
            context: Vec::new(),
            source: None,
        }))
    }

    /// 400: the request is wrong as it stands.
    pub fn invalid(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Invalid, code, message)
    }

    /// 400 with the list of what is wrong, code `request.invalid`.
    pub fn violations(violations: Vec<Violation>) -> Self {
        let message = match violations.as_slice() {
            [one] => format!("{}: {}", one.field, one.message),
            many => format!("The request has {} problems: see violations", many.len()),
        };
        let mut error = Self::invalid("request.invalid", message);
        error.0.violations = violations;
        error
    }

    /// 401 for a caller that is nobody: code `auth.required`.
    pub fn sign_in_required() -> Self {
        Self::new(ErrorKind::Unauthenticated, "auth.required", "Sign in to do this")
    }

    /// 401 for a token that is present but invalid or expired: code `auth.invalid_token`.
    pub fn invalid_token() -> Self {
        Self::new(
            ErrorKind::Unauthenticated,
            "auth.invalid_token",
            "The token is invalid or has expired: sign in again",
        )
    }

    /// 404: it does not exist, or it is somebody else's.
    pub fn not_found(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::NotFound, code, message)
    }

    /// 409: it collides with the state of things.
    pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Conflict, code, message)
    }

    /// 501 with the reason: code `operation.unsupported`.
    pub fn unsupported<O: Operation>(operation: O, reason: &'static str) -> Self {
        Self::new(
            ErrorKind::Unsupported,
            "operation.unsupported",
            format!("{}.{} is not available here: {reason}", O::MODULE, operation.name()),
        )
    }

    /// 502: the backend failed, or answered what we cannot read.
    pub fn backend(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Backend, code, message)
    }

    /// 500: our own fault. The client sees a fixed text; `context` and source tell the logs.
    pub fn internal(context: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, "internal", "Something went wrong on our side").with_context("reason", context)
    }

    /// Adds a fact for the logs. Never a secret.
    #[must_use]
    pub fn with_context(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.0.context.push((key, value.into()));
        self
    }

    /// Adds the error underneath, for the logs.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Says that the backend may have acted.
    #[must_use]
    pub fn with_effect(mut self, effect: Effect) -> Self {
        self.0.effect = effect;
        self
    }

    /// Says that trying again after this time may help.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.0.retry_after = Some(wait);
        self
    }

    /// Says what the customer has to do before the payment can go on.
    #[must_use]
    pub fn with_payment_action(mut self, action: PaymentAction) -> Self {
        self.0.payment_action = Some(action);
        self
    }

    /// What a program does about it.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The stable code, such as `cart.not_found`.
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The text that a client may see.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What is wrong with the request, one by one; empty where the code says it all.
    pub fn violation_list(&self) -> &[Violation] {
        &self.0.violations
    }

    /// What the customer has to do before the payment can go on.
    pub fn payment_action(&self) -> Option<&PaymentAction> {
        self.0.payment_action.as_ref()
    }

    /// How long to wait before trying again, where that may help.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the backend may have acted.
    pub fn effect(&self) -> Effect {
        self.0.effect
    }

    /// Facts for the logs, in the order they were added.
    pub fn context(&self) -> &[(&'static str, String)] {
        &self.0.context
    }
}

/// One line: code, public message, context, then the sources. For logs, not for clients.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.message)?;
        for (key, value) in &self.0.context {
            write!(f, ", {key}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("code", &self.0.code)
            .field("message", &self.0.message)
            .field("violations", &self.0.violations)
            .field("effect", &self.0.effect)
            .field("context", &self.0.context)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_secret_is_in_no_debug_output() {
        let error = Error::new(ErrorKind::PaymentRequired, "payment.action_required", "Confirm the payment")
            .with_payment_action(PaymentAction { redirect_url: None, client_secret: Some("cs_hidden".to_owned()) });
        assert!(!format!("{error:?} {error}").contains("cs_hidden"));
        assert_eq!(error.payment_action().and_then(|a| a.client_secret.as_deref()), Some("cs_hidden"));
    }

    #[test]
    fn one_violation_is_told_in_the_message() {
        let error = Error::violations(vec![Violation::new("quantity", "must be at least 1")]);
        assert_eq!(error.message(), "quantity: must be at least 1");
        assert_eq!(error.violation_list().len(), 1);
    }
}
