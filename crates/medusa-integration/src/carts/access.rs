//! Who may touch which cart.
//!
//! Every operation on a cart passes here first. What a cart's last answer said is remembered for a short time; every
//! answer is checked again, so a cart that has become somebody else's is hidden.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{CartId, CustomerId, RegionId};
use o2s_framework_core::money::Currency;
use o2s_framework_core::ownership::{Owner, access};

use super::errors::{completed, not_found};
use super::{KeepsCarts, TellsCart};
use crate::error::incomplete;
use crate::identity::Identity;

/// What of a cart decides about the next call.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own: what the cart has and what it needs")]
pub(crate) struct Seen<X> {
    pub(crate) owner: SeenOwner,
    pub(crate) completed: bool,
    pub(crate) currency: Currency,
    pub(crate) region_id: Option<RegionId>,
    pub(crate) lines: Vec<SeenLine>,
    /// The codes of its promotions.
    pub(crate) promotions: Vec<String>,
    pub(crate) has_shipping_address: bool,
    pub(crate) has_billing_address: bool,
    pub(crate) needs_shipping: bool,
    pub(crate) has_shipping_method: bool,
    pub(crate) is_free: bool,
    pub(crate) has_payment: bool,
    pub(crate) email: Option<String>,
    /// What only one version of Medusa needs to know again.
    pub(crate) more: X,
}

/// A line of a cart.
#[derive(Clone, Debug)]
pub(crate) struct SeenLine {
    pub(crate) id: String,
    pub(crate) quantity: Option<u32>,
}

/// Whose a cart is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SeenOwner {
    Nobody,
    Guest,
    Account(CustomerId),
    Unknown,
}

impl SeenOwner {
    /// The customer of this id, with or without an account. Nothing is granted by what is missing.
    pub(crate) fn customer(id: &str, has_account: Option<bool>) -> Self {
        match (has_account, CustomerId::new(id)) {
            (Some(false), _) => Self::Guest,
            (Some(true), Ok(id)) => Self::Account(id),
            _ => Self::Unknown,
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

impl<X> Seen<X> {
    /// Whether a customer with an account owns the cart.
    pub(crate) fn is_owned(&self) -> bool {
        matches!(self.owner, SeenOwner::Account(_))
    }

    /// Whether the cart has a line of this id.
    pub(crate) fn has_line(&self, id: &str) -> bool {
        self.lines.iter().any(|line| line.id == id)
    }

    fn check(&self, identity: &Identity, id: &CartId) -> Result<()> {
        access(self.owner.as_owner(), identity.visitor()).or_hide(|| not_found(id))
    }
}

/// A cart that the caller may touch, as far as its last answer says.
pub(crate) struct OpenCart<C: TellsCart> {
    pub(crate) identity: Identity,
    pub(crate) seen: Seen<C::More>,
    /// The cart itself, where it was read to open it.
    pub(crate) read: Option<C>,
}

impl<C: TellsCart> OpenCart<C> {
    /// 409 `cart.completed` for a cart that is an order already.
    pub(crate) fn refuse_completed(&self, id: &CartId) -> Result<()> {
        if self.seen.completed { Err(completed(id)) } else { Ok(()) }
    }
}

/// Reads a cart for a caller who may see it. 404 `cart.not_found`, 401 `auth.invalid_token`.
pub(crate) async fn read_cart<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
) -> Result<(Identity, S::Cart)> {
    let (identity, cart) = shop.identities().establish_beside(cx, shop.fetch_cart(cx, id)).await?;
    let cart = settle(shop, &identity, id, cart).await?;
    Ok((identity, cart))
}

/// Opens a cart for a write: without a call where it was seen lately.
pub(crate) async fn open_cart<S: KeepsCarts>(shop: &S, cx: &RequestContext, id: &CartId) -> Result<OpenCart<S::Cart>> {
    let lately = shop.turns().seen_lately(id).await;
    if let Some(seen) = lately {
        let identity = shop.identities().establish(cx).await?;
        seen.check(&identity, id)?;
        return Ok(OpenCart { identity, seen, read: None });
    }
    open_cart_anew(shop, cx, id).await
}

/// Opens a cart for a write that depends on its present state: with a call always.
pub(crate) async fn open_cart_anew<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
) -> Result<OpenCart<S::Cart>> {
    let (identity, cart) = read_cart(shop, cx, id).await?;
    Ok(OpenCart { identity, seen: cart.seen()?, read: Some(cart) })
}

/// The cart as it is now: what was read to open it, or a new answer.
pub(crate) async fn present<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    open: &mut OpenCart<S::Cart>,
) -> Result<S::Cart> {
    match open.read.take() {
        Some(cart) => Ok(cart),
        None => read_cart(shop, cx, id).await.map(|(_, cart)| cart),
    }
}

/// Remembers a cart's answer and checks once more that it is the caller's to see. After a failure nothing is known.
pub(crate) async fn settle<S: KeepsCarts>(
    shop: &S,
    identity: &Identity,
    id: &CartId,
    answer: Result<S::Cart>,
) -> Result<S::Cart> {
    match answer {
        Ok(cart) => {
            remember(shop, id, &cart).await?.check(identity, id)?;
            Ok(cart)
        }
        Err(error) => {
            shop.turns().forget(id).await;
            Err(error)
        }
    }
}

/// Remembers a cart's answer.
pub(crate) async fn remember<S: KeepsCarts>(
    shop: &S,
    id: &CartId,
    cart: &S::Cart,
) -> Result<Seen<<S::Cart as TellsCart>::More>> {
    if cart.id() != id.as_str() {
        return Err(incomplete("cart.id"));
    }
    let seen = cart.seen()?;
    shop.turns().remember(id, seen.clone()).await;
    Ok(seen)
}
