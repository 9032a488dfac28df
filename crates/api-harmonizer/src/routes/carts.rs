use axum::extract::State;
use o2s_framework_core::carts::{AddCartItem, ApplyPromotion, Cart, CreateCart, ListCarts, UpdateCart, UpdateCartItem};
use o2s_framework_core::ids::{CartId, LineItemId, PromotionCode};
use o2s_framework_core::paging::Paginated;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::context::Cx;
use crate::extract::{Body, Input, NoBody, NoIds, NoParameters, One, Two};
use crate::reply::{Answer, Created, Done, Found, Perhaps};

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_carts, create_cart))
        .routes(routes!(get_current_cart))
        .routes(routes!(get_cart, update_cart, delete_cart))
        .routes(routes!(add_item))
        .routes(routes!(update_item, remove_item))
        .routes(routes!(apply_promotion))
        .routes(routes!(remove_promotion))
}

/// Lists the caller's carts.
#[utoipa::path(
    get,
    path = "/carts",
    tag = "carts",
    params(ListCarts),
    security(("customer" = [])),
    responses((status = 200, description = "A page of the caller's carts that are not completed.", body = Paginated<Cart>))
)]
async fn list_carts(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, query, NoBody): Input<NoIds, ListCarts, NoBody>,
) -> Answer<Found<Paginated<Cart>>> {
    Ok(Found(app.modules.carts.list_carts(&cx, &query).await?))
}

/// Makes an empty cart.
#[utoipa::path(
    post,
    path = "/carts",
    tag = "carts",
    request_body(content = CreateCart, example = json!({"currency": "EUR"})),
    responses((status = 201, description = "The new cart.", body = Cart))
)]
async fn create_cart(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, NoParameters {}, Body(body)): Input<NoIds, NoParameters, Body<CreateCart>>,
) -> Answer<Created<Cart>> {
    Ok(Created(app.modules.carts.create_cart(&cx, &body).await?))
}

/// Gets the caller's newest cart that is not completed.
#[utoipa::path(
    get,
    path = "/carts/current",
    tag = "carts",
    responses((status = 200, description = "The cart; an empty body where there is none.", body = Cart))
)]
async fn get_current_cart(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, NoParameters {}, NoBody): Input<NoIds, NoParameters, NoBody>,
) -> Answer<Perhaps<Cart>> {
    Ok(Perhaps(app.modules.carts.get_current_cart(&cx).await?))
}

/// Gets a cart.
#[utoipa::path(
    get,
    path = "/carts/{id}",
    tag = "carts",
    params(("id" = CartId, Path, description = "The cart's id.")),
    responses((status = 200, description = "The cart.", body = Cart))
)]
async fn get_cart(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<CartId>, NoParameters, NoBody>,
) -> Answer<Found<Cart>> {
    Ok(Found(app.modules.carts.get_cart(&cx, &id).await?))
}

/// Changes what the body names and leaves the rest.
#[utoipa::path(
    patch,
    path = "/carts/{id}",
    tag = "carts",
    params(("id" = CartId, Path, description = "The cart's id.")),
    request_body(content = UpdateCart, example = json!({"email": "jane@example.com", "notes": "Ring twice"})),
    responses((status = 200, description = "The cart.", body = Cart))
)]
async fn update_cart(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, Body(body)): Input<One<CartId>, NoParameters, Body<UpdateCart>>,
) -> Answer<Found<Cart>> {
    Ok(Found(app.modules.carts.update_cart(&cx, &id, &body).await?))
}

/// Drops a cart.
#[utoipa::path(
    delete,
    path = "/carts/{id}",
    tag = "carts",
    params(("id" = CartId, Path, description = "The cart's id.")),
    responses((status = 200, description = "Dropped; the body is empty."))
)]
async fn delete_cart(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(id), NoParameters {}, NoBody): Input<One<CartId>, NoParameters, NoBody>,
) -> Answer<Done> {
    app.modules.carts.delete_cart(&cx, &id).await?;
    Ok(Done)
}

/// Adds an item to a cart, or to a new one where none is named.
///
/// The variant is named by `variantId`, or in `sku` by its SKU or its id.
#[utoipa::path(
    post,
    path = "/carts/items",
    tag = "carts",
    request_body(
        content = AddCartItem,
        example = json!({"sku": "DRILL-18V", "quantity": 1, "currency": "EUR"})
    ),
    responses((status = 201, description = "The cart with the item.", body = Cart))
)]
async fn add_item(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(NoIds, NoParameters {}, Body(body)): Input<NoIds, NoParameters, Body<AddCartItem>>,
) -> Answer<Created<Cart>> {
    Ok(Created(app.modules.carts.add_item(&cx, &body).await?))
}

/// Sets quantity or metadata of a line.
#[utoipa::path(
    patch,
    path = "/carts/{cartId}/items/{itemId}",
    tag = "carts",
    params(
        ("cartId" = CartId, Path, description = "The cart's id."),
        ("itemId" = LineItemId, Path, description = "The line's id."),
    ),
    request_body(content = UpdateCartItem, example = json!({"quantity": 2})),
    responses((status = 200, description = "The cart.", body = Cart))
)]
async fn update_item(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(Two(cart, item), NoParameters {}, Body(body)): Input<
        Two<CartId, LineItemId>,
        NoParameters,
        Body<UpdateCartItem>,
    >,
) -> Answer<Found<Cart>> {
    Ok(Found(app.modules.carts.update_item(&cx, &cart, &item, &body).await?))
}

/// Removes a line.
#[utoipa::path(
    delete,
    path = "/carts/{cartId}/items/{itemId}",
    tag = "carts",
    params(
        ("cartId" = CartId, Path, description = "The cart's id."),
        ("itemId" = LineItemId, Path, description = "The line's id."),
    ),
    responses((status = 200, description = "The cart without the line.", body = Cart))
)]
async fn remove_item(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(Two(cart, item), NoParameters {}, NoBody): Input<Two<CartId, LineItemId>, NoParameters, NoBody>,
) -> Answer<Found<Cart>> {
    Ok(Found(app.modules.carts.remove_item(&cx, &cart, &item).await?))
}

/// Applies a promotion; applying it again changes nothing.
#[utoipa::path(
    post,
    path = "/carts/{cartId}/promotions",
    tag = "carts",
    params(("cartId" = CartId, Path, description = "The cart's id.")),
    request_body(content = ApplyPromotion, example = json!({"code": "SAVE10"})),
    responses((status = 201, description = "The cart.", body = Cart))
)]
async fn apply_promotion(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(One(cart), NoParameters {}, Body(body)): Input<One<CartId>, NoParameters, Body<ApplyPromotion>>,
) -> Answer<Created<Cart>> {
    Ok(Created(app.modules.carts.apply_promotion(&cx, &cart, &body).await?))
}

/// Takes a promotion off.
#[utoipa::path(
    delete,
    path = "/carts/{cartId}/promotions/{code}",
    tag = "carts",
    params(
        ("cartId" = CartId, Path, description = "The cart's id."),
        ("code" = PromotionCode, Path, description = "The promotion's code."),
    ),
    responses((status = 200, description = "The cart without the promotion.", body = Cart))
)]
async fn remove_promotion(
    State(app): State<App>,
    Cx(cx): Cx,
    Input(Two(cart, code), NoParameters {}, NoBody): Input<Two<CartId, PromotionCode>, NoParameters, NoBody>,
) -> Answer<Found<Cart>> {
    Ok(Found(app.modules.carts.remove_promotion(&cx, &cart, &code).await?))
}
