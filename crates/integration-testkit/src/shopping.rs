//! The steps of a purchase, and the requests that most scenarios make. Every cart seen on the way is checked.

use std::fmt::Debug;
use std::str::FromStr;

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{AddCartItem, Cart, CreateCart, UpdateCartAddresses, UpdateCartItem};
use o2s_framework_core::checkout::{CompleteCheckout, PlaceOrder, PlacedOrder, SetPayment, SetShippingMethod};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::ids::{CartId, PaymentProviderId};
use o2s_framework_core::metadata::Metadata;
use o2s_framework_core::orders::{ClaimToken, Order, ShippingMethod};
use o2s_framework_core::paging::Limit;
use o2s_framework_core::payments::{CreateSession, PaymentSession};
use o2s_framework_core::text::{Email, Quantity, WebUrl};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::check::{done, sound, sound_order};
use crate::facts::{RegionFacts, ShippingFact, VariantFact};
use crate::subject::Subject;

/// Where a provider sends the customer back to.
pub(crate) const RETURN_URL: &str = "https://front.example/return";
/// Where a provider sends a customer who gives up.
pub(crate) const CANCEL_URL: &str = "https://front.example/given-up";

/// A provider's page knows the ways back: as they are, or encoded in its query.
pub(crate) fn leads_back(page: &str, to: &[&str]) {
    assert!(page.starts_with("https://"), "{page} is no page for customers");
    let decoded = percent_decode_str(page).decode_utf8_lossy();
    for url in to {
        assert!(decoded.contains(url), "the provider was not told of {url}: {page}");
    }
}

/// A checked text of a request: ids, e-mail addresses and the like.
pub(crate) fn id<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{text:?} is refused: {error:?}"))
}

/// A number of pieces.
pub(crate) fn pieces(number: u32) -> Quantity {
    Quantity::new(number).unwrap_or_else(|error| panic!("{number} pieces: {error}"))
}

/// A length of a page, as list requests take it.
#[expect(clippy::unnecessary_wraps, reason = "requests hold an optional limit")]
pub(crate) fn limit(items: u32) -> Option<Limit> {
    Some(Limit::new(items).unwrap_or_else(|error| panic!("{items} items: {error}")))
}

/// The e-mail address of a guest.
pub(crate) fn email() -> Email {
    id("guest@shopper.example")
}

/// A token of a claim, as a customer takes it from a mail.
pub(crate) fn claim(token: &str) -> ClaimToken {
    ClaimToken::try_from(token.to_owned()).unwrap_or_else(|error| panic!("the token of a claim is refused: {error}"))
}

/// A JSON object as metadata.
pub(crate) fn metadata(value: &Value) -> Metadata {
    let members = value.as_object().unwrap_or_else(|| panic!("{value} is no object"));
    Metadata::from_map(members)
}

/// One member of a resource's metadata.
pub(crate) fn member(metadata: Option<&Metadata>, key: &str) -> Option<Value> {
    metadata.and_then(|metadata| metadata.get(key))
}

/// An address with every part filled.
pub(crate) fn address(country: &str) -> Address {
    let text = |text: &str| Some(text.to_owned());
    Address {
        first_name: text("Ada"),
        last_name: text("Möller"),
        company_name: text("Möller & Söhne GmbH"),
        tax_id: text("DE811907980"),
        country: country.to_owned(),
        district: text("Mitte"),
        region: text("BE"),
        street_name: "Große Straße".to_owned(),
        street_number: text("12a"),
        apartment: text("4 OG"),
        city: "Berlin".to_owned(),
        postal_code: "10115".to_owned(),
        email: Some(id("ada@moeller.example")),
        phone: text("+49 30 1234567"),
    }
}

/// The same address with another city and nothing that is optional but the name.
pub(crate) fn plain_address(country: &str) -> Address {
    Address {
        first_name: Some("Bo".to_owned()),
        last_name: Some("Lee".to_owned()),
        country: country.to_owned(),
        street_name: "Hafenstraße".to_owned(),
        city: "Hamburg".to_owned(),
        postal_code: "20457".to_owned(),
        ..Address::default()
    }
}

/// A payment with a provider.
pub(crate) fn payment(provider: &PaymentProviderId) -> SetPayment {
    SetPayment { provider_id: provider.clone(), return_url: return_url(), cancel_url: None, metadata: None }
}

/// A payment session with a provider.
pub(crate) fn session(cart: &CartId, provider: &PaymentProviderId) -> CreateSession {
    CreateSession {
        cart_id: cart.clone(),
        provider_id: provider.clone(),
        return_url: return_url(),
        cancel_url: None,
        metadata: None,
    }
}

pub(crate) fn return_url() -> WebUrl {
    id(RETURN_URL)
}

/// A whole checkout of a guest, but for the shipping option.
pub(crate) fn whole_checkout(provider: &PaymentProviderId, country: &str) -> CompleteCheckout {
    CompleteCheckout {
        shipping_address_id: None,
        shipping_address: Some(address(country)),
        billing_address_id: None,
        billing_address: None,
        same_as_billing_address: None,
        shipping_method_id: None,
        payment_provider_id: provider.clone(),
        return_url: return_url(),
        cancel_url: None,
        notes: None,
        email: Some(email()),
        metadata: None,
    }
}

