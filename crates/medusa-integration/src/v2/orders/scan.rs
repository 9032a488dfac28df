//! Lists of orders: by Medusa where it can, by looking through the customer's orders where it cannot.

use std::cmp::Ordering;
use std::collections::HashSet;

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::orders::{ListOrders, Order, OrderSort, OrderStatus, PaymentStatus};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::sort::{Direction, Sort};
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::store::orders::ListOrders as ListWireOrders;
use o2s_medusa_client::v2::types::Page as WirePage;

use super::Orders;
use super::map::{self, ORDER_FIELDS};
use crate::context::call_context;
use crate::error::backend;

/// How many orders one call answers while looking through them.
const SCAN_PAGE: u32 = 100;

/// How a list is made.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// Medusa filters, sorts and cuts.
    Page {
        /// Medusa's name of the sort order.
        order: &'static str,
        /// Medusa's states to select; all, if empty.
        statuses: &'static [&'static str],
    },
    /// We look through the orders in Medusa's states.
    Scan {
        /// Medusa's states to select; all, if empty.
        statuses: &'static [&'static str],
    },
}

impl Plan {
    /// The plan for a request.
    // Medusa: there are filters for id and status alone; sorting by total or payment status is a 500.
    pub(super) fn of(request: &ListOrders) -> Self {
        // The second value says whether each order in these states is one in the state asked for.
        let (statuses, exact): (&'static [&'static str], bool) = match request.status {
            None => (&[], true),
            Some(OrderStatus::Completed) => (&["completed"], true),
            Some(OrderStatus::Archived) => (&["archived"], true),
            Some(OrderStatus::Cancelled) => (&["canceled"], true),
            Some(OrderStatus::RequiresAction) => (&["requires_action"], true),
            Some(OrderStatus::Pending | OrderStatus::Shipped) => (&["pending"], false),
            Some(OrderStatus::Unknown) => (&[], false),
        };
        let Sort { field, direction } = request.sort_or_default();
        let order = match (field, direction) {
            (OrderSort::CreatedAt, Direction::Ascending) => Some("created_at"),
            (OrderSort::CreatedAt, Direction::Descending) => Some("-created_at"),
            (OrderSort::UpdatedAt, Direction::Ascending) => Some("updated_at"),
            (OrderSort::UpdatedAt, Direction::Descending) => Some("-updated_at"),
            (OrderSort::Total | OrderSort::Status | OrderSort::PaymentStatus, _) => None,
        };
        match order {
            Some(order) if exact && request.payment_status.is_none() && request.dates().is_open() => {
                Self::Page { order, statuses }
            }
            _ => Self::Scan { statuses },
        }
    }
}

impl Orders {
    /// A page that Medusa filters, sorts and cuts.
    pub(super) async fn page(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        request: &ListOrders,
        order: &str,
        statuses: &[&str],
    ) -> Result<Paginated<Order>> {
        let page = request.page();
        let ids: Vec<&str> = request.id.iter().map(AsRef::as_ref).collect();
        let endpoint = ListWireOrders {
            fields: Some(ORDER_FIELDS),
            page: WirePage { limit: Some(page.limit), offset: Some(page.offset), order: Some(order) },
            ids: &ids,
            statuses,
        };
        let answer = self.shop.store.call(&call_context(cx), Some(token), &endpoint).await.map_err(backend)?;
        let data = answer.orders.iter().map(map::order).collect::<Result<_>>()?;
        Ok(Paginated { data, total: answer.count })
    }

