//! Medusa's shipping options as the contract's.

use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::orders::ShippingMethod;
use o2s_medusa_client::v2::store::shipping_options::ShippingOption;

use crate::map::text;

/// A shipping option with its price; none where there is no price.
// Medusa: a calculated price comes without a currency; it is in the cart's.
pub(crate) fn shipping_option(wire: &ShippingOption, currency: Currency) -> Option<ShippingMethod> {
    let calculated = wire.calculated_price.as_ref();
    let amount = calculated.and_then(|price| price.calculated_amount.as_ref()).or(wire.amount.as_ref())?;
    let currency = calculated
        .and_then(|price| price.currency_code.as_deref())
        .and_then(|code| Currency::from_backend(code).ok())
        .unwrap_or(currency);
    let net = calculated.and_then(|price| price.calculated_amount_without_tax.as_ref()).unwrap_or(amount);
    let kind = wire.option_type.as_ref();
    Some(ShippingMethod {
        id: wire.id.clone(),
        name: wire.name.clone().unwrap_or_default(),
        description: kind.and_then(|kind| text(kind.label.as_ref()).or_else(|| text(kind.description.as_ref()))),
        total: Some(Price::new(amount.value(), currency)),
        subtotal: Some(Price::new(net.value(), currency)),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn shown(option: &Value) -> Option<ShippingMethod> {
        shipping_option(&serde_json::from_str(&option.to_string()).expect("an option"), Currency::PLN)
    }

    // M-CHK-13, C-2, C-3
    #[test]
    fn an_option_has_a_price_in_its_own_or_the_carts_currency() {
        let flat = shown(&json!({
            "id": "so_1", "name": "Standard", "price_type": "flat", "amount": 4.99, "type": {"label": "Standard"},
            "calculated_price": {"calculated_amount": 4.99, "currency_code": "eur"},
        }));
        let flat = flat.expect("priced");
        assert_eq!(
            (flat.id.as_str(), flat.name.as_str(), flat.description.as_deref()),
            ("so_1", "Standard", Some("Standard"))
        );
        assert_eq!(flat.total.map(|price| price.to_string()).as_deref(), Some("4.99 EUR"));

        let calculated = shown(
            &json!({"id": "so_2", "name": "Courier", "amount": 7.5, "calculated_price": {"calculated_amount": 7.5}}),
        );
        assert_eq!(
            calculated.and_then(|option| option.total).map(|price| price.to_string()).as_deref(),
            Some("7.5 PLN")
        );
    }

    // M-CHK-14, differently: an option without a price is left out, and the others stay.
    #[test]
    fn an_option_without_a_price_is_left_out() {
        assert_eq!(shown(&json!({"id": "so_3", "name": "Broken", "price_type": "calculated"})), None);
    }
}
