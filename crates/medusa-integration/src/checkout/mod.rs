//! Checkout, whichever Medusa places the orders.

mod place;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::carts::{AddShippingMethod, Cart, CartsService, UpdateCartAddresses};
use o2s_framework_core::checkout::{
    CheckoutOperation, CheckoutService, CheckoutSummary, CompleteCheckout, PlaceOrder, PlacedOrder, SetPayment,
    SetShippingMethod,
};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, CustomerId, ShippingOptionId};
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::{CreateSession, PaymentSession, PaymentsService};
use o2s_framework_core::support::Support;

use crate::carts::TellsCart;
use crate::carts::access::{OpenCart, open_cart, open_cart_anew, read_cart};
use crate::carts::errors::{empty, invalid_provider, invalid_shipping_option, not_found};
use crate::error::incomplete;
use crate::identity::Identity;
use crate::payments::TakesPayments;
use crate::turns::{in_turn, to_its_end};
pub(crate) use place::incomplete_checkout;

/// A shop whose carts become orders.
#[async_trait]
pub(crate) trait PlacesOrders: TakesPayments {
    /// The shipping options of a cart with their prices; those that cannot be priced are left out.
    async fn shipping_options(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
    ) -> Result<Vec<ShippingMethod>>;

    /// Whether a cart has a shipping option of this id, as far as its address is known.
    async fn has_shipping_option(&self, cx: &RequestContext, id: &CartId, option: &ShippingOptionId) -> Result<bool>;

    /// Turns a cart that has all that an order needs into one, or answers the order that it is already. 402
    /// `payment.action_required` or `payment.failed`, 409 `cart.out_of_stock`, 400 `checkout.incomplete`.
    async fn complete(
        &self,
        cx: &RequestContext,
        id: &CartId,
        identity: &Identity,
        cart: &Self::Cart,
    ) -> Result<PlacedOrder>;
}

/// 404 `cart.not_found` where the order of a cart is not the customer's any more whose cart it was: only its new customer
/// sees it.
// Medusa: the cart stays with whoever placed the order.
pub(crate) fn refuse_handed_over(
    id: &CartId,
    identity: &Identity,
    (of_order, of_cart): (Option<&str>, Option<&str>),
) -> Result<()> {
    let caller = identity.customer_id().map(CustomerId::as_str);
    if of_order.is_none() || of_order == of_cart || of_order == caller { Ok(()) } else { Err(not_found(id)) }
}

/// [`CheckoutService`] over a shop.
pub(crate) struct Checkout<S> {
    shop: Arc<S>,
    carts: Arc<dyn CartsService>,
    payments: Arc<dyn PaymentsService>,
}

impl<S> Clone for Checkout<S> {
    fn clone(&self) -> Self {
        Self { shop: Arc::clone(&self.shop), carts: Arc::clone(&self.carts), payments: Arc::clone(&self.payments) }
    }
}

impl<S: PlacesOrders> Checkout<S> {
    pub(crate) fn new(shop: Arc<S>, carts: Arc<dyn CartsService>, payments: Arc<dyn PaymentsService>) -> Self {
        Self { shop, carts, payments }
    }

    /// What can be known to be missing, told before the first write.
    fn refuse_incomplete(open: &OpenCart<S::Cart>, cart_id: &CartId, request: &CompleteCheckout) -> Result<()> {
        let seen = &open.seen;
        if seen.lines.is_empty() {
            return Err(empty(cart_id));
        }
        let gives_address = request.shipping_address.is_some()
            || request.shipping_address_id.is_some()
            || request.billing_address.is_some()
            || request.billing_address_id.is_some();
        let has_both = seen.has_shipping_address && seen.has_billing_address;
        if !gives_address && !has_both {
            return Err(incomplete_checkout("Shipping and billing addresses are"));
        }
        if request.shipping_method_id.is_none() && seen.needs_shipping && !seen.has_shipping_method {
            return Err(incomplete_checkout("Shipping method is"));
        }
        place::require_email(&open.identity, seen.email.as_deref(), request.email.as_ref())
    }

    /// 400 `shipping_option.invalid` for an option that the cart does not have.
    // Medusa: before the address is there more options are listed, so this refuses none that may hold later.
    async fn refuse_unknown_option(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &CompleteCheckout,
    ) -> Result<()> {
        let Some(wanted) = &request.shipping_method_id else { return Ok(()) };
        if self.shop.has_shipping_option(cx, cart_id, wanted).await? { Ok(()) } else { Err(invalid_shipping_option()) }
    }

