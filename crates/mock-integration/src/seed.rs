//! What has happened before the shop opens.
//!
//! Past orders are drawn from the seed: the same seed gives the same orders with the same ids, as long before the start
//! of the program. So lists always show recent orders, and two runs on different days differ in dates alone.

use chrono::Duration;
use o2s_framework_core::customers::CustomerAddress;
use o2s_framework_core::money::Price;
use o2s_framework_core::orders::{OrderDocument, OrderStatus, PaymentStatus};
use o2s_framework_core::time::Timestamp;
use rand::rngs::ChaCha12Rng;
use rand::{RngExt, SeedableRng};
use rust_decimal::Decimal;

use crate::catalogue::{Item, find_item, items};
use crate::customers::{DemoCustomer, demo_customers};
use crate::known::known;
use crate::orders::{DAYS_TO_PAY, OrderLine, OrderRecord};
use crate::pricing::{Basket, Line, Reduction, totals};
use crate::regions::{Region, regions};
use crate::returns::past_return;
use crate::shipping::{ShippingOption, options_of};
use crate::shop::days_later;

pub(crate) use crate::resources::{demo_assets as assets, demo_services as services};

/// How far orders have got, newest first. A list of orders goes through it again and again. The shop knows every state
/// of its orders, so `UNKNOWN` is not among them.
static HISTORY: &[(OrderStatus, PaymentStatus)] = &[
    (OrderStatus::Pending, PaymentStatus::Pending),
    (OrderStatus::RequiresAction, PaymentStatus::RequiresAction),
    (OrderStatus::Shipped, PaymentStatus::Captured),
    (OrderStatus::Pending, PaymentStatus::NotPaid),
    (OrderStatus::Completed, PaymentStatus::Paid),
    (OrderStatus::Cancelled, PaymentStatus::Failed),
    (OrderStatus::Shipped, PaymentStatus::Paid),
    (OrderStatus::Completed, PaymentStatus::Captured),
    (OrderStatus::Completed, PaymentStatus::PartiallyRefunded),
    (OrderStatus::Archived, PaymentStatus::Captured),
    (OrderStatus::Cancelled, PaymentStatus::Refunded),
    (OrderStatus::Archived, PaymentStatus::Paid),
];

/// How many orders the customers have, in the order of their table.
static ORDER_COUNTS: [usize; 3] = [28, 13, 4];

/// The number of the oldest order.
const FIRST_NUMBER: u64 = 1001;

/// What Jane has ordered without signing in: SKU and quantity. It is the same for every seed.
static GUEST_LINES: [(&str, u32); 2] = [("HA-0500-STANDARD", 3), ("SV-0100-STANDARD", 1)];

/// How many days ago that was.
const GUEST_DAYS: i64 = 12;

/// The past orders, oldest first.
pub(crate) fn orders(seed: u64, now: Timestamp) -> Vec<OrderRecord> {
    let mut history = History { dice: ChaCha12Rng::seed_from_u64(seed), catalogue: items().collect(), now };
    let mut orders = Vec::new();
    for (customer, count) in demo_customers().zip(ORDER_COUNTS) {
        let Some(region) = regions().find(|region| region.id == customer.region) else { continue };
        let mut placed = now;
        for (number, (status, payment_status)) in (1..=count).zip(HISTORY.iter().cycle()) {
            let days = history.dice.random_range(2..=32);
            placed = Timestamp(days_later(placed, -days).0 - history.hours());
            let name = format!("{}-{number:03}", customer.key);
            let lines = history.lines(region, &name);
            let shipping = history.shipping(region);
            let order = history.order(&name, customer, region, lines, shipping, placed);
            let mut order = order.in_state(*status, *payment_status);
            order.purchase_order_number = customer.company.map(|_| format!("PO-{}", 4100_usize.saturating_add(number)));
            order.returns.extend(past_return(&order, number, now));
            orders.push(order);
        }
    }
    orders.extend(history.guest_order());
    orders.sort_by(|a, b| a.created_at.cmp(&b.created_at).then_with(|| a.id.cmp(&b.id)));
    for (order, number) in orders.iter_mut().zip(FIRST_NUMBER..) {
        order.number = number;
    }
    orders
}

