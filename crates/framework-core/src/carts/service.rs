use async_trait::async_trait;

use super::{
    AddCartItem, AddShippingMethod, ApplyPromotion, Cart, CreateCart, ListCarts, UpdateCart, UpdateCartAddresses,
    UpdateCartItem,
};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::{CartId, LineItemId, PromotionCode};
use crate::paging::Paginated;
use crate::support::{Module, Operation, Support};

/// The operations of [`CartsService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CartsOperation {
    /// [`CartsService::get_cart`].
    GetCart,
    /// [`CartsService::list_carts`].
    ListCarts,
    /// [`CartsService::get_current_cart`].
    GetCurrentCart,
    /// [`CartsService::create_cart`].
    CreateCart,
    /// [`CartsService::update_cart`].
    UpdateCart,
    /// [`CartsService::delete_cart`].
    DeleteCart,
    /// [`CartsService::add_item`].
    AddItem,
    /// [`CartsService::update_item`].
    UpdateItem,
    /// [`CartsService::remove_item`].
    RemoveItem,
    /// [`CartsService::apply_promotion`].
    ApplyPromotion,
    /// [`CartsService::remove_promotion`].
    RemovePromotion,
    /// [`CartsService::prepare_checkout`].
    PrepareCheckout,
    /// [`CartsService::update_addresses`].
    UpdateAddresses,
    /// [`CartsService::add_shipping_method`].
    AddShippingMethod,
}

impl Operation for CartsOperation {
    const MODULE: Module = Module::Carts;
    const ALL: &'static [Self] = &[
        Self::GetCart,
        Self::ListCarts,
        Self::GetCurrentCart,
        Self::CreateCart,
        Self::UpdateCart,
        Self::DeleteCart,
        Self::AddItem,
        Self::UpdateItem,
        Self::RemoveItem,
        Self::ApplyPromotion,
        Self::RemovePromotion,
        Self::PrepareCheckout,
        Self::UpdateAddresses,
        Self::AddShippingMethod,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::GetCart => "get_cart",
            Self::ListCarts => "list_carts",
            Self::GetCurrentCart => "get_current_cart",
            Self::CreateCart => "create_cart",
            Self::UpdateCart => "update_cart",
            Self::DeleteCart => "delete_cart",
            Self::AddItem => "add_item",
            Self::UpdateItem => "update_item",
            Self::RemoveItem => "remove_item",
            Self::ApplyPromotion => "apply_promotion",
            Self::RemovePromotion => "remove_promotion",
            Self::PrepareCheckout => "prepare_checkout",
            Self::UpdateAddresses => "update_addresses",
            Self::AddShippingMethod => "add_shipping_method",
        }
    }

    fn is_read(self) -> bool {
        matches!(self, Self::GetCart | Self::ListCarts | Self::GetCurrentCart | Self::PrepareCheckout)
    }
}

/// Carts. Every operation on a cart obeys the [ownership rule](crate::ownership): a cart that is somebody
/// else's is 404 `cart.not_found`, as an unknown one is. A completed cart takes no more changes: 409 `cart.completed`.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait CartsService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: CartsOperation) -> Support;

    /// Gets a cart. 404 `cart.not_found`.
    async fn get_cart(&self, cx: &RequestContext, id: &CartId) -> Result<Cart>;

    /// Lists the caller's carts that are not completed. 401 `auth.required` without a token.
    async fn list_carts(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>>;

    /// The caller's newest cart that is not completed; none for a guest.
    async fn get_current_cart(&self, cx: &RequestContext) -> Result<Option<Cart>>;

    /// Makes an empty cart. A signed-in caller's cart is the caller's. 400 `cart.currency_region_mismatch` where currency
    /// and region do not go together, `request.invalid` for another's `customerId`; 404 `region.not_found`.
    async fn create_cart(&self, cx: &RequestContext, request: &CreateCart) -> Result<Cart>;

    /// Changes what the request names and leaves the rest. 401 `auth.required` for saved addresses without a token; 404
    /// `cart.not_found`, `region.not_found`.
    async fn update_cart(&self, cx: &RequestContext, id: &CartId, request: &UpdateCart) -> Result<Cart>;

    /// Drops a cart. 404 `cart.not_found`.
    async fn delete_cart(&self, cx: &RequestContext, id: &CartId) -> Result<()>;

    /// Adds pieces of a variant; a line of the same variant grows. Makes the cart where none is named, in one step:
    /// no empty cart is left where the item cannot be had. 404 `cart.not_found`, `product.variant_not_found`; 409 `cart.out_of_stock`.
    async fn add_item(&self, cx: &RequestContext, request: &AddCartItem) -> Result<Cart>;

    /// Sets quantity or metadata of a line. 404 `cart.not_found`, `cart.item_not_found`; 409 `cart.out_of_stock`.
    async fn update_item(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        item_id: &LineItemId,
        request: &UpdateCartItem,
    ) -> Result<Cart>;

    /// Removes a line. 404 `cart.not_found`, `cart.item_not_found`.
    async fn remove_item(&self, cx: &RequestContext, cart_id: &CartId, item_id: &LineItemId) -> Result<Cart>;

    /// Applies a promotion; applying it again changes nothing. 400 `promotion.invalid` for a code that does not hold.
    async fn apply_promotion(&self, cx: &RequestContext, cart_id: &CartId, request: &ApplyPromotion) -> Result<Cart>;

    /// Takes a promotion off. 404 `promotion.not_applied` where the cart does not have it.
    async fn remove_promotion(&self, cx: &RequestContext, cart_id: &CartId, code: &PromotionCode) -> Result<Cart>;

    /// The cart, if checkout can begin. 400 `cart.empty`.
    async fn prepare_checkout(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Cart>;

    /// Sets addresses, notes and e-mail in one step. One address given is used for both sides unless the cart already
    /// has the other. 400 for a country that the region does not ship to (`address.country_not_in_region`), before anything
    /// is written; a billing address may be anywhere; 401 `auth.required` for saved addresses without a token; 404 `address.not_found`.
    async fn update_addresses(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &UpdateCartAddresses,
    ) -> Result<Cart>;

    /// Takes a shipping option. 400 `cart.empty`, `shipping_option.invalid`.
    async fn add_shipping_method(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &AddShippingMethod,
    ) -> Result<Cart>;
}
