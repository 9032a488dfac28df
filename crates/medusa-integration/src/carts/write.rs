//! The writes to a cart. Each answers the whole cart: nothing is read again.

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{AddCartItem, Cart, CreateCart, UpdateCart, UpdateCartAddresses, UpdateCartItem};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result, Violation};
use o2s_framework_core::ids::{CartId, LineItemId, PromotionCode, RegionId, ShippingOptionId, VariantId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::text::Email;
use serde_json::Value;

use super::access::{OpenCart, Seen, open_cart, open_cart_anew, present, read_cart, remember, settle};
use super::errors::{empty, unknown_item, unknown_variant};
use super::{Changes, KeepsCarts, NAME, NOTES, NewCart, NewLine, SAME_AS_BILLING, TellsCart};
use crate::error::incomplete;
use crate::identity::Identity;
use crate::map;
use crate::payments::{PaymentTerms, TakesPayments};
use crate::regions::ensure_ships_to;

/// 400 for metadata that would change what the integration keeps there.
pub(super) fn refuse_reserved(reserved: &[&str], metadata: Option<&Metadata>) -> Result<()> {
    let Some(members) = metadata.map(Metadata::to_map) else { return Ok(()) };
    let taken: Vec<Violation> = reserved
        .iter()
        .filter(|key| members.contains_key(**key))
        .map(|key| Violation::new(format!("metadata.{key}"), "this name is reserved"))
        .collect();
    if taken.is_empty() { Ok(()) } else { Err(Error::violations(taken)) }
}

/// A variant id as Medusa makes them; anything else in `sku` is looked up as an SKU.
fn is_variant_id(text: &str) -> bool {
    text.starts_with("variant_")
}

pub(super) async fn create_cart<S: KeepsCarts>(shop: &S, cx: &RequestContext, request: &CreateCart) -> Result<Cart> {
    refuse_reserved(S::RESERVED, request.metadata.as_ref())?;
    let region = shop.region_for(cx, request.region_id.as_ref(), Some(request.currency));
    let (identity, region) = shop.identities().establish_beside(cx, region).await?;
    let region = region?;
    if request.customer_id.as_ref().is_some_and(|named| Some(named) != identity.customer_id()) {
        return Err(Error::violations(vec![Violation::new(
            "customerId",
            "must be the signed-in customer, or left out",
        )]));
    }
    let mut metadata = request.metadata.as_ref().map(Metadata::to_map).unwrap_or_default();
    if let Some(name) = &request.name {
        metadata.insert(NAME.to_owned(), Value::from(name.as_str()));
    }
    start_cart(shop, cx, identity, &NewCart { region, metadata, line: None }).await
}

/// Makes a cart with its first item in one call, so that no empty cart is left where the item cannot be had.
pub(super) async fn create_cart_with_item<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    request: &AddCartItem,
) -> Result<Cart> {
    let region = shop.region_for(cx, request.region_id.as_ref(), request.currency);
    let found = async { tokio::join!(region, variant_of(shop, cx, request)) };
    let (identity, (region, variant)) = shop.identities().establish_beside(cx, found).await?;
    let region = region?;
    let line = Some(new_line(variant?, request));
    start_cart(shop, cx, identity, &NewCart { region, metadata: serde_json::Map::new(), line }).await
}

async fn start_cart<S: KeepsCarts>(shop: &S, cx: &RequestContext, identity: Identity, new: &NewCart) -> Result<Cart> {
    let cart = shop.make_cart(cx, &identity, new).await?;
    let id: CartId = map::id(cart.id(), "cart.id")?;
    let seen = remember(shop, &id, &cart).await?;
    // Medusa: a shop that signs its customers in by a plugin may make a cart that is nobody's.
    if identity.customer_id().is_some() && !seen.is_owned() {
        let open = OpenCart { identity, seen, read: None };
        return settle(shop, &open.identity, &id, shop.claim_cart(cx, &id, &open).await).await?.show();
    }
    cart.show()
}

/// The id of the variant that a request names by id, by id in `sku`, or by SKU. 404 `product.variant_not_found`.
async fn variant_of<S: KeepsCarts>(shop: &S, cx: &RequestContext, request: &AddCartItem) -> Result<VariantId> {
    if let Some(id) = &request.variant_id {
        return Ok(id.clone());
    }
    let sku = request.sku.as_ref().ok_or_else(unknown_variant)?;
    if is_variant_id(sku.as_str()) {
        return Ok(sku.clone());
    }
    shop.variant_of_sku(cx, sku).await?.ok_or_else(unknown_variant)
}

