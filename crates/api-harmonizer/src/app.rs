//! The router and its layers.
//!
//! From the outside in, each for the reason given:
//!
//! 1. [`paths`]: the fixed parts of a path in any case, trailing slash. Before routing, for the routes are lower case.
//! 2. [`context::enter`]: request id, access log, headers of every answer. Sees what really leaves.
//! 3. CORS: answers preflights before anything else looks at them; refusals get their CORS headers too.
//! 4. Compression: of answers and refusals alike.
//! 5. [`error::write_errors`]: writes refusals, logs what failed.
//! 6. Panics become refusals.
//! 7. Writes become tasks of their own (API routes and unknown ones): a client that hangs up does not stop one half-way,
//!    nor does it give back the slot that the write takes next.
//! 8. Load shedding (the same routes; health is asked all the more under load): what is too much is refused before any
//!    work.
//! 9. [`context::establish`] (the same routes): language, currency, caller, deadline.
//! 10. [`idempotency::replay`] (the same routes): a repeated POST gets the first answer.
//! 11. The handler: reads the input, calls the guarded service.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{OriginalUri, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, COOKIE, EXPIRES, PRAGMA, RETRY_AFTER};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_request_with_state};
use axum::response::{IntoResponse, Response};
use o2s_framework_core::Modules;
use o2s_framework_core::guard::Timer;
use tokio::sync::Semaphore;
use tower::{Layer, ServiceBuilder};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::cors::CorsLayer;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::composition::{Backend, Composition};
use crate::context::{IDEMPOTENCY_KEY, X_CLIENT_TIMEZONE, X_CURRENCY, X_LOCALE, X_REQUEST_ID};
use crate::error::ApiError;
use crate::idempotency::{Answers, REPLAYED};
use crate::paths::Templates;
use crate::settings::Settings;
use crate::timer::TokioTimer;
use crate::{context, error, idempotency, openapi, paths, routes};

/// Answers shorter than this, in bytes, are not worth compressing.
const COMPRESS_ABOVE: u64 = 1024;

/// How long a browser may remember a preflight's answer.
const PREFLIGHT_AGE: Duration = Duration::from_secs(600);

/// What handlers share.
pub(crate) struct AppState {
    pub(crate) modules: Modules,
    pub(crate) backends: Vec<Backend>,
    pub(crate) settings: Settings,
    pub(crate) answers: Answers,
    /// One for each request that may be answered at the same time.
    slots: Semaphore,
}

/// What handlers share, shared.
pub(crate) type App = Arc<AppState>;

/// The HTTP API of a shop, ready to be served or to be nested into another router. It has a fallback of its own:
/// `nest` it under a path, or `merge` it into a router that has none.
///
/// Takes a [`Composition`], or [`Modules`] put together by hand. The services are guarded here.
pub fn router(shop: impl Into<Composition>, settings: &Settings) -> Router {
    let Composition { modules, backends } = shop.into();
    let timer: Arc<dyn Timer> = Arc::new(TokioTimer);
    let slots = Semaphore::new(settings.max_requests.min(Semaphore::MAX_PERMITS));
    let app = Arc::new(AppState {
        modules: modules.guarded(&timer),
        backends,
        settings: settings.clone(),
        answers: Answers::new(),
        slots,
    });

    let (api, description) = openapi::parts(&settings.prefix);
    let templates = Templates::new(&settings.prefix, description.paths.paths.keys());
    let api = api.method_not_allowed_fallback(no_route);
    let api = if settings.prefix.is_empty() { api } else { Router::new().nest(&settings.prefix, api) };
    let inner = api
        .fallback(no_route)
        .layer(from_fn_with_state(Arc::clone(&app), idempotency::replay))
        .layer(from_fn_with_state(Arc::clone(&app), context::establish))
        .layer(from_fn_with_state(Arc::clone(&app), shed))
        // A write keeps its slot until it ends, also when its client is gone.
        .layer(from_fn(finish_writes))
        .merge(routes::health::router(&settings.prefix))
        .merge(routes::docs::router(&description))
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(context::enter))
                .layer(from_fn(empty_preflight))
                .layer(cors(settings))
                .layer(compression())
                .layer(from_fn(error::write_errors))
                .layer(CatchPanicLayer::custom(error::after_panic)),
        )
        .with_state(app);
    // Layers of a router run after routing; what changes the path has to stand before it.
    Router::new().fallback_service(map_request_with_state(Arc::new(templates), paths::normalise).layer(inner))
}

/// What is said of a path that is none, and of a method that a path does not have.
async fn no_route(method: Method, OriginalUri(uri): OriginalUri) -> ApiError {
    ApiError::no_route(&method, uri.path())
}

/// Refuses what comes while as many requests as are taken at once are being answered.
async fn shed(State(app): State<App>, request: Request, next: Next) -> Response {
    match app.slots.try_acquire() {
        Ok(_slot) => next.run(request).await,
        Err(_) => ApiError::overloaded().into_response(),
    }
}

/// Runs a write to its end, whether or not the client waits for it. The deadline holds all the same.
async fn finish_writes(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let task = tokio::spawn(next.run(request).in_current_span().with_current_subscriber());
    task.await.unwrap_or_else(|error| ApiError::internal(format!("the request's task ended: {error}")).into_response())
}

fn cors(settings: &Settings) -> CorsLayer {
    let origins = settings.cors_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(origins.collect::<Vec<_>>())
        .allow_credentials(true)
        .allow_methods([
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::DELETE,
            Method::OPTIONS,
            Method::PATCH,
        ])
        .allow_headers([
            CONTENT_TYPE,
            AUTHORIZATION,
            COOKIE,
            CACHE_CONTROL,
            PRAGMA,
            EXPIRES,
            X_LOCALE,
            X_CURRENCY,
            X_CLIENT_TIMEZONE,
            X_REQUEST_ID,
            IDEMPOTENCY_KEY,
        ])
        .expose_headers([X_CURRENCY, X_LOCALE, X_REQUEST_ID, REPLAYED, RETRY_AFTER])
        .max_age(PREFLIGHT_AGE)
}

/// A preflight is answered with 204, as front ends of this API are used to.
async fn empty_preflight(request: Request, next: Next) -> Response {
    let is_preflight = request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    if is_preflight && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    response
}

/// Fast levels: an answer is compressed while somebody waits for it.
fn compression() -> CompressionLayer<SizeAbove> {
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(SizeAbove::new(COMPRESS_ABOVE))
}
