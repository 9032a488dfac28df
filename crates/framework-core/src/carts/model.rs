use serde::Serialize;

use crate::address::Address;
use crate::ids::{CartId, CustomerId, LineItemId, PaymentProviderId, PaymentSessionId, PromotionCode, RegionId};
use crate::metadata::Metadata;
use crate::money::{Currency, Price};
use crate::orders::{ShippingMethod, Unit};
use crate::products::Product;
use crate::text::Email;
use crate::time::Timestamp;

/// A cart. All prices are in `currency`, major units.
///
/// `subtotal` is the sum of the lines before tax and discount, without shipping.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cart {
    /// The cart's id: unguessable, for it is the key to a guest's cart.
    pub id: CartId,
    /// Whose it is, where it is somebody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// A name that the customer gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed, as far as the backend keeps it.
    pub updated_at: Timestamp,
    /// When it will be dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The region: decides prices, taxes, shipping and payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<RegionId>,
    /// The currency of all prices.
    pub currency: Currency,
    /// The lines.
    pub items: Lines<CartItem>,
    /// Sum of the lines before tax and discount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtotal: Option<Price>,
    /// Sum of the discounts, positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_total: Option<Price>,
    /// Sum of the taxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_total: Option<Price>,
    /// Shipping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_total: Option<Price>,
    /// What there is to pay.
    pub total: Price,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_address: Option<Address>,
    /// Who pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<Address>,
    /// How it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping_method: Option<ShippingMethod>,
    /// How it is paid; absent again once the backend has dropped the payment session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<PaymentMethod>,
    /// The promotions applied; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promotions: Option<Vec<Promotion>>,
    /// Free-form data of the front end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
    /// What the customer wants the shop to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Where the confirmation goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// The live payment session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_session_id: Option<PaymentSessionId>,
}

/// The lines of a cart or an order; `total` is the number of lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lines<T> {
    /// The lines.
    pub data: Vec<T>,
    /// How many lines there are in all.
    pub total: u64,
}

impl<T> Lines<T> {
    /// All lines.
    pub fn new(data: Vec<T>) -> Self {
        let total = data.len() as u64;
        Self { data, total }
    }
}

/// A line of a cart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CartItem {
    /// The line's id.
    pub id: LineItemId,
    /// The variant's SKU; the variant's id where it has none.
    pub sku: String,
    /// How many pieces.
    pub quantity: u64,
    /// The price of one piece.
    pub price: Price,
    /// Before tax and discount.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtotal: Option<Price>,
    /// Discounts of the line, positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_total: Option<Price>,
    /// What the line costs, discounts and tax included.
    pub total: Price,
    /// What a piece is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The currency of the prices.
    pub currency: Currency,
    /// What is bought, as the line keeps it.
    pub product: Product,
    /// Free-form data of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
}

/// A promotion applied to a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Promotion {
    /// The promotion's id.
    pub id: String,
    /// The code that a customer types.
    pub code: PromotionCode,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it does, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How it reduces.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<PromotionType>,
    /// By how much: percent, or an amount in major units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// How a promotion reduces what is to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PromotionType {
    /// By a part of the price.
    Percentage,
    /// By an amount.
    FixedAmount,
    /// By the shipping.
    FreeShipping,
}

/// How a cart is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentMethod {
    /// The payment provider.
    pub id: PaymentProviderId,
    /// Its name.
    pub name: String,
    /// What the customer should know of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
