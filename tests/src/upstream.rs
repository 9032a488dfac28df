//! How many calls each operation makes to Medusa, against what the design allows.

use std::fmt::Write as _;
use std::future::Future;

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{
    AddCartItem, ApplyPromotion, Cart, CreateCart, ListCarts, UpdateCart, UpdateCartAddresses, UpdateCartItem,
};
use o2s_framework_core::checkout::{CompleteCheckout, PlaceOrder, SetPayment, SetShippingMethod};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::{CreateAddress, ListAddresses, UpdateAddress};
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::CartId;
use o2s_framework_core::orders::{GetOrder, ListOrders};
use o2s_framework_core::payments::{CreateSession, ListProviders, UpdateSession};
use o2s_framework_core::products::{GetProduct, ListProducts, ProductType};
use o2s_framework_core::text::Quantity;
use o2s_integration_testkit::Subject;

use crate::recorded::Shop;

/// The name of the recording.
pub const NAME: &str = "upstream_calls";

/// One measured call of an operation.
#[derive(Clone, Debug)]
struct Step {
    operation: &'static str,
    situation: &'static str,
    calls: u64,
    at_most: u64,
}

/// A walk through the shop with a counter.
struct Walk<'a> {
    shop: &'a Shop,
    subject: Subject,
    steps: Vec<Step>,
}

