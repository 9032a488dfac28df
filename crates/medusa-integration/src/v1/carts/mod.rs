//! Carts of Medusa 1.

pub(super) mod errors;
pub(super) mod map;

use async_trait::async_trait;
use o2s_framework_core::carts::{Cart, CartsOperation, ListCarts};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, LineItemId, PromotionCode, RegionId, ShippingOptionId, VariantId};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::support::Support;
use o2s_medusa_client::v1::store::StoreEndpoint;
use o2s_medusa_client::v1::store::carts::{
    AddressChoice, Cart as WireCart, CartAnswer, CartType, CartUpdate, Code, CreateCart, GetCart,
    NewCart as NewWireCart, NewCartItem, UpdateCart,
};
use o2s_medusa_client::v1::store::discounts::RemoveDiscount;
use o2s_medusa_client::v1::store::line_items::{
    AddLineItem, DeleteLineItem, LineItemInput, LineItemUpdate, UpdateLineItem,
};
use o2s_medusa_client::v1::store::products::ListProducts;
use o2s_medusa_client::v1::store::shipping_methods::{AddShippingMethod, ShippingMethodInput};
use o2s_medusa_client::v1::types::{AddressInput, Metadata, Page, Selection};
use o2s_medusa_client::{CustomerToken, Error as ClientError};
use serde_json::Value;

use super::{Shop, select};
use crate::carts::access::{OpenCart, Seen, SeenOwner};
use crate::carts::errors::{
    guest_made_elsewhere, invalid_promotion, invalid_shipping_option, not_found, promotion_without_effect, unknown_item,
};
use crate::carts::{Changes, KeepsCarts, NewCart, NewLine};
use crate::checkout::PlacesOrders;
use crate::error::{backend, is_not_found};
use crate::identity::Identity;
use crate::map::id as values_id;
use crate::regions::KnowsRegions;
use crate::turns::{Queues, Turns};
use errors::{cart_error, new_cart_error, shipping_error};
use map::{CART_RELATIONS, CONTACT_EMAIL, KnownCart, More, RESERVED, address_input};

/// How many products an SKU is looked for in: that many at a time, that often.
const SKU_PAGE: u32 = 100;
const SKU_PAGES: u32 = 10;

const CANNOT_LIST: &str = "Medusa 1 has no call that lists carts";

impl Queues for Shop {
    type Cart = KnownCart;

    fn turns(&self) -> &Turns<Seen<More>> {
        &self.turns
    }
}