/// What past orders are drawn with.
struct History {
    dice: ChaCha12Rng,
    catalogue: Vec<Item>,
    now: Timestamp,
}

impl History {
    /// Up to half a day.
    fn hours(&mut self) -> Duration {
        Duration::seconds(self.dice.random_range(0..60 * 60 * 12))
    }

    /// An order that has just been placed; it gets its number when all are there.
    fn order(
        &mut self,
        name: &str,
        customer: &'static DemoCustomer,
        region: &'static Region,
        lines: Vec<OrderLine>,
        shipping: Option<&'static ShippingOption>,
        placed: Timestamp,
    ) -> OrderRecord {
        let grams = lines.iter().fold(0, |sum: u64, line| {
            sum.saturating_add(u64::from(line.item.product.weight).saturating_mul(u64::from(line.quantity)))
        });
        let address = customer.addresses.first().map(|saved| customer.address(saved));
        let has_discount = self.dice.random_range(0..4) == 0;
        let priced: Vec<Line> =
            lines.iter().map(|line| Line { unit_price: line.unit_price, quantity: line.quantity }).collect();
        let totals = totals(&Basket {
            currency: region.currency,
            lines: &priced,
            reductions: if has_discount { &[Reduction::Percent(Decimal::TEN)] } else { &[] },
            shipping: shipping.and_then(|option| option.price(region.currency, grams)).unwrap_or_default(),
            tax_percent: region.tax_percent(address.as_ref().map(|address| address.country.as_str())),
        });
        OrderRecord {
            id: known(&format!("order_{name}")),
            number: FIRST_NUMBER,
            customer: Some(customer),
            claimants: Vec::new(),
            created_at: placed,
            updated_at: Timestamp((placed.0 + self.hours()).min(self.now.0)),
            payment_due_date: None,
            region,
            status: OrderStatus::Pending,
            payment_status: PaymentStatus::Pending,
            lines,
            totals,
            shipping_address: address.clone(),
            billing_address: address,
            shipping: shipping.map(|option| (format!("shipping_{name}"), option)),
            purchase_order_number: None,
            comment: None,
            documents: Vec::new(),
            email: Some(customer.email_address()),
            returns: Vec::new(),
        }
    }

    /// What Jane has ordered without signing in, and the shop has sent.
    fn guest_order(&mut self) -> Option<OrderRecord> {
        const NAME: &str = "guest-001";
        let jane = demo_customers().next()?;
        let region = regions().find(|region| region.id == jane.region)?;
        let lines = (1..).zip(&GUEST_LINES).filter_map(|(number, (sku, quantity))| {
            let item = find_item(sku)?;
            let unit_price = item.variant.price.in_currency(region.currency)?;
            Some(OrderLine { id: known(&format!("line_{NAME}-{number}")), item, quantity: *quantity, unit_price })
        });
        let placed = days_later(self.now, -GUEST_DAYS);
        let order = self.order(NAME, jane, region, lines.collect(), options_of(region).next(), placed);
        Some(OrderRecord { customer: None, ..order.in_state(OrderStatus::Shipped, PaymentStatus::Captured) })
    }

