//! What the customers have sent back before the shop opens.

use o2s_framework_core::returns::ReturnStatus::{
    self, Cancelled, PartiallyReceived, Received, Requested, RequiresAction,
};
use o2s_framework_core::time::Timestamp;
use rust_decimal::Decimal;

use super::reasons::find_reason;
use super::{ReturnLine, ReturnRecord};
use crate::known::known;
use crate::orders::OrderRecord;
use crate::shipping::return_options_of;
use crate::shop::days_later;

/// Which of a customer's orders, counted from the newest, how far the return is, pieces, pieces received, reason, note.
type Row = (usize, ReturnStatus, u32, u32, &'static str, Option<&'static str>);

static RETURNS: &[Row] = &[
    (3, Requested, 1, 0, "rr_too_small", None),
    (5, RequiresAction, 1, 0, "rr_damaged_in_transit", Some("The box was open when it came.")),
    (7, PartiallyReceived, 2, 1, "rr_wrong_item", None),
    (8, Cancelled, 1, 0, "rr_no_longer_wanted", None),
    (9, Received, 1, 1, "rr_stopped_working", Some("Does not start any more.")),
    (20, Cancelled, 1, 0, "rr_no_longer_wanted", None),
    (21, Received, 1, 1, "rr_too_large", None),
];

/// The past return of a past order, where it has one.
pub(crate) fn past_return(order: &OrderRecord, number: usize, now: Timestamp) -> Option<ReturnRecord> {
    let (_, status, quantity, received, reason, note) = RETURNS.iter().find(|row| row.0 == number)?;
    let line = order.lines.iter().find(|line| order.returnable(line) >= *quantity)?;
    let lines = vec![ReturnLine {
        line: line.id.clone(),
        quantity: *quantity,
        received: *received,
        reason: find_reason(reason),
        note: note.map(str::to_owned),
    }];
    let requested = Timestamp(days_later(order.created_at, 5).0.min(now.0));
    let id = known(&order.id.as_str().replace("order_", "return_"));
    let made = order.new_return(id, lines, return_options_of(order.region).next()?, requested);
    Some(ReturnRecord {
        status: *status,
        updated_at: Timestamp(days_later(requested, 4).0.min(now.0)),
        refund: if *status == Cancelled { Decimal::ZERO } else { made.refund },
        ..made
    })
}
