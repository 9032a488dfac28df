//! A cart as the shop keeps it, and as the contract shows it.

use o2s_framework_core::address::Address;
use o2s_framework_core::carts::{Cart, CartItem, Lines};
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{CartId, LineItemId, OrderId};
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::orders::{ShippingMethod, Unit};
use o2s_framework_core::products::ProductType;
use o2s_framework_core::text::{Email, Quantity};
use o2s_framework_core::time::Timestamp;
use rust_decimal::Decimal;

use crate::catalogue::{Item, product_view, variant_price};
use crate::customers::DemoCustomer;
use crate::language::Language;
use crate::members::Members;
use crate::payments::SessionRecord;
use crate::pricing::{Basket, Line, Totals, totals};
use crate::promotions::Promotion;
use crate::regions::Region;
use crate::shipping::{ShippingOption, digital_delivery, options_of};
use crate::shop::{Change, State, days_later};
use crate::violations::violation;

/// How long a cart lives after its last change.
const LIFETIME_DAYS: i64 = 30;

/// A line of a cart.
#[derive(Clone, Debug)]
pub(crate) struct LineRecord {
    pub(crate) id: LineItemId,
    pub(crate) item: Item,
    pub(crate) quantity: u32,
    pub(crate) metadata: Members,
}

impl LineRecord {
    /// The price of one piece; the shop's regions sell in no currency that the catalogue has no price in.
    pub(crate) fn unit_price(&self, currency: Currency) -> Decimal {
        self.item.variant.price.in_currency(currency).unwrap_or_default()
    }
}

/// A cart.
#[derive(Clone)]
pub(crate) struct CartRecord {
    pub(crate) id: CartId,
    /// Higher for a newer cart.
    pub(crate) number: u64,
    pub(crate) customer: Option<&'static DemoCustomer>,
    pub(crate) name: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) region: &'static Region,
    pub(crate) lines: Vec<LineRecord>,
    pub(crate) promotions: Vec<&'static Promotion>,
    pub(crate) shipping_address: Option<Address>,
    pub(crate) billing_address: Option<Address>,
    /// What was chosen; see [`CartRecord::shipping`] for what holds.
    pub(crate) shipping_option: Option<&'static ShippingOption>,
    pub(crate) session: Option<SessionRecord>,
    pub(crate) metadata: Members,
    pub(crate) notes: Option<String>,
    pub(crate) email: Option<Email>,
    /// The order that the cart became.
    pub(crate) order: Option<OrderId>,
}

