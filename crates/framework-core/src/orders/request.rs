use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};

use super::{OrderStatus, PaymentStatus};
use crate::error::Violation;
use crate::ids::{CustomerId, DisplayId, OrderId};
use crate::paging::{DEFAULT_LIMIT, Limit, Page};
use crate::sort::{Sort, SortField};
use crate::text::{Email, InvalidValue, Locale};
use crate::time::{DateRange, RangeEnd, Timestamp};

/// Which orders to list. Only the caller's own are ever listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListOrders {
    /// Only the order with this id.
    #[serde(default)]
    pub id: Option<OrderId>,
    /// Only orders of this customer; anybody but the caller gives an empty list.
    #[serde(default)]
    pub customer_id: Option<CustomerId>,
    /// Only orders in this status, in any case.
    #[serde(default, deserialize_with = "in_any_case")]
    pub status: Option<OrderStatus>,
    /// Only orders in this payment status, in any case.
    #[serde(default, deserialize_with = "in_any_case")]
    pub payment_status: Option<PaymentStatus>,
    /// Only orders placed at this time or later; a date or a time.
    #[serde(default)]
    pub date_from: Option<Timestamp>,
    /// Only orders placed at this time or earlier; a date stands for its whole day.
    #[serde(default)]
    pub date_to: Option<RangeEnd>,
    /// The order of the list: `createdAt`, `updatedAt`, `total`, `status` or `paymentStatus`, with `_ASC` or `_DESC`; newest
    /// first if absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, example = "createdAt_DESC"))]
    pub sort: Option<Sort<OrderSort>>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// How many orders, at most 1000; 10 if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many orders to skip.
    #[serde(default)]
    pub offset: Option<u32>,
}

impl ListOrders {
    /// The window asked for.
    pub fn page(&self) -> Page {
        Page::of(self.limit, self.offset, DEFAULT_LIMIT)
    }

    /// The range of the dates asked for.
    pub fn dates(&self) -> DateRange {
        DateRange { from: self.date_from, to: self.date_to }
    }

    /// The order asked for; newest first if none.
    pub fn sort_or_default(&self) -> Sort<OrderSort> {
        self.sort.unwrap_or_else(|| Sort::descending(OrderSort::CreatedAt))
    }

    /// What is wrong with the request, whatever the backend: a range that ends before it begins.
    pub fn violations(&self) -> Vec<Violation> {
        if self.dates().is_reversed() {
            vec![Violation::new("dateTo", "must not be before dateFrom")]
        } else {
            Vec::new()
        }
    }
}

/// Reads an enum of upper-case names from a text in any case.
fn in_any_case<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    use serde::de::IntoDeserializer;
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let upper = text.to_ascii_uppercase();
    T::deserialize(IntoDeserializer::<D::Error>::into_deserializer(upper)).map(Some)
}

/// What orders can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderSort {
    /// When the order was placed.
    CreatedAt,
    /// When the order was last changed.
    UpdatedAt,
    /// What was to pay; orders in different currencies by currency first.
    Total,
    /// How far the order is, by name.
    Status,
    /// How far the payment is, by name.
    PaymentStatus,
}

impl SortField for OrderSort {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("createdAt", Self::CreatedAt),
        ("updatedAt", Self::UpdatedAt),
        ("total", Self::Total),
        ("status", Self::Status),
        ("paymentStatus", Self::PaymentStatus),
    ];
}

/// Which lines of an order to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetOrder {
    /// How many lines; all if absent.
    #[serde(default)]
    pub limit: Option<Limit>,
    /// How many lines to skip.
    #[serde(default)]
    pub offset: Option<u32>,
    /// The order of the lines; the order's own if absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<String>, example = "name_ASC"))]
    pub sort: Option<Sort<OrderItemSort>>,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// What the lines of an order can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderItemSort {
    /// The product's name.
    Name,
    /// The number of pieces.
    Quantity,
    /// The price of one piece.
    Price,
    /// What the line cost.
    Total,
}

