use axum::extract::State;
use axum::http::StatusCode;
use o2s_framework_core::ids::{AssetId, ResourceId, ServiceId};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::products::Product;
use o2s_framework_core::resources::{Asset, ListAssets, ListServices, Service, WindowQuery};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Input, NoBody, NoIds, NoParameters, One};
use crate::reply::{Answer, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(purchase_resource))
        .routes(routes!(list_services))
        .routes(routes!(list_featured_services))
        .routes(routes!(get_service))
        .routes(routes!(list_assets))
        .routes(routes!(get_asset))
        .routes(routes!(list_compatible_services))
}

/// Buys or activates an asset or a service.
#[utoipa::path(
    post,
    path = "/resources/{id}/purchase",
    tag = "resources",
    params(("id" = ResourceId, Path, description = "The asset's or the service's id.")),
    security(("customer" = [])),
    responses((status = 201, description = "Done; the body is empty."))
)]
async fn purchase_resource(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<ResourceId>, NoParameters, NoBody>,
) -> Answer<StatusCode> {
    app.modules.resources.purchase_resource(&cx, &id).await?;
    Ok(StatusCode::CREATED)
}

/// Lists the caller's service instances.
#[utoipa::path(
    get,
    path = "/resources/services",
    tag = "resources",
    params(ListServices),
    security(("customer" = [])),
    responses((status = 200, description = "A page of the service instances.", body = Paginated<Service>))
)]
async fn list_services(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListServices, NoBody>,
) -> Answer<Found<Paginated<Service>>> {
    Ok(Found(app.modules.resources.list_services(&cx, &query).await?))
}

/// Lists the services that the shop shows first.
#[utoipa::path(
    get,
    path = "/resources/services/featured",
    tag = "resources",
    params(WindowQuery),
    responses((status = 200, description = "A page of services to buy.", body = Paginated<Product>))
)]
async fn list_featured_services(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, WindowQuery, NoBody>,
) -> Answer<Found<Paginated<Product>>> {
    Ok(Found(app.modules.resources.list_featured_services(&cx, &query).await?))
}

/// Gets a service instance of the caller.
#[utoipa::path(
    get,
    path = "/resources/services/{id}",
    tag = "resources",
    params(("id" = ServiceId, Path, description = "The service instance's id.")),
    security(("customer" = [])),
    responses((status = 200, description = "The service instance.", body = Service))
)]
async fn get_service(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<ServiceId>, NoParameters, NoBody>,
) -> Answer<Found<Service>> {
    Ok(Found(app.modules.resources.get_service(&cx, &id).await?))
}

/// Lists the caller's assets.
#[utoipa::path(
    get,
    path = "/resources/assets",
    tag = "resources",
    params(ListAssets),
    security(("customer" = [])),
    responses((status = 200, description = "A page of the assets.", body = Paginated<Asset>))
)]
async fn list_assets(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListAssets, NoBody>,
) -> Answer<Found<Paginated<Asset>>> {
    Ok(Found(app.modules.resources.list_assets(&cx, &query).await?))
}

/// Gets an asset of the caller.
#[utoipa::path(
    get,
    path = "/resources/assets/{id}",
    tag = "resources",
    params(("id" = AssetId, Path, description = "The asset's id.")),
    security(("customer" = [])),
    responses((status = 200, description = "The asset.", body = Asset))
)]
async fn get_asset(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<AssetId>, NoParameters, NoBody>,
) -> Answer<Found<Asset>> {
    Ok(Found(app.modules.resources.get_asset(&cx, &id).await?))
}

/// Lists the services that can be bought for an asset of the caller.
#[utoipa::path(
    get,
    path = "/resources/assets/{id}/compatible-services",
    tag = "resources",
    params(("id" = AssetId, Path, description = "The asset's id."), WindowQuery),
    security(("customer" = [])),
    responses((status = 200, description = "A page of services to buy.", body = Paginated<Product>))
)]
async fn list_compatible_services(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), query, NoBody): Input<One<AssetId>, WindowQuery, NoBody>,
) -> Answer<Found<Paginated<Product>>> {
    Ok(Found(app.modules.resources.list_compatible_services(&cx, &id, &query).await?))
}