impl CartRecord {
    /// An empty cart; a customer's knows the customer's e-mail address.
    pub(crate) fn new(
        id: CartId,
        number: u64,
        customer: Option<&'static DemoCustomer>,
        region: &'static Region,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            number,
            customer,
            name: None,
            created_at: now,
            updated_at: now,
            region,
            lines: Vec::new(),
            promotions: Vec::new(),
            shipping_address: None,
            billing_address: None,
            shipping_option: None,
            session: None,
            metadata: Members::default(),
            notes: None,
            email: customer.map(DemoCustomer::email_address),
            order: None,
        }
    }

    /// 409 `cart.completed` where the cart has become an order.
    pub(crate) fn ensure_open(&self) -> Result<()> {
        if self.order.is_some() {
            return Err(Error::conflict("cart.completed", format!("Cart {} is completed: start another one", self.id)));
        }
        Ok(())
    }

    /// 400 `cart.empty` where there is nothing in it.
    pub(crate) fn ensure_filled(&self) -> Result<()> {
        if self.lines.is_empty() {
            return Err(Error::invalid("cart.empty", "The cart is empty: add an item first"));
        }
        Ok(())
    }

    /// Adds pieces of an item; a line of the same item grows. 409 `cart.out_of_stock`.
    pub(crate) fn add(&mut self, item: Item, quantity: Quantity, metadata: Members, change: &Change<'_>) -> Result<()> {
        let held = self.lines.iter().find(|line| line.item == item).map_or(0, |line| line.quantity);
        let wanted = Quantity::new(held.saturating_add(quantity.get()))
            .map_err(|error| violation("quantity", format!("{error} in one cart")))?
            .get();
        change.state.ensure_stock(item, wanted)?;
        match self.lines.iter_mut().find(|line| line.item == item) {
            Some(line) => {
                line.quantity = wanted;
                line.metadata.merge(metadata.view().as_ref())?;
            }
            None => self.lines.push(LineRecord { id: change.ids.next("line"), item, quantity: wanted, metadata }),
        }
        Ok(())
    }

    /// The options that the cart can choose from: the region's for goods, delivery by e-mail for virtual products.
    pub(crate) fn shipping_options(&self) -> Vec<&'static ShippingOption> {
        if self.is_virtual() { vec![digital_delivery()] } else { options_of(self.region).collect() }
    }

    /// How the cart is shipped: what was chosen; delivery by e-mail, without being asked, where nothing is to ship.
    pub(crate) fn shipping(&self) -> Option<&'static ShippingOption> {
        if self.lines.is_empty() {
            None
        } else if self.is_virtual() {
            Some(digital_delivery())
        } else {
            self.shipping_option
        }
    }

    fn is_virtual(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.item.product.kind() == ProductType::Virtual)
    }

    /// Weight of the goods in grams.
    pub(crate) fn weight(&self) -> u64 {
        self.lines.iter().fold(0, |sum, line| {
            sum.saturating_add(u64::from(line.item.product.weight).saturating_mul(u64::from(line.quantity)))
        })
    }

    /// What the cart costs.
    pub(crate) fn totals(&self) -> Totals {
        self.totals_with(self.shipping())
    }

    /// What the cart would cost with another shipping option.
    fn totals_with(&self, shipping: Option<&ShippingOption>) -> Totals {
        let currency = self.region.currency;
        let lines: Vec<Line> = self
            .lines
            .iter()
            .map(|line| Line { unit_price: line.unit_price(currency), quantity: line.quantity })
            .collect();
        let reductions: Vec<_> = self.promotions.iter().map(|promotion| promotion.reduction(currency)).collect();
        let country = self.shipping_address.as_ref().map(|address| address.country.as_str());
        totals(&Basket {
            currency,
            lines: &lines,
            reductions: &reductions,
            shipping: shipping.and_then(|option| option.price(currency, self.weight())).unwrap_or_default(),
            tax_percent: self.region.tax_percent(country),
        })
    }

    /// A shipping option with what it costs this cart, promotions included; `total` is with tax.
    pub(crate) fn shipping_method(&self, option: &ShippingOption, language: Language) -> ShippingMethod {
        let totals = self.totals_with(Some(option));
        let price = |value| Some(Price::new(value, self.region.currency));
        ShippingMethod {
            total: price(totals.shipping + totals.shipping_tax),
            subtotal: price(totals.shipping),
            ..option.view(language)
        }
    }

    /// When the cart is gone unless it changes before.
    fn expires_at(&self) -> Timestamp {
        days_later(self.updated_at, LIFETIME_DAYS)
    }

    /// Whether the cart is still there. One that has become an order stays.
    pub(crate) fn is_live(&self, now: Timestamp) -> bool {
        self.order.is_some() || now < self.expires_at()
    }

    /// Ends a change: notes the time, and drops a payment session that has expired or is for another amount.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        self.updated_at = now;
        let (total, currency) = (self.totals().total, self.region.currency);
        let holds = |session: &SessionRecord| session.is_live(now) && session.amount == (total, currency);
        if self.order.is_none() && !self.session.as_ref().is_some_and(holds) {
            self.session = None;
        }
    }

    /// The payment session, unless it has expired. That of a completed cart stays.
    pub(crate) fn live_session(&self, now: Timestamp) -> Option<&SessionRecord> {
        self.session.as_ref().filter(|session| self.order.is_some() || session.is_live(now))
    }

    /// The cart as the contract shows it.
    pub(crate) fn view(&self, language: Language, now: Timestamp, state: &State) -> Cart {
        let currency = self.region.currency;
        let price = |value| Price::new(value, currency);
        let totals = self.totals();
        let items = self.lines.iter().zip(&totals.lines).map(|(line, costs)| CartItem {
            id: line.id.clone(),
            sku: line.item.sku(),
            quantity: u64::from(line.quantity),
            price: price(line.unit_price(currency)),
            subtotal: Some(price(costs.subtotal)),
            discount_total: Some(price(costs.discount)),
            total: price(costs.total),
            unit: Some(Unit::Pcs),
            currency,
            product: product_view(line.item, language, variant_price(line.item, currency), None, |item| {
                state.in_stock(item)
            }),
            metadata: line.metadata.view(),
        });
        let session = self.live_session(now);
        Cart {
            id: self.id.clone(),
            customer_id: self.customer.map(DemoCustomer::customer_id),
            name: self.name.clone(),
            created_at: self.created_at,
            updated_at: self.updated_at,
            expires_at: self.order.is_none().then(|| self.expires_at()),
            region_id: Some(self.region.region_id()),
            currency,
            items: Lines::new(items.collect()),
            subtotal: Some(price(totals.subtotal)),
            discount_total: Some(price(totals.discount)),
            tax_total: Some(price(totals.tax)),
            shipping_total: Some(price(totals.shipping)),
            total: price(totals.total),
            shipping_address: self.shipping_address.clone(),
            billing_address: self.billing_address.clone(),
            shipping_method: self.shipping().map(|option| self.shipping_method(option, language)),
            payment_method: session.map(|session| session.provider.payment_method(language)),
            promotions: (!self.promotions.is_empty())
                .then(|| self.promotions.iter().map(|promotion| promotion.view(currency, language)).collect()),
            metadata: self.metadata.view(),
            notes: self.notes.clone(),
            email: self.email.clone(),
            payment_session_id: session.map(|session| session.id.clone()),
        }
    }
}
