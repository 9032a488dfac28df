use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::carts::Lines;
use crate::ids::{CustomerId, DisplayId, LineItemId, OrderId, ProductId};
use crate::money::{Currency, Price};
use crate::products::Product;
use crate::text::Email;
use crate::time::Timestamp;

/// An order. All prices are in `currency`, major units; `subtotal` is the sum of the lines before tax and discount.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The order's id.
    pub id: OrderId,
    /// Its number, as its customer reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_id: Option<DisplayId>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// When it was placed.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Until when it is to be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_due_date: Option<Timestamp>,
    /// What was to pay.
    pub total: Price,
    /// Lines before tax and discount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtotal: Option<Price>,
    /// Shipping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_total: Option<Price>,
    /// Shipping before tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_subtotal: Option<Price>,
    /// Discounts, positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_total: Option<Price>,
    /// Taxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax: Option<Price>,
    /// The currency of all prices.
    pub currency: Currency,
    /// How far the payment is.
    pub payment_status: PaymentStatus,
    /// How far the order is.
    pub status: OrderStatus,
    /// The lines.
    pub items: Lines<OrderItem>,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_address: Option<Address>,
    /// Who pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<Address>,
    /// How it goes.
    pub shipping_methods: Vec<ShippingMethod>,
    /// The number of the customer's own purchase order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase_order_number: Option<String>,
    /// What the customer wanted the shop to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_comment: Option<String>,
    /// Invoices and the like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documents: Option<Vec<OrderDocument>>,
    /// Where the confirmation went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

/// A line of an order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderItem {
    /// The line's id.
    pub id: LineItemId,
    /// The product.
    pub product_id: ProductId,
    /// How many pieces.
    pub quantity: u64,
    /// The price of one piece.
    pub price: Price,
    /// What the line cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Price>,
    /// Before tax and discount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtotal: Option<Price>,
    /// Discounts of the line, positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_total: Option<Price>,
    /// What a piece is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The currency of the prices.
    pub currency: Currency,
    /// What was bought, as the order keeps it.
    pub product: Product,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum Unit {
    /// Pieces.
    Pcs,
    /// Sets.
    Set,
    /// Boxes.
    Box,
    /// Kilograms.
    Kg,
    /// Litres.
    L,
}

/// A way to ship, chosen or to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShippingMethod {
    /// The shipping option's id on carts and in lists of options; the method's own on orders.
    pub id: String,
    /// The name.
    pub name: String,
    /// What the customer should know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Price, tax included where the backend knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<Price>,
    /// Price before tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtotal: Option<Price>,
}

/// A document of an order, such as an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderDocument {
    /// The document's id.
    pub id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// Until when it is to be paid.
    pub due_date: Timestamp,
    /// How far the payment is.
    pub status: PaymentStatus,
    /// What is still to pay.
    pub to_be_paid: Price,
    /// What it is about.
    pub total: Price,
}

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    /// Placed, not yet done.
    Pending,
    /// Done.
    Completed,
    /// On its way, or delivered.
    Shipped,
    /// Called off.
    Cancelled,
    /// Put away.
    Archived,
    /// Waits for somebody.
    RequiresAction,
    /// The backend says something that this list does not have.
    Unknown,
}

/// How far a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    /// Authorised or under way, not captured.
    Pending,
    /// Paid.
    Paid,
    /// Refused or called off.
    Failed,
    /// Given back.
    Refunded,
    /// Nothing was paid.
    NotPaid,
    /// Captured in full.
    Captured,
    /// Given back in part.
    PartiallyRefunded,
    /// Waits for the customer.
    RequiresAction,
    /// The backend says something that this list does not have.
    Unknown,
}

impl OrderStatus {
    /// The name on the wire, such as `REQUIRES_ACTION`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Completed => "COMPLETED",
            Self::Shipped => "SHIPPED",
            Self::Cancelled => "CANCELLED",
            Self::Archived => "ARCHIVED",
            Self::RequiresAction => "REQUIRES_ACTION",
            Self::Unknown => "UNKNOWN",
        }
    }
}

impl PaymentStatus {
    /// The name on the wire, such as `NOT_PAID`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Paid => "PAID",
            Self::Failed => "FAILED",
            Self::Refunded => "REFUNDED",
            Self::NotPaid => "NOT_PAID",
            Self::Captured => "CAPTURED",
            Self::PartiallyRefunded => "PARTIALLY_REFUNDED",
            Self::RequiresAction => "REQUIRES_ACTION",
            Self::Unknown => "UNKNOWN",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_wire() {
        for name in ["PENDING", "COMPLETED", "SHIPPED", "CANCELLED", "ARCHIVED", "REQUIRES_ACTION", "UNKNOWN"] {
            let status: OrderStatus = serde_json::from_str(&format!("\"{name}\"")).expect("a status");
            assert_eq!(status.name(), name);
        }
        for name in ["PENDING", "PAID", "FAILED", "REFUNDED", "NOT_PAID", "CAPTURED", "PARTIALLY_REFUNDED"] {
            let status: PaymentStatus = serde_json::from_str(&format!("\"{name}\"")).expect("a status");
            assert_eq!(status.name(), name);
        }
    }
}
