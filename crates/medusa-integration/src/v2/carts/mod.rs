//! Carts over Medusa 2.

pub(crate) mod access;
pub(crate) mod errors;
mod listed;
pub(crate) mod map;
mod write;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{
    AddCartItem, AddShippingMethod, ApplyPromotion, Cart, CartsOperation, CartsService, CreateCart, ListCarts,
    UpdateCart, UpdateCartAddresses, UpdateCartItem,
};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::CustomersService;
use o2s_framework_core::error::{Error, Result, Violation};
use o2s_framework_core::ids::{AddressId, CartId, LineItemId, PromotionCode};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::support::Support;

use super::Shop;
use crate::turns::{in_turn, to_its_end};

const NEEDS_ADMIN_KEY: &str =
    "Medusa's Store API cannot list carts: configure admin_key to look them up for the signed-in customer";
const BY_ADMIN_API: Support =
    Support::Emulated("asks the Admin API for the signed-in customer's carts, then reads each through the Store API");

/// [`CartsService`] over Medusa 2.
pub(super) struct Carts {
    shop: Arc<Shop>,
    customers: Arc<dyn CustomersService>,
}

impl Carts {
    pub(super) fn new(shop: Arc<Shop>, customers: Arc<dyn CustomersService>) -> Self {
        Self { shop, customers }
    }

    /// A saved address of the caller, if one is named.
    async fn saved(&self, cx: &RequestContext, id: Option<&AddressId>) -> Result<Option<Address>> {
        match id {
            Some(id) => self.customers.get_address(cx, id).await.map(|saved| Some(saved.address)),
            None => Ok(None),
        }
    }

    /// The addresses that a request names by id, fetched side by side. 401 `auth.required` without a token.
    async fn both_saved(
        &self,
        cx: &RequestContext,
        shipping: Option<&AddressId>,
        billing: Option<&AddressId>,
    ) -> Result<(Option<Address>, Option<Address>)> {
        if shipping.is_some() && shipping == billing {
            let address = self.saved(cx, shipping).await?;
            return Ok((address.clone(), address));
        }
        tokio::try_join!(self.saved(cx, shipping), self.saved(cx, billing))
    }
}

#[async_trait]
impl CartsService for Carts {
    fn support(&self, operation: CartsOperation) -> Support {
        match operation {
            CartsOperation::GetCart
            | CartsOperation::CreateCart
            | CartsOperation::UpdateCart
            | CartsOperation::AddItem
            | CartsOperation::UpdateItem
            | CartsOperation::RemoveItem
            | CartsOperation::ApplyPromotion
            | CartsOperation::RemovePromotion
            | CartsOperation::UpdateAddresses
            | CartsOperation::AddShippingMethod => Support::Native,
            CartsOperation::PrepareCheckout => Support::Emulated("reads the cart and checks that it has items"),
            CartsOperation::ListCarts | CartsOperation::GetCurrentCart => {
                if self.shop.customer_records.is_some() {
                    BY_ADMIN_API
                } else {
                    Support::Absent(NEEDS_ADMIN_KEY)
                }
            }
            CartsOperation::DeleteCart => Support::Absent("Medusa has no call to delete a cart"),
        }
    }

    async fn get_cart(&self, cx: &RequestContext, id: &CartId) -> Result<Cart> {
        let (_, cart) = self.shop.read_cart(cx, id).await?;
        map::cart(&cart)
    }

    async fn list_carts(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>> {
        let cx = cx.clone().with_locale(request.locale.clone());
        self.shop.list_carts(&cx, request).await
    }

    async fn get_current_cart(&self, cx: &RequestContext) -> Result<Option<Cart>> {
        self.shop.current_cart(cx).await
    }

    async fn create_cart(&self, cx: &RequestContext, request: &CreateCart) -> Result<Cart> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let (shop, request) = (Arc::clone(&self.shop), request.clone());
        to_its_end(async move { shop.create_cart(&cx, &request).await }).await
    }