impl Subject {
    /// A new cart of the caller with pieces of a variant.
    pub(crate) async fn cart_of(&self, cx: &RequestContext, variant: &VariantFact, quantity: u32) -> Cart {
        let currency = self.facts.home.currency;
        let request = AddCartItem::to_new_cart(currency, variant.variant_id.clone(), pieces(quantity));
        sound(done("making a cart with an item", self.modules.carts.add_item(cx, &request)).await)
    }

    /// An empty cart of the caller.
    pub(crate) async fn empty_cart(&self, cx: &RequestContext) -> Cart {
        let request = CreateCart::new(self.facts.home.currency);
        sound(done("making a cart", self.modules.carts.create_cart(cx, &request)).await)
    }

    /// The cart with pieces of a variant added.
    pub(crate) async fn add(&self, cx: &RequestContext, cart: &Cart, variant: &VariantFact, quantity: u32) -> Cart {
        let request = AddCartItem::to_cart(cart.id.clone(), variant.variant_id.clone(), pieces(quantity));
        sound(done("adding an item", self.modules.carts.add_item(cx, &request)).await)
    }

    /// The cart as it is now.
    pub(crate) async fn cart(&self, cx: &RequestContext, id: &CartId) -> Cart {
        sound(done("reading the cart", self.modules.carts.get_cart(cx, id)).await)
    }

    /// The cart with the quantity of its only line set.
    pub(crate) async fn set_quantity(&self, cx: &RequestContext, cart: &Cart, quantity: u32) -> Cart {
        let request = UpdateCartItem { quantity: Some(pieces(quantity)), ..UpdateCartItem::default() };
        let line = &cart.items.data[0].id;
        sound(done("setting a quantity", self.modules.carts.update_item(cx, &cart.id, line, &request)).await)
    }

    /// The cart with one address for both sides, in a country of the region.
    pub(crate) async fn addressed(&self, cx: &RequestContext, cart: &Cart, region: &RegionFacts) -> Cart {
        let request = UpdateCartAddresses {
            shipping_address: Some(address(&region.country)),
            email: Some(email()),
            ..UpdateCartAddresses::default()
        };
        sound(done("setting the address", self.modules.checkout.set_addresses(cx, &cart.id, &request)).await)
    }

    /// The shipping options of a cart.
    pub(crate) async fn shipping_options(&self, cx: &RequestContext, cart: &CartId) -> Vec<ShippingMethod> {
        let page = done("listing shipping options", self.modules.checkout.list_shipping_options(cx, cart)).await;
        assert_eq!(page.total, page.data.len() as u64, "the list of shipping options is not whole");
        page.data
    }

    /// The cart with a shipping option.
    pub(crate) async fn shipped(&self, cx: &RequestContext, cart: &CartId, option: &ShippingFact) -> Cart {
        let request = SetShippingMethod { shipping_option_id: option.id.clone() };
        sound(done("taking a shipping option", self.modules.checkout.set_shipping_method(cx, cart, &request)).await)
    }

    /// A payment session of the cart.
    pub(crate) async fn paid_by(&self, cx: &RequestContext, cart: &CartId, by: &PaymentProviderId) -> PaymentSession {
        done("starting a payment", self.modules.checkout.set_payment(cx, cart, &payment(by))).await
    }

    /// A cart of one plain piece, ready to be placed.
    pub(crate) async fn ready_cart(&self, cx: &RequestContext, provider: &PaymentProviderId) -> Cart {
        self.ready_cart_of(cx, &self.facts.variants.plain, 1, provider).await
    }

    /// A cart of pieces of a variant, ready to be placed.
    pub(crate) async fn ready_cart_of(
        &self,
        cx: &RequestContext,
        variant: &VariantFact,
        quantity: u32,
        provider: &PaymentProviderId,
    ) -> Cart {
        let cart = self.cart_of(cx, variant, quantity).await;
        self.made_ready(cx, &cart, provider).await
    }

    /// The cart with address, standard shipping and payment.
    pub(crate) async fn made_ready(&self, cx: &RequestContext, cart: &Cart, provider: &PaymentProviderId) -> Cart {
        let cart = self.addressed(cx, cart, &self.facts.home).await;
        let cart = self.shipped(cx, &cart.id, &self.facts.shipping.standard).await;
        self.paid_by(cx, &cart.id, provider).await;
        self.cart(cx, &cart.id).await
    }

    /// Places the order of a cart.
    pub(crate) async fn place(&self, cx: &RequestContext, cart: &CartId) -> PlacedOrder {
        let placed =
            done("placing the order", self.modules.checkout.place_order(cx, cart, &PlaceOrder::default())).await;
        PlacedOrder { order: sound_order(placed.order), ..placed }
    }

    /// An order of pieces of the plain variant.
    pub(crate) async fn order_of(&self, cx: &RequestContext, quantity: u32) -> PlacedOrder {
        let facts = &self.facts;
        let cart = self.ready_cart_of(cx, &facts.variants.plain, quantity, &facts.payment.plain).await;
        self.place(cx, &cart.id).await
    }

    /// An order of pieces of the plain variant that has been sent.
    pub(crate) async fn sent_order_of(&self, cx: &RequestContext, quantity: u32) -> Order {
        let order = self.order_of(cx, quantity).await.order;
        self.people().send(&order.id).await;
        order
    }
}
