use axum::extract::State;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order};
use o2s_framework_core::paging::Paginated;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Body, Input, NoBody, NoIds, NoParameters, One};
use crate::reply::{Accepted, Answer, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_orders))
        .routes(routes!(get_order))
        .routes(routes!(look_up_order))
        .routes(routes!(request_claim))
        .routes(routes!(confirm_claim))
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

/// Finds an order by what its customer remembers. It is a POST because an e-mail address has no place in a URL.
#[utoipa::path(
    post,
    path = "/orders/lookup",
    tag = "orders",
    request_body(
        content = LookUpOrder,
        example = json!({"displayId": "1042", "email": "jane@example.com", "postalCode": "10119"})
    ),
    responses((status = 200, description = "The order: a guest's, or the caller's own.", body = Order))
)]
async fn look_up_order(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, NoParameters {}, Body(body)): Input<NoIds, NoParameters, Body<LookUpOrder>>,
) -> Answer<Found<Order>> {
    Ok(Found(app.modules.orders.look_up_order(&cx, &body).await?))
}

/// Asks for a guest's order to become the caller's: the shop mails a token to the order's address.
#[utoipa::path(
    post,
    path = "/orders/{id}/claim",
    tag = "orders",
    params(("id" = OrderId, Path, description = "The order's id.")),
    security(("customer" = [])),
    responses((status = 202, description = "The mail is on its way; the body is empty."))
)]
async fn request_claim(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<OrderId>, NoParameters, NoBody>,
) -> Answer<Accepted> {
    app.modules.orders.request_claim(&cx, &id).await?;
    Ok(Accepted)
}

/// Makes an order the caller's who asked for it, by the token that was mailed.
#[utoipa::path(
    post,
    path = "/orders/{id}/claim/confirm",
    tag = "orders",
    params(("id" = OrderId, Path, description = "The order's id.")),
    security(("customer" = [])),
    request_body(content = ConfirmClaim, example = json!({"token": "the token from the mail"})),
    responses((status = 200, description = "The order, which is the caller's now.", body = Order))
)]
async fn confirm_claim(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, Body(body)): Input<One<OrderId>, NoParameters, Body<ConfirmClaim>>,
) -> Answer<Found<Order>> {
    Ok(Found(app.modules.orders.confirm_claim(&cx, &id, &body).await?))
}
