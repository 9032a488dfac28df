//! Placing the order: one cart becomes one order.

use o2s_framework_core::checkout::PlacedOrder;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::CartId;
use o2s_framework_core::text::Email;

use super::PlacesOrders;
use crate::carts::access::{Seen, open_cart, present, settle};
use crate::carts::errors::empty;
use crate::carts::{TellsCart, change_email};
use crate::identity::Identity;

/// 400 `checkout.email_required` for a guest who has given no e-mail address, here or before.
pub(super) fn require_email(identity: &Identity, known: Option<&str>, given: Option<&Email>) -> Result<()> {
    if identity.customer_id().is_some() || given.is_some() || known.is_some_and(|email| !email.is_empty()) {
        return Ok(());
    }
    Err(Error::invalid("checkout.email_required", "An e-mail address is required to place an order as a guest"))
}

/// 400 `checkout.incomplete` for what an order needs and the cart does not have.
pub(crate) fn incomplete_checkout(what: &str) -> Error {
    Error::invalid("checkout.incomplete", format!("{what} required"))
}

/// 400 where something is missing that the order needs, in the order of the checkout.
fn require_complete<X>(seen: &Seen<X>, id: &CartId) -> Result<()> {
    if seen.lines.is_empty() {
        return Err(empty(id));
    }
    if !seen.has_billing_address || (seen.needs_shipping && !seen.has_shipping_address) {
        return Err(incomplete_checkout("Shipping and billing addresses are"));
    }
    if seen.needs_shipping && !seen.has_shipping_method {
        return Err(incomplete_checkout("Shipping method is"));
    }
    if !seen.is_free && !seen.has_payment {
        return Err(incomplete_checkout("Payment method is"));
    }
    Ok(())
}

pub(super) async fn place_order<S: PlacesOrders>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    email: Option<&Email>,
) -> Result<PlacedOrder> {
    let (identity, cart) = cart_to_place(shop, cx, id, email).await?;
    let seen = cart.seen()?;
    // A cart that is an order already answers that order.
    if !seen.completed {
        require_complete(&seen, id)?;
        require_email(&identity, seen.email.as_deref(), email)?;
    }
    // Whatever comes of it, the cart is another one then.
    shop.turns().forget(id).await;
    shop.complete(cx, id, &identity, &cart).await
}

/// The cart as it will be placed. A call that puts the customer or the e-mail address in place answers the whole
/// cart, so it stands for the read.
async fn cart_to_place<S: PlacesOrders>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    email: Option<&Email>,
) -> Result<(Identity, S::Cart)> {
    let mut open = open_cart(shop, cx, id).await?;
    let cart = if open.seen.completed {
        present(shop, cx, id, &mut open).await?
    } else if open.identity.customer_id().is_some() && !open.seen.is_owned() {
        settle(shop, &open.identity, id, shop.claim_cart(cx, id, &open).await).await?
    } else if let Some(email) = email.filter(|email| open.seen.email.as_deref() != Some(email.as_str())) {
        change_email(shop, cx, id, &open, email).await?
    } else {
        present(shop, cx, id, &mut open).await?
    };
    Ok((open.identity, cart))
}
