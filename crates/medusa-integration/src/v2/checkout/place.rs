//! Placing the order: one cart becomes one order.

use std::time::Duration;

use o2s_framework_core::checkout::PlacedOrder;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, PaymentAction, Result};
use o2s_framework_core::ids::CartId;
use o2s_framework_core::text::Email;
use o2s_medusa_client::v2::store::carts::{Cart as WireCart, GetCart};
use o2s_medusa_client::v2::store::completion::{CompleteCart, CompletionAnswer, CompletionOutcome};
use o2s_medusa_client::v2::store::payments::{PaymentSession, PaymentSessionStatus};
use rust_decimal::Decimal;

use crate::context::call_context;
use crate::error::{incomplete, refuses_with};
use crate::identity::Identity;
use crate::map::text_member;
use crate::v2::Shop;
use crate::v2::carts::access::is_guests;
use crate::v2::carts::errors::{cart_error, empty};
use crate::v2::carts::map::{CART_FIELDS, NOTES, live_session, needs_shipping};
use crate::v2::orders::map::{ORDER_FIELDS, order as map_order};
use crate::v2::payments::map::{client_secret, redirect_url};

/// How often completion is asked for again while Medusa is completing the same cart elsewhere, and how long between.
const TURNS: u32 = 5;
const BETWEEN: Duration = Duration::from_millis(300);

/// 400 `checkout.email_required` for a guest who has given no e-mail address, here or before.
pub(super) fn require_email(identity: &Identity, known: Option<&str>, given: Option<&Email>) -> Result<()> {
    if identity.customer_id().is_some() || given.is_some() || known.is_some_and(|email| !email.is_empty()) {
        return Ok(());
    }
    Err(Error::invalid("checkout.email_required", "An e-mail address is required to place an order as a guest"))
}

/// 400 `checkout.incomplete` for what an order needs and the cart does not have.
pub(super) fn incomplete_checkout(what: &str) -> Error {
    Error::invalid("checkout.incomplete", format!("{what} required"))
}

/// 400 where something is missing that the order needs, in the order of the checkout.
fn require_complete(cart: &WireCart, id: &CartId) -> Result<()> {
    if cart.items.is_empty() {
        return Err(empty(id));
    }
    let has = |address: &Option<_>| address.as_ref().and_then(crate::map::address).is_some();
    let shipped = needs_shipping(cart);
    if !has(&cart.billing_address) || (shipped && !has(&cart.shipping_address)) {
        return Err(incomplete_checkout("Shipping and billing addresses are"));
    }
    if shipped && cart.shipping_methods.is_empty() {
        return Err(incomplete_checkout("Shipping method is"));
    }
    let free = cart.total.as_ref().is_some_and(|total| total.value() <= Decimal::ZERO);
    if !free && live_session(cart).is_none() {
        return Err(incomplete_checkout("Payment method is"));
    }
    Ok(())
}

impl Shop {
    pub(super) async fn place_order(
        &self,
        cx: &RequestContext,
        id: &CartId,
        email: Option<&Email>,
    ) -> Result<PlacedOrder> {
        let (identity, cart) = self.cart_to_place(cx, id, email).await?;
        // A cart that is an order already answers that order.
        if cart.completed_at.is_none() {
            require_complete(&cart, id)?;
            require_email(&identity, cart.email.as_deref(), email)?;
        }
        let answer = self.complete_cart(cx, id, &identity).await?;
        self.turns.forget(id).await;
        match (&answer.outcome, &answer.order) {
            (CompletionOutcome::Order, Some(order)) => {
                let mut order = map_order(order)?;
                // Medusa: the answer of completion has no metadata.
                order.customer_comment = text_member(cart.metadata.as_ref(), NOTES);
                if is_guests(&cart) {
                    // Whose account a guest's e-mail address belongs to is not the guest's to know.
                    order.customer_id = None;
                }
                Ok(PlacedOrder { order, payment_redirect_url: live_session(&cart).and_then(redirect_url) })
            }
            (CompletionOutcome::Cart, _) => Err(self.unpaid(cx, id, &answer).await),
            _ => Err(incomplete("order")),
        }
    }

