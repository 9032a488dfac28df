//! Lists of orders that Medusa can neither filter nor sort as asked for: the customer's orders are looked through.

use std::cmp::Ordering;
use std::collections::HashSet;

use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ListOrders, Order, OrderSort};
use o2s_framework_core::paging::{Page, Paginated};
use o2s_framework_core::sort::{Direction, Sort};

/// How many orders one call answers while looking through them.
const SCAN_PAGE: u32 = 100;

/// Some of a customer's orders, and how many there are in all.
pub(crate) struct Window {
    pub(crate) orders: Vec<Order>,
    pub(crate) count: u64,
}

/// A page cut out of all orders that match. `window` answers parts of the customer's orders, the newest first.
/// More orders than `limit` are 400 `order.too_many_to_filter`: a total of a part would be wrong.
pub(crate) async fn scan<F>(request: &ListOrders, limit: u32, window: impl Fn(Page) -> F) -> Result<Paginated<Order>>
where
    F: Future<Output = Result<Window>>,
{
    let mut found: Vec<Order> = Vec::new();
    let mut known: HashSet<OrderId> = HashSet::new();
    let mut seen: u32 = 0;
    loop {
        let part = Page { limit: SCAN_PAGE.min(limit.saturating_sub(seen)), offset: seen };
        let Window { orders, count } = window(part).await?;
        // Nothing keeps the rest from matching, and there will be too much of it.
        if request.date_from.is_none() && count > u64::from(limit) {
            return Err(too_many(limit));
        }
        let got = orders.len();
        seen = seen.saturating_add(u32::try_from(got).unwrap_or(u32::MAX));
        let last = orders.last();
        let past_the_dates = last.is_some_and(|order| request.date_from.is_some_and(|from| order.created_at < from));
        // An order placed meanwhile moves the others on: one may come twice.
        found.extend(orders.into_iter().filter(|order| matches(order, request) && known.insert(order.id.clone())));
        if past_the_dates || got == 0 || u64::from(seen) >= count {
            break;
        }
        if seen >= limit {
            return Err(too_many(limit));
        }
    }
    sort(&mut found, request.sort_or_default());
    Ok(request.page().cut(found))
}

fn too_many(limit: u32) -> Error {
    let message = format!(
        "There are more than {limit} orders to look through for this filter or sort order: give a later dateFrom, or \
         filter by status (COMPLETED, CANCELLED, ARCHIVED, REQUIRES_ACTION) and sort by createdAt or updatedAt alone"
    );
    Error::invalid("order.too_many_to_filter", message)
}

fn matches(order: &Order, request: &ListOrders) -> bool {
    request.id.as_ref().is_none_or(|id| order.id == *id)
        && request.status.is_none_or(|status| order.status == status)
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
            OrderSort::Status => a.status.name().cmp(b.status.name()),
            OrderSort::PaymentStatus => a.payment_status.name().cmp(b.payment_status.name()),
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
