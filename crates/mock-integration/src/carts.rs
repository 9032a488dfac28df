//! Carts.

mod changes;
mod record;

use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::carts::{
    AddCartItem, AddShippingMethod, ApplyPromotion, Cart, CartSort, CartsOperation, CartsService, CreateCart,
    ListCarts, UpdateCart, UpdateCartAddresses, UpdateCartItem,
};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, CustomerId, LineItemId, PromotionCode};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::sort::{Direction, Sort};
use o2s_framework_core::support::Support;

pub(crate) use record::CartRecord;

use crate::catalogue::{Item, find_item};
use crate::customers::DemoCustomer;
use crate::language::Language;
use crate::members::Members;
use crate::promotions::promotion;
use crate::regions::region_for_cart;
use crate::shop::{Change, Shop, now};
use crate::violations::{ensure_none, violation};

/// Carts of the shop.
pub(crate) struct MockCarts(pub(crate) Arc<Shop>);

#[async_trait]
impl CartsService for MockCarts {
    fn support(&self, operation: CartsOperation) -> Support {
        match operation {
            CartsOperation::GetCart
            | CartsOperation::ListCarts
            | CartsOperation::GetCurrentCart
            | CartsOperation::CreateCart
            | CartsOperation::UpdateCart
            | CartsOperation::DeleteCart
            | CartsOperation::AddItem
            | CartsOperation::UpdateItem
            | CartsOperation::RemoveItem
            | CartsOperation::ApplyPromotion
            | CartsOperation::RemovePromotion
            | CartsOperation::PrepareCheckout
            | CartsOperation::UpdateAddresses
            | CartsOperation::AddShippingMethod => Support::Native,
        }
    }

    async fn get_cart(&self, cx: &RequestContext, id: &CartId) -> Result<Cart> {
        let language = Language::of(None, cx);
        self.0.read_cart(cx, id, |cart, state| Ok(cart.view(language, now(), state)))
    }

