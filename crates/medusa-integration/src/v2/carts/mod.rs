//! Carts of Medusa 2.

pub(crate) mod errors;
mod listed;
pub(crate) mod map;
pub(crate) mod owner;

use async_trait::async_trait;
use o2s_framework_core::carts::{Cart, ListCarts};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::{CartId, LineItemId, PromotionCode, ShippingOptionId, VariantId};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::support::Support;
use o2s_medusa_client::v2::store::StoreEndpoint;
use o2s_medusa_client::v2::store::carts::{
    Cart as WireCart, CartAnswer, CartUpdate, CreateCart, GetCart, NewCart as NewWireCart, TransferCart, UpdateCart,
};
use o2s_medusa_client::v2::store::line_items::{
    AddLineItem, DeleteLineItem, LineItemInput, LineItemUpdate, UpdateLineItem,
};
use o2s_medusa_client::v2::store::promotions::{AddPromotions, PromotionCodes, RemovePromotions};
use o2s_medusa_client::v2::store::shipping_methods::{AddShippingMethod, ShippingMethodInput};
use o2s_medusa_client::v2::store::variants::ListVariants;
use o2s_medusa_client::v2::types::Metadata;
use serde_json::Value;

use super::Shop;
use crate::carts::access::{OpenCart, Seen};
use crate::carts::errors::{guest_made_elsewhere, promotion_without_effect};
use crate::carts::{Changes, KeepsCarts, NewCart, NewLine};
use crate::context::call_context;
use crate::error::{backend, incomplete};
use crate::identity::Identity;
use crate::map::id as values_id;
use crate::turns::{Queues, Turns};
use errors::{cart_error, new_cart_error};
use map::{CANCELLED_SESSION, CART_FIELDS, GUEST_EMAIL, More, address_input};

const NEEDS_ADMIN_KEY: &str =
    "Medusa's Store API cannot list carts: configure admin_key to look them up for the signed-in customer";
const BY_ADMIN_API: Support =
    Support::Emulated("asks the Admin API for the signed-in customer's carts, then reads each through the Store API");

impl Queues for Shop {
    type Cart = WireCart;

    fn turns(&self) -> &Turns<Seen<More>> {
        &self.turns
    }
}

