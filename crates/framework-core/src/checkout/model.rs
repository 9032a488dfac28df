use serde::Serialize;

use crate::address::Address;
use crate::carts::{Cart, PaymentMethod};
use crate::error::{Error, Result};
use crate::money::Price;
use crate::orders::{Order, ShippingMethod};
use crate::text::Email;

/// All that a customer confirms before the order is placed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CheckoutSummary {
    /// The cart.
    pub cart: Cart,
    /// Where it goes.
    pub shipping_address: Address,
    /// Who pays.
    pub billing_address: Address,
    /// How it goes.
    pub shipping_method: ShippingMethod,
    /// How it is paid.
    pub payment_method: PaymentMethod,
    /// What it costs.
    pub totals: CheckoutTotals,
    /// What the shop should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Where the confirmation goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

/// What an order will cost, in the cart's currency.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckoutTotals {
    /// Lines before tax and discount.
    pub subtotal: Price,
    /// Shipping.
    pub shipping: Price,
    /// Taxes.
    pub tax: Price,
    /// Discounts, positive.
    pub discount: Price,
    /// What there is to pay.
    pub total: Price,
}

impl CheckoutSummary {
    /// Summarises a cart. 400 `checkout.incomplete` names the first thing that is missing: shipping address, billing
    /// address, shipping method, payment method, then the totals.
    pub fn of(cart: Cart) -> Result<Self> {
        fn need<T: Clone>(part: Option<&T>, name: &str) -> Result<T> {
            part.cloned().ok_or_else(|| {
                Error::invalid("checkout.incomplete", format!("{name} is required for checkout summary"))
            })
        }
        Ok(Self {
            shipping_address: need(cart.shipping_address.as_ref(), "Shipping address")?,
            billing_address: need(cart.billing_address.as_ref(), "Billing address")?,
            shipping_method: need(cart.shipping_method.as_ref(), "Shipping method")?,
            payment_method: need(cart.payment_method.as_ref(), "Payment method")?,
            totals: CheckoutTotals {
                subtotal: need(cart.subtotal.as_ref(), "Cart subtotal")?,
                shipping: need(cart.shipping_total.as_ref(), "Shipping total")?,
                tax: need(cart.tax_total.as_ref(), "Tax total")?,
                discount: need(cart.discount_total.as_ref(), "Discount total")?,
                total: cart.total.clone(),
            },
            notes: cart.notes.clone(),
            email: cart.email.clone(),
            cart,
        })
    }
}

/// An order that was placed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PlacedOrder {
    /// The order.
    pub order: Order,
    /// Where to send the customer to pay, where the provider wants that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_redirect_url: Option<String>,
}