    /// A page cut out of all orders that match, found by looking through the customer's, newest first. More orders than
    /// the configured limit are 400 `order.too_many_to_filter`: a total of a part would be wrong.
    pub(super) async fn scan(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        request: &ListOrders,
        statuses: &[&str],
    ) -> Result<Paginated<Order>> {
        let ids: Vec<&str> = request.id.iter().map(AsRef::as_ref).collect();
        let limit = self.shop.order_scan_limit;
        let mut orders: Vec<Order> = Vec::new();
        let mut known = HashSet::new();
        let mut seen: u32 = 0;
        loop {
            let window = SCAN_PAGE.min(limit.saturating_sub(seen));
            let endpoint = ListWireOrders {
                fields: Some(ORDER_FIELDS),
                page: WirePage { limit: Some(window), offset: Some(seen), order: Some("-created_at") },
                ids: &ids,
                statuses,
            };
            let answer = self.shop.store.call(&call_context(cx), Some(token), &endpoint).await.map_err(backend)?;
            // Nothing keeps the rest from matching, and there will be too much of it.
            if request.date_from.is_none() && answer.count > u64::from(limit) {
                return Err(too_many(limit));
            }
            let got = answer.orders.len();
            seen = seen.saturating_add(u32::try_from(got).unwrap_or(u32::MAX));
            let mut past_the_dates = false;
            for wire in &answer.orders {
                let order = map::order(wire)?;
                past_the_dates = request.date_from.is_some_and(|from| order.created_at < from);
                // An order placed meanwhile moves the others on: one may come twice.
                if matches(&order, request) && known.insert(order.id.clone()) {
                    orders.push(order);
                }
            }
            if past_the_dates || u64::from(seen) >= answer.count {
                break;
            }
            if seen >= limit {
                return Err(too_many(limit));
            }
            if got == 0 {
                break;
            }
        }
        sort(&mut orders, request.sort_or_default());
        Ok(request.page().cut(orders))
    }
}

fn too_many(limit: u32) -> Error {
    let message = format!(
        "There are more than {limit} orders to look through for this filter or sort order: give a later dateFrom, or \
         filter by status (COMPLETED, CANCELLED, ARCHIVED, REQUIRES_ACTION) and sort by createdAt or updatedAt alone"
    );
    Error::invalid("order.too_many_to_filter", message)
}

fn matches(order: &Order, request: &ListOrders) -> bool {
    request.status.is_none_or(|status| order.status == status)
        && request.payment_status.is_none_or(|status| order.payment_status == status)
        && request.dates().contains(order.created_at)
}

/// Sorts; between equals the newest comes first.
fn sort(orders: &mut [Order], Sort { field, direction }: Sort<OrderSort>) {
    orders.sort_by(|a, b| {
        let ordering = match field {
            OrderSort::CreatedAt => a.created_at.cmp(&b.created_at),
            OrderSort::UpdatedAt => a.updated_at.cmp(&b.updated_at),
            OrderSort::Total => (a.currency, a.total.value).cmp(&(b.currency, b.total.value)),
            OrderSort::Status => status_name(a.status).cmp(status_name(b.status)),
            OrderSort::PaymentStatus => payment_name(a.payment_status).cmp(payment_name(b.payment_status)),
        };
        let ordering = match direction {
            Direction::Ascending => ordering,
            Direction::Descending => ordering.reverse(),
        };
        ordering.then_with(|| newest_first(a, b))
    });
}

fn newest_first(a: &Order, b: &Order) -> Ordering {
    (b.created_at, &b.id).cmp(&(a.created_at, &a.id))
}

fn status_name(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => "PENDING",
        OrderStatus::Completed => "COMPLETED",
        OrderStatus::Shipped => "SHIPPED",
        OrderStatus::Cancelled => "CANCELLED",
        OrderStatus::Archived => "ARCHIVED",
        OrderStatus::RequiresAction => "REQUIRES_ACTION",
        OrderStatus::Unknown => "UNKNOWN",
    }
}

fn payment_name(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Pending => "PENDING",
        PaymentStatus::Paid => "PAID",
        PaymentStatus::Failed => "FAILED",
        PaymentStatus::Refunded => "REFUNDED",
        PaymentStatus::NotPaid => "NOT_PAID",
        PaymentStatus::Captured => "CAPTURED",
        PaymentStatus::PartiallyRefunded => "PARTIALLY_REFUNDED",
        PaymentStatus::RequiresAction => "REQUIRES_ACTION",
        PaymentStatus::Unknown => "UNKNOWN",
    }
}
