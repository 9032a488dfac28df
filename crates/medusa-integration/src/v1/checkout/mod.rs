//! Checkout of Medusa 1: its shipping options, and the cart that becomes an order.

use std::time::Duration;

use async_trait::async_trait;
use o2s_framework_core::checkout::PlacedOrder;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, ShippingOptionId};
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::ShippingMethod;
use o2s_medusa_client::v1::MinorUnits;
use o2s_medusa_client::v1::store::carts::{CartUpdate, Code, UpdateCart};
use o2s_medusa_client::v1::store::completion::{CompleteCart, Completion};
use o2s_medusa_client::v1::store::payment_sessions::{DeletePaymentSession, PaymentSessionStatus};
use o2s_medusa_client::v1::store::shipping_options::{ListCartShippingOptions, ShippingOption};
use o2s_medusa_client::{CustomerToken, Error as ClientError};

use super::Shop;
use super::carts::errors::cart_error;
use super::carts::map::{KnownCart, applied_codes, live_session};
use super::carts::token_for;
use super::money::optional_price;
use super::orders::map::placed_order;
use crate::carts::access::{OpenCart, SeenOwner};
use crate::carts::errors::out_of_stock;
use crate::checkout::{PlacesOrders, incomplete_checkout, refuse_handed_over};
use crate::error::{incomplete, refuses_with};
use crate::identity::Identity;
use crate::payments::session::{client_secret, redirect_url};
use crate::payments::{action_required, payment_failed};

/// How often completion is asked for again while Medusa is completing the same cart elsewhere, and how long between.
const TURNS: u32 = 5;
const BETWEEN: Duration = Duration::from_millis(300);

#[async_trait]
impl PlacesOrders for Shop {
    async fn shipping_options(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
    ) -> Result<Vec<ShippingMethod>> {
        let options = self.options_of_cart(cx, id, token_for(open)).await?;
        Ok(options.iter().filter_map(|option| shipping_option(option, open.seen.currency)).collect())
    }

    async fn has_shipping_option(&self, cx: &RequestContext, id: &CartId, option: &ShippingOptionId) -> Result<bool> {
        let options = self.options_of_cart(cx, id, None).await?;
        Ok(options.iter().any(|found| found.id == option.as_str()))
    }

    /// The order that completing answers lacks some of what the cart has, and gets it from there.
    async fn complete(
        &self,
        cx: &RequestContext,
        id: &CartId,
        identity: &Identity,
        cart: &KnownCart,
    ) -> Result<PlacedOrder> {
        let is_own = matches!(cart.owner, SeenOwner::Account(_));
        let token = identity.token().filter(|_| is_own);
        let completion = match self.complete_cart(cx, id, token).await {
            Ok(completion) => completion,
            Err(error) if lacks_stock(&error) => {
                self.free(cx, id, token, cart).await;
                return Err(out_of_stock().with_source(error));
            }
            Err(error) => return Err(completion_error(error, id)),
        };
        match completion {
            Completion::Order(order) => {
                let customers = (order.customer_id.as_deref(), cart.wire.customer_id.as_deref());
                refuse_handed_over(id, identity, customers)?;
                let paid_by = live_session(&cart.wire).and_then(|session| session.data.as_ref());
                Ok(PlacedOrder { order: placed_order(*order, cart)?, payment_redirect_url: redirect_url(paid_by) })
            }
            Completion::Cart { cart: answer, payment_status } => {
                let session = answer.payment_sessions.iter().find(|session| session.is_selected == Some(true));
                let data = session.and_then(|session| session.data.as_ref());
                let (redirect_url, client_secret) = (redirect_url(data), client_secret(data));
                let can_go_on = redirect_url.is_some() || client_secret.is_some();
                Err(match payment_status.or_else(|| session?.status.clone()) {
                    Some(PaymentSessionStatus::RequiresMore) => action_required(redirect_url, client_secret),
                    Some(PaymentSessionStatus::Pending) if can_go_on => action_required(redirect_url, client_secret),
                    _ => payment_failed(),
                })
            }
            Completion::Swap(_) | Completion::Unknown(_) => Err(incomplete("order")),
        }
    }
}

/// A shipping option with its price; none where there is no price, and none for the way back.
// Medusa: an option has a price before tax, and one with tax where the region has taxes.
pub(super) fn shipping_option(wire: &ShippingOption, currency: Currency) -> Option<ShippingMethod> {
    let net = optional_price(wire.amount, currency)?;
    Some(ShippingMethod {
        id: wire.id.clone(),
        name: wire.name.clone().unwrap_or_default(),
        description: None,
        total: optional_price(wire.price_incl_tax, currency).or_else(|| Some(net.clone())),
        subtotal: Some(net),
    })
}

impl Shop {
    /// The options for the way to the customer.
    async fn options_of_cart(
        &self,
        cx: &RequestContext,
        id: &CartId,
        token: Option<&CustomerToken>,
    ) -> Result<Vec<ShippingOption>> {
        let answer = self.call(cx, token, &ListCartShippingOptions { cart_id: id.as_str() }).await;
        let mut options = answer.map_err(|error| cart_error(error, id))?.shipping_options;
        options.retain(|option| option.is_return != Some(true) && option.admin_only != Some(true));
        Ok(options)
    }