impl SortField for OrderItemSort {
    const NAMES: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("quantity", Self::Quantity), ("price", Self::Price), ("total", Self::Total)];
}

impl GetOrder {
    /// Sorts and cuts the lines of an order as asked for; the lines' total stays the number of all lines.
    pub fn select_lines(&self, mut order: super::Order) -> super::Order {
        let lines = &mut order.items.data;
        if let Some(sort) = self.sort {
            lines.sort_by(|a, b| {
                let ordering = match sort.field {
                    OrderItemSort::Name => a.product.name.cmp(&b.product.name),
                    OrderItemSort::Quantity => a.quantity.cmp(&b.quantity),
                    OrderItemSort::Price => a.price.value.cmp(&b.price.value),
                    OrderItemSort::Total => a.total.as_ref().map(|p| p.value).cmp(&b.total.as_ref().map(|p| p.value)),
                };
                match sort.direction {
                    crate::sort::Direction::Ascending => ordering,
                    crate::sort::Direction::Descending => ordering.reverse(),
                }
            });
        }
        if self.limit.is_some() || self.offset.is_some() {
            let page = Page::of(self.limit, self.offset, u32::MAX).cut(std::mem::take(lines));
            *lines = page.data;
        }
        order
    }
}

/// What a guest knows of an order whose id is lost: all three must be right.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LookUpOrder {
    /// The order's number.
    pub display_id: DisplayId,
    /// The e-mail address that was given with the order.
    pub email: Email,
    /// The postal code that the order goes to.
    pub postal_code: String,
    /// The language, stronger than the context's.
    #[serde(default)]
    pub locale: Option<Locale>,
}

impl LookUpOrder {
    /// What is wrong with the request, whatever the backend: no postal code.
    pub fn violations(&self) -> Vec<Violation> {
        if self.postal_code.trim().is_empty() {
            vec![Violation::new("postalCode", "must not be blank")]
        } else {
            Vec::new()
        }
    }
}

/// The proof that an order is the caller's.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmClaim {
    /// The token from the mail that was sent to the order's address.
    pub token: ClaimToken,
}

/// The token of a claim, as it was mailed. Never shown, wiped when dropped.
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, max_length = 2048))]
#[serde(try_from = "String")]
pub struct ClaimToken(SecretString);

/// The longest token, in bytes.
const MAX_TOKEN_LENGTH: usize = 2048;

impl ClaimToken {
    /// The token itself, to be sent to the backend and nowhere else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl TryFrom<String> for ClaimToken {
    type Error = InvalidValue;

    fn try_from(text: String) -> Result<Self, InvalidValue> {
        if text.is_empty() || text.len() > MAX_TOKEN_LENGTH {
            return Err(InvalidValue("must be the token from the mail"));
        }
        Ok(Self(SecretString::from(text)))
    }
}

impl fmt::Debug for ClaimToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClaimToken")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_is_read_in_any_case() {
        let read = |text: &str| serde_json::from_value::<ListOrders>(serde_json::json!({ "status": text }));
        assert_eq!(read("completed").expect("a status").status, Some(OrderStatus::Completed));
        assert_eq!(read("Requires_Action").expect("a status").status, Some(OrderStatus::RequiresAction));
        let error = read("done").expect_err("no status").to_string();
        assert!(error.contains("PENDING"), "{error}");
    }

    #[test]
    fn the_token_of_a_claim_is_never_shown() {
        let claim: ConfirmClaim = serde_json::from_str(r#"{"token":"hush"}"#).expect("a claim");
        assert_eq!(claim.token.expose(), "hush");
        assert!(!format!("{claim:?}").contains("hush"));
        let error = serde_json::from_str::<ConfirmClaim>(&format!(r#"{{"token":"{}"}}"#, "hush".repeat(1000)));
        assert!(!error.expect_err("too long").to_string().contains("hush"));
    }
}