/// A cart's own data (name, notes, what a front end keeps) is in its `context`.
// Medusa: it answers the `metadata` of a cart, but takes none.
#[async_trait]
impl KeepsCarts for Shop {
    const RESERVED: &'static [&'static str] = &RESERVED;

    // Medusa: reading a cart as a customer makes it that customer's.
    async fn fetch_cart(&self, cx: &RequestContext, id: &CartId) -> Result<KnownCart> {
        let endpoint = GetCart { id: id.as_str(), select: Selection { fields: None, expand: Some(CART_RELATIONS) } };
        let cart = Box::new(self.call(cx, None, &endpoint).await.map_err(|error| cart_error(error, id))?.cart);
        // Medusa: carts of swaps and the like have lines that are given back; with a customer's change they are charged.
        if cart.cart_type.as_ref().is_some_and(|kind| *kind != CartType::Default) {
            return Err(not_found(id));
        }
        let owner = map::owner(&cart).unwrap_or(SeenOwner::Unknown);
        self.known(cx, cart, owner).await
    }

    async fn make_cart(&self, cx: &RequestContext, identity: &Identity, new: &NewCart) -> Result<KnownCart> {
        let item = |line: &NewLine| NewCartItem { variant_id: line.variant.to_string(), quantity: line.quantity };
        let body = NewWireCart {
            region_id: Some(new.region.id.to_string()),
            items: new.line.iter().map(item).collect(),
            context: (!new.metadata.is_empty()).then(|| new.metadata.clone()),
            ..NewWireCart::default()
        };
        let answer = self.call(cx, identity.token(), &CreateCart { body }).await.map_err(new_cart_error)?;
        let cart = match new.line.as_ref().and_then(|line| line.metadata.as_ref()) {
            // Medusa: the lines of a new cart take no data.
            Some(metadata) => self.describe_only_line(cx, identity.token(), answer.cart, metadata).await?,
            None => answer.cart,
        };
        let id: CartId = values_id(&cart.id, "cart.id")?;
        self.settled(cx, &id, Box::new(cart), identity, None).await
    }

    /// An e-mail address makes a guest's cart that of a customer without an account. A signed-in caller's cart becomes the
    /// caller's, and keeps the address beside the account's.
    // Medusa: a customer's cart has the account's e-mail address, whatever is sent.
    async fn change_cart(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        changes: &Changes,
    ) -> Result<KnownCart> {
        let mut context = changes.metadata.clone();
        let customers = open.identity.customer_id().is_some();
        if let Some(email) = changes.email.as_ref().filter(|_| customers) {
            context.insert(CONTACT_EMAIL.to_owned(), Value::from(email.as_str()));
        }
        let shipping_address = match &changes.shipping_address {
            Some(address) => Some(address_input(address)),
            None => self.moved_address(cx, open, changes.region_id.as_ref()).await?,
        };
        let body = CartUpdate {
            region_id: changes.region_id.as_ref().map(ToString::to_string),
            shipping_address,
            billing_address: changes.billing_address.as_ref().map(address_input),
            email: changes.email.as_ref().filter(|_| !customers).map(ToString::to_string),
            context: (!context.is_empty()).then_some(context),
            ..CartUpdate::default()
        };
        let endpoint = UpdateCart { id: id.as_str(), body };
        if changes.email.is_some() {
            return self.send_as(cx, id, open, open.identity.token(), &endpoint).await;
        }
        self.send(cx, id, open, &endpoint).await
    }

    // Medusa: any change that a customer makes to a cart makes it that customer's.
    async fn claim_cart(&self, cx: &RequestContext, id: &CartId, open: &OpenCart<KnownCart>) -> Result<KnownCart> {
        let endpoint = UpdateCart { id: id.as_str(), body: CartUpdate::default() };
        self.send_as(cx, id, open, open.identity.token(), &endpoint).await
    }

    async fn add_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        line: &NewLine,
    ) -> Result<KnownCart> {
        let body = LineItemInput {
            variant_id: line.variant.to_string(),
            quantity: line.quantity,
            metadata: line.metadata.clone(),
        };
        let cart = self.send(cx, id, open, &AddLineItem { cart_id: id.as_str(), body }).await?;
        Ok(self.ship_as_before(cx, id, open, cart).await)
    }

    async fn set_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        line: &LineItemId,
        quantity: u32,
        metadata: Option<Metadata>,
    ) -> Result<KnownCart> {
        let body = LineItemUpdate { quantity, metadata };
        let endpoint = UpdateLineItem { cart_id: id.as_str(), line_id: line.as_str(), body };
        let cart = self.send(cx, id, open, &endpoint).await?;
        Ok(self.ship_as_before(cx, id, open, cart).await)
    }

    async fn remove_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        line: &LineItemId,
    ) -> Result<KnownCart> {
        let endpoint = DeleteLineItem { cart_id: id.as_str(), line_id: line.as_str() };
        let cart = self.send(cx, id, open, &endpoint).await?;
        Ok(self.ship_as_before(cx, id, open, cart).await)
    }

    /// A discount or a gift card: which of the two a code is, the shop knows alone.
    // Medusa: all codes are sent at once. It keeps one of free shipping, and one that is not: of several, any. One that does
    // not hold any more spoils them all. So those whose place the new one takes are left out.
    async fn add_promotion(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        code: &PromotionCode,
    ) -> Result<KnownCart> {
        let More { discounts, free_shipping, gift_cards, .. } = &open.seen.more;
        let of = |codes: &[String]| CartUpdate { discounts: Some(with(codes, code)), ..CartUpdate::default() };
        let mut answer = self.update(cx, id, open, of(free_shipping)).await;
        if answer.as_ref().is_err_and(refuses_codes) && !free_shipping.is_empty() {
            answer = self.update(cx, id, open, of(&[])).await;
        }
        let mut cart = match answer {
            Ok(cart) => cart,
            Err(error) if is_not_found(&error) => {
                let cards = CartUpdate { gift_cards: Some(with(gift_cards, code)), ..CartUpdate::default() };
                self.update(cx, id, open, cards).await.map_err(|error| promotion_error(error, id))?
            }
            Err(error) => return Err(promotion_error(error, id)),
        };
        // One of free shipping takes nobody's place.
        if map::free_shipping(&cart).iter().any(|known| known.eq_ignore_ascii_case(code.as_str()))
            && !discounts.is_empty()
        {
            match self.update(cx, id, open, of(discounts)).await {
                Ok(both) => cart = both,
                // The other one does not hold any more.
                Err(error) if refuses_codes(&error) => {}
                Err(error) => return Err(promotion_error(error, id)),
            }
        }
        let cart = self.settled(cx, id, Box::new(cart), &open.identity, Some(open)).await?;
        if cart.has_code(code) { Ok(cart) } else { Err(promotion_without_effect()) }
    }

    async fn take_promotion_off(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        code: &PromotionCode,
    ) -> Result<KnownCart> {
        let cards = &open.seen.more.gift_cards;
        if cards.iter().any(|card| card == code.as_str()) {
            let left = cards.iter().filter(|card| *card != code.as_str());
            let left = left.map(|card| Code { code: card.clone() }).collect();
            let body = CartUpdate { gift_cards: Some(left), ..CartUpdate::default() };
            return self.send(cx, id, open, &UpdateCart { id: id.as_str(), body }).await;
        }
        self.send(cx, id, open, &RemoveDiscount { cart_id: id.as_str(), code: code.as_str() }).await
    }

    async fn choose_shipping(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        option: &ShippingOptionId,
    ) -> Result<KnownCart> {
        // Medusa: it ships by any option of the region, those for the way back and for its own people among them.
        if !self.has_shipping_option(cx, id, option).await? {
            return Err(invalid_shipping_option());
        }
        self.ship_by(cx, id, open, option.as_str()).await
    }

    // Medusa: variants cannot be asked for by SKU; a search finds each product with an SKU that holds these letters.
    async fn variant_of_sku(&self, cx: &RequestContext, sku: &VariantId) -> Result<Option<VariantId>> {
        for page in 0..SKU_PAGES {
            let endpoint = ListProducts {
                select: select("id,title,created_at", "variants"),
                page: Page { limit: Some(SKU_PAGE), offset: Some(SKU_PAGE * page) },
                q: Some(sku.as_str()),
                ..ListProducts::default()
            };
            let found = self.call(cx, None, &endpoint).await.map_err(backend)?;
            let mut variants = found.products.iter().flat_map(|product| &product.variants);
            if let Some(variant) = variants.find(|variant| variant.sku.as_deref() == Some(sku.as_str())) {
                return values_id(&variant.id, "variant.id").map(Some);
            }
            if found.products.is_empty() || found.count <= u64::from(SKU_PAGE * (page + 1)) {
                return Ok(None);
            }
        }
        let message = "Too many products have this SKU in their text: name the variant by its id";
        Err(Error::invalid("product.too_many_to_filter", message))
    }

    fn finds_carts(&self) -> Support {
        Support::Absent(CANNOT_LIST)
    }

    async fn list_carts(&self, _: &RequestContext, _: &ListCarts) -> Result<Paginated<Cart>> {
        Err(Error::unsupported(CartsOperation::ListCarts, CANNOT_LIST))
    }

    async fn current_cart(&self, _: &RequestContext) -> Result<Option<Cart>> {
        Err(Error::unsupported(CartsOperation::GetCurrentCart, CANNOT_LIST))
    }
}

