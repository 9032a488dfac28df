//! What is refused about carts.

use o2s_framework_core::error::Error;
use o2s_framework_core::ids::CartId;
use o2s_medusa_client::Error as ClientError;

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
pub(crate) fn out_of_stock() -> Error {
    Error::conflict("cart.out_of_stock", "There is not enough of this item in stock")
}

/// 404: the cart has no such line.
pub(crate) fn unknown_item() -> Error {
    Error::not_found("cart.item_not_found", "The cart does not have this item")
}

/// 404: there is no such variant in the shop.
pub(crate) fn unknown_variant() -> Error {
    Error::not_found("product.variant_not_found", "The shop does not have this variant")
}

/// 404: there is no such region.
pub(crate) fn unknown_region() -> Error {
    Error::not_found("region.not_found", "There is no such region")
}

/// 400: there is no such promotion, or it does not hold.
pub(crate) fn invalid_promotion() -> Error {
    Error::invalid("promotion.invalid", "This promotion code is not valid")
}

/// 400: the promotion does nothing for this cart.
pub(crate) fn promotion_without_effect() -> Error {
    Error::invalid("promotion.invalid", "This promotion does not apply to the cart as it is now")
}

/// 400: the cart cannot be shipped in this way.
pub(crate) fn invalid_shipping_option() -> Error {
    Error::invalid("shipping_option.invalid", "This shipping option is not available for the cart")
}

/// 400: the region does not ship to this country.
pub(crate) fn country_not_in_region() -> Error {
    Error::invalid("address.country_not_in_region", "The region of the cart does not serve this country")
}

/// 400: the region does not take this payment provider.
pub(crate) fn invalid_provider() -> Error {
    Error::invalid("payment.provider_invalid", "This payment provider is not available in the cart's region")
}

/// Whether the customer that a guest's e-mail address stands for was made by another call at the same moment.
// Medusa: of carts that bring a new address at once all but one are refused, and nothing of them is changed. Asked again,
// it finds the customer.
pub(crate) fn guest_made_elsewhere(error: &ClientError) -> bool {
    error.api_message().is_some_and(|text| text.starts_with("Customer with email") && text.ends_with("already exists."))
}
