use axum::extract::State;
use o2s_framework_core::carts::{Cart, UpdateCartAddresses};
use o2s_framework_core::checkout::{
    CheckoutSummary, CompleteCheckout, PlaceOrder, PlacedOrder, SetPayment, SetShippingMethod,
};
use o2s_framework_core::ids::CartId;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::PaymentSession;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Body, Input, NoBody, NoParameters, One};
use crate::openapi::PaymentRequired;
use crate::reply::{Answer, Created, Found};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(set_addresses))
        .routes(routes!(list_shipping_options))
        .routes(routes!(set_shipping_method))
        .routes(routes!(set_payment))
        .routes(routes!(get_summary))
        .routes(routes!(place_order))
        .routes(routes!(complete_checkout))
}

/// Sets addresses, notes and e-mail of a cart. One address given is used for both.
#[utoipa::path(
    post,
    path = "/checkout/{cartId}/addresses",
    tag = "checkout",
    params(("cartId" = CartId, Path, description = "The cart's id.")),
    request_body(
        content = UpdateCartAddresses,
        example = json!({
            "email": "jane@example.com",
            "shippingAddress": {
                "firstName": "Jane", "lastName": "Doe", "streetName": "Torstraße", "streetNumber": "1",
                "postalCode": "10119", "city": "Berlin", "country": "DE"
            }
        })
    ),
    responses((status = 201, description = "The cart.", body = Cart))
)]
async fn set_addresses(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(cart), NoParameters {}, Body(body)): Input<One<CartId>, NoParameters, Body<UpdateCartAddresses>>,
) -> Answer<Created<Cart>> {
    Ok(Created(app.modules.checkout.set_addresses(&cx, &cart, &body).await?))
}

/// Lists the shipping options for a cart, with their prices.
#[utoipa::path(
    get,
    path = "/checkout/{cartId}/shipping-options",
    tag = "checkout",
    params(("cartId" = CartId, Path, description = "The cart's id.")),
    responses((status = 200, description = "The options.", body = Paginated<ShippingMethod>))
)]
async fn list_shipping_options(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(cart), NoParameters {}, NoBody): Input<One<CartId>, NoParameters, NoBody>,
) -> Answer<Found<Paginated<ShippingMethod>>> {
    Ok(Found(app.modules.checkout.list_shipping_options(&cx, &cart).await?))
}

/// Takes a shipping option.
#[utoipa::path(
    post,
    path = "/checkout/{cartId}/shipping-method",
    tag = "checkout",
    params(("cartId" = CartId, Path, description = "The cart's id.")),
    request_body(content = SetShippingMethod, example = json!({"shippingOptionId": "so_standard"})),
    responses((status = 201, description = "The cart.", body = Cart))
)]
async fn set_shipping_method(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(cart), NoParameters {}, Body(body)): Input<One<CartId>, NoParameters, Body<SetShippingMethod>>,
) -> Answer<Created<Cart>> {
    Ok(Created(app.modules.checkout.set_shipping_method(&cx, &cart, &body).await?))
}

/// Starts a payment session for a cart.
#[utoipa::path(
    post,
    path = "/checkout/{cartId}/payment",
    tag = "checkout",
    params(("cartId" = CartId, Path, description = "The cart's id.")),
    request_body(
        content = SetPayment,
        example = json!({"providerId": "pay_invoice", "returnUrl": "https://shop.example/checkout/return"})
    ),
    responses((status = 201, description = "The payment session.", body = PaymentSession))
)]
async fn set_payment(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(cart), NoParameters {}, Body(body)): Input<One<CartId>, NoParameters, Body<SetPayment>>,
) -> Answer<Created<PaymentSession>> {
    Ok(Created(app.modules.checkout.set_payment(&cx, &cart, &body).await?))
}

/// Gets all that a customer confirms before the order is placed.
#[utoipa::path(
    get,
    path = "/checkout/{cartId}/summary",
    tag = "checkout",
    params(("cartId" = CartId, Path, description = "The cart's id.")),
    responses((status = 200, description = "The summary.", body = CheckoutSummary))
)]
async fn get_summary(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(cart), NoParameters {}, NoBody): Input<One<CartId>, NoParameters, NoBody>,
) -> Answer<Found<CheckoutSummary>> {
    Ok(Found(app.modules.checkout.get_summary(&cx, &cart).await?))
}

/// Places the order. One cart becomes one order, however often it is placed.
///
/// The body may be left out; a guest whose cart has no e-mail address gives one.
#[utoipa::path(
    post,
    path = "/checkout/{cartId}/place-order",
    tag = "checkout",
    params(("cartId" = CartId, Path, description = "The cart's id.")),
    request_body(content = Option<PlaceOrder>, example = json!({"email": "jane@example.com"})),
    responses((status = 201, description = "The order.", body = PlacedOrder), PaymentRequired)
)]
async fn place_order(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(cart), NoParameters {}, Body(body)): Input<One<CartId>, NoParameters, Body<PlaceOrder>>,
) -> Answer<Created<PlacedOrder>> {
    Ok(Created(app.modules.checkout.place_order(&cx, &cart, &body).await?))
}

/// The whole checkout in one call: addresses, shipping, payment, order.
#[utoipa::path(
    post,
    path = "/checkout/{cartId}/complete",
    tag = "checkout",
    params(("cartId" = CartId, Path, description = "The cart's id.")),
    request_body(
        content = CompleteCheckout,
        example = json!({
            "email": "jane@example.com",
            "shippingAddress": {
                "firstName": "Jane", "lastName": "Doe", "streetName": "Torstraße", "streetNumber": "1",
                "postalCode": "10119", "city": "Berlin", "country": "DE"
            },
            "shippingMethodId": "so_standard",
            "paymentProviderId": "pay_invoice",
            "returnUrl": "https://shop.example/checkout/return"
        })
    ),
    responses((status = 201, description = "The order.", body = PlacedOrder), PaymentRequired)
)]
async fn complete_checkout(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(cart), NoParameters {}, Body(body)): Input<One<CartId>, NoParameters, Body<CompleteCheckout>>,
) -> Answer<Created<PlacedOrder>> {
    Ok(Created(app.modules.checkout.complete_checkout(&cx, &cart, &body).await?))
}
