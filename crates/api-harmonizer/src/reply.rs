//! How answers are written.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::ApiError;

/// What a handler returns.
pub(crate) type Answer<T> = Result<T, ApiError>;

/// 200 with a value as JSON.
pub(crate) struct Found<T>(pub(crate) T);

/// 201 with a value as JSON.
pub(crate) struct Created<T>(pub(crate) T);

/// 200 with a value as JSON, or without a body where there is none: what front ends of this API expect.
pub(crate) struct Perhaps<T>(pub(crate) Option<T>);

/// 200 without a body.
pub(crate) struct Done;

/// 202 without a body: what was asked for is on its way.
pub(crate) struct Accepted;

impl<T: Serialize> IntoResponse for Found<T> {
    fn into_response(self) -> Response {
        json(StatusCode::OK, &self.0)
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        json(StatusCode::CREATED, &self.0)
    }
}

impl<T: Serialize> IntoResponse for Perhaps<T> {
    fn into_response(self) -> Response {
        self.0.map_or_else(|| Done.into_response(), |value| Found(value).into_response())
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        StatusCode::OK.into_response()
    }
}

impl IntoResponse for Accepted {
    fn into_response(self) -> Response {
        StatusCode::ACCEPTED.into_response()
    }
}

/// A value as JSON.
pub(crate) fn json<T: Serialize>(status: StatusCode, value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => {
            let json = HeaderValue::from_static("application/json; charset=utf-8");
            (status, [(CONTENT_TYPE, json)], body).into_response()
        }
        Err(error) => ApiError::internal(format!("an answer could not be written: {error}")).into_response(),
    }
}
