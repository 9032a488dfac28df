//! Whose a cart of Medusa 2 is.

use o2s_medusa_client::v2::store::carts::Cart as WireCart;

use super::map::guest_email;
use crate::carts::access::SeenOwner;

/// Whether a guest's e-mail address is all that ties the cart to an account.
// Medusa: an e-mail address on a cart binds the cart, and the order it becomes, to whoever has an account under it. That
// would shut out the guest who typed it, in the middle of the checkout; so for whoever knows its id the cart stays a
// guest's.
pub(crate) fn is_guests(cart: &WireCart) -> bool {
    cart.email.is_some() && guest_email(cart.metadata.as_ref()) == cart.email
}

/// Whose a cart is, as its answer says.
pub(crate) fn owner(cart: &WireCart) -> SeenOwner {
    if is_guests(cart) {
        return SeenOwner::Guest;
    }
    // Medusa: without a customer there is `customer_id: null` and no `customer`; with one, `*customer` says whether
    // there is an account.
    match (&cart.customer, &cart.customer_id) {
        (None, None) => SeenOwner::Nobody,
        (None, Some(_)) => SeenOwner::Unknown,
        (Some(customer), _) => SeenOwner::customer(&customer.id, customer.has_account),
    }
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::ids::CustomerId;
    use serde_json::json;

    use super::*;

    fn owner(cart: &serde_json::Value) -> SeenOwner {
        super::owner(&serde_json::from_str(&cart.to_string()).expect("a cart"))
    }

    #[test]
    fn the_answer_says_whose_a_cart_is() {
        let jane = json!({"id": "cus_jane", "has_account": true});
        let jane_id = CustomerId::new("cus_jane").expect("an id");
        let table = [
            (json!({"id": "c", "customer_id": null}), SeenOwner::Nobody),
            (
                json!({"id": "c", "customer_id": "cus_g", "customer": {"id": "cus_g", "has_account": false}}),
                SeenOwner::Guest,
            ),
            (json!({"id": "c", "customer_id": "cus_jane", "customer": jane}), SeenOwner::Account(jane_id.clone())),
            // Nothing is granted by what is missing.
            (json!({"id": "c", "customer_id": "cus_x"}), SeenOwner::Unknown),
            (json!({"id": "c", "customer_id": "cus_x", "customer": {"id": "cus_x"}}), SeenOwner::Unknown),
        ];
        for (cart, expected) in table {
            assert_eq!(owner(&cart), expected, "{cart}");
        }
    }

    // C-41: a guest who types the address of an account is not shut out.
    #[test]
    fn a_guests_address_does_not_make_a_cart_an_accounts() {
        let cart = |marked: &str| {
            json!({
                "id": "c", "email": "jane@example.com", "metadata": {"guestEmail": marked},
                "customer_id": "cus_jane", "customer": {"id": "cus_jane", "has_account": true},
            })
        };
        assert_eq!(owner(&cart("jane@example.com")), SeenOwner::Guest);
        assert_ne!(owner(&cart("")), SeenOwner::Guest, "a claimed cart");
        assert_ne!(owner(&cart("other@example.com")), SeenOwner::Guest, "a mark of another address");
    }
}
