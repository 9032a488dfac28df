use std::collections::HashSet;

use serde::Deserialize;

use crate::error::Violation;
use crate::ids::{LineItemId, ReturnReasonId, ShippingOptionId};
use crate::paging::{Limit, MAX_LIMIT, Page};
use crate::text::{Locale, Quantity};

/// Which part of the reasons to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListReturnReasons {
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// How many reasons, at most 1000; all if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many reasons to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListReturnReasons {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, MAX_LIMIT)
    }
}

/// What to send back. What it costs, and whether it has arrived, is the shop's to say: neither can be given here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateReturn {
    /// The pieces; at least one, each line once.
    pub items: Vec<NewReturnItem>,
    /// One of the order's return options; the only one if absent.
    #[serde(default)]
    pub shipping_option_id: Option<ShippingOptionId>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// Pieces of a line to send back.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewReturnItem {
    /// The line of the order.
    pub line_item_id: LineItemId,
    /// How many pieces.
    pub quantity: Quantity,
    /// Why: one of the shop's reasons.
    #[serde(default)]
    pub reason_id: Option<ReturnReasonId>,
    /// What the shop should know of it, at most 1000 bytes.
    #[serde(default)]
    pub note: Option<String>,
}

/// The longest note, in bytes.
const MAX_NOTE_LENGTH: usize = 1000;

impl CreateReturn {
    /// Pieces to send back, in the only way there is.
    pub fn of(items: Vec<NewReturnItem>) -> Self {
        Self { items, shipping_option_id: None, locale: None }
    }

    /// What is wrong with the request, whatever the backend and the order: no items, a line twice, a note too long.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        if self.items.is_empty() {
            found.push(Violation::new("items", "name at least one line to send back"));
        }
        let mut known = HashSet::new();
        for (index, item) in self.items.iter().enumerate() {
            if !known.insert(&item.line_item_id) {
                let message = "is there already: give the pieces of a line together";
                found.push(Violation::new(format!("items[{index}].lineItemId"), message));
            }
            if item.note.as_ref().is_some_and(|note| note.len() > MAX_NOTE_LENGTH) {
                found.push(Violation::new(format!("items[{index}].note"), "must not be longer than 1000 bytes"));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_named_once_and_briefly() {
        let read = |json: &str| serde_json::from_str::<CreateReturn>(json).expect("a request").violations();
        let fields = |json: &str| read(json).into_iter().map(|violation| violation.field).collect::<Vec<_>>();
        assert!(fields(r#"{"items":[{"lineItemId":"a","quantity":1},{"lineItemId":"b","quantity":2}]}"#).is_empty());
        assert_eq!(fields(r#"{"items":[]}"#), ["items"]);
        let note = "x".repeat(1001);
        let twice = format!(
            r#"{{"items":[{{"lineItemId":"a","quantity":1}},{{"lineItemId":"a","quantity":1,"note":"{note}"}}]}}"#
        );
        assert_eq!(fields(&twice), ["items[1].lineItemId", "items[1].note"]);
    }

    #[test]
    fn what_is_the_shops_to_say_cannot_be_given() {
        for extra in [r#""refundTotal":1"#, r#""receiveNow":true"#, r#""shippingPrice":0"#] {
            let json = format!(r#"{{"items":[{{"lineItemId":"a","quantity":1}}],{extra}}}"#);
            assert!(serde_json::from_str::<CreateReturn>(&json).is_err(), "{extra} was taken");
        }
    }
}
