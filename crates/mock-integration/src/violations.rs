//! Requests that are wrong in themselves.

use o2s_framework_core::error::{Error, Result, Violation};

/// 400 `request.invalid` where there is anything wrong.
pub(crate) fn ensure_none(violations: Vec<Violation>) -> Result<()> {
    if violations.is_empty() { Ok(()) } else { Err(Error::violations(violations)) }
}

/// 400 `request.invalid` for one thing.
pub(crate) fn violation(field: &str, message: impl Into<String>) -> Error {
    Error::violations(vec![Violation::new(field, message)])
}
