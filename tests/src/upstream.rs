//! How many calls each operation makes to Medusa, against what a page of the book says.

use std::fmt::Write as _;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{
    AddCartItem, ApplyPromotion, Cart, CreateCart, ListCarts, UpdateCart, UpdateCartAddresses, UpdateCartItem,
};
use o2s_framework_core::checkout::{CompleteCheckout, PlaceOrder, SetPayment, SetShippingMethod};
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::customers::{CreateAddress, ListAddresses, UpdateAddress};
use o2s_framework_core::error::Result;
use o2s_framework_core::ids::CartId;
use o2s_framework_core::orders::{ClaimToken, ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order};
use o2s_framework_core::payments::{CreateSession, ListProviders, UpdateSession};
use o2s_framework_core::products::{GetProduct, ListCategories, ListCollections, ListProducts, ProductType};
use o2s_framework_core::regions::ListRegions;
use o2s_framework_core::returns::{CreateReturn, ListReturnReasons, NewReturnItem};
use o2s_framework_core::text::Quantity;
use o2s_integration_testkit::{BackOffice, Subject};

use crate::people::People;
use crate::recorded::Shop;

/// The name of the recording.
pub const NAME: &str = "upstream_calls";

/// What a run with this variable writes anew: the page.
const WRITE: &str = "WRITE_CALLS";

/// One measured call of an operation.
#[derive(Clone, Debug)]
pub struct Step {
    operation: &'static str,
    situation: &'static str,
    calls: usize,
}

/// A walk through the shop with a counter.
struct Walk<'a> {
    shop: &'a Shop,
    subject: Subject,
    steps: Vec<Step>,
}

