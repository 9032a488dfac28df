//! What Medusa refuses about carts, in the contract's codes.

use o2s_framework_core::error::Error;
use o2s_framework_core::ids::CartId;
use o2s_medusa_client::Error as ClientError;

use crate::error::{backend, is_not_found, refuses_with};

/// 404: there is no such cart, or it is somebody else's.
pub(crate) fn not_found(id: &CartId) -> Error {
    Error::not_found("cart.not_found", format!("Cart {id} not found"))
}

/// 409: the cart is an order already.
pub(crate) fn completed(id: &CartId) -> Error {
    Error::conflict("cart.completed", format!("Cart {id} has become an order: start a new cart"))
}

/// 400: there is nothing in the cart.
pub(crate) fn empty(id: &CartId) -> Error {
    Error::invalid("cart.empty", format!("Cart {id} must have items first"))
}

/// 409: there is not enough of an item.
fn out_of_stock() -> Error {
    Error::conflict("cart.out_of_stock", "There is not enough of this item in stock")
}

/// 404: there is no such variant in the shop.
pub(crate) fn unknown_variant() -> Error {
    Error::not_found("product.variant_not_found", "The shop does not have this variant")
}

/// An error of a call on a cart.
pub(crate) fn cart_error(error: ClientError, id: &CartId) -> Error {
    let mapped = if is_not_found(&error) {
        let message = error.api_message().unwrap_or_default();
        if message.starts_with("Line item") {
            Error::not_found("cart.item_not_found", "The cart does not have this item")
        } else if message.starts_with("Region") {
            Error::not_found("region.not_found", "There is no such region")
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
    } else if refused("promotion code") {
        Error::invalid("promotion.invalid", "This promotion code is not valid")
    } else if refused("Shipping Options") || refused("hipping option") {
        Error::invalid("shipping_option.invalid", "This shipping option is not available for the cart")
    } else if refused("Country with code") {
        Error::invalid("address.country_not_in_region", "The region of the cart does not serve this country")
    } else if refused("Payment provider") {
        Error::invalid("payment.provider_invalid", "This payment provider is not available in the cart's region")
    } else if refused("does not match the region's currency") {
        Error::invalid("cart.currency_region_mismatch", "The region does not sell in this currency")
    } else {
        return backend(error);
    };
    mapped.with_source(error)
}
