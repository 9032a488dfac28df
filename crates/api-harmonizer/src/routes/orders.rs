use axum::extract::State;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{GetOrder, ListOrders, Order};
use o2s_framework_core::paging::Paginated;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Input, NoBody, NoIds, One};
use crate::reply::{Answer, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_orders)).routes(routes!(get_order))
}

/// Lists the caller's orders.
#[utoipa::path(
    get,
    path = "/orders",
    tag = "orders",
    params(ListOrders),
    security(("customer" = [])),
    responses((status = 200, description = "A page of the orders; `total` counts all that match.", body = Paginated<Order>))
)]
async fn list_orders(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListOrders, NoBody>,
) -> Answer<Found<Paginated<Order>>> {
    Ok(Found(app.modules.orders.list_orders(&cx, &query).await?))
}

/// Gets an order.
#[utoipa::path(
    get,
    path = "/orders/{id}",
    tag = "orders",
    params(("id" = OrderId, Path, description = "The order's id."), GetOrder),
    responses((status = 200, description = "The order with the lines asked for.", body = Order))
)]
async fn get_order(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), query, NoBody): Input<One<OrderId>, GetOrder, NoBody>,
) -> Answer<Found<Order>> {
    Ok(Found(app.modules.orders.get_order(&cx, &id, &query).await?))
}