impl Walk<'_> {
    /// Makes a call, and counts those that it makes to Medusa.
    async fn count<T>(
        &mut self,
        operation: &'static str,
        situation: &'static str,
        call: impl Future<Output = Result<T>>,
    ) -> T {
        let before = self.shop.transport.sent();
        let answer = call.await.unwrap_or_else(|error| panic!("{operation}, {situation}: {error}"));
        self.steps.push(Step { operation, situation, calls: self.shop.transport.sent() - before });
        answer
    }

    /// Whether the shop can do an operation.
    fn can(&self, operation: &str) -> bool {
        let support = self.subject.modules.support();
        let mut of_name = support.into_iter().filter(|(module, name, _)| format!("{module}.{name}") == operation);
        of_name.any(|(_, _, support)| support.is_available())
    }

    /// From here on, an integration that remembers neither carts nor customers, but knows what the shop rarely changes:
    /// that is asked for every few minutes, not for each request.
    async fn forget(&mut self) -> anyhow::Result<()> {
        self.subject = self.shop.subject()?;
        let (modules, facts) = (&self.subject.modules, &self.subject.facts);
        let category = Some(facts.catalogue.category.name.clone());
        let request = ListProducts { category, kind: Some(ProductType::Physical), ..ListProducts::default() };
        modules.products.list_products(&guest(), &request).await?;
        modules.products.list_collections(&guest(), &ListCollections::default()).await?;
        modules.returns.list_reasons(&guest(), &ListReturnReasons::default()).await?;
        let request = ListProviders { region_id: facts.home.id.clone(), locale: None };
        modules.payments.list_providers(&guest(), &request).await?;
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
        self.count("products.list_products", "a page", products.list_products(&cx, &page)).await;
        let category = Some(facts.catalogue.category.handle.clone());
        let filtered = ListProducts { category, kind: Some(ProductType::Physical), ..ListProducts::default() };
        self.count("products.list_products", "filtered", products.list_products(&cx, &filtered)).await;
        let request = GetProduct::default();
        self.count("products.get_product", "by id", products.get_product(&cx, &plain.product_id, &request)).await;
        let handle = text(&plain.handle);
        self.count("products.get_product", "by handle", products.get_product(&cx, &handle, &request)).await;
        let collection = Some(facts.catalogue.collection.handle.clone());
        let collected = ListProducts { collection, ..ListProducts::default() };
        self.count("products.list_products", "of a collection", products.list_products(&cx, &collected)).await;
        let all = ListCategories::default();
        self.count("products.list_categories", "", products.list_categories(&cx, &all)).await;
        let all = ListCollections::default();
        self.count("products.list_collections", "", products.list_collections(&cx, &all)).await;
        let regions = self.subject.modules.regions.clone();
        self.count("regions.list_regions", "", regions.list_regions(&cx, &ListRegions::default())).await;
        self.count("regions.get_region", "", regions.get_region(&cx, &facts.home.id)).await;
        let jane = self.jane();
        self.count("products.list_products", "a token seen first", products.list_products(&jane, &page)).await;
    }

    async fn carts(&mut self) -> anyhow::Result<()> {
        let (carts, facts) = (self.subject.modules.carts.clone(), self.subject.facts.clone());
        let cx = guest();
        let request = CreateCart::new(facts.home.currency);
        self.count("carts.create_cart", "", carts.create_cart(&cx, &request)).await;
        let cart = self.count("carts.add_item", "makes the cart", carts.add_item(&cx, &self.item(None))).await;
        let id = cart.id.clone();
        let again = self.item(Some(id.clone()));
        self.count("carts.add_item", "to a cart", carts.add_item(&cx, &again)).await;
        let sku = Some(facts.variants.other.sku.clone());
        let by_sku = AddCartItem { variant_id: None, sku, ..again.clone() };
        self.count("carts.add_item", "by SKU", carts.add_item(&cx, &by_sku)).await;
        self.count("carts.get_cart", "", carts.get_cart(&cx, &id)).await;
        let notes = UpdateCart { notes: Some("hello".to_owned()), ..UpdateCart::default() };
        self.count("carts.update_cart", "", carts.update_cart(&cx, &id, &notes)).await;
        let line = &cart.items.data[0].id;
        let two = UpdateCartItem { quantity: Quantity::new(2).ok(), ..UpdateCartItem::default() };
        self.count("carts.update_item", "", carts.update_item(&cx, &id, line, &two)).await;
        let code = facts.promotions.percent.code.clone();
        let promotion = ApplyPromotion { code: code.clone(), locale: None };
        self.count("carts.apply_promotion", "", carts.apply_promotion(&cx, &id, &promotion)).await;
        self.count("carts.remove_promotion", "", carts.remove_promotion(&cx, &id, &code)).await;
        self.count("carts.prepare_checkout", "", carts.prepare_checkout(&cx, &id)).await;
        self.count("carts.remove_item", "", carts.remove_item(&cx, &id, line)).await;

        self.forget().await?;
        let (carts, jane) = (self.subject.modules.carts.clone(), self.jane());
        self.count("carts.get_cart", "a cart and a token seen first", carts.get_cart(&jane, &id)).await;
        self.forget().await?;
        let carts = self.subject.modules.carts.clone();
        self.count("carts.add_item", "to a cart seen first", carts.add_item(&cx, &again)).await;
        self.forget().await?;
        let carts = self.subject.modules.carts.clone();
        let own = carts.create_cart(&jane, &request).await?;
        self.forget().await?;
        let carts = self.subject.modules.carts.clone();
        let to_own = self.item(Some(own.id));
        self.count("carts.add_item", "to a cart and with a token seen first", carts.add_item(&jane, &to_own)).await;
        if self.can("carts.list_carts") {
            self.count("carts.list_carts", "one cart", carts.list_carts(&jane, &ListCarts::default())).await;
            self.count("carts.get_current_cart", "", carts.get_current_cart(&jane)).await;
        }
        Ok(())
    }

    async fn checkout(&mut self, cx: &RequestContext, whose: &'static str) -> anyhow::Result<Cart> {
        let modules = self.subject.modules.clone();
        let (carts, checkout) = (modules.carts, modules.checkout);
        let cart = carts.add_item(cx, &self.item(None)).await?;
        let (id, addresses) = (cart.id.clone(), self.addresses());
        self.count("checkout.set_addresses", whose, checkout.set_addresses(cx, &id, &addresses)).await;
        self.count("checkout.list_shipping_options", whose, checkout.list_shipping_options(cx, &id)).await;
        let option = SetShippingMethod { shipping_option_id: self.subject.facts.shipping.standard.id.clone() };
        self.count("checkout.set_shipping_method", whose, checkout.set_shipping_method(cx, &id, &option)).await;
        let payment = self.payment();
        let session = self.count("checkout.set_payment", whose, checkout.set_payment(cx, &id, &payment)).await;
        let payments = self.subject.modules.payments.clone();
        let read = payments.get_session(cx, &session.id);
        self.count("payments.get_session", whose, read).await;
        let change = UpdateSession { return_url: Some(payment.return_url.clone()), ..UpdateSession::default() };
        let update = payments.update_session(cx, &session.id, &change);
        self.count("payments.update_session", whose, update).await;
        let request = CreateSession {
            cart_id: id.clone(),
            provider_id: payment.provider_id,
            return_url: payment.return_url,
            cancel_url: None,
            metadata: None,
        };
        self.count("payments.create_session", whose, payments.create_session(cx, &request)).await;
        self.count("checkout.get_summary", whose, checkout.get_summary(cx, &id)).await;
        Ok(cart)
    }

    async fn orders(&mut self) -> anyhow::Result<()> {
        let (cx, jane) = (guest(), self.jane());
        let cart = self.checkout(&cx, "a guest's cart").await?;
        let modules = self.subject.modules.clone();
        let place = PlaceOrder::default();
        let placed = modules.checkout.place_order(&cx, &cart.id, &place);
        let order = self.count("checkout.place_order", "a guest's cart", placed).await.order;
        let again = modules.checkout.place_order(&cx, &cart.id, &place);
        self.count("checkout.place_order", "again", again).await;
        let request = GetOrder::default();
        self.count("orders.get_order", "a guest's", modules.orders.get_order(&cx, &order.id, &request)).await;

        let cart = self.checkout(&jane, "a customer's cart").await?;
        let placed = modules.checkout.place_order(&jane, &cart.id, &place);
        let order = self.count("checkout.place_order", "a customer's cart", placed).await.order;
        self.count("orders.get_order", "a customer's", modules.orders.get_order(&jane, &order.id, &request)).await;
        self.count("orders.list_orders", "", modules.orders.list_orders(&jane, &ListOrders::default())).await;

        let cart = modules.carts.add_item(&cx, &self.item(None)).await?.id;
        let whole = self.whole();
        let call = modules.checkout.complete_checkout(&cx, &cart, &whole);
        self.count("checkout.complete_checkout", "a guest's cart", call).await;
        Ok(())
    }

    /// A guest's order, which is looked up, sent back from, and claimed.
    async fn returns(&mut self) -> anyhow::Result<()> {
        let (cx, jane) = (guest(), self.jane());
        let modules = self.subject.modules.clone();
        let people = People { mails: Arc::clone(&self.shop.transport), warehouse: self.shop.warehouse.clone() };
        let order = self.placed(&cx).await?;
        people.send(&order.id).await;
        if self.can("orders.look_up_order") {
            let address = order.shipping_address.as_ref().context("no address")?;
            let request = LookUpOrder {
                display_id: order.display_id.clone().context("no number")?,
                email: order.email.clone().context("no e-mail address")?,
                postal_code: address.postal_code.clone(),
                locale: None,
            };
            self.count("orders.look_up_order", "", modules.orders.look_up_order(&cx, &request)).await;
        }
        let all = ListReturnReasons::default();
        self.count("returns.list_reasons", "", modules.returns.list_reasons(&cx, &all)).await;
        let options = modules.returns.list_return_options(&cx, &order.id);
        self.count("returns.list_return_options", "a guest's order", options).await;
        let item = NewReturnItem {
            line_item_id: order.items.data[0].id.clone(),
            quantity: Quantity::ONE,
            reason_id: Some(self.subject.facts.returns.reason.id.clone()),
            note: None,
        };
        let request = CreateReturn::of(vec![item.clone()]);
        let create = modules.returns.create_return(&cx, &order.id, &request);
        self.count("returns.create_return", "a guest's order", create).await;
        let state = modules.returns.get_order_returns(&cx, &order.id);
        self.count("returns.get_order_returns", "a guest's order", state).await;

        let order = self.placed(&cx).await?;
        self.count("orders.request_claim", "", modules.orders.request_claim(&jane, &order.id)).await;
        let token = people.claim_token(&order.id, &self.subject.tokens.jane).await;
        let proof = ConfirmClaim { token: ClaimToken::try_from(token).ok().context("no token")? };
        self.count("orders.confirm_claim", "", modules.orders.confirm_claim(&jane, &order.id, &proof)).await;

        let order = self.placed(&jane).await?;
        people.send(&order.id).await;
        let item = NewReturnItem { line_item_id: order.items.data[0].id.clone(), ..item };
        let request = CreateReturn::of(vec![item]);
        let create = modules.returns.create_return(&jane, &order.id, &request);
        self.count("returns.create_return", "a customer's order", create).await;
        let state = modules.returns.get_order_returns(&jane, &order.id);
        self.count("returns.get_order_returns", "a customer's order", state).await;
        Ok(())
    }

    /// A new order.
    async fn placed(&self, cx: &RequestContext) -> anyhow::Result<Order> {
        let modules = &self.subject.modules;
        let cart = modules.carts.add_item(cx, &self.item(None)).await?;
        Ok(modules.checkout.complete_checkout(cx, &cart.id, &self.whole()).await?.order)
    }

    fn whole(&self) -> CompleteCheckout {
        CompleteCheckout {
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
        }
    }

    async fn customers(&mut self) {
        let (customers, jane) = (self.subject.modules.customers.clone(), self.jane());
        let request = CreateAddress { label: None, is_default: None, address: self.address() };
        let saved = self.count("customers.create_address", "", customers.create_address(&jane, &request)).await;
        let all = ListAddresses::default();
        self.count("customers.list_addresses", "", customers.list_addresses(&jane, &all)).await;
        self.count("customers.get_address", "", customers.get_address(&jane, &saved.id)).await;
        let label = UpdateAddress { label: Some("Home".to_owned()), ..UpdateAddress::default() };
        self.count("customers.update_address", "", customers.update_address(&jane, &saved.id, &label)).await;
        self.count("customers.set_default_address", "", customers.set_default_address(&jane, &saved.id)).await;
        self.count("customers.delete_address", "", customers.delete_address(&jane, &saved.id)).await;
        let (payments, region_id) = (self.subject.modules.payments.clone(), self.subject.facts.home.id.clone());
        let request = ListProviders { region_id, locale: None };
        self.count("payments.list_providers", "", payments.list_providers(&jane, &request)).await;
    }
}

