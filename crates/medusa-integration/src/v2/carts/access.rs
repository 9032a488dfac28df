//! Who may touch which cart.
//!
//! Every operation on a cart passes here first. What a cart's last answer said is remembered for a short time; every
//! answer is checked again, so a cart that has become somebody else's is hidden.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{CartId, CustomerId, RegionId};
use o2s_framework_core::money::Currency;
use o2s_framework_core::ownership::{Owner, access};
use o2s_medusa_client::v2::store::carts::{Cart as WireCart, GetCart};

use super::errors::{cart_error, not_found};
use super::map::{CART_FIELDS, guest_email, needs_shipping};
use crate::context::call_context;
use crate::error::incomplete;
use crate::identity::Identity;
use crate::map;
use crate::turns::{Queues, Turns};
use crate::v2::Shop;

/// What of a cart decides about the next call.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own: what the cart has and what it needs")]
pub(crate) struct Seen {
    owner: SeenOwner,
    pub(crate) completed: bool,
    pub(crate) currency: Currency,
    pub(crate) region_id: Option<RegionId>,
    pub(crate) lines: Vec<String>,
    pub(crate) promotions: Vec<String>,
    pub(crate) has_shipping_address: bool,
    pub(crate) has_billing_address: bool,
    pub(crate) needs_shipping: bool,
    pub(crate) has_shipping_method: bool,
    pub(crate) email: Option<String>,
    pub(crate) payment_collection: Option<String>,
}

/// Whose a cart is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SeenOwner {
    Nobody,
    Guest,
    Account(CustomerId),
    Unknown,
}

/// Whether a guest's e-mail address is all that ties the cart to an account.
// Medusa: an e-mail address on a cart binds the cart, and the order it becomes, to whoever has an account under it. That
// would shut out the guest who typed it, in the middle of the checkout; so for whoever knows its id the cart stays a
// guest's.
pub(crate) fn is_guests(cart: &WireCart) -> bool {
    cart.email.is_some() && guest_email(cart.metadata.as_ref()) == cart.email
}

impl SeenOwner {
    /// Whose a cart is, as its answer says.
    pub(crate) fn of(cart: &WireCart) -> Self {
        if is_guests(cart) {
            return Self::Guest;
        }
        // Medusa: without a customer there is `customer_id: null` and no `customer`; with one, `*customer` says whether
        // there is an account.
        match (&cart.customer, &cart.customer_id) {
            (None, None) => Self::Nobody,
            (None, Some(_)) => Self::Unknown,
            (Some(customer), _) => match (customer.has_account, CustomerId::new(customer.id.as_str())) {
                (Some(false), _) => Self::Guest,
                (Some(true), Ok(id)) => Self::Account(id),
                _ => Self::Unknown,
            },
        }
    }

    /// As the ownership rule sees it.
    pub(crate) fn as_owner(&self) -> Owner<'_> {
        match self {
            Self::Nobody => Owner::Nobody,
            Self::Guest => Owner::Guest,
            Self::Account(id) => Owner::Account(id),
            Self::Unknown => Owner::Unknown,
        }
    }
}

impl Seen {
    fn of(cart: &WireCart) -> Result<Self> {
        Ok(Self {
            owner: SeenOwner::of(cart),
            completed: cart.completed_at.is_some(),
            currency: map::currency(cart.currency_code.as_deref())?,
            region_id: cart.region_id.as_deref().map(|id| map::id(id, "cart.region_id")).transpose()?,
            lines: cart.items.iter().map(|line| line.id.clone()).collect(),
            promotions: cart.promotions.iter().filter_map(|promotion| promotion.code.clone()).collect(),
            has_shipping_address: cart.shipping_address.as_ref().and_then(map::address).is_some(),
            has_billing_address: cart.billing_address.as_ref().and_then(map::address).is_some(),
            needs_shipping: needs_shipping(cart),
            has_shipping_method: !cart.shipping_methods.is_empty(),
            email: cart.email.clone(),
            payment_collection: cart.payment_collection.as_ref().map(|collection| collection.id.clone()),
        })
    }

    /// Whether a customer with an account owns the cart.
    pub(crate) fn is_owned(&self) -> bool {
        matches!(self.owner, SeenOwner::Account(_))
    }

    fn check(&self, identity: &Identity, id: &CartId) -> Result<()> {
        access(self.owner.as_owner(), identity.visitor()).or_hide(|| not_found(id))
    }
}

/// A cart that the caller may touch, as far as its last answer says.
pub(crate) struct OpenCart {
    pub(crate) identity: Identity,
    pub(crate) seen: Seen,
    /// The cart itself, where it was read to open it.
    pub(crate) read: Option<WireCart>,
}

