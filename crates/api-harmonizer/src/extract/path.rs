use std::fmt::Display;
use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use o2s_framework_core::error::Violation;

use crate::error::ApiError;

/// The ids in a path.
pub(crate) trait PathPart: Sized + Send {
    /// Reads the ids; none where one of them cannot be an id, which is then among the violations.
    fn take(
        head: &mut Parts,
        violations: &mut Vec<Violation>,
    ) -> impl Future<Output = Result<Option<Self>, ApiError>> + Send;
}

/// A path without ids.
pub(crate) struct NoIds;

/// A path with one id.
pub(crate) struct One<A>(pub(crate) A);

/// A path with two ids.
pub(crate) struct Two<A, B>(pub(crate) A, pub(crate) B);

impl PathPart for NoIds {
    async fn take(_: &mut Parts, _: &mut Vec<Violation>) -> Result<Option<Self>, ApiError> {
        Ok(Some(Self))
    }
}

impl<A: FromStr<Err: Display> + Send> PathPart for One<A> {
    async fn take(head: &mut Parts, violations: &mut Vec<Violation>) -> Result<Option<Self>, ApiError> {
        let params = params(head).await?;
        let mut params = params.iter();
        Ok(id(params.next(), violations)?.map(Self))
    }
}

impl<A: FromStr<Err: Display> + Send, B: FromStr<Err: Display> + Send> PathPart for Two<A, B> {
    async fn take(head: &mut Parts, violations: &mut Vec<Violation>) -> Result<Option<Self>, ApiError> {
        let params = params(head).await?;
        let mut params = params.iter();
        let first = id(params.next(), violations)?;
        let second = id(params.next(), violations)?;
        Ok(first.zip(second).map(|(first, second)| Self(first, second)))
    }
}

async fn params(head: &mut Parts) -> Result<RawPathParams, ApiError> {
    RawPathParams::from_request_parts(head, &())
        .await
        .map_err(|_| ApiError::unreadable("path", "The path must be UTF-8, percent-encoded"))
}

fn id<T: FromStr<Err: Display>>(
    param: Option<(&str, &str)>,
    violations: &mut Vec<Violation>,
) -> Result<Option<T>, ApiError> {
    let (name, text) = param.ok_or_else(|| ApiError::internal("a route without the id that its handler reads"))?;
    Ok(text.parse().map_err(|why| violations.push(Violation::new(name, format!("{why}")))).ok())
}
