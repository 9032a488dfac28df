//! What Medusa 1 refuses about carts, in the contract's codes.

use o2s_framework_core::error::Error;
use o2s_framework_core::ids::CartId;
use o2s_medusa_client::Error as ClientError;

use crate::carts::errors::{
    country_not_in_region, invalid_provider, invalid_shipping_option, not_found, out_of_stock, unknown_item,
    unknown_region, unknown_variant,
};
use crate::error::{backend, is_not_found, refuses_with};

/// An error of a call on a cart that is there.
pub(crate) fn cart_error(error: ClientError, id: &CartId) -> Error {
    if is_not_found(&error) && error.api_message().is_some_and(|message| message.starts_with("Cart")) {
        return not_found(id).with_source(error);
    }
    new_cart_error(error)
}

/// An error of making a cart.
// Medusa: many refusals share a type; only the words tell them apart.
pub(super) fn new_cart_error(error: ClientError) -> Error {
    let refused = |text| refuses_with(&error, text);
    let missing = if is_not_found(&error) { error.api_message() } else { None };
    let mapped = if error.api_code() == Some("insufficient_inventory") {
        out_of_stock()
    } else if refused("some variant has not been found") || refused("must belongs to the sales channel") {
        unknown_variant()
    } else if refused("Could not find the line item") {
        unknown_item()
    } else if refused("country must be in the cart region") || refused("Shipping country not in region") {
        country_not_in_region()
    } else if refused("payment method is not available") {
        invalid_provider()
    } else if missing.is_some_and(|message| message.starts_with("Region")) {
        unknown_region()
    } else if missing == Some("null") {
        // Medusa: a row that others depend on cannot be dropped, which is no fault of the caller's.
        Error::backend("backend.error", "The shop failed to answer")
    } else {
        return backend(error);
    };
    mapped.with_source(error)
}

/// An error of choosing a shipping option.
// Medusa: an option that is unknown is a 404; one of another region, or whose requirements the cart does not meet, a 400.
pub(super) fn shipping_error(error: ClientError, id: &CartId) -> Error {
    let names_an_option = error.api_message().is_some_and(|message| message.to_lowercase().contains("shipping option"));
    match error.status().map(|status| status.as_u16()) {
        Some(400 | 404) if names_an_option => invalid_shipping_option().with_source(error),
        _ => cart_error(error, id),
    }
}
