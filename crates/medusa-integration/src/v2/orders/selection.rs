//! Which orders Medusa can be asked for.

use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ListOrders, OrderSort};
use o2s_framework_core::sort::{Direction, Sort};

use crate::orders::{Plan, statuses};

/// What of a request Medusa can be asked for.
// Medusa: there are filters for id and status alone; sorting by total or payment status is a 500.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Only the order of this id.
    pub(super) id: Option<OrderId>,
    /// Medusa's states to select; all, if empty.
    pub(super) statuses: &'static [&'static str],
    /// Medusa's name of the sort order.
    pub(super) order: &'static str,
}

impl Selection {
    /// The plan for a request.
    pub(super) fn plan(request: &ListOrders) -> Plan<Self> {
        let (statuses, exact) = statuses(request.status);
        let Sort { field, direction } = request.sort_or_default();
        let order = match (field, direction) {
            (OrderSort::CreatedAt, Direction::Ascending) => Some("created_at"),
            (OrderSort::CreatedAt, Direction::Descending) => Some("-created_at"),
            (OrderSort::UpdatedAt, Direction::Ascending) => Some("updated_at"),
            (OrderSort::UpdatedAt, Direction::Descending) => Some("-updated_at"),
            (OrderSort::Total | OrderSort::Status | OrderSort::PaymentStatus, _) => None,
        };
        let id = request.id.clone();
        match order {
            Some(order) if exact && request.payment_status.is_none() && request.dates().is_open() => {
                Plan::Page(Self { id, statuses, order })
            }
            _ => Plan::Scan(Self { id, statuses, order: "-created_at" }),
        }
    }
}
