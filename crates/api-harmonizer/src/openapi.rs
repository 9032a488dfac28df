//! The description of the API, OpenAPI 3.1, generated from the handlers.

use std::collections::BTreeMap;

use axum::Router;
use o2s_framework_core::ids::{BillingAccountId, OrderId, RegionId, ResourceId};
use o2s_framework_core::paging::Limit;
use o2s_framework_core::products::ProductReferenceType;
use o2s_framework_core::text::{BasePath, Locale};
use o2s_framework_core::time::RangeEnd;
use utoipa::OpenApi;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ArrayItems, SchemaType};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, HttpMethod, Object, ObjectBuilder, Ref, RefOr, Required, Response, ResponseBuilder, Schema, Server,
    Type,
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
    leave_out_null(&mut description);
    (router, description)
}

/// The description as JSON; the same text for the same code.
pub fn openapi(prefix: &str) -> String {
    parts(prefix).1.to_pretty_json().unwrap_or_default()
}

/// Adds what operations have in common.
fn complete(description: &mut utoipa::openapi::OpenApi, prefix: &str) {
    description.servers = Some(vec![Server::new(if prefix.is_empty() { "/" } else { prefix })]);
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.description = Some(
        "The customer's token, as the shop's sign-in issues it. One that is invalid or expired is 401.".to_owned(),
    );
    let components = description.components.get_or_insert_default();
    name_elements(&mut components.schemas);
    name_types(&mut components.schemas);
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

/// Takes `null` out of all schemas: what is absent is left out of answers, and needs no place in requests.
fn leave_out_null(description: &mut utoipa::openapi::OpenApi) {
    for schemas in description.components.iter_mut().map(|components| &mut components.schemas) {
        schemas.values_mut().for_each(without_null);
    }
    let operations = description.paths.paths.values_mut().flat_map(operations).map(|(_, operation)| operation);
    let bodies = operations.filter_map(|operation| match operation.request_body.as_mut()? {
        RefOr::T(body) => Some(body),
        RefOr::Ref(_) => None,
    });
    let contents = bodies.flat_map(|body| body.content.values_mut());
    let schemas = contents.filter_map(|content| match content {
        RefOr::T(content) => content.schema.as_mut(),
        RefOr::Ref(_) => None,
    });
    schemas.for_each(without_null);
}

fn without_null(schema: &mut RefOr<Schema>) {
    let RefOr::T(inner) = schema else { return };
    match inner {
        Schema::Object(object) => {
            if let SchemaType::Array(types) = &mut object.schema_type {
                types.retain(|known| *known != Type::Null);
                if let [only] = types.as_slice() {
                    object.schema_type = SchemaType::Type(only.clone());
                }
            }
            object.default = object.default.take().filter(|value| !value.is_null());
            object.properties.values_mut().for_each(without_null);
        }
        Schema::Array(array) => {
            if let SchemaType::Array(_) = array.schema_type {
                array.schema_type = SchemaType::Type(Type::Array);
            }
            array.default = array.default.take().filter(|value| !value.is_null());
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                without_null(items);
            }
        }
        Schema::OneOf(one_of) => {
            one_of.items.retain(|item| !is_null(item));
            one_of.items.iter_mut().for_each(without_null);
            if one_of.items.len() == 1 {
                *schema = one_of.items.remove(0);
            }
        }
        Schema::AllOf(all_of) => all_of.items.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn is_null(schema: &RefOr<Schema>) -> bool {
    matches!(schema, RefOr::T(Schema::Object(object)) if object.schema_type == SchemaType::Type(Type::Null))
}

/// Gives the elements of lists the names that they have elsewhere: a list is described with its elements spelled out.
fn name_elements(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let mut elements = Vec::new();
    for (name, list) in schemas.iter_mut() {
        let element = name.strip_prefix("Paginated_").or_else(|| name.strip_prefix("Lines_"));
        let (Some(element), RefOr::T(Schema::Object(list))) = (element, list) else { continue };
        if let Some(RefOr::T(Schema::Array(data))) = list.properties.get_mut("data")
            && let ArrayItems::RefOrSchema(items) = &mut data.items
            && let RefOr::T(_) = **items
        {
            let spelled_out = std::mem::replace(&mut **items, RefOr::Ref(Ref::from_schema_name(element)));
            elements.push((element.to_owned(), spelled_out));
        }
    }
    for (name, element) in elements {
        schemas.entry(name).or_insert(element);
    }
}

/// Types that name themselves in answers.
const NAMED: [&str; 2] = ["Asset", "Service"];

/// Adds what the schemas themselves do not tell: the member that names a type, and the parts of an address once more where
/// they change.
fn name_types(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    for name in NAMED {
        if let Some(RefOr::T(Schema::Object(object))) = schemas.get_mut(name) {
            let constant = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([name]));
            let constant = constant.description(Some("What this is."));
            object.properties.insert("__typename".to_owned(), constant.into());
            object.required.push("__typename".to_owned());
        }
    }
    let Some(RefOr::T(Schema::Object(address))) = schemas.get("Address").cloned() else { return };
    let Some(RefOr::T(Schema::Object(changes))) = schemas.get_mut("AddressChanges") else { return };
    for (name, part) in &mut changes.properties {
        let described = address.properties.get(name);
        match (part, described) {
            (RefOr::T(Schema::Object(part)), Some(RefOr::T(Schema::Object(known)))) => {
                part.description.clone_from(&known.description);
            }
            (RefOr::Ref(part), Some(RefOr::Ref(known))) => part.description.clone_from(&known.description),
            _ => {}
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
    (
        "idempotency-key",
        "Under the same key a repeated request is the same request: it gets the first answer, with the header \
         `Idempotency-Replayed: true`. Take a random one for each request.",
    ),
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
    Failure::new("403", "Forbidden", "The shop does not allow it to this caller."),
    Failure::new("404", "NotFound", "It does not exist, or it is somebody else's."),
    Failure::new("408", "Slow", "The body did not arrive in time."),
    Failure::new("409", "Conflict", "It collides with the state of things: sold out, already completed."),
    Failure::new("413", "TooLarge", "The body is too long."),
    Failure::new("415", "NotJson", "The body is not JSON."),
    Failure::new("422", "KeyReused", "The idempotency key was used for another request."),
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
            "408" | "413" | "415" => has_body,
            _ => true,
        }
    }

    fn response(&self) -> Response {
        let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
        let response = ResponseBuilder::new().description(self.what).content("application/json", body);
        let header = |name, kind, what| {
            (name, HeaderBuilder::new().schema(Some(Object::with_type(kind))).description(Some(what)))
        };
        let header = match self.status {
            "401" => Some(header("WWW-Authenticate", Type::String, "`Bearer`, with the error where a token was sent.")),
            "429" | "503" => Some(header("Retry-After", Type::Integer, "How many seconds to wait.")),
            _ => None,
        };
        match header {
            Some((name, header)) => response.header(name, header.build()).build(),
            None => response.build(),
        }
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
