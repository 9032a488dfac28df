//! Carts, whichever Medusa keeps them.

pub(crate) mod access;
pub(crate) mod errors;
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
use o2s_framework_core::ids::{AddressId, CartId, LineItemId, PromotionCode, RegionId, ShippingOptionId, VariantId};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::payments::PaymentSession;
use o2s_framework_core::regions::Region;
use o2s_framework_core::support::Support;
use o2s_framework_core::text::Email;
use o2s_medusa_client::types::Metadata;

use crate::identity::Identity;
use crate::payments::TakesPayments;
use crate::regions::KnowsRegions;
use crate::turns::{Queues, in_turn, to_its_end};
use access::{OpenCart, Seen, read_cart};
pub(crate) use write::change_email;

/// The key in a cart's own data of what the shop should know.
pub(crate) const NOTES: &str = "notes";
/// The key of a cart's name.
pub(crate) const NAME: &str = "name";
/// The key of the front end's choice to ship to the billing address.
const SAME_AS_BILLING: &str = "sameAsBillingAddress";

/// Why no cart can be deleted.
const NO_DELETION: &str = "Medusa has no call to delete a cart";

/// A cart, as an answer tells it.
pub(crate) trait TellsCart: Send + Sync + 'static {
    /// What else is remembered of it.
    type More: Clone + Send + Sync + 'static;

    /// Its id.
    fn id(&self) -> &str;

    /// What of it decides about the next call.
    fn seen(&self) -> Result<Seen<Self::More>>;

    /// The cart as the contract shows it.
    fn show(&self) -> Result<Cart>;

    /// The payment session that counts, if there is one.
    fn payment(&self) -> Result<Option<PaymentSession>>;
}

/// A shop that keeps carts. Each call answers the cart as it is then, or fails in the contract's words; who may make it has
/// been found out before.
#[async_trait]
pub(crate) trait KeepsCarts: KnowsRegions + Queues {
    /// Keys of a cart's data that the integration keeps for itself.
    const RESERVED: &'static [&'static str];

    /// A cart, whoever asks. 404 `cart.not_found`.
    async fn fetch_cart(&self, cx: &RequestContext, id: &CartId) -> Result<Self::Cart>;

    /// A new cart; the customer's if one calls and the shop can tell.
    async fn make_cart(&self, cx: &RequestContext, identity: &Identity, new: &NewCart) -> Result<Self::Cart>;

    /// Changes a cart. With an e-mail address from a signed-in caller it is the caller's from then on.
    async fn change_cart(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        changes: &Changes,
    ) -> Result<Self::Cart>;

    /// Makes a cart the signed-in caller's. Only for carts that nobody with an account owns.
    async fn claim_cart(&self, cx: &RequestContext, id: &CartId, open: &OpenCart<Self::Cart>) -> Result<Self::Cart>;

    /// Adds to a cart; an equal line grows. 404 `product.variant_not_found`, 409 `cart.out_of_stock`.
    async fn add_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        line: &NewLine,
    ) -> Result<Self::Cart>;

    /// Sets the quantity of a line, and merges data into what is there. 404 `cart.item_not_found`, 409
    /// `cart.out_of_stock`.
    async fn set_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        line: &LineItemId,
        quantity: u32,
        metadata: Option<Metadata>,
    ) -> Result<Self::Cart>;

    /// Removes a line that is there.
    async fn remove_line(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        line: &LineItemId,
    ) -> Result<Self::Cart>;

    /// Applies a promotion. 400 `promotion.invalid`, also for one that does nothing for the cart.
    async fn add_promotion(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        code: &PromotionCode,
    ) -> Result<Self::Cart>;

    /// Takes a promotion off that is there.
    async fn take_promotion_off(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        code: &PromotionCode,
    ) -> Result<Self::Cart>;

    /// Chooses a shipping option. 400 `shipping_option.invalid`.
    async fn choose_shipping(
        &self,
        cx: &RequestContext,
        id: &CartId,
        open: &OpenCart<Self::Cart>,
        option: &ShippingOptionId,
    ) -> Result<Self::Cart>;

    /// The variant with this SKU.
    async fn variant_of_sku(&self, cx: &RequestContext, sku: &VariantId) -> Result<Option<VariantId>>;

    /// Whether and how the carts of a customer can be found.
    fn finds_carts(&self) -> Support;

    /// The carts of the signed-in customer.
    async fn list_carts(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>>;

    /// The newest cart of the signed-in customer.
    async fn current_cart(&self, cx: &RequestContext) -> Result<Option<Cart>>;
}

/// What a new cart begins with.
pub(crate) struct NewCart {
    pub(crate) region: Arc<Region>,
    pub(crate) metadata: Metadata,
    pub(crate) line: Option<NewLine>,
}

/// A line to be added.
pub(crate) struct NewLine {
    pub(crate) variant: VariantId,
    pub(crate) quantity: u32,
    pub(crate) metadata: Option<Metadata>,
}