impl Shop {
    pub(super) async fn send<E>(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        endpoint: &E,
    ) -> Result<KnownCart>
    where
        E: StoreEndpoint<Response = CartAnswer>,
    {
        self.send_as(cx, id, open, token_for(open), endpoint).await
    }

    async fn send_as<E>(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        token: Option<&CustomerToken>,
        endpoint: &E,
    ) -> Result<KnownCart>
    where
        E: StoreEndpoint<Response = CartAnswer>,
    {
        let answer = match self.call(cx, token, endpoint).await {
            Err(error) if guest_made_elsewhere(&error) => self.call(cx, token, endpoint).await,
            answer => answer,
        };
        let cart = answer.map_err(|error| cart_error(error, id))?.cart;
        self.settled(cx, id, Box::new(cart), &open.identity, Some(open)).await
    }

    async fn update(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        body: CartUpdate,
    ) -> Result<WireCart, ClientError> {
        Ok(self.call(cx, token_for(open), &UpdateCart { id: id.as_str(), body }).await?.cart)
    }

    /// What becomes of a cart's address when the cart moves to a region: it stays where the region serves its country.
    // Medusa: it forgets the country, or writes that of the region, and keeps the rest.
    async fn moved_address(
        &self,
        cx: &RequestContext,
        open: &OpenCart<KnownCart>,
        region: Option<&RegionId>,
    ) -> Result<Option<AddressChoice>> {
        let (Some(region), Some(country)) = (region, &open.seen.more.country) else { return Ok(None) };
        let region = self.region(cx, region).await?;
        let is_served = region.countries.iter().any(|known| known.code.eq_ignore_ascii_case(country));
        let kept = || AddressInput { country_code: Some(country.clone()), ..AddressInput::default() }.into();
        Ok(Some(if is_served { kept() } else { AddressChoice::None }))
    }

