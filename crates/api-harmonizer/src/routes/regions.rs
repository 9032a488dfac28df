use axum::extract::State;
use o2s_framework_core::ids::RegionId;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::regions::{ListRegions, Region};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Input, NoBody, NoIds, NoParameters, One};
use crate::reply::{Answer, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_regions)).routes(routes!(get_region))
}

/// Lists the regions.
#[utoipa::path(
    get,
    path = "/regions",
    tag = "regions",
    params(ListRegions),
    responses((status = 200, description = "The regions, always in the same order.", body = Paginated<Region>))
)]
async fn list_regions(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListRegions, NoBody>,
) -> Answer<Found<Paginated<Region>>> {
    Ok(Found(app.modules.regions.list_regions(&cx, &query).await?))
}

/// Gets a region.
#[utoipa::path(
    get,
    path = "/regions/{id}",
    tag = "regions",
    params(("id" = RegionId, Path, description = "The region's id.")),
    responses((status = 200, description = "The region.", body = Region))
)]
async fn get_region(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<RegionId>, NoParameters, NoBody>,
) -> Answer<Found<Region>> {
    Ok(Found(app.modules.regions.get_region(&cx, &id).await?))
}
