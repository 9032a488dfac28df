//! Orders.

use std::cmp::Ordering;
use std::sync::Arc;

use async_trait::async_trait;
use o2s_framework_core::address::Address;
use o2s_framework_core::carts::Lines;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::{LineItemId, OrderId};
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::orders::{
    ConfirmClaim, GetOrder, ListOrders, LookUpOrder, Order, OrderDocument, OrderItem, OrderSort, OrderStatus,
    OrdersOperation, OrdersService, PaymentStatus, ShippingMethod, Unit,
};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::sort::Direction;
use o2s_framework_core::support::Support;
use o2s_framework_core::text::Email;
use o2s_framework_core::time::Timestamp;
use rust_decimal::Decimal;

use crate::carts::CartRecord;
use crate::catalogue::{Item, product_view};
use crate::customers::DemoCustomer;
use crate::ids::Ids;
use crate::known::known;
use crate::language::Language;
use crate::pricing::Totals;
use crate::regions::Region;
use crate::returns::ReturnRecord;
use crate::shipping::ShippingOption;
use crate::shop::{Shop, State, days_later, now};
use crate::violations::ensure_none;

/// How long a customer who gets an invoice has to pay it.
pub(crate) const DAYS_TO_PAY: i64 = 14;

/// A line of an order.
#[derive(Clone, Debug)]
pub(crate) struct OrderLine {
    pub(crate) id: LineItemId,
    pub(crate) item: Item,
    pub(crate) quantity: u32,
    pub(crate) unit_price: Decimal,
}

/// An order. Its product names follow the language of whoever looks; its prices are those of the day.
#[derive(Clone, Debug)]
pub(crate) struct OrderRecord {
    pub(crate) id: OrderId,
    /// Higher for a newer order.
    pub(crate) number: u64,
    pub(crate) customer: Option<&'static DemoCustomer>,
    /// Who has asked for it to become theirs.
    pub(crate) claimants: Vec<&'static DemoCustomer>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) payment_due_date: Option<Timestamp>,
    pub(crate) region: &'static Region,
    pub(crate) status: OrderStatus,
    pub(crate) payment_status: PaymentStatus,
    pub(crate) lines: Vec<OrderLine>,
    pub(crate) totals: Totals,
    pub(crate) shipping_address: Option<Address>,
    pub(crate) billing_address: Option<Address>,
    /// The shipping's id on this order, and what was chosen.
    pub(crate) shipping: Option<(String, &'static ShippingOption)>,
    pub(crate) purchase_order_number: Option<String>,
    pub(crate) comment: Option<String>,
    pub(crate) documents: Vec<OrderDocument>,
    pub(crate) email: Option<Email>,
    /// Oldest first.
    pub(crate) returns: Vec<ReturnRecord>,
}

impl OrderRecord {
    /// The order that a complete cart becomes.
    pub(crate) fn of_cart(cart: &CartRecord, number: u64, ids: &Ids, now: Timestamp) -> Self {
        let id: OrderId = ids.next("order");
        let currency = cart.region.currency;
        let totals = cart.totals();
        let is_invoice = cart.session.as_ref().is_some_and(|session| session.provider.is_invoice());
        let due = is_invoice.then(|| days_later(now, DAYS_TO_PAY));
        let status = PaymentStatus::Pending;
        let invoice = due.map(|due| OrderDocument {
            id: ids.next_text("doc"),
            created_at: now,
            updated_at: now,
            kind: "INVOICE".to_owned(),
            order_id: id.clone(),
            due_date: due,
            status,
            to_be_paid: Price::new(totals.total, currency),
            total: Price::new(totals.total, currency),
        });
        Self {
            number,
            customer: cart.customer,
            claimants: Vec::new(),
            created_at: now,
            updated_at: now,
            payment_due_date: due,
            region: cart.region,
            status: OrderStatus::Pending,
            payment_status: status,
            lines: cart
                .lines
                .iter()
                .map(|line| OrderLine {
                    id: ids.next("line"),
                    item: line.item,
                    quantity: line.quantity,
                    unit_price: line.unit_price(currency),
                })
                .collect(),
            totals,
            shipping_address: cart.shipping_address.clone(),
            billing_address: cart.billing_address.clone(),
            shipping: cart.shipping().map(|option| (ids.next_text("shipping"), option)),
            purchase_order_number: None,
            comment: cart.notes.clone(),
            documents: invoice.into_iter().collect(),
            email: cart.email.clone(),
            returns: Vec::new(),
            id,
        }
    }