    async fn ship_by(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        option: &str,
    ) -> Result<KnownCart> {
        let body = ShippingMethodInput { option_id: option.to_owned(), data: None };
        let answer = self.call(cx, token_for(open), &AddShippingMethod { cart_id: id.as_str(), body }).await;
        let cart = answer.map_err(|error| shipping_error(error, id))?.cart;
        self.settled(cx, id, Box::new(cart), &open.identity, Some(open)).await
    }

    /// A cart whose lines have just changed, shipped as it was before; without shipping where that does not go any more.
    // Medusa: with each change of a line the chosen shipping is gone.
    async fn ship_as_before(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<KnownCart>,
        mut cart: KnownCart,
    ) -> KnownCart {
        if cart.wire.items.is_empty() || !cart.wire.shipping_methods.is_empty() {
            return cart;
        }
        for option in &open.seen.more.shipping_options {
            match self.ship_by(cx, id, open, option).await {
                Ok(shipped) => cart = shipped,
                Err(error) => tracing::warn!(option, %error, "a changed cart is not shipped as before"),
            }
        }
        cart
    }

    /// The answer of a write, with its owner. Where neither the answer nor what was known before says whose the cart is,
    /// it is read.
    // Medusa: the answer of a write names the customer, but does not say whether there is an account.
    async fn settled(
        &self,
        cx: &RequestContext,
        id: &CartId,
        cart: Box<WireCart>,
        identity: &Identity,
        before: Option<&OpenCart<KnownCart>>,
    ) -> Result<KnownCart> {
        let before = before.map(|open| &open.seen);
        let owner = map::owner(&cart).or_else(|| {
            let customer = cart.customer_id.as_deref();
            let same = before.filter(|seen| seen.more.customer_id.as_deref() == customer);
            let caller = identity.customer_id().filter(|id| Some(id.as_str()) == customer);
            same.map(|seen| seen.owner.clone()).or_else(|| caller.cloned().map(SeenOwner::Account))
        });
        match owner {
            Some(owner) => self.known(cx, cart, owner).await,
            None => self.fetch_cart(cx, id).await,
        }
    }

    async fn known(&self, cx: &RequestContext, wire: Box<WireCart>, owner: SeenOwner) -> Result<KnownCart> {
        Ok(KnownCart { wire, owner, types: self.directory.types(cx).await? })
    }

    async fn describe_only_line(
        &self,
        cx: &RequestContext,
        token: Option<&CustomerToken>,
        cart: WireCart,
        metadata: &Metadata,
    ) -> Result<WireCart> {
        let line = cart.items.first().ok_or_else(unknown_item)?;
        let quantity = line.quantity.ok_or_else(|| crate::error::incomplete("item.quantity"))?;
        let body = LineItemUpdate { quantity, metadata: Some(metadata.clone()) };
        let endpoint = UpdateLineItem { cart_id: &cart.id, line_id: &line.id, body };
        Ok(self.call(cx, token, &endpoint).await.map_err(new_cart_error)?.cart)
    }
}

/// The token for a call on a cart: the owner's, on the owner's cart.
// Medusa: with any other customer's token some calls would make the cart that customer's.
pub(super) fn token_for(open: &OpenCart<KnownCart>) -> Option<&CustomerToken> {
    open.identity.token().filter(|_| open.seen.is_owned())
}

/// These codes and another one, which comes last.
fn with(codes: &[String], code: &PromotionCode) -> Vec<Code> {
    let others = codes.iter().filter(|known| !known.eq_ignore_ascii_case(code.as_str()));
    others.cloned().chain([code.to_string()]).map(|code| Code { code }).collect()
}

/// Whether Medusa refuses codes that it was sent: unknown ones, and those that do not hold.
fn refuses_codes(error: &ClientError) -> bool {
    error.status().is_some_and(|status| matches!(status.as_u16(), 400 | 404)) && error.api_message().is_some()
}

/// A refusal of a code. One that does not hold, or not for this cart, is a 400; one that is none a 404.
fn promotion_error(error: ClientError, id: &CartId) -> Error {
    if refuses_codes(&error) { invalid_promotion().with_source(error) } else { cart_error(error, id) }
}