#[async_trait]
impl KeepsCarts for Shop {
    const RESERVED: &'static [&'static str] = &[GUEST_EMAIL, CANCELLED_SESSION];

    async fn fetch_cart(&self, cx: &RequestContext, id: &CartId) -> Result<WireCart> {
        let endpoint = GetCart { id: id.as_str(), fields: Some(CART_FIELDS) };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await;
        Ok(answer.map_err(|error| cart_error(error, id))?.cart)
    }

    async fn make_cart(&self, cx: &RequestContext, identity: &Identity, new: &NewCart) -> Result<WireCart> {
        let body = NewWireCart {
            region_id: Some(new.region.id.to_string()),
            currency_code: Some(new.region.currency.as_str().to_lowercase()),
            metadata: (!new.metadata.is_empty()).then(|| new.metadata.clone()),
            items: new.line.iter().map(line_input).collect(),
            ..NewWireCart::default()
        };
        let endpoint = CreateCart { fields: Some(CART_FIELDS), body };
        let answer = self.store.call(&call_context(cx), identity.token(), &endpoint).await;
        Ok(answer.map_err(new_cart_error)?.cart)
    }

    /// A guest's e-mail address is marked as such, so that the cart stays the guest's. A signed-in caller's cart becomes
    /// the caller's first.
    // Medusa: an e-mail address on a cart that is nobody's binds it to whoever has an account under it.
    async fn change_cart(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        changes: &Changes,
    ) -> Result<WireCart> {
        let mut metadata = changes.metadata.clone();
        if let Some(email) = &changes.email {
            if open.identity.customer_id().is_none() {
                metadata.insert(GUEST_EMAIL.to_owned(), Value::from(email.as_str()));
            } else if !open.seen.is_owned() {
                self.claim_cart(cx, id, open).await?;
            }
        }
        let body = CartUpdate {
            region_id: changes.region_id.as_ref().map(ToString::to_string),
            shipping_address: changes.shipping_address.as_ref().map(address_input),
            billing_address: changes.billing_address.as_ref().map(address_input),
            email: changes.email.as_ref().map(ToString::to_string),
            metadata: (!metadata.is_empty()).then_some(metadata),
            ..CartUpdate::default()
        };
        self.send(cx, id, open, &UpdateCart { id: id.as_str(), fields: Some(CART_FIELDS), body }).await
    }

    async fn claim_cart(&self, cx: &RequestContext, id: &CartId, open: &OpenCart<WireCart>) -> Result<WireCart> {
        let endpoint = TransferCart { id: id.as_str(), fields: Some(CART_FIELDS) };
        let cart = self.send(cx, id, open, &endpoint).await?;
        if map::guest_email(cart.metadata.as_ref()).is_none() {
            return Ok(cart);
        }
        // It is no guest's any more, also where the guest gave the customer's own address.
        let mut metadata = Metadata::new();
        metadata.insert(GUEST_EMAIL.to_owned(), Value::from(""));
        let body = CartUpdate { metadata: Some(metadata), ..CartUpdate::default() };
        self.send(cx, id, open, &UpdateCart { id: id.as_str(), fields: Some(CART_FIELDS), body }).await
    }

    async fn add_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        line: &NewLine,
    ) -> Result<WireCart> {
        let endpoint = AddLineItem { cart_id: id.as_str(), fields: Some(CART_FIELDS), body: line_input(line) };
        self.send(cx, id, open, &endpoint).await
    }

    async fn set_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        line: &LineItemId,
        quantity: u32,
        metadata: Option<Metadata>,
    ) -> Result<WireCart> {
        let body = LineItemUpdate { quantity, metadata };
        let endpoint = UpdateLineItem { cart_id: id.as_str(), line_id: line.as_str(), fields: Some(CART_FIELDS), body };
        self.send(cx, id, open, &endpoint).await
    }

    async fn remove_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        line: &LineItemId,
    ) -> Result<WireCart> {
        let endpoint = DeleteLineItem { cart_id: id.as_str(), line_id: line.as_str(), fields: Some(CART_FIELDS) };
        let answer = self.store.call(&call_context(cx), open.identity.token(), &endpoint).await;
        answer.map_err(|error| cart_error(error, id))?.parent.ok_or_else(|| incomplete("parent"))
    }

    async fn add_promotion(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        code: &PromotionCode,
    ) -> Result<WireCart> {
        let body = PromotionCodes { promo_codes: vec![code.to_string()] };
        let endpoint = AddPromotions { cart_id: id.as_str(), fields: Some(CART_FIELDS), body };
        let cart = self.send(cx, id, open, &endpoint).await?;
        // Medusa: a code that does not hold for the cart as it is now is dropped without a word.
        if !cart.promotions.iter().any(|promotion| promotion.code.as_deref() == Some(code.as_str())) {
            return Err(promotion_without_effect());
        }
        Ok(cart)
    }

    async fn take_promotion_off(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        code: &PromotionCode,
    ) -> Result<WireCart> {
        let body = PromotionCodes { promo_codes: vec![code.to_string()] };
        self.send(cx, id, open, &RemovePromotions { cart_id: id.as_str(), fields: Some(CART_FIELDS), body }).await
    }

    async fn choose_shipping(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        option: &ShippingOptionId,
    ) -> Result<WireCart> {
        let body = ShippingMethodInput { option_id: option.to_string(), data: None };
        self.send(cx, id, open, &AddShippingMethod { cart_id: id.as_str(), fields: Some(CART_FIELDS), body }).await
    }

    async fn variant_of_sku(&self, cx: &RequestContext, sku: &VariantId) -> Result<Option<VariantId>> {
        let endpoint = ListVariants { fields: Some("id,sku"), skus: &[sku.as_str()], ..ListVariants::default() };
        let answer = self.store.call(&call_context(cx), None, &endpoint).await.map_err(backend)?;
        answer.variants.first().map(|variant| values_id(&variant.id, "variant.id")).transpose()
    }

    fn finds_carts(&self) -> Support {
        if self.customer_records.is_some() { BY_ADMIN_API } else { Support::Absent(NEEDS_ADMIN_KEY) }
    }

    async fn list_carts(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>> {
        self.listed(cx, request).await
    }

    async fn current_cart(&self, cx: &RequestContext) -> Result<Option<Cart>> {
        self.newest(cx).await
    }
}

impl Shop {
    async fn send<E>(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<WireCart>,
        endpoint: &E,
    ) -> Result<WireCart>
    where
        E: StoreEndpoint<Response = CartAnswer>,
    {
        let (context, token) = (call_context(cx), open.identity.token());
        let answer = match self.store.call(&context, token, endpoint).await {
            Err(error) if guest_made_elsewhere(&error) => self.store.call(&context, token, endpoint).await,
            answer => answer,
        };
        Ok(answer.map_err(|error| cart_error(error, id))?.cart)
    }
}

fn line_input(line: &NewLine) -> LineItemInput {
    LineItemInput { variant_id: line.variant.to_string(), quantity: line.quantity, metadata: line.metadata.clone() }
}