    async fn complete(&self, cx: &RequestContext, cart_id: &CartId, request: &CompleteCheckout) -> Result<PlacedOrder> {
        let place = PlaceOrder { email: request.email.clone() };
        let mut open = open_cart(&*self.shop, cx, cart_id).await?;
        // What was seen lately may be missing no more.
        if !open.seen.completed && Self::refuse_incomplete(&open, cart_id, request).is_err() && open.read.is_none() {
            open = open_cart_anew(&*self.shop, cx, cart_id).await?;
        }
        if open.seen.completed {
            // A cart that is an order already answers that order.
            return self.place_order(cx, cart_id, &place).await;
        }
        Self::refuse_incomplete(&open, cart_id, request)?;
        let region = open.seen.region_id.as_ref().ok_or_else(|| incomplete("cart.region_id"))?;
        let providers = self.shop.providers(cx, region);
        let (providers, option) = tokio::join!(providers, self.refuse_unknown_option(cx, cart_id, request));
        if !providers?.iter().any(|provider| provider.id == request.payment_provider_id) {
            return Err(invalid_provider());
        }
        option?;

        if request.has_addresses() {
            self.carts.update_addresses(cx, cart_id, &request.addresses()).await?;
        }
        if let Some(option) = &request.shipping_method_id {
            let request = AddShippingMethod { shipping_option_id: option.clone(), locale: None };
            self.carts.add_shipping_method(cx, cart_id, &request).await?;
        }
        // What is free needs no payment, and Medusa 1 takes none.
        if !open_cart(&*self.shop, cx, cart_id).await?.seen.is_free {
            self.set_payment(cx, cart_id, &request.payment()).await?;
        }
        self.place_order(cx, cart_id, &place).await
    }
}

#[async_trait]
impl<S: PlacesOrders> CheckoutService for Checkout<S> {
    fn support(&self, operation: CheckoutOperation) -> Support {
        match operation {
            CheckoutOperation::SetAddresses
            | CheckoutOperation::ListShippingOptions
            | CheckoutOperation::SetShippingMethod
            | CheckoutOperation::SetPayment
            | CheckoutOperation::PlaceOrder => Support::Native,
            CheckoutOperation::GetSummary => Support::Emulated("reads the cart and checks that nothing is missing"),
            CheckoutOperation::CompleteCheckout => Support::Emulated(
                "checks everything first, then takes the steps one by one; a step that fails leaves the earlier ones",
            ),
        }
    }

    async fn set_addresses(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &UpdateCartAddresses,
    ) -> Result<Cart> {
        let mut open = open_cart(&*self.shop, cx, cart_id).await?;
        if open.seen.lines.is_empty() && !open.seen.completed {
            open = open_cart_anew(&*self.shop, cx, cart_id).await?;
        }
        open.refuse_completed(cart_id)?;
        if open.seen.lines.is_empty() {
            return Err(empty(cart_id));
        }
        self.carts.update_addresses(cx, cart_id, request).await
    }

    async fn list_shipping_options(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Paginated<ShippingMethod>> {
        let open = open_cart(&*self.shop, cx, cart_id).await?;
        self.shop.shipping_options(cx, cart_id, &open).await.map(Paginated::whole)
    }

    async fn set_shipping_method(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &SetShippingMethod,
    ) -> Result<Cart> {
        let request = AddShippingMethod { shipping_option_id: request.shipping_option_id.clone(), locale: None };
        self.carts.add_shipping_method(cx, cart_id, &request).await
    }

    async fn set_payment(&self, cx: &RequestContext, cart_id: &CartId, request: &SetPayment) -> Result<PaymentSession> {
        let request = CreateSession {
            cart_id: cart_id.clone(),
            provider_id: request.provider_id.clone(),
            return_url: request.return_url.clone(),
            cancel_url: request.cancel_url.clone(),
            metadata: request.metadata.clone(),
        };
        self.payments.create_session(cx, &request).await
    }

    async fn get_summary(&self, cx: &RequestContext, cart_id: &CartId) -> Result<CheckoutSummary> {
        let (_, cart) = read_cart(&*self.shop, cx, cart_id).await?;
        CheckoutSummary::of(cart.show()?)
    }

    async fn place_order(&self, cx: &RequestContext, cart_id: &CartId, request: &PlaceOrder) -> Result<PlacedOrder> {
        let email = request.email.clone();
        in_turn(&self.shop, cx, cart_id, |shop, cx, id| async move {
            Box::pin(place::place_order(&*shop, &cx, &id, email.as_ref())).await
        })
        .await
    }

    async fn complete_checkout(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &CompleteCheckout,
    ) -> Result<PlacedOrder> {
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        if request.shipping_address_id.is_some() || request.billing_address_id.is_some() {
            cx.require_token()?;
        }
        let (checkout, cx, cart_id, request) = (self.clone(), cx.clone(), cart_id.clone(), request.clone());
        to_its_end(async move { checkout.complete(&cx, &cart_id, &request).await }).await
    }
}