fn guest() -> RequestContext {
    RequestContext::guest("walk", std::time::Duration::from_secs(60))
}

fn text<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &str) -> T {
    value.parse().expect("a valid text")
}

/// Walks through the shop with a counter.
pub async fn walk(shop: &Shop) -> anyhow::Result<Vec<Step>> {
    let mut walk = Walk { shop, subject: shop.subject()?, steps: Vec::new() };
    walk.forget().await?;
    walk.catalogue().await;
    walk.carts().await?;
    walk.orders().await?;
    walk.returns().await?;
    walk.customers().await;
    Ok(walk.steps)
}

/// A Medusa's column in the table of the page.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    /// Medusa 2.
    V2,
    /// Medusa 1.
    V1,
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/calls.md")
}

/// Fails where an operation makes another number of calls to a running Medusa than the page says.
pub fn agree_with_the_page(steps: &[Step], column: Column) -> anyhow::Result<()> {
    let page = std::fs::read_to_string(page())?;
    let mut wrong = String::new();
    for Step { operation, situation, calls } in steps {
        let start = format!("| `{operation}` | {situation} |");
        let row = page.lines().find(|line| line.starts_with(&start)).with_context(|| format!("no row {start}"))?;
        let mut cells = row[start.len()..].split('|').map(str::trim);
        let promised = cells.nth(match column {
            Column::V2 => 0,
            Column::V1 => 1,
        });
        if promised != Some(&*calls.to_string()) {
            writeln!(wrong, "{operation}, {situation}: {calls} calls; the page says {promised:?}")?;
        }
    }
    anyhow::ensure!(wrong.is_empty(), "{wrong}");
    Ok(())
}