    /// One of the region's options.
    fn shipping(&mut self, region: &'static Region) -> Option<&'static ShippingOption> {
        let options: Vec<_> = options_of(region).collect();
        options.get(self.dice.random_range(0..options.len())).copied()
    }

    /// One to four lines of different things.
    fn lines(&mut self, region: &Region, name: &str) -> Vec<OrderLine> {
        let mut lines: Vec<OrderLine> = Vec::new();
        for _ in 0..self.dice.random_range(1..=4) {
            let drawn = self.dice.random_range(0..self.catalogue.len());
            let quantity = self.dice.random_range(1..=5);
            let Some(item) = self.catalogue.get(drawn).copied() else { continue };
            let Some(unit_price) = item.variant.price.in_currency(region.currency) else { continue };
            if !lines.iter().any(|line| line.item == item) {
                let id = known(&format!("line_{name}-{}", lines.len().saturating_add(1)));
                lines.push(OrderLine { id, item, quantity, unit_price });
            }
        }
        lines
    }
}

impl OrderRecord {
    /// The order as far as it has got, with the documents that belong to that.
    fn in_state(self, status: OrderStatus, payment_status: PaymentStatus) -> Self {
        let due = days_later(self.created_at, DAYS_TO_PAY);
        let is_paid = payment_status != PaymentStatus::NotPaid;
        let document = |kind: &str| OrderDocument {
            id: format!("doc_{}-{}", self.id, kind.to_lowercase()),
            created_at: self.created_at,
            updated_at: self.updated_at,
            kind: kind.to_owned(),
            order_id: self.id.clone(),
            due_date: due,
            status: payment_status,
            to_be_paid: Price::new(if is_paid { Decimal::ZERO } else { self.totals.total }, self.currency()),
            total: Price::new(self.totals.total, self.currency()),
        };
        let documents = match payment_status {
            PaymentStatus::NotPaid | PaymentStatus::Paid | PaymentStatus::Captured => vec![document("INVOICE")],
            PaymentStatus::Refunded | PaymentStatus::PartiallyRefunded => {
                vec![document("INVOICE"), document("CREDIT_NOTE")]
            }
            PaymentStatus::Pending | PaymentStatus::Failed | PaymentStatus::RequiresAction | PaymentStatus::Unknown => {
                Vec::new()
            }
        };
        Self { status, payment_status, documents, payment_due_date: (!is_paid).then_some(due), ..self }
    }
}

/// The customers' first addresses, saved in the year before the shop opened.
pub(crate) fn addresses(now: Timestamp) -> Vec<CustomerAddress> {
    let saved = demo_customers().flat_map(|customer| {
        customer.addresses.iter().zip(1_i64..).map(move |(saved, number)| {
            let at = days_later(now, number.saturating_mul(30).saturating_sub(365));
            CustomerAddress {
                id: known(saved.id),
                customer_id: customer.customer_id(),
                label: Some(saved.label.to_owned()),
                is_default: Some(number == 1),
                address: customer.address(saved),
                created_at: at,
                updated_at: at,
            }
        })
    });
    saved.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::shop::now;

    #[test]
    fn the_same_seed_gives_the_same_orders() {
        let now = now();
        let drawn = |seed| {
            orders(seed, now).iter().map(|order| (order.id.clone(), order.created_at, order.totals.total)).collect()
        };
        let (first, again, other): (Vec<_>, Vec<_>, Vec<_>) = (drawn(1), drawn(1), drawn(2));
        assert_eq!(first, again);
        assert_ne!(first, other);
    }

    #[test]
    fn past_orders_are_past_and_of_every_kind() {
        let now = now();
        let orders = orders(1, now);
        assert_eq!(orders.len(), ORDER_COUNTS.iter().sum::<usize>() + 1);
        assert!(
            orders.iter().all(|order| order.created_at < now && order.updated_at <= now && !order.lines.is_empty())
        );
        let statuses: HashSet<_> = orders.iter().map(|order| order.status).collect();
        let payments: HashSet<_> = orders.iter().map(|order| order.payment_status).collect();
        assert_eq!((statuses.len(), payments.len()), (6, 8));
    }

    #[test]
    fn orders_are_numbered_in_the_order_of_their_dates() {
        let orders = orders(1, now());
        assert!(orders.is_sorted_by_key(|order| order.created_at));
        assert!(orders.iter().map(|order| order.number).eq((FIRST_NUMBER..).take(orders.len())));
    }

    #[test]
    fn past_returns_are_past_and_of_every_kind() {
        let now = now();
        let orders = orders(1, now);
        let kinds: HashSet<_> = orders.iter().flat_map(|order| &order.returns).map(|made| made.status).collect();
        assert_eq!(kinds.len(), 5);
        for order in &orders {
            assert!(order.returns.iter().all(|made| order.created_at < made.created_at && made.updated_at <= now));
        }
    }

    #[test]
    fn every_address_is_sound() {
        for saved in addresses(now()) {
            assert_eq!(saved.address.violations("address"), []);
        }
    }
}