    pub(crate) fn currency(&self) -> Currency {
        self.region.currency
    }

    /// Whether the customer has the goods, or they are on their way.
    pub(crate) fn is_sent(&self) -> bool {
        matches!(self.status, OrderStatus::Shipped | OrderStatus::Completed)
    }

    /// Sends the goods to the customer, unless that was done before.
    pub(crate) fn send(&mut self, now: Timestamp) {
        if !self.is_sent() {
            self.status = OrderStatus::Shipped;
            self.updated_at = now;
        }
    }

    /// The order as the contract shows it.
    pub(crate) fn view(&self, language: Language, state: &State) -> Order {
        let price = |value| Price::new(value, self.currency());
        let totals = &self.totals;
        let items = self.lines.iter().zip(&totals.lines).map(|(line, costs)| {
            let product =
                product_view(line.item, language, Some(price(line.unit_price)), None, |item| state.in_stock(item));
            OrderItem {
                id: line.id.clone(),
                product_id: product.id.clone(),
                quantity: u64::from(line.quantity),
                price: price(line.unit_price),
                total: Some(price(costs.total)),
                subtotal: Some(price(costs.subtotal)),
                discount_total: Some(price(costs.discount)),
                unit: Some(Unit::Pcs),
                currency: self.currency(),
                product,
            }
        });
        let shipping = self.shipping.iter().map(|(id, option)| ShippingMethod {
            id: id.clone(),
            total: Some(price(totals.shipping + totals.shipping_tax)),
            subtotal: Some(price(totals.shipping)),
            ..option.view(language)
        });
        Order {
            id: self.id.clone(),
            display_id: Some(known(&self.number.to_string())),
            customer_id: self.customer.map(DemoCustomer::customer_id),
            created_at: self.created_at,
            updated_at: self.updated_at,
            payment_due_date: self.payment_due_date,
            total: price(totals.total),
            subtotal: Some(price(totals.subtotal)),
            shipping_total: Some(price(totals.shipping)),
            shipping_subtotal: Some(price(totals.shipping)),
            discount_total: Some(price(totals.discount)),
            tax: Some(price(totals.tax)),
            currency: self.currency(),
            payment_status: self.payment_status,
            status: self.status,
            items: Lines::new(items.collect()),
            shipping_address: self.shipping_address.clone(),
            billing_address: self.billing_address.clone(),
            shipping_methods: shipping.collect(),
            purchase_order_number: self.purchase_order_number.clone(),
            customer_comment: self.comment.clone(),
            documents: (!self.documents.is_empty()).then(|| self.documents.clone()),
            email: self.email.clone(),
        }
    }

    fn matches(&self, request: &ListOrders) -> bool {
        request.id.as_ref().is_none_or(|id| *id == self.id)
            && request.status.is_none_or(|status| status == self.status)
            && request.payment_status.is_none_or(|status| status == self.payment_status)
            && request.dates().contains(self.created_at)
    }

    /// Whether this is the order that somebody remembers. Spaces and case of what people type do not matter.
    fn is_remembered_as(&self, request: &LookUpOrder) -> bool {
        let folded = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
        let postal_code = self.shipping_address.as_ref().map(|address| folded(&address.postal_code));
        let email = self.email.as_ref().map(|email| email.as_str().to_lowercase());
        self.number.to_string() == request.display_id.as_str()
            && email == Some(request.email.as_str().to_lowercase())
            && postal_code == Some(folded(&request.postal_code))
    }

