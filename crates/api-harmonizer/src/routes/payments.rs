use axum::extract::State;
use o2s_framework_core::ids::PaymentSessionId;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::{CreateSession, ListProviders, PaymentProvider, PaymentSession, UpdateSession};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Body, Input, NoBody, NoIds, NoParameters, One};
use crate::reply::{Answer, Created, Done, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_providers)).routes(routes!(create_session)).routes(routes!(
        get_session,
        update_session,
        cancel_session
    ))
}

/// Lists the payment providers of a region.
#[utoipa::path(
    get,
    path = "/payments/providers",
    tag = "payments",
    params(ListProviders),
    responses((status = 200, description = "The providers.", body = Paginated<PaymentProvider>))
)]
async fn list_providers(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListProviders, NoBody>,
) -> Answer<Found<Paginated<PaymentProvider>>> {
    Ok(Found(app.modules.payments.list_providers(&cx, &query).await?))
}

/// Starts a payment session; it takes the place of an earlier one of the cart.
#[utoipa::path(
    post,
    path = "/payments/sessions",
    tag = "payments",
    request_body(
        content = CreateSession,
        example = json!({
            "cartId": "cart_01", "providerId": "pay_invoice", "returnUrl": "https://shop.example/checkout/return"
        })
    ),
    responses((status = 201, description = "The session.", body = PaymentSession))
)]
async fn create_session(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, NoParameters {}, Body(body)): Input<NoIds, NoParameters, Body<CreateSession>>,
) -> Answer<Created<PaymentSession>> {
    Ok(Created(app.modules.payments.create_session(&cx, &body).await?))
}

/// Gets a payment session.
#[utoipa::path(
    get,
    path = "/payments/sessions/{id}",
    tag = "payments",
    params(("id" = PaymentSessionId, Path, description = "The session's id.")),
    responses((status = 200, description = "The session.", body = PaymentSession))
)]
async fn get_session(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<PaymentSessionId>, NoParameters, NoBody>,
) -> Answer<Found<PaymentSession>> {
    Ok(Found(app.modules.payments.get_session(&cx, &id).await?))
}

/// Changes what the body names and leaves the rest. The session may get another id.
#[utoipa::path(
    patch,
    path = "/payments/sessions/{id}",
    tag = "payments",
    params(("id" = PaymentSessionId, Path, description = "The session's id.")),
    request_body(content = UpdateSession, example = json!({"returnUrl": "https://shop.example/checkout/return"})),
    responses((status = 200, description = "The session.", body = PaymentSession))
)]
async fn update_session(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, Body(body)): Input<One<PaymentSessionId>, NoParameters, Body<UpdateSession>>,
) -> Answer<Found<PaymentSession>> {
    Ok(Found(app.modules.payments.update_session(&cx, &id, &body).await?))
}

/// Calls a payment session off.
#[utoipa::path(
    delete,
    path = "/payments/sessions/{id}",
    tag = "payments",
    params(("id" = PaymentSessionId, Path, description = "The session's id.")),
    responses((status = 200, description = "Called off; the body is empty."))
)]
async fn cancel_session(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<PaymentSessionId>, NoParameters, NoBody>,
) -> Answer<Done> {
    app.modules.payments.cancel_session(&cx, &id).await?;
    Ok(Done)
}
