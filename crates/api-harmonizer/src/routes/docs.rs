//! The description of the API and a page to explore it; the page's assets are inside the program.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::app::App;

/// `/openapi.json` and `/docs`.
pub(crate) fn router(description: &OpenApi) -> Router<App> {
    let json = description.to_pretty_json().unwrap_or_default();
    let serve = move || {
        let json = json.clone();
        async move { ([(CONTENT_TYPE, "application/json; charset=utf-8")], json).into_response() }
    };
    // Relative to the page: the router may be nested under a path.
    let page = Config::from("../openapi.json").try_it_out_enabled(true).deep_linking(true).persist_authorization(false);
    Router::new().route("/openapi.json", get(serve)).merge(SwaggerUi::new("/docs").config(page))
}
