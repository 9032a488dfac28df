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

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::carts::Lines;
    use crate::metadata::Metadata;
    use crate::money::Currency;

    type Take = fn(&mut Cart);

    fn complete_cart() -> Cart {
        let price = || Price::new(Decimal::ONE, Currency::EUR);
        let address = Address { country: "DE".to_owned(), ..Address::default() };
        Cart {
            id: "cart_1".parse().expect("an id"),
            customer_id: None,
            name: None,
            created_at: "2026-11-22".parse().expect("a time"),
            updated_at: "2026-11-22".parse().expect("a time"),
            expires_at: None,
            region_id: None,
            currency: Currency::EUR,
            items: Lines::new(Vec::new()),
            subtotal: Some(price()),
            discount_total: Some(price()),
            tax_total: Some(price()),
            shipping_total: Some(price()),
            total: price(),
            shipping_address: Some(address.clone()),
            billing_address: Some(address),
            shipping_method: Some(ShippingMethod {
                id: "so_1".to_owned(),
                name: "Standard".to_owned(),
                description: None,
                total: None,
                subtotal: None,
            }),
            payment_method: Some(PaymentMethod {
                id: "pp_1".parse().expect("an id"),
                name: "Invoice".to_owned(),
                description: None,
            }),
            promotions: None,
            metadata: Some(Metadata::empty()),
            notes: Some("ring".to_owned()),
            email: "jane@example.com".parse().ok(),
            payment_session_id: None,
        }
    }

    #[test]
    fn a_summary_shows_the_cart_it_is_of() {
        let cart = complete_cart();
        let summary = CheckoutSummary::of(cart.clone()).expect("a summary");
        assert_eq!((summary.notes.as_deref(), summary.email.as_ref()), (Some("ring"), cart.email.as_ref()));
        assert_eq!(summary.totals.total, cart.total);
        assert_eq!(summary.cart, cart);
    }

    #[test]
    fn a_summary_names_the_first_thing_that_is_missing() {
        // Taken away one after the other, from the last to the first: the earlier one is named.
        let steps: [(&str, Take); 8] = [
            ("Discount total", |cart| cart.discount_total = None),
            ("Tax total", |cart| cart.tax_total = None),
            ("Shipping total", |cart| cart.shipping_total = None),
            ("Cart subtotal", |cart| cart.subtotal = None),
            ("Payment method", |cart| cart.payment_method = None),
            ("Shipping method", |cart| cart.shipping_method = None),
            ("Billing address", |cart| cart.billing_address = None),
            ("Shipping address", |cart| cart.shipping_address = None),
        ];
        let mut cart = complete_cart();
        for (name, take) in steps {
            take(&mut cart);
            let error = CheckoutSummary::of(cart.clone()).expect_err(name);
            assert_eq!(error.code(), "checkout.incomplete");
            assert_eq!(error.message(), format!("{name} is required for checkout summary"));
        }
    }
}
