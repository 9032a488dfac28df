//! Medusa's errors as the contract's.

use o2s_framework_core::error::{Effect, Error, ErrorKind};
use o2s_medusa_client::{Error as ClientError, ErrorKind as ClientErrorKind};

/// Turns an error of the client into the contract's, where the operation has no better word for it.
///
/// What Medusa says of a bad request is passed on: it speaks of values that came from the caller. Everything else
/// keeps its text for the logs.
pub(crate) fn backend(error: ClientError) -> Error {
    let effect = if error.may_have_acted() { Effect::Unknown } else { Effect::None };
    let mapped = match error.kind() {
        ClientErrorKind::Api { status, message, .. } => api(status.as_u16(), message),
        ClientErrorKind::Connect | ClientErrorKind::Interrupted => {
            Error::new(ErrorKind::Unavailable, "backend.unavailable", "The shop cannot be reached at the moment")
        }
        ClientErrorKind::Timeout => {
            Error::new(ErrorKind::Timeout, "backend.timeout", "The shop took too long to answer")
        }
        // Something between us and Medusa answers with a page of its own. What it says of a request is not Medusa's word.
        ClientErrorKind::UnexpectedAnswer { status, .. } if status.is_server_error() || status.as_u16() == 429 => {
            api(status.as_u16(), "")
        }
        ClientErrorKind::UnexpectedAnswer { .. }
        | ClientErrorKind::Decode { .. }
        | ClientErrorKind::TooLarge { .. } => {
            Error::backend("backend.unreadable", "The shop gave an answer that cannot be read")
        }
        ClientErrorKind::InvalidRequest { .. } => Error::internal("the client refused the request"),
    };
    let mapped = match error.retry_after() {
        Some(wait) => mapped.with_retry_after(wait),
        None => mapped,
    };
    mapped.with_effect(effect).with_source(error)
}

fn api(status: u16, message: &str) -> Error {
    match status {
        // Medusa: a missing, wrong or channel-less publishable key is a 400 that speaks of the key; the fault is ours.
        400 if message.to_lowercase().contains("publishable") => {
            Error::backend("backend.misconfigured", "The shop does not accept the configured key")
        }
        400 | 422 if message.is_empty() => {
            Error::backend("backend.unreadable", "The shop gave an answer that cannot be read")
        }
        400 | 422 => Error::invalid("backend.refused", message.to_owned()),
        401 => Error::invalid_token(),
        403 => Error::new(ErrorKind::Forbidden, "backend.forbidden", "The shop does not allow this"),
        404 => Error::not_found("backend.not_found", "The shop does not have this"),
        409 => Error::conflict("backend.conflict", "The shop is busy with the same thing: try again"),
        429 => Error::new(ErrorKind::RateLimited, "backend.rate_limited", "The shop gets too many requests"),
        502..=504 => {
            Error::new(ErrorKind::Unavailable, "backend.unavailable", "The shop cannot be reached at the moment")
        }
        _ => Error::backend("backend.error", "The shop failed to answer"),
    }
}

/// Whether Medusa answered that there is no such thing.
pub(crate) fn is_not_found(error: &ClientError) -> bool {
    error.status().is_some_and(|status| status.as_u16() == 404) && error.api_message().is_some()
}

/// Whether Medusa refused the request with a message that holds `text`.
// Medusa: many refusals share one `type`, and only the words tell them apart.
pub(crate) fn refuses_with(error: &ClientError, text: &str) -> bool {
    error.status().is_some_and(|status| status.as_u16() == 400)
        && error.api_message().is_some_and(|message| message.contains(text))
}

/// An answer of Medusa that lacks what it must have.
pub(crate) fn incomplete(what: &'static str) -> Error {
    Error::backend("backend.unreadable", "The shop gave an answer that cannot be read").with_context("missing", what)
}
