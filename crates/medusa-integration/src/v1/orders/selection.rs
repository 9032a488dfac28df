//! Which orders Medusa can be asked for.

use chrono::TimeDelta;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::{ListOrders, OrderSort, PaymentStatus};
use o2s_framework_core::sort::{Direction, Sort};
use o2s_medusa_client::v1::store::orders::ListOrders as ListWireOrders;
use o2s_medusa_client::v1::types::DateFilter;

use crate::orders::{Plan, statuses};

/// What of a request Medusa can be asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    id: Option<OrderId>,
    /// Medusa's states to select; all, if empty.
    statuses: &'static [&'static str],
    /// Medusa's states of payment to select; all, if empty.
    payment_statuses: &'static [&'static str],
    created_at: DateFilter,
}

impl Selection {
    /// The plan for a request.
    // Medusa: the newest come first, in no other order.
    pub(super) fn plan(request: &ListOrders) -> Plan<Self> {
        let (statuses, exact) = statuses(request.status);
        let (payment_statuses, payment_exact): (&'static [&'static str], bool) = match request.payment_status {
            None => (&[], true),
            Some(PaymentStatus::NotPaid) => (&["not_paid"], true),
            Some(PaymentStatus::Pending) => (&["awaiting"], true),
            Some(PaymentStatus::Captured) => (&["captured"], true),
            Some(PaymentStatus::PartiallyRefunded) => (&["partially_refunded"], true),
            Some(PaymentStatus::Refunded) => (&["refunded"], true),
            Some(PaymentStatus::Failed) => (&["canceled"], true),
            Some(PaymentStatus::RequiresAction) => (&["requires_action"], true),
            Some(PaymentStatus::Paid | PaymentStatus::Unknown) => (&[], false),
        };
        let dates = request.dates();
        let created_at = DateFilter {
            gte: dates.from.map(|from| from.0),
            // Medusa: it keeps fractions of a millisecond that it does not show.
            lt: dates.to.and_then(|to| to.0.0.checked_add_signed(TimeDelta::milliseconds(1))),
            ..DateFilter::default()
        };
        let selection = Self { id: request.id.clone(), statuses, payment_statuses, created_at };
        let newest_first =
            request.sort_or_default() == Sort { field: OrderSort::CreatedAt, direction: Direction::Descending };
        if exact && payment_exact && newest_first { Plan::Page(selection) } else { Plan::Scan(selection) }
    }

    /// The filters of a call.
    pub(super) fn asked(&self) -> ListWireOrders<'_> {
        ListWireOrders {
            id: self.id.as_ref().map(OrderId::as_str),
            statuses: self.statuses,
            payment_statuses: self.payment_statuses,
            created_at: self.created_at,
            ..ListWireOrders::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::orders::OrderStatus;

    use super::*;

    fn plan(request: &ListOrders) -> (bool, Selection) {
        match Selection::plan(request) {
            Plan::Page(selection) => (true, selection),
            Plan::Scan(selection) => (false, selection),
        }
    }

    #[test]
    fn what_medusa_can_filter_is_pushed_down() {
        let (pushed, selection) = plan(&ListOrders {
            id: "order_1".parse().ok(),
            status: Some(OrderStatus::Cancelled),
            payment_status: Some(PaymentStatus::Captured),
            date_from: "2026-11-01T00:00:00Z".parse().ok(),
            date_to: "2026-11-30T23:59:59.999Z".parse().ok(),
            ..ListOrders::default()
        });
        assert!(pushed);
        assert_eq!((selection.statuses, selection.payment_statuses), (&["canceled"][..], &["captured"][..]));
        assert_eq!(selection.id.map(|id| id.to_string()).as_deref(), Some("order_1"));
        let time = |text: &str| text.parse().ok();
        assert_eq!(
            selection.created_at,
            DateFilter { gte: time("2026-11-01T00:00:00Z"), lt: time("2026-12-01T00:00:00Z"), ..DateFilter::default() }
        );
    }

    #[test]
    fn what_medusa_cannot_tell_apart_or_sort_is_looked_through() {
        let of_status = |status| ListOrders { status: Some(status), ..ListOrders::default() };
        let sorted = |sort| ListOrders { sort: Some(sort), ..ListOrders::default() };
        for request in [
            of_status(OrderStatus::Shipped),
            of_status(OrderStatus::Pending),
            sorted(Sort::ascending(OrderSort::CreatedAt)),
            sorted(Sort::descending(OrderSort::Total)),
            ListOrders { payment_status: Some(PaymentStatus::Paid), ..ListOrders::default() },
        ] {
            assert!(!plan(&request).0, "{request:?}");
        }
        assert!(plan(&ListOrders::default()).0);
    }
}
