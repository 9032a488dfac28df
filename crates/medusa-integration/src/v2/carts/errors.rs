//! What Medusa 2 refuses about carts, in the contract's codes.

use o2s_framework_core::error::Error;
use o2s_framework_core::ids::CartId;
use o2s_medusa_client::Error as ClientError;

use crate::carts::errors::{
    completed, country_not_in_region, invalid_promotion, invalid_provider, invalid_shipping_option, not_found,
    out_of_stock, unknown_item, unknown_region, unknown_variant,
};
use crate::error::{backend, is_not_found, refuses_with};

/// An error of a call on a cart.
pub(crate) fn cart_error(error: ClientError, id: &CartId) -> Error {
    let mapped = if is_not_found(&error) {
        let message = error.api_message().unwrap_or_default();
        if message.starts_with("Line item") {
            unknown_item()
        } else if message.starts_with("Region") {
            unknown_region()
        } else {
            not_found(id)
        }
    } else if refuses_with(&error, "is already completed") {
        completed(id)
    } else {
        return new_cart_error(error);
    };
    mapped.with_source(error)
}

/// An error of making a cart: there is none yet that could be missing or completed.
// Medusa: nearly all refusals are 400 `invalid_data` or `not_allowed`; only the words tell them apart.
pub(crate) fn new_cart_error(error: ClientError) -> Error {
    let refused = |text| refuses_with(&error, text);
    let mapped = if error.api_code() == Some("insufficient_inventory") || refused("Not enough stock") {
        out_of_stock()
    } else if refused("do not exist or belong to a product that is not published") {
        unknown_variant()
    } else if refused("promotion code") || refused("Promotion usage exceeds") {
        invalid_promotion()
    } else if refused("Shipping Options") || refused("hipping option") {
        invalid_shipping_option()
    } else if refused("Country with code") {
        country_not_in_region()
    } else if refused("Payment provider") {
        invalid_provider()
    } else if refused("does not match the region's currency") {
        Error::invalid("cart.currency_region_mismatch", "The region does not sell in this currency")
    } else {
        return backend(error);
    };
    mapped.with_source(error)
}
