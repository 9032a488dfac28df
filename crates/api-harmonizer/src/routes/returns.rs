use axum::extract::State;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::returns::{CreateReturn, ListReturnReasons, OrderReturns, Return, ReturnReason};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Body, Input, NoBody, NoIds, NoParameters, One};
use crate::reply::{Answer, Created, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_reasons))
        .routes(routes!(list_return_options))
        .routes(routes!(get_order_returns, create_return))
}

/// Lists the reasons that a return may give.
#[utoipa::path(
    get,
    path = "/return-reasons",
    tag = "returns",
    params(ListReturnReasons),
    responses((status = 200, description = "The reasons.", body = Paginated<ReturnReason>))
)]
async fn list_reasons(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListReturnReasons, NoBody>,
) -> Answer<Found<Paginated<ReturnReason>>> {
    Ok(Found(app.modules.returns.list_reasons(&cx, &query).await?))
}

/// Lists the ways in which goods of an order can be sent back.
#[utoipa::path(
    get,
    path = "/orders/{id}/return-options",
    tag = "returns",
    params(("id" = OrderId, Path, description = "The order's id.")),
    responses((
        status = 200,
        description = "The options, with what they cost the customer.",
        body = Paginated<ShippingMethod>
    ))
)]
async fn list_return_options(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<OrderId>, NoParameters, NoBody>,
) -> Answer<Found<Paginated<ShippingMethod>>> {
    Ok(Found(app.modules.returns.list_return_options(&cx, &id).await?))
}

/// Tells what of an order goes back, came back, and still can.
#[utoipa::path(
    get,
    path = "/orders/{id}/returns",
    tag = "returns",
    params(("id" = OrderId, Path, description = "The order's id.")),
    responses((status = 200, description = "The order's lines, counted, and its returns, newest first.", body = OrderReturns))
)]
async fn get_order_returns(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<OrderId>, NoParameters, NoBody>,
) -> Answer<Found<OrderReturns>> {
    Ok(Found(app.modules.returns.get_order_returns(&cx, &id).await?))
}

/// Asks to send goods of an order back.
#[utoipa::path(
    post,
    path = "/orders/{id}/returns",
    tag = "returns",
    params(("id" = OrderId, Path, description = "The order's id.")),
    request_body(
        content = CreateReturn,
        example = json!({
            "items": [{"lineItemId": "line_1", "quantity": 1, "reasonId": "rr_wrong_size", "note": "Too tight."}],
            "shippingOptionId": "so_return_parcel"
        })
    ),
    responses((status = 201, description = "The return.", body = Return))
)]
async fn create_return(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, Body(body)): Input<One<OrderId>, NoParameters, Body<CreateReturn>>,
) -> Answer<Created<Return>> {
    Ok(Created(app.modules.returns.create_return(&cx, &id, &body).await?))
}
