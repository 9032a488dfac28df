//! Lists of orders: by Medusa where it can, by looking through the customer's orders where it cannot.

use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::Result;
use o2s_framework_core::orders::{ListOrders, Order, OrderSort, OrderStatus};
use o2s_framework_core::paging::Paginated;
use o2s_framework_core::sort::{Direction, Sort};
use o2s_medusa_client::CustomerToken;
use o2s_medusa_client::v2::store::orders::ListOrders as ListWireOrders;
use o2s_medusa_client::v2::types::Page as WirePage;

use super::Orders;
use super::map::{self, ORDER_FIELDS};
use crate::context::call_context;
use crate::error::backend;
use crate::orders::{Window, scan};

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

    /// A page cut out of the orders in these states that match.
    pub(super) async fn scan(
        &self,
        cx: &RequestContext,
        token: &CustomerToken,
        request: &ListOrders,
        statuses: &[&str],
    ) -> Result<Paginated<Order>> {
        let ids: Vec<&str> = request.id.iter().map(AsRef::as_ref).collect();
        let (call, ids) = (call_context(cx), ids.as_slice());
        let window = |limit, offset| async move {
            let endpoint = ListWireOrders {
                fields: Some(ORDER_FIELDS),
                page: WirePage { limit: Some(limit), offset: Some(offset), order: Some("-created_at") },
                ids,
                statuses,
            };
            let answer = self.shop.store.call(&call, Some(token), &endpoint).await.map_err(backend)?;
            let orders = answer.orders.iter().map(map::order).collect::<Result<_>>()?;
            Ok(Window { orders, count: answer.count })
        };
        scan(request, self.shop.order_scan_limit, window).await
    }
}
