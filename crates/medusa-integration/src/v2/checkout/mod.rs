//! Checkout over Medusa 2.

pub(super) mod map;
pub(super) mod options;
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
use o2s_framework_core::ids::CartId;
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::{CreateSession, PaymentSession, PaymentsService};
use o2s_framework_core::support::Support;
use o2s_medusa_client::v2::store::shipping_options::ListShippingOptions;

use super::Shop;
use super::carts::access::OpenCart;
use super::carts::errors::{cart_error, empty};
use super::carts::map::cart as map_cart;
use crate::context::call_context;
use crate::error::incomplete;
use crate::turns::{in_turn, to_its_end};
use options::Way;

/// [`CheckoutService`] over Medusa 2.
#[derive(Clone)]
pub(super) struct Checkout {
    shop: Arc<Shop>,
    carts: Arc<dyn CartsService>,
    payments: Arc<dyn PaymentsService>,
}

impl Checkout {
    pub(super) fn new(shop: Arc<Shop>, carts: Arc<dyn CartsService>, payments: Arc<dyn PaymentsService>) -> Self {
        Self { shop, carts, payments }
    }

    /// What can be known to be missing, told before the first write.
    fn refuse_incomplete(open: &OpenCart, cart_id: &CartId, request: &CompleteCheckout) -> Result<()> {
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
            return Err(place::incomplete_checkout("Shipping and billing addresses are"));
        }
        if request.shipping_method_id.is_none() && seen.needs_shipping && !seen.has_shipping_method {
            return Err(place::incomplete_checkout("Shipping method is"));
        }
        place::require_email(&open.identity, seen.email.as_deref(), request.email.as_ref())
    }

    /// 400 `shipping_option.invalid` for an option that the cart does not have.
    // Medusa: before the address is there the options of every zone are listed, so this refuses none that may hold later.
    async fn refuse_unknown_option(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &CompleteCheckout,
    ) -> Result<()> {
        let Some(wanted) = &request.shipping_method_id else { return Ok(()) };
        let endpoint = ListShippingOptions { cart_id: cart_id.as_str(), is_return: false };
        let answer = self.shop.store.call(&call_context(cx), None, &endpoint).await;
        let options = answer.map_err(|error| cart_error(error, cart_id))?.shipping_options;
        if options.iter().any(|option| option.id == wanted.as_str()) {
            return Ok(());
        }
        Err(Error::invalid("shipping_option.invalid", "This shipping option is not available for the cart"))
    }

    async fn complete(&self, cx: &RequestContext, cart_id: &CartId, request: &CompleteCheckout) -> Result<PlacedOrder> {
        let place = PlaceOrder { email: request.email.clone() };
        let mut open = self.shop.open_cart(cx, cart_id).await?;
        // What was seen lately may be missing no more.
        if !open.seen.completed && Self::refuse_incomplete(&open, cart_id, request).is_err() && open.read.is_none() {
            open = self.shop.open_cart_anew(cx, cart_id).await?;
        }
        if open.seen.completed {
            // A cart that is an order already answers that order.
            return self.place_order(cx, cart_id, &place).await;
        }
        Self::refuse_incomplete(&open, cart_id, request)?;
        let region = open.seen.region_id.as_ref().ok_or_else(|| incomplete("cart.region_id"))?;
        let providers = self.shop.directory.providers(cx, region);
        let (providers, option) = tokio::join!(providers, self.refuse_unknown_option(cx, cart_id, request));
        if !providers?.contains(&request.payment_provider_id) {
            let message = "This payment provider is not available in the cart's region";
            return Err(Error::invalid("payment.provider_invalid", message));
        }
        option?;

        if request.has_addresses() {
            self.carts.update_addresses(cx, cart_id, &request.addresses()).await?;
        }
        if let Some(option) = &request.shipping_method_id {
            let request = AddShippingMethod { shipping_option_id: option.clone(), locale: None };
            self.carts.add_shipping_method(cx, cart_id, &request).await?;
        }
        self.set_payment(cx, cart_id, &request.payment()).await?;
        self.place_order(cx, cart_id, &place).await
    }
}

#[async_trait]
impl CheckoutService for Checkout {
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
        let mut open = self.shop.open_cart(cx, cart_id).await?;
        if open.seen.lines.is_empty() && !open.seen.completed {
            open = self.shop.open_cart_anew(cx, cart_id).await?;
        }
        open.refuse_completed(cart_id)?;
        if open.seen.lines.is_empty() {
            return Err(empty(cart_id));
        }
        self.carts.update_addresses(cx, cart_id, request).await
    }

    async fn list_shipping_options(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Paginated<ShippingMethod>> {
        let open = self.shop.open_cart(cx, cart_id).await?;
        let options = self.shop.shipping_options(cx, cart_id, open.identity.token(), Way::ToCustomer).await?;
        let priced = options.iter().filter_map(|option| map::shipping_option(option, open.seen.currency));
        Ok(Paginated::whole(priced.collect()))
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
        let (_, cart) = self.shop.read_cart(cx, cart_id).await?;
        CheckoutSummary::of(map_cart(&cart)?)
    }

    async fn place_order(&self, cx: &RequestContext, cart_id: &CartId, request: &PlaceOrder) -> Result<PlacedOrder> {
        let email = request.email.clone();
        in_turn(&self.shop, cx, cart_id, |shop, cx, id| async move {
            Box::pin(shop.place_order(&cx, &id, email.as_ref())).await
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