impl Walk<'_> {
    /// Makes a call that may make `at_most` calls to Medusa.
    async fn count<T>(
        &mut self,
        operation: &'static str,
        situation: &'static str,
        at_most: u64,
        call: impl Future<Output = Result<T>>,
    ) -> T {
        let before = self.shop.transport.sent();
        let answer = call.await.unwrap_or_else(|error| panic!("{operation}, {situation}: {error}"));
        let calls = (self.shop.transport.sent() - before) as u64;
        self.steps.push(Step { operation, situation, calls, at_most });
        answer
    }

    /// From here on, an integration that remembers neither carts nor customers, but knows the shop's regions and
    /// categories: those are asked for every few minutes, not for each request.
    async fn forget(&mut self) -> anyhow::Result<()> {
        self.subject = self.shop.subject()?;
        let (modules, facts) = (&self.subject.modules, &self.subject.facts);
        let category = Some(facts.catalogue.category.name.clone());
        let request = ListProducts { category, kind: Some(ProductType::Physical), ..ListProducts::default() };
        modules.products.list_products(&guest(), &request).await?;
        modules.carts.create_cart(&guest(), &CreateCart::new(facts.home.currency)).await?;
        Ok(())
    }

    fn jane(&self) -> RequestContext {
        guest().with_token(self.subject.tokens.jane.clone())
    }

    fn item(&self, cart: Option<CartId>) -> AddCartItem {
        let (facts, one) = (&self.subject.facts, Quantity::ONE);
        let variant = facts.variants.plain.variant_id.clone();
        match cart {
            Some(cart) => AddCartItem::to_cart(cart, variant, one),
            None => AddCartItem::to_new_cart(facts.home.currency, variant, one),
        }
    }

    fn addresses(&self) -> UpdateCartAddresses {
        UpdateCartAddresses {
            shipping_address: Some(self.address()),
            email: Some(text("guest@shopper.example")),
            ..UpdateCartAddresses::default()
        }
    }

    fn address(&self) -> Address {
        Address {
            first_name: Some("Ada".to_owned()),
            last_name: Some("Lee".to_owned()),
            country: self.subject.facts.home.country.clone(),
            street_name: "Hafenstraße".to_owned(),
            city: "Hamburg".to_owned(),
            postal_code: "20457".to_owned(),
            ..Address::default()
        }
    }

    fn payment(&self) -> SetPayment {
        SetPayment {
            provider_id: self.subject.facts.payment.plain.clone(),
            return_url: text("https://front.example/return"),
            cancel_url: None,
            metadata: None,
        }
    }

    async fn catalogue(&mut self) {
        let (products, facts) = (self.subject.modules.products.clone(), self.subject.facts.clone());
        let (cx, plain) = (guest(), &facts.variants.plain);
        let page = ListProducts::default();
        self.count("products.list_products", "a page", 1, products.list_products(&cx, &page)).await;
        let category = Some(facts.catalogue.category.handle.clone());
        let filtered = ListProducts { category, kind: Some(ProductType::Physical), ..ListProducts::default() };
        self.count("products.list_products", "filtered", 1, products.list_products(&cx, &filtered)).await;
        let request = GetProduct::default();
        self.count("products.get_product", "by id", 1, products.get_product(&cx, &plain.product_id, &request)).await;
        let handle = text(&plain.handle);
        self.count("products.get_product", "by handle", 1, products.get_product(&cx, &handle, &request)).await;
        let jane = self.jane();
        self.count("products.list_products", "a token seen first", 2, products.list_products(&jane, &page)).await;
    }

    async fn carts(&mut self) -> anyhow::Result<()> {
        let (carts, facts) = (self.subject.modules.carts.clone(), self.subject.facts.clone());
        let cx = guest();
        let request = CreateCart::new(facts.home.currency);
        self.count("carts.create_cart", "", 1, carts.create_cart(&cx, &request)).await;
        let cart = self.count("carts.add_item", "makes the cart", 1, carts.add_item(&cx, &self.item(None))).await;
        let id = cart.id.clone();
        let again = self.item(Some(id.clone()));
        self.count("carts.add_item", "to a cart", 1, carts.add_item(&cx, &again)).await;
        let sku = Some(facts.variants.other.sku.clone());
        let by_sku = AddCartItem { variant_id: None, sku, ..again.clone() };
        self.count("carts.add_item", "by SKU", 2, carts.add_item(&cx, &by_sku)).await;
        self.count("carts.get_cart", "", 1, carts.get_cart(&cx, &id)).await;
        let notes = UpdateCart { notes: Some("hello".to_owned()), ..UpdateCart::default() };
        self.count("carts.update_cart", "", 1, carts.update_cart(&cx, &id, &notes)).await;
        let line = &cart.items.data[0].id;
        let two = UpdateCartItem { quantity: Quantity::new(2).ok(), ..UpdateCartItem::default() };
        self.count("carts.update_item", "", 1, carts.update_item(&cx, &id, line, &two)).await;
        let code = facts.promotions.percent.code.clone();
        let promotion = ApplyPromotion { code: code.clone(), locale: None };
        self.count("carts.apply_promotion", "", 1, carts.apply_promotion(&cx, &id, &promotion)).await;
        self.count("carts.remove_promotion", "", 1, carts.remove_promotion(&cx, &id, &code)).await;
        self.count("carts.prepare_checkout", "", 1, carts.prepare_checkout(&cx, &id)).await;
        self.count("carts.remove_item", "", 1, carts.remove_item(&cx, &id, line)).await;

        self.forget().await?;
        let (carts, jane) = (self.subject.modules.carts.clone(), self.jane());
        self.count("carts.get_cart", "a cart and a token seen first", 2, carts.get_cart(&jane, &id)).await;
        self.forget().await?;
        let carts = self.subject.modules.carts.clone();
        self.count("carts.add_item", "to a cart seen first", 2, carts.add_item(&cx, &again)).await;
        self.forget().await?;
        let carts = self.subject.modules.carts.clone();
        let own = carts.create_cart(&jane, &request).await?;
        self.forget().await?;
        let carts = self.subject.modules.carts.clone();
        let to_own = self.item(Some(own.id));
        self.count("carts.add_item", "to a cart and with a token seen first", 3, carts.add_item(&jane, &to_own)).await;
        self.count("carts.list_carts", "", 2, carts.list_carts(&jane, &ListCarts::default())).await;
        self.count("carts.get_current_cart", "", 2, carts.get_current_cart(&jane)).await;
        Ok(())
    }

    async fn checkout(&mut self, cx: &RequestContext) -> anyhow::Result<Cart> {
        let modules = self.subject.modules.clone();
        let (carts, checkout) = (modules.carts, modules.checkout);
        let cart = carts.add_item(cx, &self.item(None)).await?;
        let (id, addresses) = (cart.id.clone(), self.addresses());
        self.count("checkout.set_addresses", "", 2, checkout.set_addresses(cx, &id, &addresses)).await;
        // One more for each option whose price Medusa works out: the seeded shop has two.
        self.count("checkout.list_shipping_options", "two calculated", 3, checkout.list_shipping_options(cx, &id))
            .await;
        let option = SetShippingMethod { shipping_option_id: self.subject.facts.shipping.standard.id.clone() };
        self.count("checkout.set_shipping_method", "", 2, checkout.set_shipping_method(cx, &id, &option)).await;
        let payment = self.payment();
        let session = self.count("checkout.set_payment", "", 3, checkout.set_payment(cx, &id, &payment)).await;
        let payments = self.subject.modules.payments.clone();
        let read = payments.get_session(cx, &session.id);
        self.count("payments.get_session", "", 1, read).await;
        let change = UpdateSession { return_url: Some(payment.return_url.clone()), ..UpdateSession::default() };
        let update = payments.update_session(cx, &session.id, &change);
        self.count("payments.update_session", "", 3, update).await;
        let request = CreateSession {
            cart_id: id.clone(),
            provider_id: payment.provider_id,
            return_url: payment.return_url,
            cancel_url: None,
            metadata: None,
        };
        self.count("payments.create_session", "", 3, payments.create_session(cx, &request)).await;
        self.count("checkout.get_summary", "", 1, checkout.get_summary(cx, &id)).await;
        Ok(cart)
    }

    async fn orders(&mut self) -> anyhow::Result<()> {
        let (cx, jane) = (guest(), self.jane());
        let cart = self.checkout(&cx).await?;
        let modules = self.subject.modules.clone();
        let place = PlaceOrder::default();
        let placed = modules.checkout.place_order(&cx, &cart.id, &place);
        let order = self.count("checkout.place_order", "a guest", 2, placed).await.order;
        let again = modules.checkout.place_order(&cx, &cart.id, &place);
        self.count("checkout.place_order", "again", 3, again).await;
        let request = GetOrder::default();
        self.count("orders.get_order", "a guest's", 2, modules.orders.get_order(&cx, &order.id, &request)).await;

        let cart = self.checkout(&jane).await?;
        let placed = modules.checkout.place_order(&jane, &cart.id, &place);
        let order = self.count("checkout.place_order", "a customer", 2, placed).await.order;
        self.count("orders.get_order", "a customer's", 1, modules.orders.get_order(&jane, &order.id, &request)).await;
        self.count("orders.list_orders", "", 1, modules.orders.list_orders(&jane, &ListOrders::default())).await;

        let cart = modules.carts.add_item(&cx, &self.item(None)).await?.id;
        let whole = CompleteCheckout {
            shipping_address_id: None,
            shipping_address: Some(self.address()),
            billing_address_id: None,
            billing_address: None,
            same_as_billing_address: None,
            shipping_method_id: Some(self.subject.facts.shipping.standard.id.clone()),
            payment_provider_id: self.payment().provider_id,
            return_url: self.payment().return_url,
            cancel_url: None,
            notes: Some("hello".to_owned()),
            email: Some(text("guest@shopper.example")),
            metadata: None,
        };
        // A refusal makes sure that the providers of the region are known.
        let amiss = CompleteCheckout { payment_provider_id: text("pp_none"), ..whole.clone() };
        let refused = modules.checkout.complete_checkout(&cx, &cart, &amiss).await;
        anyhow::ensure!(refused.is_err(), "there is a payment provider pp_none");
        let call = modules.checkout.complete_checkout(&cx, &cart, &whole);
        self.count("checkout.complete_checkout", "", 7, call).await;
        Ok(())
    }

    async fn customers(&mut self) {
        let (customers, jane) = (self.subject.modules.customers.clone(), self.jane());
        let request = CreateAddress { label: None, is_default: None, address: self.address() };
        let saved = self.count("customers.create_address", "", 1, customers.create_address(&jane, &request)).await;
        let all = ListAddresses::default();
        self.count("customers.list_addresses", "", 1, customers.list_addresses(&jane, &all)).await;
        self.count("customers.get_address", "", 1, customers.get_address(&jane, &saved.id)).await;
        let label = UpdateAddress { label: Some("Home".to_owned()), ..UpdateAddress::default() };
        self.count("customers.update_address", "", 1, customers.update_address(&jane, &saved.id, &label)).await;
        self.count("customers.set_default_address", "", 1, customers.set_default_address(&jane, &saved.id)).await;
        self.count("customers.delete_address", "", 1, customers.delete_address(&jane, &saved.id)).await;
        let (payments, region_id) = (self.subject.modules.payments.clone(), self.subject.facts.home.id.clone());
        let request = ListProviders { region_id, locale: None };
        self.count("payments.list_providers", "", 1, payments.list_providers(&jane, &request)).await;
    }
}

fn guest() -> RequestContext {
    RequestContext::guest("walk", std::time::Duration::from_secs(60))
}

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &str) -> T {
    value.parse().expect("a valid text")
}

/// Walks through the shop. Fails where an operation makes more calls than it may; the table of all is in the error.
pub async fn walk(shop: &Shop) -> anyhow::Result<()> {
    let mut walk = Walk { shop, subject: shop.subject()?, steps: Vec::new() };
    walk.forget().await?;
    walk.catalogue().await;
    walk.carts().await?;
    walk.orders().await?;
    walk.customers().await;
    let mut table = String::new();
    for Step { operation, situation, calls, at_most } in &walk.steps {
        let mark = if calls > at_most { " <- too many" } else { "" };
        writeln!(table, "{operation:32} {situation:40} {calls} of at most {at_most}{mark}")?;
    }
    anyhow::ensure!(walk.steps.iter().all(|step| step.calls <= step.at_most), "calls to Medusa:\n{table}");
    Ok(())
}