    fn compare(&self, other: &Self, by: OrderSort) -> Ordering {
        match by {
            OrderSort::CreatedAt => self.created_at.cmp(&other.created_at),
            OrderSort::UpdatedAt => self.updated_at.cmp(&other.updated_at),
            OrderSort::Total => (self.currency(), self.totals.total).cmp(&(other.currency(), other.totals.total)),
            OrderSort::Status => OrderStatus::name(self.status).cmp(OrderStatus::name(other.status)),
            OrderSort::PaymentStatus => {
                PaymentStatus::name(self.payment_status).cmp(PaymentStatus::name(other.payment_status))
            }
        }
    }
}

/// Orders of the shop.
pub(crate) struct MockOrders(pub(crate) Arc<Shop>);

#[async_trait]
impl OrdersService for MockOrders {
    fn support(&self, operation: OrdersOperation) -> Support {
        match operation {
            OrdersOperation::GetOrder
            | OrdersOperation::ListOrders
            | OrdersOperation::LookUpOrder
            | OrdersOperation::RequestClaim
            | OrdersOperation::ConfirmClaim => Support::Native,
        }
    }

    async fn get_order(&self, cx: &RequestContext, id: &OrderId, request: &GetOrder) -> Result<Order> {
        let caller = self.0.identify(cx)?;
        let state = self.0.state();
        let order = state.order(id, caller)?;
        Ok(request.select_lines(order.view(Language::of(request.locale.as_ref(), cx), &state)))
    }

    async fn list_orders(&self, cx: &RequestContext, request: &ListOrders) -> Result<Paginated<Order>> {
        let customer = self.0.require_customer(cx)?;
        ensure_none(request.violations())?;
        if request.customer_id.as_ref().is_some_and(|id| id.as_str() != customer.id) {
            return Ok(Paginated::empty());
        }
        let language = Language::of(request.locale.as_ref(), cx);
        let sort = request.sort_or_default();
        let state = self.0.state();
        let mut orders: Vec<&OrderRecord> =
            state.orders().filter(|order| order.customer == Some(customer) && order.matches(request)).collect();
        // Orders that are alike in what they are sorted by stand newest first, in every run.
        orders.sort_by(|a, b| {
            let ordering = a.compare(b, sort.field);
            let ordering = if sort.direction == Direction::Descending { ordering.reverse() } else { ordering };
            ordering.then_with(|| b.created_at.cmp(&a.created_at)).then_with(|| a.id.cmp(&b.id))
        });
        let page = request.page().cut(orders);
        Ok(Paginated {
            data: page.data.into_iter().map(|order| order.view(language, &state)).collect(),
            total: page.total,
        })
    }

    async fn look_up_order(&self, cx: &RequestContext, request: &LookUpOrder) -> Result<Order> {
        let caller = self.0.identify(cx)?;
        ensure_none(request.violations())?;
        let state = self.0.state();
        let remembered = state.orders().find(|order| order.is_remembered_as(request));
        // Whatever does not fit, the answer is the same: it tells nothing of orders that are there.
        let order = remembered.and_then(|order| state.order(&order.id, caller).ok()).ok_or_else(|| {
            let message = "There is no order with this number, e-mail address and postal code";
            Error::not_found("order.not_found", message)
        })?;
        Ok(order.view(Language::of(request.locale.as_ref(), cx), &state))
    }

    async fn request_claim(&self, cx: &RequestContext, id: &OrderId) -> Result<()> {
        let customer = self.0.require_customer(cx)?;
        let mut state = self.0.state_mut();
        let order = state.order_mut(id, Some(customer))?;
        if order.customer.is_some() {
            return Err(Error::conflict("order.already_claimed", "The order is yours already"));
        }
        if !order.claimants.contains(&customer) {
            order.claimants.push(customer);
        }
        Ok(())
    }

    async fn confirm_claim(&self, cx: &RequestContext, id: &OrderId, request: &ConfirmClaim) -> Result<Order> {
        let customer = self.0.require_customer(cx)?;
        let now = now();
        let mut state = self.0.state_mut();
        let is_good = self.0.tokens.verify_claim(&request.token, id, customer, now.0);
        // One answer whatever is wrong, so that it does not tell which orders there are.
        let order = state.order_mut(id, Some(customer)).ok();
        let order = order.filter(|order| is_good && order.claimants.contains(&customer)).ok_or_else(|| {
            let message = "The token does not make this order yours: ask for the order again to get a new one";
            Error::invalid("order.claim_invalid", message)
        })?;
        order.customer = Some(customer);
        order.claimants.clear();
        order.updated_at = now;
        state.hand_over_cart_of(id, customer);
        Ok(state.order(id, Some(customer))?.view(Language::of(None, cx), &state))
    }
}
