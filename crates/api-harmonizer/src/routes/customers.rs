use axum::extract::State;
use o2s_framework_core::customers::{CreateAddress, CustomerAddress, ListAddresses, UpdateAddress};
use o2s_framework_core::ids::AddressId;
use o2s_framework_core::paging::Paginated;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Body, Input, NoBody, NoIds, NoParameters, One};
use crate::reply::{Answer, Created, Done, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_addresses, create_address))
        .routes(routes!(get_address, update_address, delete_address))
        .routes(routes!(set_default_address))
}

/// Lists the caller's addresses.
#[utoipa::path(
    get,
    path = "/customers/addresses",
    tag = "customers",
    params(ListAddresses),
    security(("customer" = [])),
    responses((status = 200, description = "A page of the addresses, oldest first.", body = Paginated<CustomerAddress>))
)]
async fn list_addresses(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListAddresses, NoBody>,
) -> Answer<Found<Paginated<CustomerAddress>>> {
    Ok(Found(app.modules.customers.list_addresses(&cx, &query).await?))
}

/// Saves an address.
#[utoipa::path(
    post,
    path = "/customers/addresses",
    tag = "customers",
    security(("customer" = [])),
    request_body(
        content = CreateAddress,
        example = json!({
            "label": "Home",
            "isDefault": true,
            "address": {"streetName": "Torstraße", "streetNumber": "1", "postalCode": "10119", "city": "Berlin", "country": "DE"}
        })
    ),
    responses((status = 201, description = "The saved address.", body = CustomerAddress))
)]
async fn create_address(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, NoParameters {}, Body(body)): Input<NoIds, NoParameters, Body<CreateAddress>>,
) -> Answer<Created<CustomerAddress>> {
    Ok(Created(app.modules.customers.create_address(&cx, &body).await?))
}

/// Gets an address.
#[utoipa::path(
    get,
    path = "/customers/addresses/{id}",
    tag = "customers",
    params(("id" = AddressId, Path, description = "The address's id.")),
    security(("customer" = [])),
    responses((status = 200, description = "The address.", body = CustomerAddress))
)]
async fn get_address(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<AddressId>, NoParameters, NoBody>,
) -> Answer<Found<CustomerAddress>> {
    Ok(Found(app.modules.customers.get_address(&cx, &id).await?))
}

/// Changes what the body names and leaves the rest.
#[utoipa::path(
    patch,
    path = "/customers/addresses/{id}",
    tag = "customers",
    params(("id" = AddressId, Path, description = "The address's id.")),
    security(("customer" = [])),
    request_body(content = UpdateAddress, example = json!({"label": "Office", "address": {"streetNumber": "2"}})),
    responses((status = 200, description = "The address.", body = CustomerAddress))
)]
async fn update_address(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, Body(body)): Input<One<AddressId>, NoParameters, Body<UpdateAddress>>,
) -> Answer<Found<CustomerAddress>> {
    Ok(Found(app.modules.customers.update_address(&cx, &id, &body).await?))
}

/// Drops an address.
#[utoipa::path(
    delete,
    path = "/customers/addresses/{id}",
    tag = "customers",
    params(("id" = AddressId, Path, description = "The address's id.")),
    security(("customer" = [])),
    responses((status = 200, description = "Dropped; the body is empty."))
)]
async fn delete_address(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<AddressId>, NoParameters, NoBody>,
) -> Answer<Done> {
    app.modules.customers.delete_address(&cx, &id).await?;
    Ok(Done)
}

/// Makes an address the default to ship and to bill to.
#[utoipa::path(
    post,
    path = "/customers/addresses/{id}/default",
    tag = "customers",
    params(("id" = AddressId, Path, description = "The address's id.")),
    security(("customer" = [])),
    responses((status = 201, description = "The address.", body = CustomerAddress))
)]
async fn set_default_address(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<AddressId>, NoParameters, NoBody>,
) -> Answer<Created<CustomerAddress>> {
    Ok(Created(app.modules.customers.set_default_address(&cx, &id).await?))
}
