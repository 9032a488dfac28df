use async_trait::async_trait;

use super::{CheckoutSummary, CompleteCheckout, PlaceOrder, PlacedOrder, SetPayment, SetShippingMethod};
use crate::carts::{Cart, UpdateCartAddresses};
use crate::context::RequestContext;
use crate::error::Result;
use crate::ids::CartId;
use crate::orders::ShippingMethod;
use crate::paging::Paginated;
use crate::payments::PaymentSession;
use crate::support::{Module, Operation, Support};

/// The operations of [`CheckoutService`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckoutOperation {
    /// [`CheckoutService::set_addresses`].
    SetAddresses,
    /// [`CheckoutService::list_shipping_options`].
    ListShippingOptions,
    /// [`CheckoutService::set_shipping_method`].
    SetShippingMethod,
    /// [`CheckoutService::set_payment`].
    SetPayment,
    /// [`CheckoutService::get_summary`].
    GetSummary,
    /// [`CheckoutService::place_order`].
    PlaceOrder,
    /// [`CheckoutService::complete_checkout`].
    CompleteCheckout,
}

impl Operation for CheckoutOperation {
    const MODULE: Module = Module::Checkout;
    const ALL: &'static [Self] = &[
        Self::SetAddresses,
        Self::ListShippingOptions,
        Self::SetShippingMethod,
        Self::SetPayment,
        Self::GetSummary,
        Self::PlaceOrder,
        Self::CompleteCheckout,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::SetAddresses => "set_addresses",
            Self::ListShippingOptions => "list_shipping_options",
            Self::SetShippingMethod => "set_shipping_method",
            Self::SetPayment => "set_payment",
            Self::GetSummary => "get_summary",
            Self::PlaceOrder => "place_order",
            Self::CompleteCheckout => "complete_checkout",
        }
    }

    fn is_read(self) -> bool {
        matches!(self, Self::ListShippingOptions | Self::GetSummary)
    }
}

/// Checkout. The cart obeys the [ownership rule](crate::ownership): somebody else's is 404 `cart.not_found`.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait CheckoutService: Send + Sync {
    /// What this integration does with an operation.
    fn support(&self, operation: CheckoutOperation) -> Support;

    /// Sets addresses, notes and e-mail of a cart that has items, as
    /// [`CartsService::update_addresses`](crate::carts::CartsService::update_addresses) does. 400 `cart.empty`.
    async fn set_addresses(&self, cx: &RequestContext, cart_id: &CartId, request: &UpdateCartAddresses)
    -> Result<Cart>;

    /// The shipping options for the cart with their prices in the cart's currency. One that has no price now is left out.
    async fn list_shipping_options(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Paginated<ShippingMethod>>;

    /// Takes a shipping option. 400 `cart.empty`, `shipping_option.invalid`.
    async fn set_shipping_method(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &SetShippingMethod,
    ) -> Result<Cart>;

    /// Starts a payment session for the cart. 400 `payment.provider_invalid`, 409 `payment.not_needed` where there is nothing
    /// to pay and the shop takes no payment for that.
    async fn set_payment(&self, cx: &RequestContext, cart_id: &CartId, request: &SetPayment) -> Result<PaymentSession>;

    /// All that a customer confirms. 400 `checkout.incomplete` names what is missing.
    async fn get_summary(&self, cx: &RequestContext, cart_id: &CartId) -> Result<CheckoutSummary>;

    /// Places the order: one cart becomes one order, however often it is placed. 400 `cart.empty`, `checkout.incomplete`,
    /// `checkout.email_required`; 402 `payment.action_required` with what the customer has to do, `payment.failed` where
    /// the provider refused; 409 `cart.out_of_stock`.
    async fn place_order(&self, cx: &RequestContext, cart_id: &CartId, request: &PlaceOrder) -> Result<PlacedOrder>;

    /// Addresses, shipping, payment and order in one call; what can be checked is checked before the first write. The
    /// codes of the steps, and 400 `checkout.incomplete` for what neither the request nor the cart has. A cart that is an
    /// order already answers that order.
    async fn complete_checkout(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &CompleteCheckout,
    ) -> Result<PlacedOrder>;
}
