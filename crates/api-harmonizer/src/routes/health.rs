//! Health: at the root for whoever runs the server, and under the prefix, where front ends look for it. No header of
//! a request matters here.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::future::join_all;
use o2s_framework_core::context::RequestContext;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::composition::{Backend, Question};
use crate::context::RequestId;
use crate::error::told;
use crate::reply;

/// How long a backend may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// The routes, at the root and under the prefix.
pub(crate) fn router(prefix: &str) -> Router<App> {
    let (routes, _) = routes().split_for_parts();
    if prefix.is_empty() { routes } else { Router::new().nest(prefix, routes.clone()).merge(routes) }
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(health)).routes(routes!(live)).routes(routes!(ready))
}

/// What is up and what is not.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `ok`, or `error` where something is down.
    #[schema(example = "ok")]
    status: &'static str,
    /// What is up.
    info: BTreeMap<&'static str, Part>,
    /// What is down.
    error: BTreeMap<&'static str, Part>,
    /// All of it.
    details: BTreeMap<&'static str, Part>,
}

/// One integration.
#[derive(Clone, Serialize, ToSchema)]
struct Part {
    /// `up` or `down`.
    #[schema(example = "up")]
    status: &'static str,
    /// The modules that come from it.
    modules: Vec<&'static str>,
    /// Why it is down, as a stable code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "backend.unavailable")]
    message: Option<&'static str>,
}

impl Health {
    fn of(parts: impl IntoIterator<Item = (&'static str, Part)>) -> Self {
        let details: BTreeMap<_, _> = parts.into_iter().collect();
        let (info, error): (BTreeMap<_, _>, BTreeMap<_, _>) =
            details.clone().into_iter().partition(|(_, part)| part.message.is_none());
        Self { status: if error.is_empty() { "ok" } else { "error" }, info, error, details }
    }
}

impl IntoResponse for Health {
    fn into_response(self) -> Response {
        let status = if self.error.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
        let mut response = reply::json(status, &self);
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store, must-revalidate"));
        response
    }
}

/// Whether the server answers. Asks nobody.
#[utoipa::path(
    get,
    path = "/health",
    tag = "health",
    security(()),
    responses((status = 200, description = "It answers.", body = Health))
)]
async fn health() -> Health {
    Health::of([])
}

/// Whether the server answers. Asks nobody: restart it only where this fails.
#[utoipa::path(
    get,
    path = "/health/live",
    tag = "health",
    security(()),
    responses((status = 200, description = "It answers.", body = Health))
)]
async fn live() -> Health {
    Health::of([])
}

/// Whether the backends of the modules answer: send requests only where this succeeds.
#[utoipa::path(
    get,
    path = "/health/ready",
    tag = "health",
    security(()),
    responses(
        (status = 200, description = "All of them answer.", body = Health),
        (status = 503, description = "One of them does not; `error` says which.", body = Health)
    )
)]
async fn ready(State(app): State<App>, request: Request) -> Health {
    let id = RequestId::of(request.extensions());
    Health::of(join_all(app.backends.iter().map(|backend| ask(backend, &id))).await)
}

async fn ask(backend: &Backend, id: &RequestId) -> (&'static str, Part) {
    let cx = RequestContext::guest(id.as_str(), PATIENCE);
    let message = match tokio::time::timeout(PATIENCE, backend.check(cx, Question::Ready)).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => {
            tracing::warn!(integration = backend.name(), cause = told(&error), "a backend is not ready");
            Some(error.code())
        }
        Err(_) => {
            tracing::warn!(integration = backend.name(), "a backend did not answer in time");
            Some("request.timeout")
        }
    };
    let status = if message.is_none() { "up" } else { "down" };
    (backend.name(), Part { status, modules: backend.modules().to_vec(), message })
}