    async fn list_carts(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>> {
        let customer = self.0.require_customer(cx)?;
        if request.customer_id.as_ref().is_some_and(|id| id.as_str() != customer.id) {
            return Ok(Paginated::empty());
        }
        let language = Language::of(request.locale.as_ref(), cx);
        let sort = request.sort.unwrap_or_else(|| Sort::descending(CartSort::CreatedAt));
        let (state, now) = (self.0.state(), now());
        let mut carts: Vec<_> = state.open_carts(customer, now).collect();
        carts.sort_by_key(|cart| match sort.field {
            CartSort::CreatedAt => (cart.created_at, cart.number),
            CartSort::UpdatedAt => (cart.updated_at, cart.number),
        });
        if sort.direction == Direction::Descending {
            carts.reverse();
        }
        let page = request.page().cut(carts);
        Ok(Paginated {
            data: page.data.into_iter().map(|cart| cart.view(language, now, &state)).collect(),
            total: page.total,
        })
    }

    async fn get_current_cart(&self, cx: &RequestContext) -> Result<Option<Cart>> {
        let Some(customer) = self.0.identify(cx)? else { return Ok(None) };
        let (state, now) = (self.0.state(), now());
        let newest = state.open_carts(customer, now).max_by_key(|cart| cart.number);
        Ok(newest.map(|cart| cart.view(Language::of(None, cx), now, &state)))
    }

    async fn create_cart(&self, cx: &RequestContext, request: &CreateCart) -> Result<Cart> {
        let caller = self.0.identify(cx)?;
        if let Some(named) = &request.customer_id {
            ensure_is_caller(named, caller)?;
        }
        let region = region_for_cart(request.region_id.as_ref(), Some(request.currency))?;
        let metadata = Members::of(request.metadata.as_ref())?;
        let now = now();
        let mut state = self.0.state_mut();
        let mut cart = CartRecord::new(self.0.ids.next("cart"), state.number_cart(), caller, region, now);
        cart.name.clone_from(&request.name);
        cart.metadata = metadata;
        Ok(state.keep_and_show(cart, Language::of(request.locale.as_ref(), cx), now))
    }

    async fn update_cart(&self, cx: &RequestContext, id: &CartId, request: &UpdateCart) -> Result<Cart> {
        if request.is_empty() {
            return Err(nothing_to_change("give something to change, such as email or notes"));
        }
        self.0.change_cart(cx, id, Language::of(request.locale.as_ref(), cx), |cart, change| {
            if let Some(region) = &request.region_id {
                cart.set_region(region)?;
            }
            if request.shipping_address_id.is_some() || request.billing_address_id.is_some() {
                let addresses = UpdateCartAddresses {
                    shipping_address_id: request.shipping_address_id.clone(),
                    billing_address_id: request.billing_address_id.clone(),
                    ..UpdateCartAddresses::default()
                };
                cart.set_addresses(&addresses, change)?;
            }
            cart.name = request.name.clone().or(cart.name.take());
            cart.email = request.email.clone().or(cart.email.take());
            cart.set_notes(request.notes.as_deref());
            cart.metadata.merge(request.metadata.as_ref())?;
            if let Some(option) = &request.shipping_method_id {
                cart.set_shipping_option(option)?;
            }
            if let Some(provider) = &request.payment_method_id {
                cart.start_session(provider, change)?;
            }
            Ok(())
        })
    }

    async fn delete_cart(&self, cx: &RequestContext, id: &CartId) -> Result<()> {
        let caller = self.0.identify(cx)?;
        let mut state = self.0.state_mut();
        state.cart(id, caller, now())?.ensure_open()?;
        state.drop_cart(id);
        Ok(())
    }

    async fn add_item(&self, cx: &RequestContext, request: &AddCartItem) -> Result<Cart> {
        let caller = self.0.identify(cx)?;
        ensure_none(request.violations())?;
        let language = Language::of(request.locale.as_ref(), cx);
        let metadata = Members::of(request.metadata.as_ref())?;
        if let Some(id) = &request.cart_id {
            return self.0.change_cart(cx, id, language, |cart, change| {
                cart.add(requested_item(request)?, request.quantity, metadata, change)
            });
        }
        let item = requested_item(request)?;
        let region = region_for_cart(request.region_id.as_ref(), request.currency)?;
        let now = now();
        let mut state = self.0.state_mut();
        let mut cart = CartRecord::new(self.0.ids.next("cart"), state.number_cart(), caller, region, now);
        let change = Change { ids: &self.0.ids, state: &state, caller, now };
        cart.add(item, request.quantity, metadata, &change)?;
        Ok(state.keep_and_show(cart, language, now))
    }

    async fn update_item(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        item_id: &LineItemId,
        request: &UpdateCartItem,
    ) -> Result<Cart> {
        if request.quantity.is_none() && request.metadata.is_none() {
            return Err(nothing_to_change("give a quantity or metadata"));
        }
        self.0.change_cart(cx, cart_id, Language::of(request.locale.as_ref(), cx), |cart, change| {
            let line = cart.lines.iter_mut().find(|line| line.id == *item_id).ok_or_else(|| no_such_line(item_id))?;
            if let Some(quantity) = request.quantity {
                change.state.ensure_stock(line.item, quantity.get())?;
                line.quantity = quantity.get();
            }
            line.metadata.merge(request.metadata.as_ref())
        })
    }

    async fn remove_item(&self, cx: &RequestContext, cart_id: &CartId, item_id: &LineItemId) -> Result<Cart> {
        self.0.change_cart(cx, cart_id, Language::of(None, cx), |cart, _| {
            let before = cart.lines.len();
            cart.lines.retain(|line| line.id != *item_id);
            if cart.lines.len() == before { Err(no_such_line(item_id)) } else { Ok(()) }
        })
    }

    async fn apply_promotion(&self, cx: &RequestContext, cart_id: &CartId, request: &ApplyPromotion) -> Result<Cart> {
        self.0.change_cart(cx, cart_id, Language::of(request.locale.as_ref(), cx), |cart, change| {
            let promotion = promotion(&request.code, change.now.0)?;
            if !cart.promotions.iter().any(|applied| applied.code == promotion.code) {
                cart.promotions.push(promotion);
            }
            Ok(())
        })
    }

    async fn remove_promotion(&self, cx: &RequestContext, cart_id: &CartId, code: &PromotionCode) -> Result<Cart> {
        self.0.change_cart(cx, cart_id, Language::of(None, cx), |cart, _| {
            let before = cart.promotions.len();
            cart.promotions.retain(|promotion| !promotion.is(code));
            if cart.promotions.len() == before {
                return Err(Error::not_found(
                    "promotion.not_applied",
                    format!("The cart does not have the code {code}"),
                ));
            }
            Ok(())
        })
    }

    async fn prepare_checkout(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Cart> {
        let language = Language::of(None, cx);
        self.0.read_cart(cx, cart_id, |cart, state| {
            cart.ensure_open()?;
            cart.ensure_filled()?;
            Ok(cart.view(language, now(), state))
        })
    }

    async fn update_addresses(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &UpdateCartAddresses,
    ) -> Result<Cart> {
        ensure_none(request.violations())?;
        let language = Language::of(request.locale.as_ref(), cx);
        self.0.change_cart(cx, cart_id, language, |cart, change| cart.set_addresses(request, change))
    }

    async fn add_shipping_method(
        &self,
        cx: &RequestContext,
        cart_id: &CartId,
        request: &AddShippingMethod,
    ) -> Result<Cart> {
        let language = Language::of(request.locale.as_ref(), cx);
        self.0.change_cart(cx, cart_id, language, |cart, _| cart.set_shipping_option(&request.shipping_option_id))
    }
}

/// The item that a request names: by variant id, else by what stands in `sku`. 404 `product.variant_not_found`.
fn requested_item(request: &AddCartItem) -> Result<Item> {
    let name = request.variant_id.as_ref().or(request.sku.as_ref()).map_or("", |id| id.as_str());
    find_item(name).ok_or_else(|| {
        Error::not_found("product.variant_not_found", format!("There is no variant with the id or SKU {name}"))
    })
}

fn no_such_line(id: &LineItemId) -> Error {
    Error::not_found("cart.item_not_found", format!("The cart has no line {id}"))
}

fn nothing_to_change(message: &str) -> Error {
    violation("body", message)
}

/// A cart can be made for nobody but the caller.
fn ensure_is_caller(named: &CustomerId, caller: Option<&'static DemoCustomer>) -> Result<()> {
    if caller.is_some_and(|caller| caller.id == named.as_str()) {
        return Ok(());
    }
    Err(violation("customerId", "must be the customer who is signed in, or left out"))
}
