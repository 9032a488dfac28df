//! Errors of the plugin's routes as the contract's.

use o2s_framework_core::error::{Error, ErrorKind};
use o2s_medusa_client::{Error as ClientError, ErrorKind as ClientErrorKind};

/// Turns an error of the client into the contract's.
///
/// No caller's value reaches these routes but ids, and no caller's credential: what they refuse is never the caller's
/// fault, and nothing that they say is passed on.
pub(crate) fn backend(error: ClientError) -> Error {
    let mapped = match error.kind() {
        ClientErrorKind::Api { status, message, .. } => api(status.as_u16(), message),
        ClientErrorKind::Connect | ClientErrorKind::Interrupted => unavailable(),
        ClientErrorKind::Timeout => {
            Error::new(ErrorKind::Timeout, "backend.timeout", "The shop took too long to answer")
        }
        // Medusa: a route that is not there is a page in HTML; a row that is not there is JSON.
        ClientErrorKind::UnexpectedAnswer { status, .. } if status.as_u16() == 404 => {
            Error::backend("backend.misconfigured", "The shop's server does not have the assets-and-services plugin")
        }
        ClientErrorKind::UnexpectedAnswer { status, .. } if !status.is_success() => api(status.as_u16(), ""),
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
    mapped.with_source(error)
}

fn api(status: u16, message: &str) -> Error {
    match status {
        401 | 403 => {
            Error::backend("backend.misconfigured", "The shop does not accept the configured admin credential")
        }
        // Medusa: a missing, wrong or channel-less publishable key is a 400 that speaks of the key.
        400 if message.to_lowercase().contains("publishable") => {
            Error::backend("backend.misconfigured", "The shop does not accept the configured key")
        }
        429 => Error::new(ErrorKind::RateLimited, "backend.rate_limited", "The shop gets too many requests"),
        502..=504 => unavailable(),
        _ => Error::backend("backend.error", "The shop failed to answer"),
    }
}

fn unavailable() -> Error {
    Error::new(ErrorKind::Unavailable, "backend.unavailable", "The shop cannot be reached at the moment")
}

/// Whether Medusa answered that there is no such row; a missing route is something else.
pub(crate) fn is_not_found(error: &ClientError) -> bool {
    matches!(error.kind(), ClientErrorKind::Api { status, .. } if status.as_u16() == 404)
}

/// Whether the answer is longer than one is read.
pub(crate) fn is_too_large(error: &ClientError) -> bool {
    matches!(error.kind(), ClientErrorKind::TooLarge { .. })
}