fn new_line(variant: VariantId, request: &AddCartItem) -> NewLine {
    NewLine { variant, quantity: request.quantity.get(), metadata: request.metadata.as_ref().map(Metadata::to_map) }
}

/// Puts an e-mail address into a cart.
pub(crate) async fn change_email<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    open: &OpenCart<S::Cart>,
    email: &Email,
) -> Result<S::Cart> {
    let changes = Changes { email: Some(email.clone()), ..Changes::default() };
    settle(shop, &open.identity, id, shop.change_cart(cx, id, open, &changes).await).await
}

pub(super) async fn add_item<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    request: &AddCartItem,
) -> Result<Cart> {
    // A token that can be told to be bad without a call makes none.
    shop.identities().token(cx).await?;
    let (open, variant) = tokio::join!(open_cart(shop, cx, id), variant_of(shop, cx, request));
    let open = open?;
    open.refuse_completed(id)?;
    let line = new_line(variant?, request);
    settle(shop, &open.identity, id, shop.add_line(cx, id, &open, &line).await).await?.show()
}

pub(super) async fn update_item<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    item: &LineItemId,
    request: &UpdateCartItem,
) -> Result<Cart> {
    // Medusa: a line update must name the quantity.
    let (open, quantity) = if let Some(quantity) = request.quantity {
        (open_cart(shop, cx, id).await?, quantity.get())
    } else {
        let open = open_cart_anew(shop, cx, id).await?;
        let line = open.seen.lines.iter().find(|line| line.id == item.as_str()).ok_or_else(unknown_item)?;
        let quantity = line.quantity.ok_or_else(|| incomplete("item.quantity"))?;
        (open, quantity)
    };
    open.refuse_completed(id)?;
    let metadata = request.metadata.as_ref().map(Metadata::to_map);
    let cart = shop.set_line(cx, id, &open, item, quantity, metadata).await;
    settle(shop, &open.identity, id, cart).await?.show()
}

pub(super) async fn remove_item<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    item: &LineItemId,
) -> Result<Cart> {
    // Medusa: deleting a line that is not there is a success.
    let open = open_cart_knowing(shop, cx, id, |seen| seen.has_line(item.as_str())).await?.ok_or_else(unknown_item)?;
    open.refuse_completed(id)?;
    settle(shop, &open.identity, id, shop.remove_line(cx, id, &open, item).await).await?.show()
}

/// Opens a cart whose last answer says what `knows` asks; where the last one does not, a new one is asked for.
async fn open_cart_knowing<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    knows: impl Fn(&Seen<<S::Cart as TellsCart>::More>) -> bool,
) -> Result<Option<OpenCart<S::Cart>>> {
    let open = open_cart(shop, cx, id).await?;
    if knows(&open.seen) {
        return Ok(Some(open));
    }
    let open = open_cart_anew(shop, cx, id).await?;
    Ok(knows(&open.seen).then_some(open))
}

pub(super) async fn apply_promotion<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    code: &PromotionCode,
) -> Result<Cart> {
    let open = open_cart(shop, cx, id).await?;
    open.refuse_completed(id)?;
    settle(shop, &open.identity, id, shop.add_promotion(cx, id, &open, code).await).await?.show()
}

pub(super) async fn remove_promotion<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    code: &PromotionCode,
) -> Result<Cart> {
    // Medusa: taking off a code that is not there is a success.
    let knows = |seen: &Seen<_>| seen.promotions.iter().any(|applied| applied.eq_ignore_ascii_case(code.as_str()));
    let open = open_cart_knowing(shop, cx, id, knows).await?;
    let open =
        open.ok_or_else(|| Error::not_found("promotion.not_applied", "The cart does not have this promotion"))?;
    open.refuse_completed(id)?;
    // As the cart spells it.
    // Medusa: 1 keeps codes in capitals.
    let applied = &open.seen.promotions;
    let spelled = applied.iter().find(|applied| *applied == code.as_str());
    let spelled = spelled.or_else(|| applied.iter().find(|applied| applied.eq_ignore_ascii_case(code.as_str())));
    let code = spelled.and_then(|spelled| spelled.parse().ok()).unwrap_or_else(|| code.clone());
    settle(shop, &open.identity, id, shop.take_promotion_off(cx, id, &open, &code).await).await?.show()
}