/// Compares the table of the page with what was counted on recordings, or writes it anew where `WRITE_CALLS` is set.
pub fn page_is_fresh(v2: &[Step], v1: &[Step]) -> anyhow::Result<()> {
    let calls = |steps: &[Step], of: &Step| {
        let same = steps.iter().find(|step| step.operation == of.operation && step.situation == of.situation);
        same.map_or_else(|| "–".to_owned(), |step| step.calls.to_string())
    };
    let only_v1 = v1.iter().filter(|step| calls(v2, step) == "–");
    let mut table = String::from("| operation | when | Medusa 2 | Medusa 1 |\n| --- | --- | --- | --- |\n");
    let mut steps: Vec<&Step> = v2.iter().chain(only_v1).collect();
    steps.sort_by_key(|step| step.operation);
    steps.dedup_by_key(|step| (step.operation, step.situation));
    for step in steps {
        let Step { operation, situation, .. } = step;
        writeln!(table, "| `{operation}` | {situation} | {} | {} |", calls(v2, step), calls(v1, step))?;
    }
    let (begin, end) = ("<!-- begin calls -->\n", "<!-- end calls -->");
    let text = std::fs::read_to_string(page())?;
    let before = text.split_once(begin).context("the page has no place for the table")?;
    let (_, after) = before.1.split_once(end).context("the page has no place for the table")?;
    let fresh = format!("{}{begin}{table}{end}{after}", before.0);
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(page(), &fresh)?;
    } else {
        anyhow::ensure!(text == fresh, "docs/reference/calls.md is stale: {WRITE}=1 writes it anew\n{table}");
    }
    Ok(())
}
