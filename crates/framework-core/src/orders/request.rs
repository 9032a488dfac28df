use serde::{Deserialize, Deserializer};

use super::{OrderStatus, PaymentStatus};
use crate::error::Violation;
use crate::ids::{CustomerId, OrderId};
use crate::paging::{DEFAULT_LIMIT, Limit, Page};
use crate::sort::{Sort, SortField};
use crate::text::Locale;
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
    /// The order of the list; newest first if absent.
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
}
