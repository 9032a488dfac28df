//! From a request to typed input: ids of the path, parameters of the query, the body; all violations at once.

mod body;
mod path;
mod query;

use axum::extract::{FromRequest, Request};
use o2s_framework_core::error::Violation;

use crate::app::App;
use crate::error::ApiError;

pub(crate) use body::{Body, BodyPart, NoBody, read_body};
pub(crate) use path::{NoIds, One, PathPart, Two};
pub(crate) use query::{NoParameters, QueryParameters};

/// The input of an operation. What is wrong with any part of it is told together, before the operation begins.
pub(crate) struct Input<P, Q, B>(pub(crate) P, pub(crate) Q, pub(crate) B);

impl<P: PathPart, Q: QueryParameters, B: BodyPart> FromRequest<App> for Input<P, Q, B> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let (mut head, body) = request.into_parts();
        let mut violations = Vec::new();
        let path = P::take(&mut head, &mut violations).await?;
        let query = query::take::<Q>(head.uri.query().unwrap_or_default(), &mut violations);
        let body = B::take(&head.headers, body, &app.settings, &mut violations).await?;
        match (path, query, body) {
            (Some(path), Some(query), Some(body)) if violations.is_empty() => Ok(Self(path, query, body)),
            _ => Err(ApiError::violations(violations)),
        }
    }
}

/// Adds a violation unless its field has one already.
fn add(violations: &mut Vec<Violation>, violation: Violation) {
    if !violations.iter().any(|known| known.field == violation.field) {
        violations.push(violation);
    }
}