    /// Completes a cart. Medusa answers the same order however often it is asked, so asking again settles what is
    /// unknown.
    async fn complete_cart(
        &self,
        cx: &RequestContext,
        id: &CartId,
        token: Option<&CustomerToken>,
    ) -> Result<Completion, ClientError> {
        let mut turn = 1;
        loop {
            let error = match self.call(cx, token, &CompleteCart { cart_id: id.as_str() }).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if is_completed_elsewhere(&error) && turn < TURNS && cx.time_left() > BETWEEN {
                turn += 1;
                tokio::time::sleep(BETWEEN).await;
                continue;
            }
            return Err(error);
        }
    }

    /// Makes a cart that lacked stock ready to be changed.
    // Medusa: it has called the payment off, but keeps the session, and taxes to which no line can be changed any more.
    // It drops the taxes when it is asked to complete the cart without a session, which it refuses.
    async fn free(&self, cx: &RequestContext, id: &CartId, token: Option<&CustomerToken>, cart: &KnownCart) {
        let session = live_session(&cart.wire).and_then(|session| session.provider_id.as_deref());
        let freed = match session {
            Some(provider_id) => {
                let drop_session = DeletePaymentSession { cart_id: id.as_str(), provider_id };
                match self.call(cx, token, &drop_session).await {
                    Ok(_) => self.drop_taxes(cx, id, token).await,
                    Err(error) => Err(error),
                }
            }
            None => self.drop_taxes_at_full_price(cx, id, token, cart).await,
        };
        if let Err(error) = freed {
            tracing::warn!(%error, "a cart that lacked stock cannot be changed");
        }
    }

    async fn drop_taxes(
        &self,
        cx: &RequestContext,
        id: &CartId,
        token: Option<&CustomerToken>,
    ) -> Result<(), ClientError> {
        match self.call(cx, token, &CompleteCart { cart_id: id.as_str() }).await {
            Err(error) if !refuses_with(&error, NO_SESSION) => Err(error),
            Err(_) => Ok(()),
            Ok(_) => {
                tracing::warn!("a cart that lacked stock was placed without a payment");
                Ok(())
            }
        }
    }

    /// For a cart that costs nothing, and would be placed without a payment: its codes are off meanwhile.
    async fn drop_taxes_at_full_price(
        &self,
        cx: &RequestContext,
        id: &CartId,
        token: Option<&CustomerToken>,
        cart: &KnownCart,
    ) -> Result<(), ClientError> {
        let codes = |codes: Vec<String>| Some(codes.into_iter().map(|code| Code { code }).collect());
        let with = |discounts, gift_cards| CartUpdate {
            discounts: codes(discounts),
            gift_cards: codes(gift_cards),
            ..CartUpdate::default()
        };
        let full = UpdateCart { id: id.as_str(), body: with(Vec::new(), Vec::new()) };
        let dropped = match self.call(cx, token, &full).await {
            Ok(answer) if answer.cart.total.is_some_and(|total| total > MinorUnits(0)) => {
                self.drop_taxes(cx, id, token).await
            }
            Ok(_) => Ok(()),
            // The codes may be off all the same.
            Err(error) if error.may_have_acted() => Err(error),
            Err(error) => return Err(error),
        };
        let (discounts, gift_cards) = applied_codes(&cart.wire);
        let restored = UpdateCart { id: id.as_str(), body: with(discounts, gift_cards) };
        if let Err(error) = self.call(cx, token, &restored).await {
            tracing::warn!(%error, "a cart that lacked stock has lost its codes");
        }
        dropped
    }
}

/// What Medusa says of a cart that is to be paid and has no payment session.
const NO_SESSION: &str = "without a payment session";

/// Whether there is not enough in stock for a cart.
fn lacks_stock(error: &ClientError) -> bool {
    error.api_code() == Some("insufficient_inventory")
}

/// Whether another call completes the same cart at this moment.
// Medusa: of two one is answered the order, and the other that its payment exists already.
fn is_completed_elsewhere(error: &ClientError) -> bool {
    error.status().is_some_and(|status| status.as_u16() == 422) && error.api_type() == Some("duplicate_error")
}

fn completion_error(error: ClientError, id: &CartId) -> Error {
    let mapped =
        if error.api_type() == Some("payment_authorization_error") || refuses_with(&error, "payment not authorized") {
            payment_failed()
        } else if refuses_with(&error, NO_SESSION) {
            incomplete_checkout("Payment method is")
        } else if is_completed_elsewhere(&error) {
            Error::conflict("backend.conflict", "The shop is busy with the same thing: try again")
        } else {
            return cart_error(error, id);
        };
    mapped.with_source(error)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn shown(option: &Value, currency: &str) -> Option<ShippingMethod> {
        let option: ShippingOption = serde_json::from_str(&option.to_string()).expect("an option");
        shipping_option(&option, currency.parse().expect("a currency"))
    }

    #[test]
    fn an_option_has_its_price_with_and_without_tax() {
        let option = json!({"id": "so_1", "name": "Express", "amount": 1250, "price_incl_tax": 1488});
        let shown = shown(&option, "EUR").expect("a price");
        assert_eq!(shown.subtotal.map(|price| price.to_string()).as_deref(), Some("12.5 EUR"));
        assert_eq!(shown.total.map(|price| price.to_string()).as_deref(), Some("14.88 EUR"));
    }

    #[test]
    fn an_option_without_a_price_is_left_out() {
        assert_eq!(shown(&json!({"id": "so_1", "name": "Broken", "amount": null, "price_incl_tax": 0}), "EUR"), None);
    }
}
