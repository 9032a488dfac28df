//! From cart to order.

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::carts::{Cart, UpdateCartAddresses};
use o2s_framework_core::checkout::{
    CheckoutOperation, CheckoutService, CheckoutSummary, CompleteCheckout, PlaceOrder, PlacedOrder, SetPayment,
    SetShippingMethod,
};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, OrderId};
use o2s_framework_core::orders::ShippingMethod;
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::PaymentSession;
use o2s_framework_core::support::Support;
use o2s_framework_core::text::Email;

use crate::carts::CartRecord;
use crate::customers::DemoCustomer;
use crate::language::Language;
use crate::members::Members;
use crate::orders::OrderRecord;
use crate::payments::SessionRecord;
use crate::shop::{Change, Shop, State, now};
use crate::violations::ensure_none;

/// Checkout of the shop.
pub(crate) struct MockCheckout(pub(crate) Arc<Shop>);

#[async_trait]
impl CheckoutService for MockCheckout {
    fn support(&self, operation: CheckoutOperation) -> Support {
        match operation {
            CheckoutOperation::SetAddresses
            | CheckoutOperation::ListShippingOptions
            | CheckoutOperation::SetShippingMethod
            | CheckoutOperation::SetPayment
            | CheckoutOperation::GetSummary
            | CheckoutOperation::PlaceOrder
            | CheckoutOperation::CompleteCheckout => Support::Native,
        }
    }

    async fn set_addresses(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &UpdateCartAddresses,
    ) -> Result<Cart> {
        ensure_none(request.violations())?;
        let language = Language::of(request.locale.as_ref(), cx);
        self.0.change_cart(cx, cart_id, language, |cart, change| {
            cart.ensure_filled()?;
            cart.set_addresses(request, change)
        })
    }

    async fn list_shipping_options(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Paginated<ShippingMethod>> {
        let language = Language::of(None, cx);
        self.0.read_cart(cx, cart_id, |cart, _| {
            let options = cart.shipping_options();
            Ok(Paginated::whole(options.into_iter().map(|option| cart.shipping_method(option, language)).collect()))
        })
    }

    async fn set_shipping_method(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &SetShippingMethod,
    ) -> Result<Cart> {
        let language = Language::of(None, cx);
        self.0.change_cart(cx, cart_id, language, |cart, _| cart.set_shipping_option(&request.shipping_option_id))
    }

    async fn set_payment(&self, cx: &RequestContext, cart_id: &CartId, request: &SetPayment) -> Result<PaymentSession> {
        self.0.pay_cart(cx, cart_id, |cart, change| {
            cart.start_session_with(
                &request.provider_id,
                Some(&request.return_url),
                request.cancel_url.as_ref(),
                Members::of(request.metadata.as_ref())?,
                change,
            )
        })
    }

    async fn get_summary(&self, cx: &RequestContext, cart_id: &CartId) -> Result<CheckoutSummary> {
        let language = Language::of(None, cx);
        self.0.read_cart(cx, cart_id, |cart, state| CheckoutSummary::of(cart.view(language, now(), state)))
    }

    async fn place_order(&self, cx: &RequestContext, cart_id: &CartId, request: &PlaceOrder) -> Result<PlacedOrder> {
        self.0.become_order(cx, cart_id, request.email.as_ref(), |_, _| Ok(()))
    }

    async fn complete_checkout(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &CompleteCheckout,
    ) -> Result<PlacedOrder> {
        ensure_none(request.violations())?;
        let metadata = Members::of(request.metadata.as_ref())?;
        self.0.become_order(cx, cart_id, request.email.as_ref(), |cart, change| {
            cart.ensure_filled()?;
            if request.has_addresses() {
                cart.set_addresses(&request.addresses(), change)?;
            }
            if let Some(option) = &request.shipping_method_id {
                cart.set_shipping_option(option)?;
            }
            let (return_url, cancel_url) = (&request.return_url, request.cancel_url.as_ref());
            cart.continue_session(&request.payment_provider_id, return_url, cancel_url, metadata, change)
        })
    }
}

impl Shop {
    /// Prepares a cart and makes it an order, all under one lock: of however many who try at once, one makes the
    /// order and the others are shown it. Where the payment is not granted the preparation stays, so that the customer
    /// can go on from there; where anything else is refused nothing stays.
    fn become_order(
        &self,
        cx: &RequestContext,
        id: &CartId,
        email: Option<&Email>,
        prepare: impl FnOnce(&mut CartRecord, &Change<'_>) -> Result<()>,
    ) -> Result<PlacedOrder> {
        let caller = self.identify(cx)?;
        let now = now();
        let mut state = self.state_mut();
        let mut cart = state.cart(id, caller, now)?.clone();
        if cart.order.is_none() {
            prepare(&mut cart, &Change { ids: &self.ids, state: &state, caller, now })?;
            cart.settle(now);
            cart.check_complete(caller, email, &state)?;
            if let Err(refused) = cart.session.as_mut().map_or(Ok(()), SessionRecord::authorise) {
                state.keep_cart(cart, now);
                return Err(refused);
            }
            let order = OrderRecord::of_cart(&cart, state.number_order(), &self.ids, now);
            for line in &cart.lines {
                state.take_stock(line.item, line.quantity);
            }
            cart.order = Some(order.id.clone());
            state.keep_order(order);
            state.keep_cart(cart.clone(), now);
        }
        let order =
            cart.order.as_ref().and_then(|id| state.any_order(id)).ok_or_else(|| order_gone(cart.order.as_ref()))?;
        Ok(PlacedOrder { order: order.view(Language::of(None, cx), &state), payment_redirect_url: None })
    }
}

impl CartRecord {
    /// Makes sure that everything an order needs is there, and settles whose it will be: a cart that was started before
    /// signing in becomes the signed-in customer's. 400 `cart.empty`, `checkout.incomplete`,
    /// `checkout.email_required`, 409 `cart.out_of_stock`.
    fn check_complete(
        &mut self,
        caller: Option<&'static DemoCustomer>,
        email: Option<&Email>,
        state: &State,
    ) -> Result<()> {
        self.ensure_filled()?;
        let parts = [
            ("Shipping address", self.shipping_address.is_some()),
            ("Billing address", self.billing_address.is_some()),
            ("Shipping method", self.shipping().is_some()),
            ("Payment method", self.session.is_some()),
        ];
        if let Some((missing, _)) = parts.iter().find(|(_, is_there)| !is_there) {
            return Err(Error::invalid("checkout.incomplete", format!("{missing} is required to place the order")));
        }
        self.customer = self.customer.or(caller);
        self.email = email.cloned().or(self.email.take()).or(self.customer.map(DemoCustomer::email_address));
        if self.email.is_none() {
            return Err(Error::invalid("checkout.email_required", "Give an e-mail address for the confirmation"));
        }
        for line in &self.lines {
            state.ensure_stock(line.item, line.quantity)?;
        }
        Ok(())
    }
}

/// The order of a completed cart went when there were too many.
fn order_gone(id: Option<&OrderId>) -> Error {
    let id = id.map_or("", OrderId::as_str);
    Error::not_found("order.not_found", format!("The order {id} of this cart is no longer kept"))
}
