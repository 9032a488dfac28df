//! Checkout of Medusa 2: its shipping options, and the cart that becomes an order.

pub(super) mod map;
pub(super) mod options;

use std::time::Duration;

use async_trait::async_trait;
use o2s_framework_core::checkout::PlacedOrder;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, ShippingOptionId};
use o2s_framework_core::orders::ShippingMethod;
use o2s_medusa_client::v2::store::carts::Cart as WireCart;
use o2s_medusa_client::v2::store::completion::{CompleteCart, CompletionAnswer, CompletionOutcome};
use o2s_medusa_client::v2::store::payments::{PaymentSession, PaymentSessionStatus};
use o2s_medusa_client::v2::store::shipping_options::ListShippingOptions;

use super::Shop;
use super::carts::errors::cart_error;
use super::carts::map::live_session;
use super::carts::owner::is_guests;
use super::orders::map::{ORDER_FIELDS, order as map_order};
use crate::carts::access::OpenCart;
use crate::carts::{KeepsCarts, NOTES};
use crate::checkout::{PlacesOrders, incomplete_checkout, refuse_handed_over};
use crate::context::call_context;
use crate::error::{incomplete, refuses_with};
use crate::identity::Identity;
use crate::map::text_member;
use crate::payments::session::{client_secret, redirect_url};
use crate::payments::{action_required, payment_failed};
use options::Way;

/// How often completion is asked for again while Medusa is completing the same cart elsewhere, and how long between.
const TURNS: u32 = 5;
const BETWEEN: Duration = Duration::from_millis(300);

#[async_trait]
impl PlacesOrders for Shop {
    async fn shipping_options(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
    ) -> Result<Vec<ShippingMethod>> {
        let options = self.priced_options(cx, id, open.identity.token(), Way::ToCustomer).await?;
        Ok(options.iter().filter_map(|option| map::shipping_option(option, open.seen.currency)).collect())
    }

    async fn has_shipping_option(&self, cx: &RequestContext, id: &CartId, option: &ShippingOptionId) -> Result<bool> {
        let endpoint = ListShippingOptions { cart_id: id.as_str(), is_return: false };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await;
        let options = answer.map_err(|error| cart_error(error, id))?.shipping_options;
        Ok(options.iter().any(|found| found.id == option.as_str()))
    }

    async fn complete(
        &self,
        cx: &RequestContext,
        id: &CartId,
        identity: &Identity,
        cart: &WireCart,
    ) -> Result<PlacedOrder> {
        let answer = self.complete_cart(cx, id, identity).await?;
        match (&answer.outcome, &answer.order) {
            (CompletionOutcome::Order, Some(order)) => {
                let customers = (order.customer_id.as_deref(), cart.customer_id.as_deref());
                refuse_handed_over(id, identity, customers)?;
                let mut order = map_order(order)?;
                // Medusa: the answer of completion has no metadata.
                order.customer_comment = text_member(cart.metadata.as_ref(), NOTES);
                if is_guests(cart) {
                    // Whose account a guest's e-mail address belongs to is not the guest's to know.
                    order.customer_id = None;
                }
                let paid_by = live_session(cart).and_then(|session| session.data.as_ref());
                Ok(PlacedOrder { order, payment_redirect_url: redirect_url(paid_by) })
            }
            (CompletionOutcome::Cart, _) => Err(self.unpaid(cx, id, &answer).await),
            _ => Err(incomplete("order")),
        }
    }
}

impl Shop {
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
            if refuses_with(&error, "was not authorized with the provider") {
                return Err(self.unauthorized_payment(cx, id).await.with_source(error));
            }
            // Medusa: the sessions are gone since a total changed.
            if refuses_with(&error, "Payment sessions are required")
                || refuses_with(&error, "Payment collection has not")
            {
                return Err(incomplete_checkout("Payment method is").with_source(error));
            }
            if refuses_with(&error, "shipping profiles that are not satisfied") {
                return Err(incomplete_checkout("Shipping method is").with_source(error));
            }
            return Err(cart_error(error, id));
        }
    }

    /// Why completion left a cart: the payment needs a step, or failed.
    async fn unpaid(&self, cx: &RequestContext, id: &CartId, answer: &CompletionAnswer) -> Error {
        let error = answer.error.as_ref();
        let needs_more =
            error.and_then(|error| error.error_type.as_deref()).is_some_and(|kind| kind.contains("requires_more"));
        let session = answer.cart.as_ref().and_then(live_session);
        match session {
            Some(session) if needs_more => needs_a_step(session),
            Some(_) | None => self.unauthorized_payment(cx, id).await,
        }
    }

    /// Why a provider did not authorise a payment, as its session says now.
    async fn unauthorized_payment(&self, cx: &RequestContext, id: &CartId) -> Error {
        match self.fetch_cart(cx, id).await {
            Ok(cart) => match live_session(&cart) {
                Some(session) if needs_the_customer(session) => needs_a_step(session),
                _ => payment_failed(),
            },
            Err(error) => error,
        }
    }
}

fn needs_the_customer(session: &PaymentSession) -> bool {
    let data = session.data.as_ref();
    match session.status {
        Some(PaymentSessionStatus::RequiresMore) => true,
        Some(PaymentSessionStatus::Pending) => redirect_url(data).is_some() || client_secret(data).is_some(),
        _ => false,
    }
}

fn needs_a_step(session: &PaymentSession) -> Error {
    let data = session.data.as_ref();
    action_required(redirect_url(data), client_secret(data))
}