impl OpenCart {
    /// 409 `cart.completed` for a cart that is an order already.
    pub(crate) fn refuse_completed(&self, id: &CartId) -> Result<()> {
        if self.seen.completed { Err(super::errors::completed(id)) } else { Ok(()) }
    }
}

impl Shop {
    /// Reads a cart for a caller who may see it. 404 `cart.not_found`, 401 `auth.invalid_token`.
    pub(crate) async fn read_cart(&self, cx: &RequestContext, id: &CartId) -> Result<(Identity, WireCart)> {
        let call = call_context(cx);
        let endpoint = GetCart { id: id.as_str(), fields: Some(CART_FIELDS) };
        let cart = async { self.store.call(&call, None, &endpoint).await.map_err(|error| cart_error(error, id)) };
        let (identity, cart) = self.identities.establish_beside(cx, cart).await?;
        let cart = self.settle(&identity, id, cart?.cart).await?;
        Ok((identity, cart))
    }

    /// Opens a cart for a write: without a call where it was seen lately.
    pub(crate) async fn open_cart(&self, cx: &RequestContext, id: &CartId) -> Result<OpenCart> {
        let lately = self.turns.seen_lately(id).await;
        if let Some(seen) = lately {
            let identity = self.identities.establish(cx).await?;
            seen.check(&identity, id)?;
            return Ok(OpenCart { identity, seen, read: None });
        }
        self.open_cart_anew(cx, id).await
    }

    /// Opens a cart for a write that depends on its present state: with a call always.
    pub(crate) async fn open_cart_anew(&self, cx: &RequestContext, id: &CartId) -> Result<OpenCart> {
        let (identity, cart) = self.read_cart(cx, id).await?;
        Ok(OpenCart { identity, seen: Seen::of(&cart)?, read: Some(cart) })
    }

    /// The cart as it is now: what was read to open it, or a new answer.
    pub(crate) async fn present(&self, cx: &RequestContext, id: &CartId, open: &mut OpenCart) -> Result<WireCart> {
        match open.read.take() {
            Some(cart) => Ok(cart),
            None => self.read_cart(cx, id).await.map(|(_, cart)| cart),
        }
    }

    /// Remembers a cart's answer and checks once more that it is the caller's to see.
    pub(crate) async fn settle(&self, identity: &Identity, id: &CartId, cart: WireCart) -> Result<WireCart> {
        let seen = self.remember(id, &cart).await?;
        seen.check(identity, id)?;
        Ok(cart)
    }

    /// Remembers a cart's answer.
    pub(crate) async fn remember(&self, id: &CartId, cart: &WireCart) -> Result<Seen> {
        if cart.id != id.as_str() {
            return Err(incomplete("cart.id"));
        }
        let seen = Seen::of(cart)?;
        self.turns.remember(id, seen.clone()).await;
        Ok(seen)
    }
}

impl Queues for Shop {
    type Seen = Seen;

    fn turns(&self) -> &Turns<Seen> {
        &self.turns
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn owner(cart: &serde_json::Value) -> SeenOwner {
        SeenOwner::of(&serde_json::from_str(&cart.to_string()).expect("a cart"))
    }

    #[test]
    fn the_answer_says_whose_a_cart_is() {
        let jane = json!({"id": "cus_jane", "has_account": true});
        let jane_id = CustomerId::new("cus_jane").expect("an id");
        let table = [
            (json!({"id": "c", "customer_id": null}), SeenOwner::Nobody),
            (
                json!({"id": "c", "customer_id": "cus_g", "customer": {"id": "cus_g", "has_account": false}}),
                SeenOwner::Guest,
            ),
            (json!({"id": "c", "customer_id": "cus_jane", "customer": jane}), SeenOwner::Account(jane_id.clone())),
            // Nothing is granted by what is missing.
            (json!({"id": "c", "customer_id": "cus_x"}), SeenOwner::Unknown),
            (json!({"id": "c", "customer_id": "cus_x", "customer": {"id": "cus_x"}}), SeenOwner::Unknown),
        ];
        for (cart, expected) in table {
            assert_eq!(owner(&cart), expected, "{cart}");
        }
    }

    // C-41: a guest who types the address of an account is not shut out.
    #[test]
    fn a_guests_address_does_not_make_a_cart_an_accounts() {
        let cart = |marked: &str| {
            json!({
                "id": "c", "email": "jane@example.com", "metadata": {"guestEmail": marked},
                "customer_id": "cus_jane", "customer": {"id": "cus_jane", "has_account": true},
            })
        };
        assert_eq!(owner(&cart("jane@example.com")), SeenOwner::Guest);
        assert_ne!(owner(&cart("")), SeenOwner::Guest, "a claimed cart");
        assert_ne!(owner(&cart("other@example.com")), SeenOwner::Guest, "a mark of another address");
    }
}