    /// The cart as it will be placed. A call that puts the customer or the e-mail address in place answers the whole
    /// cart, so it stands for the read.
    async fn cart_to_place(
        &self,
        cx: &RequestContext,
        id: &CartId,
        email: Option<&Email>,
    ) -> Result<(Identity, WireCart)> {
        let mut open = self.open_cart(cx, id).await?;
        let cart = if open.seen.completed {
            self.present(cx, id, &mut open).await?
        } else if open.identity.customer_id().is_some() && !open.seen.is_owned() {
            self.claim(cx, id, &open.identity).await?
        } else if let Some(email) = email.filter(|email| open.seen.email.as_deref() != Some(email.as_str())) {
            self.put_email(cx, id, &open, email).await?
        } else {
            self.present(cx, id, &mut open).await?
        };
        Ok((open.identity, cart))
    }

    /// Completes a cart. Medusa answers the same order however often it is asked, so asking again settles what is
    /// unknown.
    async fn complete_cart(&self, cx: &RequestContext, id: &CartId, identity: &Identity) -> Result<CompletionAnswer> {
        let endpoint = CompleteCart { cart_id: id.as_str(), fields: Some(ORDER_FIELDS) };
        let mut turn = 1;
        loop {
            let error = match self.store.call(&call_context(cx), identity.token(), &endpoint).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            // Medusa: 409 says that the same cart is being completed by another call.
            let busy = error.status().is_some_and(|status| status.as_u16() == 409);
            if busy && turn < TURNS && cx.time_left() > BETWEEN {
                turn += 1;
                tokio::time::sleep(BETWEEN).await;
                continue;
            }
            self.turns.forget(id).await;
            if refuses_with(&error, "was not authorized with the provider") {
                return Err(self.unauthorized_payment(cx, id).await.with_source(error));
            }
            // Medusa: the sessions are gone since a total changed.
            if refuses_with(&error, "Payment sessions are required")
                || refuses_with(&error, "Payment collection has not")
            {
                return Err(incomplete_checkout("Payment method is").with_source(error));
            }
            return Err(cart_error(error, id));
        }
    }

    /// Why completion left a cart: the payment needs a step, or failed.
    async fn unpaid(&self, cx: &RequestContext, id: &CartId, answer: &CompletionAnswer) -> Error {
        let error = answer.error.as_ref();
        let reason = error.and_then(|error| error.message.clone()).unwrap_or_default();
        let needs_more =
            error.and_then(|error| error.error_type.as_deref()).is_some_and(|kind| kind.contains("requires_more"));
        let session = answer.cart.as_ref().and_then(live_session).cloned();
        let error = match session {
            Some(session) if needs_more => action_required(&session),
            Some(_) | None => self.unauthorized_payment(cx, id).await,
        };
        error.with_context("medusa", reason)
    }

    /// Why a provider did not authorise a payment, as its session says now.
    async fn unauthorized_payment(&self, cx: &RequestContext, id: &CartId) -> Error {
        let endpoint = GetCart { id: id.as_str(), fields: Some(CART_FIELDS) };
        let cart = match self.store.call(&call_context(cx), None, &endpoint).await {
            Ok(answer) => answer.cart,
            Err(error) => return cart_error(error, id),
        };
        match live_session(&cart) {
            Some(session) if needs_the_customer(session) => action_required(session),
            _ => Error::new(
                ErrorKind::PaymentRequired,
                "payment.failed",
                "The payment was not accepted: choose another way to pay, or try again",
            ),
        }
    }
}

fn needs_the_customer(session: &PaymentSession) -> bool {
    match session.status {
        Some(PaymentSessionStatus::RequiresMore) => true,
        Some(PaymentSessionStatus::Pending) => redirect_url(session).is_some() || client_secret(session).is_some(),
        _ => false,
    }
}

fn action_required(session: &PaymentSession) -> Error {
    Error::new(
        ErrorKind::PaymentRequired,
        "payment.action_required",
        "The payment needs another step: send the customer there, then place the order again",
    )
    .with_payment_action(PaymentAction { redirect_url: redirect_url(session), client_secret: client_secret(session) })
}
