//! The writes to a cart. Each answers the whole cart: nothing is read again.

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{AddCartItem, Cart, CreateCart, UpdateCart, UpdateCartAddresses, UpdateCartItem};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result, Violation};
use o2s_framework_core::ids::{CartId, LineItemId, PromotionCode, RegionId, ShippingOptionId, VariantId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::text::Email;
use o2s_medusa_client::v2::store::StoreEndpoint;
use o2s_medusa_client::v2::store::carts::{
    Cart as WireCart, CartAnswer, CartUpdate, CreateCart as CreateWireCart, NewCart, TransferCart,
    UpdateCart as UpdateWireCart,
};
use o2s_medusa_client::v2::store::line_items::{
    AddLineItem, DeleteLineItem, LineItemInput, LineItemUpdate, UpdateLineItem,
};
use o2s_medusa_client::v2::store::promotions::{AddPromotions, PromotionCodes, RemovePromotions};
use o2s_medusa_client::v2::store::shipping_methods::{AddShippingMethod, ShippingMethodInput};
use o2s_medusa_client::v2::store::variants::ListVariants;
use o2s_medusa_client::v2::types::Metadata as WireMetadata;
use serde_json::Value;

use super::access::{OpenCart, Seen};
use super::errors::{cart_error, empty, new_cart_error, unknown_variant};
use super::map::{self as cart_map, CART_FIELDS, GUEST_EMAIL, NAME, NOTES, RESERVED, SAME_AS_BILLING};
use crate::context::call_context;
use crate::error::{backend, incomplete};
use crate::identity::Identity;
use crate::map::address_input;
use crate::regions::ensure_ships_to;
use crate::v2::Shop;

/// 400 for metadata that would change what the integration keeps there.
pub(super) fn refuse_reserved(metadata: Option<&Metadata>) -> Result<()> {
    let Some(members) = metadata.map(Metadata::to_map) else { return Ok(()) };
    let taken: Vec<Violation> = RESERVED
        .into_iter()
        .filter(|key| members.contains_key(*key))
        .map(|key| Violation::new(format!("metadata.{key}"), "this name is reserved"))
        .collect();
    if taken.is_empty() { Ok(()) } else { Err(Error::violations(taken)) }
}

/// A variant id as Medusa makes them; anything else in `sku` is looked up as an SKU.
fn is_variant_id(text: &str) -> bool {
    text.starts_with("variant_")
}

impl Shop {
    /// Sends a write to a cart, remembers its answer, and shows it if it is still the caller's to see.
    async fn send<E>(&self, cx: &RequestContext, id: &CartId, identity: &Identity, endpoint: &E) -> Result<WireCart>
    where
        E: StoreEndpoint<Response = CartAnswer>,
    {
        match self.store.call(&call_context(cx), identity.token(), endpoint).await {
            Ok(answer) => self.settle(identity, id, answer.cart).await,
            Err(error) => {
                self.turns.forget(id).await;
                Err(cart_error(error, id))
            }
        }
    }

    pub(super) async fn create_cart(&self, cx: &RequestContext, request: &CreateCart) -> Result<Cart> {
        refuse_reserved(request.metadata.as_ref())?;
        let region = self.directory.region_for(cx, request.region_id.as_ref(), Some(request.currency));
        let (identity, region) = self.identities.establish_beside(cx, region).await?;
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
        let body = NewCart {
            region_id: Some(region.id.to_string()),
            currency_code: Some(region.currency.as_str().to_lowercase()),
            metadata: (!metadata.is_empty()).then_some(metadata),
            ..NewCart::default()
        };
        self.start_cart(cx, &identity, body).await
    }

    /// Makes a cart with its first item in one call, so that no empty cart is left where the item cannot be had.
    pub(super) async fn create_cart_with_item(&self, cx: &RequestContext, request: &AddCartItem) -> Result<Cart> {
        let region = self.directory.region_for(cx, request.region_id.as_ref(), request.currency);
        let found = async { tokio::join!(region, self.variant_of(cx, request)) };
        let (identity, (region, variant)) = self.identities.establish_beside(cx, found).await?;
        let region = region?;
        let body = NewCart {
            region_id: Some(region.id.to_string()),
            currency_code: Some(region.currency.as_str().to_lowercase()),
            items: vec![line_input(&variant?, request)],
            ..NewCart::default()
        };
        self.start_cart(cx, &identity, body).await
    }

    async fn start_cart(&self, cx: &RequestContext, identity: &Identity, body: NewCart) -> Result<Cart> {
        let endpoint = CreateWireCart { fields: Some(CART_FIELDS), body };
        let answer = self.store.call(&call_context(cx), identity.token(), &endpoint).await;
        let cart = answer.map_err(new_cart_error)?.cart;
        let id: CartId = crate::map::id(&cart.id, "cart.id")?;
        let seen = self.remember(&id, &cart).await?;
        // Medusa: a shop that signs its customers in by a plugin may make a cart that is nobody's.
        let cart = if identity.customer_id().is_some() && !seen.is_owned() {
            self.claim(cx, &id, identity).await?
        } else {
            cart
        };
        cart_map::cart(&cart)
    }

    /// Makes a cart the signed-in caller's. Only for carts that nobody with an account owns.
    pub(crate) async fn claim(&self, cx: &RequestContext, id: &CartId, identity: &Identity) -> Result<WireCart> {
        let endpoint = TransferCart { id: id.as_str(), fields: Some(CART_FIELDS) };
        let cart = self.send(cx, id, identity, &endpoint).await?;
        if cart_map::guest_email(cart.metadata.as_ref()).is_none() {
            return Ok(cart);
        }
        // It is no guest's any more, also where the guest gave the customer's own address.
        let mut metadata = WireMetadata::new();
        metadata.insert(GUEST_EMAIL.to_owned(), Value::from(""));
        let body = CartUpdate { metadata: Some(metadata), ..CartUpdate::default() };
        self.send(cx, id, identity, &UpdateWireCart { id: id.as_str(), fields: Some(CART_FIELDS), body }).await
    }

    /// Puts an e-mail address into a cart.
    pub(crate) async fn put_email(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart,
        email: &Email,
    ) -> Result<WireCart> {
        let mut update = CartUpdate::default();
        let cart = self.send_update(cx, id, open, &mut update, WireMetadata::new(), Some(email)).await?;
        cart.ok_or_else(|| Error::internal("an e-mail address was not sent"))
    }

    pub(super) async fn add_item(&self, cx: &RequestContext, id: &CartId, request: &AddCartItem) -> Result<Cart> {
        // A token that can be told to be bad without a call makes none.
        self.identities.token(cx).await?;
        let (open, variant) = tokio::join!(self.open_cart(cx, id), self.variant_of(cx, request));
        let open = open?;
        open.refuse_completed(id)?;
        let endpoint =
            AddLineItem { cart_id: id.as_str(), fields: Some(CART_FIELDS), body: line_input(&variant?, request) };
        cart_map::cart(&self.send(cx, id, &open.identity, &endpoint).await?)
    }

    /// The id of the variant that a request names by id, by id in `sku`, or by SKU. 404 `product.variant_not_found`.
    async fn variant_of(&self, cx: &RequestContext, request: &AddCartItem) -> Result<VariantId> {
        if let Some(id) = &request.variant_id {
            return Ok(id.clone());
        }
        let sku = request.sku.as_ref().ok_or_else(unknown_variant)?;
        if is_variant_id(sku.as_str()) {
            return Ok(sku.clone());
        }
        let skus = [sku.as_str()];
        let endpoint = ListVariants { fields: Some("id,sku"), skus: &skus, ..ListVariants::default() };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        let found = answer.variants.first().ok_or_else(unknown_variant)?;
        crate::map::id(&found.id, "variant.id")
    }

    pub(super) async fn update_item(
        &self,
        cx: &RequestContext,
        id: &CartId,
        item: &LineItemId,
        request: &UpdateCartItem,
    ) -> Result<Cart> {
        // Medusa: a line update must name the quantity.
        let (open, quantity) = match request.quantity {
            Some(quantity) => (self.open_cart(cx, id).await?, quantity.get()),
            None => self.quantity_of(cx, id, item).await?,
        };
        open.refuse_completed(id)?;
        let body = LineItemUpdate { quantity, metadata: request.metadata.as_ref().map(Metadata::to_map) };
        let endpoint = UpdateLineItem { cart_id: id.as_str(), line_id: item.as_str(), fields: Some(CART_FIELDS), body };
        cart_map::cart(&self.send(cx, id, &open.identity, &endpoint).await?)
    }

    /// The present quantity of a line. 404 `cart.item_not_found`.
    async fn quantity_of(&self, cx: &RequestContext, id: &CartId, item: &LineItemId) -> Result<(OpenCart, u32)> {
        let open = self.open_cart_anew(cx, id).await?;
        let lines = open.read.as_ref().map(|cart| cart.items.as_slice()).unwrap_or_default();
        let line = lines.iter().find(|line| line.id == item.as_str()).ok_or_else(unknown_item)?;
        let quantity = line.quantity.as_ref().and_then(|amount| amount.to_u32());
        let quantity = quantity.ok_or_else(|| incomplete("item.quantity"))?;
        Ok((open, quantity))
    }

    pub(super) async fn remove_item(&self, cx: &RequestContext, id: &CartId, item: &LineItemId) -> Result<Cart> {
        // Medusa: deleting a line that is not there is a success.
        let knows = |seen: &Seen| seen.lines.iter().any(|line| line == item.as_str());
        let open = self.open_cart_knowing(cx, id, knows).await?.ok_or_else(unknown_item)?;
        open.refuse_completed(id)?;
        let endpoint = DeleteLineItem { cart_id: id.as_str(), line_id: item.as_str(), fields: Some(CART_FIELDS) };
        match self.store.call(&call_context(cx), open.identity.token(), &endpoint).await {
            Ok(answer) => {
                let cart = answer.parent.ok_or_else(|| incomplete("parent"))?;
                cart_map::cart(&self.settle(&open.identity, id, cart).await?)
            }
            Err(error) => {
                self.turns.forget(id).await;
                Err(cart_error(error, id))
            }
        }
    }

    /// Opens a cart whose last answer says what `knows` asks; where the last one does not, a new one is asked for.
    async fn open_cart_knowing(
        &self,
        cx: &RequestContext,
        id: &CartId,
        knows: impl Fn(&Seen) -> bool,
    ) -> Result<Option<OpenCart>> {
        let open = self.open_cart(cx, id).await?;
        if knows(&open.seen) {
            return Ok(Some(open));
        }
        let open = self.open_cart_anew(cx, id).await?;
        Ok(knows(&open.seen).then_some(open))
    }

    pub(super) async fn apply_promotion(&self, cx: &RequestContext, id: &CartId, code: &PromotionCode) -> Result<Cart> {
        let open = self.open_cart(cx, id).await?;
        open.refuse_completed(id)?;
        let body = PromotionCodes { promo_codes: vec![code.to_string()] };
        let endpoint = AddPromotions { cart_id: id.as_str(), fields: Some(CART_FIELDS), body };
        let cart = self.send(cx, id, &open.identity, &endpoint).await?;
        // Medusa: a code that does not hold for the cart as it is now is dropped without a word.
        if !cart.promotions.iter().any(|promotion| promotion.code.as_deref() == Some(code.as_str())) {
            return Err(Error::invalid("promotion.invalid", "This promotion does not apply to the cart as it is now"));
        }
        cart_map::cart(&cart)
    }

    pub(super) async fn remove_promotion(
        &self,
        cx: &RequestContext,
        id: &CartId,
        code: &PromotionCode,
    ) -> Result<Cart> {
        // Medusa: taking off a code that is not there is a success.
        let knows = |seen: &Seen| seen.promotions.iter().any(|applied| applied == code.as_str());
        let open = self.open_cart_knowing(cx, id, knows).await?;
        let open =
            open.ok_or_else(|| Error::not_found("promotion.not_applied", "The cart does not have this promotion"))?;
        open.refuse_completed(id)?;
        let body = PromotionCodes { promo_codes: vec![code.to_string()] };
        let endpoint = RemovePromotions { cart_id: id.as_str(), fields: Some(CART_FIELDS), body };
        cart_map::cart(&self.send(cx, id, &open.identity, &endpoint).await?)
    }

    pub(super) async fn add_shipping_method(
        &self,
        cx: &RequestContext,
        id: &CartId,
        option: &ShippingOptionId,
    ) -> Result<Cart> {
        let open = self.open_cart_knowing(cx, id, |seen| seen.completed || !seen.lines.is_empty()).await?;
        let open = open.ok_or_else(|| empty(id))?;
        open.refuse_completed(id)?;
        cart_map::cart(&self.send_shipping_method(cx, id, &open.identity, option).await?)
    }

    async fn send_shipping_method(
        &self,
        cx: &RequestContext,
        id: &CartId,
        identity: &Identity,
        option: &ShippingOptionId,
    ) -> Result<WireCart> {
        let body = ShippingMethodInput { option_id: option.to_string(), data: None };
        let endpoint = AddShippingMethod { cart_id: id.as_str(), fields: Some(CART_FIELDS), body };
        self.send(cx, id, identity, &endpoint).await
    }

    pub(super) async fn update_cart(
        &self,
        cx: &RequestContext,
        id: &CartId,
        request: &UpdateCart,
        (shipping, billing): (Option<Address>, Option<Address>),
    ) -> Result<Cart> {
        let open = self.open_cart(cx, id).await?;
        open.refuse_completed(id)?;
        let region = request.region_id.as_ref().or(open.seen.region_id.as_ref());
        self.check_country(cx, region, shipping.as_ref()).await?;
        let mut update = CartUpdate {
            region_id: request.region_id.as_ref().map(ToString::to_string),
            shipping_address: shipping.as_ref().map(address_input),
            billing_address: billing.as_ref().map(address_input),
            ..CartUpdate::default()
        };
        let mut metadata = request.metadata.as_ref().map(Metadata::to_map).unwrap_or_default();
        if let Some(name) = &request.name {
            metadata.insert(NAME.to_owned(), Value::from(name.as_str()));
        }
        if let Some(notes) = &request.notes {
            metadata.insert(NOTES.to_owned(), Value::from(notes.as_str()));
        }
        let mut cart = self.send_update(cx, id, &open, &mut update, metadata, request.email.as_ref()).await?;
        if let Some(option) = &request.shipping_method_id {
            cart = Some(self.send_shipping_method(cx, id, &open.identity, option).await?);
        }
        if let Some(provider) = &request.payment_method_id {
            self.start_payment(cx, id, &open, provider, WireMetadata::new()).await?;
            cart = None;
        }
        match cart {
            Some(cart) => cart_map::cart(&cart),
            None => cart_map::cart(&self.read_cart(cx, id).await?.1),
        }
    }

    /// Sends a cart update, if there is anything in it.
    ///
    /// A guest's e-mail address is marked as such, so that the cart stays the guest's. A signed-in caller's cart becomes
    /// the caller's first.
    // Medusa: an e-mail address on a cart that is nobody's binds it to whoever has an account under it.
    async fn send_update(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart,
        update: &mut CartUpdate,
        mut metadata: WireMetadata,
        email: Option<&Email>,
    ) -> Result<Option<WireCart>> {
        if let Some(email) = email {
            if open.identity.customer_id().is_some() {
                if !open.seen.is_owned() {
                    self.claim(cx, id, &open.identity).await?;
                }
            } else {
                metadata.insert(GUEST_EMAIL.to_owned(), Value::from(email.as_str()));
            }
            update.email = Some(email.to_string());
        }
        update.metadata = (!metadata.is_empty()).then_some(metadata);
        if *update == CartUpdate::default() {
            return Ok(None);
        }
        let endpoint = UpdateWireCart { id: id.as_str(), fields: Some(CART_FIELDS), body: update.clone() };
        self.send(cx, id, &open.identity, &endpoint).await.map(Some)
    }

    /// 400 `address.country_not_in_region` for a country that the region does not ship to, before anything is written.
    // Medusa: a billing address may be anywhere.
    async fn check_country(
        &self,
        cx: &RequestContext,
        region: Option<&RegionId>,
        shipping: Option<&Address>,
    ) -> Result<()> {
        let (Some(region), Some(address)) = (region, shipping) else { return Ok(()) };
        ensure_ships_to(&*self.directory.region(cx, region).await?, address)
    }

    pub(super) async fn update_addresses(
        &self,
        cx: &RequestContext,
        id: &CartId,
        request: &UpdateCartAddresses,
        (mut shipping, mut billing): (Option<Address>, Option<Address>),
    ) -> Result<Cart> {
        let mut open = self.open_cart(cx, id).await?;
        open.refuse_completed(id)?;
        if request.same_as_billing_address == Some(true) {
            shipping.clone_from(&billing);
            if shipping.is_none() {
                let cart = self.present(cx, id, &mut open).await?;
                let billing = cart.billing_address.as_ref().and_then(crate::map::address);
                shipping = Some(billing.ok_or_else(no_billing_address)?);
            }
        }
        // One address given is used for both, unless the cart has the other.
        if shipping.is_some() && billing.is_none() && !open.seen.has_billing_address {
            billing.clone_from(&shipping);
        }
        if billing.is_some() && shipping.is_none() && !open.seen.has_shipping_address {
            shipping.clone_from(&billing);
        }
        self.check_country(cx, open.seen.region_id.as_ref(), shipping.as_ref()).await?;

        let mut update = CartUpdate {
            shipping_address: shipping.as_ref().map(address_input),
            billing_address: billing.as_ref().map(address_input),
            ..CartUpdate::default()
        };
        let mut metadata = WireMetadata::new();
        if let Some(same) = request.same_as_billing_address {
            metadata.insert(SAME_AS_BILLING.to_owned(), Value::from(same));
        }
        if let Some(notes) = &request.notes {
            metadata.insert(NOTES.to_owned(), Value::from(notes.as_str()));
        }
        match self.send_update(cx, id, &open, &mut update, metadata, request.email.as_ref()).await? {
            Some(cart) => cart_map::cart(&cart),
            None => cart_map::cart(&self.present(cx, id, &mut open).await?),
        }
    }
}

fn no_billing_address() -> Error {
    Error::violations(vec![Violation::new("sameAsBillingAddress", "the cart has no billing address yet: give one")])
}

fn line_input(variant: &VariantId, request: &AddCartItem) -> LineItemInput {
    LineItemInput {
        variant_id: variant.to_string(),
        quantity: request.quantity.get(),
        metadata: request.metadata.as_ref().map(Metadata::to_map),
    }
}

fn unknown_item() -> Error {
    Error::not_found("cart.item_not_found", "The cart does not have this item")
}