    async fn update_cart(&self, cx: &RequestContext, id: &CartId, request: &UpdateCart) -> Result<Cart> {
        if request.is_empty() {
            return Err(Error::violations(vec![Violation::new("body", "give something to change")]));
        }
        write::refuse_reserved(request.metadata.as_ref())?;
        let cx = cx.clone().with_locale(request.locale.clone());
        let saved =
            self.both_saved(&cx, request.shipping_address_id.as_ref(), request.billing_address_id.as_ref()).await?;
        let request = request.clone();
        in_turn(&self.shop, &cx, id, |shop, cx, id| async move { shop.update_cart(&cx, &id, &request, saved).await })
            .await
    }

    async fn delete_cart(&self, _: &RequestContext, _: &CartId) -> Result<()> {
        Err(Error::unsupported(CartsOperation::DeleteCart, "Medusa has no call to delete a cart"))
    }

    async fn add_item(&self, cx: &RequestContext, request: &AddCartItem) -> Result<Cart> {
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        let cx = cx.clone().with_locale(request.locale.clone());
        let (shop, request) = (Arc::clone(&self.shop), request.clone());
        match request.cart_id.clone() {
            Some(id) => {
                in_turn(&shop, &cx, &id, |shop, cx, id| async move { shop.add_item(&cx, &id, &request).await }).await
            }
            None => to_its_end(async move { shop.create_cart_with_item(&cx, &request).await }).await,
        }
    }

    async fn update_item(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        item_id: &LineItemId,
        request: &UpdateCartItem,
    ) -> Result<Cart> {
        if request.quantity.is_none() && request.metadata.is_none() {
            return Err(Error::violations(vec![Violation::new(
                "quantity",
                "give something to change: quantity or metadata",
            )]));
        }
        let cx = cx.clone().with_locale(request.locale.clone());
        let (item_id, request) = (item_id.clone(), request.clone());
        in_turn(
            &self.shop,
            &cx,
            cart_id,
            |shop, cx, id| async move { shop.update_item(&cx, &id, &item_id, &request).await },
        )
        .await
    }

    async fn remove_item(&self, cx: &RequestContext, cart_id: &CartId, item_id: &LineItemId) -> Result<Cart> {
        let item_id = item_id.clone();
        in_turn(&self.shop, cx, cart_id, |shop, cx, id| async move { shop.remove_item(&cx, &id, &item_id).await }).await
    }

    async fn apply_promotion(&self, cx: &RequestContext, cart_id: &CartId, request: &ApplyPromotion) -> Result<Cart> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let code = request.code.clone();
        in_turn(&self.shop, &cx, cart_id, |shop, cx, id| async move { shop.apply_promotion(&cx, &id, &code).await })
            .await
    }

    async fn remove_promotion(&self, cx: &RequestContext, cart_id: &CartId, code: &PromotionCode) -> Result<Cart> {
        let code = code.clone();
        in_turn(&self.shop, cx, cart_id, |shop, cx, id| async move { shop.remove_promotion(&cx, &id, &code).await })
            .await
    }

    async fn prepare_checkout(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Cart> {
        let (_, cart) = self.shop.read_cart(cx, cart_id).await?;
        if cart.items.is_empty() { Err(errors::empty(cart_id)) } else { map::cart(&cart) }
    }

    async fn update_addresses(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &UpdateCartAddresses,
    ) -> Result<Cart> {
        let violations = request.violations();
        if !violations.is_empty() {
            return Err(Error::violations(violations));
        }
        let cx = cx.clone().with_locale(request.locale.clone());
        let (shipping, billing) =
            self.both_saved(&cx, request.shipping_address_id.as_ref(), request.billing_address_id.as_ref()).await?;
        let given = (request.shipping_address.clone().or(shipping), request.billing_address.clone().or(billing));
        let request = request.clone();
        in_turn(&self.shop, &cx, cart_id, |shop, cx, id| async move {
            Box::pin(shop.update_addresses(&cx, &id, &request, given)).await
        })
        .await
    }

    async fn add_shipping_method(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &AddShippingMethod,
    ) -> Result<Cart> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let option = request.shipping_option_id.clone();
        in_turn(
            &self.shop,
            &cx,
            cart_id,
            |shop, cx, id| async move { shop.add_shipping_method(&cx, &id, &option).await },
        )
        .await
    }
}