pub(super) async fn add_shipping_method<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    option: &ShippingOptionId,
) -> Result<Cart> {
    let open = open_cart_knowing(shop, cx, id, |seen| seen.completed || !seen.lines.is_empty()).await?;
    let open = open.ok_or_else(|| empty(id))?;
    open.refuse_completed(id)?;
    settle(shop, &open.identity, id, shop.choose_shipping(cx, id, &open, option).await).await?.show()
}

pub(super) async fn update_cart<S: TakesPayments>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    request: &UpdateCart,
    (shipping, billing): (Option<Address>, Option<Address>),
) -> Result<Cart> {
    let mut open = open_cart(shop, cx, id).await?;
    open.refuse_completed(id)?;
    let region = request.region_id.as_ref().or(open.seen.region_id.as_ref());
    check_country(shop, cx, region, shipping.as_ref()).await?;
    let mut metadata = request.metadata.as_ref().map(Metadata::to_map).unwrap_or_default();
    if let Some(name) = &request.name {
        metadata.insert(NAME.to_owned(), Value::from(name.as_str()));
    }
    if let Some(notes) = &request.notes {
        metadata.insert(NOTES.to_owned(), Value::from(notes.as_str()));
    }
    let changes = Changes {
        region_id: request.region_id.clone(),
        shipping_address: shipping,
        billing_address: billing,
        email: request.email.clone(),
        metadata,
    };
    let mut cart = None;
    if !changes.is_empty() {
        let answer = shop.change_cart(cx, id, &open, &changes).await;
        cart = Some(settle(shop, &open.identity, id, answer).await?);
    }
    if let Some(option) = &request.shipping_method_id {
        let answer = shop.choose_shipping(cx, id, &open, option).await;
        cart = Some(settle(shop, &open.identity, id, answer).await?);
    }
    if let Some(provider) = &request.payment_method_id {
        if let Some(cart) = cart.take() {
            open.seen = cart.seen()?;
        }
        // The cart's session is another one now, whatever the answer.
        shop.turns().forget(id).await;
        shop.start_payment(cx, id, &open, provider, &PaymentTerms::default()).await?;
    }
    match cart {
        Some(cart) => cart.show(),
        None => read_cart(shop, cx, id).await?.1.show(),
    }
}

/// 400 `address.country_not_in_region` for a country that the region does not ship to, before anything is written.
// Medusa: a billing address may be anywhere.
async fn check_country<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    region: Option<&RegionId>,
    shipping: Option<&Address>,
) -> Result<()> {
    let (Some(region), Some(address)) = (region, shipping) else { return Ok(()) };
    ensure_ships_to(&*shop.region(cx, region).await?, address)
}

pub(super) async fn update_addresses<S: KeepsCarts>(
    shop: &S,
    cx: &RequestContext,
    id: &CartId,
    request: &UpdateCartAddresses,
    (mut shipping, mut billing): (Option<Address>, Option<Address>),
) -> Result<Cart> {
    let mut open = open_cart(shop, cx, id).await?;
    open.refuse_completed(id)?;
    if request.same_as_billing_address == Some(true) {
        shipping.clone_from(&billing);
        if shipping.is_none() {
            let cart = present(shop, cx, id, &mut open).await?;
            shipping = Some(cart.show()?.billing_address.ok_or_else(no_billing_address)?);
        }
    }
    // One address given is used for both, unless the cart has the other.
    if shipping.is_some() && billing.is_none() && !open.seen.has_billing_address {
        billing.clone_from(&shipping);
    }
    if billing.is_some() && shipping.is_none() && !open.seen.has_shipping_address {
        shipping.clone_from(&billing);
    }
    check_country(shop, cx, open.seen.region_id.as_ref(), shipping.as_ref()).await?;

    let mut metadata = serde_json::Map::new();
    if let Some(same) = request.same_as_billing_address {
        metadata.insert(SAME_AS_BILLING.to_owned(), Value::from(same));
    }
    if let Some(notes) = &request.notes {
        metadata.insert(NOTES.to_owned(), Value::from(notes.as_str()));
    }
    let changes = Changes {
        region_id: None,
        shipping_address: shipping,
        billing_address: billing,
        email: request.email.clone(),
        metadata,
    };
    if changes.is_empty() {
        return present(shop, cx, id, &mut open).await?.show();
    }
    settle(shop, &open.identity, id, shop.change_cart(cx, id, &open, &changes).await).await?.show()
}

fn no_billing_address() -> Error {
    Error::violations(vec![Violation::new("sameAsBillingAddress", "the cart has no billing address yet: give one")])
}