/// What changes in a cart. What is not given stays; data is merged into what is there.
#[derive(Default)]
pub(crate) struct Changes {
    pub(crate) region_id: Option<RegionId>,
    pub(crate) shipping_address: Option<Address>,
    pub(crate) billing_address: Option<Address>,
    pub(crate) email: Option<Email>,
    pub(crate) metadata: Metadata,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.region_id.is_none()
            && self.shipping_address.is_none()
            && self.billing_address.is_none()
            && self.email.is_none()
            && self.metadata.is_empty()
    }
}

/// [`CartsService`] over a shop.
pub(crate) struct Carts<S> {
    shop: Arc<S>,
    customers: Arc<dyn CustomersService>,
}

impl<S: TakesPayments> Carts<S> {
    pub(crate) fn new(shop: Arc<S>, customers: Arc<dyn CustomersService>) -> Self {
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
impl<S: TakesPayments> CartsService for Carts<S> {
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
            CartsOperation::ListCarts | CartsOperation::GetCurrentCart => self.shop.finds_carts(),
            CartsOperation::DeleteCart => Support::Absent(NO_DELETION),
        }
    }

    async fn get_cart(&self, cx: &RequestContext, id: &CartId) -> Result<Cart> {
        read_cart(&*self.shop, cx, id).await?.1.show()
    }

    async fn list_carts(&self, cx: &RequestContext, request: &ListCarts) -> Result<Paginated<Cart>> {
        if let Support::Absent(reason) = self.shop.finds_carts() {
            return Err(Error::unsupported(CartsOperation::ListCarts, reason));
        }
        let cx = cx.clone().with_locale(request.locale.clone());
        self.shop.list_carts(&cx, request).await
    }

    async fn get_current_cart(&self, cx: &RequestContext) -> Result<Option<Cart>> {
        if let Support::Absent(reason) = self.shop.finds_carts() {
            return Err(Error::unsupported(CartsOperation::GetCurrentCart, reason));
        }
        self.shop.current_cart(cx).await
    }

    async fn create_cart(&self, cx: &RequestContext, request: &CreateCart) -> Result<Cart> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let (shop, request) = (Arc::clone(&self.shop), request.clone());
        to_its_end(async move { write::create_cart(&*shop, &cx, &request).await }).await
    }

    async fn update_cart(&self, cx: &RequestContext, id: &CartId, request: &UpdateCart) -> Result<Cart> {
        if request.is_empty() {
            return Err(Error::violations(vec![Violation::new("body", "give something to change")]));
        }
        write::refuse_reserved(S::RESERVED, request.metadata.as_ref())?;
        let cx = cx.clone().with_locale(request.locale.clone());
        let saved =
            self.both_saved(&cx, request.shipping_address_id.as_ref(), request.billing_address_id.as_ref()).await?;
        let request = request.clone();
        in_turn(&self.shop, &cx, id, |shop, cx, id| async move {
            write::update_cart(&*shop, &cx, &id, &request, saved).await
        })
        .await
    }

    async fn delete_cart(&self, _: &RequestContext, _: &CartId) -> Result<()> {
        Err(Error::unsupported(CartsOperation::DeleteCart, NO_DELETION))
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
                in_turn(
                    &shop,
                    &cx,
                    &id,
                    |shop, cx, id| async move { write::add_item(&*shop, &cx, &id, &request).await },
                )
                .await
            }
            None => to_its_end(async move { write::create_cart_with_item(&*shop, &cx, &request).await }).await,
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
        in_turn(&self.shop, &cx, cart_id, |shop, cx, id| async move {
            write::update_item(&*shop, &cx, &id, &item_id, &request).await
        })
        .await
    }

    async fn remove_item(&self, cx: &RequestContext, cart_id: &CartId, item_id: &LineItemId) -> Result<Cart> {
        let item_id = item_id.clone();
        in_turn(
            &self.shop,
            cx,
            cart_id,
            |shop, cx, id| async move { write::remove_item(&*shop, &cx, &id, &item_id).await },
        )
        .await
    }

    async fn apply_promotion(&self, cx: &RequestContext, cart_id: &CartId, request: &ApplyPromotion) -> Result<Cart> {
        let cx = cx.clone().with_locale(request.locale.clone());
        let code = request.code.clone();
        in_turn(&self.shop, &cx, cart_id, |shop, cx, id| async move {
            write::apply_promotion(&*shop, &cx, &id, &code).await
        })
        .await
    }

    async fn remove_promotion(&self, cx: &RequestContext, cart_id: &CartId, code: &PromotionCode) -> Result<Cart> {
        let code = code.clone();
        in_turn(&self.shop, cx, cart_id, |shop, cx, id| async move {
            write::remove_promotion(&*shop, &cx, &id, &code).await
        })
        .await
    }

    async fn prepare_checkout(&self, cx: &RequestContext, cart_id: &CartId) -> Result<Cart> {
        let (_, cart) = read_cart(&*self.shop, cx, cart_id).await?;
        if cart.seen()?.lines.is_empty() { Err(errors::empty(cart_id)) } else { cart.show() }
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
            Box::pin(write::update_addresses(&*shop, &cx, &id, &request, given)).await
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
        in_turn(&self.shop, &cx, cart_id, |shop, cx, id| async move {
            write::add_shipping_method(&*shop, &cx, &id, &option).await
        })
        .await
    }
}
