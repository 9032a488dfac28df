//! The description of the API, OpenAPI 3.1, generated from the handlers.

use std::collections::BTreeMap;

use axum::Router;
use o2s_framework_core::ids::{BillingAccountId, OrderId, RegionId, ResourceId};
use o2s_framework_core::paging::Limit;
use o2s_framework_core::products::ProductReferenceType;
use o2s_framework_core::text::{BasePath, Locale};
use o2s_framework_core::time::RangeEnd;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, HttpMethod, ObjectBuilder, Ref, RefOr, Required, Response, ResponseBuilder, Server, Type,
};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::error::ErrorBody;
use crate::routes;

/// The name of the security scheme.
const CUSTOMER: &str = "customer";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "O2S commerce API",
        description = "One normalised commerce API in front of a shop's backend. Prices are in major units; lists are \
                       `{data, total}`; absent values are left out. Ids are opaque.",
        license(name = "MIT", identifier = "MIT")
    ),
    // What parameters alone refer to is not found by itself.
    components(schemas(
        ErrorBody, BasePath, BillingAccountId, Limit, Locale, OrderId, ProductReferenceType, RangeEnd, RegionId, ResourceId
    )),
    security((), ("customer" = [])),
    tags(
        (name = "products", description = "The catalogue. Open to everybody; a token may change prices."),
        (name = "regions", description = "Where the shop sells, in which currency and to which countries. Open to everybody."),
        (name = "carts", description = "Carts. A guest's cart is open to whoever knows its id, a customer's to the customer."),
        (name = "checkout", description = "From cart to order: addresses, shipping, payment, placing."),
        (name = "customers", description = "Saved addresses of the signed-in customer."),
        (name = "orders", description = "Orders. A guest's order is open to whoever knows its id, a customer's to the customer."),
        (name = "returns", description = "What goes back of an order; who may see the order may send back its goods."),
        (name = "payments", description = "Payment providers and sessions."),
        (name = "resources", description = "What a customer owns: assets and service instances."),
        (name = "health", description = "For whoever watches over the server.")
    )
)]
struct Api;

/// The API's routes and their description.
pub(crate) fn parts(prefix: &str) -> (Router<App>, utoipa::openapi::OpenApi) {
    let router = OpenApiRouter::<App>::with_openapi(Api::openapi())
        .merge(routes::products::routes())
        .merge(routes::regions::routes())
        .merge(routes::carts::routes())
        .merge(routes::checkout::routes())
        .merge(routes::customers::routes())
        .merge(routes::orders::routes())
        .merge(routes::returns::routes())
        .merge(routes::payments::routes())
        .merge(routes::resources::routes());
    let (router, mut description) = router.split_for_parts();
    complete(&mut description, prefix);
    description.merge(routes::health::routes().split_for_parts().1);
    (router, description)
}

/// The description as JSON; the same text for the same code.
pub fn openapi(prefix: &str) -> String {
    parts(prefix).1.to_pretty_json().unwrap_or_default()
}

/// Adds what operations have in common.
fn complete(description: &mut utoipa::openapi::OpenApi, prefix: &str) {
    if !prefix.is_empty() {
        description.servers = Some(vec![Server::new(prefix)]);
    }
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.description = Some(
        "The customer's token, as the shop's sign-in issues it. One that is invalid or expired is 401.".to_owned(),
    );
    let components = description.components.get_or_insert_default();
    components.security_schemes.insert(CUSTOMER.to_owned(), SecurityScheme::Http(bearer).into());
    components.responses.extend(FAILURES.iter().map(|failure| (failure.name.to_owned(), failure.response().into())));
    components.parameters.extend(HEADERS.iter().map(|header| (header.0.to_owned(), RefOr::T(parameter(header)))));

    for item in description.paths.paths.values_mut() {
        for (method, operation) in operations(item) {
            let headers = HEADERS.iter().filter(|(name, _)| *name != "idempotency-key" || method == HttpMethod::Post);
            let headers = headers.map(|(name, _)| RefOr::Ref(Ref::new(format!("#/components/parameters/{name}"))));
            operation.parameters.get_or_insert_default().extend(headers);
            let has_body = operation.request_body.is_some();
            for failure in FAILURES.iter().filter(|failure| failure.may_come_of(&method, has_body)) {
                let response = RefOr::Ref(Ref::from_response_name(failure.name));
                operation.responses.responses.entry(failure.status.to_owned()).or_insert(response);
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
    let PathItem { get, post, patch, delete, .. } = item;
    [(HttpMethod::Get, get), (HttpMethod::Post, post), (HttpMethod::Patch, patch), (HttpMethod::Delete, delete)]
        .into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// The headers of requests that matter to all operations, the last one to those that make something.
const HEADERS: [(&str, &str); 4] = [
    ("x-locale", "The language of the answer, one of the configured ones; echoed."),
    ("x-currency", "The currency that prices are wanted in, one of the configured ones; echoed."),
    ("x-request-id", "Names the request in logs and error bodies; made where absent, echoed."),
    ("idempotency-key", "Under the same key a repeated request is the same request: it gets the first answer."),
];

fn parameter((name, what): &(&str, &str)) -> Parameter {
    ParameterBuilder::new()
        .name(*name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(*what))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}

/// A way in which operations fail.
struct Failure {
    status: &'static str,
    name: &'static str,
    what: &'static str,
}

const FAILURES: &[Failure] = &[
    Failure::new("400", "Invalid", "The request is wrong as it stands; `violations` has the list."),
    Failure::new("401", "Unauthenticated", "No valid identity: sign in (again)."),
    Failure::new("404", "NotFound", "It does not exist, or it is somebody else's."),
    Failure::new("409", "Conflict", "It collides with the state of things: sold out, already completed."),
    Failure::new("413", "TooLarge", "The body is too long."),
    Failure::new("415", "NotJson", "The body is not JSON."),
    Failure::new("422", "KeyReused", "The idempotency key was used for another body."),
    Failure::new("429", "RateLimited", "Too many requests: wait as `Retry-After` says."),
    Failure::new("500", "Internal", "Our own fault."),
    Failure::new("501", "Unsupported", "This shop cannot do it; the message says why."),
    Failure::new("502", "Backend", "The backend failed."),
    Failure::new("503", "Unavailable", "The backend cannot be reached: wait as `Retry-After` says."),
    Failure::new("504", "Timeout", "The backend took too long."),
];

impl Failure {
    const fn new(status: &'static str, name: &'static str, what: &'static str) -> Self {
        Self { status, name, what }
    }

    fn may_come_of(&self, method: &HttpMethod, has_body: bool) -> bool {
        match self.status {
            "422" => *method == HttpMethod::Post,
            "409" => *method != HttpMethod::Get,
            "413" | "415" => has_body,
            _ => true,
        }
    }

    fn response(&self) -> Response {
        ResponseBuilder::new()
            .description(self.what)
            .content("application/json", ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build())
            .build()
    }
}

/// 402, for operations that place an order.
pub(crate) struct PaymentRequired;

impl utoipa::IntoResponses for PaymentRequired {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let what = "The payment needs another step of the customer (`redirectUrl`, `clientSecret`), or was refused.";
        let failure = Failure::new("402", "PaymentRequired", what);
        BTreeMap::from([(failure.status.to_owned(), failure.response().into())])
    }
}
