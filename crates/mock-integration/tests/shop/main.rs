//! The shop's promises, kept through the public traits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod carts;
mod checkout;
mod claims;
mod concurrency;
mod customers;
mod invariants;
mod orders;
mod ownership;
mod payments;
mod products;
mod regions;
mod resources;
mod returns;

use std::time::Duration;

use o2s_framework_core::Modules;
use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{AddCartItem, Cart, UpdateCartAddresses};
use o2s_framework_core::checkout::{PlaceOrder, SetPayment, SetShippingMethod};
use o2s_framework_core::context::{CustomerToken, RequestContext};
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::CartId;
use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::Order;
use o2s_framework_core::text::Quantity;
use o2s_mock_integration::{Facts, Mock, MockConfig, VariantFact};

/// A shop with its services and facts at hand.
struct Desk {
    mock: Mock,
    modules: Modules,
    facts: Facts,
}

const HOUR: Duration = Duration::from_secs(3600);

fn open() -> Desk {
    let mock = Mock::new(&MockConfig::default());
    Desk { modules: mock.modules(), facts: mock.facts(), mock }
}

fn guest() -> RequestContext {
    RequestContext::guest("test", HOUR)
}

fn quantity(pieces: u32) -> Quantity {
    Quantity::new(pieces).unwrap()
}

/// The code of the error that a refused operation must give.
fn code<T>(outcome: Result<T>) -> &'static str {
    outcome.err().expect("refused").code()
}

fn address(country: &str) -> Address {
    Address {
        first_name: Some("Ada".to_owned()),
        last_name: Some("Muster".to_owned()),
        country: country.to_owned(),
        street_name: "Hauptstraße".to_owned(),
        street_number: Some("1".to_owned()),
        city: "Teststadt".to_owned(),
        postal_code: "12345".to_owned(),
        ..Address::default()
    }
}

fn ship_to(country: &str) -> UpdateCartAddresses {
    UpdateCartAddresses { shipping_address: Some(address(country)), ..UpdateCartAddresses::default() }
}

impl Desk {
    fn signed_in(&self, customer: &str) -> RequestContext {
        guest().with_token(self.mock.mint_token(customer, HOUR).unwrap())
    }

    /// A context whose token the shop has not signed.
    fn forged() -> RequestContext {
        guest().with_token(CustomerToken::new("garbage"))
    }

    /// A new cart in euro with pieces of one variant.
    async fn cart_with(&self, cx: &RequestContext, variant: &VariantFact, pieces: u32) -> Cart {
        let item = AddCartItem::to_new_cart(Currency::EUR, variant.variant_id.clone(), quantity(pieces));
        self.modules.carts.add_item(cx, &item).await.unwrap()
    }

    /// A new cart in euro with two pieces of something plain.
    async fn filled_cart(&self, cx: &RequestContext) -> Cart {
        self.cart_with(cx, &self.facts.variants.plain, 2).await
    }

    async fn add(&self, cx: &RequestContext, cart: &CartId, variant: &VariantFact, pieces: u32) -> Result<Cart> {
        let item = AddCartItem::to_cart(cart.clone(), variant.variant_id.clone(), quantity(pieces));
        self.modules.carts.add_item(cx, &item).await
    }

    fn payment(provider: &o2s_framework_core::ids::PaymentProviderId) -> SetPayment {
        SetPayment {
            provider_id: provider.clone(),
            return_url: "https://front.example/back?a=1&b=2".parse().unwrap(),
            cancel_url: None,
            metadata: None,
        }
    }

    fn standard_shipping(&self) -> SetShippingMethod {
        SetShippingMethod { shipping_option_id: self.facts.standard_shipping.clone() }
    }

    /// A guest's cart that lacks nothing but payment.
    async fn shippable_cart(&self, cx: &RequestContext) -> Cart {
        let id = self.filled_cart(cx).await.id;
        let addresses = UpdateCartAddresses { email: Some("ada@muster.example".parse().unwrap()), ..ship_to("DE") };
        self.modules.checkout.set_addresses(cx, &id, &addresses).await.unwrap();
        self.modules.checkout.set_shipping_method(cx, &id, &self.standard_shipping()).await.unwrap()
    }

    /// A guest's order of two pieces of something plain, just placed.
    async fn guest_order(&self) -> Order {
        let cart = self.payable_cart(&guest()).await;
        self.modules.checkout.place_order(&guest(), &cart.id, &PlaceOrder::default()).await.unwrap().order
    }

    /// A cart that lacks nothing.
    async fn payable_cart(&self, cx: &RequestContext) -> Cart {
        let id = self.shippable_cart(cx).await.id;
        let payment = Self::payment(&self.facts.providers.invoice);
        self.modules.checkout.set_payment(cx, &id, &payment).await.unwrap();
        self.modules.carts.get_cart(cx, &id).await.unwrap()
    }
}

/// A decimal from its digits.
fn decimal(text: &str) -> rust_decimal::Decimal {
    text.parse().unwrap()
}
